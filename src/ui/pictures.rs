//! Pictures on the screen: what a view asks for, and what it may get. Whoever draws them is not known here.

use ratatui::text::Line;

use super::theme::Paper;
use crate::board::{Scene, Shot, Storyboard, Take};

/// The frame of a shot, as large as so many cells.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The board, for its bible, aspect and style.
    pub board: &'a Storyboard,
    /// The scene, for its heading and style.
    pub scene: &'a Scene,
    /// The take, for those it brings in.
    pub take: &'a Take,
    /// The shot.
    pub shot: &'a Shot,
    /// Columns, at most.
    pub columns: u16,
    /// Rows, at most.
    pub rows: u16,
}

impl Wanted<'_> {
    /// The frame style that the scene or its board names; `None` where that is left to the screen.
    #[must_use]
    pub fn style(&self) -> Option<&str> {
        self.scene.style.as_deref().or(self.board.style.as_deref())
    }
}

/// What has pictures, or will have them.
pub trait Pictures {
    /// A frame as rows of cells; `None` where it is not there yet or never will be: the staging in characters stands for
    /// it. It is drawn for a later look at the screen. `paper` is the theme's, for frames whose board names no style.
    fn rows(&self, wanted: &Wanted<'_>, paper: Option<Paper>) -> Option<Vec<Line<'static>>>;
}

/// No pictures.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPictures;

impl Pictures for NoPictures {
    fn rows(&self, _: &Wanted<'_>, _: Option<Paper>) -> Option<Vec<Line<'static>>> {
        None
    }
}
