//! What a board artist writes over a frame: names, the camera's move, the edge of what eyes see, guides.

use super::lettering::Lettered;
use super::marks::{Cover, Drawing, Pen, Role, Tone};
use super::space::{P2, between, sin_cos};
use super::stage::Composition;
use crate::board::Move;

const ACCENT: Pen = Pen::new(Role::Accent);
/// How high the capitals of a name are, in panel heights.
const CAPITAL: f32 = 0.026;

/// Names, small, each by the one who has it.
pub fn labels(drawing: &mut Drawing, composition: &Composition) {
    let camera = &composition.camera;
    let mut taken: Vec<(P2, P2)> = Vec::new();
    for actor in composition.cast.iter().filter(|actor| actor.named && !actor.name.is_empty()) {
        let holder = actor.holder.and_then(|holder| composition.cast[holder].skeleton());
        let (high, _) = actor.extent();
        let feet = holder.map_or(actor.place, |body| body.right_arm.end);
        let (Some((x, y)), Some((_, top))) =
            (camera.see(feet), camera.see(actor.place + super::space::v3(0.0, high, 0.0)))
        else {
            continue;
        };
        let short: String = actor.name.chars().take(20).collect();
        let Some(lettered) = Lettered::of(&short, &composition.fonts) else { continue };
        let (wide, tall) = (lettered.wide * CAPITAL, lettered.high * CAPITAL);
        // Under the feet where they are seen, else at the frame's foot; above the head where even that is taken.
        let mut row = if camera.looks_down() { y + camera.scale(feet) * 0.34 } else { y + 0.02 };
        row = row.clamp(0.05, 0.955 - tall);
        let left = (x - wide / 2.0).clamp(0.03, (composition.ratio - wide - 0.03).max(0.03));
        let clash = |row: f32| {
            taken.iter().any(|&((l, t), (r, b))| {
                left < r + 0.01 && left + wide > l - 0.01 && row < b + 0.006 && row + tall > t - 0.006
            })
        };
        for up in 0..6_u8 {
            if !clash(row) {
                break;
            }
            row = if up < 4 { row - 0.042 } else { (top - 0.05).max(0.03) };
        }
        taken.push(((left, row), (left + wide, row + tall)));
        let pad = 0.009;
        let scrap = vec![
            (left - pad, row - pad),
            (left + wide + pad, row - pad),
            (left + wide + pad, row + tall + pad),
            (left - pad, row + tall + pad),
        ];
        drawing.cover(scrap, Tone::grey(0.82), Cover::Veil, 0.0);
        lettered.draw(drawing, (left, row), CAPITAL);
    }
}

/// The dark round the edge of what someone's eyes see.
pub fn through_eyes(drawing: &mut Drawing) {
    let ratio = drawing.ratio;
    for (grow, dark) in [(1.0_f32, 0.4), (0.94, 0.35), (0.88, 0.3)] {
        for upper in [true, false] {
            let lid: Vec<P2> = (0..=24_u8)
                .map(|n| {
                    let t = f32::from(n) / 24.0;
                    let (sin, _) = sin_cos(180.0 * t);
                    let open = 0.5 - (0.22 + 0.36 * sin) * grow;
                    let y = open.max(-0.02);
                    (t * ratio, if upper { y } else { 1.0 - y })
                })
                .collect();
            let edge = if upper { -0.05 } else { 1.05 };
            let mut outline = vec![(0.0, edge)];
            outline.extend(lid);
            outline.push((ratio, edge));
            drawing.wash(outline, dark);
        }
    }
}

/// The camera's move, as boards mark it.
pub fn movement(drawing: &mut Drawing, movement: Move) {
    let ratio = drawing.ratio;
    let middle = ratio / 2.0;
    let side = ratio - 0.08;
    let across = |drawing: &mut Drawing, way: f32| {
        broad_arrow(drawing, (middle - way * 0.17 * ratio, 0.075), (middle + way * 0.17 * ratio, 0.075), 0.032)
    };
    match movement {
        Move::Static => {}
        Move::PanLeft | Move::PanRight => {
            let way = if movement == Move::PanLeft { -1.0 } else { 1.0 };
            pan(drawing, middle, way, ratio);
        }
        Move::TrackLeft => across(drawing, -1.0),
        Move::TrackRight => across(drawing, 1.0),
        Move::TiltUp => bow(drawing, side, 0.7, 0.3),
        Move::TiltDown => bow(drawing, side, 0.3, 0.7),
        Move::CraneUp => broad_arrow(drawing, (side, 0.72), (side, 0.26), 0.03),
        Move::CraneDown => broad_arrow(drawing, (side, 0.26), (side, 0.72), 0.03),
        Move::PushIn => second_frame(drawing, ratio, 0.17, true),
        Move::PullOut => second_frame(drawing, ratio, 0.17, false),
        Move::ZoomIn => zoom(drawing, ratio, true),
        Move::ZoomOut => zoom(drawing, ratio, false),
        Move::Handheld => {
            for (dx, dy, turn) in [(0.03, 0.04, 0.012), (0.042, 0.028, -0.014)] {
                let corners =
                    [(dx, dy), (ratio - dx, dy + turn), (ratio - dx - turn, 1.0 - dy), (dx + turn, 1.0 - dy - turn)];
                drawing.contour(&corners, ACCENT.weighing(0.6));
            }
        }
    }
}

/// A bent arrow: the camera turns where it stands.
fn pan(drawing: &mut Drawing, middle: f32, way: f32, ratio: f32) {
    let points: Vec<P2> = (0..=12_u8)
        .map(|n| {
            let t = f32::from(n) / 12.0;
            let (sin, _) = sin_cos(180.0 * t);
            (middle + way * (t - 0.5) * 0.36 * ratio, 0.1 - 0.045 * sin)
        })
        .collect();
    arrow(drawing, points);
}

fn bow(drawing: &mut Drawing, x: f32, from: f32, to: f32) {
    let points: Vec<P2> = (0..=12_u8)
        .map(|n| {
            let t = f32::from(n) / 12.0;
            let (sin, _) = sin_cos(180.0 * t);
            (x + 0.045 * sin - 0.02, from + (to - from) * t)
        })
        .collect();
    arrow(drawing, points);
}

fn arrow(drawing: &mut Drawing, points: Vec<P2>) {
    let [.., before, tip] = points.as_slice() else { return };
    let (dx, dy) = (before.0 - tip.0, before.1 - tip.1);
    let long = (dx * dx + dy * dy).sqrt().max(1e-5);
    let (ux, uy) = (dx / long * 0.045, dy / long * 0.045);
    let head =
        vec![(tip.0 + ux - uy * 0.55, tip.1 + uy + ux * 0.55), *tip, (tip.0 + ux + uy * 0.55, tip.1 + uy - ux * 0.55)];
    drawing.stroke(points, ACCENT);
    drawing.stroke(head, ACCENT);
}

/// A broad arrow: the camera itself goes.
fn broad_arrow(drawing: &mut Drawing, from: P2, to: P2, half: f32) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = (dx * dx + dy * dy).sqrt().max(1e-5);
    let (ux, uy) = (dx / long, dy / long);
    let at = |along: f32, out: f32| (from.0 + ux * along - uy * out, from.1 + uy * along + ux * out);
    let neck = long - half * 2.0;
    let thin = half * 0.5;
    let outline = vec![
        at(0.0, -thin),
        at(neck, -thin),
        at(neck, -half),
        at(long, 0.0),
        at(neck, half),
        at(neck, thin),
        at(0.0, thin),
    ];
    drawing.cover(outline.clone(), Tone::grey(0.7), Cover::Veil, 0.0);
    drawing.contour(&outline, ACCENT.weighing(0.8));
}

fn inner(ratio: f32, inset: f32) -> [P2; 4] {
    let (x, y) = (ratio * inset, inset);
    [(x, y), (ratio - x, y), (ratio - x, 1.0 - y), (x, 1.0 - y)]
}

/// A second frame line, and arrows from each corner to its own.
fn second_frame(drawing: &mut Drawing, ratio: f32, inset: f32, inward: bool) {
    let frame = inner(ratio, inset);
    let outer = inner(ratio, 0.0);
    drawing.contour(&frame, ACCENT.weighing(0.7));
    for (&from, &to) in outer.iter().zip(&frame) {
        let (a, b) = (between(from, to, 0.22), between(from, to, 0.86));
        arrow(drawing, if inward { vec![a, b] } else { vec![b, a] });
    }
}

/// A dashed second frame line: the lens moves, the camera does not.
fn zoom(drawing: &mut Drawing, ratio: f32, inward: bool) {
    let frame = inner(ratio, 0.17);
    for (at, &from) in frame.iter().enumerate() {
        let to = frame[(at + 1) % 4];
        for dash in 0..10_u8 {
            let t = f32::from(dash) / 10.0;
            drawing.stroke(vec![between(from, to, t), between(from, to, t + 0.06)], ACCENT.weighing(0.7));
        }
    }
    for (x, to) in [(0.03, 0.14), (0.97, 0.86)] {
        let ends = [(x * ratio, 0.5), (to * ratio, 0.5)];
        arrow(drawing, if inward { ends.to_vec() } else { vec![ends[1], ends[0]] });
    }
}

/// Lines for composing that are no part of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guide {
    /// Thirds.
    Thirds,
    /// The parts that every screen shows: 90 and 80 per cent.
    Safe,
    /// The middle.
    Center,
}

/// Draws a guide.
pub fn guide(drawing: &mut Drawing, guide: Guide) {
    let ratio = drawing.ratio;
    let pen = ACCENT.weighing(0.4).paler(0.6);
    match guide {
        Guide::Thirds => {
            for t in [1.0 / 3.0, 2.0 / 3.0] {
                drawing.stroke(vec![(ratio * t, 0.0), (ratio * t, 1.0)], pen);
                drawing.stroke(vec![(0.0, t), (ratio, t)], pen);
            }
        }
        Guide::Safe => {
            for inset in [0.05, 0.1] {
                drawing.contour(&inner(ratio, inset), pen);
            }
        }
        Guide::Center => {
            drawing.stroke(vec![(ratio / 2.0 - 0.05, 0.5), (ratio / 2.0 + 0.05, 0.5)], pen);
            drawing.stroke(vec![(ratio / 2.0, 0.45), (ratio / 2.0, 0.55)], pen);
        }
    }
}
