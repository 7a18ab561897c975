//! `config.yaml`: how the person wants it, over the defaults, under what the environment says.
//!
//! Each entry is read by itself: a wrong one is reported with its line and what may have been meant, all others hold.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::keymap::Complaint;
use crate::board::EngineChoice;
use crate::words;

/// What `config.yaml` may say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The screen's theme: one of the program's, or a file in the configuration's `themes/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The screen's language as a tag such as `en` or `zh-CN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether the mouse is used. Off, the terminal's own selection works as everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mouse: Option<Switch>,
    /// Whether the terminal's title names the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Switch>,
    /// How a long job that ends while another window is in front is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify: Option<Notify>,
    /// Whether the program comes back to the board, scene and view that were left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<Switch>,
    /// Who judges: the name on verdicts and locks. Else the name of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// Reasons to reject a take, on the digit keys: at most nine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 9))]
    pub reasons: Option<Vec<String>>,
    /// Who writes takes: this machine, or a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<EngineChoice>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// Yes.
    #[serde(alias = "true", alias = "yes")]
    On,
    /// No.
    #[serde(alias = "false", alias = "no")]
    Off,
}

impl Switch {
    /// The other.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }
}

/// How the end of a long job is told while another window is in front.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// Not at all.
    #[default]
    Off,
    /// By the terminal's bell.
    Bell,
    /// By a notification of the desktop, asked for with OSC 9.
    Osc9,
    /// By a notification of the desktop, asked for with OSC 777.
    Osc777,
}

impl Config {
    /// The names of everything that can be set, in order.
    pub const NAMES: [&'static str; 9] =
        ["theme", "language", "mouse", "title", "notify", "resume", "reviewer", "reasons", "engine"];

    /// Reads the file: what it says, with the line of each, and what is wrong in it.
    #[must_use]
    pub fn read(yaml: &str) -> (Self, Vec<(&'static str, usize)>, Vec<Complaint>) {
        let (mut config, mut from) = (Self::default(), Vec::new());
        if yaml.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
            return (config, from, Vec::new());
        }
        let entries = match serde_yaml::from_str::<Entries>(yaml) {
            Ok(Entries(entries)) => entries,
            Err(error) => {
                let line = error.location().map_or(1, |location| location.line());
                return (config, from, vec![Complaint { line, what: words::config_not_yaml(error.to_string()) }]);
            }
        };
        let mut complaints = Vec::new();
        for (name, value) in entries {
            let line = line_of(yaml, &name);
            let Some(known) = Self::NAMES.into_iter().find(|known| *known == name) else {
                let what = match near(&name) {
                    Some(meant) => words::config_no_name_but(meant, name),
                    None => words::config_no_name(name),
                };
                complaints.push(Complaint { line, what });
                continue;
            };
            match Self::entry(known, value) {
                Ok(entry) => {
                    config = config.with(entry);
                    from.push((known, line));
                }
                Err(error) => complaints.push(Complaint { line, what: words::config_wrong(known, error.to_string()) }),
            }
        }
        (config, from, complaints)
    }

    /// Who writes takes, by the file; `None` where it does not say.
    ///
    /// # Errors
    /// What is wrong with what it says. Then nobody may write in its stead: a board is sent to a server, or kept from one, only
    /// as it was meant.
    pub fn engine(yaml: &str) -> Result<Option<EngineChoice>, Complaint> {
        let (config, _, complaints) = Self::read(yaml);
        let line = line_of(yaml, "engine");
        let is_about_it = |complaint: &Complaint| {
            let stands_there = yaml.lines().nth(line - 1).is_some_and(|text| text.starts_with("engine"));
            complaint.line == line && stands_there
        };
        match (config.engine, complaints.into_iter().find(is_about_it)) {
            (None, Some(complaint)) => Err(complaint),
            (choice, _) => Ok(choice),
        }
    }

    /// What one entry says.
    fn entry(name: &str, value: serde_yaml::Value) -> Result<Self, serde_yaml::Error> {
        // YAML 1.2 readers take a bare `on` for a word and `true` for a truth value; a person means the same by both.
        let value = match value {
            serde_yaml::Value::Bool(on) => serde_yaml::Value::String(if on { "on" } else { "off" }.to_owned()),
            value => value,
        };
        let entry = std::iter::once((serde_yaml::Value::from(name), value)).collect();
        serde_yaml::from_value(serde_yaml::Value::Mapping(entry))
    }

    /// The same, with what `other` says over it.
    fn with(self, other: Self) -> Self {
        Self {
            theme: other.theme.or(self.theme),
            language: other.language.or(self.language),
            mouse: other.mouse.or(self.mouse),
            title: other.title.or(self.title),
            notify: other.notify.or(self.notify),
            resume: other.resume.or(self.resume),
            reviewer: other.reviewer.or(self.reviewer),
            reasons: other.reasons.or(self.reasons),
            engine: other.engine.or(self.engine),
        }
    }
}

/// The name that was probably meant.
fn near(name: &str) -> Option<&'static str> {
    let scored = Config::NAMES.into_iter().map(|known| (strsim::jaro_winkler(known, name), known));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _)| *score > 0.75).map(|(_, known)| known)
}

/// The line of an entry in a block mapping; 1 where the file is written in another form.
fn line_of(yaml: &str, name: &str) -> usize {
    let named = |line: &str| line.split_once(':').is_some_and(|(key, _)| key.trim_matches(['"', '\'', ' ']) == name);
    yaml.lines().position(|line| !line.starts_with([' ', '#']) && named(line)).map_or(1, |at| at + 1)
}

/// The entries of the file in their order.
struct Entries(Vec<(String, serde_yaml::Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names and values")
            }

            fn visit_unit<E>(self) -> Result<Entries, E> {
                Ok(Entries(Vec::new()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    #[test]
    fn what_is_right_holds_and_what_is_wrong_is_said_with_its_line() {
        let (config, from, complaints) = Config::read(
            "theme: night\n# mine\nmouse: off\nlangauge: zh-CN\nnotify: loud\ntitle: true\nreasons: [dull, odd]\n",
        );
        assert_eq!(config.theme.as_deref(), Some("night"));
        assert_eq!((config.mouse, config.title), (Some(Switch::Off), Some(Switch::On)));
        assert_eq!(config.reasons.unwrap(), ["dull", "odd"]);
        assert_eq!(from, [("theme", 1), ("mouse", 3), ("title", 6), ("reasons", 7)]);
        let lexicon = Lexicon::english();
        let said: Vec<_> = complaints.iter().map(|one| (one.line, lexicon.say(&one.what))).collect();
        assert_eq!(said[0], (4, "there is nothing called langauge; language was perhaps meant".to_owned()));
        assert_eq!(said[1].0, 5);
        assert!(said[1].1.contains("osc9"), "{said:?}");
    }

    #[test]
    fn an_empty_file_says_nothing_and_a_broken_one_is_reported_whole() {
        assert_eq!(Config::read("").0, Config::default());
        assert_eq!(Config::read("# only a comment\n").2, []);
        assert_eq!(Config::read("theme: [\n").2.len(), 1);
    }

    #[test]
    fn an_engine_is_taken_as_it_was_meant_or_not_at_all() {
        let file =
            "theme: night\nengine:\n  kind: openai\n  url: http://gpu:8000\n  key_env: GPU_KEY\n  server: llama.cpp\n";
        let choice = Config::engine(file).unwrap().unwrap();
        assert_eq!((choice.url.as_deref(), choice.max_parallel), (Some("http://gpu:8000"), None));
        assert_eq!(Config::engine("theme: night\n"), Ok(None));
        assert_eq!(Config::engine("thme: night\n"), Ok(None), "what is wrong elsewhere is no matter here");
        for wrong in
            ["engine: {kind: openai, key: sk-1}\n", "engine: remote\n", "engine: {kind: openai, max_parallel: -1}\n"]
        {
            let complaint = Config::engine(wrong).unwrap_err();
            assert!(!Lexicon::english().say(&complaint.what).contains("sk-1"), "a key is not said again");
        }
    }

    #[test]
    fn the_names_are_the_schemas() {
        let schema = serde_json::to_value(schemars::schema_for!(Config)).unwrap();
        let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(known.len(), Config::NAMES.len());
        assert!(Config::NAMES.iter().all(|name| known.iter().any(|known| known == name)));
    }
}
