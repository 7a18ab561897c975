//! Frames: from a shot's staging to a picture.
//!
//! The route: [`lexicon`] knows what words mean; [`stage`] puts the cast in [`space`] and solves the camera; [`scene`]
//! draws the [`set`] and the [`mod@figure`]s as [`marks`]; [`mod@render`] gives them a style's hand and makes pixels. The
//! same shot, style and size give the same pixels. That much is pure;
//! [`server`] asks an image server instead. Nothing here knows files or a terminal.

pub mod figure;
mod lettering;
pub mod lexicon;
pub mod marks;
pub mod overlay;
pub mod picture;
pub mod render;
pub mod scene;
pub mod server;
pub mod set;
pub mod space;
pub mod stage;
pub mod style;

pub use picture::{FrameError, Size, png};
pub use stage::{Composition, Stage, compose};
pub use style::Style;

/// Draws one shot: composes it on its stage, draws it and renders it.
///
/// # Errors
/// [`FrameError`] where there is no memory for the picture.
pub fn draw(
    shot: &crate::board::Shot,
    stage: &Stage<'_>,
    size: Size,
    style: &Style,
) -> Result<image::RgbaImage, FrameError> {
    render::render(&scene::draw(&compose(shot, stage)), size, style)
}
