//! The sketch renderer: a drawing in a style becomes pixels, the same ones on every machine.
//!
//! [`hand`] turns marks into polygons with arithmetic that every machine does alike; [`raster`] fills them; the paper's
//! grain goes over all at the end.

mod curve;
pub mod hand;
mod paper;
pub mod raster;

use image::{Rgba, RgbaImage};

use super::marks::Drawing;
use super::picture::{FrameError, Size};
use super::style::Style;

/// Draws a drawing. The panel keeps its ratio and is centred; what is left over is the style's surround.
///
/// # Errors
/// [`FrameError::Memory`].
pub fn render(drawing: &Drawing, size: Size, style: &Style) -> Result<RgbaImage, FrameError> {
    let panel = Panel::within(size, drawing.ratio);
    let fills = hand::fills(drawing, style);
    let mut pixels =
        raster::raster(&fills, panel.width, panel.height).ok_or(FrameError::Memory(size.width(), size.height()))?;
    paper::grain(&mut pixels, panel.width, style);
    border(&mut pixels, panel.width, panel.height, style);
    if (panel.width, panel.height) == (size.width(), size.height()) {
        return RgbaImage::from_raw(panel.width, panel.height, pixels)
            .ok_or(FrameError::Memory(size.width(), size.height()));
    }
    let [red, green, blue] = style.surround.0;
    let mut picture = RgbaImage::from_pixel(size.width(), size.height(), Rgba([red, green, blue, 255]));
    let row = panel.width as usize * 4;
    let whole = size.width() as usize * 4;
    let (left, top) = ((size.width() - panel.width) as usize / 2 * 4, (size.height() - panel.height) as usize / 2);
    for (line, from) in picture.chunks_exact_mut(whole).skip(top).zip(pixels.chunks_exact(row)) {
        line[left..left + row].copy_from_slice(from);
    }
    Ok(picture)
}

/// The panel's size in pixels within a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Panel {
    /// The largest panel of that ratio.
    #[must_use]
    pub fn within(size: Size, ratio: f32) -> Self {
        let unit = (size.height() as f32).min(size.width() as f32 / ratio);
        let side = |length: f32, most: u32| (length.round() as u32).clamp(1, most);
        Self { width: side(unit * ratio, size.width()), height: side(unit, size.height()) }
    }
}

/// The panel's frame line.
fn border(pixels: &mut [u8], width: u32, height: u32, style: &Style) {
    let [red, green, blue] = style.ink.0;
    let thick = (height as usize / 240).max(1);
    let (width, height) = (width as usize, height as usize);
    for (at, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let (x, y) = (at % width, at / width);
        if x < thick || y < thick || x + thick >= width || y + thick >= height {
            pixel.copy_from_slice(&[red, green, blue, 255]);
        }
    }
}

#[cfg(test)]
mod tests;
