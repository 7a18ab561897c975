//! Blocking: everybody is put where position and depth are seen through the shot's camera.

use super::cast::{self, Actor, Being};
use super::framing::{self, Wanted, cuts_a_joint};
use crate::board::{Angle, Depth, Facing, Position, Shot, Size, Staging};
use crate::frame::figure::hash;
use crate::frame::space::{Camera, V3, sin_cos, v3};

/// Where across the panel a position lies; tighter frames keep heads off the edges.
const fn across(position: Position, size: Size) -> f32 {
    let out = match position {
        Position::Left => -0.34,
        Position::CenterLeft => -0.165,
        Position::Center => 0.0,
        Position::CenterRight => 0.165,
        Position::Right => 0.34,
    };
    0.5 + out
        * match size {
            Size::ExtremeWide | Size::Wide => 1.0,
            Size::Full | Size::Medium => 0.9,
            Size::MediumClose => 0.78,
            Size::Close => 0.66,
            Size::ExtremeClose => 0.42,
        }
}

/// How far away a depth is against the middle ground.
const fn receding(depth: Depth, size: Size) -> f32 {
    match (depth, size) {
        (Depth::Near, Size::ExtremeWide | Size::Wide) => 0.6,
        (Depth::Near, _) => 0.7,
        (Depth::Middle, _) => 1.0,
        (Depth::Far, Size::ExtremeWide | Size::Wide) => 1.9,
        (Depth::Far, _) => 2.3,
    }
}

/// Puts everybody where they are seen, and gives the camera that sees them so.
pub(super) fn place_all(
    shot: &Shot,
    cast: &mut [(Actor, Staging)],
    main: Option<usize>,
    shoulder: Option<usize>,
    ratio: f32,
    interior: bool,
) -> Camera {
    let overhead = shot.angle == Angle::Overhead;
    turn(cast, overhead);
    let mut want = framing::wanted(shot.size, main.map(|main| &cast[main].0), ratio);
    if let Some((_, staging)) = main.map(|main| &cast[main]) {
        // The main subject's own depth is heeded as far as the size allows.
        want.scale *= match (staging.depth, shot.size) {
            (Depth::Near, Size::ExtremeWide | Size::Wide) => 1.2,
            (Depth::Far, Size::ExtremeWide | Size::Wide) => 0.62,
            (Depth::Near, _) => 1.06,
            (Depth::Far, _) => 0.85,
            (Depth::Middle, _) => 1.0,
        };
    }
    if overhead && main.is_none_or(|main| cast[main].0.alive()) {
        let tall = main.map_or(1.75, |main| cast[main].0.standing().max(cast[main].0.extent().1));
        want.scale = framing::from_above(shot.size) / tall;
    }
    let top = want.top;
    for _ in 0..6 {
        let camera = uncut(shot, cast, main, want, ratio);
        put_all(&camera, shot, cast, main, shoulder, want, interior);
        match somebody_cut(shot.size, &camera, cast, main, shoulder) {
            _ if overhead => return camera,
            None => return camera,
            // Somebody taller: the camera looks a little higher.
            Some(Cut::Above(by)) if want.top + by - top < 0.14 => want.top += by + 0.005,
            // Whoever grows or sinks out of the frame is brought back by a wider one.
            Some(_) => want.scale *= 0.87,
        }
    }
    let camera = uncut(shot, cast, main, want, ratio);
    put_all(&camera, shot, cast, main, shoulder, want, interior);
    camera
}

/// Above the heads of those who are not the main subject, as a share of the frame's height.
const HEADROOM: f32 = 0.05;

/// Turns everybody to where they look.
fn turn(cast: &mut [(Actor, Staging)], overhead: bool) {
    for (actor, staging) in cast {
        actor.yaw = yaw(staging.facing, staging.position, hash(&actor.name), overhead);
    }
}

/// Where somebody leaves the frame.
enum Cut {
    /// At its upper edge, by that much of its height.
    Above(f32),
    /// At its foot.
    Below,
}

/// Whose head in the fore or middle ground is cut by the frame's upper edge, or lies at its foot.
fn somebody_cut(
    shot_size: Size,
    camera: &Camera,
    cast: &[(Actor, Staging)],
    main: Option<usize>,
    shoulder: Option<usize>,
) -> Option<Cut> {
    cast.iter().enumerate().find_map(|(at, (actor, staging))| {
        let counts = Some(at) != main && Some(at) != shoulder && actor.alive() && staging.depth != Depth::Far;
        let head = actor.place + v3(0.0, actor.eyes(), 0.0);
        let crown = actor.place + v3(0.0, actor.extent().0, 0.0);
        // An animal is low: more of it than its head has to be seen.
        let lowest = if matches!(actor.being, Being::Beast(..)) { 0.7 } else { 0.82 };
        if !counts || shot_size == Size::ExtremeClose {
            return None;
        }
        let (Some((_, eyes)), Some((_, crown))) = (camera.see(head), camera.see(crown)) else {
            return Some(Cut::Below);
        };
        if eyes > lowest { Some(Cut::Below) } else { (crown < HEADROOM).then_some(Cut::Above(HEADROOM - crown)) }
    })
}

/// Puts everybody where they are seen through a camera.
fn put_all(
    camera: &Camera,
    shot: &Shot,
    cast: &mut [(Actor, Staging)],
    main: Option<usize>,
    shoulder: Option<usize>,
    want: Wanted,
    interior: bool,
) {
    let (ratio, overhead) = (camera.ratio, shot.angle == Angle::Overhead);
    turn(cast, overhead);
    let base = main.map_or(Depth::Middle, |main| cast[main].1.depth);
    let distance = camera.focal / want.scale;
    let taken: Vec<(Position, Depth)> = cast.iter().map(|(_, staging)| (staging.position, staging.depth)).collect();
    for at in 0..cast.len() {
        let crowded = taken[..at].iter().filter(|&&spot| spot == taken[at]).count() as f32;
        let (actor, staging) = &mut cast[at];
        let mut x = across(staging.position, shot.size)
            + crowded * 0.11 * if staging.position > Position::Center { -1.0 } else { 1.0 };
        if Some(at) == main && staging.position == Position::Center && !overhead {
            // Room to look into.
            x += match staging.facing {
                Some(Facing::Left) => 0.05,
                Some(Facing::Right) => -0.05,
                _ => 0.0,
            };
        }
        if overhead {
            let row = match staging.depth {
                Depth::Near => 0.72,
                Depth::Middle => 0.5,
                Depth::Far => 0.27,
            };
            let row = if Some(at) == main && taken.len() == 1 { 0.5 } else { row };
            actor.place = on_the_ground(camera, (x * ratio, row), actor.extent().0 * 0.5);
            continue;
        }
        if Some(at) == shoulder {
            look_past(camera, actor, staging, distance);
            continue;
        }
        if shoulder.is_some() && Some(at) == main {
            let side = shoulder.map_or(Position::Left, |past| taken[past].0);
            x = if side > Position::Center { x.min(0.4) } else { x.max(0.6) };
        }
        let step = receding(staging.depth, shot.size) / receding(base, shot.size);
        let mut depth = match staging.depth {
            _ if Some(at) == main => distance,
            Depth::Far => (distance * step).max(distance + 2.0),
            _ => distance * step,
        };
        if interior {
            depth = depth.min(distance + 4.5);
        }
        // What is wide keeps off the edges, as far as it fits.
        let half = (actor.extent().1 * 0.5 * camera.focal / depth + 0.03).min(ratio * 0.5);
        let x = if shot.size <= Size::Full { x.clamp(half / ratio, 1.0 - half / ratio) } else { x };
        stand(camera, actor, x * ratio, depth, shot.size, staging.depth);
        face_the_ray(camera, actor, staging.facing);
        // The camera was solved for the main subject in the middle: off it a body turns to its ray, and its joints with it.
        let pushes = if Some(at) == main { [1.03, 0.97, 1.06, 0.94] } else { [1.07, 0.94, 1.13, 0.88] };
        for push in pushes {
            if !cuts_a_joint(camera, actor) {
                break;
            }
            stand(camera, actor, x * ratio, depth * push, shot.size, staging.depth);
        }
    }
}

/// The camera that does not cut the main subject at a joint, nearest to what is wanted.
fn uncut(shot: &Shot, cast: &mut [(Actor, Staging)], main: Option<usize>, want: Wanted, ratio: f32) -> Camera {
    let Some(main) = main else { return framing::camera(shot, None, want, ratio) };
    let tries =
        [(1.0, 0.0), (1.0, 0.025), (1.05, 0.0), (0.95, 0.0), (1.05, 0.025), (0.95, -0.025), (1.1, 0.0), (0.9, 0.0)];
    let actor = &mut cast[main].0;
    let mut best = framing::camera(shot, Some(actor), want, ratio);
    if shot.angle == Angle::Overhead {
        return best;
    }
    for (grow, drop) in tries {
        let tried = Wanted { scale: want.scale * grow, top: want.top + drop, ..want };
        let camera = framing::camera(shot, Some(actor), tried, ratio);
        stand(&camera, actor, ratio / 2.0, camera.focal / tried.scale, shot.size, Depth::Middle);
        if !cuts_a_joint(&camera, actor) {
            best = camera;
            break;
        }
    }
    actor.place = v3(0.0, 0.0, 0.0);
    best
}

/// Puts somebody on the ground at a depth, seen at `x`. A small thing comes as near as it must to be seen, and onto
/// something where the ground under it is out of the frame.
fn stand(camera: &Camera, actor: &mut Actor, x: f32, depth: f32, size: Size, staged: Depth) {
    let small = !actor.alive() && !matches!(&actor.being, Being::Thing(prop) if prop.big);
    let mut depth = depth;
    if small {
        let least = match size {
            Size::ExtremeWide => 0.07,
            Size::Wide => 0.11,
            Size::Full => 0.16,
            Size::Medium => 0.22,
            Size::MediumClose => 0.27,
            Size::Close => 0.34,
            Size::ExtremeClose => 0.6,
        } * match staged {
            Depth::Near => 1.25,
            Depth::Middle => 1.0,
            Depth::Far => 0.5,
        };
        let (high, wide) = actor.extent();
        let large = camera.focal * high.max(wide * 0.7);
        depth = depth.min(large / least).max(large / 0.8).max(0.3);
    }
    let (sin, cos) = (camera.forward.y, camera.forward.z);
    let ground = |depth: f32, y: f32| {
        let along = (depth - (y - camera.eye.y) * sin) / cos.max(0.05);
        v3(camera.eye.x + (x - camera.axis.0) * depth / camera.focal, y, camera.eye.z + along)
    };
    // Whoever stands is as far as the head is: a tilted camera sees the feet nearer or farther.
    let level = if actor.alive() { actor.extent().0 } else { 0.0 };
    let there = ground(depth, level);
    actor.place = v3(there.x, 0.0, there.z);
    actor.propped = false;
    if small && depth < 40.0 {
        let row = match staged {
            Depth::Near => 0.9,
            Depth::Middle => 0.82,
            Depth::Far => 0.74,
        };
        if camera.see(actor.place).is_none_or(|(_, y)| y > row) {
            // The height at which its foot is seen on that row.
            let lift = camera.at((x, row), depth).y;
            actor.place = ground(depth, lift.max(0.0));
            actor.propped = lift > 0.02;
        }
    }
}

/// Where a ray meets a level `y` above the ground, from a camera that looks down; never farther than it can be seen.
fn on_the_ground(camera: &Camera, at: (f32, f32), y: f32) -> V3 {
    let way = camera.at(at, 1.0) - camera.eye;
    let far = if way.y < -0.05 { (camera.eye.y - y) / -way.y } else { 10.0 };
    let hit = camera.eye + way * far.clamp(0.3, 60.0);
    v3(hit.x, 0.0, hit.z)
}

/// Puts somebody close before the camera at one side, the back to us and looking at the subject.
fn look_past(camera: &Camera, actor: &mut Actor, staging: &Staging, distance: f32) {
    let ratio = camera.ratio;
    let right = staging.position > Position::Center;
    let head = actor.skeleton().map_or(0.23, |body| body.head_size);
    // Nearer than whom we look at, however near that is.
    let depth = (camera.focal * head / 0.44).min(distance * 0.78);
    let x = if right { ratio - 0.2 } else { 0.2 };
    let crown = actor.extent().0;
    let top = camera.at((x, 0.13), depth);
    actor.place = v3(top.x, top.y - crown, top.z);
    actor.yaw = if right { 180.0 + 32.0 } else { 180.0 - 32.0 };
    actor.shoulder = true;
}

/// Degrees to the frame's right of the camera. A profile is turned a little towards us, or a face could not be read.
fn yaw(facing: Option<Facing>, position: Position, dice: u32, overhead: bool) -> f32 {
    let varied = ((dice >> 8 & 0xff) as f32 / 255.0 - 0.5) * 14.0;
    let inward = match position {
        Position::Left | Position::CenterLeft => 1.0,
        Position::Center => {
            if dice & 1 == 0 {
                1.0
            } else {
                -1.0
            }
        }
        Position::CenterRight | Position::Right => -1.0,
    };
    let side = if overhead { 90.0 } else { 66.0 };
    match facing {
        Some(Facing::Left) => -side + varied,
        Some(Facing::Right) => side + varied,
        Some(Facing::Away) => 180.0 - inward * 22.0,
        Some(Facing::Camera) => inward * 9.0,
        None => inward * 24.0,
    }
}

/// A body at the frame's edge that looks at the camera turns to it.
fn face_the_ray(camera: &Camera, actor: &mut Actor, facing: Option<Facing>) {
    if matches!(facing, Some(Facing::Camera | Facing::Away) | None) {
        let from = actor.place - camera.eye;
        let ray = libm::atan2f(from.x, from.z.max(0.1)) * (180.0 / std::f32::consts::PI);
        actor.yaw -= ray;
    }
}

/// Where somebody stands for many, many stand.
pub(super) fn crowds(cast: &mut Vec<Actor>) {
    let mut more = Vec::new();
    for actor in cast.iter().filter(|actor| cast::is_crowd(&actor.name) && matches!(actor.being, Being::Person(_))) {
        for n in 0..9_u32 {
            let name = format!("{} {n}", actor.name);
            let dice = hash(&name);
            let share = |shift: u32| (dice >> shift & 0xff) as f32 / 255.0 - 0.5;
            let mut one = actor.clone();
            one.being = Being::Person(Box::new(crate::frame::figure::Person::read(&name, "")));
            let (row, column) = ((n / 3) as f32, (n % 3) as f32 - 1.0);
            let (sin, cos) = sin_cos(share(4) * 30.0);
            let aside = (column + 0.5 * (row - 1.0)) * 0.85 + share(0) * 0.4;
            one.place = actor.place + v3(aside * cos, 0.0, 0.5 + row * 0.8 + share(16) * 0.4 + sin * 0.2);
            one.yaw = actor.yaw + share(20) * 40.0;
            one.named = false;
            more.push(one);
        }
    }
    cast.extend(more);
}
