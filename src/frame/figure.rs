//! Mannequins: a body with joints, distinct by the character's name, and simple shapes for things.

use std::f32::consts::{PI, TAU};

use super::composition::Placed;
use super::pencil::{Pencil, Point};
use super::pose::Pose;
use crate::board::Facing;

/// What tells one character from another at a glance, drawn from the name alone so that it never changes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Build {
    /// Breadth, 1 on average.
    breadth: f32,
    /// Height, 1 on average.
    height: f32,
    /// Which of [`HAIRS`] styles of hair.
    hair: u32,
    /// Which of [`CLOTHS`] ways of hatching.
    cloth: u32,
}

const HAIRS: u32 = 5;
const CLOTHS: u32 = 5;

impl Build {
    fn of(name: &str) -> Self {
        let hash = hash(name);
        let share = |shift: u32| ((hash >> shift) & 0xff) as f32 / 255.0;
        Self {
            breadth: 0.86 + 0.42 * share(0),
            height: 0.93 + 0.1 * share(8),
            hair: (hash >> 16) % HAIRS,
            cloth: (hash >> 24) % CLOTHS,
        }
    }
}

/// FNV-1a, upper and lower case alike.
fn hash(name: &str) -> u32 {
    name.to_lowercase().bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// From a body's own coordinates (along its look, up, in body heights) to the panel.
#[derive(Clone, Copy)]
struct Body {
    x: f32,
    feet: f32,
    height: f32,
    /// 1 where it looks to the right, -1 to the left.
    side: f32,
    lying: bool,
}

impl Body {
    fn at(self, (along, up): Point) -> Point {
        if self.lying {
            // Feet to one side, head to the other, the back on the ground.
            return (self.x + (up - 0.5) * self.height * self.side, self.feet - (0.07 + along) * self.height);
        }
        (self.x + along * self.height * self.side, self.feet - up * self.height)
    }
}

/// Draws a character.
pub(super) fn body(pencil: &mut Pencil<'_>, placed: &Placed) {
    let build = Build::of(&placed.name);
    let frontal = matches!(placed.facing, Facing::Camera | Facing::Away) && placed.pose != Pose::Lying;
    let side = if placed.facing == Facing::Left { -1.0 } else { 1.0 };
    let height = placed.height * build.height;
    let body = Body { x: placed.x, feet: placed.feet, height, side, lying: placed.pose == Pose::Lying };
    let joints = placed.pose.joints();
    // Seen from the front, both sides spread about the spine; steps forward are hardly seen.
    let (spread, hips, depth) = if frontal { (0.115 * build.breadth, 0.07, 0.3) } else { (0.022, 0.018, 1.0) };
    let near = |(along, up): Point, out: f32| (along * depth + out, up);
    let far = |(along, up): Point, out: f32| (along * depth - out, up);
    let arm = 0.036 * build.breadth;
    let leg = 0.052 * build.breadth;
    // The round of the shoulder starts below the torso's top edge.
    let socket = (joints.shoulder.0, joints.shoulder.1 - if frontal { 0.025 } else { 0.01 });
    let hand = |out: f32| out * if frontal { 1.35 } else { 1.0 };

    let far_leg = [far(joints.hip, hips), far(joints.far_leg[0], hips * 1.05), far(joints.far_leg[1], hips * 1.1)];
    let near_leg =
        [near(joints.hip, hips), near(joints.near_leg[0], hips * 1.05), near(joints.near_leg[1], hips * 1.1)];
    let far_arm = [far(socket, spread), far(joints.far_arm[0], hand(spread)), far(joints.far_arm[1], hand(spread))];
    let near_arm =
        [near(socket, spread), near(joints.near_arm[0], hand(spread)), near(joints.near_arm[1], hand(spread))];

    shadow(pencil, body);
    limb(pencil, body, far_arm, [arm, arm * 0.85, arm * 0.65]);
    limb(pencil, body, far_leg, [leg * 1.15, leg * 0.8, leg * 0.55]);
    foot(pencil, body, far_leg, frontal, -1.0);
    limb(pencil, body, near_leg, [leg * 1.15, leg * 0.8, leg * 0.55]);
    foot(pencil, body, near_leg, frontal, 1.0);
    if frontal {
        torso(pencil, body, joints.shoulder, joints.hip, spread, &build, frontal);
        limb(pencil, body, near_arm, [arm, arm * 0.85, arm * 0.65]);
    } else {
        torso(pencil, body, joints.shoulder, joints.hip, 0.075 * build.breadth, &build, frontal);
        limb(pencil, body, near_arm, [arm, arm * 0.85, arm * 0.65]);
    }
    let neck = [near(joints.neck, 0.0), near(joints.head, 0.0)];
    capsule(pencil, body, neck[0], neck[1], 0.03, 0.026);
    head(pencil, body, near(joints.head, 0.0), placed.facing, &build);
}

/// What grounds a figure.
fn shadow(pencil: &mut Pencil<'_>, body: Body) {
    let wide = body.height * if body.lying { 0.55 } else { 0.16 };
    let oval = ellipse((body.x + 0.05 * body.height, body.feet), wide, wide * 0.16, 0.0);
    let light = pencil.light();
    pencil.hatch(&oval, 0.0, (body.height * 0.012).max(0.006), light);
}

fn limb(pencil: &mut Pencil<'_>, body: Body, [from, bend, to]: [Point; 3], [a, b, c]: [f32; 3]) {
    capsule(pencil, body, from, bend, a, b);
    capsule(pencil, body, bend, to, b, c);
    // The end: a hand or an ankle.
    let (x, y) = body.at(to);
    let end = ellipse((x, y), c * 1.15 * body.height, c * 1.25 * body.height, 0.0);
    let ink = pencil.ink();
    pencil.shape(&end, ink);
}

fn foot(pencil: &mut Pencil<'_>, body: Body, [_, _, (along, up)]: [Point; 3], frontal: bool, out: f32) {
    let (long, thick) = if frontal { (0.05, 0.035) } else { (0.1, 0.035) };
    let toe = if frontal { out * 0.02 } else { 0.05 };
    let points: Vec<Point> = [(-0.5, 0.0), (-0.45, 0.8), (0.0, 1.0), (0.4, 0.55), (0.55, 0.0)]
        .iter()
        .map(|&(x, y)| body.at((along + toe + x * long, up + y * thick)))
        .collect();
    let ink = pencil.ink();
    pencil.shape(&points, ink);
}

/// A limb's segment: two half circles and what lies between.
fn capsule(pencil: &mut Pencil<'_>, body: Body, from: Point, to: Point, a: f32, b: f32) {
    let ((x0, y0), (x1, y1)) = (body.at(from), body.at(to));
    let (a, b) = (a * body.height, b * body.height);
    let along = (y1 - y0).atan2(x1 - x0);
    let arc = |(x, y): Point, radius: f32, start: f32| {
        (0..=6).map(move |n| {
            let angle = start + PI * n as f32 / 6.0;
            (x + radius * angle.cos(), y + radius * angle.sin())
        })
    };
    let outline: Vec<Point> = arc((x0, y0), a, along + PI / 2.0).chain(arc((x1, y1), b, along - PI / 2.0)).collect();
    let ink = pencil.ink();
    pencil.shape(&outline, ink);
}

fn torso(pencil: &mut Pencil<'_>, body: Body, shoulder: Point, hip: Point, wide: f32, build: &Build, frontal: bool) {
    let down = |t: f32, out: f32| {
        let spine = (shoulder.0 + (hip.0 - shoulder.0) * t, shoulder.1 + (hip.1 - shoulder.1) * t);
        body.at((spine.0 * if frontal { 0.3 } else { 1.0 } + out, spine.1))
    };
    let top = if frontal { 1.12 } else { 0.75 };
    let right = [(-0.08, 0.45), (0.0, top), (0.3, 0.98), (0.65, 0.78), (1.0, 0.9), (1.12, 0.75)];
    let mut outline: Vec<Point> = right.iter().map(|&(t, out)| down(t, out * wide)).collect();
    outline.extend(right.iter().rev().map(|&(t, out)| down(t, -out * wide)));
    let ink = pencil.ink();
    pencil.shape(&outline, ink);
    let light = pencil.light();
    let gap = (body.height * 0.016).max(0.006);
    match build.cloth {
        0 => pencil.faint(&[down(0.0, 0.0), down(0.5, 0.01), down(1.0, 0.0)], light),
        1 => pencil.hatch(&outline, 0.9, gap, light),
        2 => {
            pencil.hatch(&outline, 0.8, gap * 1.6, light);
            pencil.hatch(&outline, -0.8, gap * 1.6, light);
        }
        3 => pencil.hatch(&outline, 0.0, gap * 2.0, ink),
        _ => pencil.hatch(&outline, PI / 2.0, gap, ink),
    }
}

fn head(pencil: &mut Pencil<'_>, body: Body, centre: Point, facing: Facing, build: &Build) {
    let (wide, high) = (0.054 * build.breadth.sqrt() * body.height, 0.07 * body.height);
    let (x, y) = body.at(centre);
    let turn = if body.lying { PI / 2.0 } else { 0.0 };
    let at = |dx: f32, dy: f32| {
        let (sin, cos) = turn.sin_cos();
        (x + (dx * wide * cos + dy * high * sin), y + (-dx * wide * sin + dy * high * cos))
    };
    let egg: Vec<Point> = (0..24)
        .map(|n| {
            let (sin, cos) = (TAU * n as f32 / 24.0).sin_cos();
            // Narrower towards the chin.
            at(cos * (1.0 - 0.2 * sin.max(0.0)), sin)
        })
        .collect();
    let (ink, light) = (pencil.ink(), pencil.light());
    pencil.shape(&egg, ink);
    let look = match facing {
        Facing::Left => -1.0,
        Facing::Right => 1.0,
        Facing::Camera | Facing::Away => 0.0,
    };
    if facing != Facing::Away {
        // The cross that says where a head looks.
        pencil.faint(&[at(look * 0.45, -0.85), at(look * 0.62, 0.05), at(look * 0.4, 0.9)], light);
        pencil.faint(&[at(-0.85, 0.0), at(0.0, 0.1), at(0.85, 0.0)], light);
        face(pencil, look, high, &at);
    }
    if look != 0.0 {
        pencil.line(&[at(look * 0.95, -0.05), at(look * 1.22, 0.22), at(look * 0.9, 0.3)], ink);
    }
    hair(pencil, build.hair, look, facing == Facing::Away, high, &at);
}

fn face(pencil: &mut Pencil<'_>, look: f32, high: f32, at: &impl Fn(f32, f32) -> Point) {
    let ink = pencil.ink();
    let eyes: &[f32] = if look == 0.0 { &[-0.38, 0.38] } else { &[look * 0.6] };
    for &eye in eyes {
        pencil.line(&[at(eye - 0.16, -0.2), at(eye + 0.16, -0.22)], ink);
        let pupil = ellipse(at(eye, 0.02), 0.075 * high, 0.075 * high, 0.0);
        pencil.fill(&pupil, ink.colour, ink.dark);
    }
    pencil.line(&[at(look * 0.55 - 0.22, 0.56), at(look * 0.55, 0.6), at(look * 0.55 + 0.22, 0.55)], ink);
    if look == 0.0 {
        pencil.faint(&[at(0.02, 0.05), at(0.09, 0.3), at(-0.04, 0.32)], ink);
    }
}

fn hair(pencil: &mut Pencil<'_>, kind: u32, look: f32, away: bool, high: f32, at: &impl Fn(f32, f32) -> Point) {
    let ink = pencil.ink();
    let back = -look * 0.3;
    // How far down the hair goes behind, and in front.
    let (long, fringe) = match kind {
        0 => (-0.1, -0.5),
        1 => (0.9, -0.45),
        2 => (0.25, -0.62),
        3 => (-0.35, -0.7),
        _ => (0.05, -0.35),
    };
    let fringe = if away { long } else { fringe };
    let sides = |side: f32| if look == 0.0 || side * look < 0.0 { long } else { fringe };
    // The skull's edge at the height where the hair ends, so that nothing juts out before the face.
    let edge = |end: f32| if end < 0.0 { 1.06 * (1.0 - end * end).sqrt() } else { 1.06 };
    let mut cap: Vec<Point> = vec![at(-edge(sides(-1.0)), sides(-1.0))];
    cap.extend((1..10).filter_map(|n| {
        let (sin, cos) = (PI + PI * n as f32 / 10.0).sin_cos();
        (sin * 1.12 < sides(cos.signum())).then(|| at(cos * 1.1 + back * 0.2, sin * 1.12 - 0.02))
    }));
    cap.push(at(edge(sides(1.0)), sides(1.0)));
    cap.push(at(0.7, (fringe + sides(1.0)) / 2.0));
    cap.push(at(0.0 + look * 0.3, fringe));
    cap.push(at(-0.7, (fringe + sides(-1.0)) / 2.0));
    match kind {
        // Short and cropped is a tone, not a contour.
        3 => pencil.hatch(&cap, 1.2, 0.1 * high, ink),
        4 => {
            pencil.shape(&cap, ink);
            // A hat's brim, or a bun, by where it looks.
            pencil.line(&[at(-1.35, fringe), at(0.0, fringe - 0.1), at(1.35, fringe)], ink);
        }
        _ => {
            pencil.shape(&cap, ink);
            pencil.hatch(&cap, if kind == 1 { 1.5 } else { 0.7 }, 0.09 * high, ink);
        }
    }
}

/// Draws a body seen straight down: shoulders, head, and the way it looks.
pub(super) fn plan(pencil: &mut Pencil<'_>, placed: &Placed, size: f32) {
    let build = Build::of(&placed.name);
    let (ink, at) = (pencil.ink(), (placed.x, placed.feet));
    let (dx, dy) = match placed.facing {
        Facing::Left => (-1.0, 0.0),
        Facing::Right => (1.0, 0.0),
        Facing::Camera => (0.0, 1.0),
        Facing::Away => (0.0, -1.0),
    };
    let turn = f32::atan2(dy, dx) + PI / 2.0;
    pencil.shape(&ellipse(at, size * 0.5 * build.breadth, size * 0.2, turn), ink);
    let ahead = |far: f32| (at.0 + dx * far * size, at.1 + dy * far * size);
    let skull = ellipse(ahead(0.04), size * 0.17, size * 0.19, turn);
    pencil.shape(&skull, ink);
    pencil.hatch(&skull, 0.8, 0.012, ink);
    pencil.line(&[ahead(0.3), ahead(0.42)], ink);
}

/// Draws a thing: one of a few simple solids by its name, standing on its ground.
pub(super) fn thing(pencil: &mut Pencil<'_>, x: f32, ground: f32, size: f32, name: &str) {
    let (ink, light) = (pencil.ink(), pencil.light());
    let at = |dx: f32, dy: f32| (x + dx * size, ground - dy * size);
    let oval = ellipse(at(0.08, 0.0), size * 0.5, size * 0.07, 0.0);
    pencil.hatch(&oval, 0.0, 0.007, light);
    let has = |words: &[&str]| words.iter().any(|word| name.to_lowercase().contains(word));
    if has(&["bottle", "flask", "vial", "bouteille", "botella", "瓶"]) {
        let side = [(0.1, 1.0), (0.1, 0.68), (0.22, 0.52), (0.22, 0.0)];
        let mut outline: Vec<Point> = side.iter().map(|&(dx, dy)| at(dx, dy)).collect();
        outline.extend(side.iter().rev().map(|&(dx, dy)| at(-dx, dy)));
        pencil.shape(&outline, ink);
        pencil.faint(&[at(-0.12, 0.45), at(-0.12, 0.1)], light);
        pencil.shape(&[at(-0.08, 1.12), at(0.08, 1.12), at(0.08, 1.0), at(-0.08, 1.0)], ink);
    } else if has(&["letter", "book", "map", "paper", "photo", "card", "lettre", "livre", "carta", "信", "书"]) {
        let sheet = [at(-0.5, 0.1), at(0.32, 0.0), at(0.5, 0.55), at(-0.3, 0.65)];
        pencil.shape(&sheet, ink);
        for line in 1..4 {
            let y = 0.02 + 0.14 * line as f32;
            pencil.faint(&[at(-0.36 + 0.05 * line as f32, y + 0.07), at(0.3 + 0.03 * line as f32, y)], light);
        }
    } else if has(&["core", "ball", "orb", "lamp", "lantern", "stone", "globe", "moon", "thing", "croissant"]) {
        let round = ellipse(at(0.0, 0.42), size * 0.42, size * 0.42, 0.0);
        pencil.shape(&round, ink);
        pencil.hatch(&ellipse(at(0.14, 0.3), size * 0.24, size * 0.26, 0.0), 0.8, 0.012, light);
    } else {
        let (front, back) = ([at(-0.42, 0.0), at(0.3, 0.0), at(0.3, 0.62), at(-0.42, 0.62)], (0.18, 0.16));
        let top = [at(-0.42, 0.62), at(0.3, 0.62), at(0.3 + back.0, 0.62 + back.1), at(-0.42 + back.0, 0.62 + back.1)];
        let flank = [at(0.3, 0.0), at(0.3 + back.0, back.1), at(0.3 + back.0, 0.62 + back.1), at(0.3, 0.62)];
        pencil.shape(&front, ink);
        pencil.shape(&top, ink);
        pencil.shape(&flank, ink);
        pencil.hatch(&flank, 1.1, 0.012, light);
    }
}

/// The dark back of somebody we look past.
pub(super) fn shoulder(pencil: &mut Pencil<'_>, x: f32) {
    let placed = Placed {
        name: "somebody".to_owned(),
        prop: false,
        x,
        feet: 2.75,
        height: 2.5,
        facing: Facing::Away,
        pose: Pose::Standing,
    };
    body(pencil, &placed);
}

pub(super) fn ellipse((x, y): Point, wide: f32, high: f32, turn: f32) -> Vec<Point> {
    let (sin, cos) = turn.sin_cos();
    (0..28)
        .map(|n| {
            let (s, c) = (TAU * n as f32 / 28.0).sin_cos();
            (x + c * wide * cos - s * high * sin, y + c * wide * sin + s * high * cos)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_looks_the_same_in_every_shot_and_unlike_others() {
        assert_eq!(Build::of("MARA"), Build::of("Mara"));
        let names = ["MARA", "JOSEF", "THE BOY", "IVO", "PIP", "WARDEN"];
        for (at, name) in names.iter().enumerate() {
            assert!(names[at + 1..].iter().all(|other| Build::of(name) != Build::of(other)), "{name}");
        }
    }
}
