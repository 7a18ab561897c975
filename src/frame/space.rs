//! Space: points in metres, a pinhole camera with a shift lens, and what they become on the panel.
//!
//! x runs to the frame's right, y up, z away from the camera; the ground is y = 0. On the panel, lengths are in panel
//! heights, x runs from 0 at the left to the panel's ratio, y from 0 at the top to 1. Angles go through [`libm`], whose
//! results are the same on every machine, which the platforms' own are not.

use std::ops::{Add, Mul, Sub};

/// A point on the panel, in panel heights.
pub type P2 = (f32, f32);

/// A point or a direction in space, in metres.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct V3 {
    /// To the frame's right.
    pub x: f32,
    /// Up.
    pub y: f32,
    /// Away from the camera.
    pub z: f32,
}

/// A point in space.
#[must_use]
pub const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl Add for V3 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        v3(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl Sub for V3 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        v3(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f32> for V3 {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        v3(self.x * by, self.y * by, self.z * by)
    }
}

impl V3 {
    /// The scalar product.
    #[must_use]
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// The vector product, by the formula of right-handed axes.
    #[must_use]
    pub fn cross(self, other: Self) -> Self {
        v3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// Its length.
    #[must_use]
    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// The direction, 1 long; up where it has none.
    #[must_use]
    pub fn unit(self) -> Self {
        let length = self.length();
        if length > 1e-6 { self * (1.0 / length) } else { v3(0.0, 1.0, 0.0) }
    }

    /// The point at `t` of the way to another.
    #[must_use]
    pub fn towards(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

/// Sine and cosine of an angle in degrees.
#[must_use]
pub fn sin_cos(degrees: f32) -> (f32, f32) {
    let radians = degrees * (std::f32::consts::PI / 180.0);
    (libm::sinf(radians), libm::cosf(radians))
}

/// The distance of two points on the panel.
#[must_use]
pub fn distance(a: P2, b: P2) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    (dx * dx + dy * dy).sqrt()
}

/// The point at `t` of the way from `a` to `b`.
#[must_use]
pub fn between(a: P2, b: P2, t: f32) -> P2 {
    (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t)
}

/// Nearer than this nothing is seen.
const NEAR: f32 = 0.12;

/// A pinhole camera with a shift lens: the frame may lie off the axis, as a view camera's does, so that verticals stay
/// upright where the camera is level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Where it stands.
    pub eye: V3,
    right: V3,
    up: V3,
    /// Where it looks.
    pub forward: V3,
    /// Its focal length in panel heights.
    pub focal: f32,
    /// Where its axis meets the panel.
    pub axis: P2,
    /// Width to height of the panel.
    pub ratio: f32,
    /// The sine and cosine of its roll about the panel's middle.
    roll: (f32, f32),
}

impl Camera {
    /// A camera at `eye`, tilted up by `pitch` degrees and rolled by `roll` degrees.
    #[must_use]
    pub fn new(eye: V3, pitch: f32, roll: f32, focal: f32, axis: P2, ratio: f32) -> Self {
        let (sin, cos) = sin_cos(pitch);
        Self {
            eye,
            right: v3(1.0, 0.0, 0.0),
            up: v3(0.0, cos, -sin),
            forward: v3(0.0, sin, cos),
            focal,
            axis,
            ratio,
            roll: sin_cos(roll),
        }
    }

    /// How far before the camera a point lies, along its axis.
    #[must_use]
    pub fn depth(&self, point: V3) -> f32 {
        (point - self.eye).dot(self.forward)
    }

    /// Panel heights in a metre, at a point's depth.
    #[must_use]
    pub fn scale(&self, point: V3) -> f32 {
        self.focal / self.depth(point).max(NEAR)
    }

    /// Where a point is seen; `None` where it lies behind the camera.
    #[must_use]
    pub fn see(&self, point: V3) -> Option<P2> {
        (self.depth(point) >= NEAR).then(|| self.project(point))
    }

    fn project(&self, point: V3) -> P2 {
        let from = point - self.eye;
        let scale = self.focal / from.dot(self.forward).max(NEAR);
        self.roll((self.axis.0 + from.dot(self.right) * scale, self.axis.1 - from.dot(self.up) * scale))
    }

    /// A point of a level panel as the rolled camera sees it.
    #[must_use]
    pub fn roll(&self, (x, y): P2) -> P2 {
        let (dx, dy) = (x - self.ratio / 2.0, y - 0.5);
        let (sin, cos) = self.roll;
        (self.ratio / 2.0 + dx * cos - dy * sin, 0.5 + dx * sin + dy * cos)
    }

    /// The point in space seen at `(x, y)` of a level panel, at a depth.
    #[must_use]
    pub fn at(&self, (x, y): P2, depth: f32) -> V3 {
        let (dx, dy) = ((x - self.axis.0) / self.focal, (self.axis.1 - y) / self.focal);
        self.eye + self.forward * depth + self.right * (dx * depth) + self.up * (dy * depth)
    }

    /// A polygon as it is seen, what lies behind the camera cut off; empty where nothing is left.
    #[must_use]
    pub fn polygon(&self, points: &[V3]) -> Vec<P2> {
        let mut seen = Vec::with_capacity(points.len() + 2);
        for (at, &point) in points.iter().enumerate() {
            let next = points[(at + 1) % points.len()];
            if self.depth(point) >= NEAR {
                seen.push(self.project(point));
            }
            if let Some(cut) = self.cut(point, next) {
                seen.push(self.project(cut));
            }
        }
        if seen.len() < 3 { Vec::new() } else { seen }
    }

    /// A line as it is seen, in as many runs as the part behind the camera leaves.
    #[must_use]
    pub fn line(&self, points: &[V3]) -> Vec<Vec<P2>> {
        let mut runs: Vec<Vec<P2>> = Vec::new();
        let mut run: Vec<P2> = Vec::new();
        for (at, &point) in points.iter().enumerate() {
            if self.depth(point) >= NEAR {
                run.push(self.project(point));
            }
            let Some(&next) = points.get(at + 1) else { continue };
            if let Some(cut) = self.cut(point, next) {
                run.push(self.project(cut));
                if self.depth(next) < NEAR {
                    runs.push(std::mem::take(&mut run));
                }
            }
        }
        runs.push(run);
        runs.retain(|run| run.len() > 1);
        runs
    }

    /// Where a segment crosses the nearest plane that is seen.
    fn cut(&self, a: V3, b: V3) -> Option<V3> {
        let (from, to) = (self.depth(a) - NEAR, self.depth(b) - NEAR);
        ((from < 0.0) != (to < 0.0)).then(|| a.towards(b, from / (from - to)))
    }

    /// A ball as it is seen: its middle and its radius; `None` behind the camera.
    #[must_use]
    pub fn ball(&self, middle: V3, radius: f32) -> Option<(P2, f32)> {
        Some((self.see(middle)?, radius * self.scale(middle)))
    }

    /// The hull of balls as it is seen: limbs, bodies, bottles.
    #[must_use]
    pub fn balls(&self, balls: &[(V3, f32)]) -> Vec<P2> {
        let mut points = Vec::with_capacity(balls.len() * ROUND);
        for &(middle, radius) in balls {
            let Some(((x, y), r)) = self.ball(middle, radius) else { continue };
            points.extend(CIRCLE.iter().map(|&(cos, sin)| (x + r * cos, y + r * sin)));
        }
        hull(points)
    }

    /// The row of the panel on which the horizon lies, at the panel's middle; far out of it where it is not seen.
    #[must_use]
    pub fn horizon(&self) -> f32 {
        if self.forward.z.abs() < 0.05 {
            return if self.forward.y < 0.0 { -20.0 } else { 20.0 };
        }
        self.axis.1 + self.focal * self.forward.y / self.forward.z
    }

    /// Whether it looks (nearly) straight down.
    #[must_use]
    pub fn looks_down(&self) -> bool {
        self.forward.y < -0.9
    }
}

/// Sine and cosine of 45 degrees.
const DIAGONAL: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// Corners of a circle.
const ROUND: usize = 16;
const CIRCLE: [P2; ROUND] = [
    (1.0, 0.0),
    (0.923_88, 0.382_683),
    (DIAGONAL, DIAGONAL),
    (0.382_683, 0.923_88),
    (0.0, 1.0),
    (-0.382_683, 0.923_88),
    (-DIAGONAL, DIAGONAL),
    (-0.923_88, 0.382_683),
    (-1.0, 0.0),
    (-0.923_88, -0.382_683),
    (-DIAGONAL, -DIAGONAL),
    (-0.382_683, -0.923_88),
    (0.0, -1.0),
    (0.382_683, -0.923_88),
    (DIAGONAL, -DIAGONAL),
    (0.923_88, -0.382_683),
];

/// The convex hull of points, by Andrew's monotone chain; empty for fewer than three corners.
#[must_use]
pub fn hull(mut points: Vec<P2>) -> Vec<P2> {
    points.retain(|point| point.0.is_finite() && point.1.is_finite());
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let turns = |a: P2, b: P2, c: P2| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let chain = |points: &mut dyn Iterator<Item = P2>| {
        let mut side: Vec<P2> = Vec::new();
        for point in points {
            while side.len() > 1 && turns(side[side.len() - 2], side[side.len() - 1], point) <= 0.0 {
                side.pop();
            }
            side.push(point);
        }
        side.pop();
        side
    };
    let mut around = chain(&mut points.iter().copied());
    around.extend(chain(&mut points.iter().rev().copied()));
    if around.len() < 3 { Vec::new() } else { around }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level() -> Camera {
        Camera::new(v3(0.0, 1.6, -5.0), 0.0, 0.0, 1.5, (0.9, 0.5), 1.8)
    }

    #[test]
    fn a_point_seen_is_where_its_ray_goes() {
        let camera = Camera::new(v3(0.3, 2.0, -5.0), -20.0, 0.0, 1.5, (0.9, 0.4), 1.8);
        let seen = camera.see(camera.at((0.3, 0.7), 4.0)).unwrap();
        assert!(distance(seen, (0.3, 0.7)) < 1e-4, "{seen:?}");
    }

    #[test]
    fn the_horizon_sinks_as_the_camera_tilts_up() {
        assert!((level().horizon() - 0.5).abs() < 1e-6);
        let up = Camera::new(v3(0.0, 1.6, 0.0), 10.0, 0.0, 1.5, (0.9, 0.5), 1.8);
        assert!(up.horizon() > 0.7);
        let far = up.see(v3(0.0, 1.6, 1e6)).unwrap();
        assert!((far.1 - up.horizon()).abs() < 1e-3, "{far:?}");
    }

    #[test]
    fn what_lies_behind_the_camera_is_cut_off() {
        let camera = level();
        assert!(camera.polygon(&[v3(0.0, 0.0, -9.0), v3(1.0, 0.0, -9.0), v3(0.0, 1.0, -9.0)]).is_empty());
        let floor = camera.polygon(&[v3(-1.0, 0.0, -9.0), v3(1.0, 0.0, -9.0), v3(1.0, 0.0, 9.0), v3(-1.0, 0.0, 9.0)]);
        assert!(floor.len() >= 4 && floor.iter().all(|point| point.0.is_finite() && point.1.is_finite()));
        assert_eq!(camera.line(&[v3(0.0, 0.0, 3.0), v3(0.0, 0.0, -9.0), v3(1.0, 0.0, 3.0)]).len(), 2);
    }

    #[test]
    fn a_hull_has_no_point_outside() {
        let points = vec![(0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (0.2, 0.9)];
        assert_eq!(hull(points).len(), 4);
        assert!(hull(vec![(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).is_empty());
        assert!(hull(vec![(f32::NAN, 0.0), (1.0, 1.0)]).is_empty());
    }
}
