//! The pencil: strokes that waver as a hand does, hatching, and paper-coloured shapes that hide what is behind.
//!
//! The waver comes from a hash of where the stroke is in the drawing's order, so the same drawing is the same pixels.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

use super::style::{Colour, Style};

/// A point in panel heights.
pub(super) type Point = (f32, f32);

/// How hard the pencil is pressed: width as a share of the style's stroke, and darkness from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Press {
    pub(super) width: f32,
    pub(super) dark: f32,
    pub(super) colour: Colour,
}

/// A sheet and a pencil. Points are in panel heights; the panel's top left is (0, 0).
pub(super) struct Pencil<'a> {
    sheet: &'a mut Pixmap,
    style: &'a Style,
    /// From panel heights to pixels, the camera's tilt included.
    place: Transform,
    /// Pixels in a panel height.
    unit: f32,
    panel: Mask,
    strokes: u32,
}

impl<'a> Pencil<'a> {
    pub(super) fn new(sheet: &'a mut Pixmap, style: &'a Style, place: Transform, unit: f32, panel: Mask) -> Self {
        Self { sheet, style, place, unit, panel, strokes: 0 }
    }

    /// Turns the paper: what is drawn from here on is placed so.
    pub(super) fn turn(&mut self, place: Transform) {
        self.place = place;
    }

    pub(super) fn ink(&self) -> Press {
        Press { width: 1.0, dark: 0.92, colour: self.style.ink }
    }

    pub(super) fn light(&self) -> Press {
        Press { width: 0.5, dark: 0.6, colour: self.style.light }
    }

    pub(super) fn accent(&self) -> Press {
        Press { width: 1.5, dark: 0.85, colour: self.style.accent }
    }

    /// Draws along the points, twice, as one does to find a contour.
    pub(super) fn line(&mut self, points: &[Point], press: Press) {
        self.pass(points, press, 1.0, None);
        self.pass(points, Press { width: press.width * 0.6, dark: press.dark * 0.45, ..press }, 1.9, None);
    }

    /// Draws along the points once.
    pub(super) fn faint(&mut self, points: &[Point], press: Press) {
        self.pass(points, press, 1.0, None);
    }

    /// Fills a closed shape with paper, so that it hides what is behind, and draws its contour.
    pub(super) fn shape(&mut self, points: &[Point], press: Press) {
        self.fill(points, self.style.paper, 1.0);
        self.line(&closed(points), press);
    }

    /// Draws along the points without a waver: lettering is too small to bear one.
    pub(super) fn precise(&mut self, points: &[Point], press: Press) {
        self.pass(points, press, 0.3, None);
    }

    /// Lays a scrap of paper on the drawing.
    pub(super) fn scrap(&mut self, points: &[Point]) {
        self.fill(points, self.style.paper, 0.85);
    }

    /// Fills a closed shape.
    pub(super) fn fill(&mut self, points: &[Point], colour: Colour, dark: f32) {
        if let Some(path) = polygon(points) {
            let paint = paint(colour, dark);
            self.sheet.fill_path(&path, &paint, FillRule::Winding, self.place, Some(&self.panel));
        }
    }

    /// Hatches a closed shape with lines `gap` apart, at `angle` in radians.
    pub(super) fn hatch(&mut self, points: &[Point], angle: f32, gap: f32, press: Press) {
        let Some(path) = polygon(points) else { return };
        let bounds = path.bounds();
        let mut mask = self.panel.clone();
        mask.intersect_path(&path, FillRule::Winding, true, self.place);
        let (cx, cy) = ((bounds.left() + bounds.right()) / 2.0, (bounds.top() + bounds.bottom()) / 2.0);
        let reach = bounds.width().hypot(bounds.height()) / 2.0;
        let (sin, cos) = angle.sin_cos();
        // A shape far larger than the panel would take lines without number.
        let count = (reach / gap).min(160.0) as i32;
        for n in -count..=count {
            let off = n as f32 * gap;
            let at = |along: f32| (cx + cos * along - sin * off, cy + sin * along + cos * off);
            self.pass(&[at(-reach), at(reach)], press, 1.0, Some(&mask));
        }
    }

    fn pass(&mut self, points: &[Point], press: Press, stray: f32, within: Option<&Mask>) {
        self.strokes = self.strokes.wrapping_add(1);
        let wobble = self.style.wobble / 1000.0 * stray;
        let Some(path) = wavering(points, wobble, self.strokes) else { return };
        let width = (self.style.stroke / 1000.0 * press.width).max(0.7 / self.unit);
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        let mask = within.unwrap_or(&self.panel);
        self.sheet.stroke_path(&path, &paint(press.colour, press.dark), &stroke, self.place, Some(mask));
    }
}

fn paint(colour: Colour, dark: f32) -> Paint<'static> {
    let Colour([red, green, blue]) = colour;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (dark.clamp(0.0, 1.0) * 255.0) as u8);
    paint
}

fn polygon(points: &[Point]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    path.close();
    path.finish()
}

/// The points with the first again at the end.
pub(super) fn closed(points: &[Point]) -> Vec<Point> {
    points.iter().chain(points.first()).copied().collect()
}

/// A path through points that stray from the line by up to `wobble`: long runs waver on their way, gentle bends are
/// rounded, sharp corners stay corners.
fn wavering(points: &[Point], wobble: f32, seed: u32) -> Option<Path> {
    /// A hand's waver has a length of its own, whatever the stroke's.
    const WAVE: f32 = 0.09;
    let mut through: Vec<(Point, bool)> = Vec::new();
    for (at, pair) in points.windows(2).enumerate() {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let steps = (((x1 - x0).hypot(y1 - y0) / WAVE).ceil()).clamp(1.0, 60.0);
        let from = u8::from(at > 0);
        for step in i32::from(from)..=(steps as i32) {
            let t = step as f32 / steps;
            let n = through.len() as u32;
            let stray = |axis: u32| wobble * noise(seed, n * 2 + axis);
            let point = (x0 + (x1 - x0) * t + stray(0), y0 + (y1 - y0) * t + stray(1));
            let corner =
                step == steps as i32 && points.get(at + 2).is_some_and(|&next| is_corner(pair[0], pair[1], next));
            through.push((point, corner));
        }
    }
    let (&(first, _), rest) = through.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for pair in rest.windows(2) {
        let ((x, y), corner) = pair[0];
        if corner {
            path.line_to(x, y);
        } else {
            path.quad_to(x, y, (x + pair[1].0.0) / 2.0, (y + pair[1].0.1) / 2.0);
        }
    }
    let &((x, y), _) = through.last()?;
    path.line_to(x, y);
    path.finish()
}

/// Whether a line that goes through three points turns at the second by more than 40 degrees.
fn is_corner((x0, y0): Point, (x1, y1): Point, (x2, y2): Point) -> bool {
    let (ax, ay, bx, by) = (x1 - x0, y1 - y0, x2 - x1, y2 - y1);
    ax * bx + ay * by < 0.766 * ax.hypot(ay) * bx.hypot(by)
}

/// A number from -1 to 1 that only depends on its arguments.
fn noise(seed: u32, n: u32) -> f32 {
    let mut x = seed.wrapping_mul(0x9E37_79B1) ^ n.wrapping_mul(0x85EB_CA77);
    x = (x ^ (x >> 15)).wrapping_mul(0x2C1B_3C6D);
    x = (x ^ (x >> 12)).wrapping_mul(0x297A_2D39);
    x ^= x >> 15;
    x as f32 / (u32::MAX as f32 / 2.0) - 1.0
}
