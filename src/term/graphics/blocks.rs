//! Half-blocks: two pixels a cell, one above the other.

use image::RgbaImage;

/// One cell: the colour of its upper half and of its lower half.
pub type Cell = ([u8; 3], [u8; 3]);

/// A picture as rows of cells; it should be as wide in pixels as it is to be in cells, and twice as high. A last row of
/// pixels without a partner is doubled.
#[must_use]
pub fn cells(picture: &RgbaImage) -> Vec<Vec<Cell>> {
    let colour = |x: u32, y: u32| {
        let [red, green, blue, _] = picture.get_pixel(x, y.min(picture.height().saturating_sub(1))).0;
        [red, green, blue]
    };
    (0..picture.height().div_ceil(2))
        .map(|row| (0..picture.width()).map(|x| (colour(x, row * 2), colour(x, row * 2 + 1))).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_of_pixels_are_one_of_cells() {
        let picture = RgbaImage::from_fn(3, 5, |x, y| image::Rgba([x as u8, y as u8, 9, 255]));
        let rows = cells(&picture);
        assert_eq!((rows.len(), rows[0].len()), (3, 3));
        assert_eq!(rows[1][2], ([2, 2, 9], [2, 3, 9]));
        assert_eq!(rows[2][0], ([0, 4, 9], [0, 4, 9]));
    }
}
