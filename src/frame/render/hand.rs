//! The hand: from marks to filled polygons, in a style. Strokes waver, swell and taper as a hand's do; tones become washes
//! and hatching. The waver comes from a hash of the mark's place in the drawing, so the same drawing is the same polygons.

use super::super::marks::{Cover, Drawing, Mark, Pen, Role, Tone};
use super::super::set::chance;
use super::super::space::{P2, distance, sin_cos};
use super::super::style::{Colour, Style};
use super::curve;

/// A polygon with a colour; where it crosses itself, it is filled all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    /// Its corners, in panel heights.
    pub outline: Vec<P2>,
    /// Its colour.
    pub colour: Colour,
    /// How much it covers, from 0 to 255.
    pub alpha: u8,
}

/// The polygons of a drawing, lowest first.
#[must_use]
pub fn fills(drawing: &Drawing, style: &Style) -> Vec<Fill> {
    let mut hand = Hand { style, ratio: drawing.ratio, strokes: 0, fills: Vec::with_capacity(drawing.marks.len() * 3) };
    hand.fill(
        vec![(-0.05, -0.05), (drawing.ratio + 0.05, -0.05), (drawing.ratio + 0.05, 1.05), (-0.05, 1.05)],
        style.paper,
        1.0,
    );
    for mark in &drawing.marks {
        match mark {
            Mark::Area { outline, tone, cover, grain } => hand.area(outline, *tone, *cover, *grain),
            Mark::Stroke { points, pen } => hand.stroke(points, *pen),
            Mark::Glyph { outline } => hand.fill(outline.clone(), style.ink, 0.95),
        }
    }
    hand.fills
}

struct Hand<'a> {
    style: &'a Style,
    ratio: f32,
    strokes: u32,
    fills: Vec<Fill>,
}

impl Hand<'_> {
    fn fill(&mut self, outline: Vec<P2>, colour: Colour, dark: f32) {
        let alpha = (dark.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        if alpha > 0 && outline.len() > 2 {
            self.fills.push(Fill { outline, colour, alpha });
        }
    }

    fn area(&mut self, outline: &[P2], tone: Tone, cover: Cover, grain: f32) {
        let style = self.style;
        let outline = curve::smooth(outline, true);
        match cover {
            Cover::Veil => return self.fill(outline, style.paper, tone.dark),
            Cover::Wash => {
                let dark = style.stepped(tone.dark);
                self.fill(outline.clone(), style.shade, dark * style.wash * 0.9);
                return self.hatch(&outline, tone.dark * 1.3, grain);
            }
            Cover::Body => {}
        }
        let dark = style.stepped(tone.dark);
        if style.solid > 0.0 && dark >= style.solid {
            return self.fill(outline, style.ink, 1.0);
        }
        let washed = style.paper.mixed(style.shade, dark * style.wash);
        let coloured =
            tone.tint.map_or(washed, |[red, green, blue]| washed.mixed(Colour([red, green, blue]), style.tint));
        self.fill(outline.clone(), coloured, 1.0);
        self.hatch(&outline, dark, grain);
    }

    /// Hatches a tone: closer the darker, crossed where it is dark.
    fn hatch(&mut self, outline: &[P2], dark: f32, grain: f32) {
        let style = self.style;
        if style.hatch <= 0.0 || dark < style.hatch_from {
            return;
        }
        let depth = ((dark - style.hatch_from) / (1.0 - style.hatch_from)).clamp(0.0, 1.0);
        let gap = (0.026 - 0.017 * depth) / style.hatch_density.max(0.2);
        self.lines(outline, grain + style.hatch_angle, gap, depth);
        if depth > 0.42 {
            self.lines(outline, grain + style.hatch_angle + 62.0, gap * 1.15, depth);
        }
    }

    fn lines(&mut self, outline: &[P2], angle: f32, gap: f32, depth: f32) {
        let style = self.style;
        let (sin, cos) = sin_cos(angle);
        // In the lines' own axes: along, across.
        let turned = |(x, y): P2| (x * cos + y * sin, y * cos - x * sin);
        let back = |(along, off): P2| (along * cos - off * sin, along * sin + off * cos);
        let corners: Vec<P2> = outline.iter().map(|&point| turned(point)).collect();
        let panel = [(0.0, 0.0), (self.ratio, 0.0), (self.ratio, 1.0), (0.0, 1.0)].map(turned);
        let span = |points: &[P2]| {
            points.iter().fold((f32::MAX, f32::MIN), |(low, high), point| (low.min(point.1), high.max(point.1)))
        };
        let (low, high) = span(&corners);
        let (panel_low, panel_high) = span(&panel);
        let (low, high) = (low.max(panel_low), high.min(panel_high));
        let pen =
            Pen { role: Role::Construction, weight: style.hatch_weight, dark: style.hatch * (0.55 + 0.45 * depth) };
        let mut n = (low / gap).floor() as i32;
        while (n as f32) * gap < high {
            let seed = (n + 5000) as u32;
            let off = (n as f32 + 0.35 * (chance(self.strokes, seed) - 0.5)) * gap;
            let mut cuts: Vec<f32> = Vec::new();
            for (at, &a) in corners.iter().enumerate() {
                let b = corners[(at + 1) % corners.len()];
                if (a.1 <= off) != (b.1 <= off) {
                    cuts.push(a.0 + (b.0 - a.0) * (off - a.1) / (b.1 - a.1));
                }
            }
            cuts.sort_by(f32::total_cmp);
            for pair in cuts.chunks_exact(2) {
                let (from, to) = (pair[0].max(-3.0), pair[1].min(self.ratio + 3.0));
                let loose = gap * 0.5 * chance(seed, 3);
                if to - from > gap * 0.7 {
                    self.pass(&[back((from + loose * 0.3, off)), back((to - loose, off))], pen, 0.6);
                }
            }
            n += 1;
        }
    }

    fn stroke(&mut self, points: &[P2], pen: Pen) {
        let points = curve::smooth(points, false);
        let stray = match pen.role {
            Role::Label => 0.25,
            Role::Accent => 0.6,
            _ => 1.0,
        };
        self.pass(&points, pen, stray);
        if self.style.passes > 1 && matches!(pen.role, Role::Contour | Role::Detail) && pen.weight > 0.45 {
            self.pass(&points, Pen { weight: pen.weight * 0.55, dark: pen.dark * 0.5, ..pen }, stray * 2.0);
        }
    }

    /// Draws along points once: a polygon as wide as the hand presses.
    fn pass(&mut self, points: &[P2], pen: Pen, stray: f32) {
        let style = self.style;
        self.strokes = self.strokes.wrapping_add(1);
        let (colour, wide, dark) = match pen.role {
            Role::Contour => (style.ink, 1.0, 0.95),
            Role::Detail => (style.ink, 0.55, 0.85),
            Role::Construction => (style.light, 0.45, 0.75),
            Role::Accent => (style.accent, 1.5, 0.95),
            Role::Label => (style.ink, 0.6, 0.95),
            // Where tones are hatched and the paper stays white between, light on it would not be seen.
            Role::NightRain if style.wash < 0.2 => (style.ink, 0.55, 0.8),
            Role::NightRain => (style.bright(), 0.7, 0.9),
            Role::Light => (style.paper, 0.7, 0.9),
        };
        let width = style.stroke / 1000.0 * wide * pen.weight;
        // Thinner than a hair is drawn as a pale hair.
        const HAIR: f32 = 0.0012;
        let pale = (width / HAIR).min(1.0);
        let outline = curve::brush(points, width.max(HAIR), style.wobble / 1000.0 * stray, style.taper, self.strokes);
        self.fill(outline, colour, dark * pen.dark.min(1.0) * pale);
    }
}

/// How long a line is.
#[must_use]
pub fn length(points: &[P2]) -> f32 {
    points.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}
