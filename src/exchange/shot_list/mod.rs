//! The shot list as CSV, both ways: one row a shot. In, columns are found by the names that people give them.

mod read;
#[cfg(test)]
mod tests;
mod words;
mod write;

use crate::board::vocabulary::vocabulary;

pub use read::read;
pub use write::write;

vocabulary! {
    /// A column.
    Column: "column" {
        /// The scene's number.
        Scene = "scene",
        /// Its heading.
        Heading = "heading",
        /// Its brief, in its first row.
        Brief = "brief",
        /// Which of the scene's takes, from 1.
        Take = "take",
        /// Whether that take is picked.
        Picked = "picked",
        /// Which of the take's shots, from 1.
        Shot = "shot",
        /// How much the frame holds.
        Size = "size",
        /// Where the camera looks from.
        Angle = "angle",
        /// What the camera does.
        Move = "move",
        /// How long it lasts.
        Seconds = "seconds",
        /// When it begins, as timecode.
        Start = "start",
        /// When it ends, as timecode.
        End = "end",
        /// What is seen.
        Description = "description",
        /// Who stands where.
        Staging = "staging",
        /// What is said while it is seen.
        Dialogue = "dialogue",
        /// What happens, in a take's first row.
        Action = "action",
        /// What is heard, in a take's first row.
        Sound = "sound",
        /// Who made the take: hand, model or composite.
        Source = "source",
    }
}

/// What a spreadsheet takes for a formula when a cell begins with it.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A cell that no spreadsheet runs.
fn inert(cell: &str) -> String {
    // An apostrophe of the text's own is doubled, so that reading can tell.
    if cell.starts_with(FORMULA) || cell.starts_with('\'') { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell that [`inert`] was given.
fn live(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA) || rest.starts_with('\'')).unwrap_or(cell)
}
