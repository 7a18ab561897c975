//! A composition in pencil: ground and walls, subjects, labels, the camera's move, and the panel's frame.

use image::RgbaImage;
use tiny_skia::{FillRule, Mask, PathBuilder, Pixmap, Rect, Transform};

use super::composition::{Composition, Placed};
use super::figure;
use super::lettering;
use super::pencil::{Pencil, Point, Press};
use super::picture::{FrameError, Size};
use super::style::{Colour, Style};
use crate::board::Move;

/// Draws a composition. The panel keeps its aspect and is centred; what is left over is the style's surround.
///
/// # Errors
/// [`FrameError::Memory`].
pub fn sketch(composition: &Composition, size: Size, style: &Style) -> Result<RgbaImage, FrameError> {
    let out_of_memory = || FrameError::Memory(size.width(), size.height());
    let mut sheet = Pixmap::new(size.width(), size.height()).ok_or_else(out_of_memory)?;
    sheet.fill(opaque(style.surround));
    let (width, height) = (size.width() as f32, size.height() as f32);
    let unit = height.min(width / composition.ratio);
    let (wide, left) = (unit * composition.ratio, (width - unit * composition.ratio) / 2.0);
    let top = (height - unit) / 2.0;
    let panel = Rect::from_xywh(left, top, wide, unit).ok_or_else(out_of_memory)?;
    let mut mask = Mask::new(size.width(), size.height()).ok_or_else(out_of_memory)?;
    mask.fill_path(&PathBuilder::from_rect(panel), FillRule::Winding, true, Transform::identity());
    let upright = Transform::from_row(unit, 0.0, 0.0, unit, left, top);
    let tilted = upright.pre_concat(Transform::from_rotate_at(composition.tilt, composition.ratio / 2.0, 0.5));

    let mut pencil = Pencil::new(&mut sheet, style, tilted, unit, mask);
    // Wider than the panel, for the tilted one.
    let around = [(-3.0, -3.0), (9.0, -3.0), (9.0, 5.0), (-3.0, 5.0)];
    pencil.fill(&around, style.paper, 1.0);
    if composition.plan {
        floor_plan(&mut pencil, composition)
    } else {
        ground(&mut pencil, composition)
    }
    for placed in &composition.subjects {
        subject(&mut pencil, composition, placed);
    }
    // Names lie on everything, or a nearer figure would hide a farther one's.
    for placed in &composition.subjects {
        label(&mut pencil, &placed.name, label_place(composition, placed), composition.ratio);
    }
    if let Some(x) = composition.shoulder {
        figure::shoulder(&mut pencil, x);
    }
    pencil.turn(upright);
    if composition.vignette {
        vignette(&mut pencil, composition.ratio);
    }
    camera(&mut pencil, composition.camera, composition.ratio);
    border(&mut pencil, composition.ratio);
    let pixels = sheet.take();
    // Everything drawn lies on an opaque sheet, so premultiplied and plain colours are the same.
    RgbaImage::from_raw(size.width(), size.height(), pixels).ok_or_else(out_of_memory)
}

fn opaque(Colour([red, green, blue]): Colour) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(red, green, blue, 255)
}

/// Horizon, and either a floor running to its vanishing point under walls, or ground and a far ridge.
fn ground(pencil: &mut Pencil<'_>, composition: &Composition) {
    let (ratio, horizon) = (composition.ratio, composition.horizon);
    let light = pencil.light();
    let vanishing = (ratio * 0.5, horizon);
    if composition.interior {
        return room(pencil, ratio, vanishing, light);
    }
    pencil.line(&[(-0.5, horizon), (ratio + 0.5, horizon)], light);
    let ridge: Vec<Point> = (0..=12)
        .map(|n| {
            let t = n as f32 / 12.0;
            let lift = (t * 9.0).sin() * 0.5 + (t * 23.0 + 1.0).sin() * 0.25 + 0.75;
            (-0.3 + t * (ratio + 0.6), horizon - 0.035 * lift)
        })
        .collect();
    pencil.faint(&ridge, light);
    for n in -6..=6 {
        let foot = (vanishing.0 + n as f32 * ratio * 0.3, horizon + 1.2);
        let start = along(vanishing, foot, 0.16 + 0.02 * (n as f32).abs());
        pencil.faint(&[start, foot], Press { dark: 0.28, ..light });
    }
    // Strokes of ground, closer together towards the horizon.
    for n in 1..7 {
        let y = horizon + 0.03 * (n * n) as f32;
        let x = ratio * (0.5 + 0.37 * (n as f32 * 2.4).sin());
        pencil.faint(&[(x, y), (x + 0.06 * n as f32 + 0.08, y)], light);
    }
}

/// A back wall with its corners, and the floor's boards.
fn room(pencil: &mut Pencil<'_>, ratio: f32, vanishing: Point, light: Press) {
    let (across, above, below) = (ratio * 0.34, 0.34, 0.17);
    let (left, right) = (vanishing.0 - across, vanishing.0 + across);
    let (ceiling, floor) = (vanishing.1 - above, vanishing.1 + below);
    let wall = [(left, ceiling), (right, ceiling), (right, floor), (left, floor), (left, ceiling)];
    pencil.line(&wall, light);
    for corner in &wall[..4] {
        pencil.line(&[*corner, along(vanishing, *corner, 4.0)], light);
    }
    for n in -5..=5 {
        let edge = (vanishing.0 + across * n as f32 / 5.0, floor);
        pencil.faint(&[edge, along(vanishing, edge, 7.0)], Press { dark: 0.28, ..light });
    }
    let shade =
        [(left, ceiling), (left, floor), along(vanishing, (left, floor), 4.0), along(vanishing, (left, ceiling), 4.0)];
    pencil.hatch(&shade, 1.2, 0.045, Press { dark: 0.22, ..light });
}

/// A floor seen straight down.
fn floor_plan(pencil: &mut Pencil<'_>, composition: &Composition) {
    let light = Press { dark: 0.35, ..pencil.light() };
    for n in -4..=24 {
        let at = n as f32 * 0.16;
        pencil.faint(&[(at, -0.2), (at, 1.2)], light);
        if n < 8 {
            pencil.faint(&[(-0.2, at), (composition.ratio + 0.2, at)], light);
        }
    }
}

/// The point on the way from `from` through `to`, at `t` of the distance.
fn along(from: Point, to: Point, t: f32) -> Point {
    (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
}

fn subject(pencil: &mut Pencil<'_>, composition: &Composition, placed: &Placed) {
    match (placed.prop, composition.plan) {
        (true, _) => {
            let (size, base) = thing_place(composition, placed);
            figure::thing(pencil, placed.x, base, size, &placed.name);
        }
        (false, true) => figure::plan(pencil, placed, plan_size(placed)),
        (false, false) => figure::body(pencil, placed),
    }
}

/// How big a thing is, and what it stands on: where the ground is out of the frame, it is held or lies on something.
fn thing_place(composition: &Composition, placed: &Placed) -> (f32, f32) {
    let size = (placed.height * 0.17).clamp(0.07, 0.42);
    (size, if composition.plan { placed.feet + size * 0.4 } else { placed.feet.min(0.8) })
}

fn plan_size(placed: &Placed) -> f32 {
    (placed.height * 0.5).clamp(0.07, 0.5)
}

/// Below what it names, and still in the frame.
fn label_place(composition: &Composition, placed: &Placed) -> Point {
    let below = match (placed.prop, composition.plan) {
        (true, _) => thing_place(composition, placed).1,
        (false, true) => placed.feet + plan_size(placed) * 0.6,
        (false, false) => placed.feet,
    };
    (placed.x, (below + 0.03).min(0.9))
}

/// A name in capitals, on a scrap of paper so that it reads on anything.
fn label(pencil: &mut Pencil<'_>, name: &str, (x, y): Point, ratio: f32) {
    let high = 0.028;
    let short: String = name.chars().take(18).collect();
    let (strokes, width) = lettering::letter(&short);
    let width = width * high;
    if strokes.is_empty() {
        return;
    }
    let left = (x - width / 2.0).clamp(0.03, (ratio - width - 0.03).max(0.03));
    let pad = 0.012;
    let (right, bottom) = (left + width + pad, y + high + pad);
    let scrap = [(left - pad, y - pad), (right, y - pad), (right, bottom), (left - pad, bottom)];
    let ink = Press { width: 0.55, ..pencil.ink() };
    pencil.scrap(&scrap);
    for stroke in strokes {
        let points: Vec<Point> = stroke.iter().map(|&(dx, dy)| (left + dx * high, y + dy * high)).collect();
        pencil.precise(&points, ink);
    }
}

/// The dark round the edge of what someone's eyes see.
fn vignette(pencil: &mut Pencil<'_>, ratio: f32) {
    let ink = Press { width: 0.8, dark: 0.55, ..pencil.ink() };
    for corner in 0..4 {
        let (x, y) = ((corner % 2) as f32 * ratio, (corner / 2) as f32);
        let (dx, dy) = (if x > 0.0 { -1.0 } else { 1.0 }, if y > 0.0 { -1.0 } else { 1.0 });
        let curve: Vec<Point> = (0..=8)
            .map(|n| {
                let (sin, cos) = (std::f32::consts::FRAC_PI_2 * n as f32 / 8.0).sin_cos();
                (x + dx * ratio * 0.3 * (1.0 - sin), y + dy * 0.42 * (1.0 - cos))
            })
            .collect();
        let mut shape = vec![(x, y)];
        shape.extend(curve);
        pencil.hatch(&shape, 0.8 * dx * dy, 0.014, ink);
    }
}

/// The camera's move, as storyboard artists mark it.
fn camera(pencil: &mut Pencil<'_>, camera: Move, ratio: f32) {
    let accent = pencil.accent();
    let middle = ratio / 2.0;
    let across = |from: f32, to: f32| vec![(middle + from * ratio, 0.075), (middle + to * ratio, 0.075)];
    let side = ratio - 0.09;
    match camera {
        Move::Static => {}
        Move::PanLeft => arrow(pencil, &across(0.2, -0.2), accent),
        Move::PanRight => arrow(pencil, &across(-0.2, 0.2), accent),
        Move::TiltUp => arrow(pencil, &[(side, 0.72), (side, 0.28)], accent),
        Move::TiltDown => arrow(pencil, &[(side, 0.28), (side, 0.72)], accent),
        Move::TrackLeft => block_arrow(pencil, middle + 0.2 * ratio, middle - 0.2 * ratio, accent),
        Move::TrackRight => block_arrow(pencil, middle - 0.2 * ratio, middle + 0.2 * ratio, accent),
        Move::CraneUp => arrow(pencil, &bow(side - 0.05, 0.75, 0.25), accent),
        Move::CraneDown => arrow(pencil, &bow(side - 0.05, 0.25, 0.75), accent),
        Move::PushIn => framed(pencil, ratio, true, accent),
        Move::PullOut => framed(pencil, ratio, false, accent),
        Move::ZoomIn => zoom(pencil, ratio, true, accent),
        Move::ZoomOut => zoom(pencil, ratio, false, accent),
        Move::Handheld => {
            for (dx, dy) in [(0.035, 0.05), (0.055, 0.035)] {
                let frame = rect(dx, dy, ratio - 0.09, 0.91);
                pencil.line(&frame, Press { width: 0.7, ..accent });
            }
        }
    }
}

fn arrow(pencil: &mut Pencil<'_>, points: &[Point], press: Press) {
    pencil.line(points, press);
    let [.., before, tip] = points else { return };
    let back = (before.1 - tip.1).atan2(before.0 - tip.0);
    let wing = |turn: f32| (tip.0 + 0.05 * (back + turn).cos(), tip.1 + 0.05 * (back + turn).sin());
    pencil.line(&[wing(0.5), *tip, wing(-0.5)], press);
}

fn block_arrow(pencil: &mut Pencil<'_>, from: f32, to: f32, press: Press) {
    let (y, half, head) = (0.08, 0.018, 0.05_f32.copysign(to - from));
    let shaft = to - head;
    let outline = [
        (from, y - half),
        (shaft, y - half),
        (shaft, y - 0.04),
        (to, y),
        (shaft, y + 0.04),
        (shaft, y + half),
        (from, y + half),
    ];
    pencil.shape(&outline, press);
}

fn bow(x: f32, from: f32, to: f32) -> Vec<Point> {
    (0..=8)
        .map(|n| {
            let t = n as f32 / 8.0;
            (x + 0.07 * (std::f32::consts::PI * t).sin(), from + (to - from) * t)
        })
        .collect()
}

fn rect(x: f32, y: f32, wide: f32, high: f32) -> [Point; 5] {
    [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
}

/// The corners of a frame in the frame, and an arrow from each outer corner to its inner one, or back.
fn framed(pencil: &mut Pencil<'_>, ratio: f32, inward: bool, press: Press) {
    let (inner, tick) = (0.2, 0.07);
    for corner in 0..4 {
        let (right, low) = (corner % 2 == 1, corner / 2 == 1);
        let (sx, sy) = (if right { -1.0 } else { 1.0 }, if low { -1.0 } else { 1.0 });
        let (x, y) = (if right { ratio } else { 0.0 }, if low { 1.0 } else { 0.0 });
        let at = |t: f32| (x + sx * t * ratio, y + sy * t);
        let (cx, cy) = at(inner);
        pencil.line(&[(cx + sx * tick, cy), (cx, cy), (cx, cy + sy * tick)], press);
        let ends = [at(0.04), at(inner - 0.03)];
        let thin = Press { width: 0.9, ..press };
        if inward { arrow(pencil, &ends, thin) } else { arrow(pencil, &[ends[1], ends[0]], thin) }
    }
}

/// A dashed frame in the frame: the lens moves, the camera does not.
fn zoom(pencil: &mut Pencil<'_>, ratio: f32, inward: bool, press: Press) {
    let frame = rect(0.2 * ratio, 0.2, 0.6 * ratio, 0.6);
    let thin = Press { width: 0.8, ..press };
    for side in frame.windows(2) {
        for dash in 0..8 {
            let t = dash as f32 / 8.0;
            pencil.faint(&[along(side[0], side[1], t), along(side[0], side[1], t + 0.07)], thin);
        }
    }
    let ends = [(0.06 * ratio, 0.5), (0.18 * ratio, 0.5)];
    if inward { arrow(pencil, &ends, press) } else { arrow(pencil, &[ends[1], ends[0]], press) }
}

fn border(pencil: &mut Pencil<'_>, ratio: f32) {
    let ink = Press { width: 1.6, ..pencil.ink() };
    pencil.line(&rect(0.006, 0.006, ratio - 0.012, 0.988), ink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Angle, Shot, Storyboard};
    use crate::frame::{Stage, draw};

    fn board() -> Storyboard {
        serde_yaml::from_str(include_str!("../../storyboards/the-keeper.yaml")).unwrap()
    }

    fn first_shot(board: &Storyboard) -> Shot {
        board.scenes[0].takes[0].shots[0].clone()
    }

    #[test]
    fn the_same_shot_is_the_same_pixels_and_another_is_not() {
        let (board, style, size) = (board(), Style::pencil().unwrap(), Size::new(320, 180).unwrap());
        let stage = Stage::new(&board, "EXT. ROCKY SHORE - DAWN");
        let shot = first_shot(&board);
        let once = draw(&shot, &stage, size, &style).unwrap();
        assert_eq!(once, draw(&shot, &stage, size, &style).unwrap());
        let panned = Shot { camera: Move::PanLeft, ..shot };
        assert_ne!(once, draw(&panned, &stage, size, &style).unwrap());
    }

    #[test]
    fn every_size_angle_and_move_is_drawn_opaque_at_any_size() {
        let (board, style) = (board(), Style::pencil().unwrap());
        let stage = Stage::new(&board, "INT. KITCHEN - DAY");
        for (width, height) in [(16, 16), (200, 40), (40, 200)] {
            for &size in crate::board::Size::ALL {
                for &angle in Angle::ALL {
                    let shot = Shot { size, angle, ..first_shot(&board) };
                    let picture = draw(&shot, &stage, Size::new(width, height).unwrap(), &style).unwrap();
                    assert!(picture.pixels().all(|pixel| pixel[3] == 255), "{size} {angle}");
                }
            }
        }
        for &camera in Move::ALL {
            let shot = Shot { camera, ..first_shot(&board) };
            draw(&shot, &stage, Size::new(64, 64).unwrap(), &style).unwrap();
        }
    }

    #[test]
    fn the_panel_keeps_its_aspect_whatever_the_pictures() {
        let (board, style) = (board(), Style::pencil().unwrap());
        let stage = Stage::new(&board, "EXT. ROCKY SHORE - DAWN");
        let picture = draw(&first_shot(&board), &stage, Size::new(239, 300).unwrap(), &style).unwrap();
        let Colour([red, green, blue]) = style.surround;
        assert_eq!(picture.get_pixel(120, 90).0, [red, green, blue, 255], "above the panel");
        assert_ne!(picture.get_pixel(120, 105).0, [red, green, blue, 255], "inside it");
    }
}
