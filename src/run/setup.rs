//! How the person wants it: `config.yaml`, `keymap.yaml`, `themes/` and the environment, brought together.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::styles;
use crate::app::config::{Config, Switch};
use crate::app::keymap::{Complaint, Keymap};
use crate::app::settings::Settings;
use crate::board::{EngineChoice, Line};
use crate::store::reviewer::{self, Named};
use crate::store::{Paths, TasteSettings, chosen};
use crate::term::{Ask, Manners};
pub use crate::ui::theme::Depth;
use crate::ui::theme::{MONO, Themes};
use crate::ui::{Looks, theme};
use crate::words::{self, Phrase};

/// Everything a person can choose, as it is in force.
pub struct Setup {
    /// What the core needs of it.
    pub settings: Settings,
    /// What the views need of it.
    pub looks: Looks,
    /// What the terminal needs of it.
    pub manners: Manners,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// Who judges.
    pub reviewer: Line,
    /// Whether boards are opened where they were left.
    pub resume: Switch,
    /// Each value with where it came from.
    pub values: Vec<Effective>,
    /// What is wrong in the person's files.
    pub complaints: Vec<Phrase>,
}

/// A value in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// Its name in `config.yaml`.
    pub name: &'static str,
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub from: Source,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The program.
    Default,
    /// Chosen in the program.
    Chosen,
    /// A line of the person's file.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(&'static str),
    /// The account that the program runs in.
    Account,
}

impl Setup {
    /// Reads the person's files, under what the environment says.
    #[must_use]
    pub fn read(paths: &Paths) -> Self {
        Self::with(paths, &|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn with(paths: &Paths, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut complaints = Vec::new();
        let file = paths.config.join("config.yaml");
        let (config, lines, wrong) = Config::read(&text(&file, &mut complaints));
        complaints.extend(told(&file, wrong));
        let keys = paths.config.join("keymap.yaml");
        let (keymap, wrong) = Keymap::read(&text(&keys, &mut complaints));
        complaints.extend(told(&keys, wrong));
        let (depth, depth_from) = depth(variable);
        let (themes, wrong) = Themes::new(themes(&paths.config.join("themes"), &mut complaints), depth);
        complaints.extend(wrong.iter().map(|error| Phrase::verbatim(error.to_string())));

        let from_file = |name: &str| {
            let line = lines.iter().find(|(known, _)| *known == name).map(|(_, line)| *line);
            line.map_or(Source::Default, |line| Source::File(file.clone(), line))
        };
        let chosen = chosen::load(paths);
        let names: Vec<String> = themes.names().map(str::to_owned).collect();
        let mut theme = match (config.theme.clone(), chosen.theme.filter(|name| names.contains(name))) {
            (Some(name), _) => (name, from_file("theme")),
            (None, Some(name)) => (name, Source::Chosen),
            (None, None) => (Settings::default().theme, Source::Default),
        };
        if let Some(name) = depth_from.filter(|_| depth == Depth::None) {
            theme = (MONO.to_owned(), Source::Environment(name));
        } else if !names.contains(&theme.0) {
            complaints.push(words::theme_unknown(names.join(", "), theme.0));
            theme = (Settings::default().theme, Source::Default);
        }
        let language = match (&config.language, &chosen.language) {
            (Some(wish), _) => (words::choose(wish), from_file("language")),
            (None, Some(wish)) => (words::choose(wish), Source::Chosen),
            (None, None) => locale(variable),
        };
        let on = |switch: Option<Switch>| switch.unwrap_or(Switch::On);
        let (mouse, title, resume) = (on(config.mouse), on(config.title), on(config.resume));
        let notify = config.notify.unwrap_or_default();
        let reasons: Vec<Line> =
            config.reasons.iter().flatten().map(|reason| Line::clipped(reason, 80)).filter(|r| !r.is_empty()).collect();

        let (reviewer, named) = reviewer::of(paths);
        let named = match named {
            Named::Environment => Source::Environment(reviewer::VARIABLE),
            Named::Config => from_file("reviewer"),
            Named::Account => Source::Account,
        };

        let value = |name, value, from| Effective { name, value, from };
        let values = vec![
            value("theme", json!(theme.0), theme.1),
            value("language", json!(language.0), language.1),
            value("mouse", json!(mouse), from_file("mouse")),
            value("title", json!(title), from_file("title")),
            value("notify", json!(notify), from_file("notify")),
            value("resume", json!(resume), from_file("resume")),
            value("reviewer", json!(reviewer), named),
            value("reasons", json!(reasons), from_file("reasons")),
            value("engine", config.engine.as_ref().map_or(json!("local"), |choice| json!(choice)), from_file("engine")),
        ];
        let focus = if notify == crate::app::config::Notify::Off { Ask::End } else { Ask::Begin };
        Self {
            settings: Settings {
                theme: theme.0,
                themes: names,
                stand_in: depth.stand_in().map(str::to_owned),
                language: language.0.to_owned(),
                keymap,
                mouse,
                notify,
                styles: styles::names(paths),
                formats: Vec::new(),
                reasons,
                // What is wrong in the file is said where takes are asked for.
                wording: TasteSettings::load(paths).map(|taste| taste.wording()).unwrap_or_default(),
            },
            looks: Looks::new(themes),
            manners: Manners { mouse: asked(mouse), focus, title: asked(title) },
            depth,
            reviewer,
            resume,
            values,
            complaints,
        }
    }
}

/// Who writes takes, by the person's file; `None` where it does not say.
///
/// # Errors
/// In words, where the file cannot be read or what it says of the engine is wrong.
pub fn engine(paths: &Paths) -> Result<Option<EngineChoice>, String> {
    let mut complaints = Vec::new();
    let file = paths.config.join("config.yaml");
    let yaml = text(&file, &mut complaints);
    let said = Config::engine(&yaml).map_err(|wrong| told(&file, vec![wrong]).collect::<Vec<_>>());
    let wrong = said.as_ref().err().into_iter().flatten();
    match complaints.iter().chain(wrong).next() {
        Some(complaint) => Err(words::Lexicon::english().say(complaint)),
        None => Ok(said.unwrap_or_default()),
    }
}

/// Whether the terminal is asked for something.
pub(super) fn asked(switch: Switch) -> Ask {
    match switch {
        Switch::On => Ask::Begin,
        Switch::Off => Ask::End,
    }
}

/// What is in a file of the person's; nothing where there is none. One that cannot be read is told.
fn text(file: &Path, complaints: &mut Vec<Phrase>) -> String {
    match fs::read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            complaints.push(Phrase::verbatim(format!("{}: {error}", file.display())));
            String::new()
        }
    }
}

fn told(file: &Path, complaints: Vec<Complaint>) -> impl Iterator<Item = Phrase> {
    let file = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    complaints.into_iter().map(move |one| words::file_complaint(file.as_str(), one.line.to_string(), one.what))
}

/// The themes in the person's folder, by name. Files that are frame styles are none.
fn themes(folder: &Path, complaints: &mut Vec<Phrase>) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = text(&file, complaints);
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if theme::is_theme(&text) {
            found.push((name, text));
        }
    }
    found
}

/// How many colours the terminal has, and the variable that says so.
#[must_use]
pub fn depth(variable: &dyn Fn(&str) -> Option<String>) -> (Depth, Option<&'static str>) {
    if variable("NO_COLOR").is_some() {
        return (Depth::None, Some("NO_COLOR"));
    }
    let term = variable("TERM").unwrap_or_default();
    let colourless = ["", "dumb", "unknown", "vt52", "vt100", "vt102", "vt220", "vt320"];
    if colourless.contains(&term.as_str()) || term.ends_with("-m") || term.ends_with("-mono") {
        return (Depth::None, Some("TERM"));
    }
    if variable("COLORTERM").is_some_and(|word| word == "truecolor" || word == "24bit") {
        return (Depth::True, Some("COLORTERM"));
    }
    let modern = ["kitty", "alacritty", "foot", "ghostty", "wezterm", "iterm", "contour", "direct"];
    let depth = match term.as_str() {
        term if modern.iter().any(|name| term.contains(name)) => Depth::True,
        term if term.contains("256") => Depth::Indexed,
        _ => Depth::Sixteen,
    };
    (depth, Some("TERM"))
}

/// The language of the locale.
fn locale(variable: &dyn Fn(&str) -> Option<String>) -> (&'static str, Source) {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| Some((name, variable(name)?)));
    match named {
        Some((name, wish)) => (words::choose(&wish), Source::Environment(name)),
        None => (words::choose(""), Source::Default),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    fn setup(files: &[(&str, &str)], environment: &[(&str, &str)]) -> Setup {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        for (name, text) in files {
            let file = paths.config.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Setup::with(&paths, &|name| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    fn source(setup: &Setup, name: &str) -> Source {
        setup.values.iter().find(|value| value.name == name).unwrap().from.clone()
    }

    #[test]
    fn every_value_knows_where_it_came_from() {
        let setup = setup(
            &[("config.yaml", "# mine\nmouse: off\ntheme: dusk\n")],
            &[("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8")],
        );
        assert_eq!((setup.settings.theme.as_str(), setup.settings.language.as_str()), ("dusk", "zh-CN"));
        assert!(matches!(source(&setup, "theme"), Source::File(_, 3)));
        assert_eq!(source(&setup, "language"), Source::Environment("LANG"));
        assert_eq!(source(&setup, "notify"), Source::Default);
        assert_eq!(setup.manners.mouse, Ask::End);
        assert_eq!(setup.complaints, []);
        assert_eq!(setup.values.len(), Config::NAMES.len());
    }

    #[test]
    fn a_terminal_without_colours_gets_the_theme_without_them() {
        for (environment, from) in [
            (&[("NO_COLOR", "1"), ("TERM", "xterm-256color")][..], "NO_COLOR"),
            (&[("TERM", "dumb")], "TERM"),
            (&[("TERM", "vt220")], "TERM"),
        ] {
            let setup = setup(&[("config.yaml", "theme: night\n")], environment);
            assert_eq!(setup.settings.theme, "mono");
            assert_eq!(setup.settings.stand_in.as_deref(), Some("mono"));
            assert_eq!(source(&setup, "theme"), Source::Environment(from));
        }
    }

    #[test]
    fn a_theme_of_ones_own_can_be_chosen_and_a_frame_style_beside_it_is_none() {
        let setup = setup(
            &[
                ("config.yaml", "theme: mine\n"),
                ("themes/mine.yaml", "inherits: night\n"),
                ("themes/ink.yaml", include_str!("../../themes/pencil.yaml")),
            ],
            &[("TERM", "xterm-kitty")],
        );
        assert_eq!(setup.settings.theme, "mine");
        assert!(!setup.settings.themes.contains(&"ink".to_owned()));
        assert_eq!(setup.settings.stand_in, None, "kitty has all colours");
        assert_eq!(setup.complaints, []);
    }

    #[test]
    fn everything_wrong_is_said_and_the_rest_holds() {
        let setup = setup(
            &[
                ("config.yaml", "theme: nihgt\nmouse: off\n"),
                ("keymap.yaml", "z: scene.first\nq: app.quitt\n"),
                ("themes/mine.yaml", "looks: {taek: {}}\n"),
            ],
            &[("TERM", "xterm-256color")],
        );
        let lexicon = Lexicon::english();
        let said: Vec<String> = setup.complaints.iter().map(|one| lexicon.say(one)).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert_eq!(said[0], "keymap.yaml, line 2: there is no action app.quitt; app.quit was perhaps meant");
        assert!(said[2].starts_with("there is no theme nihgt; there are slate, night"), "{said:?}");
        assert_eq!(setup.settings.mouse, Switch::Off);
    }
}
