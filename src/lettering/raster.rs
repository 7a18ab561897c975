//! Glyphs on pictures.

use image::RgbaImage;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use tiny_skia::{FillRule, Paint, PathBuilder, PixmapMut, Transform};

use super::{SetLine, Typesetter};

/// Draws a line with its left end at `x` and its foot at `y`, in pixels.
pub fn draw_line(
    picture: &mut RgbaImage,
    typesetter: &Typesetter<'_>,
    line: &SetLine,
    size: f32,
    x: f32,
    y: f32,
    ink: [u8; 3],
) {
    let (width, height) = picture.dimensions();
    let Some(mut canvas) = PixmapMut::from_bytes(picture.as_mut(), width, height) else { return };
    let mut paint = Paint::default();
    paint.set_color_rgba8(ink[0], ink[1], ink[2], 255);
    for glyph in &line.glyphs {
        let Some(face) = typesetter.face(glyph.font) else { continue };
        let mut outline = Outline(PathBuilder::new());
        if face.outline_glyph(GlyphId(glyph.id), &mut outline).is_none() {
            continue;
        }
        let Some(path) = outline.0.finish() else { continue };
        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let scale = size / face.units_per_em() as f32;
        let place = Transform::from_row(scale, 0.0, 0.0, -scale, x + glyph.x, y - glyph.y);
        canvas.fill_path(&path, &paint, FillRule::Winding, place, None);
    }
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}
