//! A head drawn: skull, hair, face and hat from points in space, so that it is right from every side.

use super::body::Lit;
use super::person::Person;
use super::skeleton::{Axes, Skeleton};
use crate::frame::lexicon::{Age, Hair, Hat, Mood};
use crate::frame::marks::{Drawing, Pen, Tone};
use crate::frame::space::{Camera, P2, V3, hull, sin_cos};

/// A head as it is seen: lengths are in head heights, from the head's middle.
pub(super) struct Head<'a> {
    pub(super) camera: &'a Camera,
    middle: V3,
    size: f32,
    skull: Axes,
    /// From the head to the camera.
    view: V3,
    pub(super) lit: Lit,
}

impl Head<'_> {
    pub(super) fn at(&self, point: [f32; 3]) -> V3 {
        self.middle + self.skull.point(point) * self.size
    }

    pub(super) fn balls(&self, balls: &[([f32; 3], f32)]) -> Vec<P2> {
        let balls: Vec<(V3, f32)> = balls.iter().map(|&(point, radius)| (self.at(point), radius * self.size)).collect();
        self.camera.balls(&balls)
    }

    /// How much a direction of the head points at the camera, from -1 to 1.
    pub(super) fn shows(&self, way: [f32; 3]) -> f32 {
        self.skull.point(way).unit().dot(self.view)
    }

    pub(super) fn line(&self, drawing: &mut Drawing, points: &[[f32; 3]], pen: Pen) {
        let points: Vec<V3> = points.iter().map(|&point| self.at(point)).collect();
        for run in self.camera.line(&points) {
            drawing.stroke(run, pen);
        }
    }

    /// On the panel, the way the face looks, where it is seen from the side; one long.
    pub(super) fn profile(&self) -> Option<P2> {
        let (from, to) = (self.camera.see(self.at([0.0; 3]))?, self.camera.see(self.at([0.0, 0.0, 0.5]))?);
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let long = (x * x + y * y).sqrt();
        (self.skull.left.dot(self.view).abs() > 0.7 && long > 1e-5).then(|| (x / long, y / long))
    }

    fn polygon(&self, points: &[[f32; 3]]) -> Vec<P2> {
        self.camera.polygon(&points.iter().map(|&point| self.at(point)).collect::<Vec<_>>())
    }

    /// The opening of a hood: the seen part of a circle round the face, so wide, so high.
    pub(super) fn round(&self, wide: f32, up: f32) -> Vec<P2> {
        let mut seen = Vec::new();
        for n in 0..36_u8 {
            let (sin, cos) = sin_cos(f32::from(n) * 10.0);
            let (x, y) = (wide * cos, wide * 1.12 * sin);
            let z = (1.0 - 0.82 * (x * x + y * y * 0.6)).max(0.0).sqrt();
            if self.shows([x, y, z]) > -0.08 {
                seen.extend(self.camera.see(self.at([x * 0.37, y * 0.44 + up, z * 0.42 - 0.02])));
            }
        }
        hull(seen)
    }

    /// The hull of those points of the skull's shell, `grown` times as large, that are seen and wanted.
    pub(super) fn shell(&self, grown: f32, lift: f32, wanted: impl Fn([f32; 3]) -> bool) -> Vec<P2> {
        let mut seen = Vec::new();
        for ring in 0..=12_u8 {
            let (down, across) = sin_cos(f32::from(ring) * 15.0 - 90.0);
            for spoke in 0..24_u8 {
                let (sin, cos) = sin_cos(f32::from(spoke) * 15.0);
                let way = [sin * across, down, cos * across];
                if wanted(way) && self.shows(way) > -0.12 {
                    let point = [way[0] * 0.38 * grown, way[1] * 0.47 * grown + lift, (way[2] * 0.44 - 0.03) * grown];
                    seen.extend(self.camera.see(self.at(point)));
                }
            }
        }
        hull(seen)
    }
}

/// Draws a head.
pub fn draw(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, mood: Mood, lit: Lit) {
    let view = (camera.eye - body.head).unit();
    let head = Head { camera, middle: body.head, size: body.head_size, skull: body.skull, view, lit };
    let skin = lit.tone(Tone::grey(0.05));
    let pen = lit.contour();
    super::hat::lining(drawing, &head, look);
    hair_behind(drawing, &head, look);
    let skull = head.balls(&[([0.0, 0.12, -0.05], 0.39), ([0.0, -0.1, 0.06], 0.31), ([0.0, -0.36, 0.14], 0.12)]);
    drawing.shape(skull, skin, pen);
    ears(drawing, &head, look, skin);
    cap_of_hair(drawing, &head, look);
    let face = head.shell(1.0, 0.0, |[_, up, forward]| forward > 0.12 && up < 0.62);
    let visible = head.shows([0.0, 0.0, 1.0]);
    if visible > -0.25 && camera.scale(body.head) * head.size > 0.02 {
        let jaw = head.balls(&[([0.0, -0.16, 0.17], 0.2), ([0.0, -0.36, 0.14], 0.115)]);
        drawing.area(hull(face.into_iter().chain(jaw).collect()), skin);
        features(drawing, &head, look, mood, visible);
    }
    if let Some(hat) = look.hat {
        super::hat::wear(drawing, &head, hat, look);
    }
}

/// Ears, where they are not under something.
fn ears(drawing: &mut Drawing, head: &Head<'_>, look: &Person, skin: Tone) {
    let covered = matches!(look.hair, Hair::Long | Hair::Bob) || look.hat.is_some_and(Hat::hides_hair);
    if covered {
        return;
    }
    for side in [-1.0, 1.0] {
        if head.shows([side, 0.0, 0.1]) > -0.15 {
            let ear = head.balls(&[([side * 0.36, 0.05, -0.04], 0.065), ([side * 0.36, -0.1, 0.0], 0.045)]);
            drawing.shape(ear, skin, head.lit.contour().weighing(0.8));
        }
    }
}

/// Hair that hangs behind face and neck.
fn hair_behind(drawing: &mut Drawing, head: &Head<'_>, look: &Person) {
    if look.hat.is_some_and(Hat::hides_hair) {
        return;
    }
    let tone = head.lit.tone(look.hair_tone);
    let pen = head.lit.contour();
    let mass: Vec<([f32; 3], f32)> = match look.hair {
        Hair::Long => vec![
            ([0.0, 0.1, -0.1], 0.44),
            ([0.3, -0.5, -0.12], 0.18),
            ([-0.3, -0.5, -0.12], 0.18),
            ([0.28, -1.0, -0.22], 0.14),
            ([-0.28, -1.0, -0.22], 0.14),
        ],
        Hair::Bob => vec![([0.0, 0.1, -0.08], 0.44), ([0.3, -0.32, -0.04], 0.17), ([-0.3, -0.32, -0.04], 0.17)],
        Hair::Tail => vec![([0.0, 0.1, -0.45], 0.12), ([0.0, -0.3, -0.62], 0.13), ([0.0, -0.75, -0.5], 0.06)],
        Hair::Bun => vec![([0.0, 0.36, -0.42], 0.2)],
        _ => return,
    };
    let shape = head.balls(&mass);
    // From behind, long hair lies over the back instead.
    if head.shows([0.0, 0.0, 1.0]) > -0.3 || matches!(look.hair, Hair::Long | Hair::Bob) {
        drawing.shape(shape, tone, pen);
    }
}

/// Hair on the skull.
fn cap_of_hair(drawing: &mut Drawing, head: &Head<'_>, look: &Person) {
    if look.hat.is_some_and(Hat::hides_hair) {
        return;
    }
    let tone = head.lit.tone(look.hair_tone);
    let pen = head.lit.contour();
    if look.hair == Hair::Bald {
        let fringe = head.shell(1.03, 0.0, |[_, up, forward]| up < 0.25 && up > -0.4 && forward < -0.15);
        if look.hat.is_none() {
            drawing.shape(fringe, tone, pen.weighing(0.7));
        }
        return;
    }
    let curly = look.hair == Hair::Curly && look.hat.is_none();
    let grown = if curly { 1.24 } else { 1.09 };
    let low = if matches!(look.hair, Hair::Long | Hair::Bob) { -0.95 } else { -0.5 };
    let hair = head.shell(grown, 0.03, |[_, up, forward]| up * 0.8 - forward * 0.62 > -0.02 && up > low);
    let hair = if curly { bumpy(&hair, head.camera.scale(head.middle) * head.size * 0.05) } else { hair };
    drawing.shape(hair, tone, pen);
    if look.hair == Hair::Tail && head.shows([0.0, 0.0, 1.0]) < -0.3 {
        let tail = head.balls(&[([0.0, 0.1, -0.45], 0.12), ([0.0, -0.3, -0.6], 0.13), ([0.0, -0.75, -0.48], 0.06)]);
        drawing.shape(tail, tone, pen);
    }
    if look.hair == Hair::Bun && head.shows([0.0, 0.0, 1.0]) < 0.0 {
        drawing.shape(head.balls(&[([0.0, 0.36, -0.42], 0.2)]), tone, pen);
    }
    if head.lit.near > 0.6 && head.lit.least < 0.5 {
        // A few strands.
        for (left, back) in [(0.18, 0.0), (0.0, -0.06), (-0.2, -0.04)] {
            if head.shows([left, 0.8, 0.3]) > 0.1 {
                let strand =
                    [[left * 0.6, 0.5, 0.1 + back], [left, 0.44, 0.28 + back], [left * 1.35, 0.3, 0.36 + back]];
                head.line(drawing, &strand, head.lit.detail().weighing(0.7));
            }
        }
    }
}

/// A closed line with waves in it.
fn bumpy(outline: &[P2], high: f32) -> Vec<P2> {
    let middle = outline.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let count = outline.len().max(1) as f32;
    let middle = (middle.0 / count, middle.1 / count);
    let mut wavy = Vec::with_capacity(outline.len() * 2);
    for (at, &point) in outline.iter().enumerate() {
        let next = outline[(at + 1) % outline.len()];
        let half = (f32::midpoint(point.0, next.0), f32::midpoint(point.1, next.1));
        let (dx, dy) = (half.0 - middle.0, half.1 - middle.1);
        let long = (dx * dx + dy * dy).sqrt().max(1e-4);
        wavy.push(point);
        wavy.push((half.0 + dx / long * high, half.1 + dy / long * high));
    }
    wavy
}

/// Eyes, brows, nose and mouth, as much of them as the distance leaves.
fn features(drawing: &mut Drawing, head: &Head<'_>, look: &Person, mood: Mood, visible: f32) {
    let lit = head.lit;
    let pen = lit.detail();
    let big = head.camera.scale(head.middle) * head.size;
    if big < 0.035 {
        return;
    }
    nose(drawing, head, visible, pen);
    let raise = match mood {
        Mood::Startled => 0.06,
        Mood::Asleep => -0.02,
        _ => 0.0,
    };
    for side in [-1.0, 1.0] {
        if head.shows([side * 0.5, 0.1, 0.9]) < 0.12 {
            continue;
        }
        eye(drawing, head, side, mood, big);
        let (inner, outer) = match mood {
            Mood::Angry | Mood::Shouting => (0.12, 0.22),
            Mood::Sad | Mood::Startled => (0.23, 0.15),
            _ => (0.17, 0.18),
        };
        let brow = [
            [side * 0.07, inner + raise, 0.39],
            [side * 0.17, (inner + outer) / 2.0 + 0.025 + raise, 0.37],
            [side * 0.28, outer - 0.02 + raise, 0.27],
        ];
        head.line(drawing, &brow, pen.weighing(if big > 0.12 { 1.7 } else { 1.0 }));
    }
    if head.shows([0.0, -0.5, 0.85]) > -0.05 {
        mouth(drawing, head, mood, big, pen);
    }
    if look.beard {
        beard(drawing, head, look);
    }
    if look.age == Age::Old && big > 0.12 {
        for side in [-1.0, 1.0] {
            if head.shows([side * 0.6, -0.2, 0.8]) > 0.15 {
                head.line(drawing, &[[side * 0.12, -0.1, 0.38], [side * 0.18, -0.22, 0.33]], pen.weighing(0.7));
                head.line(
                    drawing,
                    &[[side * 0.1, -0.03, 0.37], [side * 0.19, -0.055, 0.34], [side * 0.26, -0.02, 0.28]],
                    pen.weighing(0.5),
                );
            }
        }
    }
    if look.glasses && !matches!(look.hat, Some(Hat::Helmet)) {
        for side in [-1.0, 1.0] {
            if head.shows([side * 0.5, 0.1, 0.9]) > 0.0 {
                let rim: Vec<[f32; 3]> = (0..=10_u8)
                    .map(|n| {
                        let (sin, cos) = sin_cos(f32::from(n) * 36.0);
                        [side * 0.17 + 0.11 * cos, 0.02 + 0.09 * sin, 0.42 - 0.25 * (0.17 + 0.11 * cos * side)]
                    })
                    .collect();
                head.line(drawing, &rim, pen);
            }
        }
        head.line(drawing, &[[-0.06, 0.05, 0.42], [0.06, 0.05, 0.42]], pen);
    }
}

fn nose(drawing: &mut Drawing, head: &Head<'_>, visible: f32, pen: Pen) {
    let skin = head.lit.tone(Tone::grey(0.05));
    let turned = head.skull.left.dot(head.view);
    if turned.abs() > 0.3 {
        // From the side the nose stands out of the face.
        let profile = [[0.0, 0.1, 0.39], [0.0, -0.09, 0.53], [0.0, -0.15, 0.5], [0.0, -0.17, 0.39]];
        drawing.area(head.polygon(&profile), skin);
        head.line(drawing, &profile, if turned.abs() > 0.75 { head.lit.contour() } else { pen.weighing(1.2) });
        if turned.abs() > 0.8 {
            let lips =
                [[0.0, -0.17, 0.39], [0.0, -0.22, 0.42], [0.0, -0.255, 0.38], [0.0, -0.29, 0.41], [0.0, -0.33, 0.36]];
            drawing.area(head.polygon(&lips), skin);
            head.line(drawing, &lips, head.lit.contour());
        }
    } else if visible > 0.2 {
        let side = if turned > 0.0 { 1.0 } else { -1.0 };
        head.line(drawing, &[[side * 0.035, 0.06, 0.42], [side * 0.04, -0.08, 0.47], [side * 0.07, -0.13, 0.42]], pen);
        head.line(drawing, &[[-0.05, -0.15, 0.43], [0.0, -0.165, 0.46], [0.05, -0.15, 0.43]], pen);
    }
}

fn eye(drawing: &mut Drawing, head: &Head<'_>, side: f32, mood: Mood, big: f32) {
    let pen = head.lit.detail();
    let open = match mood {
        Mood::Asleep => 0.0,
        Mood::Startled => 1.3,
        Mood::Angry | Mood::Shouting | Mood::Happy => 0.75,
        _ => 1.0,
    };
    let on = |out: f32, up: f32| [side * out, 0.03 + up, 0.4 - 0.36 * (out - 0.06)];
    if open == 0.0 {
        return head.line(drawing, &[on(0.09, 0.0), on(0.17, -0.025), on(0.26, 0.0)], pen.weighing(1.2));
    }
    if big < 0.1 {
        return head.line(drawing, &[on(0.13, 0.015 * open), on(0.2, -0.02 * open)], pen.weighing(2.2));
    }
    let lid = [on(0.08, -0.01), on(0.12, 0.035 * open), on(0.18, 0.05 * open), on(0.24, 0.03 * open), on(0.275, 0.0)];
    let low = [on(0.24, -0.03 * open), on(0.17, -0.042 * open), on(0.11, -0.032 * open)];
    let white: Vec<[f32; 3]> = lid.iter().chain(&low).copied().collect();
    drawing.area(head.polygon(&white), head.lit.tone(Tone::grey(0.0)));
    let iris: Vec<[f32; 3]> = (0..10_u8)
        .map(|n| {
            let (sin, cos) = sin_cos(f32::from(n) * 36.0);
            on(0.175 + 0.042 * cos, 0.006 + (0.042 * sin).clamp(-0.042 * open, 0.042 * open))
        })
        .collect();
    drawing.area(head.polygon(&iris), Tone::grey(0.9));
    if big > 0.3 {
        let spark: Vec<[f32; 3]> =
            [(0.012, 0.0), (0.0, 0.012), (-0.012, 0.0), (0.0, -0.012)].map(|(x, y)| on(0.188 + x, 0.022 + y)).to_vec();
        drawing.area(head.polygon(&spark), Tone::grey(0.0));
    }
    head.line(drawing, &lid, pen.weighing(1.7));
    head.line(drawing, &[on(0.24, -0.03 * open), on(0.17, -0.042 * open), on(0.11, -0.032 * open)], pen.weighing(0.6));
    if big > 0.18 {
        head.line(drawing, &[on(0.1, 0.05 * open), on(0.18, 0.078 * open), on(0.26, 0.045 * open)], pen.weighing(0.5));
    }
}

fn mouth(drawing: &mut Drawing, head: &Head<'_>, mood: Mood, big: f32, pen: Pen) {
    let (corner, wide) = match mood {
        Mood::Happy => (0.045, 0.155),
        Mood::Sad => (-0.035, 0.12),
        Mood::Angry => (-0.02, 0.12),
        _ => (0.0, 0.125),
    };
    let on = |out: f32, up: f32| [out, -0.26 + up, 0.41 - 0.9 * out * out * 3.0];
    let (across, down) = match mood {
        Mood::Startled => (0.05, 0.045),
        Mood::Shouting => (0.075, 0.075),
        _ => (0.0, 0.0),
    };
    if across > 0.0 {
        let open: Vec<[f32; 3]> = (0..12_u8)
            .map(|n| {
                let (sin, cos) = sin_cos(f32::from(n) * 30.0);
                on(across * cos, down * sin - 0.01)
            })
            .collect();
        return drawing.shape(head.polygon(&open), Tone::grey(0.8), pen);
    }
    head.line(
        drawing,
        &[on(-wide, corner), on(-wide * 0.4, -0.005), on(0.0, 0.004), on(wide * 0.4, -0.005), on(wide, corner)],
        pen.weighing(1.2),
    );
    if big > 0.15 {
        head.line(drawing, &[on(-0.05, -0.06), on(0.0, -0.068), on(0.05, -0.06)], pen.weighing(0.6));
    }
}

fn beard(drawing: &mut Drawing, head: &Head<'_>, look: &Person) {
    let tone = head.lit.tone(look.hair_tone);
    let full = [
        [-0.33, -0.05, 0.1],
        [-0.24, -0.2, 0.3],
        [-0.12, -0.17, 0.4],
        [0.0, -0.16, 0.43],
        [0.12, -0.17, 0.4],
        [0.24, -0.2, 0.3],
        [0.33, -0.05, 0.1],
        [0.24, -0.42, 0.2],
        [0.0, -0.6, 0.26],
        [-0.24, -0.42, 0.2],
    ];
    let seen: Vec<[f32; 3]> =
        full.into_iter().filter(|&[out, _, forward]| head.shows([out, 0.0, forward]) > -0.2).collect();
    drawing.shape(head.polygon(&seen), tone, head.lit.detail());
    head.line(
        drawing,
        &[[-0.08, -0.27, 0.43], [0.0, -0.265, 0.44], [0.08, -0.27, 0.43]],
        head.lit.detail().weighing(1.4),
    );
}
