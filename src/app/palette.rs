//! The command palette: every action by its words, found by a few of their letters, with what may stand behind it.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::{ACTIONS, Action, Argument, Run};
use super::buffer::Buffer;
use super::layer::Layer;
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::now::Now;
use super::settings::Settings;
use super::typing;
use crate::words::{self, Lexicon};

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub input: Buffer,
    /// The offer under the cursor.
    pub at: usize,
    /// The actions with the words they are found by, in the language chosen when the palette was opened.
    entries: Vec<Entry>,
    /// The settings before anything was tried.
    before: Settings,
    /// The action whose offers were asked for.
    looked_up: Option<&'static Action>,
}

/// An action in the words of a language.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    action: &'static Action,
    name: String,
    about: String,
}

/// Something the palette offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The action.
    pub action: &'static Action,
    /// What stands behind it.
    pub argument: Option<String>,
    /// Whether it can be done now.
    pub now: bool,
    /// The words it was found by; empty for an argument.
    pub words: String,
    /// Which of the argument's or the words' characters were typed.
    pub found: Vec<u32>,
}

impl Palette {
    /// Opens it with something typed already.
    #[must_use]
    pub fn open(settings: &Settings, typed: &str) -> Self {
        let lexicon = Lexicon::of(&settings.language);
        let entry = |action: &'static Action| Entry {
            action,
            name: lexicon.say(&action.name()),
            about: lexicon.say(&action.about()),
        };
        Self {
            input: Buffer::new(typed),
            at: 0,
            entries: ACTIONS.iter().filter(|action| action.layer == Layer::Board).map(entry).collect(),
            before: settings.clone(),
            looked_up: None,
        }
    }

    /// The action whose argument is being typed, and what of it is there.
    fn arguing(&self) -> Option<(&'static Action, Argument, &str)> {
        let (id, typed) = self.input.text().split_once(' ')?;
        let action = Action::find(id).or_else(|| Action::called(id)).filter(|action| action.layer == Layer::Board)?;
        match action.run {
            Run::With(argument, _) | Run::Nth(argument, _) => Some((action, argument, typed.trim())),
            Run::Plain(_) => None,
        }
    }

    /// The argument being chosen, where each is shown on the screen while it is under the cursor.
    #[must_use]
    pub fn tries_out(&self) -> Option<Argument> {
        self.arguing().map(|(_, argument, _)| argument).filter(|argument| argument.preview.is_some())
    }

    /// What fits what is typed, the best first; what cannot be done now comes last, and only where it is asked for.
    #[must_use]
    pub fn offers(&self, model: &Model) -> Vec<Offer> {
        if let Some((action, argument, typed)) = self.arguing() {
            let now = (action.when)(model);
            let choices = (argument.choices)(model);
            return ranked(typed, choices.into_iter().map(|choice| (choice.clone(), choice)))
                .into_iter()
                .map(|found| Offer {
                    action,
                    argument: Some(found.item),
                    now,
                    words: String::new(),
                    found: found.letters,
                })
                .collect();
        }
        let typed = self.input.text();
        let offer = |entry: &Entry, found| Offer {
            action: entry.action,
            argument: None,
            now: (entry.action.when)(model),
            words: format!("{}  {}  {}", entry.name, entry.action.id, entry.about),
            found,
        };
        let named = self.entries.iter().map(|entry| (entry, format!("{}  {}", entry.name, entry.action.id)));
        let mut offers: Vec<Offer> = ranked(typed, named).into_iter().map(|it| offer(it.item, it.letters)).collect();
        // Letters strewn over a sentence are in nearly all of them: there the words themselves have to stand.
        let told = |entry: &&Entry| {
            let about = entry.about.to_lowercase();
            typed.to_lowercase().split_whitespace().all(|word| about.contains(word))
        };
        let more = self.entries.iter().filter(|entry| !offers.iter().any(|offer| offer.action == entry.action));
        let more: Vec<Offer> = more.filter(told).map(|entry| offer(entry, Vec::new())).collect();
        offers.extend(more);
        offers.retain(|offer| offer.now || !typed.is_empty());
        offers.sort_by_key(|offer| !offer.now);
        offers
    }
}

/// Something that contains the letters typed, and which of its characters they are.
struct Found<T> {
    item: T,
    words: String,
    letters: Vec<u32>,
}

/// What contains the letters typed, in their order, the best first; all of it, in its own order, where nothing is typed.
fn ranked<T>(typed: &str, all: impl Iterator<Item = (T, String)>) -> Vec<Found<T>> {
    let pattern = Pattern::new(typed, CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut space = Vec::new();
    let mut found: Vec<(u32, Found<T>)> = all
        .filter_map(|(item, words)| {
            let mut letters = Vec::new();
            let score = pattern.indices(Utf32Str::new(&words, &mut space), &mut matcher, &mut letters)?;
            letters.sort_unstable();
            letters.dedup();
            Some((score, Found { item, words, letters }))
        })
        .collect();
    // What is typed in full is meant, whatever else contains it.
    found.sort_by_key(|(score, found)| (found.words != typed, std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, item)| item).collect()
}

pub(super) fn open(model: &mut Model, _: Now) -> Vec<Effect> {
    open_at(model, "")
}

/// Opens the palette at an action, for its argument.
pub(super) fn open_at(model: &mut Model, typed: &str) -> Vec<Effect> {
    let mut palette = Palette::open(&model.settings, typed);
    palette.at = in_force(&palette, model).unwrap_or_default();
    model.overlay = Overlay::Palette(Box::new(palette));
    look_up(model)
}

/// Which of the choices that are tried out is in force: the one that changes nothing.
fn in_force(palette: &Palette, model: &Model) -> Option<usize> {
    let preview = palette.tries_out()?.preview?;
    palette.offers(model).iter().position(|offer| {
        let mut settings = palette.before.clone();
        offer.argument.iter().for_each(|choice| preview(&mut settings, choice));
        settings == palette.before
    })
}

/// What has to be found out before the argument being typed can be offered, once.
fn look_up(model: &mut Model) -> Vec<Effect> {
    let Overlay::Palette(palette) = &mut model.overlay else { return Vec::new() };
    let looking = palette.arguing().and_then(|(action, argument, _)| Some((action, argument.lookup?)));
    match looking {
        Some((action, lookup)) if palette.looked_up != Some(action) => {
            palette.looked_up = Some(action);
            vec![lookup()]
        }
        _ => Vec::new(),
    }
}

/// What is typed has changed: the best offer is the first one again.
pub(super) fn typed(model: &mut Model) -> Vec<Effect> {
    if let Overlay::Palette(palette) = &mut model.overlay {
        palette.at = 0;
    }
    try_out(model);
    look_up(model)
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let Overlay::Palette(palette) = &model.overlay else { return Vec::new() };
    let last = palette.offers(model).len().saturating_sub(1);
    let at = palette.at.saturating_add_signed(by).min(last);
    point(model, at);
    Vec::new()
}

pub(super) fn next(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, 1)
}

pub(super) fn previous(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, -1)
}

pub(super) fn page_down(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, 10)
}

pub(super) fn page_up(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, -10)
}

/// Puts the cursor on an offer.
pub(super) fn point(model: &mut Model, at: usize) {
    if let Overlay::Palette(palette) = &mut model.overlay {
        palette.at = at;
    }
    try_out(model);
}

/// Shows what the argument under the cursor would look like, where it can be shown.
fn try_out(model: &mut Model) {
    let Overlay::Palette(palette) = &model.overlay else { return };
    let mut settings = palette.before.clone();
    if let Some((_, Argument { preview: Some(preview), .. }, _)) = palette.arguing()
        && let Some(Offer { argument: Some(choice), .. }) = palette.offers(model).get(palette.at)
    {
        preview(&mut settings, choice);
    }
    model.settings = settings;
}

/// Writes the offer under the cursor out, for its argument to be typed behind it.
pub(super) fn complete(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Palette(palette) = &model.overlay else { return Vec::new() };
    let Some(offer) = palette.offers(model).get(palette.at).cloned() else { return Vec::new() };
    let words = match (&offer.argument, offer.action.run) {
        (Some(argument), _) => format!("{} {argument}", offer.action.id),
        (None, Run::With(..) | Run::Nth(..)) => format!("{} ", offer.action.id),
        (None, Run::Plain(_)) => offer.action.id.to_owned(),
    };
    typing::by(model, now, |buffer| *buffer = Buffer::new(&words))
}

pub(super) fn close(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Overlay::Palette(palette) = std::mem::take(&mut model.overlay) {
        model.settings = palette.before;
    }
    Vec::new()
}

/// Does what is under the cursor; an action that needs a word asks for it first.
pub(super) fn choose(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Palette(palette) = &model.overlay else { return Vec::new() };
    let offer = palette.offers(model).get(palette.at).cloned();
    let free = palette.arguing().map(|(action, argument, typed)| (action, argument, typed.to_owned()));
    let (action, argument) = match (offer, free) {
        (Some(Offer { action, argument: Some(choice), .. }), _) => (action, choice),
        (_, Some((action, argument, typed))) if argument.free && !typed.is_empty() => (action, typed),
        (Some(Offer { action, argument: None, .. }), _) => (action, String::new()),
        _ => return Vec::new(),
    };
    close(model, now);
    if !(action.when)(model) {
        model.say(words::not_now(action.name()));
        return Vec::new();
    }
    action.act(model, now, &argument)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Line;
    use crate::words::Lexicon;

    fn model() -> Model {
        let (mut model, _) = Model::new(None, Line::new("Anna").unwrap(), (80, 24));
        model.settings.themes = vec!["slate".into(), "night".into(), "paper".into()];
        model
    }

    fn offered(typed: &str) -> Vec<String> {
        let model = model();
        let palette = Palette::open(&model.settings, typed);
        let shown = |offer: Offer| offer.argument.unwrap_or_else(|| offer.action.id.to_owned());
        palette.offers(&model).into_iter().map(shown).collect()
    }

    fn keys(model: &mut Model, keys: &str) -> Vec<Effect> {
        let now = Now { at_ms: 1, chance: 1 };
        keys.split(' ')
            .flat_map(|name| crate::app::update(model, now, super::super::msg::Msg::Key(name.parse().unwrap())))
            .collect()
    }

    #[test]
    fn an_action_is_found_by_letters_of_its_id_its_name_or_what_it_does() {
        for (typed, found) in [("quit", "app.quit"), ("app.theme", "app.theme"), ("colours", "app.theme")] {
            assert_eq!(offered(typed).first().map(String::as_str), Some(found), "{typed}");
        }
        let model = model();
        let now = |action: &&Action| action.layer == Layer::Board && (action.when)(&model);
        assert_eq!(offered("").len(), ACTIONS.iter().filter(now).count(), "what can be done now is offered unasked");
        assert!(offered("accept").contains(&"take.accept".to_owned()), "and what cannot where it is asked for");
        assert_eq!(offered("xqzxqz"), Vec::<String>::new());
    }

    #[test]
    fn behind_an_action_its_choices_are_offered() {
        assert_eq!(offered("app.theme "), ["slate", "night", "paper"]);
        assert_eq!(offered("app.theme nig"), ["night"]);
        assert_eq!(offered("theme nig"), ["night"], "its last word says which action it is");
    }

    #[test]
    fn a_theme_is_shown_while_it_is_chosen_and_taken_back_by_esc() {
        let mut model = model();
        keys(&mut model, ": a p p . t h e m e space down");
        assert_eq!(model.settings.theme, "night");
        keys(&mut model, "esc");
        assert_eq!(model.settings.theme, "slate");
        keys(&mut model, ": a p p . t h e m e space p a p enter");
        assert_eq!(model.settings.theme, "paper");
        assert_eq!(model.overlay, Overlay::None);
        let said = |model: &Model| Lexicon::english().say(&model.notice.as_ref().unwrap().words);
        assert_eq!(said(&model), "theme paper");
        model.settings.stand_in = Some("slate".into());
        keys(&mut model, ": t h e m e space n i g enter");
        assert!(said(&model).contains("slate is shown"), "{}", said(&model));
    }

    #[test]
    fn the_palette_does_what_a_key_does_and_says_what_cannot_be_done() {
        let mut model = model();
        assert_eq!(keys(&mut model, ": l e a v e space u n s a v e d enter"), [Effect::Quit]);
        assert_eq!(keys(&mut model, ": t a k e . a c c e p t enter"), []);
        assert!(model.notice.is_some());
    }
}
