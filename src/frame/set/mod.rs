//! The set: what is behind and around the cast. Rooms, open country, things, light and weather.

pub mod indoors;
pub mod outdoors;
pub mod sky;
pub mod solid;

use super::figure::Lit;
use super::lexicon::{Key, Prop};
use super::marks::Drawing;
use super::space::{P2, V3, v3};
use super::stage::Composition;
use solid::Spot;

/// A thing of the set, waiting for its turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What it is.
    pub prop: &'static Prop,
    /// Where it stands.
    pub spot: Spot,
}

/// How something at a depth is lit, the cast more brightly than the set.
#[must_use]
pub fn lit(composition: &Composition, place: V3, body: bool) -> Lit {
    let camera = &composition.camera;
    let depth = camera.depth(place);
    let main = composition.main.map_or(depth, |main| camera.depth(composition.cast[main].place)).max(0.5);
    let behind = ((depth - main) / (main + 2.5)).max(0.0);
    let near = 1.0 / (1.0 + behind * if body { 0.45 } else { 0.8 });
    let light = composition.light;
    let shade = if body { light.shade * 0.75 } else { light.shade };
    let least = if body { light.bodies } else { light.bodies * 0.6 };
    let key = match light.key {
        Key::Left => -1.0,
        Key::Right => 1.0,
        Key::Back => 0.0,
    };
    Lit { shade, least, near: if body { near.max(0.45) } else { near.clamp(0.25, 0.8) }, key }
}

/// A number from 0 to 1 that only depends on its arguments.
#[must_use]
pub fn chance(seed: u32, n: u32) -> f32 {
    let mut x = seed.wrapping_mul(0x9E37_79B1) ^ n.wrapping_mul(0x85EB_CA77);
    x = (x ^ (x >> 15)).wrapping_mul(0x2C1B_3C6D);
    x = (x ^ (x >> 12)).wrapping_mul(0x297A_2D39);
    x ^= x >> 15;
    (x >> 8) as f32 / (1 << 24) as f32
}

/// A shadow on the ground under something that wide and that high.
pub fn shadow(drawing: &mut Drawing, composition: &Composition, place: V3, wide: f32, high: f32) {
    let light = composition.light;
    let (long, side) = match (light.sun, light.key) {
        (Some(super::lexicon::Sun::Low), Key::Left) => (0.9, 1.0),
        (Some(super::lexicon::Sun::Low), _) => (0.9, -1.0),
        (_, Key::Left) => (0.3, 1.0),
        (_, Key::Right) => (0.3, -1.0),
        (_, Key::Back) => (0.0, 0.0),
    };
    let toward = if light.key == Key::Back { -0.5 * high } else { 0.0 };
    let half = wide * 0.5;
    let reach = side * high * long;
    let outline: Vec<V3> = (0..20_u8)
        .map(|n| {
            let (sin, cos) = super::space::sin_cos(f32::from(n) * 18.0);
            let stretch = if cos * side > 0.0 { reach.abs() } else { 0.0 };
            v3(
                place.x + cos * (half + stretch),
                place.y + 0.005,
                place.z + sin * half * 0.7 + toward * (0.5 - 0.5 * sin),
            )
        })
        .collect();
    let outline: Vec<P2> = composition.camera.polygon(&outline);
    drawing.wash(outline, 0.26);
}
