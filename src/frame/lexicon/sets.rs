//! Entries about sets: things, places, light and weather.

use serde::Deserialize;

use super::words::Pattern;
use super::{names, worded};
use crate::frame::marks::Tint;

names! {
    /// What falls from the sky or hangs in the air.
    Weather: Clear = "Nothing.", Rain = "Rain.", Snow = "Snow.", Fog = "Fog.", Storm = "Rain and lightning.", Wind = "Wind.";
    /// What a floor is made of.
    Floor: Planks = "Boards.", Tiles = "Tiles.", Rock = "Bare rock.";
    /// What a wall is besides a wall.
    Wide: Windows = "Glass all round.", Steps = "A stair runs up it.";
    /// What one stands on outdoors.
    Ground: Rock = "Slabs.", Water = "Water.", Sand = "Sand.", Grass = "Grass.", Road = "A road through grass.", Street = "A street.", Roof = "A flat roof.", Moon = "Dust and craters.", Snow = "Snow.", Clouds = "Nothing but air.";
    /// What is seen on the horizon.
    Horizon: Sea = "The sea.", Dunes = "Dunes.", Trees = "A wood.", Mountains = "Mountains.", Hills = "Hills.", City = "Roofs.", Junk = "Heaps.", Stars = "Stars.", Flat = "Nothing.";
    /// What runs along both sides.
    Sides: Trees = "Trees.", Houses = "House fronts.", Junk = "Heaps.";
    /// Where light comes from.
    Key: Left = "The frame's left.", Right = "The frame's right.", Back = "Behind the subject.";
    /// How high the sun stands.
    Sun: Low = "On the horizon.", High = "Above.";
    /// Where a thing belongs.
    Sits: Ground = "On the ground, or on what is there.", Wall = "On a wall.", Ceiling = "From the ceiling.";
}

worded! {
    /// A weather's words.
    WeatherWords { weather: Weather }
}

/// A thing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prop {
    /// Its words; the first is its name.
    pub words: Vec<Pattern>,
    /// How dark it is.
    pub tone: f32,
    /// Its colour.
    #[serde(default)]
    pub tint: Option<Tint>,
    /// Whether it stands on the ground whatever the frame.
    #[serde(default)]
    pub big: bool,
    /// Whether it is driven.
    #[serde(default)]
    pub vehicle: bool,
    /// Whether it is taller than people.
    #[serde(default)]
    pub tall: bool,
    /// Whether one looks through it.
    #[serde(default)]
    pub pane: bool,
    /// Where it belongs.
    #[serde(default = "Prop::on_the_ground")]
    pub sits: Sits,
    /// How far it shines, in metres.
    #[serde(default)]
    pub glow: f32,
    /// What it is made of, farthest first.
    pub parts: Vec<Part>,
}

impl Prop {
    const fn on_the_ground() -> Sits {
        Sits::Ground
    }
}

/// A part of a thing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Part {
    /// Its form.
    #[serde(flatten)]
    pub form: Form,
    /// Moved by.
    #[serde(default)]
    pub at: [f32; 3],
    /// Turned about the upright by, in degrees.
    #[serde(default)]
    pub turn: f32,
    /// How thick a plate or a disc is.
    #[serde(default)]
    pub thick: f32,
    /// How dark it is, where the thing's own tone is not its.
    #[serde(default)]
    pub tone: Option<f32>,
    /// Its colour.
    #[serde(default)]
    pub tint: Option<Tint>,
}

/// A part's form, in metres.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Width, height, depth.
    Box([f32; 3]),
    /// An outline, as thick as the part says.
    Plate(Vec<[f32; 2]>),
    /// Radius and height, from its foot up.
    Lathe(Vec<[f32; 2]>),
    /// A radius.
    Ball(f32),
    /// A wheel seen from the side, as thick as the part says.
    Disc(f32),
    /// A wheel without a face.
    Hoop(f32),
    /// A line.
    Wire(Vec<[f32; 3]>),
}

/// Where scenes happen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its words.
    pub words: Vec<Pattern>,
    /// Width, depth and height of a room; absent outdoors.
    #[serde(default)]
    pub room: Option<[f32; 3]>,
    /// A room's floor.
    #[serde(default)]
    pub floor: Option<Floor>,
    /// What its walls are besides.
    #[serde(default)]
    pub wide: Option<Wide>,
    /// What stands in a room.
    #[serde(default)]
    pub dressing: Vec<Dressing>,
    /// What one stands on outdoors.
    #[serde(default)]
    pub ground: Option<Ground>,
    /// What is on the horizon.
    #[serde(default)]
    pub horizon: Option<Horizon>,
    /// What runs along the sides.
    #[serde(default)]
    pub sides: Option<Sides>,
    /// What lies about.
    #[serde(default)]
    pub scatter: Vec<String>,
}

/// Something that stands in a room.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dressing {
    /// The thing's name.
    pub prop: String,
    /// On or before the back wall: from -1, its left end, to 1.
    #[serde(default)]
    pub back: Option<f32>,
    /// Along the left wall: from 0, its near end, to 1.
    #[serde(default)]
    pub left: Option<f32>,
    /// Along the right wall.
    #[serde(default)]
    pub right: Option<f32>,
    /// On the floor: across from -1 to 1, deep from 0 to 1.
    #[serde(default)]
    pub floor: Option<[f32; 2]>,
    /// How far before the wall, in metres.
    #[serde(default)]
    pub out: f32,
    /// How high above the floor.
    #[serde(default)]
    pub lift: f32,
    /// Its size against the thing's own.
    #[serde(default = "Dressing::as_it_is")]
    pub scale: f32,
}

impl Dressing {
    const fn as_it_is() -> f32 {
        1.0
    }
}

/// Light and weather.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skies {
    /// Lights.
    pub lights: Vec<Light>,
    /// Weathers.
    pub weathers: Vec<WeatherWords>,
    /// Words for lamps that are lit.
    pub lamps: Vec<Pattern>,
    /// Words for weather that is over.
    pub over: Vec<Pattern>,
}

/// How light it is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Light {
    /// Its name.
    pub name: String,
    /// Its words.
    pub words: Vec<Pattern>,
    /// How dark the sky is.
    pub sky: f32,
    /// How dark the ground is.
    pub ground: f32,
    /// How dark walls are.
    pub room: f32,
    /// How much darker everything becomes.
    pub shade: f32,
    /// How dark bodies are at least: silhouettes.
    #[serde(default)]
    pub bodies: f32,
    /// Where the light comes from.
    pub key: Key,
    /// How high the sun stands, where it is seen.
    #[serde(default)]
    pub sun: Option<Sun>,
    /// Whether the moon is seen.
    #[serde(default)]
    pub moon: bool,
}
