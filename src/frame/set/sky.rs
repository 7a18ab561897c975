//! Sky, sun and moon behind everything; rain, snow and fog before it.

use super::chance;
use crate::frame::lexicon::{Horizon, Key, Sun, Weather};
use crate::frame::marks::{Cover, Drawing, Pen, Role, Tone, disc, oval};
use crate::frame::space::P2;
use crate::frame::stage::Composition;

/// Draws the sky: its tone, what shines in it, and clouds.
pub fn draw(drawing: &mut Drawing, composition: &Composition) {
    let light = composition.light;
    let ratio = composition.ratio;
    let heavy = matches!(composition.weather, Weather::Storm | Weather::Rain);
    let dark = light.sky + if heavy { (0.55 - light.sky).max(0.0) * 0.6 } else { 0.0 };
    drawing.area(sheet(ratio), Tone::grey(dark.min(0.92)));
    let row = composition.camera.horizon();
    // Paler towards the horizon.
    for (n, up) in [0.34, 0.2, 0.09].into_iter().enumerate() {
        if row > up && row < 1.6 {
            let tilt = tilted(composition);
            let band =
                [(-0.3, row - up), (ratio + 0.3, row - up), (ratio + 0.3, row + 0.3), (-0.3, row + 0.3)].map(tilt);
            drawing.veil(band.to_vec(), 0.1 + 0.08 * n as f32);
        }
    }
    let space = composition.place.horizon == Some(Horizon::Stars);
    if space || light.moon && composition.weather == Weather::Clear {
        for n in 0..if space { 90 } else { 36 } {
            let (x, y) = (chance(201, n) * ratio, chance(203, n) * row.clamp(0.15, 1.0));
            let r = 0.0014 + 0.0022 * chance(207, n);
            drawing.cover(disc((x, y), r), Tone::grey(1.0), Cover::Veil, 0.0);
        }
    }
    let side = if light.key == Key::Left { 0.2 } else { 0.8 };
    if space {
        let planet = disc((ratio * 0.78, 0.24), 0.17);
        drawing.shape(planet, Tone::grey(0.2), Pen::new(Role::Contour).weighing(0.6));
        drawing.wash(oval((ratio * 0.815, 0.27), 0.12, 0.12), 0.35);
    } else if light.moon && !heavy {
        let at = (ratio * side, (row * 0.35).clamp(0.1, 0.24));
        drawing.glow(at, 0.16, 0.4);
        drawing.area(disc(at, 0.045), Tone::grey(0.0));
    } else if let (Some(Sun::Low), Weather::Clear | Weather::Wind) = (light.sun, composition.weather) {
        let at = (ratio * side, row - 0.05);
        drawing.glow(at, 0.34, 0.5);
        drawing.shape(disc(at, 0.05), Tone::grey(0.0), Pen::new(Role::Detail).weighing(0.6));
    }
    if !light.moon && !space {
        clouds(drawing, composition, heavy, row);
    }
}

fn clouds(drawing: &mut Drawing, composition: &Composition, heavy: bool, row: f32) {
    if row < 0.14 {
        return;
    }
    let pen = Pen::new(Role::Construction).weighing(0.9);
    for n in 0..if heavy { 7 } else { 3 } {
        let (x, y) =
            (composition.ratio * (0.08 + 0.84 * chance(211, n)), row.min(0.9) * (0.12 + 0.42 * chance(213, n)));
        let wide = 0.1 + 0.1 * chance(217, n);
        let bumps: Vec<P2> = (0..=10_u32)
            .map(|k| {
                let t = k as f32 / 10.0;
                let lift = if k % 2 == 1 { 0.03 } else { 0.012 };
                (x - wide + 2.0 * wide * t, y - (lift + 0.03 * (1.0 - (2.0 * t - 1.0) * (2.0 * t - 1.0))))
            })
            .collect();
        if heavy {
            let mut outline = bumps.clone();
            outline.push((x + wide, y + 0.02));
            outline.push((x - wide, y + 0.02));
            drawing.wash(outline, 0.25);
        }
        drawing.stroke(bumps, pen);
    }
}

/// Draws what falls and hangs before everything.
pub fn weather(drawing: &mut Drawing, composition: &Composition) {
    if composition.interior {
        return;
    }
    let ratio = composition.ratio;
    let dark = composition.light.moon;
    match composition.weather {
        Weather::Rain | Weather::Storm => {
            let steep = if composition.weather == Weather::Storm { 0.42 } else { 0.2 };
            let role = if dark { Role::NightRain } else { Role::Construction };
            for n in 0..170_u32 {
                let (x, y) = (chance(221, n) * (ratio + 0.3) - 0.1, chance(223, n) * 1.2 - 0.15);
                let long = 0.05 + 0.09 * chance(227, n);
                drawing.stroke(
                    vec![(x, y), (x - steep * long, y + long)],
                    Pen::new(role).weighing(1.1).paler(0.55 + 0.45 * chance(229, n)),
                );
            }
            if composition.weather == Weather::Storm {
                lightning(drawing, composition);
            }
        }
        Weather::Snow => {
            for n in 0..150_u32 {
                let at = (chance(231, n) * ratio, chance(233, n));
                let r = 0.002 + 0.006 * chance(237, n) * chance(239, n);
                drawing.cover(disc(at, r), Tone::grey(0.95), Cover::Veil, 0.0);
                if r > 0.003 {
                    drawing.contour(&disc(at, r), Pen::new(Role::Construction).weighing(0.7).paler(0.9));
                }
            }
        }
        Weather::Wind => {
            for n in 0..9_u32 {
                let (x, y) = (chance(241, n) * ratio, 0.1 + 0.75 * chance(243, n));
                let long = 0.16 + 0.16 * chance(247, n);
                drawing.stroke(
                    vec![(x, y), (x + long * 0.4, y - 0.014), (x + long * 0.8, y + 0.004), (x + long, y - 0.02)],
                    Pen::new(Role::Construction).weighing(0.8),
                );
            }
        }
        Weather::Fog | Weather::Clear => {}
    }
}

/// A veil of fog between the camera and what is far: drawn before the main subject is.
pub fn fog(drawing: &mut Drawing, composition: &Composition, share: f32) {
    if composition.weather == Weather::Fog {
        drawing.veil(sheet(composition.ratio), share);
    }
}

fn lightning(drawing: &mut Drawing, composition: &Composition) {
    let row = composition.camera.horizon().clamp(0.3, 0.9);
    let x = composition.ratio * 0.72;
    let bolt = [
        (0.0, 0.0),
        (-0.03, 0.28),
        (0.012, 0.3),
        (-0.035, 0.62),
        (0.004, 0.64),
        (-0.05, 1.0),
        (-0.02, 0.58),
        (-0.05, 0.57),
        (0.0, 0.26),
        (-0.03, 0.25),
    ];
    let points: Vec<P2> = bolt.iter().map(|&(dx, t)| (x + dx, t * row)).collect();
    drawing.shape(points, Tone::grey(0.0), Pen::new(Role::Detail).weighing(0.6));
}

/// All of the panel and a little more.
fn sheet(ratio: f32) -> Vec<P2> {
    vec![(-0.3, -0.3), (ratio + 0.3, -0.3), (ratio + 0.3, 1.3), (-0.3, 1.3)]
}

/// Turns a point as the camera is rolled.
fn tilted(composition: &Composition) -> impl Fn(P2) -> P2 + '_ {
    |point| composition.camera.roll(point)
}
