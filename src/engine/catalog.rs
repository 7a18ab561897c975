//! Which models there are on this machine, and which one is meant.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::gguf::{self, Gguf, GgufError};

/// The name of the default model.
pub const DEFAULT: &str = "smollm2-135m-instruct";

/// The default model's file.
pub(super) const DEFAULT_FILE: &str = "SmolLM2-135M-Instruct.Q4_1.gguf";

/// Why there is no model, or not that one.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It was never fetched.
    #[error("the model {0} is not on this machine yet; fetch it with `slateboard model pull`")]
    NotPulled(String),
    /// No model is called that.
    #[error("there is no model and no file called {0}; `slateboard model list` shows the models there are")]
    Unknown(String),
    /// The file is no usable model.
    #[error(transparent)]
    Gguf(#[from] GgufError),
    /// A model in parts was named.
    #[error("{0} is one part of a model in several files; join them with llama.cpp's gguf-split first")]
    InParts(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It could not be fetched.
    #[error("{what}; {hint}")]
    Pull {
        /// What happened.
        what: String,
        /// What to do.
        hint: String,
    },
}

impl ModelError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}

/// A model on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// What to call it.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What the file says of itself.
    pub gguf: Gguf,
    /// Whether it is the one used where none is named.
    pub used: bool,
}

/// The models of this machine.
#[derive(Debug, Clone)]
pub struct Models {
    folder: PathBuf,
    hashes: PathBuf,
}

/// A hash, and the file it was taken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Hashed {
    bytes: u64,
    changed_ns: u128,
    sha256: String,
}

impl Models {
    /// The models in the data folder; what is known of their hashes is in the state folder.
    #[must_use]
    pub fn new(data: &Path, state: &Path) -> Self {
        Self { folder: data.join("models"), hashes: state.join("hashes.json") }
    }

    /// Where models are kept.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the model meant by a name or a path, or of the used one; looked at, and found usable.
    ///
    /// # Errors
    /// [`ModelError`] where there is none, or the file is no usable model.
    pub fn resolve(&self, wanted: Option<&str>) -> Result<PathBuf, ModelError> {
        let wanted = wanted.filter(|wanted| !wanted.is_empty());
        let named = wanted.map(str::to_owned).or_else(|| self.used()).unwrap_or_else(|| DEFAULT.to_owned());
        let path = self.find(&named)?;
        let gguf = gguf::inspect(&path)?;
        if gguf.parts > 1 {
            return Err(ModelError::InParts(path));
        }
        Ok(path)
    }

    fn find(&self, named: &str) -> Result<PathBuf, ModelError> {
        if named == DEFAULT {
            let path = self.folder.join(DEFAULT_FILE);
            return if path.is_file() { Ok(path) } else { Err(ModelError::NotPulled(DEFAULT.to_owned())) };
        }
        let file = Path::new(named);
        // A name is one part of a path: `../x` is a file somebody means, never a name.
        let bare = file.components().count() == 1;
        let kept = [self.folder.join(named), self.folder.join(format!("{named}.gguf"))];
        let kept = kept.into_iter().filter(|_| bare).find(|path| path.is_file());
        let path = kept.or_else(|| file.is_file().then(|| file.to_owned()));
        path.ok_or_else(|| ModelError::Unknown(crate::board::Line::clipped(named, 200).to_string()))
    }

    /// Every model in the folder, by name. Files that are none are left out.
    ///
    /// # Errors
    /// [`ModelError::File`] where the folder cannot be read.
    pub fn list(&self) -> Result<Vec<Installed>, ModelError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            read => read.map_err(ModelError::file(&self.folder))?,
        };
        let used = self.resolve(None).ok();
        let mut all: Vec<Installed> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "gguf"))
            .filter_map(|path| gguf::inspect(&path).ok().map(|gguf| (path, gguf)))
            .map(|(path, gguf)| {
                let used = used.as_ref() == Some(&path);
                Installed { name: name(&path), path, gguf, used }
            })
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// The model used where none is named, as it was chosen.
    fn used(&self) -> Option<String> {
        let text = fs::read_to_string(self.folder.join("used")).ok()?;
        let name = text.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Chooses the model used where none is named; answers its file.
    ///
    /// # Errors
    /// [`ModelError`] where there is no such model, or the choice cannot be written.
    pub fn choose(&self, wanted: &str) -> Result<PathBuf, ModelError> {
        let path = self.resolve(Some(wanted))?;
        let kept = path.parent() == Some(self.folder.as_path());
        let words = if kept { name(&path) } else { absolute(&path)?.to_string_lossy().into_owned() };
        write(&self.folder.join("used"), format!("{words}\n").as_bytes())?;
        Ok(path)
    }

    /// The SHA-256 of a model's file, in hexadecimal. A file that has not changed since is not read again.
    ///
    /// # Errors
    /// [`ModelError::File`] where it cannot be read.
    pub fn sha256(&self, path: &Path) -> Result<String, ModelError> {
        let meta = fs::metadata(path).map_err(ModelError::file(path))?;
        let changed = meta.modified().ok().and_then(|changed| changed.duration_since(UNIX_EPOCH).ok());
        let key = absolute(path)?.to_string_lossy().into_owned();
        let mut known = self.known_hashes();
        let changed_ns = changed.map_or(0, |changed| changed.as_nanos());
        if let Some(hashed) = known.get(&key)
            && (hashed.bytes, hashed.changed_ns) == (meta.len(), changed_ns)
        {
            return Ok(hashed.sha256.clone());
        }
        let sha256 = gguf::sha256(path, &mut |_, _| {}).map_err(ModelError::file(path))?;
        known.insert(key, Hashed { bytes: meta.len(), changed_ns, sha256: sha256.clone() });
        if let Ok(words) = serde_json::to_vec(&known) {
            // Without it the file is read again next time.
            let _ = write(&self.hashes, &words);
        }
        Ok(sha256)
    }

    fn known_hashes(&self) -> BTreeMap<String, Hashed> {
        fs::read(&self.hashes).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }
}

fn name(path: &Path) -> String {
    match path.file_name() {
        Some(file) if file == DEFAULT_FILE => DEFAULT.to_owned(),
        _ => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn absolute(path: &Path) -> Result<PathBuf, ModelError> {
    std::path::absolute(path).map_err(ModelError::file(path))
}

/// Writes a small file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(ModelError::file(folder))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(ModelError::file(path))?;
    io::Write::write_all(&mut file, bytes).map_err(ModelError::file(path))?;
    file.persist(path).map(drop).map_err(|error| ModelError::File { path: path.to_owned(), source: error.error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn models(place: &Path) -> Models {
        Models::new(&place.join("data"), &place.join("state"))
    }

    #[test]
    fn a_model_that_is_not_there_is_told_how_to_get() {
        let place = tempfile::tempdir().unwrap();
        let missing = models(place.path()).resolve(None).unwrap_err();
        assert!(missing.to_string().contains("slateboard model pull"), "{missing}");
        let unknown = models(place.path()).resolve(Some("no-such")).unwrap_err();
        assert!(matches!(unknown, ModelError::Unknown(_)), "{unknown}");
        assert_eq!(models(place.path()).list().unwrap(), []);
    }

    #[test]
    fn a_name_never_leads_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let models = models(place.path());
        fs::create_dir_all(models.folder()).unwrap();
        fs::write(place.path().join("data/secret.gguf"), "x").unwrap();
        assert!(matches!(models.resolve(Some("../secret")), Err(ModelError::Unknown(_))));
    }

    #[test]
    fn a_file_that_changed_is_hashed_anew() {
        let place = tempfile::tempdir().unwrap();
        let models = models(place.path());
        let file = place.path().join("model");
        fs::write(&file, "one").unwrap();
        let one = models.sha256(&file).unwrap();
        assert_eq!(models.sha256(&file).unwrap(), one);
        fs::write(&file, "three").unwrap();
        assert_ne!(models.sha256(&file).unwrap(), one);
    }
}
