//! Animals drawn: four-legged ones and birds, from a few measures.

use super::body::Lit;
use super::skeleton::Axes;
use crate::frame::lexicon::{Beast, Bird, Ear, Pose};
use crate::frame::marks::{Drawing, Tone};
use crate::frame::space::{Camera, V3, v3};

/// How an animal holds itself; read from the pose a body of two legs would have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gait {
    Stand,
    Walk,
    Run,
    Sit,
    Lie,
    Fly,
}

impl Gait {
    fn of(pose: &Pose) -> Self {
        match pose.name.as_str() {
            "walking" | "sneaking" | "limping" | "climbing" => Self::Walk,
            "running" | "jumping" | "fighting" | "punching" => Self::Run,
            "sitting" | "crouching" | "kneeling" => Self::Sit,
            "lying" | "fallen" => Self::Lie,
            "flying" | "falling" | "waving" => Self::Fly,
            _ => Self::Stand,
        }
    }
}

/// Where the middle of a beast's head is, in metres above its place, and how far forward.
#[must_use]
pub fn beast_head(beast: &Beast, pose: &Pose) -> (f32, f32) {
    let (chest, _) = trunk(beast, Gait::of(pose));
    let (up, forward) = neck(beast);
    (chest[0] + up, chest[1] + forward)
}

/// Chest and rump: up and forward.
fn trunk(beast: &Beast, gait: Gait) -> ([f32; 2], [f32; 2]) {
    let belly = beast.height * (1.0 - beast.leg) * 0.5;
    let back = beast.height - belly;
    let half = beast.length / 2.0;
    match gait {
        Gait::Sit => ([back * 0.98, half * 0.62], [belly * 1.05, -half * 0.7]),
        Gait::Lie => ([belly * 1.15, half], [belly, -half]),
        Gait::Run | Gait::Fly => ([back * 1.08, half], [back * 0.98, -half]),
        _ => ([back, half], [back * 0.99, -half]),
    }
}

fn neck(beast: &Beast) -> (f32, f32) {
    (beast.neck * 0.78 + beast.height * 0.1, beast.neck * 0.55 + beast.height * 0.12)
}

/// How far it reaches from its middle, in metres: to its nose, which is farther away than its tail.
#[must_use]
pub fn beast_reach(beast: &Beast) -> f32 {
    (beast.length * 0.5 + neck(beast).1 + beast.muzzle * 0.8 + skull(beast) * 1.1) * 1.1
}

fn skull(beast: &Beast) -> f32 {
    let thick = beast.height * (1.0 - beast.leg) * 0.5;
    (beast.height * 0.1 + thick * 0.22) * beast.head
}

/// Draws a four-legged animal, in a colour of its own where its look names one.
#[expect(clippy::too_many_arguments, reason = "what a body needs to be drawn, as for people")]
pub fn beast(
    drawing: &mut Drawing,
    camera: &Camera,
    beast: &Beast,
    coat: Option<Tone>,
    pose: &Pose,
    place: V3,
    yaw: f32,
    lit: Lit,
) {
    let gait = Gait::of(pose);
    let axes = Axes::facing(yaw);
    let at = |up: f32, forward: f32, left: f32| place + axes.point([left, up, forward]);
    let ([chest_up, chest_on], [rump_up, rump_on]) = trunk(beast, gait);
    let thick = beast.height * (1.0 - beast.leg) * 0.5;
    let tone = lit.tone(coat.unwrap_or_else(|| beast.tint.map_or(Tone::grey(0.34), Tone::tinted)));
    let pen = lit.contour();
    let wide = thick * 0.5;
    let chest = at(chest_up, chest_on, 0.0);
    let rump = at(rump_up, rump_on, 0.0);
    let (neck_up, neck_on) = neck(beast);
    let head = at(chest_up + neck_up, chest_on + neck_on, 0.0);
    let skull = skull(beast);

    let strides: [(f32, f32); 4] = match gait {
        Gait::Walk => [(0.3, 0.0), (-0.25, 0.05), (-0.28, 0.0), (0.25, 0.06)],
        Gait::Run | Gait::Fly => [(0.75, 0.35), (0.55, 0.2), (-0.7, 0.2), (-0.5, 0.35)],
        _ => [(0.06, 0.0), (-0.04, 0.0), (0.05, 0.0), (-0.05, 0.0)],
    };
    let leg_long = beast.height * beast.leg;
    let leg = |drawing: &mut Drawing, n: usize, left: f32| {
        let hind = n > 1;
        let (root_up, root_on) = if hind { (rump_up, rump_on) } else { (chest_up, chest_on) };
        let (stride, lift) = strides[n];
        let root = at(root_up - thick * 0.2, root_on, left);
        let (foot, knee) = match (gait, hind) {
            (Gait::Lie, _) => (
                at(0.03 * beast.height, root_on + leg_long * 0.8, left * 1.3),
                at(thick * 0.5, root_on + leg_long * 0.1, left * 1.4),
            ),
            (Gait::Sit, true) => {
                (at(0.0, root_on + leg_long * 0.55, left * 1.3), at(thick * 0.9, root_on + leg_long * 0.5, left * 1.3))
            }
            _ => {
                let foot = at(lift * leg_long, root_on + stride * leg_long, left);
                let back = if hind { -0.16 } else { 0.05 };
                (foot, root.towards(foot, 0.55) + axes.forward * (back * leg_long))
            }
        };
        let thigh = if hind { 0.62 } else { 0.42 };
        let parts = vec![
            camera.balls(&[(knee, thick * 0.17), (foot + v3(0.0, thick * 0.12, 0.0), thick * 0.11)]),
            camera.balls(&[(root, thick * thigh), (knee, thick * 0.2)]),
        ];
        drawing.joined(parts, tone.darker(if left * axes.left.z > 0.0 { 0.25 } else { 0.0 }), pen);
        drawing.shape(
            camera.balls(&[
                (foot + v3(0.0, thick * 0.08, 0.0), thick * 0.15),
                (foot + v3(0.0, thick * 0.06, 0.0) + axes.forward * (thick * 0.14), thick * 0.1),
            ]),
            tone.darker(0.4),
            pen,
        );
    };
    // The side away from the camera first.
    let near = if axes.left.dot(camera.eye - place) > 0.0 { 1.0 } else { -1.0 };
    let away = axes.forward.dot(camera.eye - place) < 0.0;
    for n in [0, 2] {
        leg(drawing, n, -near * wide);
    }
    tail(drawing, camera, beast, rump, axes, thick, tone, lit);
    if away {
        head_of(drawing, camera, beast, chest, head, skull, axes, thick, tone, lit);
    }
    let belly = chest.towards(rump, 0.62) + axes.up * (thick * 0.12);
    let mut trunk = vec![
        camera.balls(&[(belly, thick * 0.72), (rump, thick * 0.84)]),
        camera.balls(&[(chest, thick * 1.0), (belly, thick * 0.72)]),
    ];
    if gait == Gait::Sit {
        trunk.push(camera.balls(&[
            (rump, thick * 1.0),
            (at(rump_up * 0.9, rump_on + thick * 0.4, near * wide * 0.8), thick * 0.75),
        ]));
    }
    drawing.joined(trunk, tone, pen);
    if beast.shaggy && lit.near > 0.5 {
        fur(drawing, camera, [chest, belly, rump], axes, thick, near, lit);
    }
    for n in [3, 1] {
        leg(drawing, n, near * wide);
    }
    if lit.least < 0.5 {
        drawing.wash(
            camera.balls(&[
                (chest - v3(0.0, thick * 0.6, 0.0), thick * 0.32),
                (rump - v3(0.0, thick * 0.55, 0.0), thick * 0.3),
            ]),
            0.16,
        );
    }
    if !away {
        head_of(drawing, camera, beast, chest, head, skull, axes, thick, tone, lit);
    }
}

/// Tufts of a long coat along the side that is seen.
fn fur(
    drawing: &mut Drawing,
    camera: &Camera,
    [chest, belly, rump]: [V3; 3],
    axes: Axes,
    thick: f32,
    near: f32,
    lit: Lit,
) {
    for (from, to) in [(chest, belly), (belly, rump)] {
        for n in 0..5_u8 {
            let along = from.towards(to, f32::from(n) / 5.0) + axes.left * (near * thick * 0.7);
            for (up, long) in [(0.35, 0.3), (-0.15, 0.34), (-0.6, 0.4)] {
                let shift = if n % 2 == 0 { 0.0 } else { 0.16 };
                let root = along + axes.up * ((up + shift) * thick);
                let tip = root - axes.up * (long * thick) - axes.forward * (0.2 * thick);
                for run in camera.line(&[root, root.towards(tip, 0.5) - axes.forward * (0.02 * thick), tip]) {
                    drawing.stroke(run, lit.detail().weighing(0.7));
                }
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "the beast's measures, taken once by its only caller")]
fn tail(drawing: &mut Drawing, camera: &Camera, beast: &Beast, rump: V3, axes: Axes, thick: f32, tone: Tone, lit: Lit) {
    let root = rump - axes.forward * (thick * 0.8) + axes.up * (thick * 0.4);
    let drop = if beast.tail > 0.5 * beast.height { -0.55 } else { 0.25 };
    let tip = root - axes.forward * (beast.tail * 0.75) + axes.up * (beast.tail * drop);
    let bend = root.towards(tip, 0.5) + axes.up * (beast.tail * 0.16);
    let parts = vec![
        camera.balls(&[(bend, thick * 0.15), (tip, thick * 0.1)]),
        camera.balls(&[(root, thick * 0.2), (bend, thick * 0.15)]),
    ];
    drawing.joined(parts, tone, lit.contour());
}

#[expect(clippy::too_many_arguments, reason = "the beast's measures, taken once by its only caller")]
fn head_of(
    drawing: &mut Drawing,
    camera: &Camera,
    beast: &Beast,
    chest: V3,
    head: V3,
    skull: f32,
    axes: Axes,
    thick: f32,
    tone: Tone,
    lit: Lit,
) {
    let pen = lit.contour();
    let nose = head + axes.forward * (skull * 0.6 + beast.muzzle * 0.8) - axes.up * (beast.muzzle * 0.45);
    let neck = camera
        .balls(&[(chest + axes.up * (thick * 0.2), thick * 0.72), (head - axes.forward * (skull * 0.2), skull * 0.66)]);
    let face = camera.balls(&[(head, skull), (nose, skull * 0.52)]);
    let ears = |drawing: &mut Drawing, left: f32| {
        let root = head + axes.up * (skull * 0.7) + axes.left * (left * skull * 0.62);
        let (tip, wide) = match beast.ear {
            Ear::None => return,
            Ear::Pointed => (root + axes.up * (skull * 0.95) + axes.left * (left * skull * 0.2), 0.32),
            Ear::Floppy => (root + axes.left * (left * skull * 0.65) - axes.up * (skull * 0.65), 0.3),
            Ear::Round => (root + axes.up * (skull * 0.3) + axes.left * (left * skull * 0.2), 0.36),
            Ear::Broad => (root + axes.left * (left * skull * 1.3) - axes.up * (skull * 0.9), 0.9),
            Ear::Long => (root + axes.up * (skull * 2.1) - axes.forward * (skull * 0.4), 0.28),
        };
        let end = if beast.ear == Ear::Pointed { 0.08 } else { 1.0 };
        drawing.shape(camera.balls(&[(root, skull * wide), (tip, skull * wide * end)]), tone.darker(0.15), pen);
        if beast.horns {
            let horn = [
                root + axes.up * (skull * 0.2),
                root + axes.up * (skull * 1.1) + axes.left * (left * skull * 0.7),
                root + axes.up * (skull * 1.9) + axes.left * (left * skull * 0.5),
            ];
            for run in camera.line(&horn) {
                drawing.stroke(run, pen.weighing(2.0));
            }
        }
    };
    let near = if axes.left.dot(camera.eye - head) > 0.0 { 1.0 } else { -1.0 };
    ears(drawing, -near);
    drawing.joined(vec![neck, face], tone, pen);
    if beast.mane {
        let along = |t: f32, out: f32| {
            chest.towards(head, t) + axes.up * (thick * (0.55 + out)) - axes.forward * (thick * (0.5 - 0.4 * t))
        };
        drawing.shape(
            camera.balls(&[(along(0.1, 0.0), thick * 0.2), (along(1.0, 0.1), thick * 0.26)]),
            tone.darker(0.5),
            pen,
        );
    }
    ears(drawing, near);
    let toward = axes.forward.dot((camera.eye - head).unit());
    for left in [-1.0, 1.0] {
        let eye = head + axes.forward * (skull * 0.72) + axes.left * (left * skull * 0.55) + axes.up * (skull * 0.28);
        let shown = toward > 0.3 || left * near > 0.0 && toward > -0.5;
        if shown {
            drawing.area(camera.balls(&[(eye, skull * 0.13)]), Tone::grey(0.95));
        }
    }
    if toward > -0.4 {
        drawing.area(camera.balls(&[(nose + axes.forward * (skull * 0.36), skull * 0.2)]), Tone::grey(0.9));
        let mouth = [
            nose + axes.forward * (skull * 0.36) - axes.up * (skull * 0.3),
            nose - axes.up * (skull * 0.42) + axes.left * (near * skull * 0.3),
            head - axes.up * (skull * 0.5) + axes.left * (near * skull * 0.55) + axes.forward * (skull * 0.5),
        ];
        for run in camera.line(&mouth) {
            drawing.stroke(run, lit.detail());
        }
    }
}

/// Draws a bird.
pub fn bird(drawing: &mut Drawing, camera: &Camera, bird: &Bird, pose: &Pose, place: V3, yaw: f32, lit: Lit) {
    let h = bird.height;
    let axes = Axes::facing(yaw);
    let at = |up: f32, forward: f32, left: f32| place + axes.point([left * h, up * h, forward * h]);
    let tone = lit.tone(bird.tint.map_or(Tone::grey(0.4), Tone::tinted));
    let pen = lit.contour();
    let flies = Gait::of(pose) == Gait::Fly;
    let near = if axes.left.dot(camera.eye - place) > 0.0 { 1.0 } else { -1.0 };
    let wing = |drawing: &mut Drawing, left: f32| {
        let outline = if flies {
            vec![
                at(0.62, 0.25, left * 0.12),
                at(0.95, 0.2, left * 0.75),
                at(1.0, -0.02, left * 1.35),
                at(0.82, -0.22, left * 0.85),
                at(0.6, -0.25, left * 0.14),
            ]
        } else {
            vec![
                at(0.66, 0.16, left * 0.2),
                at(0.6, -0.12, left * 0.24),
                at(0.42, -0.52, left * 0.14),
                at(0.4, -0.08, left * 0.24),
            ]
        };
        drawing.shape(camera.polygon(&outline), tone.darker(0.25), pen);
    };
    if !flies {
        for left in [-0.08, 0.08] {
            for run in camera.line(&[at(0.4, 0.0, left), at(0.0, 0.04, left), at(0.0, 0.16, left)]) {
                drawing.stroke(run, pen);
            }
        }
    }
    wing(drawing, -near);
    let body = vec![
        camera.balls(&[(at(0.45, -0.25, 0.0), h * 0.1), (at(0.36, -0.55, 0.0), h * 0.04)]),
        camera.balls(&[(at(0.52, 0.08, 0.0), h * 0.22), (at(0.48, -0.22, 0.0), h * 0.12)]),
        camera.balls(&[(at(0.85, 0.2, 0.0), h * 0.14), (at(0.6, 0.12, 0.0), h * 0.15)]),
    ];
    drawing.joined(body, tone, pen);
    wing(drawing, near);
    let beak = camera.balls(&[(at(0.85, 0.32, 0.0), h * 0.05), (at(0.82, 0.5, 0.0), h * 0.012)]);
    drawing.shape(beak, lit.tone(Tone::tinted([226, 160, 52])), pen);
    for left in [-1.0, 1.0] {
        if left * near > 0.0 || axes.forward.dot((camera.eye - place).unit()) > 0.4 {
            drawing.area(camera.balls(&[(at(0.89, 0.25, left * 0.1), h * 0.028)]), Tone::grey(0.95));
        }
    }
}
