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
    let boundary = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let before = &text[..boundary];
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
    let head = serde_yaml::from_str::<Head>(text);
    match &head {
        Ok(Head { slateboard: None }) => {
            return Refused::at(1, 1, format!("this is not a storyboard: the key `slateboard: {VERSION}` is missing"));
        }
        Ok(Head { slateboard: Some(serde_yaml::Value::Number(number)) }) => match number.as_u64() {
            Some(found) if found != u64::from(VERSION) => return version(found, text),
            _ => {}
        },
        Err(error) if error.to_string().starts_with("invalid type: ") => {
            return Refused::at(1, 1, "this is not a storyboard: a mapping of fields is expected");
        }
        _ => {}
    }
    // What is no YAML further down confuses what stands above it, so that is said first.
    let error = head.as_ref().err().unwrap_or(error);
    // Inside an unknown field only reading as plain data knows the place.
    let plain =
        error.to_string().contains("duplicate entry").then(|| serde_yaml::from_str::<serde_yaml::Value>(text).err());
    let error = plain.as_ref().and_then(Option::as_ref).unwrap_or(error);
    let place = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    let raw = error.to_string();
    let (line, column) = second_key(text, place, &raw).unwrap_or(place);
    Refused::at(line, column, words(&raw))
}

/// Where the key that an error calls a duplicate stands the second time. The crate names the place of the mapping only.
fn second_key(text: &str, (line, column): (usize, usize), raw: &str) -> Option<(usize, usize)> {
    let named = raw.split_once("duplicate field ").or_else(|| raw.split_once("duplicate entry with key "))?.1;
    let quote = named.chars().next()?;
    let key = named[1..].split(quote).next()?;
    let begins = |rest: &str| rest.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    // In a block mapping every key stands in the column of the first; a line further left ends it.
    let lines = text.lines().enumerate().skip(line - 1).map(|(at, found)| (at + 1, found));
    let inside = lines.take_while(|(at, found)| {
        *at == line || found.trim().is_empty() || found.len() - found.trim_start().len() >= column - 1
    });
    let places =
        inside.filter(|(_, found)| found.char_indices().nth(column - 1).is_some_and(|(at, _)| begins(&found[at..])));
    places.map(|(at, _)| (at, column)).nth(1)
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
    let wrong = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, expected)) = wrong.and_then(|wrong| wrong.rsplit_once(", expected ")) {
        return format!("{} stands here where {} is expected", noun(found), noun(expected));
    }
    if let Some((found, expected)) =
        message.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("{found} is not known here; {expected} is expected");
    }
    if let Some((found, expected)) =
        message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("there is no field {found} here; {expected} is expected");
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    for twice in ["duplicate field ", "duplicate entry with key "] {
        if let Some(field) = message.strip_prefix(twice) {
            return format!("{field} stands here twice");
        }
    }
    if message.starts_with("duplicate entry") {
        return "a key stands here twice".to_owned();
    }
    if message.contains("do not support enum input") {
        return "tags (`!name`) are not read".to_owned();
    }
    match message {
        "recursion limit exceeded" => "this is nested too deep".to_owned(),
        "repetition limit exceeded" => "the aliases here stand for too much".to_owned(),
        "unknown anchor" => "an alias (`*name`) stands here without its anchor (`&name`)".to_owned(),
        other => other.to_owned(),
    }
}

/// A type as serde calls it, as a person would.
fn noun(raw: &str) -> String {
    let (kind, quoted) = raw.split_once(' ').unwrap_or((raw, ""));
    let plain = match (kind, quoted) {
        ("sequence", "") | ("a", "sequence") => "a list",
        ("map", "") | ("a", "map") => "a mapping of fields",
        ("struct", _) => "a mapping of fields",
        ("f32" | "f64", "") => "a number",
        ("u8" | "u32" | "u64" | "usize", "") => "a whole number from 0",
        ("unit", "value") => "nothing",
        ("string", words) => return format!("the text {words}"),
        ("integer" | "floating", words) => return format!("the number {}", words.trim_start_matches("point ")),
        ("boolean", words) => return format!("the truth value {words}"),
        _ => raw,
    };
    plain.to_owned()
}
