//! A text changed in the person's own editor.

use std::io::{Read as _, Seek as _, Write as _};
use std::process::Command;

use crate::words::{self, Phrase};

/// Opens the text in `$VISUAL` or `$EDITOR` and answers what it is afterwards, or why there is nothing.
pub(super) fn edit(text: &str) -> Result<String, Phrase> {
    let named =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let editor = named.unwrap_or_else(|| "vi".into());
    let mut file = tempfile::Builder::new()
        .prefix("slateboard-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| words::editor_no_place(error.to_string()))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| words::editor_no_place(error.to_string()))?;
    // The variable may carry options, as in `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program)
        .args(words)
        .arg(file.path())
        .status()
        .map_err(|error| words::editor_not_started(program, error.to_string()))?;
    if !status.success() {
        return Err(words::editor_failed(program, status.to_string()));
    }
    // Editors that replace the file leave ours unlinked, so it is read by its name.
    let mut edited = String::new();
    let read = std::fs::File::open(file.path()).and_then(|mut file| {
        file.rewind()?;
        file.read_to_string(&mut edited)
    });
    read.map_err(|error| words::editor_unread(error.to_string()))?;
    Ok(edited.trim_end().to_owned())
}
