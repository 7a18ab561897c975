//! What a take was asked with, kept by its SHA-256 beside the board, so that the take can be made again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::error::{Doing, StoreError};
use super::replace;

/// The folder `NAME.slate/prompts/`.
#[derive(Debug, Clone)]
pub struct Prompts(PathBuf);

impl Prompts {
    /// Those in a board's sidecar.
    #[must_use]
    pub fn beside(sidecar: &Path) -> Self {
        Self(sidecar.join("prompts"))
    }

    /// Keeps a document under the SHA-256 that provenance names it by. One that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] where `sha256` is none, or the file cannot be written.
    pub fn put(&self, sha256: &str, document: &Value) -> Result<(), StoreError> {
        let path = self.place(sha256)?;
        if path.exists() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).map_err(StoreError::io(Doing::Create, &self.0))?;
        match replace::create(&path, document.to_string().as_bytes()) {
            // Somebody kept the same prompt meanwhile.
            Err(StoreError::Exists { .. }) => Ok(()),
            done => done,
        }
    }

    /// The document of that SHA-256, where there is one.
    ///
    /// # Errors
    /// [`StoreError`] where `sha256` is none, or the file cannot be read.
    pub fn get(&self, sha256: &str) -> Result<Option<Value>, StoreError> {
        let path = self.place(sha256)?;
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(StoreError::io(Doing::Read, &path))?,
        };
        let document = serde_json::from_slice(&bytes);
        document.map(Some).map_err(|error| StoreError::Unusable { path, why: format!("it is not JSON ({error})") })
    }

    /// The name comes from a board, so it is checked before it becomes part of a path.
    fn place(&self, sha256: &str) -> Result<PathBuf, StoreError> {
        if sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(self.0.join(format!("{}.json", sha256.to_ascii_lowercase())));
        }
        Err(StoreError::Unusable { path: self.0.clone(), why: "a prompt is named by 64 hexadecimal digits".to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_prompt_is_found_again_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let prompts = Prompts::beside(&folder.path().join("board.slate"));
        let sha = "ab".repeat(32);
        assert_eq!(prompts.get(&sha).unwrap(), None);
        prompts.put(&sha, &json!({"system": "Write."})).unwrap();
        prompts.put(&sha, &json!({"system": "Never overwritten."})).unwrap();
        assert_eq!(prompts.get(&sha).unwrap(), Some(json!({"system": "Write."})));
    }

    #[test]
    fn a_name_that_is_no_hash_never_becomes_a_path() {
        let prompts = Prompts::beside(Path::new("board.slate"));
        for name in ["", "../../etc/passwd", &"g".repeat(64), &"a".repeat(63)] {
            assert!(matches!(prompts.get(name), Err(StoreError::Unusable { .. })), "{name}");
            assert!(matches!(prompts.put(name, &json!(1)), Err(StoreError::Unusable { .. })), "{name}");
        }
    }
}
