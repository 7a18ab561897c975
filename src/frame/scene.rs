//! From a composition to a drawing: the set, then everything that stands on it from far to near, then what lies before.

use super::figure::animal::{beast, bird};
use super::figure::body::person;
use super::figure::robot::robot;
use super::lexicon::{Form, Ground, Prop, Seat, Weather, lexicon};
use super::marks::{Cover, Drawing, Mark, Pen, Role, Tone, oval};
use super::overlay;
use super::set::solid::{self, Spot};
use super::set::{Piece, indoors, lit, outdoors, shadow, sky};
use super::space::{V3, v3};
use super::stage::Composition;
use super::stage::cast::{Actor, Being};

/// Draws a composition with names and the camera's move.
#[must_use]
pub fn draw(composition: &Composition) -> Drawing {
    let mut drawing = draw_bare(composition);
    overlay::labels(&mut drawing, composition);
    overlay::movement(&mut drawing, composition.movement);
    drawing
}

/// Draws a composition without anything written over it: what an image server or an animatic starts from.
#[must_use]
pub fn draw_bare(composition: &Composition) -> Drawing {
    let mut drawing = Drawing::new(composition.ratio);
    let pieces = if composition.interior {
        indoors::draw(&mut drawing, composition)
    } else {
        sky::draw(&mut drawing, composition);
        outdoors::draw(&mut drawing, composition)
    };
    let camera = &composition.camera;
    let main = composition.main.map_or(f32::MAX, |main| camera.depth(composition.cast[main].place));
    let mut order: Vec<(f32, Thing<'_>)> =
        pieces.iter().map(|piece| (camera.depth(piece.spot.place), Thing::Set(piece))).collect();
    for (at, actor) in composition.cast.iter().enumerate() {
        if actor.holder.is_none() {
            let nudge = if actor.alive() { 0.0 } else { 0.05 };
            order.push((camera.depth(actor.place) - nudge, Thing::Cast(at, actor)));
        }
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, thing) in &order {
        if let Thing::Cast(_, actor) = thing
            && !actor.shoulder
        {
            ground_shadow(&mut drawing, composition, actor);
        }
    }
    let mut fogged = false;
    for (depth, thing) in &order {
        if !fogged && *depth <= main * 1.02 {
            fogged = true;
            sky::fog(&mut drawing, composition, if composition.size >= crate::board::Size::Medium { 0.6 } else { 0.5 });
        }
        match thing {
            Thing::Set(piece) => set_piece(&mut drawing, composition, piece),
            Thing::Cast(at, actor) => cast_member(&mut drawing, composition, *at, actor),
        }
    }
    if composition.weather == Weather::Fog {
        sky::fog(&mut drawing, composition, 0.14);
    }
    sky::weather(&mut drawing, composition);
    if composition.pov {
        overlay::through_eyes(&mut drawing);
    }
    drawing
}

/// What stands on the set.
enum Thing<'a> {
    Set(&'a Piece),
    Cast(usize, &'a Actor),
}

fn set_piece(drawing: &mut Drawing, composition: &Composition, piece: &Piece) {
    let lit = lit(composition, piece.spot.place, false);
    solid::draw(drawing, &composition.camera, piece.prop, piece.spot, lit);
    glow(drawing, composition, piece.prop, piece.spot);
    if piece.prop.pane && composition.light.moon {
        // Night behind the pane, which has the frame's form.
        let Some(Form::Plate(rim)) = piece.prop.parts.first().map(|part| &part.form) else { return };
        let count = rim.len().max(1) as f32;
        let [x, y] = rim.iter().fold([0.0, 0.0], |[x, y], point| [x + point[0] / count, y + point[1] / count]);
        let glass: Vec<V3> =
            rim.iter().map(|p| piece.spot.at([x + (p[0] - x) * 0.88, y + (p[1] - y) * 0.88, -0.05])).collect();
        drawing.wash(composition.camera.polygon(&glass), 0.5);
    }
}

/// The light a lamp gives, where it is dark enough to be seen.
fn glow(drawing: &mut Drawing, composition: &Composition, prop: &Prop, spot: Spot) {
    if prop.glow <= 0.0 || composition.light.shade < 0.05 && !composition.lamps {
        return;
    }
    let (_, high) = solid::extent(prop);
    let hangs = prop.sits == super::lexicon::Sits::Ceiling;
    let at = spot.at([0.0, if hangs { -0.82 } else { high * 0.92 }, 0.0]);
    let camera = &composition.camera;
    if let Some(seen) = camera.see(at) {
        let radius = (camera.scale(at) * prop.glow * spot.scale * 2.2).clamp(0.05, 0.5);
        drawing.glow(seen, radius, 0.55);
    }
}

/// Something of the cast, with what is under it and what it holds.
fn cast_member(drawing: &mut Drawing, composition: &Composition, at: usize, actor: &Actor) {
    let camera = &composition.camera;
    let light = lit(composition, actor.place, true);
    let light =
        if actor.shoulder { super::figure::Lit { shade: (light.shade + 0.3).min(0.8), ..light } } else { light };
    if actor.propped {
        ledge(drawing, composition, actor);
    }
    match &actor.being {
        Being::Person(look) => {
            let Some(body) = actor.skeleton() else { return };
            support(drawing, composition, actor);
            motion(drawing, composition, actor);
            seat(drawing, composition, actor, true);
            let before = drawing.marks.len();
            person(drawing, camera, &body, look, actor.mood, light);
            if composition.light.moon && light.least < 0.5 && light.near > 0.5 && !actor.shoulder {
                rim(drawing, before);
            }
            seat(drawing, composition, actor, false);
            held(
                drawing,
                composition,
                at,
                body.right_arm.end.towards(body.left_arm.end, if actor.pose.name == "reading" { 0.5 } else { 0.0 }),
                (body.right_arm.end - body.right_arm.bend).unit(),
            );
        }
        Being::Robot(_, tone) => {
            let Some(body) = actor.skeleton() else { return };
            seat(drawing, composition, actor, true);
            robot(drawing, camera, &body, *tone, light);
            held(drawing, composition, at, body.right_arm.end, (body.right_arm.end - body.right_arm.bend).unit());
        }
        Being::Beast(kind, coat) => {
            motion(drawing, composition, actor);
            beast(drawing, camera, kind, *coat, &actor.pose, actor.place, actor.yaw, light);
        }
        Being::Bird(kind) => bird(drawing, camera, kind, &actor.pose, actor.place, actor.yaw, light),
        Being::Thing(prop) => {
            let turn = if prop.vehicle {
                actor.yaw - 66.0_f32.copysign(actor.yaw) + 12.0
            } else {
                18.0_f32.copysign(actor.yaw)
            };
            let turn = if prop.vehicle && actor.yaw < 0.0 { turn + 180.0 } else { turn };
            let spot = Spot { place: actor.place, turn, scale: 1.0 };
            if actor.tipped {
                solid::draw_lying(drawing, camera, prop, spot, light);
            } else {
                solid::draw(drawing, camera, prop, spot, light);
            }
            glow(drawing, composition, prop, spot);
        }
        Being::Unknown => unknown(drawing, composition, actor.place, light),
    }
}

/// What somebody climbs.
fn support(drawing: &mut Drawing, composition: &Composition, actor: &Actor) {
    if actor.pose.name != "climbing" {
        return;
    }
    let name = if composition.interior { "ladder" } else { "rock" };
    let Some(prop) = lexicon().prop(name) else { return };
    let axes = super::figure::skeleton::Axes::facing(actor.yaw);
    let h = actor.standing();
    let place = actor.place + axes.forward * (0.42 * h) + v3(0.0, 0.0, 0.3);
    let lit = lit(composition, place, true);
    let spot = if composition.interior {
        Spot { place, turn: -actor.yaw + 180.0, scale: 1.0 }
    } else {
        Spot { place, turn: 0.0, scale: 0.9 * h }
    };
    solid::draw(drawing, &composition.camera, prop, spot, lit);
}

/// Strokes behind what moves fast.
fn motion(drawing: &mut Drawing, composition: &Composition, actor: &Actor) {
    let fast = ["running", "falling", "jumping", "punching", "kicking"];
    if !fast.contains(&actor.pose.name.as_str()) || composition.camera.looks_down() {
        return;
    }
    let camera = &composition.camera;
    let lit = lit(composition, actor.place, true);
    let axes = super::figure::skeleton::Axes::facing(actor.yaw);
    let (high, _) = actor.extent();
    for (n, up) in [0.25, 0.45, 0.62, 0.8].into_iter().enumerate() {
        let far = 0.34 + 0.1 * (n % 2) as f32;
        let back = |out: f32| match actor.pose.name.as_str() {
            "falling" => actor.place + axes.point([0.0, high * (0.95 + out * 0.5), (up - 0.75) * high]),
            _ => actor.place + axes.point([0.0, high * up, -high * (far + out)]),
        };
        for run in camera.line(&[back(0.0), back(0.22 + 0.06 * (n % 3) as f32)]) {
            drawing.stroke(run, lit.detail().weighing(0.9));
        }
    }
}

/// A light edge round a body at night, so that black on black is seen. It lies under all the body's own marks: of each
/// area's edge only what is outside of them stays.
fn rim(drawing: &mut Drawing, before: usize) {
    let pen = Pen::new(Role::Light).weighing(3.2).paler(0.6);
    let mut edges = Drawing::new(drawing.ratio);
    for mark in &drawing.marks[before..] {
        if let Mark::Area { outline, cover: Cover::Body, .. } = mark {
            edges.contour(outline, pen);
        }
    }
    drawing.marks.splice(before..before, edges.marks);
}

/// What somebody sits on: drawn behind the body, or the part before it.
fn seat(drawing: &mut Drawing, composition: &Composition, actor: &Actor, behind: bool) {
    let camera = &composition.camera;
    let lit = lit(composition, actor.place, true);
    let seats = |name: &str| lexicon().prop(name);
    let turn = -actor.yaw;
    match (actor.pose.seat, behind) {
        (Seat::Chair | Seat::Wheel, true) => {
            let taken = composition.cast.iter().any(|other| matches!(&other.being, Being::Thing(prop) if prop.big && (other.place - actor.place).length() < 1.2));
            if taken || actor.shoulder {
                return;
            }
            if let Some(chair) = seats("chair") {
                let scale = actor.standing() / 1.75;
                let back = super::figure::skeleton::Axes::facing(actor.yaw).forward * (-0.02 * scale);
                solid::draw(drawing, camera, chair, Spot { place: actor.place + back, turn, scale }, lit);
            }
        }
        (Seat::Wheel, false) => {
            let axes = super::figure::skeleton::Axes::facing(actor.yaw);
            let h = actor.standing();
            let middle = actor.place + axes.point([0.0, 0.5 * h, 0.32 * h]);
            let rim: Vec<V3> = (0..=20_u8)
                .map(|n| {
                    let (sin, cos) = super::space::sin_cos(f32::from(n) * 18.0);
                    middle + axes.point([0.11 * h * cos, 0.09 * h * sin, -0.05 * h * sin])
                })
                .collect();
            for run in camera.line(&rim) {
                drawing.stroke(run, lit.contour().weighing(1.8));
            }
        }
        _ => {}
    }
}

/// What a hand holds.
fn held(drawing: &mut Drawing, composition: &Composition, holder: usize, hand: V3, way: V3) {
    let camera = &composition.camera;
    for actor in composition.cast.iter().filter(|actor| actor.holder == Some(holder)) {
        let lit = lit(composition, composition.cast[holder].place, true);
        let (high, _) = actor.extent();
        let place = hand + way * 0.09 - v3(0.0, high * 0.35, 0.04);
        match &actor.being {
            Being::Thing(prop) => solid::draw(drawing, camera, prop, Spot { place, turn: 12.0, scale: 1.0 }, lit),
            _ => unknown(drawing, composition, place, lit),
        }
    }
}

/// A box for a thing no word is known for; its label says what it is.
fn unknown(drawing: &mut Drawing, composition: &Composition, place: V3, lit: super::figure::Lit) {
    let camera = &composition.camera;
    if let Some(prop) = lexicon().prop("box") {
        solid::draw(drawing, camera, prop, Spot { place, turn: 20.0, scale: 1.1 }, lit);
    }
}

/// What a thing lies on where the ground under it is out of the frame: a slab outdoors, a table's end indoors.
fn ledge(drawing: &mut Drawing, composition: &Composition, actor: &Actor) {
    let camera = &composition.camera;
    let (high, wide) = actor.extent();
    let reach = (wide * 1.3).max(high * 0.9);
    let y = actor.place.y;
    let lit = lit(composition, actor.place, true);
    let thick = if composition.interior { 0.06 * reach } else { y + 1.0 };
    let corner = |x: f32, up: f32, z: f32| v3(actor.place.x + x * reach, y - up, actor.place.z + z * reach);
    let rough = if composition.interior { 0.0 } else { 0.14 };
    let top = [
        corner(-1.0 - rough, 0.0, -0.7),
        corner(-0.2, 0.0, -0.8 - rough),
        corner(1.0, 0.0, -0.7),
        corner(1.0 + rough, 0.0, 0.6),
        corner(0.1, 0.0, 0.7 + rough),
        corner(-1.0, 0.0, 0.7),
    ];
    let front = [
        top[0],
        top[1],
        top[2],
        top[2] - v3(0.0, thick, 0.0),
        top[1] - v3(0.0, thick, 0.0),
        top[0] - v3(0.0, thick, 0.0),
    ];
    let tone = Tone::grey(if composition.interior { 0.24 } else { 0.4 });
    drawing.shape(camera.polygon(&front), lit.tone(tone.darker(0.3)), lit.contour());
    drawing.shape(camera.polygon(&top), lit.tone(tone.darker(-0.3)), lit.contour());
    if composition.plate
        && let Some(plate) = lexicon().prop("plate")
    {
        let scale = wide / solid::extent(plate).0 * 1.5;
        solid::draw(
            drawing,
            camera,
            plate,
            Spot { place: actor.place - v3(0.0, 0.035 * scale, 0.0), turn: 0.0, scale },
            lit,
        );
    }
    let touch: Vec<V3> = (0..20_u8)
        .map(|n| {
            let (sin, cos) = super::space::sin_cos(f32::from(n) * 18.0);
            v3(actor.place.x + cos * wide * 0.55 - lit.key * wide * 0.2, y + 0.002, actor.place.z + sin * wide * 0.4)
        })
        .collect();
    drawing.wash(camera.polygon(&touch), 0.28);
}

fn ground_shadow(drawing: &mut Drawing, composition: &Composition, actor: &Actor) {
    if actor.propped || actor.holder.is_some() {
        return;
    }
    let (high, wide) = actor.extent();
    if afloat(composition) {
        return ripples(drawing, composition, actor.place, wide * 0.8);
    }
    let flat = actor.skeleton().is_some_and(|body| body.chest.up.y.abs() < 0.5);
    if flat {
        let Some(body) = actor.skeleton() else { return };
        let middle = v3(body.pelvis.x, 0.0, body.pelvis.z);
        return shadow(drawing, composition, middle, 0.75 * body.height, 0.2);
    }
    if composition.camera.looks_down() {
        let Some((x, y)) = composition.camera.see(actor.place) else { return };
        let r = composition.camera.scale(actor.place) * wide * 0.6;
        let key = lit(composition, actor.place, true).key;
        return drawing.wash(oval((x - key * r * 0.5, y + r * 0.25), r * 1.1, r * 0.8), 0.28);
    }
    let ground = v3(actor.place.x, 0.0, actor.place.z);
    shadow(drawing, composition, ground, wide.max(0.35), high);
}

/// Whether what is on the ground is on water: nobody is there who stands on a quay.
fn afloat(composition: &Composition) -> bool {
    composition.place.ground == Some(Ground::Water) && !super::set::outdoors::has_quay(composition)
}

/// Rings on water round what floats on it, and foam between them.
fn ripples(drawing: &mut Drawing, composition: &Composition, place: V3, radius: f32) {
    let camera = &composition.camera;
    let pen = lit(composition, place, true).detail();
    for (ring, (grow, from, long)) in
        [(1.3, 200.0, 9), (1.3, 20.0, 7), (2.0, 150.0, 8), (2.1, 330.0, 6), (3.0, 190.0, 10)].into_iter().enumerate()
    {
        let arc: Vec<V3> = (0..=long)
            .map(|n: u8| {
                let (sin, cos) = super::space::sin_cos(from + f32::from(n) * 15.0);
                let waver = 1.0 + 0.06 * f32::from((n + ring as u8) % 2);
                place + v3(cos, 0.0, sin) * (radius.max(0.05) * grow * waver)
            })
            .collect();
        for run in camera.line(&arc) {
            drawing.stroke(run, pen.weighing(1.3 - 0.15 * ring as f32));
        }
    }
    for n in 0..9_u32 {
        let (sin, cos) = super::space::sin_cos(360.0 * super::set::chance(121, n));
        let far = radius.max(0.05) * (1.5 + 1.6 * super::set::chance(127, n));
        let bubble = place + v3(cos * far, 0.002, sin * far);
        let size = radius.max(0.05) * (0.08 + 0.1 * super::set::chance(131, n));
        if let Some((x, y)) = camera.see(bubble) {
            let r = camera.scale(bubble) * size;
            drawing.shape(oval((x, y), r, r * 0.7), Tone::grey(0.0), pen.weighing(0.6));
        }
    }
}
