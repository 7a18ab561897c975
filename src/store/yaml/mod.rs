//! The storyboard as YAML: read with limits and words, written so that every reader finds the same strings.

mod emit;
mod refused;
mod scalar;
mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use refused::Refused;
pub(super) use refused::position;

use super::notice::Notice;
use super::soundness;
use crate::board::storyboard::VERSION;
use crate::board::{Scene, Storyboard, Take};

/// The most bytes a document may have.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a storyboard.
///
/// Scenes and takes without an id are given one that depends on the document alone: read again, it is the same.
///
/// # Errors
/// [`Refused`] with the place and what was expected there.
pub fn read(bytes: &[u8]) -> Result<Storyboard, Refused> {
    read_noting(bytes).map(|(board, _)| board)
}

/// Reads a storyboard and says what a person should know of it.
///
/// # Errors
/// As [`read`].
pub fn read_noting(bytes: &[u8]) -> Result<(Storyboard, Vec<Notice>), Refused> {
    let text = decode(bytes)?;
    let findings = scan::look(text, head(bytes).len())?;
    let mut board: Storyboard = serde_yaml::from_str(text).map_err(|error| refused::explain(&error, text))?;
    if has_extra(&board) {
        // serde's flattening lets the later of two unknown fields win; read as plain data, the second is refused.
        serde_yaml::from_str::<serde_yaml::Value>(text).map_err(|error| refused::explain(&error, text))?;
    }
    if board.version != VERSION {
        return Err(refused::version(u64::from(board.version), text));
    }
    let mut notices = Vec::new();
    if findings.comments {
        notices.push(Notice::Comments);
    }
    let given = soundness::give_ids(&mut board, bytes);
    if given > 0 {
        notices.push(Notice::IdsGiven { count: given });
    }
    soundness::check(&board).map_err(|unsound| unsound.refuse(text))?;
    Ok((board, notices))
}

/// Whether there are fields of other programs anywhere a duplicate could hide.
fn has_extra(board: &Storyboard) -> bool {
    let take = |take: &Take| {
        !take.extra.is_empty()
            || !take.provenance.extra.is_empty()
            || take.dialogue.iter().any(|speech| !speech.extra.is_empty())
            || take
                .shots
                .iter()
                .any(|shot| !shot.extra.is_empty() || shot.staging.iter().any(|staging| !staging.extra.is_empty()))
    };
    !board.extra.is_empty()
        || !board.bible.extra.is_empty()
        || board.bible.entries().any(|(_, entry)| !entry.extra.is_empty())
        || board.scenes.iter().any(|scene| !scene.extra.is_empty() || scene.takes.iter().any(take))
}

/// The storyboard as YAML, ending in a line break. YAML 1.1 and 1.2 readers find the same strings in it.
#[must_use]
pub fn write(board: &Storyboard) -> String {
    // A storyboard holds strings, numbers, lists, mappings and plain words: nothing that YAML cannot say.
    emit::document(board).expect("a storyboard can be written as YAML")
}

/// One scene as YAML, as it stands in a board.
#[must_use]
pub fn write_scene(scene: &Scene) -> String {
    // The same holds of a part of a storyboard.
    emit::document(scene).expect("a scene can be written as YAML")
}

/// The JSON Schema of the document.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Storyboard);
    schema.insert("title".to_owned(), "slateboard storyboard".into());
    let mut schema = schema.to_value();
    if let Some(version) = schema.pointer_mut("/properties/slateboard").and_then(serde_json::Value::as_object_mut) {
        for bound in ["format", "minimum", "maximum"] {
            version.remove(bound);
        }
        version.insert("const".to_owned(), VERSION.into());
    }
    schema
}

/// Refuses a document for its size, which can be known before it is read.
pub(super) fn check_size(bytes: u64) -> Result<(), Refused> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(Refused::at(1, 1, format!("this file has {} MiB, and at most 64 are read", bytes.div_ceil(1024 * 1024))))
}

/// The text of a document small enough to be looked at, without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, Refused> {
    check_size(bytes.len() as u64)?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Refused::at(1, 1, "this file is UTF-16; UTF-8 is expected").hint("save it again as UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // Everything before the fault is UTF-8, so nothing is replaced here.
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let (line, column) = refused::position(&before, before.len());
        Refused::at(line, column, "these bytes are not UTF-8").hint("save the file again as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(Refused::at(1, 1, "this file is empty; a storyboard is expected")
            .hint("`slateboard new BOARD.yaml` makes one"));
    }
    Ok(text)
}

/// The comment lines a document begins with, which survive a save: they name its schema or its licence.
pub(super) fn head(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut end = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if !line.starts_with(b"#") || !line.ends_with(b"\n") {
            break;
        }
        end += line.len();
    }
    String::from_utf8_lossy(&bytes[..end])
}
