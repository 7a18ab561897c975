//! Where slateboard keeps its own files: the platform's folders, or those the environment names.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use directories::ProjectDirs;

use super::error::StoreError;

/// The four folders. They need not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// `config.yaml`, `keymap.yaml`, `themes/`.
    pub config: PathBuf,
    /// Models.
    pub data: PathBuf,
    /// Logs, sessions, recent boards, per-reviewer taste.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

impl Paths {
    /// The folders in force: `SLATEBOARD_{CONFIG,DATA,STATE,CACHE}_DIR` where set, else the platform's.
    ///
    /// # Errors
    /// [`StoreError::NoHome`] where a folder is not named and there is no home.
    pub fn from_env() -> Result<Self, StoreError> {
        Self::find(|variable| env::var_os(variable), ProjectDirs::from("", "", "slateboard").as_ref())
    }

    fn find(variable: impl Fn(&str) -> Option<OsString>, home: Option<&ProjectDirs>) -> Result<Self, StoreError> {
        let named = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let or_home = |name, of: fn(&ProjectDirs) -> PathBuf| named(name).or_else(|| home.map(of));
        Ok(Self {
            config: or_home("SLATEBOARD_CONFIG_DIR", |dirs| dirs.config_dir().into()).ok_or(StoreError::NoHome)?,
            data: or_home("SLATEBOARD_DATA_DIR", |dirs| dirs.data_dir().into()).ok_or(StoreError::NoHome)?,
            // Only Linux has a place for state; elsewhere it goes with the machine's own data.
            state: or_home("SLATEBOARD_STATE_DIR", |dirs| {
                dirs.state_dir().map_or_else(|| dirs.data_local_dir().join("state"), PathBuf::from)
            })
            .ok_or(StoreError::NoHome)?,
            cache: or_home("SLATEBOARD_CACHE_DIR", |dirs| dirs.cache_dir().into()).ok_or(StoreError::NoHome)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_moves_each_folder_by_itself() {
        let home = ProjectDirs::from_path("slateboard".into());
        let paths =
            Paths::find(|name| (name == "SLATEBOARD_DATA_DIR").then(|| "models".into()), home.as_ref()).unwrap();
        assert_eq!(paths.data, PathBuf::from("models"));
        assert_eq!(paths.config, home.unwrap().config_dir());
    }

    #[test]
    fn without_a_home_all_four_must_be_named() {
        assert!(Paths::find(|name| Some(name.into()), None).is_ok());
        let error = Paths::find(|name| (name != "SLATEBOARD_CACHE_DIR").then(|| name.into()), None).unwrap_err();
        assert!(matches!(error, StoreError::NoHome));
        let empty = Paths::find(|_| Some(OsString::new()), None);
        assert!(matches!(empty, Err(StoreError::NoHome)), "an empty variable names no folder");
    }
}
