//! Which keys do what: the defaults of the table of actions, and over them what the person's `keymap.yaml` says.
//!
//! ```yaml
//! # keys: action, with an argument behind it where it takes one
//! y: take.accept      # the board's own keys on y are gone, a view keeps what it has there
//! g g: scene.first
//! "1": take.reject too slow
//! x: null          # does nothing any more
//! ctrl-x: editor.keep # the editor and the popups too
//! ```
//!
//! A wrong entry is reported with its line and what may have been meant; all others hold.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::action::{self, ACTIONS, Action, Run};
use super::key::{Key, NotAKey};
use super::layer::Layer;
use super::model::Model;
use crate::words::{self, Phrase};

/// Keys typed one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chord(pub Vec<Key>);

impl FromStr for Chord {
    type Err = NotAKey;

    fn from_str(raw: &str) -> Result<Self, NotAKey> {
        let keys = raw.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() { raw.parse::<Key>().map(|key| Self(vec![key])) } else { Ok(Self(keys)) }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if at > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

/// Keys and what they do.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The keys.
    pub chord: Chord,
    /// The action.
    pub action: &'static Action,
    /// What stands behind the action.
    pub argument: String,
}

/// Something wrong in a file of the person's, which was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Complaint {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: Phrase,
}

/// All bindings. Where keys are bound to several actions, the first that can be done now is.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What keys typed so far mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// This is done.
    Does(Binding),
    /// More keys are to come.
    Begins,
    /// It would do this, but not now.
    NotNow(&'static Action),
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The program's own keys. They are brought together once.
    #[must_use]
    pub fn own() -> Arc<Self> {
        static OWN: OnceLock<Arc<Keymap>> = OnceLock::new();
        Arc::clone(OWN.get_or_init(|| Arc::new(Self::of_actions())))
    }

    fn of_actions() -> Self {
        let of_action = |action: &'static Action| {
            let binding = move |(at, keys): (usize, &&str)| {
                let argument = match action.run {
                    Run::Nth(..) => (at + 1).to_string(),
                    Run::Plain(_) | Run::With(..) => String::new(),
                };
                Some(Binding { chord: keys.parse().ok()?, action, argument })
            };
            action.keys.iter().enumerate().filter_map(binding)
        };
        Self { bindings: ACTIONS.iter().flat_map(of_action).collect() }
    }

    /// The program's own with a person's file over them, and what is wrong in it.
    #[must_use]
    pub fn read(yaml: &str) -> (Arc<Self>, Vec<Complaint>) {
        let map = Self::own();
        if yaml.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
            return (map, Vec::new());
        }
        let entries = match serde_yaml::from_str::<Entries>(yaml) {
            Ok(Entries(entries)) => entries,
            Err(error) => {
                let line = error.location().map_or(1, |location| location.line());
                return (map, vec![Complaint { line, what: words::keymap_not_yaml(error.to_string()) }]);
            }
        };
        let mut complaints = Vec::new();
        let mut seen: Vec<Chord> = Vec::new();
        let mut own = Vec::new();
        let mut bindings = map.bindings.clone();
        for (keys, does) in entries {
            let line = line_of(yaml, &keys, seen.iter().filter(|chord| keys.parse().as_ref() == Ok(*chord)).count());
            let complain = |what| Complaint { line, what };
            match entry(&keys, does.as_deref()) {
                Err(what) => complaints.push(complain(what)),
                Ok((chord, binding)) => {
                    if seen.contains(&chord) {
                        complaints.push(complain(words::keymap_twice(keys)));
                        continue;
                    }
                    // Where the new action is done, nothing else is left on these keys, nor behind them.
                    let elsewhere = |bound: &Binding| {
                        binding.as_ref().is_some_and(|binding| place(binding.action) != place(bound.action))
                    };
                    // Keys that the new ones begin with would be done before these can be typed.
                    let begins = |bound: &Binding| binding.is_some() && chord.0.starts_with(&bound.chord.0);
                    bindings
                        .retain(|bound| !(bound.chord.0.starts_with(&chord.0) || begins(bound)) || elsewhere(bound));
                    seen.push(chord);
                    own.extend(binding);
                }
            }
        }
        // A person's own keys come first, also where the keys of an action are shown.
        own.append(&mut bindings);
        (Arc::new(Self { bindings: own }), complaints)
    }

    /// What the keys typed so far mean now.
    #[must_use]
    pub fn meaning(&self, model: &Model, typed: &[Key]) -> Meaning {
        let layers = model.overlay.layers();
        let here = |binding: &&Binding| layers.contains(&binding.action.layer);
        let exact = || self.bindings.iter().filter(|binding| binding.chord.0 == typed).filter(here);
        if let Some(binding) = exact().find(|binding| (binding.action.when)(model)) {
            return Meaning::Does(binding.clone());
        }
        if self.continuations(model, typed).next().is_some() {
            return Meaning::Begins;
        }
        // A key that only begins others begins them here too: what follows it was meant for them, and not for itself.
        let begins = |binding: &Binding| binding.chord.0.len() > typed.len() && binding.chord.0.starts_with(typed);
        if exact().next().is_none() && self.bindings.iter().filter(here).any(begins) {
            return Meaning::Begins;
        }
        // What the key does on the board says more than what it does in a view that is not shown.
        let of_the_board = exact().rfind(|binding| place(binding.action) == (Layer::Board, ""));
        let said = of_the_board.or_else(|| exact().next_back());
        said.map_or(Meaning::Nothing, |binding| Meaning::NotNow(binding.action))
    }

    /// What could be done now with more keys behind those typed.
    pub fn continuations<'a>(&'a self, model: &'a Model, typed: &'a [Key]) -> impl Iterator<Item = &'a Binding> {
        self.bindings.iter().filter(move |binding| {
            let keys = &binding.chord.0;
            keys.len() > typed.len() && keys.starts_with(typed) && binding.action.can(model)
        })
    }

    /// The keys that do an action without argument, the preferred ones first.
    pub fn keys_of<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a Chord> {
        self.bindings
            .iter()
            .filter(move |binding| binding.action == action && binding.argument.is_empty())
            .map(|binding| &binding.chord)
    }

    /// The keys of an action's first, second or later, the preferred ones first.
    pub fn keys_of_nth<'a>(&'a self, action: &'a Action, number: usize) -> impl Iterator<Item = &'a Chord> {
        let is_it =
            move |binding: &&Binding| binding.action == action && action::number(&binding.argument) == Some(number);
        self.bindings.iter().filter(is_it).map(|binding| &binding.chord)
    }

    /// The preferred keys of an action as they are shown, those of all its numbers where it takes one; empty where there are
    /// none.
    #[must_use]
    pub fn shown(&self, action: &Action) -> String {
        match action.run {
            Run::Plain(_) | Run::With(..) => self.keys_of(action).next().map(ToString::to_string).unwrap_or_default(),
            Run::Nth(..) => {
                let keys = |number| self.keys_of_nth(action, number).next().map(ToString::to_string);
                let all: Vec<String> = (1..=9).filter_map(keys).collect();
                let run = (1..=9).map(|number: usize| number.to_string()).eq(all.iter().cloned());
                if run { "1-9".to_owned() } else { all.join(" ") }
            }
        }
    }

    /// The same, as far as they do it now: keys that do something else first are none.
    #[must_use]
    pub fn shown_now(&self, model: &Model, action: &'static Action) -> String {
        let does = |chord: &&Chord| matches!(self.meaning(model, &chord.0), Meaning::Does(binding) if binding.action == action);
        match action.run {
            Run::Plain(_) | Run::With(..) => {
                self.keys_of(action).find(does).map(ToString::to_string).unwrap_or_default()
            }
            Run::Nth(..) => self.shown(action),
        }
    }

    /// All bindings, in order.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

/// The groups of actions that are done on the board itself; each of the others is of a view.
pub const OF_THE_BOARD: [&str; 5] = ["take", "scene", "board", "view", "app"];

/// Where an action is done: in what lies over the screen, in the view that its group is named after, or on the board itself.
/// Each has keys of its own.
fn place(action: &Action) -> (Layer, &'static str) {
    match (action.layer, action.group()) {
        (Layer::Board, group) if OF_THE_BOARD.contains(&group) => (Layer::Board, ""),
        (Layer::Board, view) => (Layer::Board, view),
        (layer, _) => (layer, ""),
    }
}

/// One entry: its keys, and what they do; `None` for nothing.
fn entry(keys: &str, does: Option<&str>) -> Result<(Chord, Option<Binding>), Phrase> {
    let chord: Chord = keys.parse().map_err(|error: NotAKey| words::keymap_no_key(error.word()))?;
    let Some(does) = does.map(str::trim) else { return Ok((chord, None)) };
    let (id, argument) = does.split_once(char::is_whitespace).unwrap_or((does, ""));
    let action = Action::find(id).ok_or_else(|| match near(id) {
        Some(meant) => words::keymap_no_action_but(id, meant),
        None => words::keymap_no_action(id),
    })?;
    if matches!(action.run, Run::Plain(_)) && !argument.is_empty() {
        return Err(words::keymap_no_argument(argument.trim(), id));
    }
    if matches!(action.run, Run::Nth(..)) && action::number(argument).is_none() {
        return Err(words::keymap_no_number(id));
    }
    // Bound by itself, a character could not be written there any more.
    if let ([key], true) = (chord.0.as_slice(), action.layer.is_written_in())
        && key.typed().is_some()
    {
        return Err(words::keymap_is_written(id, key.to_string()));
    }
    Ok((chord.clone(), Some(Binding { chord, action, argument: argument.trim().to_owned() })))
}

/// The id that was probably meant.
fn near(id: &str) -> Option<&'static str> {
    let score = |known: &str| {
        let name = known.split('.').nth(1).unwrap_or_default();
        strsim::jaro_winkler(known, id).max(strsim::jaro_winkler(name, id))
    };
    let best = ACTIONS.iter().map(|action| (score(action.id), action.id)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(score, _)| *score > 0.75).map(|(_, id)| id)
}

/// The line of the `nth` entry (from 0) of these keys in a block mapping; 1 where the file is written in another form.
fn line_of(yaml: &str, keys: &str, nth: usize) -> usize {
    let named = |line: &&str| {
        !line.starts_with([' ', '#', '-']) && {
            let entry = serde_yaml::from_str::<Entries>(line).ok();
            entry.is_some_and(|Entries(entries)| entries.first().is_some_and(|(first, _)| first == keys))
        }
    };
    yaml.lines().enumerate().filter(|(_, line)| named(line)).nth(nth).map_or(1, |(at, _)| at + 1)
}

/// The entries of a mapping in their order, keys that come twice among them.
struct Entries(Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and their actions")
            }

            fn visit_unit<E>(self) -> Result<Entries, E> {
                Ok(Entries(Vec::new()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(Word(keys)) = map.next_key()? {
                    entries.push((keys.unwrap_or_default(), map.next_value::<Word>()?.0));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// A scalar as it was written: a key `1` or `no` is a word here.
struct Word(Option<String>);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::Null => None,
            serde_yaml::Value::Bool(word) => Some(word.to_string()),
            serde_yaml::Value::Number(number) => Some(number.to_string()),
            serde_yaml::Value::String(word) => Some(word),
            // What is no word names no key and no action, and is reported as that.
            _ => Some("…".to_owned()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    fn read(yaml: &str) -> (Arc<Keymap>, Vec<(usize, String)>) {
        let (map, complaints) = Keymap::read(yaml);
        let lexicon = Lexicon::english();
        (map, complaints.iter().map(|complaint| (complaint.line, lexicon.say(&complaint.what))).collect())
    }

    fn does(map: &Keymap, keys: &str) -> Vec<(&'static str, String)> {
        let chord: Chord = keys.parse().unwrap();
        let bound = map.bindings().iter().filter(|binding| binding.chord == chord);
        bound.map(|binding| (binding.action.id, binding.argument.clone())).collect()
    }

    #[test]
    fn every_key_in_the_table_is_one() {
        for action in ACTIONS {
            assert!(!action.keys.is_empty() || matches!(action.run, Run::With(..)), "{} has no key", action.id);
            for keys in action.keys {
                assert!(keys.parse::<Chord>().is_ok(), "{keys} of {}", action.id);
            }
        }
    }

    #[test]
    fn no_default_key_is_also_the_beginning_of_others() {
        let map = Keymap::own();
        for binding in map.bindings() {
            for other in map.bindings() {
                let longer = other.chord.0.len() > binding.chord.0.len();
                assert!(
                    binding.action.layer != other.action.layer
                        || !(longer && other.chord.0.starts_with(&binding.chord.0)),
                    "{} hides {} of {}",
                    binding.chord,
                    other.chord,
                    other.action.id
                );
            }
        }
    }

    #[test]
    fn a_persons_keys_stand_in_the_place_of_the_defaults() {
        let (map, complaints) = read("# mine\ny: take.accept\ng g: scene.first\nx: null\n");
        assert_eq!(complaints, []);
        let elsewhere = ("unsaved.keep", String::new());
        assert_eq!(does(&map, "y"), [("take.accept", String::new()), elsewhere], "what lies over it keeps its own");
        assert!(does(&map, "a").contains(&("take.accept", String::new())), "the default stays beside it");
        assert_eq!(does(&map, "x"), []);
        assert_eq!(does(&map, "g"), [], "what is done by the first key would be done before the second");
        assert_eq!(does(&map, "g g"), [("scene.first", String::new())]);
    }

    #[test]
    fn a_view_keeps_its_own_keys_where_the_boards_are_changed() {
        let (map, _) = read("j: scene.last\n");
        let on_j: Vec<&str> = does(&map, "j").into_iter().map(|(id, _)| id).collect();
        assert_eq!(on_j.first(), Some(&"scene.last"));
        assert!(on_j.contains(&"sheet.down") && !on_j.contains(&"scene.next"), "{on_j:?}");
        let (map, _) = read("j: null\n");
        assert_eq!(does(&map, "j"), []);
    }

    #[test]
    fn a_wrong_entry_is_reported_with_its_line_and_what_was_meant_and_the_others_hold() {
        let (map, complaints) =
            read("y: take.acept\n\nctrl-alt-nowhere: take.accept\nz: scene.first\nz: scene.last\nv: take.accept now\n");
        assert_eq!(
            complaints,
            [
                (1, "there is no action take.acept; take.accept was perhaps meant".to_owned()),
                (
                    3,
                    "nowhere is no key; a character, ctrl-x, alt-x, or a name such as esc, enter, up is expected"
                        .to_owned()
                ),
                (5, "the keys z are bound twice; the first one holds".to_owned()),
                (6, "take.accept takes nothing behind it, and there is now".to_owned()),
            ]
        );
        assert_eq!(does(&map, "z"), [("scene.first", String::new())]);
    }

    #[test]
    fn the_editor_and_the_popups_have_their_keys_from_the_same_file_and_are_told_what_is_wrong_in_it() {
        let (map, complaints) =
            read("ctrl-x: editor.keep\nj j: editor.leave\nz: reasons.give 2\nf: editor.keep\nb: reasons.give\n");
        assert_eq!(complaints.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 5], "{complaints:?}");
        assert!(complaints[0].1.contains("f is written"), "{}", complaints[0].1);
        assert!(complaints[1].1.contains("reasons.give takes a number"), "{}", complaints[1].1);
        assert_eq!(does(&map, "z"), [("reasons.give", "2".to_owned())]);
        assert_eq!(map.shown(Action::find("reasons.give").unwrap()), "1 z 3 4 5 6 7 8 9");
        assert_eq!(map.shown(Action::find("fields.edit").unwrap()), "1-9");
        assert!(does(&map, "j").iter().any(|(id, _)| *id == "scene.next"), "the board keeps its own");
    }

    #[test]
    fn a_file_that_is_no_yaml_leaves_the_defaults() {
        let (map, complaints) = read("a: [\n");
        assert_eq!(map, Keymap::own());
        assert_eq!(complaints.len(), 1);
        assert_eq!(read("").1, []);
    }
}
