//! Lettering for labels. Names in Latin capitals, with their accents, are drawn by hand: straight strokes, so that the pencil
//! has its way with them. Names in other scripts, or with letters the hand does not know, are set in type.

use icu_normalizer::DecomposingNormalizer;

use super::marks::{Drawing, Pen, Role};
use super::space::P2;
use crate::lettering::{Fonts, Weight, outlines};

/// The free paper between two letters, in letter heights.
const GAP: f32 = 0.25;
/// How wide a blank is.
const BLANK: f32 = 0.35;
/// The size of type beside letters 1 high, and how far below their top its foot stands: with these an ideograph is a little
/// larger than a capital drawn by hand, and Arabic has room below the line.
const TYPE: f32 = 1.45;
const FOOT: f32 = 1.12;
/// How high a line of type is.
const TYPE_HIGH: f32 = 1.4;

/// A label's words from (0, 0) at their top left, in heights of a capital.
pub(super) struct Lettered {
    marks: Marks,
    /// How wide they are.
    pub(super) wide: f32,
    /// How high they are.
    pub(super) high: f32,
}

enum Marks {
    Strokes(Vec<Vec<P2>>),
    Type(Vec<Vec<P2>>),
}

impl Lettered {
    /// Some words; `None` where there is nothing of them to see.
    pub(super) fn of(words: &str, fonts: &Fonts) -> Option<Self> {
        if let Some((strokes, wide)) = by_hand(words) {
            let (top, foot) =
                strokes.iter().flatten().fold((0.0_f32, 1.0_f32), |(top, foot), p| (top.min(p.1), foot.max(p.1)));
            let below_top = |run: Vec<P2>| run.into_iter().map(|(x, y)| (x, y - top)).collect();
            let strokes = strokes.into_iter().map(below_top).collect();
            return (wide > 0.0).then_some(Self { marks: Marks::Strokes(strokes), wide, high: foot - top });
        }
        let typesetter = fonts.typesetter();
        let line = typesetter.set(words, Weight::Regular, TYPE, f32::MAX, 1).lines.into_iter().next()?;
        let mut glyphs = outlines(&typesetter, &line, TYPE);
        glyphs.iter_mut().flatten().for_each(|(_, y)| *y += FOOT);
        (!glyphs.is_empty()).then_some(Self { marks: Marks::Type(glyphs), wide: line.width, high: TYPE_HIGH })
    }

    /// Draws them with their top left there, capitals so high.
    pub(super) fn draw(self, drawing: &mut Drawing, (left, top): P2, tall: f32) {
        let placed = |points: Vec<P2>| points.into_iter().map(|(x, y)| (left + x * tall, top + y * tall)).collect();
        match self.marks {
            Marks::Strokes(all) => all.into_iter().for_each(|run| drawing.stroke(placed(run), Pen::new(Role::Label))),
            Marks::Type(all) => all.into_iter().for_each(|glyph| drawing.glyph(placed(glyph))),
        }
    }
}

/// A letter's strokes, each a run of grid points `xy` with x from 0 to 4 and y from 0 (top) to 6; `None` where the hand does
/// not know it.
fn strokes(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "06 20 46,13 33",
        'B' => "06 00 30 41 32 03,32 44 35 06",
        'C' => "41 30 10 01 05 16 36 45",
        'D' => "00 06 26 44 42 20 00",
        'E' => "40 00 06 46,03 33",
        'F' => "40 00 06,03 33",
        'G' => "41 30 10 01 05 16 36 45 43 23",
        'H' => "00 06,40 46,03 43",
        'I' => "20 26",
        'J' => "40 45 36 16 05",
        'K' => "00 06,40 03 46",
        'L' => "00 06 46",
        'M' => "06 00 23 40 46",
        'N' => "06 00 46 40",
        'O' => "10 30 41 45 36 16 05 01 10",
        'P' => "06 00 30 41 42 33 03",
        'Q' => "10 30 41 45 36 16 05 01 10,24 46",
        'R' => "06 00 30 41 42 33 03,23 46",
        'S' => "41 30 10 01 02 43 45 36 16 05",
        'T' => "00 40,20 26",
        'U' => "00 05 16 36 45 40",
        'V' => "00 26 40",
        'W' => "00 16 23 36 40",
        'X' => "00 46,40 06",
        'Y' => "00 23 40,23 26",
        'Z' => "00 40 06 46",
        '0' => "10 30 41 45 36 16 05 01 10,41 05",
        '1' => "11 20 26",
        '2' => "01 10 30 41 42 06 46",
        '3' => "00 40 23 34 45 36 16 05",
        '4' => "36 30 04 44",
        '5' => "40 00 02 32 43 45 36 06",
        '6' => "30 02 05 16 36 45 44 33 04",
        '7' => "00 40 16",
        '8' => "10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33",
        '9' => "16 44 41 30 10 01 02 13 43",
        '-' => "03 43",
        '\'' | '’' => "20 22",
        '.' => "25 26",
        '&' => "46 02 11 20 31 05 16 26 44",
        '/' => "06 40",
        'Æ' => "06 20 23 03,40 20 26 46,23 33",
        'Œ' => "20 10 01 05 16 26 20,40 20,23 33,26 46",
        'Ø' => "10 30 41 45 36 16 05 01 10,06 40",
        'Đ' | 'Ð' => "00 06 26 44 42 20 00,03 13",
        'Ł' => "00 06 46,04 22",
        'Þ' => "00 06,01 31 42 33 04",
        _ => return None,
    })
}

/// An accent's strokes: points right of the middle of its letter and below the letter's top; `None` where the hand does not
/// know it.
fn accent(mark: char) -> Option<&'static [&'static [P2]]> {
    Some(match mark {
        // Grave, acute, circumflex, tilde.
        '\u{300}' => &[&[(-0.12, -0.36), (0.06, -0.14)]],
        '\u{301}' => &[&[(0.12, -0.36), (-0.06, -0.14)]],
        '\u{302}' => &[&[(-0.15, -0.14), (0.0, -0.34), (0.15, -0.14)]],
        '\u{303}' => &[&[(-0.2, -0.16), (-0.08, -0.28), (0.08, -0.16), (0.2, -0.28)]],
        // Macron, breve, dot, diaeresis, ring, two acutes, caron.
        '\u{304}' => &[&[(-0.18, -0.22), (0.18, -0.22)]],
        '\u{306}' => &[&[(-0.17, -0.34), (-0.08, -0.17), (0.08, -0.17), (0.17, -0.34)]],
        '\u{307}' => &[&[(0.0, -0.28), (0.0, -0.18)]],
        '\u{308}' => &[&[(-0.13, -0.28), (-0.13, -0.18)], &[(0.13, -0.28), (0.13, -0.18)]],
        '\u{30a}' => &[&[(0.0, -0.36), (0.1, -0.25), (0.0, -0.14), (-0.1, -0.25), (0.0, -0.36)]],
        '\u{30b}' => &[&[(0.02, -0.36), (-0.14, -0.14)], &[(0.22, -0.36), (0.06, -0.14)]],
        '\u{30c}' => &[&[(-0.15, -0.34), (0.0, -0.14), (0.15, -0.34)]],
        // Comma below, cedilla, ogonek.
        '\u{326}' => &[&[(0.02, 1.12), (-0.06, 1.3)]],
        '\u{327}' => &[&[(0.0, 1.0), (0.08, 1.14), (-0.08, 1.26)]],
        '\u{328}' => &[&[(0.2, 1.0), (0.1, 1.16), (0.22, 1.26)]],
        _ => return None,
    })
}

/// The strokes of a text whose capitals reach from 0 to 1, accents beyond them, and its width; `None` where it has a letter the
/// hand does not know.
fn by_hand(text: &str) -> Option<(Vec<Vec<P2>>, f32)> {
    let mut lines: Vec<Vec<P2>> = Vec::new();
    let mut at = 0.0;
    let mut middle = 0.0;
    let upper = text.chars().flat_map(char::to_uppercase);
    for letter in DecomposingNormalizer::new_nfd().normalize_iter(upper) {
        if letter == ' ' {
            at += BLANK;
            continue;
        }
        if let Some(marks) = accent(letter) {
            lines.extend(marks.iter().map(|run| run.iter().map(|&(x, y)| (middle + x, y)).collect::<Vec<P2>>()));
            continue;
        }
        let point = |pair: &str| {
            let mut digits = pair.bytes().map(|digit| f32::from(digit.saturating_sub(b'0')));
            (digits.next().unwrap_or(0.0) * 0.15, digits.next().unwrap_or(0.0) / 6.0)
        };
        let runs = strokes(letter)?.split(',').map(|run| run.split(' ').map(point).collect::<Vec<P2>>());
        let runs: Vec<Vec<P2>> = runs.collect();
        // Each takes the room it needs: an I among wide letters would tear the word in two.
        let (from, to) =
            runs.iter().flatten().fold((f32::MAX, 0.0_f32), |(low, high), p| (low.min(p.0), high.max(p.0)));
        lines.extend(runs.into_iter().map(|run| run.into_iter().map(|(x, y)| (at + x - from, y)).collect::<Vec<P2>>()));
        middle = at + (to - from) / 2.0;
        at += to - from + GAP;
    }
    let width = if lines.is_empty() { 0.0 } else { (at - GAP).max(0.05) };
    Some((lines, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capital_and_digit_can_be_drawn_within_its_box() {
        for c in ('A'..='Z').chain('0'..='9').chain("ÆŒØĐÞŁ".chars()) {
            let (lines, width) = by_hand(&c.to_string()).unwrap();
            assert!(!lines.is_empty() && width > 0.0, "{c}");
            let sound = |&(x, y): &P2| (0.0..=0.601).contains(&x) && (0.0..=1.0).contains(&y);
            assert!(lines.iter().flatten().all(sound), "{c}: {lines:?}");
        }
        assert!(by_hand("LIL").unwrap().1 < by_hand("LOL").unwrap().1 - 0.3, "an I takes less room");
    }

    #[test]
    fn accents_are_drawn_and_have_their_room() {
        let of = |name: &str| Lettered::of(name, &Fonts::default()).unwrap();
        let strokes = |name: &str| by_hand(name).unwrap().0.len();
        assert_eq!(strokes("é"), strokes("E") + 1);
        assert_eq!(strokes("Ü"), strokes("U") + 2);
        assert_eq!(by_hand("e\u{301}").unwrap(), by_hand("É").unwrap(), "however it is written");
        assert_eq!(by_hand("ß").unwrap(), by_hand("SS").unwrap());
        for name in ["José", "ŁÓDŹ", "FRANÇOIS", "Škoda", "Ångström", "Erdős"] {
            let lettered = of(name);
            assert!(lettered.high > of("JOSE").high + 0.1, "{name}");
            let (wide, high) = (lettered.wide, lettered.high);
            let Marks::Strokes(runs) = lettered.marks else { panic!("{name} is set in type") };
            let is_within = |&(x, y): &P2| (-0.05..=wide + 0.05).contains(&x) && (0.0..=high).contains(&y);
            assert!(runs.iter().flatten().all(is_within), "{name}: {runs:?}");
        }
    }

    #[test]
    fn what_the_hand_does_not_know_is_set_in_type_and_never_left_out() {
        for name in ["灯塔", "ランプ", "ФОНАРЬ", "فنار", "MARA 灯"] {
            let lettered = Lettered::of(name, &Fonts::default()).unwrap();
            assert!(matches!(lettered.marks, Marks::Type(_)) && lettered.wide > 1.0, "{name}");
            let mut drawing = Drawing::new(1.0);
            let wide = lettered.wide;
            lettered.draw(&mut drawing, (0.1, 0.1), 0.1);
            let points = || drawing.marks.iter().flat_map(|mark| mark.points());
            assert!(points().all(|&(x, y)| x > 0.08 && x < 0.12 + wide * 0.1 && y > 0.06 && y < 0.26), "{name}");
        }
        assert!(Lettered::of(" ", &Fonts::default()).is_none());
    }

    #[test]
    fn a_character_that_no_font_has_is_an_empty_box() {
        assert!(Lettered::of("\u{10FFFD}", &Fonts::default()).is_some());
    }
}
