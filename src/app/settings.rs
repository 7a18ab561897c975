//! How the person wants the screen: what `config.yaml` and `keymap.yaml` say, as the core needs it.

use std::sync::Arc;

use super::keymap::Keymap;

/// How the person wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The theme's name, one of `themes`.
    pub theme: String,
    /// The names of all themes there are.
    pub themes: Vec<String>,
    /// The language's tag, one of [`crate::words::LANGUAGES`].
    pub language: String,
    /// Which keys do what.
    pub keymap: Arc<Keymap>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: "slate".to_owned(), themes: Vec::new(), language: "en".to_owned(), keymap: Arc::default() }
    }
}
