//! A person drawn: limbs and clothes as hulls of balls in space, nearest last.

use super::head;
use super::person::Person;
use super::skeleton::{Limb, Skeleton};
use crate::frame::lexicon::{Age, Extra, Garment, Mood};
use crate::frame::marks::{Drawing, Pen, Role, Tone};
use crate::frame::space::{Camera, P2, V3};

/// How a body is lit, and how far it recedes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lit {
    /// How much darker it is than its own tone; lighter where negative.
    pub shade: f32,
    /// How dark it is at least.
    pub least: f32,
    /// How much of a line's weight is left at its distance.
    pub near: f32,
    /// Where the light comes from: -1 the left, 1 the right, 0 behind.
    pub key: f32,
}

impl Lit {
    /// A tone in this light.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> Tone {
        let lit = tone.darker(self.shade);
        let dark = (lit.dark * (0.45 + 0.55 * self.near)).max(self.least);
        Tone { dark, tint: if self.least > 0.5 { None } else { lit.tint } }
    }

    /// A contour's pen.
    #[must_use]
    pub fn contour(&self) -> Pen {
        Pen::new(Role::Contour).weighing(0.35 + 0.65 * self.near).paler(0.5 + 0.5 * self.near)
    }

    /// A line within.
    #[must_use]
    pub fn detail(&self) -> Pen {
        let dark = if self.least > 0.5 { 0.25 } else { 1.0 };
        Pen::new(Role::Detail).weighing(0.4 + 0.6 * self.near).paler(dark * (0.4 + 0.6 * self.near))
    }
}

/// Skin.
const SKIN: f32 = 0.05;

/// A part of the body waiting for its turn.
struct Piece<'a> {
    depth: f32,
    draw: Box<dyn Fn(&mut Drawing) + 'a>,
}

/// Draws a person.
pub fn person(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, mood: Mood, lit: Lit) {
    let h = body.height;
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let depth = |point: V3| camera.depth(point);
    let trunk = depth(body.pelvis.towards(body.neck, 0.6));
    for (leg, nudge) in [(&body.left_leg, 0.0), (&body.right_leg, 1e-3)] {
        let at = depth(leg.root.towards(leg.end, 0.5)) + nudge;
        // Legs start under the trunk's cloth: behind it unless they come forward.
        let order = if at < trunk - 0.13 * h { at } else { at.max(trunk) + 0.02 };
        pieces.push(Piece { depth: order, draw: Box::new(move |d| leg_of(d, camera, body, leg, look, lit)) });
    }
    pieces.push(Piece { depth: trunk, draw: Box::new(move |d| torso(d, camera, body, look, lit)) });
    for (arm, cloth) in [(&body.left_arm, look.top), (&body.right_arm, look.sleeve.unwrap_or(look.top))] {
        let at = depth(arm.bend.towards(arm.end, 0.6));
        let order = at.min(if at < trunk + 0.02 { trunk - 0.01 } else { f32::MAX });
        pieces.push(Piece {
            depth: order,
            draw: Box::new(move |d| arm_of(d, camera, body, arm, look, lit.tone(cloth), lit)),
        });
    }
    // The head stands on the trunk, whichever is nearer; raised hands come after it.
    pieces.push(Piece { depth: trunk - 0.005, draw: Box::new(move |d| head::draw(d, camera, body, look, mood, lit)) });
    pieces.sort_by(|a, b| b.depth.total_cmp(&a.depth));
    behind(drawing, camera, body, look, lit);
    for piece in pieces {
        (piece.draw)(drawing);
    }
    before(drawing, camera, body, look, lit);
}

/// Draws a leg, its shoe first.
fn leg_of(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, leg: &Limb, look: &Person, lit: Lit) {
    let h = body.height;
    let g = 0.4 + 0.6 * look.frame.girth;
    let bare = matches!(look.garment, Garment::Shorts) || look.garment == Garment::Dress && look.age != Age::Old;
    let cloth = lit.tone(if bare { Tone::grey(SKIN) } else { look.legs });
    let loose = if bare { 0.85 } else { 1.0 };
    let toe = body.toe(leg);
    let heel = leg.end - (toe - leg.end) * 0.25;
    let shoe = camera.balls(&[(heel, 0.022 * h), (leg.end, 0.024 * h), (toe, 0.016 * h)]);
    drawing.shape(shoe, lit.tone(Tone::grey(0.75)), lit.contour());
    let thigh = camera.balls(&[(leg.root, 0.058 * h * g), (leg.bend, 0.04 * h * loose)]);
    let calf = leg.bend.towards(leg.end, 0.3);
    let shin = camera.balls(&[(leg.bend, 0.038 * h * loose), (calf, 0.04 * h * loose), (leg.end, 0.026 * h * loose)]);
    drawing.joined(vec![shin, thigh], cloth, lit.contour());
    if let Garment::Shorts = look.garment {
        let hem = camera.balls(&[(leg.root, 0.06 * h * g), (leg.root.towards(leg.bend, 0.75), 0.054 * h)]);
        drawing.shape(hem, lit.tone(look.legs), lit.contour());
    }
    fold(drawing, camera, leg, 0.03 * h, lit);
}

/// Draws an arm and its hand.
fn arm_of(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, arm: &Limb, look: &Person, cloth: Tone, lit: Lit) {
    let h = body.height;
    let g = 0.55 + 0.45 * look.frame.girth;
    let way = (arm.end - arm.bend).unit();
    let sleeve = if matches!(look.garment, Garment::Coat | Garment::Jacket) { 1.22 } else { 1.0 };
    hand(drawing, camera, arm.end, way, h, look.frame.head, lit);
    let upper = camera.balls(&[(arm.root, 0.038 * h * g), (arm.bend, 0.028 * h * g * sleeve)]);
    let lower = camera.balls(&[(arm.bend, 0.028 * h * g * sleeve), (arm.end, 0.02 * h * sleeve)]);
    drawing.joined(vec![lower, upper], cloth, lit.contour());
    fold(drawing, camera, arm, 0.022 * h, lit);
}

/// A palm, fingers and a thumb.
fn hand(drawing: &mut Drawing, camera: &Camera, wrist: V3, way: V3, h: f32, head: f32, lit: Lit) {
    let size = h * (0.8 + 0.2 * head);
    let palm = wrist + way * (0.03 * size);
    let tips = wrist + way * (0.075 * size) - V3 { x: 0.0, y: 0.012 * size, z: 0.0 };
    let thumb = wrist + way * (0.045 * size) + V3 { x: 0.0, y: 0.022 * size, z: 0.0 };
    let skin = lit.tone(Tone::grey(SKIN));
    let near = camera.scale(palm) * size > 0.55;
    let mut parts = vec![camera.balls(&[(palm, 0.02 * size), (thumb, 0.009 * size)])];
    if near {
        // Fingers, spread across the view.
        let across = way.cross((camera.eye - palm).unit()).unit();
        for n in 0..4_u8 {
            let out = (f32::from(n) - 1.5) * 0.011 * size;
            let root = palm + across * out;
            let bend = root + way * (0.03 * size);
            let tip = bend + way * (0.022 * size) - V3 { x: 0.0, y: 0.014 * size, z: 0.0 };
            drawing.joined(
                vec![
                    camera.balls(&[(root, 0.0085 * size), (bend, 0.0075 * size)]),
                    camera.balls(&[(bend, 0.0075 * size), (tip, 0.0058 * size)]),
                ],
                skin,
                lit.contour().weighing(0.7),
            );
        }
        parts.push(camera.balls(&[(wrist, 0.017 * size), (palm, 0.023 * size)]));
    } else {
        parts.push(camera.balls(&[(wrist, 0.017 * size), (palm, 0.023 * size), (tips, 0.013 * size)]));
    }
    drawing.joined(parts, skin, lit.contour());
}

/// Draws the trunk with what covers it.
fn torso(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    let h = body.height;
    let g = look.frame.girth;
    let side = |from: V3, way: V3, out: f32| [from + way * (out * h), from - way * (out * h)];
    let waist = body.pelvis.towards(body.neck, 0.36);
    let ribs = body.pelvis.towards(body.neck, 0.68);
    let (hip_out, waist_out, chest_out) = if look.woman { (0.052, 0.034, 0.06) } else { (0.042, 0.044, 0.068) };
    let shoulders = [body.left_arm.root, body.right_arm.root];
    let belly = body.chest.forward * (0.03 * h * (g - 1.0).max(0.0) * 2.0);
    let [hl, hr] = side(body.pelvis, body.hips.left, hip_out * g);
    let [wl, wr] = side(waist + belly, body.hips.left, waist_out * g);
    let [cl, cr] = side(ribs, body.chest.left, chest_out * g);
    let chest = camera.balls(&[
        (shoulders[0], 0.036 * h),
        (shoulders[1], 0.036 * h),
        (cl, 0.05 * h),
        (cr, 0.05 * h),
        (wl, 0.052 * h * g),
        (wr, 0.052 * h * g),
        (body.neck, 0.03 * h),
    ]);
    let hips = camera.balls(&[(wl, 0.052 * h * g), (wr, 0.052 * h * g), (hl, 0.06 * h), (hr, 0.06 * h)]);
    let neck = camera.balls(&[(body.neck, 0.03 * h), (body.head - body.skull.up * (body.head_size * 0.2), 0.027 * h)]);
    drawing.shape(neck, lit.tone(Tone::grey(SKIN + 0.08)), lit.contour());
    let top = lit.tone(look.top);
    match look.garment {
        Garment::Coat | Garment::Dress => {
            let dress = look.garment == Garment::Dress;
            let hem = hem(body, if dress { 0.35 } else { 0.12 }, if dress { 0.055 } else { 0.05 } * g);
            let mut skirt = vec![(hl, 0.058 * h), (hr, 0.058 * h), (wl, 0.045 * h * g), (wr, 0.045 * h * g)];
            skirt.extend(hem);
            drawing.joined(vec![camera.balls(&skirt), chest], top, lit.contour());
        }
        Garment::Jacket => {
            let [jl, jr] = side(body.pelvis - body.hips.up * (0.03 * h), body.hips.left, (hip_out + 0.008) * g);
            let skirt = camera.balls(&[
                (wl, 0.052 * h * g),
                (wr, 0.052 * h * g),
                (hl, 0.062 * h),
                (hr, 0.062 * h),
                (jl, 0.055 * h),
                (jr, 0.055 * h),
            ]);
            drawing.joined(vec![skirt, chest], top, lit.contour());
        }
        Garment::Plain | Garment::Shorts => {
            drawing.shape(hips, lit.tone(look.legs), lit.contour());
            drawing.shape(chest, top, lit.contour());
        }
    }
    front(drawing, camera, body, look, lit);
    shadow_side(drawing, camera, body, look, lit);
}

/// The hem's balls: a share of the way from the knees to the ankles.
fn hem(body: &Skeleton, along: f32, wide: f32) -> Vec<(V3, f32)> {
    let h = body.height;
    let mut all = Vec::new();
    for (leg, side) in [(&body.left_leg, 1.0), (&body.right_leg, -1.0)] {
        let at = leg.bend.towards(leg.end, along) + body.hips.left * (side * 0.02 * h);
        all.push((at, wide * h));
        all.push((leg.bend, 0.052 * h));
    }
    all
}

/// What tells a front from a back: an opening, lapels, a collar, an apron, a tie.
fn front(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    let h = body.height;
    let middle = body.pelvis.towards(body.neck, 0.7);
    if body.chest.forward.dot((camera.eye - middle).unit()) < 0.08 {
        return;
    }
    let out = 0.058 * h;
    let on = |t: f32, left: f32| {
        body.pelvis.towards(body.neck, t)
            + body.chest.forward * (out * (0.75 + 0.25 * (1.0 - left.abs() * 8.0)))
            + body.chest.left * (left * h)
    };
    let detail = lit.detail();
    let mut line = |points: &[V3], pen: Pen| {
        for run in camera.line(points) {
            drawing.stroke(run, pen);
        }
    };
    let collar = body.neck + body.chest.forward * (0.03 * h);
    match look.garment {
        Garment::Coat | Garment::Jacket => {
            let low = if look.garment == Garment::Coat { -0.5 } else { -0.05 };
            line(&[on(low, 0.0), on(0.35, 0.0), on(0.62, 0.0)], detail);
            line(&[body.neck + body.chest.left * (0.035 * h), on(0.8, 0.035), on(0.62, 0.0)], detail);
            line(&[body.neck - body.chest.left * (0.035 * h), on(0.8, -0.035), on(0.62, 0.0)], detail);
        }
        Garment::Dress => line(&[on(0.36, 0.05), on(0.34, 0.0), on(0.36, -0.05)], detail),
        Garment::Plain | Garment::Shorts => {
            line(&[body.neck + body.chest.left * (0.04 * h), collar, body.neck - body.chest.left * (0.04 * h)], detail);
            line(&[on(0.12, 0.055), on(0.1, 0.0), on(0.12, -0.055)], detail);
        }
    }
    if look.extras.contains(&Extra::Apron) {
        let corners =
            [on(0.75, 0.05), on(0.75, -0.05), on(0.3, -0.07), on(-0.55, -0.085), on(-0.55, 0.085), on(0.3, 0.07)];
        drawing.shape(camera.polygon(&corners), lit.tone(Tone::grey(0.0)), detail);
    }
    if look.extras.contains(&Extra::Tie) {
        let corners = [on(0.92, 0.012), on(0.92, -0.012), on(0.45, -0.02), on(0.38, 0.0), on(0.45, 0.02)];
        drawing.shape(camera.polygon(&corners), lit.tone(Tone::grey(0.8)), detail);
    }
}

/// A darker edge on the side away from the light.
fn shadow_side(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    if lit.least > 0.5 || lit.near < 0.5 || lit.key == 0.0 {
        return;
    }
    let h = body.height;
    // On the panel's side away from the key, whichever of the body's sides that is.
    let away = if body.chest.left.x * lit.key > 0.0 { -1.0 } else { 1.0 };
    let edge =
        |t: f32, out: f32| body.pelvis.towards(body.neck, t) + body.chest.left * (away * out * h * look.frame.girth);
    for n in 0..7_u8 {
        let t = 0.02 + 0.12 * f32::from(n);
        let out = 0.075 + 0.03 * t;
        for run in camera.line(&[edge(t + 0.1, out + 0.012), edge(t - 0.03, out - 0.055)]) {
            drawing.stroke(run, lit.detail().weighing(0.9).paler(0.55));
        }
    }
}

/// A crease where a limb bends.
fn fold(drawing: &mut Drawing, camera: &Camera, limb: &Limb, wide: f32, lit: Lit) {
    if lit.near < 0.55 {
        return;
    }
    let (from, to) = ((limb.root - limb.bend).unit(), (limb.end - limb.bend).unit());
    let inner = from + to;
    if inner.length() < 0.35 {
        return;
    }
    let inner = inner.unit();
    for (t, long) in [(0.12, 0.55), (0.2, 0.35)] {
        let start = limb.bend + inner * (wide * 0.9) + to * (wide * t * 6.0);
        for run in camera.line(&[start, start - inner * (wide * long * 1.6)]) {
            drawing.stroke(run, lit.detail().weighing(0.7));
        }
    }
}

/// What is worn on the back, drawn before the body where we see the front and after it where we see the back.
fn behind(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    if sees_back(camera, body) {
        return;
    }
    on_the_back(drawing, camera, body, look, lit);
}

/// What lies over the body.
fn before(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    if sees_back(camera, body) {
        on_the_back(drawing, camera, body, look, lit);
    }
    let h = body.height;
    if look.extras.contains(&Extra::Satchel) {
        let hip = body.pelvis - body.hips.left * (0.12 * h) - body.hips.up * (0.02 * h);
        let strap = [
            body.left_arm.root + body.chest.up * (0.03 * h),
            body.pelvis.towards(body.neck, 0.55) + body.chest.forward * (0.065 * h),
            hip,
        ];
        if !sees_back(camera, body) {
            for run in camera.line(&strap) {
                drawing.stroke(run, lit.contour());
            }
        }
        let bag = camera.balls(&[
            (hip - body.hips.up * (0.03 * h), 0.03 * h),
            (hip - body.hips.up * (0.1 * h), 0.035 * h),
            (hip - body.hips.up * (0.06 * h) + body.hips.forward * (0.07 * h), 0.03 * h),
            (hip - body.hips.up * (0.06 * h) - body.hips.forward * (0.06 * h), 0.03 * h),
        ]);
        drawing.shape(bag, lit.tone(Tone::grey(0.6)), lit.contour());
    }
    if look.extras.contains(&Extra::Scarf) {
        let ring: Vec<(V3, f32)> = [(0.05, 0.03), (-0.05, 0.03), (0.0, 0.05), (0.0, -0.03)]
            .map(|(left, forward)| (body.neck + body.chest.point([left * h, 0.02 * h, forward * h]), 0.026 * h))
            .to_vec();
        drawing.shape(camera.balls(&ring), lit.tone(Tone::grey(0.4)), lit.contour());
    }
    if look.extras.contains(&Extra::Belt) {
        let at = body.pelvis.towards(body.neck, 0.1);
        let belt = [
            (at + body.hips.left * (0.06 * h), 0.052 * h * look.frame.girth),
            (at - body.hips.left * (0.06 * h), 0.052 * h * look.frame.girth),
        ];
        let outline: Vec<P2> = camera.balls(&belt);
        let (low, high) =
            outline.iter().fold((f32::MAX, f32::MIN), |(low, high), point| (low.min(point.1), high.max(point.1)));
        let middle = f32::midpoint(low, high);
        let flat = outline.into_iter().map(|(x, y)| (x, middle + (y - middle) * 0.35)).collect();
        drawing.shape(flat, lit.tone(Tone::grey(0.8)), lit.detail());
    }
}

fn sees_back(camera: &Camera, body: &Skeleton) -> bool {
    body.chest.forward.dot((camera.eye - body.neck).unit()) < 0.0
}

fn on_the_back(drawing: &mut Drawing, camera: &Camera, body: &Skeleton, look: &Person, lit: Lit) {
    let h = body.height;
    let on = |t: f32, left: f32, back: f32| {
        body.pelvis.towards(body.neck, t) + body.chest.left * (left * h) - body.chest.forward * (back * h)
    };
    if look.extras.contains(&Extra::Cape) {
        let cape = camera.balls(&[
            (on(1.0, 0.08, 0.03), 0.03 * h),
            (on(1.0, -0.08, 0.03), 0.03 * h),
            (on(-1.2, 0.16, 0.16), 0.02 * h),
            (on(-1.2, -0.16, 0.16), 0.02 * h),
        ]);
        drawing.shape(cape, lit.tone(look.top.darker(0.3)), lit.contour());
    }
    if look.extras.contains(&Extra::Backpack) {
        let pack = camera.balls(&[
            (on(0.9, 0.06, 0.1), 0.03 * h),
            (on(0.9, -0.06, 0.1), 0.03 * h),
            (on(0.2, 0.07, 0.11), 0.035 * h),
            (on(0.2, -0.07, 0.11), 0.035 * h),
        ]);
        drawing.shape(pack, lit.tone(Tone::grey(0.55)), lit.contour());
    }
}
