//! What was chosen in the program itself: it holds until something else is, and `config.yaml` stands above it.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{Paths, replace};

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The screen's theme, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The screen's language, by its tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What was chosen before; nothing where that cannot be read.
#[must_use]
pub fn load(paths: &Paths) -> Chosen {
    fs::read(file(paths)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Keeps a choice, and what was chosen before of other things.
///
/// # Errors
/// [`StoreError`] where it cannot be written; nothing depends on it.
pub fn keep(paths: &Paths, choice: Chosen) -> Result<(), StoreError> {
    let before = load(paths);
    let chosen = Chosen { theme: choice.theme.or(before.theme), language: choice.language.or(before.language) };
    let file = file(paths);
    fs::create_dir_all(&paths.state).map_err(StoreError::io(Doing::Create, &paths.state))?;
    let json = super::json_line(&chosen).map_err(|error| StoreError::io(Doing::Save, &file)(error.into()))?;
    replace::replace(&file, &json)
}

fn file(paths: &Paths) -> PathBuf {
    paths.state.join("chosen.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_stays_until_another_of_its_kind() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        assert_eq!(load(&paths), Chosen::default());
        let theme = |name: &str| Chosen { theme: Some(name.into()), ..Chosen::default() };
        keep(&paths, theme("night")).unwrap();
        keep(&paths, Chosen { language: Some("zh-CN".into()), ..Chosen::default() }).unwrap();
        keep(&paths, theme("paper")).unwrap();
        assert_eq!(load(&paths), Chosen { theme: Some("paper".into()), language: Some("zh-CN".into()) });
    }
}
