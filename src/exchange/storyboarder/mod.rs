//! Storyboarder 3 projects, both ways: the script, one folder a scene, panels with their pictures, texts and times.
//!
//! A panel carries what slateboard knows of a shot in a field `slateboard`, which Storyboarder keeps and does not read.

mod panel;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{read_file, read_project};
pub use write::write;

/// The version of the format that is written.
const VERSION: &str = "3.0.0";
/// How long a panel lasts that does not say it, in milliseconds.
const DEFAULT_MS: u64 = 2000;
/// The name of our own field.
const OURS: &str = "slateboard";

/// Whether a file in a project has the name of one that an export writes. What somebody draws lies in layers of other names.
#[must_use]
pub fn is_ours(name: &str) -> bool {
    let is_picture = ["-reference.png", "-thumbnail.png"].iter().any(|end| name.ends_with(end));
    is_picture && name.starts_with("board-") || name.starts_with("Scene-") && name.ends_with(".storyboarder")
}

/// Part of a file name as Storyboarder makes it: letters, digits and single dashes.
fn slug(raw: &str, most: usize) -> String {
    let mut out = String::new();
    for c in raw.chars().take(most) {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}
