//! Where exports get pictures and YAML from: the one place where exchange meets the renderer and the store.

use std::path::{Path, PathBuf};

use image::RgbaImage;
use image::imageops::FilterType;

use super::{Failure, frame};
use crate::board::{Scene, Shot, Storyboard};
use crate::exchange::Studio;
use crate::exchange::script::field;
use crate::frame::{Size, Stage, Style, draw};
use crate::store::yaml;

/// A board's pictures: those that came with an import, else those that are drawn from staging.
pub(super) struct BoardStudio<'a> {
    board: &'a Storyboard,
    style: Style,
    pictures: PathBuf,
}

/// The folder in a board's `NAME.slate/` that imported pictures are in.
pub(super) fn pictures(sidecar: &Path) -> PathBuf {
    sidecar.join("pictures")
}

impl<'a> BoardStudio<'a> {
    /// For a board with its `NAME.slate/`.
    pub(super) fn new(board: &'a Storyboard, style: Option<&str>, sidecar: &Path) -> Result<Self, Failure> {
        Ok(Self { board, style: frame::style(board, style)?, pictures: pictures(sidecar) })
    }

    /// The picture that came with a shot, fitted into the size, on white.
    fn imported(&self, shot: &Shot, width: u32, height: u32) -> Option<RgbaImage> {
        let name = shot.extra.get(field::PICTURE)?.as_str()?;
        // Only names that an import gives: a board from elsewhere must not name other files.
        let named = name.strip_suffix(".png").is_some_and(|stem| stem.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let picture = named.then(|| image::open(self.pictures.join(name)).ok()).flatten()?;
        let fitted = picture.resize(width, height, FilterType::Triangle).into_rgba8();
        let mut canvas = RgbaImage::from_pixel(width, height, image::Rgba([255; 4]));
        let (left, top) = ((width - fitted.width()) / 2, (height - fitted.height()) / 2);
        image::imageops::overlay(&mut canvas, &fitted, left.into(), top.into());
        Some(canvas)
    }
}

impl Studio for BoardStudio<'_> {
    fn panel(&self, scene: &Scene, shot: &Shot, width: u32, height: u32) -> Result<RgbaImage, String> {
        if let Some(imported) = self.imported(shot, width, height) {
            return Ok(imported);
        }
        let size = Size::new(width, height).ok_or_else(|| format!("{width}x{height} is no picture size"))?;
        let stage = Stage::new(self.board, scene.current_heading());
        draw(shot, &stage, size, &self.style).map_err(|error| error.to_string())
    }

    fn yaml(&self, board: &Storyboard) -> String {
        yaml::write(board)
    }
}
