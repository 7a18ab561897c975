//! Where exports get pictures and YAML from: the one place where exchange meets the renderer and the store.

use std::path::{Path, PathBuf};

use image::RgbaImage;

use super::{Failure, frame};
use crate::board::{Scene, Shot, Storyboard};
use crate::exchange::{Studio, given};
use crate::frame::marks::Drawing;
use crate::frame::{Composition, Size, Stage, Style, compose, render, scene};
use crate::lettering::Fonts;
use crate::store::yaml;

/// A board's pictures: those that were given for shots, else those that are drawn from staging.
pub(super) struct BoardStudio<'a> {
    board: &'a Storyboard,
    /// The board's style, and those of scenes that have one of their own.
    style: Style,
    styles: Vec<(&'a str, Style)>,
    pictures: PathBuf,
}

/// How a composition is drawn.
type Draw = fn(&Composition) -> Drawing;

impl<'a> BoardStudio<'a> {
    /// For a board with its `NAME.slate/`; in the style of that name, else in the scenes' and the board's.
    pub(super) fn new(board: &'a Storyboard, style: Option<&str>, sidecar: &Path) -> Result<Self, Failure> {
        let mut styles: Vec<(&str, Style)> = Vec::new();
        for scene in board.scenes.iter().filter(|_| style.is_none()) {
            if let Some(name) = scene.style.as_deref().filter(|name| styles.iter().all(|(known, _)| known != name)) {
                styles.push((name, frame::style(board, Some(name))?));
            }
        }
        Ok(Self { board, style: frame::style(board, style)?, styles, pictures: given::folder(sidecar) })
    }

    fn picture(&self, of: &Scene, shot: &Shot, (width, height): (u32, u32), draw: Draw) -> Result<RgbaImage, String> {
        if let Some(given) = given::picture(&self.pictures, shot, (width, height), [255; 3]) {
            return Ok(given);
        }
        let size = Size::new(width, height).ok_or_else(|| format!("{width}x{height} is no picture size"))?;
        let take = of.takes.iter().find(|take| take.shots.iter().any(|own| std::ptr::eq(own, shot)));
        let newcomers = take.map_or(&[][..], |take| &take.newcomers);
        let fonts = Fonts::for_words(&Stage::names(self.board, std::slice::from_ref(shot)));
        let stage = Stage::new(self.board, of.current_heading()).with_newcomers(newcomers).with_fonts(fonts);
        let own = of.style.as_deref().and_then(|name| self.styles.iter().find(|(known, _)| *known == name));
        let style = own.map_or(&self.style, |(_, style)| style);
        render::render(&draw(&compose(shot, &stage)), size, style).map_err(|error| error.to_string())
    }
}

impl Studio for BoardStudio<'_> {
    fn panel(&self, of: &Scene, shot: &Shot, width: u32, height: u32) -> Result<RgbaImage, String> {
        self.picture(of, shot, (width, height), scene::draw)
    }

    fn still(&self, of: &Scene, shot: &Shot, width: u32, height: u32) -> Result<RgbaImage, String> {
        self.picture(of, shot, (width, height), scene::draw_bare)
    }

    fn given(&self, board: &Storyboard) -> Vec<(String, Vec<u8>)> {
        given::all(&self.pictures, board)
    }

    fn yaml(&self, board: &Storyboard) -> String {
        yaml::write(board)
    }
}
