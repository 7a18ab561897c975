//! A picture made as small as its cells need it, by a fast resampler.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbaImage;

/// The picture at another size, its pixels averaged; as it is where it has that size, or where there is no size.
#[must_use]
pub fn resized(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    let (width, height) = (width.max(1), height.max(1));
    if (width, height) == picture.dimensions() || picture.is_empty() {
        return picture.clone();
    }
    let small =
        ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x4).ok().and_then(|whole| {
            let mut small = Image::new(width, height, PixelType::U8x4);
            // Frames are opaque: their alpha needs no care.
            let options =
                ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).use_alpha(false);
            Resizer::new().resize(&whole, &mut small, &options).ok()?;
            RgbaImage::from_raw(width, height, small.into_vec())
        });
    small.unwrap_or_else(|| picture.clone())
}

/// Columns and rows in which a picture of that ratio fits, where a cell is that many pixels.
#[must_use]
pub fn cells(ratio: f32, columns: u16, rows: u16, (cell_wide, cell_high): (f32, f32)) -> (u16, u16) {
    let (wide, high) = (f32::from(columns) * cell_wide, f32::from(rows) * cell_high);
    let unit = high.min(wide / ratio.max(0.01));
    let fit = |length: f32, cell: f32, most: u16| ((length / cell.max(0.01)).round() as u16).clamp(1, most.max(1));
    (fit(unit * ratio, cell_wide, columns), fit(unit, cell_high, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_made_smaller_keeps_its_mean() {
        let picture =
            RgbaImage::from_fn(200, 100, |x, _| image::Rgba([if x % 2 == 0 { 200 } else { 100 }, 50, 0, 255]));
        let small = resized(&picture, 50, 25);
        assert_eq!(small.dimensions(), (50, 25));
        assert!(small.pixels().all(|pixel| pixel[0].abs_diff(150) < 8 && pixel[1] == 50 && pixel[3] == 255));
        assert_eq!(resized(&picture, 200, 100), picture);
    }

    #[test]
    fn a_picture_fits_its_cells_whatever_their_form() {
        assert_eq!(cells(16.0 / 9.0, 80, 40, (10.0, 20.0)), (80, 23));
        assert_eq!(cells(16.0 / 9.0, 80, 10, (10.0, 20.0)), (36, 10));
        assert_eq!(cells(0.5, 0, 0, (0.0, 0.0)), (1, 1));
    }
}
