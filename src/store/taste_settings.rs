//! `taste.yaml` in the config folder: how this person wants taste to work.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::paths::Paths;
use crate::taste::{HeadSettings, Reason, Wishes, pool};

/// What can be set. Everything has a sound default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TasteSettings {
    /// Reasons in your own words, each with the change it asks for: `boring: too static`.
    pub reasons: BTreeMap<String, Reason>,
    /// Phrases to lean away from, whatever the verdicts say.
    pub avoid: Vec<String>,
    /// Phrases not to lean away from although they keep being rejected.
    pub allow: Vec<String>,
    /// The share of times when the first take shown is the one that would teach most, from 0 to 1.
    pub exploration: f32,
    /// The most takes sampled together where nothing else is asked for.
    pub pool: usize,
    /// An adapter to run the model with, FILE or FILE:SCALE, where `--lora` names none.
    pub lora: Option<String>,
    /// How the head is trained.
    pub head: HeadSettings,
}

impl Default for TasteSettings {
    fn default() -> Self {
        Self {
            reasons: BTreeMap::new(),
            avoid: Vec::new(),
            allow: Vec::new(),
            exploration: 0.1,
            pool: pool::MOST,
            lora: None,
            head: HeadSettings::default(),
        }
    }
}

impl TasteSettings {
    /// The settings in force: the file's, or the defaults where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read or says something else than settings.
    pub fn load(paths: &Paths) -> Result<Self, StoreError> {
        let path = Self::file(paths);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            read => read.map_err(StoreError::io(Doing::Read, &path))?,
        };
        let refused = |why: String| StoreError::Unusable { path: path.clone(), why };
        // A file of comments alone holds nothing.
        let settings: Option<Self> = serde_yaml::from_str(&text).map_err(|error| refused(error.to_string()))?;
        let settings = settings.unwrap_or_default();
        let is_share = (0.0..=1.0).contains(&settings.exploration);
        is_share.then_some(settings).ok_or_else(|| refused("exploration is a share from 0 to 1".into()))
    }

    /// Where they are.
    #[must_use]
    pub fn file(paths: &Paths) -> PathBuf {
        paths.config.join("taste.yaml")
    }

    /// Reasons in the person's own words.
    #[must_use]
    pub fn wording(&self) -> Vec<(String, Reason)> {
        self.reasons.iter().map(|(words, &reason)| (words.clone(), reason)).collect()
    }

    /// What the plan listens to.
    #[must_use]
    pub fn wishes(&self) -> Wishes<'_> {
        Wishes { avoid: &self.avoid, allow: &self.allow }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_nonsense_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        assert_eq!(TasteSettings::load(&paths).unwrap(), TasteSettings::default());
        fs::create_dir_all(&paths.config).unwrap();
        let written = |text: &str| {
            fs::write(TasteSettings::file(&paths), text).unwrap();
            TasteSettings::load(&paths)
        };
        let settings = written("reasons: {boring: too static}\navoid: [suddenly]\nhead: {members: 3}\n").unwrap();
        assert_eq!(settings.wording(), [("boring".to_owned(), Reason::TooStatic)]);
        assert_eq!(
            (settings.avoid.len(), settings.head.members, settings.head.steps),
            (1, 3, HeadSettings::default().steps)
        );
        assert_eq!(written("# nothing set\n").unwrap(), TasteSettings::default());
        for wrong in ["exploration: 2\n", "reasons: {boring: too blue}\n", "poool: 3\n", "- a\n"] {
            assert!(written(wrong).is_err(), "{wrong}");
        }
    }
}
