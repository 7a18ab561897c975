//! How the person wants the screen: what `config.yaml` and `keymap.yaml` say, as the core needs it, and changing it.

use std::sync::Arc;

use super::action::Argument;
use super::config::{Notify, Switch};
use super::keymap::Keymap;
use super::model::Model;
use super::msg::{Choice, Effect};
use super::now::Now;
use crate::board::Line;
use crate::taste::Reason;
use crate::words::{self, LANGUAGES};

/// How the person wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The theme's name, one of `themes`.
    pub theme: String,
    /// The names of all themes there are.
    pub themes: Vec<String>,
    /// The theme shown instead of one with more colours than the terminal has; `None` where it has enough for all.
    pub stand_in: Option<String>,
    /// The language's tag, one of [`LANGUAGES`].
    pub language: String,
    /// Which keys do what.
    pub keymap: Arc<Keymap>,
    /// Whether the mouse is used.
    pub mouse: Switch,
    /// How the end of a long job is told while another window is in front.
    pub notify: Notify,
    /// The styles that frames can be drawn in.
    pub styles: Vec<String>,
    /// The formats that boards go out in.
    pub formats: Vec<String>,
    /// The person's own reasons to reject a take; empty for the program's.
    pub reasons: Vec<Line>,
    /// The person's own words for reasons that taste knows.
    pub wording: Vec<(String, Reason)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "slate".to_owned(),
            themes: Vec::new(),
            stand_in: None,
            language: "en".to_owned(),
            keymap: Keymap::own(),
            mouse: Switch::Off,
            notify: Notify::Off,
            styles: Vec::new(),
            formats: Vec::new(),
            reasons: Vec::new(),
            wording: Vec::new(),
        }
    }
}

/// A theme by its name, shown while it is under the cursor.
pub(super) const THEME: Argument =
    Argument { name: words::argument_theme, choices: themes, free: false, lookup: None, preview: Some(try_theme) };

/// A language by its tag, shown while it is under the cursor.
pub(super) const LANGUAGE: Argument = Argument {
    name: words::argument_language,
    choices: languages,
    free: false,
    lookup: None,
    preview: Some(try_language),
};

fn themes(model: &Model) -> Vec<String> {
    model.settings.themes.clone()
}

fn languages(_: &Model) -> Vec<String> {
    LANGUAGES.iter().map(|(tag, _)| (*tag).to_owned()).collect()
}

fn try_theme(settings: &mut Settings, theme: &str) {
    theme.clone_into(&mut settings.theme);
}

fn try_language(settings: &mut Settings, language: &str) {
    language.clone_into(&mut settings.language);
}

pub(super) fn choose_theme(model: &mut Model, _: Now, theme: &str) -> Vec<Effect> {
    if model.settings.themes.iter().any(|known| known == theme) {
        theme.clone_into(&mut model.settings.theme);
        model.say(match &model.settings.stand_in {
            Some(other) if other != theme => words::theme_chosen_few_colours(other.as_str(), theme),
            _ => words::theme_chosen(theme),
        });
        vec![Effect::Keep(Choice::Theme(theme.to_owned()))]
    } else {
        model.warn(words::theme_unknown(model.settings.themes.join(", "), theme));
        Vec::new()
    }
}

pub(super) fn choose_language(model: &mut Model, _: Now, language: &str) -> Vec<Effect> {
    words::choose(language).clone_into(&mut model.settings.language);
    model.say(words::language_chosen(model.settings.language.as_str()));
    vec![Effect::Keep(Choice::Language(model.settings.language.clone()))]
}

pub(super) fn turn_mouse(model: &mut Model, _: Now) -> Vec<Effect> {
    let mouse = model.settings.mouse.turned();
    model.settings.mouse = mouse;
    model.say(match mouse {
        Switch::On => words::mouse_on(),
        Switch::Off => words::mouse_off(),
    });
    vec![Effect::UseMouse(mouse)]
}
