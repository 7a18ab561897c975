//! What lies over the screen.

use std::path::PathBuf;

use super::buffer::Buffer;
use super::importing::Importing;
use super::palette::Palette;
use super::split::Split;
use super::target::Target;
use super::taste_view::WhyView;
use crate::words::Phrase;

/// What lies over the screen and takes the keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// All keys; rows scrolled.
    Help(u16),
    /// Why a take is rejected.
    Reasons,
    /// Which text to change; the one under the cursor.
    Fields(usize),
    /// The words that the list of scenes is narrowed by, while they are typed.
    Filter(Box<Buffer>),
    /// Where a scene is to be split.
    Split(Split),
    /// A text being changed.
    Editor(Box<Editor>),
    /// Why a take stands where it stands.
    Why(Box<WhyView>),
    /// What an import would do.
    Import(Box<Importing>),
    /// Every action, to be found by its words.
    Palette(Box<Palette>),
    /// The board is held by another process: look at it, or work on a copy?
    Held {
        /// Its file.
        path: PathBuf,
        /// Who has it.
        holder: Phrase,
        /// Whether that is a program here which can be told to let it go.
        can_be_taken_over: bool,
    },
}

/// A text being changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Editor {
    /// What it is.
    pub target: Target,
    /// The words as they were.
    pub before: String,
    /// The words.
    pub buffer: Buffer,
    /// Whether it was asked what becomes of the changes.
    pub asking: bool,
}
