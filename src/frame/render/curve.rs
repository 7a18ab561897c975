//! Curves: corners rounded where they are gentle, and the outline of a brush that wavers along a line.

use super::super::set::chance;
use super::super::space::{P2, distance};

/// Sharper turns than this (the cosine of 50 degrees) stay corners.
const SHARP: f32 = 0.64;
/// Between lines longer than this, in panel heights, already this turn (the cosine of 14 degrees) is a corner.
const LONG: f32 = 0.1;
const BUILT: f32 = 0.97;
/// Segments shorter than this need no rounding.
const SHORT: f32 = 0.012;

/// A line or a closed outline with gentle bends rounded: through the same points, by Catmull and Rom's spline.
#[must_use]
pub(super) fn smooth(points: &[P2], closed: bool) -> Vec<P2> {
    let count = points.len();
    let ring = closed || count > 3 && points.first() == points.last();
    if count < 3 {
        return points.to_vec();
    }
    let last = if closed { count } else { count - 1 };
    let mut curve = Vec::with_capacity(count * 2);
    for at in 0..last {
        let (a, b) = (points[at], points[(at + 1) % count]);
        curve.push(a);
        let long = distance(a, b);
        if long < SHORT {
            continue;
        }
        let wrap = |at: isize| -> Option<P2> {
            let around = if closed { count as isize } else { count as isize - 1 };
            if ring {
                Some(points[at.rem_euclid(around) as usize])
            } else {
                usize::try_from(at).ok().and_then(|at| points.get(at)).copied()
            }
        };
        let at = at as isize;
        let before =
            wrap(at - 1).filter(|&before| gentle([wrap(at - 2), Some(before), Some(a), Some(b), wrap(at + 2)]));
        let after = wrap(at + 2).filter(|&after| gentle([wrap(at - 1), Some(a), Some(b), Some(after), wrap(at + 3)]));
        if before.is_none() && after.is_none() {
            continue;
        }
        let tangent = |from: P2, to: P2| ((to.0 - from.0) * 0.5, (to.1 - from.1) * 0.5);
        let cap = |(x, y): P2| {
            // No longer than the segment, or a short one beside a long one would loop.
            let size = (x * x + y * y).sqrt();
            let share = if size > long { long / size } else { 1.0 };
            (x * share, y * share)
        };
        let start = cap(before.map_or_else(|| (b.0 - a.0, b.1 - a.1), |before| tangent(before, b)));
        let end = cap(after.map_or_else(|| (b.0 - a.0, b.1 - a.1), |after| tangent(a, after)));
        let steps = ((long / SHORT).ceil() as u32).clamp(2, 8);
        for step in 1..steps {
            let t = step as f32 / steps as f32;
            let (t2, t3) = (t * t, t * t * t);
            let (h0, h1, h2, h3) = (2.0 * t3 - 3.0 * t2 + 1.0, t3 - 2.0 * t2 + t, 3.0 * t2 - 2.0 * t3, t3 - t2);
            curve.push((
                a.0 * h0 + start.0 * h1 + b.0 * h2 + end.0 * h3,
                a.1 * h0 + start.1 * h1 + b.1 * h2 + end.1 * h3,
            ));
        }
    }
    if !closed {
        curve.push(points[count - 1]);
    }
    curve
}

/// Whether a line turns but gently at the middle one of five points. Between two long lines, beside a sharp corner, every
/// bend is a corner: of a roof, of a wall. A row of gentle bends is something round, however large.
fn gentle(points: [Option<P2>; 5]) -> bool {
    let [before, Some(a), Some(b), Some(c), after] = points else { return false };
    let (bend, least) = (turn(a, b, c), distance(a, b).min(distance(b, c)));
    let corner = |a: Option<P2>, b: P2, c: Option<P2>| a.zip(c).is_some_and(|(a, c)| turn(a, b, c) < SHARP);
    let built = least > LONG && bend < BUILT && (corner(before, a, Some(b)) || corner(Some(b), c, after));
    bend > SHARP && !built
}

/// The cosine of the angle by which a line turns at the second of three points.
fn turn(a: P2, b: P2, c: P2) -> f32 {
    let (ax, ay, bx, by) = (b.0 - a.0, b.1 - a.1, c.0 - b.0, c.1 - b.1);
    (ax * bx + ay * by) / ((ax * ax + ay * ay) * (bx * bx + by * by)).sqrt().max(1e-12)
}

/// A hand's waver has a length of its own, in panel heights.
const WAVE: f32 = 0.085;
/// A brush is sampled this often.
const STEP: f32 = 0.014;

/// The outline of a brush `width` wide led along points: it strays by up to `wobble`, presses more and less, and tapers
/// towards its ends by a share of its width.
#[must_use]
pub(super) fn brush(points: &[P2], width: f32, wobble: f32, taper: f32, seed: u32) -> Vec<P2> {
    let along = sampled(points);
    let total: f32 = along.last().map_or(0.0, |last| last.1);
    if along.len() < 2 || total < 1e-5 {
        return Vec::new();
    }
    let tip = (total * 0.35).min(0.06);
    let mut left = Vec::with_capacity(along.len());
    let mut right = Vec::with_capacity(along.len());
    for (at, &((x, y), gone)) in along.iter().enumerate() {
        let (before, after) = (along[at.saturating_sub(1)].0, along[(at + 1).min(along.len() - 1)].0);
        let (dx, dy) = (after.0 - before.0, after.1 - before.1);
        let long = (dx * dx + dy * dy).sqrt().max(1e-6);
        let (nx, ny) = (-dy / long, dx / long);
        let end = (gone.min(total - gone) / tip).min(1.0);
        let press = (1.0 - taper * (1.0 - end) * (1.0 - end)) * (1.0 + 0.28 * noise(seed ^ 0x51f1, gone / 0.13));
        let stray = wobble * noise(seed, gone / WAVE);
        let (mx, my) = (x + nx * stray, y + ny * stray);
        let half = width * 0.5 * press;
        left.push((mx + nx * half, my + ny * half));
        right.push((mx - nx * half, my - ny * half));
    }
    left.extend(right.into_iter().rev());
    left
}

/// Points along a line, close enough for a waver, each with how far along it lies.
fn sampled(points: &[P2]) -> Vec<(P2, f32)> {
    let mut all = Vec::with_capacity(points.len() * 2);
    let mut gone = 0.0;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let long = distance(a, b);
        if long < 1e-6 {
            continue;
        }
        let steps = (long / STEP).ceil().clamp(1.0, 240.0) as u32;
        if all.is_empty() {
            all.push((a, 0.0));
        }
        for step in 1..=steps {
            let t = step as f32 / steps as f32;
            all.push(((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t), gone + long * t));
        }
        gone += long;
    }
    all
}

/// A smooth wave from -1 to 1.
fn noise(seed: u32, at: f32) -> f32 {
    let knot = at.floor();
    let t = at - knot;
    let value = |n: f32| chance(seed, n as u32) * 2.0 - 1.0;
    let (a, b) = (value(knot), value(knot + 1.0));
    a + (b - a) * (t * t * (3.0 - 2.0 * t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smoothed_line_goes_through_its_points_and_keeps_sharp_corners() {
        let line = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.1), (0.85, 0.3), (0.9, 0.6)];
        let curve = smooth(&line, false);
        assert!(line.iter().all(|point| curve.contains(point)) && curve.len() > line.len());
        assert_eq!(smooth(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)], true).len(), 4);
        // A roof: its ridge bends gently, and beside walls that is a corner.
        assert_eq!(smooth(&[(0.0, 0.0), (0.0, 0.5), (0.4, 0.6), (0.8, 0.5), (0.8, 0.0)], true).len(), 5);
    }

    #[test]
    fn a_brush_is_about_as_wide_as_it_is_said_to_be_and_thin_at_its_ends() {
        let outline = brush(&[(0.0, 0.5), (1.0, 0.5)], 0.01, 0.0, 0.8, 7);
        let half = outline.len() / 2;
        let wide = |at: usize| outline[at].1 - outline[outline.len() - 1 - at].1;
        assert!((0.006..0.014).contains(&wide(half / 2)), "{}", wide(half / 2));
        assert!(wide(0) < 0.005);
        assert!(brush(&[(0.5, 0.5), (0.5, 0.5)], 0.01, 0.0, 0.8, 7).is_empty());
    }
}
