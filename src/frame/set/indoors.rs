//! Rooms: floor, walls and ceiling in perspective, and what stands in them.

use super::solid::{Spot, extent, reach};
use super::{Piece, lit};
use crate::frame::lexicon::{Dressing, Floor, Key, Prop, Seat, Sits, Wide, lexicon};
use crate::frame::marks::{Drawing, Pen, Role, Tone};
use crate::frame::space::{V3, v3};
use crate::frame::stage::Composition;

/// How far the middle of what stands against a wall is from it, in metres, where its place says nothing more.
const FROM_WALL: f32 = 0.42;

/// A room round the cast.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Room {
    half: f32,
    front: f32,
    back: f32,
    high: f32,
}

impl Room {
    /// The place's room, as much larger as the cast needs.
    fn of(composition: &Composition) -> Self {
        let [wide, deep, high] = composition.place.room.unwrap_or([5.2, 4.6, 2.7]);
        let cast = &composition.cast;
        let out = cast
            .iter()
            .filter(|actor| !actor.shoulder)
            .map(|actor| actor.place.x.abs() + 0.6)
            .fold(wide / 2.0, f32::max);
        let (near, far) = cast
            .iter()
            .fold((0.0_f32, 0.0_f32), |(near, far), actor| (near.min(actor.place.z), far.max(actor.place.z)));
        let tall = cast
            .iter()
            .filter(|actor| !actor.propped && !actor.shoulder)
            .map(|actor| actor.extent().0 + 0.3)
            .fold(high, f32::max);
        let camera = &composition.camera;
        let high = if camera.looks_down() { tall } else { tall.max(camera.eye.y.min(4.0) + 0.4) };
        // A bed against the wall must not reach whoever lies or stands before it.
        let dressing = composition.place.dressing.iter().filter(|item| item.back.is_some() && item.lift == 0.0);
        let taken = dressing
            .filter_map(|item| Some((item, lexicon().prop(&item.prop).filter(|prop| prop.sits == Sits::Ground)?)))
            .map(|(item, prop)| FROM_WALL + item.out + reach(prop) * item.scale + 0.4)
            .fold(1.2, f32::max);
        Self { half: out, front: near.min(camera.eye.z) - 0.5, back: (deep * 0.5).max(far + taken), high }
    }

    fn corner(&self, right: f32, up: f32, back: f32) -> V3 {
        v3(self.half * right, self.high * up, self.front + (self.back - self.front) * back)
    }
}

/// Draws the walls, and says what stands in the room.
pub fn draw(drawing: &mut Drawing, composition: &Composition) -> Vec<Piece> {
    let room = Room::of(composition);
    let camera = &composition.camera;
    let light = composition.light;
    let far = lit(composition, v3(0.0, 1.0, room.back), false);
    let pen = Pen::new(Role::Detail).weighing(0.45 + 0.5 * far.near).paler(0.55 + 0.4 * far.near);
    let (left_dark, right_dark) = match light.key {
        Key::Left => (0.14, 0.0),
        Key::Right => (0.0, 0.14),
        Key::Back => (0.08, 0.08),
    };
    let tone = |more: f32| Tone::grey((light.room + more).clamp(0.0, 0.92));
    let quad = |corners: [(f32, f32, f32); 4]| camera.polygon(&corners.map(|(x, y, z)| room.corner(x, y, z)));
    drawing.area(vec![(-0.2, -0.3), (drawing.ratio + 0.2, -0.3), (drawing.ratio + 0.2, 1.3), (-0.2, 1.3)], tone(0.0));
    drawing.shape(quad([(-1.0, 1.0, 0.0), (1.0, 1.0, 0.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 1.0)]), tone(-0.03), pen);
    drawing.shape(quad([(-1.0, 0.0, 0.0), (-1.0, 0.0, 1.0), (-1.0, 1.0, 1.0), (-1.0, 1.0, 0.0)]), tone(left_dark), pen);
    drawing.shape(quad([(1.0, 0.0, 0.0), (1.0, 0.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 0.0)]), tone(right_dark), pen);
    drawing.shape(quad([(-1.0, 0.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 1.0)]), tone(0.04), pen);
    drawing.shape(quad([(-1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 0.0, 1.0), (-1.0, 0.0, 1.0)]), tone(0.1), pen);
    floor(drawing, composition, &room, pen);
    if let Some(Wide::Steps) = composition.place.wide {
        steps(drawing, composition, &room);
    }
    if composition.size <= crate::board::Size::Medium {
        let skirting = [
            room.corner(-1.0, 0.05, 0.0),
            room.corner(-1.0, 0.05, 1.0),
            room.corner(1.0, 0.05, 1.0),
            room.corner(1.0, 0.05, 0.0),
        ];
        // Wall by wall: one line through all of them would be bent round the corners.
        for run in skirting.windows(2).flat_map(|wall| camera.line(wall)) {
            drawing.stroke(run, pen.weighing(0.5).paler(0.6));
        }
    }
    if composition.light.shade < 0.2 {
        light_from_window(drawing, composition, &room);
    }
    furniture(composition, &room)
}

fn floor(drawing: &mut Drawing, composition: &Composition, room: &Room, pen: Pen) {
    let camera = &composition.camera;
    let thin = pen.weighing(0.5).paler(0.45);
    let line = |drawing: &mut Drawing, a: V3, b: V3| {
        for run in camera.line(&[a, b]) {
            drawing.stroke(run, thin);
        }
    };
    let kind = composition.place.floor.unwrap_or(Floor::Planks);
    let step = if kind == Floor::Tiles { 0.8 } else { 0.45 };
    let deep = room.back - room.front;
    if kind != Floor::Rock {
        let count = (room.half * 2.0 / step).min(40.0) as i32;
        for n in 1..count {
            let x = -room.half + step * n as f32;
            line(drawing, v3(x, 0.0, room.front), v3(x, 0.0, room.back));
        }
    }
    if kind == Floor::Tiles {
        for n in 1..(deep / step).min(24.0) as i32 {
            let z = room.back - step * n as f32;
            line(drawing, v3(-room.half, 0.0, z), v3(room.half, 0.0, z));
        }
    }
}

/// A stair that runs up round the walls.
fn steps(drawing: &mut Drawing, composition: &Composition, room: &Room) {
    let camera = &composition.camera;
    let tone = |more: f32| Tone::grey((composition.light.room + more).clamp(0.0, 0.9));
    let pen = Pen::new(Role::Detail).weighing(0.7).paler(0.8);
    let deep = 1.1;
    let mut quads: Vec<(f32, Vec<V3>, f32)> = Vec::new();
    let runs = 13;
    let wide = room.half * 2.0 / runs as f32;
    for n in 0..runs {
        let (x, y) = (-room.half + wide * n as f32, 0.22 * n as f32 + 0.25);
        let (near, far) = (room.back - deep, room.back);
        let tread = vec![v3(x, y, near), v3(x + wide, y, near), v3(x + wide, y, far), v3(x, y, far)];
        let riser = vec![v3(x, y - 0.22, near), v3(x, y, near), v3(x, y, far), v3(x, y - 0.22, far)];
        let face = vec![v3(x, y - 0.75, near), v3(x + wide, y - 0.53, near), v3(x + wide, y, near), v3(x, y, near)];
        quads.push((0.0, riser, 0.2));
        quads.push((0.0, tread, -0.02));
        quads.push((0.0, face, 0.26));
    }
    for (_, quad, more) in quads {
        drawing.shape(camera.polygon(&quad), tone(more), pen);
    }
    let rail: Vec<V3> =
        (0..=runs).map(|n| v3(-room.half + wide * n as f32, 0.22 * n as f32 + 1.2, room.back - deep)).collect();
    for run in camera.line(&rail) {
        drawing.stroke(run, pen.weighing(1.4));
    }
    for at in rail.iter().step_by(2) {
        for run in camera.line(&[*at, *at - v3(0.0, 0.95, 0.0)]) {
            drawing.stroke(run, pen.weighing(0.7));
        }
    }
}

/// A slanting patch of daylight on the floor.
fn light_from_window(drawing: &mut Drawing, composition: &Composition, room: &Room) {
    let windows = composition.place.dressing.iter().any(|item| item.prop.contains("window"));
    if !windows || composition.camera.looks_down() {
        return;
    }
    let side = if composition.light.key == Key::Left { -1.0 } else { 1.0 };
    let x = side * room.half * 0.35;
    let z = room.back - 0.4;
    let patch = [
        v3(x, 0.004, z),
        v3(x - side * 1.0, 0.004, z),
        v3(x - side * 1.9, 0.004, z - 1.6),
        v3(x - side * 0.7, 0.004, z - 1.6),
    ];
    drawing.veil(composition.camera.polygon(&patch), 0.7);
}

fn furniture(composition: &Composition, room: &Room) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = composition.place.dressing.iter().filter_map(|item| put(item, room)).collect();
    // What the place's look names and its kind does not have anyway.
    let spots = [(0.42, false), (-0.55, false), (0.8, false), (-0.15, true), (-0.85, true)];
    let mut free = spots.iter();
    for prop in &composition.named {
        if pieces.iter().any(|piece| std::ptr::eq(piece.prop, *prop)) {
            continue;
        }
        let Some(&(u, _)) = free.next() else { break };
        let item = Dressing {
            prop: String::new(),
            back: Some(u),
            left: None,
            right: None,
            floor: None,
            out: if prop.big { 0.3 } else { 0.5 },
            lift: if prop.big { 0.0 } else { 0.9 },
            scale: 1.0,
        };
        if prop.tall || prop.vehicle {
            continue;
        }
        pieces.extend(place(&item, prop, room));
    }
    pieces.retain(|piece| clear(composition, piece));
    pull_up(composition, &mut pieces);
    pieces
}

/// A table of the room is pulled up to whoever sits by himself and looks across it.
fn pull_up(composition: &Composition, pieces: &mut [Piece]) {
    let Some(table) = lexicon().prop("table") else { return };
    let Some(own) = pieces.iter_mut().find(|piece| std::ptr::eq(piece.prop, table)) else { return };
    let sitting = composition
        .cast
        .iter()
        .find(|actor| actor.pose.seat == Seat::Chair && actor.skeleton().is_some() && !actor.shoulder);
    let Some(actor) = sitting else { return };
    let forward = crate::frame::figure::skeleton::Axes::facing(actor.yaw).forward;
    let place = actor.place + v3(forward.x * 1.05, 0.0, 0.25 + forward.z.max(0.0) * 0.5);
    let free = composition.cast.iter().all(|other| std::ptr::eq(other, actor) || (other.place - place).length() > 0.9);
    if free && forward.x.abs() > 0.5 {
        own.spot = Spot { place, turn: 0.0, scale: 0.85 };
    }
}

fn put(item: &Dressing, room: &Room) -> Option<Piece> {
    place(item, lexicon().prop(&item.prop)?, room)
}

fn place(item: &Dressing, prop: &'static Prop, room: &Room) -> Option<Piece> {
    let (wide, _) = extent(prop);
    let from_wall = if prop.sits == Sits::Wall { 0.04 } else { FROM_WALL + item.out };
    let (place, turn) = if let Some(u) = item.back {
        let reach = (room.half - wide * item.scale * 0.5 - 0.05).max(0.1).min(room.half);
        (v3(u * reach, item.lift, room.back - from_wall), 0.0)
    } else if let Some(v) = item.left.or(item.right) {
        let side = if item.left.is_some() { -1.0 } else { 1.0 };
        let z = -1.2 + (room.back + 1.2) * v;
        (v3(side * (room.half - from_wall), item.lift, z), -90.0 * side)
    } else {
        let [u, v] = item.floor?;
        let y = if prop.sits == Sits::Ceiling { room.high } else { item.lift };
        (v3(u * room.half, y, room.back * v), 0.0)
    };
    Some(Piece { prop, spot: Spot { place, turn, scale: item.scale } })
}

/// Whether a thing stands clear of the cast: behind it, or on a wall, or beside it.
fn clear(composition: &Composition, piece: &Piece) -> bool {
    let (wide, _) = extent(piece.prop);
    let half = wide * piece.spot.scale / 2.0;
    composition.cast.iter().all(|actor| {
        let aside = (actor.place.x - piece.spot.place.x).abs() > half + 0.35;
        aside || piece.spot.place.z > actor.place.z + 0.45 || piece.prop.sits != Sits::Ground
    }) && composition.camera.depth(piece.spot.place) > 0.8
}
