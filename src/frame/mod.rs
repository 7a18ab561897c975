//! Frames: from a shot's staging to a picture.
//!
//! [`composition`] is pure: who stands where on the panel and how big. [`mod@sketch`] draws it with a pencil; the same
//! shot, size and style give the same pixels. Knows no files and no terminal.

pub mod composition;
mod figure;
mod lettering;
mod pencil;
pub mod picture;
pub mod pose;
pub mod sketch;
pub mod style;

pub use composition::{Composition, Stage, compose};
pub use picture::{FrameError, Size, png};
pub use sketch::sketch;
pub use style::Style;

/// Draws one shot: composes it on its stage and sketches it.
///
/// # Errors
/// [`FrameError`] where the size is out of bounds or there is no memory for it.
pub fn draw(
    shot: &crate::board::Shot,
    stage: &Stage<'_>,
    size: Size,
    style: &Style,
) -> Result<image::RgbaImage, FrameError> {
    sketch(&compose(shot, stage), size, style)
}
