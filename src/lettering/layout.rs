//! From words to lines of glyphs.

use rustybuzz::{Direction, UnicodeBuffer, shape};
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Typesetter, Weight};

/// A glyph in its place on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Which font.
    pub font: usize,
    /// Which of its glyphs.
    pub id: u16,
    /// Where its pen begins, from the line's left.
    pub x: f32,
    /// How far above the line it stands.
    pub y: f32,
    /// How far the pen goes on.
    pub advance: f32,
    /// The characters it stands for; empty for the later glyphs of a cluster.
    pub text: String,
}

/// One line, set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetLine {
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// How wide it is.
    pub width: f32,
    /// Whether it is read from the right.
    pub rtl: bool,
}

/// Words set in lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// The lines.
    pub lines: Vec<SetLine>,
    /// Whether something did not fit.
    pub cut: bool,
    /// Characters that no font has.
    pub missing: Vec<char>,
}

impl Typesetter<'_> {
    /// Sets words at a size in lines of at most `width`, and at most `most` lines; the last one then ends in an ellipsis.
    #[must_use]
    pub fn set(&self, text: &str, weight: Weight, size: f32, width: f32, most: usize) -> Paragraph {
        let mut set = Paragraph::default();
        for paragraph in text.split('\n') {
            let bidi = BidiInfo::new(paragraph, None);
            let rtl = bidi.paragraphs.first().is_some_and(|first| first.level.is_rtl());
            for line in self.broken(paragraph, weight, size, width) {
                if set.lines.len() == most {
                    set.cut = true;
                    self.end_in_ellipsis(&mut set, weight, size, width);
                    return set;
                }
                let line = self.line(line.trim_end(), weight, size, rtl, &mut set.missing);
                set.lines.push(line);
            }
        }
        set
    }

    fn end_in_ellipsis(&self, set: &mut Paragraph, weight: Weight, size: f32, width: f32) {
        let ellipsis = self.line("…", weight, size, false, &mut set.missing);
        let Some(last) = set.lines.last_mut() else { return };
        while !last.rtl && last.width + ellipsis.width > width {
            match last.glyphs.pop() {
                Some(glyph) => last.width = glyph.x,
                None => break,
            }
        }
        let at = last.width;
        last.glyphs.extend(ellipsis.glyphs.into_iter().map(|glyph| Glyph { x: glyph.x + at, ..glyph }));
        last.width += ellipsis.width;
    }

    /// A paragraph in pieces that fit.
    fn broken<'t>(&self, paragraph: &'t str, weight: Weight, size: f32, width: f32) -> Vec<&'t str> {
        let mut lines = Vec::new();
        let (mut from, mut fits, mut filled) = (0, 0, 0.0_f32);
        for (end, _) in unicode_linebreak::linebreaks(paragraph) {
            let piece = &paragraph[fits..end];
            let wide = self.width(piece.trim_end(), weight, size);
            if filled + wide <= width || (from == fits && wide <= width) {
                filled += self.width(piece, weight, size);
                fits = end;
                continue;
            }
            if fits > from {
                lines.push(&paragraph[from..fits]);
                from = fits;
            }
            // A word wider than the line is broken between letters.
            let mut start = from;
            filled = 0.0;
            for (at, grapheme) in paragraph[from..end].grapheme_indices(true) {
                let advance = self.width(grapheme, weight, size);
                if filled + advance > width && from + at > start && !grapheme.trim().is_empty() {
                    lines.push(&paragraph[start..from + at]);
                    start = from + at;
                    filled = 0.0;
                }
                filled += advance;
            }
            from = start;
            fits = end;
        }
        lines.push(&paragraph[from..]);
        lines
    }

    /// How wide words are on one line.
    #[must_use]
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.runs(text, weight).iter().map(|(font, run)| self.shaped(*font, run, size, false).1).sum()
    }

    /// Words on one line, in the order they are seen.
    fn line(&self, text: &str, weight: Weight, size: f32, rtl: bool, missing: &mut Vec<char>) -> SetLine {
        let unknown = |c: &char| !c.is_whitespace() && !joins(*c) && self.font_for(*c, weight).is_none();
        for c in text.chars().filter(unknown) {
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
        let mut line = SetLine { rtl, ..SetLine::default() };
        let level = if rtl { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() };
        let bidi = BidiInfo::new(text, Some(level));
        let Some(paragraph) = bidi.paragraphs.first() else { return line };
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let backwards = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut parts = self.runs(&text[run], weight);
            if backwards {
                parts.reverse();
            }
            for (font, part) in parts {
                let (glyphs, width) = self.shaped(font, part, size, backwards);
                let at = line.width;
                line.glyphs.extend(glyphs.into_iter().map(|glyph| Glyph { x: glyph.x + at, ..glyph }));
                line.width += width;
            }
        }
        line
    }

    /// Words in runs of one font each.
    fn runs<'t>(&self, text: &'t str, weight: Weight) -> Vec<(usize, &'t str)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            let before = runs.last().map(|(font, _)| *font);
            let font = match before {
                // Marks and joiners stay with their letter, spaces and points with their neighbours.
                Some(font) if joins(c) => font,
                Some(font) if c.is_ascii_punctuation() || c == ' ' => {
                    let has = self.face(font).is_some_and(|face| face.glyph_index(c).is_some());
                    if has { font } else { self.font_for(c, weight).unwrap_or(font) }
                }
                _ => self.font_for(c, weight).unwrap_or_else(|| before.unwrap_or(self.last_resort())),
            };
            if before != Some(font) {
                runs.push((font, at));
            }
        }
        let ends = runs.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
        runs.iter().zip(ends).map(|((font, from), to)| (*font, &text[*from..to])).collect()
    }

    fn shaped(&self, font: usize, text: &str, size: f32, rtl: bool) -> (Vec<Glyph>, f32) {
        let Some(face) = self.face(font) else { return (Vec::new(), 0.0) };
        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let scaled = |units: i32| units as f32 * size / face.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = shape(face, &[], buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let mut sorted = starts.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let mut glyphs = Vec::with_capacity(starts.len());
        let mut pen = 0.0;
        let mut last = None;
        for ((info, position), start) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts) {
            let next = sorted.get(sorted.partition_point(|other| other <= start)).copied().unwrap_or(text.len());
            let said = if last == Some(*start) { "" } else { text.get(*start..next).unwrap_or_default() };
            last = Some(*start);
            let advance = scaled(position.x_advance);
            glyphs.push(Glyph {
                font,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                x: pen + scaled(position.x_offset),
                y: scaled(position.y_offset),
                advance,
                text: said.to_owned(),
            });
            pen += advance;
        }
        (glyphs, pen)
    }
}

/// Whether a character belongs to the one before it.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lettering::FontFiles;
    use proptest::prelude::*;

    fn text_of(line: &SetLine) -> String {
        line.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }

    #[test]
    fn lines_break_where_unicode_allows_and_never_run_over() {
        let files = FontFiles::load(&[]).unwrap();
        let typesetter = Typesetter::new(&files);
        for text in [
            "a small yellow figure on a huge grey shore",
            "灯台守は最後の冬に瓶の中の手紙を見つける",
            "Donaudampfschifffahrtsgesellschaftskapitän",
        ] {
            let set = typesetter.set(text, Weight::Regular, 10.0, 60.0, 99);
            assert!(set.lines.len() > 2, "{text}");
            assert!(set.lines.iter().all(|line| line.width <= 60.5), "{text}");
            let back: String = set.lines.iter().map(text_of).collect::<Vec<_>>().join("");
            assert_eq!(back.replace(' ', ""), text.replace(' ', ""));
            assert!(set.missing.is_empty(), "{:?}", set.missing);
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let files = FontFiles::load(&[]).unwrap();
        let set = Typesetter::new(&files).set("one two three four five six", Weight::Bold, 10.0, 50.0, 1);
        assert!(set.cut);
        assert!(text_of(&set.lines[0]).ends_with('…'));
    }

    #[test]
    fn right_to_left_words_are_set_from_the_right() {
        let files = FontFiles::load(&[]).unwrap();
        let set = Typesetter::new(&files).set("שלום MARA", Weight::Regular, 10.0, 500.0, 9);
        assert!(set.lines[0].rtl);
        assert_eq!(text_of(&set.lines[0]), "MARA םולש", "the Latin word is seen at the left");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_words_can_be_set(text in any::<String>(), width in 1.0_f32..300.0) {
            let files = FontFiles::load(&[]).unwrap();
            let set = Typesetter::new(&files).set(&text, Weight::Regular, 9.0, width, 12);
            prop_assert!(set.lines.len() <= 12);
        }
    }
}
