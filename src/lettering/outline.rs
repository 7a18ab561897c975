//! Glyphs as polygons, for what draws with polygons.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::{SetLine, Typesetter};

/// A glyph's outline: all its contours in one closed line, each begun and left from the first one's beginning. The ways there
/// and back cancel each other, so filling by winding leaves its holes open.
pub type Outline = Vec<(f32, f32)>;

/// The outlines of a line that was set at a size, its left end at 0 and its foot at 0; down is positive.
#[must_use]
pub fn outlines(typesetter: &Typesetter<'_>, line: &SetLine, size: f32) -> Vec<Outline> {
    let outline = |glyph: &super::Glyph| {
        let face = typesetter.face(glyph.font)?;
        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let scale = size / face.units_per_em() as f32;
        let mut pen = Pen::default();
        face.outline_glyph(GlyphId(glyph.id), &mut pen)?;
        let placed = |(x, y): (f32, f32)| (glyph.x + x * scale, -glyph.y - y * scale);
        Some(pen.points.into_iter().map(placed).collect::<Outline>()).filter(|outline| outline.len() > 2)
    };
    line.glyphs.iter().filter_map(outline).collect()
}

/// Straight pieces that a curve becomes.
const PIECES: u8 = 4;

#[derive(Default)]
struct Pen {
    points: Vec<(f32, f32)>,
    /// Where this contour began.
    begun: (f32, f32),
}

impl Pen {
    fn last(&self) -> (f32, f32) {
        self.points.last().copied().unwrap_or_default()
    }

    fn curve(&mut self, at: impl Fn(f32) -> (f32, f32)) {
        self.points.extend((1..=PIECES).map(|piece| at(f32::from(piece) / f32::from(PIECES))));
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.begun = (x, y);
        self.points.push((x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.points.push((x, y));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.last();
        self.curve(|t| {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (a * x0 + b * x1 + c * x, a * y0 + b * y1 + c * y)
        });
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x0, y0) = self.last();
        self.curve(|t| {
            let u = 1.0 - t;
            let (a, b, c, d) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
            (a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y)
        });
    }
    fn close(&mut self) {
        let home = self.points.first().copied().unwrap_or_default();
        self.points.extend([self.begun, home]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lettering::{Fonts, Weight};

    fn area(outline: &[(f32, f32)]) -> f32 {
        let next = outline.iter().cycle().skip(1);
        outline.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f32>().abs() / 2.0
    }

    fn set(words: &str) -> Vec<Outline> {
        let fonts = Fonts::default();
        let typesetter = fonts.typesetter();
        let set = typesetter.set(words, Weight::Regular, 1.0, f32::MAX, 1);
        outlines(&typesetter, &set.lines[0], 1.0)
    }

    #[test]
    fn a_letter_with_a_hole_covers_less_than_its_outer_contour() {
        let (ring, stroke) = (set("O"), set("|"));
        assert_eq!((ring.len(), stroke.len()), (1, 1));
        let (wide, high) = ring[0].iter().fold((0.0_f32, 0.0_f32), |(x, y), p| (x.max(p.0), y.min(p.1)));
        assert!(area(&ring[0]) < 0.6 * wide * -high, "{} of {}", area(&ring[0]), wide * -high);
    }

    #[test]
    fn scripts_of_the_built_in_fonts_have_outlines_and_a_space_has_none() {
        for (words, letters) in [("灯塔", 2), ("ランプ", 3), ("фонарь", 6), ("φάρος", 5)] {
            assert_eq!(set(words).len(), letters, "{words}");
        }
        assert!(!set("فنار").is_empty() && !set("מגדלור").is_empty());
        assert!(set(" ").is_empty());
    }
}
