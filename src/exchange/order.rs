//! What is to go out and how: the selection, the options, what an export needs from other rooms, and what it answers.

use std::ops::ControlFlow;
use std::path::PathBuf;

use image::RgbaImage;

use crate::board::vocabulary::vocabulary;
use crate::board::{Feedback, Line, Scene, SceneId, Shot, Storyboard};
use crate::lettering::{FontFiles, NoFont};

use super::format::Format;

/// Which scenes and takes go out.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The scenes; all where absent.
    pub scenes: Option<Vec<SceneId>>,
    /// The takes.
    pub takes: Takes,
}

vocabulary! {
    /// Which takes of a scene go out.
    #[derive(Default)]
    Takes: "choice of takes" {
        /// The picked one, else the newest.
        #[default]
        Picked = "picked",
        /// All of them.
        All = "all",
    }
}

vocabulary! {
    /// Whether a file says how its takes came to be.
    Credit: "choice of provenance" {
        /// It does.
        Said = "said",
        /// It does not.
        Unsaid = "unsaid",
    }
}

vocabulary! {
    /// Whether spoken lines are written into moving pictures.
    Captions: "choice of captions" {
        /// They are.
        Burnt = "burnt",
        /// They are not.
        Absent = "absent",
    }
}

vocabulary! {
    /// Whether pictures go along with a format that only names them.
    Pictures: "choice of pictures" {
        /// In a folder beside the file.
        Beside = "beside",
        /// Not at all.
        Absent = "absent",
    }
}

/// What an export needs from other rooms.
pub trait Studio: Sync {
    /// The picture of one shot, `width` by `height` pixels.
    ///
    /// # Errors
    /// In words, where it cannot be drawn.
    fn panel(&self, scene: &Scene, shot: &Shot, width: u32, height: u32) -> Result<RgbaImage, String>;

    /// The same with nothing written over it: an animatic moves, where a panel has an arrow.
    ///
    /// # Errors
    /// As [`panel`](Self::panel).
    fn still(&self, scene: &Scene, shot: &Shot, width: u32, height: u32) -> Result<RgbaImage, String> {
        self.panel(scene, shot, width, height)
    }

    /// The files of pictures that were given for a board's shots, by their names.
    fn given(&self, board: &Storyboard) -> Vec<(String, Vec<u8>)> {
        let _ = board;
        Vec::new()
    }

    /// A board as YAML.
    fn yaml(&self, board: &Storyboard) -> String;
}

/// How far an export is. The answer says whether to go on.
pub trait Watch {
    /// `done` of `total` steps are done.
    fn step(&mut self, done: usize, total: usize) -> ControlFlow<()>;
}

impl<F: FnMut(usize, usize) -> ControlFlow<()>> Watch for F {
    fn step(&mut self, done: usize, total: usize) -> ControlFlow<()> {
        self(done, total)
    }
}

/// What formats leave to choice.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether provenance goes along.
    pub credit: Credit,
    /// Whether pictures go along with formats that only name them.
    pub pictures: Pictures,
    /// Whether spoken lines are seen in moving pictures.
    pub captions: Captions,
    /// The pictures' size in pixels.
    pub size: (u32, u32),
    /// Frames a second of moving pictures; a format's own where absent.
    pub motion_fps: Option<u32>,
    /// The columns of a shot list; all where empty.
    pub columns: Vec<super::shot_list::Column>,
    /// The pages of a worksheet.
    pub pages: super::worksheet::Pages,
    /// Fonts for what the built-in ones do not have, best first.
    pub fonts: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            credit: Credit::Said,
            pictures: Pictures::Beside,
            captions: Captions::Absent,
            size: (1280, 720),
            motion_fps: None,
            columns: Vec::new(),
            pages: super::worksheet::Pages::default(),
            fonts: Vec::new(),
        }
    }
}

/// An export to be made.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// The board.
    pub board: &'a Storyboard,
    /// What was said of its takes.
    pub verdicts: &'a [Feedback],
    /// What of it goes out.
    pub selection: &'a Selection,
    /// How.
    pub options: &'a Options,
    /// Where pictures come from.
    pub studio: &'a dyn Studio,
}

impl Order<'_> {
    /// The fonts that have the board's words: those that were given, the built-in ones, and the machine's where these lack
    /// something.
    ///
    /// # Errors
    /// [`ExportError::Font`] for a given file that is none.
    pub fn fonts(&self) -> Result<FontFiles, ExportError> {
        let words = serde_json::to_string(self.board).unwrap_or_default();
        FontFiles::for_words(&self.options.fonts, &words).map_err(|NoFont(path)| ExportError::Font(path))
    }
}

/// What an export says when it is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What was written.
    pub written: Vec<PathBuf>,
    /// What the format could not carry, in words.
    pub left_out: Vec<String>,
}

impl Report {
    /// Says that something was left out, once.
    pub fn leave_out(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Something is there already.
    #[error("{} is there already and is not overwritten", Line::clipped(&.0.to_string_lossy(), 400))]
    Exists(PathBuf),
    /// Something is there that is neither a plain file nor, where a folder is written, a folder.
    #[error("{} is there already and is something else than what would be written", Line::clipped(&.0.to_string_lossy(), 400))]
    OtherKind(PathBuf),
    /// A folder holds something that no export of this put there.
    #[error(
        "{} is not replaced: {} in it has no name that an export gives",
        Line::clipped(&.0.to_string_lossy(), 400),
        Line::clipped(&.1.to_string_lossy(), 400)
    )]
    Foreign(PathBuf, PathBuf),
    /// The system said no.
    #[error("{path} could not be written: {cause}", path = Line::clipped(&.0.to_string_lossy(), 400), cause = .1)]
    Io(PathBuf, std::io::Error),
    /// It is no single text.
    #[error("{0} goes into a file; yaml, json, fountain, fdx, csv, srt, vtt and md can be printed")]
    NotText(Format),
    /// Nothing is left to write.
    #[error("there is nothing to write: {0}")]
    Empty(&'static str),
    /// A picture could not be made.
    #[error("a picture could not be made: {0}")]
    Picture(String),
    /// Another program is needed and is not there, or failed.
    #[error("{what}")]
    Program {
        /// What happened.
        what: String,
        /// What to do.
        hint: String,
    },
    /// A font that cannot be used.
    #[error("{} is no font that can be used", Line::clipped(&.0.to_string_lossy(), 400))]
    Font(PathBuf),
    /// More than the format has room for.
    #[error("{format} has no room for this: {what}")]
    TooLarge {
        /// The format.
        format: Format,
        /// What is too large.
        what: String,
    },
    /// The person stopped it.
    #[error("stopped; nothing was written")]
    Stopped,
}

impl ExportError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Exists(_) => Some("name another file, or say --force to replace it"),
            Self::Io(..) => Some("check that the folder is there and may be written, and that the disk has room"),
            Self::OtherKind(_) => {
                Some("name another path; what goes into a pipe or a device can be printed with --out -")
            }
            Self::Foreign(..) => Some("name another folder, or take out of it what is yours"),
            Self::NotText(_) => Some("name a file: --out PATH"),
            Self::Empty(_) => Some("generate takes first, or select scenes that have them"),
            Self::Program { hint, .. } => Some(hint),
            Self::Font(_) => Some("an OpenType or TrueType file is expected"),
            Self::TooLarge { .. } => Some("export fewer scenes at a time: --scene N"),
            Self::Picture(_) | Self::Stopped => None,
        }
    }
}
