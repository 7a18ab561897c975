//! What a take was asked with, kept by its SHA-256 beside the board, so that the take can be made again.
//!
//! Compressed: a prompt tells the whole story before its scene, so those of a long board grow with the square of its length.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::error::{Doing, StoreError};
use super::replace;

/// The most bytes that a document may have: a file that is no prompt must not fill the memory.
const MOST_BYTES: u64 = 256 << 20;

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
        let [path, earlier] = self.places(sha256)?;
        if path.exists() || earlier.exists() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).map_err(StoreError::io(Doing::Create, &self.0))?;
        let bytes = compressed(document).map_err(StoreError::io(Doing::Write, &path))?;
        match replace::create(&path, &bytes) {
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
        let [path, earlier] = self.places(sha256)?;
        if let Some(packed) = read(&path)? {
            let mut bytes = Vec::new();
            let unpacked = GzDecoder::new(packed.as_slice()).take(MOST_BYTES).read_to_end(&mut bytes);
            unpacked.map_err(StoreError::io(Doing::Read, &path))?;
            return parsed(&bytes, path).map(Some);
        }
        read(&earlier)?.map(|bytes| parsed(&bytes, earlier)).transpose()
    }

    /// Where a document is, and where earlier versions, which did not compress, put it. The name comes from a board, so it is
    /// checked before it becomes part of a path.
    fn places(&self, sha256: &str) -> Result<[PathBuf; 2], StoreError> {
        if sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(
                ["json.gz", "json"].map(|ending| self.0.join(format!("{}.{ending}", sha256.to_ascii_lowercase())))
            );
        }
        Err(StoreError::Unusable { path: self.0.clone(), why: "a prompt is named by 64 hexadecimal digits".to_owned() })
    }
}

fn compressed(document: &Value) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(document.to_string().as_bytes())?;
    encoder.finish()
}

/// A file's bytes; `None` where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some).map_err(StoreError::io(Doing::Read, path)),
    }
}

fn parsed(bytes: &[u8], path: PathBuf) -> Result<Value, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|error| StoreError::Unusable { path, why: format!("it is not JSON ({error})") })
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
    fn a_prompt_that_an_earlier_version_kept_is_found_and_a_broken_one_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let prompts = Prompts::beside(folder.path());
        let [packed, earlier] = prompts.places(&"cd".repeat(32)).unwrap();
        fs::create_dir_all(folder.path().join("prompts")).unwrap();
        fs::write(earlier, r#"{"system": "Write."}"#).unwrap();
        assert_eq!(prompts.get(&"CD".repeat(32)).unwrap(), Some(json!({"system": "Write."})));
        fs::write(packed, "no gzip").unwrap();
        assert!(prompts.get(&"cd".repeat(32)).is_err());
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
