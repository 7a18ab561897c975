//! Entries about bodies: poses, looks, beings.

use serde::Deserialize;

use super::words::Pattern;
use super::{names, worded};
use crate::frame::marks::Tint;

/// What a body does: where its parts are. Lengths are shares of its height; see `poses.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pose {
    /// The field's word for it.
    pub name: String,
    /// The words that mean it.
    pub words: Vec<Pattern>,
    /// The pelvis: up, forward.
    pub pelvis: [f32; 2],
    /// The spine forward, in degrees.
    pub lean: f32,
    /// The spine to the body's left, in degrees.
    pub side: f32,
    /// The shoulders against the hips, in degrees.
    pub twist: f32,
    /// The head down, in degrees.
    pub nod: f32,
    /// The head to the body's left, in degrees.
    pub turn: f32,
    /// Out to the left, up, forward.
    pub left_hand: [f32; 3],
    /// Out to the left (negative), up, forward.
    pub right_hand: [f32; 3],
    /// As the hands.
    pub left_foot: [f32; 3],
    /// As the hands.
    pub right_foot: [f32; 3],
    /// What it sits on.
    pub seat: Seat,
    /// Whether the right hand holds what lies near.
    pub grip: bool,
}

impl Default for Pose {
    fn default() -> Self {
        Self {
            name: String::new(),
            words: Vec::new(),
            pelvis: [0.53, 0.0],
            lean: 0.0,
            side: 0.0,
            twist: 0.0,
            nod: 0.0,
            turn: 0.0,
            left_hand: [0.16, 0.47, 0.04],
            right_hand: [-0.16, 0.47, 0.04],
            left_foot: [0.07, 0.04, 0.02],
            right_foot: [-0.065, 0.04, -0.03],
            seat: Seat::None,
            grip: false,
        }
    }
}

/// What a body sits on where nothing is staged for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seat {
    /// Nothing.
    None,
    /// A chair.
    Chair,
    /// A seat with a wheel before it.
    Wheel,
    /// A back or a saddle.
    Saddle,
}

/// What a look says of a body and its clothes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looks {
    /// Words for colours.
    pub colours: Vec<Colour>,
    /// Words for ages and heights.
    pub ages: Vec<AgeWords>,
    /// Words for girths.
    pub builds: Vec<BuildWords>,
    /// Words for women and girls.
    pub women: Vec<Pattern>,
    /// Words for hair styles.
    pub hairs: Vec<Means<Hair>>,
    /// Words a colour of hair stands beside.
    pub hair: Vec<Pattern>,
    /// Words for beards.
    pub beards: Vec<Pattern>,
    /// Words for glasses.
    pub glasses: Vec<Pattern>,
    /// Words for clothes with a hood.
    pub hooded: Vec<Pattern>,
    /// Words that say a hand has something.
    pub hands: Vec<Pattern>,
    /// What is said of a thing that lies on its side.
    pub tipped: Vec<Pattern>,
    /// Words for sleeves.
    pub sleeves: Vec<Pattern>,
    /// Words for parts of clothes.
    pub parts: Vec<Pattern>,
    /// Words for clothes whose trousers are of one cloth with them.
    pub suits: Vec<Pattern>,
    /// Words for hats.
    pub hats: Vec<HatWords>,
    /// Words for clothes.
    pub garments: Vec<GarmentWords>,
    /// Words for what is worn besides.
    pub extras: Vec<ExtraWords>,
    /// Words for moods.
    pub moods: Vec<MoodWords>,
}

worded! {
    /// A colour's words.
    Colour { tint: Tint }
    /// An age's words: the height in metres, the head's size against an adult's.
    AgeWords { height: f32, head: f32, age: Age }
    /// A build's words: the girth against an average one.
    BuildWords { girth: f32 }
    /// A hat's words.
    HatWords { hat: Hat }
    /// A garment's words.
    GarmentWords { garment: Garment }
    /// The words of what is worn besides.
    ExtraWords { extra: Extra }
    /// A mood's words.
    MoodWords { mood: Mood }
    /// A robot's words and height.
    Robot { height: f32 }
}

/// A hair style's words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Means<T> {
    /// The words.
    pub words: Vec<Pattern>,
    /// What they mean.
    #[serde(rename = "hair")]
    pub value: T,
}

names! {
    /// How old a body is.
    Age: Child = "A child.", Adult = "Grown up.", Old = "Old.";
    /// How hair is worn.
    Hair: Short = "Short.", Long = "Over the shoulders.", Bob = "To the chin.", Bun = "In a bun.", Tail = "In a tail.", Curly = "Curly.", Bald = "None.";
    /// What is worn on the head.
    Hat: Hood = "A hood.", Helmet = "A helmet.", Shell = "A helmet that leaves face and ears free.", Cap = "A cap with a peak.", Beanie = "A woollen cap.", Top = "A top hat.", Brim = "A hat with a brim.", Scarf = "A headscarf.", Crown = "A crown.", Toque = "A cook's hat.", Cone = "A pointed hat.";
    /// What the body wears.
    Garment: Plain = "A shirt and trousers.", Coat = "Something long, open at the knees.", Dress = "A dress or a skirt.", Shorts = "Bare legs.", Jacket = "A jacket and trousers.";
    /// What is worn besides.
    Extra: Satchel = "A bag on a strap.", Backpack = "A bag on the back.", Apron = "An apron.", Scarf = "A scarf.", Tie = "A tie.", Cape = "A cape.", Belt = "A belt.";
    /// What a face shows.
    Mood: Calm = "Nothing.", Happy = "A smile.", Angry = "Anger.", Shouting = "Anger, with an open mouth.", Sad = "Sorrow.", Startled = "Surprise or fear.", Asleep = "Closed eyes.";
    /// An animal's ears.
    Ear: Floppy = "Hanging.", Pointed = "Upright.", Round = "Round.", Broad = "As an elephant's.", Long = "As a hare's.", None = "None to be seen.";
}

impl Hat {
    /// Whether no hair is seen under it.
    #[must_use]
    pub const fn hides_hair(self) -> bool {
        matches!(self, Self::Hood | Self::Helmet | Self::Scarf)
    }
}

/// Who is no person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beings {
    /// Words for many.
    pub crowds: Vec<Pattern>,
    /// Robots.
    pub robots: Vec<Robot>,
    /// Four-legged animals.
    pub beasts: Vec<Beast>,
    /// Birds.
    pub birds: Vec<Bird>,
}

/// A four-legged animal, in metres.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beast {
    /// Its words.
    pub words: Vec<Pattern>,
    /// To the back.
    pub height: f32,
    /// From chest to rump.
    pub length: f32,
    /// The legs' share of the height.
    pub leg: f32,
    /// From the shoulders to the head.
    pub neck: f32,
    /// From the head's middle to the nose.
    pub muzzle: f32,
    /// The head's size against the usual for its height.
    #[serde(default = "Beast::usual")]
    pub head: f32,
    /// Whether its coat is long.
    #[serde(default)]
    pub shaggy: bool,
    /// Its ears.
    pub ear: Ear,
    /// Its tail's length.
    pub tail: f32,
    /// Whether it has a mane.
    #[serde(default)]
    pub mane: bool,
    /// Whether it has horns.
    #[serde(default)]
    pub horns: bool,
    /// Its colour.
    #[serde(default)]
    pub tint: Option<Tint>,
}

impl Beast {
    const fn usual() -> f32 {
        1.0
    }
}

/// A bird.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bird {
    /// Its words.
    pub words: Vec<Pattern>,
    /// From its feet to its head, in metres.
    pub height: f32,
    /// Its colour.
    #[serde(default)]
    pub tint: Option<Tint>,
}
