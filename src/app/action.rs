//! What a person can do. Keys, footer, which-key, palette, help and README are all read from [`ACTIONS`].
//!
//! To add an action: a line in the table in `actions.rs`, and its words in `src/words/*.ftl` as `action-GROUP-NAME` (one or two
//! words) with `.about` (a sentence without its full stop), for the id `group.name`. Tests hold that both are there.

use std::fmt;

pub use super::actions::ACTIONS;
use super::layer::Layer;
use super::model::Model;
use super::msg::Effect;
use super::now::Now;
use super::palette;
use super::settings::Settings;
use crate::words::Phrase;

/// Something a person can do.
pub struct Action {
    /// Its stable name, `group.name`, for key maps and the palette.
    pub id: &'static str,
    /// The keys that do it unless the person chose others, the first one shown in the footer. Keys typed one after the
    /// other stand with a space between: `"v s"`.
    pub keys: &'static [&'static str],
    /// Where its keys count.
    pub layer: Layer,
    /// Whether the footer shows it.
    pub footer: bool,
    /// Whether it can be done now.
    pub when: fn(&Model) -> bool,
    /// Does it.
    pub run: Run,
}

/// How an action is done.
#[derive(Clone, Copy)]
pub enum Run {
    /// At once.
    Plain(fn(&mut Model, Now) -> Vec<Effect>),
    /// With a word or more behind it, in the palette and in key maps. Where nothing is there, the palette asks for it.
    With(Argument, fn(&mut Model, Now, &str) -> Vec<Effect>),
    /// With a number from 1 behind it: its keys are those of the first, the second and so on.
    Nth(Argument, fn(&mut Model, Now, usize) -> Vec<Effect>),
}

/// What may stand behind an action.
#[derive(Clone, Copy)]
pub struct Argument {
    /// What it is called.
    pub name: fn() -> Phrase,
    /// What the palette offers.
    pub choices: fn(&Model) -> Vec<String>,
    /// Whether anything else may stand there too.
    pub free: bool,
    /// What finds out what there is to offer, where that is not known beforehand.
    pub lookup: Option<fn() -> Effect>,
    /// Shows what a choice would look like while it is under the cursor.
    pub preview: Option<fn(&mut Settings, &str)>,
}

impl Action {
    /// An action without argument, not in the footer.
    pub(super) const fn new(
        id: &'static str,
        keys: &'static [&'static str],
        when: fn(&Model) -> bool,
        run: fn(&mut Model, Now) -> Vec<Effect>,
    ) -> Self {
        Self { id, keys, layer: Layer::Board, footer: false, when, run: Run::Plain(run) }
    }

    /// An action that takes an argument.
    pub(super) const fn with(
        id: &'static str,
        keys: &'static [&'static str],
        when: fn(&Model) -> bool,
        argument: Argument,
        run: fn(&mut Model, Now, &str) -> Vec<Effect>,
    ) -> Self {
        Self { id, keys, layer: Layer::Board, footer: false, when, run: Run::With(argument, run) }
    }

    /// An action with a number behind it.
    pub(super) const fn nth(
        id: &'static str,
        when: fn(&Model) -> bool,
        argument: Argument,
        run: fn(&mut Model, Now, usize) -> Vec<Effect>,
    ) -> Self {
        Self { id, keys: &DIGITS, layer: Layer::Board, footer: false, when, run: Run::Nth(argument, run) }
    }

    /// The same, in another place than the board.
    pub(super) const fn on(self, layer: Layer) -> Self {
        Self { layer, ..self }
    }

    /// The same, shown in the footer.
    pub(super) const fn in_footer(self) -> Self {
        Self { footer: true, ..self }
    }

    /// The action of that id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        ACTIONS.iter().find(|action| action.id == id)
    }

    /// The action whose id ends in that word, where it is the only one.
    #[must_use]
    pub fn called(word: &str) -> Option<&'static Self> {
        let is_called = |action: &&Self| action.id.rsplit_once('.').is_some_and(|(_, last)| last == word);
        let mut all = ACTIONS.iter().filter(is_called);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether it can be done now, by what lies over the screen and by how things stand.
    #[must_use]
    pub fn can(&self, model: &Model) -> bool {
        model.overlay.layers().contains(&self.layer) && self.applies(model)
    }

    /// Whether it could be done as things stand, whatever lies over the screen.
    #[must_use]
    pub fn applies(&self, model: &Model) -> bool {
        (self.when)(model)
    }

    /// What it is called: one or two words.
    #[must_use]
    pub fn name(&self) -> Phrase {
        Phrase::named("action", self.id, None)
    }

    /// What it does, in a sentence without its full stop.
    #[must_use]
    pub fn about(&self) -> Phrase {
        Phrase::named("action", self.id, Some("about"))
    }

    /// The first part of its id.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Does it. What needs an argument and has none asks for it.
    pub(super) fn act(&self, model: &mut Model, now: Now, argument: &str) -> Vec<Effect> {
        match self.run {
            Run::Plain(run) => run(model, now),
            Run::Nth(_, run) if argument.is_empty() && self.layer != Layer::Board => run(model, now, 1),
            Run::With(..) | Run::Nth(..) if argument.is_empty() => palette::open_at(model, &format!("{} ", self.id)),
            Run::With(_, run) => run(model, now, argument),
            Run::Nth(_, run) => match number(argument) {
                Some(number) => run(model, now, number),
                None => Vec::new(),
            },
        }
    }
}

/// The keys of the first to the ninth.
const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The number that words begin with, from 1.
#[must_use]
pub fn number(words: &str) -> Option<usize> {
    let digits = words.split_whitespace().next()?;
    digits.parse().ok().filter(|number| (1..=999).contains(number))
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// The keys as a Markdown table, for the README.
#[must_use]
pub fn key_table() -> String {
    let words = crate::words::Lexicon::english();
    let rows = ACTIONS.iter().map(|action| {
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{key}`")).collect();
        let keys = match action.run {
            Run::Nth(..) => vec!["`1` to `9`".to_owned()],
            Run::Plain(_) | Run::With(..) => keys,
        };
        format!("| {} | `{}` | {} |\n", keys.join(", "), action.id, words.say(&action.about()))
    });
    format!("| keys | action | what it does |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::words::{LANGUAGES, Lexicon};

    #[test]
    fn every_action_has_its_words_and_every_word_of_an_action_its_action() {
        let words = Lexicon::english();
        for action in ACTIONS {
            for phrase in [action.name(), action.about(), Phrase::named("group", action.group(), None)] {
                let said = words.say(&phrase);
                assert!(!said.starts_with("action-") && !said.starts_with("group-"), "{said} has no words");
            }
        }
        let (_, english) = LANGUAGES.iter().find(|(tag, _)| *tag == "en").unwrap();
        let named: BTreeSet<&str> = english
            .lines()
            .filter(|line| line.starts_with("action-"))
            .filter_map(|line| line.split(" =").next())
            .collect();
        let known: BTreeSet<String> =
            ACTIONS.iter().map(|action| format!("action-{}", action.id.replace('.', "-"))).collect();
        let unused: Vec<_> = named.iter().filter(|name| !known.contains(**name)).collect();
        assert!(unused.is_empty(), "no action for {unused:?}");
    }

    #[test]
    fn no_two_actions_have_one_id() {
        let ids: BTreeSet<&str> = ACTIONS.iter().map(|action| action.id).collect();
        assert_eq!(ids.len(), ACTIONS.len());
    }

    #[test]
    fn the_readme_shows_the_keys_as_they_are() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&key_table()), "put this into README.md:\n{}", key_table());
    }
}
