//! What a drawing is made of: areas with a tone and strokes with a weight, in the order they are laid down.
//!
//! Marks know nothing of styles and pixels: a pencil hatches an area's tone, a marker fills it.

use super::space::P2;

/// What a stroke is for; a style gives each its colour and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The edge of a body or a thing.
    Contour,
    /// A line within: a fold, a plank, an eye.
    Detail,
    /// Horizon, perspective, what is only hinted at.
    Construction,
    /// The camera's move.
    Accent,
    /// Lettering.
    Label,
    /// Paper left free: lit edges.
    Light,
    /// Rain by night: lighter than it where that is dark.
    NightRain,
}

/// How a stroke is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// What it is for.
    pub role: Role,
    /// Its width as a share of the style's for that role.
    pub weight: f32,
    /// How dark it is, from 0 to 1.
    pub dark: f32,
}

impl Pen {
    /// A stroke of that role at full weight.
    #[must_use]
    pub const fn new(role: Role) -> Self {
        Self { role, weight: 1.0, dark: 1.0 }
    }

    /// The same, lighter or heavier.
    #[must_use]
    pub fn weighing(self, weight: f32) -> Self {
        Self { weight: self.weight * weight, ..self }
    }

    /// The same, paler.
    #[must_use]
    pub fn paler(self, dark: f32) -> Self {
        Self { dark: self.dark * dark, ..self }
    }
}

/// A colour an area would have, for the styles that use colours.
pub type Tint = [u8; 3];

/// How dark an area is, and which colour it would have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    /// From 0, the paper, to 1, the darkest the style has.
    pub dark: f32,
    /// Its colour, where the words name one.
    pub tint: Option<Tint>,
}

impl Tone {
    /// A grey.
    #[must_use]
    pub const fn grey(dark: f32) -> Self {
        Self { dark, tint: None }
    }

    /// A colour, as dark as it looks.
    #[must_use]
    pub fn tinted(tint: Tint) -> Self {
        let [red, green, blue] = tint.map(f32::from);
        Self { dark: (1.0 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255.0) * 0.9, tint: Some(tint) }
    }

    /// Darker by a share of what is left to black; lighter where the share is negative.
    #[must_use]
    pub fn darker(self, share: f32) -> Self {
        let dark = if share >= 0.0 { self.dark + (1.0 - self.dark) * share } else { self.dark * (1.0 + share) };
        Self { dark: dark.clamp(0.0, 1.0), ..self }
    }
}

/// Whether what lies below an area still shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// It is hidden.
    Body,
    /// It shows through, darkened: a shadow, glass.
    Wash,
    /// It shows through, paled: fog, light that falls.
    Veil,
}

/// One thing laid down.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A closed shape.
    Area {
        /// Its corners; it does not cross itself.
        outline: Vec<P2>,
        /// How dark it is.
        tone: Tone,
        /// What it hides.
        cover: Cover,
        /// In which direction it is hatched, in degrees.
        grain: f32,
    },
    /// A line.
    Stroke {
        /// Through these points.
        points: Vec<P2>,
        /// How.
        pen: Pen,
    },
    /// A letter of type, in ink.
    Glyph {
        /// Its contours, joined so that its holes stay open where it is filled by winding.
        outline: Vec<P2>,
    },
}

impl Mark {
    /// The points it is drawn through.
    #[must_use]
    pub fn points(&self) -> &[P2] {
        match self {
            Self::Area { outline, .. } | Self::Glyph { outline } => outline,
            Self::Stroke { points, .. } => points,
        }
    }
}

/// A drawing: marks in their order, on a panel of a ratio.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Width to height.
    pub ratio: f32,
    /// What is drawn, lowest first.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// An empty panel.
    #[must_use]
    pub const fn new(ratio: f32) -> Self {
        Self { ratio, marks: Vec::new() }
    }

    /// Lays an area down that hides what is below.
    pub fn area(&mut self, outline: Vec<P2>, tone: Tone) {
        self.cover(outline, tone, Cover::Body, 45.0);
    }

    /// Lays a wash over what is below.
    pub fn wash(&mut self, outline: Vec<P2>, dark: f32) {
        self.cover(outline, Tone::grey(dark), Cover::Wash, 20.0);
    }

    /// Pales what is below by a share.
    pub fn veil(&mut self, outline: Vec<P2>, share: f32) {
        self.cover(outline, Tone::grey(share), Cover::Veil, 0.0);
    }

    /// Light about a point, fading to a radius: a lamp's glow, a moon's halo.
    pub fn glow(&mut self, middle: P2, radius: f32, share: f32) {
        for ring in 1..=5_u8 {
            self.veil(disc(middle, radius * f32::from(ring) / 5.0), share / 5.0);
        }
    }

    /// Lays an area down.
    pub fn cover(&mut self, outline: Vec<P2>, tone: Tone, cover: Cover, grain: f32) {
        if outline.len() > 2 && self.reaches(&outline) {
            self.marks.push(Mark::Area { outline, tone, cover, grain });
        }
    }

    /// Draws a line.
    pub fn stroke(&mut self, points: Vec<P2>, pen: Pen) {
        if points.len() > 1 && pen.dark > 0.01 && self.reaches(&points) {
            self.marks.push(Mark::Stroke { points, pen });
        }
    }

    /// Sets a letter of type.
    pub fn glyph(&mut self, outline: Vec<P2>) {
        if outline.len() > 2 && self.reaches(&outline) {
            self.marks.push(Mark::Glyph { outline });
        }
    }

    /// Draws a closed line.
    pub fn contour(&mut self, outline: &[P2], pen: Pen) {
        if let Some(&first) = outline.first() {
            self.stroke(outline.iter().copied().chain([first]).collect(), pen);
        }
    }

    /// An area with its contour.
    pub fn shape(&mut self, outline: Vec<P2>, tone: Tone, pen: Pen) {
        if outline.len() > 2 {
            self.area(outline.clone(), tone);
            self.contour(&outline, pen);
        }
    }

    /// Shapes that grow together: all their contours first, then all their areas, so that no line is left between them.
    pub fn joined(&mut self, outlines: Vec<Vec<P2>>, tone: Tone, pen: Pen) {
        for outline in &outlines {
            self.contour(outline, pen.weighing(2.0));
        }
        for outline in outlines {
            self.area(outline, tone);
        }
    }

    /// Whether points touch the panel, with some room around it.
    fn reaches(&self, points: &[P2]) -> bool {
        let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for &(x, y) in points {
            if !x.is_finite() || !y.is_finite() {
                return false;
            }
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        high.0 > -0.05 && high.1 > -0.05 && low.0 < self.ratio + 0.05 && low.1 < 1.05
    }
}

/// A round outline.
#[must_use]
pub fn disc((x, y): P2, radius: f32) -> Vec<P2> {
    oval((x, y), radius, radius)
}

/// An oval outline.
#[must_use]
pub fn oval((x, y): P2, wide: f32, high: f32) -> Vec<P2> {
    (0..28_u8)
        .map(|n| {
            let (sin, cos) = super::space::sin_cos(f32::from(n) * 360.0 / 28.0);
            (x + wide * cos, y + high * sin)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_the_panel_or_nowhere_is_not_kept() {
        let mut drawing = Drawing::new(1.5);
        drawing.stroke(vec![(2.0, 0.1), (3.0, 0.2)], Pen::new(Role::Detail));
        drawing.stroke(vec![(f32::NAN, 0.1), (0.3, 0.2)], Pen::new(Role::Detail));
        drawing.area(vec![(0.1, 0.1), (0.2, 0.2)], Tone::grey(0.5));
        assert!(drawing.marks.is_empty());
        drawing.stroke(vec![(-1.0, 0.1), (3.0, 0.2)], Pen::new(Role::Detail));
        assert_eq!(drawing.marks.len(), 1);
    }

    #[test]
    fn a_dark_colour_is_a_dark_tone() {
        assert!(Tone::tinted([20, 20, 40]).dark > 0.8 && Tone::tinted([250, 220, 60]).dark < 0.25);
        assert!((Tone::grey(0.4).darker(0.5).dark - 0.7).abs() < 1e-6);
        assert!((Tone::grey(0.4).darker(-0.5).dark - 0.2).abs() < 1e-6);
    }
}
