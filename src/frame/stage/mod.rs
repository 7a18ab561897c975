//! Staging: from a shot to a composition. PURE: words in, geometry out.
//!
//! The cast is read from the staging ([`cast`]), the camera is solved from size, angle and main subject ([`framing`]),
//! and everybody is put where their position and depth are seen through it.

mod blocking;
pub mod cast;
pub mod framing;
#[cfg(test)]
mod tests;

use crate::board::heading::Heading;
use crate::board::{
    Angle, Depth, Extra, Facing, Kind, Line, Move, Newcomer, Position, Shot, Size, Staging, Storyboard, aspect,
};

use super::lexicon::{Light, Place, Prop, Weather, Words, first, lexicon};
use super::space::Camera;
use crate::lettering::Fonts;
use cast::{Actor, Being};

/// What a shot is staged on, the same for a whole scene.
#[derive(Debug, Clone)]
pub struct Stage<'a> {
    board: &'a Storyboard,
    newcomers: &'a [Newcomer],
    place: &'static Place,
    interior: bool,
    named: Vec<&'static Prop>,
    light: &'static Light,
    weather: Weather,
    fonts: Fonts,
}

impl<'a> Stage<'a> {
    /// The stage of a scene with that heading.
    #[must_use]
    pub fn new(board: &'a Storyboard, heading: &str) -> Self {
        let parsed = Heading::parse(heading);
        let interior = parsed.map_or_else(
            || heading.trim_start().to_ascii_uppercase().starts_with("INT"),
            |heading| heading.prefix.to_ascii_uppercase().starts_with('I'),
        );
        let (where_, when) = parsed.map_or((heading, ""), |heading| (heading.place, heading.time));
        let entry = board
            .bible
            .list(Kind::Place)
            .iter()
            .filter(|entry| where_.to_lowercase().contains(&entry.name.to_lowercase()))
            .max_by_key(|entry| entry.name.len());
        let look = entry.map(|entry| entry.look.to_string()).unwrap_or_default();
        let now = entry.and_then(|entry| entry.now.as_deref()).map(ToString::to_string).unwrap_or_default();
        let (place, looks) = (Words::of(where_), Words::of(&look));
        let place =
            place_of(&place, interior).or_else(|| place_of(&looks, interior)).unwrap_or_else(|| anywhere(interior));
        let named = lexicon().props.iter().filter(|prop| (interior || prop.big) && looks.any(&prop.words)).collect();
        let telling = format!("{when} {now}");
        Self {
            board,
            newcomers: &[],
            place,
            interior,
            named,
            light: light(when),
            weather: weather(&telling).unwrap_or(Weather::Clear),
            fonts: Fonts::default(),
        }
    }

    /// The same with fonts that have the names to be written, where these are known: [`Self::names`].
    #[must_use]
    pub fn with_fonts(self, fonts: Fonts) -> Self {
        Self { fonts, ..self }
    }

    /// The names that may be written on frames of these shots.
    #[must_use]
    pub fn names(board: &Storyboard, shots: &[Shot]) -> String {
        let staged = shots.iter().flat_map(|shot| &shot.staging).map(|staging| &*staging.subject);
        board.bible.entries().map(|(_, entry)| &*entry.name).chain(staged).collect::<Vec<&str>>().join(" ")
    }

    /// The same with those a take brings in.
    #[must_use]
    pub fn with_newcomers(self, newcomers: &'a [Newcomer]) -> Self {
        Self { newcomers, ..self }
    }

    fn ratio(&self) -> f32 {
        aspect::ratio(&self.board.aspect).unwrap_or(16.0 / 9.0)
    }
}

/// The place some words mean: the last one named, as English and French headings have the general after the special, and
/// of those that end together the one with the most words.
fn place_of(words: &Words, interior: bool) -> Option<&'static Place> {
    let found = lexicon()
        .places
        .iter()
        .filter(|place| place.room.is_some() == interior)
        .filter_map(|place| Some((place, words.find_any(&place.words)?)));
    found.max_by_key(|(_, found)| (found.long, found.at)).map(|(place, _)| place)
}

/// A room or open country.
fn anywhere(interior: bool) -> &'static Place {
    let plain = if interior { "room" } else { "outside" };
    let words = Words::of(plain);
    let fits = |place: &&Place| place.room.is_some() == interior && words.any(&place.words);
    let places = &lexicon().places;
    places.iter().find(fits).unwrap_or(&places[0])
}

fn light(when: &str) -> &'static Light {
    let lights = &lexicon().skies.lights;
    let day = lights.len().saturating_sub(1);
    first(lights, &Words::of(when), |light| &light.words).map_or(&lights[day], |(light, _)| light)
}

/// The weather some words mean, unless it is over.
fn weather(text: &str) -> Option<Weather> {
    let (words, skies) = (Words::of(text), &lexicon().skies);
    if words.any(&skies.over) {
        return None;
    }
    first(&skies.weathers, &words, |entry| &entry.words).map(|(entry, _)| entry.weather)
}

/// A panel, composed.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Width to height.
    pub ratio: f32,
    /// What is seen from where.
    pub camera: Camera,
    /// Who and what is there.
    pub cast: Vec<Actor>,
    /// Whom the shot is about: a place in the cast.
    pub main: Option<usize>,
    /// Where it happens.
    pub place: &'static Place,
    /// Whether there are walls.
    pub interior: bool,
    /// What the place's look names.
    pub named: Vec<&'static Prop>,
    /// How light it is.
    pub light: &'static Light,
    /// What the weather is.
    pub weather: Weather,
    /// Whether lamps are lit.
    pub lamps: bool,
    /// Whether what lies on something lies on a plate.
    pub plate: bool,
    /// Whether it is seen through someone's eyes.
    pub pov: bool,
    /// How much the frame holds.
    pub size: Size,
    /// What the camera does.
    pub movement: Move,
    /// What names are written with where the hand does not know their letters.
    pub fonts: Fonts,
}

/// Composes a shot.
#[must_use]
pub fn compose(shot: &Shot, stage: &Stage<'_>) -> Composition {
    let ratio = stage.ratio();
    let staged = if shot.staging.is_empty() { implied(shot, stage) } else { shot.staging.clone() };
    let mut cast = cast::cast(stage.board, stage.newcomers, shot, &staged);
    if shot.angle == Angle::Pov {
        // Whoever is nearest and turned away is the one whose eyes these are.
        let viewer =
            cast.iter().position(|(_, staging)| staging.depth == Depth::Near && staging.facing == Some(Facing::Away));
        if let Some(viewer) = viewer.filter(|_| cast.len() > 1) {
            cast.remove(viewer);
        }
    }
    let shoulder = if shot.angle == Angle::OverShoulder { past_whom(&mut cast, shot) } else { None };
    let main = main_of(&cast, shot, shoulder);
    if let Some(main) = main {
        // The main subject's face shows what the description tells.
        let mood = super::figure::mood(&Words::of(&shot.description));
        if cast[main].0.mood == super::lexicon::Mood::Calm {
            cast[main].0.mood = mood;
        }
    }
    let telling = Words::of(&shot.description);
    hold(&mut cast);
    take_in_hand(&mut cast, shot, &telling, main);
    let camera = blocking::place_all(shot, &mut cast, main, shoulder, ratio, stage.interior);
    let mut actors: Vec<Actor> = cast.into_iter().map(|(actor, _)| actor).collect();
    blocking::crowds(&mut actors);
    let light =
        first(&lexicon().skies.lights[..1], &telling, |light| &light.words).map_or(stage.light, |(light, _)| light);
    let lamps = telling.any(&lexicon().skies.lamps) || !stage.interior && stage.light.moon;
    Composition {
        ratio,
        camera,
        cast: actors,
        main,
        place: stage.place,
        interior: stage.interior,
        named: stage.named.clone(),
        light,
        weather: weather(&shot.description).unwrap_or(stage.weather),
        lamps,
        plate: lexicon().prop("plate").is_some_and(|plate| telling.any(&plate.words)),
        pov: shot.angle == Angle::Pov,
        size: shot.size,
        movement: shot.camera,
        fonts: stage.fonts.clone(),
    }
}

/// A staging for those the description names, where the shot has none.
fn implied(shot: &Shot, stage: &Stage<'_>) -> Vec<Staging> {
    let told = Words::of(&shot.description);
    let entries = stage.board.bible.entries().filter(|(kind, _)| *kind != Kind::Place);
    let mut found: Vec<(usize, Line)> = entries
        .filter_map(|(_, entry)| Some((told.find_words(&Words::of(&entry.name))?, entry.name.clone())))
        .collect();
    found.sort_by_key(|(at, _)| *at);
    let spots: &[Position] = match found.len() {
        1 => &[Position::Center],
        2 => &[Position::CenterLeft, Position::CenterRight],
        _ => &[Position::CenterLeft, Position::Center, Position::CenterRight],
    };
    found
        .into_iter()
        .zip(spots)
        .map(|((_, subject), &position)| Staging {
            subject,
            position,
            depth: Depth::Middle,
            facing: None,
            pose: None,
            extra: Extra::default(),
        })
        .collect()
}

/// Whom the shot is about.
fn main_of(cast: &[(Actor, Staging)], shot: &Shot, shoulder: Option<usize>) -> Option<usize> {
    let tight = shot.size >= Size::Medium;
    let weight = |&(at, (actor, staging)): &(usize, &(Actor, Staging))| {
        let near = match (staging.depth, tight) {
            (Depth::Near, true) | (Depth::Middle, false) => 2,
            (Depth::Middle, true) | (Depth::Near, false) => 1,
            (Depth::Far, _) => 0,
        };
        let person =
            i32::from(actor.alive()) * 4 + i32::from(matches!(actor.being, Being::Person(_) | Being::Robot(..)));
        (person, near, std::cmp::Reverse(at))
    };
    let seen = cast.iter().enumerate().filter(|(at, _)| Some(*at) != shoulder);
    seen.max_by_key(weight).map(|(at, _)| at)
}

/// The one we look past; where nobody can be that one, an unnamed shoulder on the emptier side joins the cast.
fn past_whom(cast: &mut Vec<(Actor, Staging)>, shot: &Shot) -> Option<usize> {
    let bodies: Vec<usize> = (0..cast.len()).filter(|&at| cast[at].0.skeleton().is_some()).collect();
    if bodies.len() < 2 {
        let other = cast.iter().map(|(_, staging)| staging.position).next().unwrap_or(Position::CenterRight);
        let position = if other > Position::Center { Position::Left } else { Position::Right };
        let mut stranger = Actor::new(
            "",
            Being::Person(Box::new(super::figure::Person::read(&shot.description, ""))),
            lexicon().standing(),
            super::lexicon::Mood::Calm,
        );
        stranger.named = false;
        let staging = Staging {
            subject: Line::default(),
            position,
            depth: Depth::Near,
            facing: Some(Facing::Away),
            pose: None,
            extra: Extra::default(),
        };
        cast.push((stranger, staging));
        return Some(cast.len() - 1);
    }
    let away =
        bodies.iter().copied().find(|&at| cast[at].1.facing == Some(Facing::Away) && cast[at].1.depth == Depth::Near);
    away.or_else(|| bodies.iter().copied().min_by_key(|&at| cast[at].1.depth))
}

/// Where the description says that a hand has something small that is staged, whoever is nearest to it holds it, up to the
/// face where only that is seen.
fn take_in_hand(cast: &mut [(Actor, Staging)], shot: &Shot, telling: &Words, main: Option<usize>) {
    let Some(main) = main.filter(|&main| cast[main].0.skeleton().is_some() && !cast[main].0.pose.grip) else { return };
    let Some(hand) = telling.find_any(&lexicon().looks.hands) else { return };
    let (position, depth) = (cast[main].1.position as i32, cast[main].1.depth);
    let near = cast.iter().position(|(actor, staging)| {
        let Being::Thing(prop) = &actor.being else { return false };
        let said = telling.find_words(&Words::of(&actor.name)).or(telling.find_any(&prop.words).map(|found| found.at));
        !prop.big
            && staging.depth == depth
            && (staging.position as i32 - position).abs() <= 2
            && said.is_some_and(|said| telling.together(said, hand.at))
    });
    let Some(near) = near else { return };
    cast[near].0.holder = Some(main);
    let pose = &mut cast[main].0.pose;
    pose.grip = true;
    let high = if shot.size >= Size::Close { 0.86 } else { 0.7 };
    pose.right_hand = [0.0, high, 0.26];
    pose.left_hand = [0.06, high - 0.1, 0.2];
}

/// Small things near a hand that grips are in it.
fn hold(cast: &mut [(Actor, Staging)]) {
    let hands: Vec<(usize, Position, Depth)> = cast
        .iter()
        .enumerate()
        .filter(|(_, (actor, _))| actor.pose.grip && actor.skeleton().is_some())
        .map(|(at, (_, staging))| (at, staging.position, staging.depth))
        .collect();
    for (actor, staging) in cast.iter_mut() {
        let small = matches!(&actor.being, Being::Thing(prop) if !prop.big) || actor.being == Being::Unknown;
        let near = |position: Position| (position as i32 - staging.position as i32).abs() <= 1;
        if small {
            actor.holder = hands
                .iter()
                .find(|(_, position, depth)| near(*position) && *depth == staging.depth)
                .map(|(at, ..)| *at);
        }
    }
}
