//! Why a document is refused, in words for a person.

use std::fmt;

use serde::Deserialize;

use crate::board::Text;
use crate::board::storyboard::VERSION;

/// A document that is no storyboard, and where it stops being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What stands there and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for Refused {}

impl Refused {
    /// A refusal at a place. The message may quote the file, so it is cleaned.
    pub(in crate::store) fn at(line: usize, column: usize, message: impl AsRef<str>) -> Self {
        let message = Text::clipped(message.as_ref(), 600).replace('\n', " ");
        Self { line, column, message, hint: None }
    }

    /// With what to do about it.
    pub(in crate::store) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Line and column, from 1, of a byte offset.
pub(in crate::store) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.bytes().filter(|&byte| byte == b'\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Another version than ours.
pub(super) fn version(found: u64, text: &str) -> Refused {
    let (line, column) = position(text, find_key(text, "slateboard"));
    if found > u64::from(VERSION) {
        let message = format!("this storyboard is of version {found}; this program reads up to version {VERSION}");
        return Refused::at(line, column, message).hint("use a newer slateboard");
    }
    Refused::at(
        line,
        column,
        format!("there is no version {found} of storyboards; `slateboard: {VERSION}` is expected"),
    )
}

/// The offset of a key at the left margin, for an error's place.
fn find_key(text: &str, key: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            return at;
        }
        at += line.len();
    }
    0
}

/// Turns the YAML crate's error into words.
pub(super) fn explain(error: &serde_yaml::Error, text: &str) -> Refused {
    // Whether this is a storyboard at all, and one of ours, is worth knowing before any detail.
    #[derive(Deserialize)]
    struct Head {
        slateboard: Option<serde_yaml::Value>,
    }
    match serde_yaml::from_str::<Head>(text) {
        Ok(Head { slateboard: None }) => {
            return Refused::at(1, 1, format!("this is not a storyboard: the key `slateboard: {VERSION}` is missing"));
        }
        Ok(Head { slateboard: Some(serde_yaml::Value::Number(number)) }) => match number.as_u64() {
            Some(found) if found != u64::from(VERSION) => return version(found, text),
            _ => {}
        },
        _ => {}
    }
    let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    Refused::at(line, column, words(&error.to_string()))
}

/// The crate's message without what only a programmer can use.
fn words(raw: &str) -> String {
    // The place is said once, in front.
    let raw = raw.find(" at line ").map_or(raw, |at| &raw[..at]);
    let is_path = |path: &str| !path.is_empty() && !path.contains(' ') && !path.contains('`');
    let (path, message) = match raw.split_once(": ") {
        Some((path, message)) if is_path(path) => (Some(path), message),
        _ => (None, raw),
    };
    let message = plain(message);
    match path {
        Some(path) => format!("{path}: {message}"),
        None => message,
    }
}

fn plain(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) {
        if let Some((found, expected)) = rest.rsplit_once(", expected ") {
            return format!("{} stands here where {} is expected", noun(found), noun(expected));
        }
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return format!("{} is not known here, {}", rest.replace(", expected", "; expected"), "check the spelling");
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return format!("there is no field {}", rest.replace(", expected", " here; expected"));
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return format!("{field} stands here twice");
    }
    message.to_owned()
}

fn noun(raw: &str) -> String {
    raw.to_owned()
}
