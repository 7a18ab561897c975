//! A foreign file's text: refused in words where it is too large, cut off or in an encoding that only guessing could read.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::board::Line;

/// The most bytes of text that are read. A feature film's script has about 200,000.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Why a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The system said no.
    #[error("{path} could not be read: {cause}", path = Line::clipped(&.0.to_string_lossy(), 400), cause = .1)]
    Io(PathBuf, std::io::Error),
    /// It is no file of a kind that is known.
    #[error("{} is of no kind that can be imported", Line::clipped(&.0.to_string_lossy(), 400))]
    Unknown(PathBuf),
    /// There is too much of it.
    #[error("there is too much of it: {0}")]
    TooLarge(String),
    /// Its bytes are no text.
    #[error("line {line}: {what}")]
    Encoding {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// It is not what its name says.
    #[error("this is no {format} file that can be read: {what}")]
    Broken {
        /// What it should be.
        format: &'static str,
        /// What is wrong and where.
        what: String,
    },
    /// There is nothing in it: a file that was cut off before its first word must not empty a board.
    #[error("there is no scene in it")]
    Empty,
    /// The person stopped it.
    #[error("stopped; nothing was brought in")]
    Stopped,
}

impl ImportError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Stopped => "",
            Self::Empty => "look whether the file is whole; nothing was changed",
            Self::Io(..) => "check the name, and that it may be read",
            Self::Unknown(_) => {
                "known are .fountain, .fdx, .storyboarder, .csv, .otio, .md, .txt, .yaml, .json, .zip, and a Storyboarder \
                 project's folder; --from FORMAT says what a file with another ending is"
            }
            Self::TooLarge(_) => "split it, and import the parts",
            Self::Encoding { .. } => "save it again as UTF-8",
            Self::Broken { .. } => "save it again with the program it comes from; the file is left as it is",
        }
    }
}

/// Reads a file of at most `cap` bytes.
///
/// # Errors
/// [`ImportError::Io`], [`ImportError::TooLarge`].
pub fn read(path: &Path, cap: u64) -> Result<Vec<u8>, ImportError> {
    let failed = |error| ImportError::Io(path.to_owned(), error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let too_large = |length: u64| {
        ImportError::TooLarge(format!(
            "this file has {} MiB, and at most {} are read",
            length.div_ceil(1 << 20),
            cap / (1 << 20)
        ))
    };
    if length > cap {
        return Err(too_large(length));
    }
    let mut bytes = Vec::new();
    // A pipe or a growing file does not say its length beforehand.
    file.take(cap + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > cap { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// The text of some bytes: UTF-8, or UTF-16 where its mark says so.
///
/// # Errors
/// [`ImportError::Encoding`].
pub fn text(bytes: Vec<u8>) -> Result<String, ImportError> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest.to_vec()),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, ImportError> {
    let line = |upto: usize, bytes: &[u8]| bytes[..upto].iter().filter(|&&byte| byte == b'\n').count() + 1;
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ImportError::Encoding { line: line(at, &bytes), what: "a zero byte; this is no text" });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        ImportError::Encoding { line: line(at, error.as_bytes()), what: "these bytes are not UTF-8" }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ImportError> {
    let broken = || ImportError::Encoding { line: 1, what: "this begins as UTF-16 and does not go on as such" };
    if !bytes.len().is_multiple_of(2) {
        return Err(broken());
    }
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_read_or_refused_with_the_line() {
        let read = |bytes: &[u8]| text(bytes.to_vec()).map_err(|error| error.to_string());
        assert_eq!(read("né".as_bytes()).unwrap(), "né");
        assert_eq!(read(b"\xef\xbb\xbfhi").unwrap(), "hi");
        assert_eq!(read(b"\xff\xfeh\0i\0").unwrap(), "hi");
        assert_eq!(read(b"\xfe\xff\0h\0i").unwrap(), "hi");
        assert_eq!(read(b"one\nn\xe9").unwrap_err(), "line 2: these bytes are not UTF-8");
        assert!(read(b"\xff\xfeh\0i").unwrap_err().contains("UTF-16"));
        assert!(read(b"a\0b").unwrap_err().contains("no text"));
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("big");
        File::create(&path).unwrap().set_len(200 << 20).unwrap();
        assert_eq!(
            read(&path, MAX_BYTES).unwrap_err().to_string(),
            "there is too much of it: this file has 200 MiB, and at most 64 are read"
        );
    }
}
