//! A picture made as small as its cells need it, by a fast resampler.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbaImage;

/// The picture at another size, its pixels averaged; as it is where it has that size, or where there is no size.
///
/// It is halved as long as that can be done to the pixel, which needs no weights, and what is left is done by a filter: for
/// half-blocks, which have a sixteenth of the pixels across, nearly all is done by then.
#[must_use]
pub fn resized(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    let (width, height) = (width.max(1), height.max(1));
    if picture.is_empty() {
        return picture.clone();
    }
    let mut halves = None;
    loop {
        let whole = halves.as_ref().unwrap_or(picture);
        let (wide, high) = whole.dimensions();
        if wide % 2 != 0 || high % 2 != 0 || wide / 2 < width || high / 2 < height {
            break;
        }
        halves = Some(halved(whole));
    }
    let whole = halves.as_ref().unwrap_or(picture);
    if whole.dimensions() != (width, height) {
        return filtered(whole, width, height).unwrap_or_else(|| picture.clone());
    }
    halves.unwrap_or_else(|| picture.clone())
}

/// The picture half as wide and half as high: each pixel the mean of four. Both sides are even.
fn halved(picture: &RgbaImage) -> RgbaImage {
    /// Every other channel of two pixels, each with room for a sum.
    const CHANNELS: u64 = 0x00ff_00ff_00ff_00ff;
    /// Two in each of a pixel's: what is added before a quarter is taken rounds it.
    const ROUND: u64 = 0x0002_0002;
    let row = picture.width() as usize * 4;
    let mut pixels = vec![0; picture.as_raw().len() / 4];
    for (line, rows) in pixels.chunks_exact_mut(row / 2).zip(picture.as_raw().chunks_exact(row * 2)) {
        let (upper, lower) = rows.split_at(row);
        let pairs = upper.as_chunks().0.iter().zip(lower.as_chunks().0);
        for (pixel, (&upper, &lower)) in line.as_chunks_mut::<4>().0.iter_mut().zip(pairs) {
            let (upper, lower) = (u64::from_le_bytes(upper), u64::from_le_bytes(lower));
            let even = (upper & CHANNELS) + (lower & CHANNELS);
            let odd = (upper >> 8 & CHANNELS) + (lower >> 8 & CHANNELS);
            let quarter = |sums: u64| (((sums + (sums >> 32) + ROUND) >> 2) & CHANNELS) as u32;
            *pixel = (quarter(even) | quarter(odd) << 8).to_le_bytes();
        }
    }
    RgbaImage::from_raw(picture.width() / 2, picture.height() / 2, pixels).unwrap_or_default()
}

fn filtered(picture: &RgbaImage, width: u32, height: u32) -> Option<RgbaImage> {
    let whole = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x4).ok()?;
    let mut small = Image::new(width, height, PixelType::U8x4);
    // Frames are opaque: their alpha needs no care.
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).use_alpha(false);
    Resizer::new().resize(&whole, &mut small, &options).ok()?;
    RgbaImage::from_raw(width, height, small.into_vec())
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
        assert_eq!(resized(&picture, 30, 21).dimensions(), (30, 21));
        assert!(resized(&picture, 30, 21).pixels().all(|pixel| pixel[0].abs_diff(150) < 12 && pixel[1] == 50));
    }

    #[test]
    fn a_picture_half_as_large_has_the_rounded_mean_of_four_in_each_channel() {
        let picture = RgbaImage::from_fn(34, 22, |x, y| {
            image::Rgba([(x * 37 + y * 11) as u8, (x * y) as u8, 255 - x as u8, if y % 2 == 0 { 255 } else { 0 }])
        });
        let half = resized(&picture, 17, 11);
        for (x, y, pixel) in half.enumerate_pixels() {
            for channel in 0..4 {
                let four =
                    [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| picture.get_pixel(2 * x + dx, 2 * y + dy)[channel]);
                let sum: u32 = four.iter().map(|&value| u32::from(value)).sum();
                assert_eq!(u32::from(pixel[channel]), (sum + 2) / 4);
            }
        }
    }

    #[test]
    fn a_picture_fits_its_cells_whatever_their_form() {
        assert_eq!(cells(16.0 / 9.0, 80, 40, (10.0, 20.0)), (80, 23));
        assert_eq!(cells(16.0 / 9.0, 80, 10, (10.0, 20.0)), (36, 10));
        assert_eq!(cells(0.5, 0, 0, (0.0, 0.0)), (1, 1));
    }
}
