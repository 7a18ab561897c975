//! Open country: ground to the horizon, what stands on it, what runs along the sides.

use super::solid::Spot;
use super::{Piece, chance, lit};
use crate::frame::lexicon::{Ground, Horizon, Prop, Sides, lexicon};
use crate::frame::marks::{Drawing, Pen, Role, Tone};
use crate::frame::space::{V3, v3};
use crate::frame::stage::Composition;

/// As good as the horizon, in metres.
const FAR: f32 = 3000.0;

/// Draws ground and horizon, and says what stands about.
pub fn draw(drawing: &mut Drawing, composition: &Composition) -> Vec<Piece> {
    let camera = &composition.camera;
    let light = composition.light;
    let place = composition.place;
    let ground = place.ground.unwrap_or(Ground::Grass);
    let dark = light.ground
        + match ground {
            Ground::Snow | Ground::Clouds => -0.1,
            Ground::Rock | Ground::Roof => 0.12,
            Ground::Grass | Ground::Road | Ground::Moon => 0.06,
            Ground::Street => 0.08,
            Ground::Water => 0.1,
            Ground::Sand => 0.0,
        };
    horizon(drawing, composition, place.horizon.unwrap_or(Horizon::Flat));
    let behind = camera.eye.z - 30.0;
    let all = [v3(-FAR, 0.0, behind), v3(FAR, 0.0, behind), v3(FAR, 0.0, FAR), v3(-FAR, 0.0, FAR)];
    let tone = Tone::grey(dark.clamp(0.0, 0.9));
    drawing.area(camera.polygon(&all), tone);
    let line = Pen::new(Role::Detail).weighing(0.5).paler(0.7);
    for run in camera.line(&[v3(-FAR, 0.0, FAR), v3(FAR, 0.0, FAR)]) {
        drawing.stroke(run, line);
    }
    surface(drawing, composition, ground, tone);
    if place.horizon == Some(Horizon::Sea) && ground != Ground::Water {
        sea(drawing, composition);
    }
    if ground == Ground::Water {
        quay(drawing, composition);
    }
    let mut pieces = sides(drawing, composition);
    pieces.extend(scatter(composition));
    pieces
}

/// A row of points on the far plane: how high above the horizon, in panel heights, at each step across.
fn ridge(composition: &Composition, steps: u32, high: impl Fn(u32) -> f32) -> Vec<V3> {
    let camera = &composition.camera;
    let reach = (composition.ratio * 0.5 + 0.4) * FAR / camera.focal;
    (0..=steps)
        .map(|n| {
            let t = n as f32 / steps as f32 * 2.0 - 1.0;
            v3(t * reach, high(n) * FAR / camera.focal, FAR)
        })
        .collect()
}

fn horizon(drawing: &mut Drawing, composition: &Composition, kind: Horizon) {
    let camera = &composition.camera;
    let sky = composition.light.sky;
    let pen = Pen::new(Role::Detail).weighing(0.55).paler(0.7);
    let range = |drawing: &mut Drawing, points: Vec<V3>, dark: f32| {
        let mut outline = points.clone();
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return };
        outline.push(v3(last.x, -FAR * 0.2, FAR));
        outline.push(v3(first.x, -FAR * 0.2, FAR));
        drawing.area(camera.polygon(&outline), Tone::grey((sky + dark).clamp(0.0, 0.92)));
        for run in camera.line(&points) {
            drawing.stroke(run, pen);
        }
    };
    match kind {
        Horizon::Mountains => {
            range(
                drawing,
                ridge(composition, 14, |n| 0.05 + 0.2 * chance(3, n) * if n % 2 == 0 { 1.0 } else { 0.35 }),
                0.1,
            );
            range(drawing, ridge(composition, 11, |n| 0.02 + 0.1 * chance(7, n)), 0.2);
        }
        Horizon::Hills => {
            range(
                drawing,
                ridge(composition, 24, |n| 0.03 + 0.035 * crate::frame::space::sin_cos(n as f32 * 38.0).0),
                0.1,
            );
            range(
                drawing,
                ridge(composition, 24, |n| 0.012 + 0.02 * crate::frame::space::sin_cos(n as f32 * 57.0 + 80.0).0),
                0.18,
            );
        }
        Horizon::Dunes => range(
            drawing,
            ridge(composition, 30, |n| {
                0.02 + 0.02 * crate::frame::space::sin_cos(n as f32 * 44.0).0 + 0.012 * chance(5, n / 4)
            }),
            0.07,
        ),
        Horizon::Trees => {
            range(drawing, ridge(composition, 90, |n| 0.035 + 0.035 * chance(9, n / 5) + 0.02 * chance(11, n)), 0.34)
        }
        Horizon::City => {
            let roofs = |seed: u32, steps: u32, tall: f32| -> Vec<V3> {
                let flat = ridge(composition, steps, |n| 0.04 + tall * chance(seed, n));
                // Each roof is as wide as a step: straight up, across, straight down.
                flat.windows(2).flat_map(|pair| [pair[0], v3(pair[1].x, pair[0].y, FAR)]).collect()
            };
            range(drawing, roofs(13, 30, 0.2), 0.1);
            range(drawing, roofs(17, 22, 0.11), 0.22);
        }
        Horizon::Junk => {
            range(drawing, ridge(composition, 40, |n| 0.02 + 0.09 * chance(19, n / 3) + 0.025 * chance(23, n)), 0.22)
        }
        Horizon::Sea | Horizon::Stars | Horizon::Flat => {}
    }
}

/// Water from a shore line to the horizon, with foam where it ends.
fn sea(drawing: &mut Drawing, composition: &Composition) {
    let camera = &composition.camera;
    let edge = composition.cast.iter().map(|actor| actor.place.z).fold(0.0, f32::max) + 2.5;
    let deep = (camera.depth(v3(0.0, 0.0, edge)) * 0.12).max(0.4);
    let reach = composition.ratio * 60.0 * deep.max(1.0);
    let shore: Vec<V3> = (0..=24_u32)
        .map(|n| v3(-reach + reach / 12.0 * n as f32, 0.0, edge + deep * (chance(31, n) - 0.5) * 2.0))
        .collect();
    let mut water = shore.clone();
    water.push(v3(FAR, 0.0, FAR));
    water.push(v3(-FAR, 0.0, FAR));
    let dark = composition.light.ground + if composition.light.bodies > 0.5 { 0.1 } else { 0.2 };
    drawing.area(camera.polygon(&water), Tone::grey(dark.clamp(0.0, 0.9)));
    for (off, weight) in [(0.0, 0.9), (-deep * 0.35, 0.5)] {
        let foam: Vec<V3> = shore.iter().map(|&point| point + v3(0.0, 0.0, off)).collect();
        for run in camera.line(&foam) {
            drawing.stroke(run, Pen::new(Role::Detail).weighing(weight).paler(0.7));
        }
    }
    waves(drawing, composition, edge + deep * 1.4);
}

/// The farthest of those who neither swim nor sit in a boat.
fn farthest_dry(composition: &Composition) -> Option<f32> {
    let wet = ["swimming", "wading", "flying"];
    let dry =
        composition.cast.iter().filter(|actor| actor.skeleton().is_some() && !wet.contains(&actor.pose.name.as_str()));
    dry.map(|actor| actor.place.z).reduce(f32::max)
}

/// Whether somebody stands by the water.
#[must_use]
pub fn has_quay(composition: &Composition) -> bool {
    farthest_dry(composition).is_some()
}

/// Something to stand on by the water.
fn quay(drawing: &mut Drawing, composition: &Composition) {
    let Some(far) = farthest_dry(composition) else { return };
    let camera = &composition.camera;
    let (near, far) = (camera.eye.z - 4.0, far + 0.9);
    let reach = composition.ratio * 1.2 * (far - camera.eye.z).max(1.0) / camera.focal;
    let tone = Tone::grey((composition.light.ground + 0.16).clamp(0.0, 0.9));
    let pen = Pen::new(Role::Detail).weighing(0.8);
    let face = [v3(-reach, 0.0, far), v3(reach, 0.0, far), v3(reach, -0.5, far), v3(-reach, -0.5, far)];
    drawing.shape(camera.polygon(&face), tone.darker(0.4), pen);
    let deck = [v3(-reach, 0.0, near), v3(reach, 0.0, near), v3(reach, 0.0, far), v3(-reach, 0.0, far)];
    drawing.shape(camera.polygon(&deck), tone, pen);
    let boards = 26;
    for n in 1..boards {
        let x = -reach + 2.0 * reach * n as f32 / boards as f32;
        for run in camera.line(&[v3(x, 0.0, near), v3(x, 0.0, far)]) {
            drawing.stroke(run, pen.weighing(0.5).paler(0.6));
        }
    }
}

/// Short strokes on water, closer together towards the horizon.
fn waves(drawing: &mut Drawing, composition: &Composition, from: f32) {
    let camera = &composition.camera;
    let pen = Pen::new(Role::Construction).weighing(0.7).paler(0.75);
    let start = camera.depth(v3(0.0, 0.0, from)).max(0.4);
    for n in 0..46_u32 {
        let depth = start * (1.0 + 0.08 * n as f32 + 0.0045 * (n * n) as f32);
        let wide = composition.ratio * depth / camera.focal;
        let (x, z) = ((chance(41, n) - 0.5) * 1.1 * wide, depth + camera.eye.z);
        let long = wide * (0.03 + 0.07 * chance(43, n));
        let points = [
            v3(x - long, 0.0, z),
            v3(x - long * 0.3, 0.0, z - depth * 0.012),
            v3(x + long * 0.3, 0.0, z + depth * 0.008),
            v3(x + long, 0.0, z),
        ];
        for run in camera.line(&points) {
            drawing.stroke(run, pen);
        }
    }
}

/// What the ground is made of, hinted at.
fn surface(drawing: &mut Drawing, composition: &Composition, ground: Ground, tone: Tone) {
    let camera = &composition.camera;
    let pen = Pen::new(Role::Construction).weighing(0.8).paler(0.8);
    match ground {
        Ground::Water => {
            let main = composition.main.map_or(8.0, |main| camera.depth(composition.cast[main].place));
            return waves(drawing, composition, camera.eye.z + (main * 0.5).min(2.0));
        }
        Ground::Road | Ground::Street => {
            let (half, kerb) = if ground == Ground::Road { (3.2, 0.0) } else { (3.6, 1.6) };
            let near = camera.eye.z - 5.0;
            let road = [v3(-half, 0.002, near), v3(half, 0.002, near), v3(half, 0.002, FAR), v3(-half, 0.002, FAR)];
            drawing.area(camera.polygon(&road), tone.darker(0.14));
            for x in [-half - kerb, -half, half, half + kerb] {
                for run in camera.line(&[v3(x, 0.0, near), v3(x, 0.0, FAR)]) {
                    drawing.stroke(run, Pen::new(Role::Detail).weighing(0.6).paler(0.8));
                }
            }
            for n in 0..30 {
                let z = near + 4.0 * n as f32;
                let dash =
                    [v3(-0.09, 0.004, z), v3(0.09, 0.004, z), v3(0.09, 0.004, z + 1.8), v3(-0.09, 0.004, z + 1.8)];
                drawing.veil(camera.polygon(&dash), 0.75);
            }
            return;
        }
        _ => {}
    }
    for n in 0..34_u32 {
        let depth = 1.4 * (1.0 + 0.12 * n as f32 + 0.01 * (n * n) as f32) * (1.0 + camera.eye.y * 0.3);
        let wide = composition.ratio * depth / camera.focal;
        let base = v3((chance(51, n) - 0.5) * 1.15 * wide, 0.0, depth + camera.eye.z);
        let s = depth * 0.03;
        let mark: Vec<V3> = match ground {
            Ground::Grass => vec![
                base + v3(-s, 0.0, 0.0),
                base + v3(-s * 0.8, s * 1.2, 0.0),
                base + v3(-s * 0.3, s * 0.1, 0.0),
                base + v3(0.1 * s, s * 1.5, 0.0),
                base + v3(0.4 * s, 0.0, 0.0),
                base + v3(s, s, 0.0),
            ],
            Ground::Rock => vec![
                base + v3(-2.0 * s, 0.0, 0.0),
                base + v3(-s, s * 0.7, s),
                base + v3(0.6 * s, s * 0.9, s),
                base + v3(2.2 * s, 0.0, 0.0),
                base + v3(1.2 * s, -s * 0.1, -s),
            ],
            Ground::Moon => (0..=12_u8)
                .map(|k| {
                    let (sin, cos) = crate::frame::space::sin_cos(f32::from(k) * 30.0);
                    base + v3(cos * s * 3.0, 0.0, sin * s * 2.4)
                })
                .collect(),
            _ => vec![
                base + v3(-3.0 * s, 0.0, 0.0),
                base + v3(-s, 0.0, s * 0.6),
                base + v3(s, 0.0, s * 0.4),
                base + v3(3.0 * s, 0.0, 0.0),
            ],
        };
        for run in camera.line(&mark) {
            drawing.stroke(run, pen);
        }
    }
}

/// Rows along both sides.
fn sides(drawing: &mut Drawing, composition: &Composition) -> Vec<Piece> {
    let Some(kind) = composition.place.sides else { return Vec::new() };
    let camera = &composition.camera;
    if camera.looks_down() {
        return Vec::new();
    }
    let out = composition
        .cast
        .iter()
        .filter(|actor| !actor.shoulder)
        .map(|actor| actor.place.x.abs() + 1.2)
        .fold(5.2, f32::max);
    let mut pieces = Vec::new();
    match kind {
        Sides::Houses => {
            // Far ones first.
            for n in (0..9_u32).rev() {
                for side in [-1.0, 1.0] {
                    house(drawing, composition, side, out, n);
                }
            }
        }
        Sides::Trees | Sides::Junk => {
            let names = if kind == Sides::Trees { ["pine", "tree"] } else { ["trash", "trash"] };
            for n in 0..14_u32 {
                let side = if n % 2 == 0 { -1.0 } else { 1.0 };
                let z = 2.5 + 2.4 * (n / 2) as f32 + chance(61, n);
                let x = side * (out * 0.55 + 1.0 + 2.6 * chance(67, n) + 0.35 * (n / 2) as f32);
                let Some(prop) = lexicon().prop(names[(n as usize / 2) % 2]) else { continue };
                let scale = if kind == Sides::Trees { 1.1 + 0.5 * chance(71, n) } else { 1.6 + chance(71, n) };
                pieces.push(Piece { prop, spot: Spot { place: v3(x, 0.0, z), turn: 40.0 * chance(73, n), scale } });
            }
        }
    }
    pieces
}

/// One house front of a street.
fn house(drawing: &mut Drawing, composition: &Composition, side: f32, out: f32, n: u32) {
    let camera = &composition.camera;
    let seed = n * 2 + u32::from(side > 0.0);
    let long = 6.0;
    let (near, far) = (camera.eye.z + 1.5 + long * n as f32, camera.eye.z + 1.5 + long * (n + 1) as f32);
    let high = 5.5 + 5.0 * chance(83, seed);
    let x = side * out;
    let middle = v3(x, 1.0, (near + far) / 2.0);
    let lit = lit(composition, middle, false);
    let away = if side * lit.key > 0.0 { 0.0 } else { 0.14 };
    let tone = lit.tone(Tone::grey(0.16 + away + composition.light.shade * 0.7 + 0.1 * chance(89, seed)));
    let pen = lit.contour().weighing(0.8);
    let wall = [v3(x, 0.0, near), v3(x, 0.0, far), v3(x, high, far), v3(x, high, near)];
    // The end that shows above a lower neighbour.
    let end = [v3(x, 0.0, near), v3(x + side * 6.0, 0.0, near), v3(x + side * 6.0, high, near), v3(x, high, near)];
    drawing.shape(camera.polygon(&end), tone.darker(0.15), pen);
    drawing.shape(camera.polygon(&wall), tone, pen);
    let night = composition.light.moon;
    for floor in 0..((high - 0.8) / 2.6) as u32 {
        for k in 0..3_u32 {
            let (z0, y0) = (near + 0.8 + 1.8 * k as f32, 1.0 + 2.6 * floor as f32);
            let door = floor == 0 && k == seed % 3;
            let (low, top) = if door { (0.0, 2.2) } else { (y0, y0 + 1.3) };
            let pane = [v3(x, low, z0), v3(x, low, z0 + 0.95), v3(x, top, z0 + 0.95), v3(x, top, z0)];
            let shines = night && !door && chance(97, seed * 16 + floor * 3 + k) > 0.55;
            let dark = if shines { 0.0 } else { 0.5 + composition.light.shade * 0.5 };
            drawing.shape(
                camera.polygon(&pane),
                Tone::grey(if shines { 0.0 } else { lit.tone(Tone::grey(dark)).dark }),
                lit.detail().weighing(0.7),
            );
        }
    }
}

/// What lies about, and what the place's look names.
fn scatter(composition: &Composition) -> Vec<Piece> {
    let camera = &composition.camera;
    let down = camera.looks_down();
    let main = composition.main.map_or(8.0, |main| camera.depth(composition.cast[main].place)).max(0.5);
    let named: Vec<&'static Prop> = composition.named.clone();
    let own = composition.place.scatter.iter().filter_map(|name| lexicon().prop(name));
    let mut pieces = Vec::new();
    for (n, prop) in own.chain(named.iter().copied()).enumerate() {
        let n = n as u32;
        let side = if n.is_multiple_of(2) { 1.0 } else { -1.0 };
        let high = super::solid::extent(prop).1;
        let depth = if prop.tall {
            (main + 6.0).max(high * 1.9) + 3.0 * n as f32
        } else {
            main + (0.45 * main).max(2.2) * (0.7 + 0.55 * n as f32)
        };
        let depth = if high > 9.0 { depth.max(main * 3.2) } else { depth };
        let wide = composition.ratio * 0.5 * depth / camera.focal;
        let (x, z) = if down {
            (side * (1.4 + chance(101, n) * 2.0), (chance(103, n) - 0.5) * 3.0)
        } else {
            (side * wide * (0.42 + 0.5 * chance(101, n)), camera.eye.z + depth)
        };
        // A foot or a root at the upper edge tells nothing.
        if down && prop.tall || composition.size >= crate::board::Size::Medium && camera.horizon() < 0.0 && !down {
            continue;
        }
        let scale = 0.85 + 0.4 * chance(107, n);
        pieces.push(Piece { prop, spot: Spot { place: v3(x, 0.0, z), turn: 30.0 * (chance(109, n) - 0.5), scale } });
    }
    pieces
}
