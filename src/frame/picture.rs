//! A picture's size, and its bytes as PNG.

use std::str::FromStr;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _, RgbaImage};

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A size that is none, or out of bounds.
    #[error("`{0}` is no picture size; WIDTHxHEIGHT is expected, each from 16 to 8192, such as 1280x720")]
    Size(crate::board::Line),
    /// There is no memory for a picture of that size.
    #[error("there is no memory for a picture of {0}x{1}")]
    Memory(u32, u32),
    /// A style that cannot be read.
    #[error("the style cannot be used: {0}")]
    Style(String),
    /// The picture could not be encoded.
    #[error("the picture could not be encoded: {0}")]
    Encode(String),
}

/// Width and height in pixels, each from 16 to 8192.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    width: u32,
    height: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { width: 1280, height: 720 }
    }
}

impl Size {
    /// A size; `None` where a side is out of bounds.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let bounds = 16..=8192;
        (bounds.contains(&width) && bounds.contains(&height)).then_some(Self { width, height })
    }

    /// Pixels across.
    #[must_use]
    pub const fn width(self) -> u32 {
        self.width
    }

    /// Pixels down.
    #[must_use]
    pub const fn height(self) -> u32 {
        self.height
    }
}

impl FromStr for Size {
    type Err = FrameError;
    fn from_str(raw: &str) -> Result<Self, FrameError> {
        let sides = raw.split_once(['x', 'X']).and_then(|(w, h)| Self::new(w.parse().ok()?, h.parse().ok()?));
        sides.ok_or_else(|| FrameError::Size(crate::board::Line::clipped(raw, 40)))
    }
}

/// The picture as PNG, without its alpha: frames are opaque.
///
/// # Errors
/// [`FrameError::Encode`].
pub fn png(picture: &RgbaImage) -> Result<Vec<u8>, FrameError> {
    let rgb: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&rgb, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| FrameError::Encode(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_outside_the_bounds_are_refused() {
        assert_eq!("640x360".parse::<Size>().unwrap(), Size::new(640, 360).unwrap());
        for wrong in ["", "640", "15x360", "640x8193", "-1x20", "640x360x2", "axb"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
