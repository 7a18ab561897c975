//! What is worn on a head.

use super::head::Head;
use super::person::Person;
use crate::frame::lexicon::Hat;
use crate::frame::marks::{Drawing, Pen, Tone};
use crate::frame::space::{P2, hull, sin_cos};

/// Draws what of a hood is behind the face: where that leaves a gap before the chin, its lining shows and not what is behind.
pub(super) fn lining(drawing: &mut Drawing, head: &Head<'_>, look: &Person) {
    if matches!(look.hat, Some(Hat::Hood | Hat::Scarf)) && head.shows([0.0, 0.0, 1.0]) > -0.2 {
        drawing.area(head.round(OPENING, OPENING_LOW), head.lit.tone(look.hat_tone).darker(0.45));
    }
}

/// How wide a hood's opening is against the skull, and how far below its middle.
const OPENING: f32 = 0.78;
const OPENING_LOW: f32 = -0.06;

/// Draws what is on the head.
pub(super) fn wear(drawing: &mut Drawing, head: &Head<'_>, hat: Hat, look: &Person) {
    let tone = head.lit.tone(look.hat_tone);
    let pen = head.lit.contour();
    let front = head.shows([0.0, 0.0, 1.0]) > -0.2;
    let dome = |low: f32, grown: f32| head.shell(grown, 0.03, move |[_, up, forward]| up - forward * 0.1 > low);
    let ring = |wide: f32, deep: f32, up: f32, ahead: f32| -> Vec<[f32; 3]> {
        (0..24_u8)
            .map(|n| {
                let (sin, cos) = sin_cos(f32::from(n) * 15.0);
                [wide * cos, up, deep * sin + ahead]
            })
            .collect()
    };
    let project =
        |points: Vec<[f32; 3]>| hull(points.into_iter().filter_map(|point| head.camera.see(head.at(point))).collect());
    match hat {
        Hat::Hood | Hat::Scarf => {
            let hood = head.shell(1.22, 0.02, |[_, up, forward]| up * 0.6 - forward * 0.8 > -0.42);
            let cowl =
                head.balls(&[([0.26, -0.5, -0.05], 0.16), ([-0.26, -0.5, -0.05], 0.16), ([0.0, -0.45, -0.25], 0.2)]);
            let face = head.round(OPENING, OPENING_LOW);
            let bare = if front { face } else { Vec::new() };
            frame_of(drawing, [&hood, &cowl, &bare], head.profile(), tone, pen);
        }
        Hat::Helmet => {
            let shell = head.shell(1.2, 0.03, |[_, up, forward]| up > -0.1 || forward < 0.2 && up > -0.7);
            let face = head.shell(1.0, 0.0, |[_, up, forward]| forward > 0.3 && up < 0.42);
            let bare = if front { face } else { Vec::new() };
            frame_of(drawing, [&shell, &[], &bare], None, tone, pen);
            head.line(drawing, &[[0.0, 0.6, 0.2], [0.0, 0.62, -0.1], [0.0, 0.45, -0.45]], head.lit.detail());
        }
        Hat::Shell => {
            drawing.shape(dome(0.22, 1.24), tone, pen);
            for side in [-0.2, 0.0, 0.2] {
                let vent = [[side, 0.48, 0.3], [side * 1.1, 0.62, 0.0], [side, 0.5, -0.34]];
                if head.shows([side, 0.8, 0.2]) > -0.1 {
                    head.line(drawing, &vent, head.lit.detail().weighing(1.4));
                }
            }
            for side in [-1.0, 1.0] {
                if head.shows([side, 0.0, 0.3]) > 0.1 {
                    let strap = [[side * 0.37, 0.16, 0.1], [side * 0.3, -0.25, 0.12], [side * 0.06, -0.45, 0.24]];
                    head.line(drawing, &strap, head.lit.detail());
                }
            }
        }
        Hat::Cap => {
            drawing.shape(dome(0.3, 1.14), tone, pen);
            if head.shows([0.0, 0.3, 1.0]) > -0.3 {
                let peak = project(vec![
                    [-0.3, 0.2, 0.36],
                    [0.3, 0.2, 0.36],
                    [-0.24, 0.15, 0.66],
                    [0.24, 0.15, 0.66],
                    [0.0, 0.14, 0.73],
                    [0.0, 0.25, 0.46],
                ]);
                drawing.shape(peak, tone.darker(0.35), pen);
            }
        }
        Hat::Beanie => {
            drawing.shape(dome(0.22, 1.16), tone, pen);
            let band: Vec<[f32; 3]> = ring(0.42, 0.47, 0.2, -0.04);
            let band = project(band.iter().copied().chain(band.iter().map(|&[x, _, z]| [x, 0.33, z])).collect());
            drawing.shape(band, tone.darker(0.2), pen);
        }
        Hat::Brim => {
            let brim = project(ring(0.72, 0.76, 0.24, 0.0));
            drawing.shape(brim, tone.darker(0.2), pen);
            let crown =
                project(ring(0.4, 0.44, 0.26, -0.02).into_iter().chain(ring(0.32, 0.36, 0.72, -0.02)).collect());
            drawing.shape(crown, tone, pen);
        }
        Hat::Top | Hat::Toque | Hat::Cone => {
            if hat == Hat::Top || hat == Hat::Cone {
                drawing.shape(project(ring(0.6, 0.64, 0.28, 0.0)), tone, pen);
            }
            let (wide, high) = match hat {
                Hat::Cone => (0.02, 1.35),
                Hat::Toque => (0.5, 0.95),
                _ => (0.38, 1.0),
            };
            let crown =
                project(ring(0.38, 0.42, 0.28, -0.02).into_iter().chain(ring(wide, wide, high, -0.02)).collect());
            let tone = if hat == Hat::Toque { head.lit.tone(Tone::grey(0.0)) } else { tone };
            drawing.shape(crown, tone, pen);
        }
        Hat::Crown => {
            let points: Vec<[f32; 3]> = (0..=12_u8)
                .flat_map(|n| {
                    let (sin, cos) = sin_cos(f32::from(n) * 30.0);
                    [
                        [0.4 * cos, 0.34, 0.44 * sin - 0.03],
                        [0.43 * cos, if n % 2 == 0 { 0.7 } else { 0.52 }, 0.47 * sin - 0.03],
                    ]
                })
                .collect();
            drawing.shape(project(points), head.lit.tone(Tone::tinted([236, 196, 60])), pen);
        }
    }
}

/// A hood or a helmet: a shell and a cowl with the face left out. Seen in profile they are open towards where the face
/// looks, and the face stands out of them.
fn frame_of(drawing: &mut Drawing, [shell, cowl, face]: [&[P2]; 3], open: Option<P2>, tone: Tone, pen: Pen) {
    if face.len() < 3 {
        drawing.joined(vec![cowl.to_vec(), shell.to_vec()], tone, pen);
        return;
    }
    // The shell is laid as slices round the face, so that the face drawn before stays.
    let count = face.len() as f32;
    let middle = face.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / count, sum.1 + point.1 / count));
    let outer = hull(shell.iter().chain(cowl).chain(face).copied().collect());
    // In slices of ten degrees: all round, or without the six on either side of where the face looks.
    let slices = if open.is_some() { 6..=30_u8 } else { 0..=36 };
    let (ahead, aside) = open.unwrap_or((1.0, 0.0));
    let round = |outline: &[P2]| -> Vec<P2> {
        let ray = |n: u8| {
            let (sin, cos) = sin_cos(f32::from(n) * 10.0);
            reach(outline, middle, (ahead * cos - aside * sin, ahead * sin + aside * cos))
        };
        slices.clone().map(ray).collect()
    };
    let (rim, inner) = (round(&outer), round(face));
    let ring: Vec<P2> = rim.iter().copied().chain(inner.iter().rev().copied()).collect();
    if open.is_some() {
        drawing.shape(ring, tone, pen);
        return;
    }
    drawing.contour(&outer, pen.weighing(2.0));
    drawing.area(ring, tone);
    drawing.contour(face, pen.weighing(0.8));
}

/// Where a ray from within leaves a convex outline.
fn reach(outline: &[P2], from: P2, way: P2) -> P2 {
    let mut best = 0.0_f32;
    for (at, &a) in outline.iter().enumerate() {
        let b = outline[(at + 1) % outline.len()];
        let edge = (b.0 - a.0, b.1 - a.1);
        let cross = way.0 * edge.1 - way.1 * edge.0;
        if cross.abs() < 1e-9 {
            continue;
        }
        let to = (a.0 - from.0, a.1 - from.1);
        let t = (to.0 * edge.1 - to.1 * edge.0) / cross;
        let u = (to.0 * way.1 - to.1 * way.0) / cross;
        if t > best && (-1e-4..=1.0001).contains(&u) {
            best = t;
        }
    }
    (from.0 + way.0 * best, from.1 + way.1 * best)
}
