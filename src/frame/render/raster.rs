//! Polygons to pixels, by tiny-skia: its edges are whole numbers and its blending of plain colours is too, so the same
//! polygons are the same pixels everywhere. vello_cpu is three times as fast with a machine's own instructions, but each
//! level of them rounds differently, and at the scalar level, the only one that every machine has, it is the slower one.

use tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Transform};

use super::hand::Fill;

/// Fills polygons, given in heights of the picture, one over the other; RGBA, opaque. `None` where there is no memory for
/// the picture.
#[must_use]
pub fn raster(fills: &[Fill], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut sheet = Pixmap::new(width, height)?;
    let unit = height as f32;
    for fill in fills {
        let mut path = PathBuilder::new();
        let mut points = fill.outline.iter().map(|&(x, y)| (x * unit, y * unit));
        let Some((x, y)) = points.next() else { continue };
        path.move_to(x, y);
        points.for_each(|(x, y)| path.line_to(x, y));
        path.close();
        let Some(path) = path.finish() else { continue };
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        let [red, green, blue] = fill.colour.0;
        paint.set_color_rgba8(red, green, blue, fill.alpha);
        sheet.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
    let mut bytes = sheet.take();
    // Everything lies on an opaque sheet: where rounding leaves less than that, it is opaque all the same.
    bytes.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
    Some(bytes)
}
