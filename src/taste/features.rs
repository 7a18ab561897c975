//! What taste sees of a take: its structure and its words, each as a number with a name a person understands.
//!
//! | group | features |
//! | --- | --- |
//! | form | how many shots, exactly one, two, three, four or more of them; their mean, longest and shortest seconds |
//! | framing | per size, angle and move: the share of shots that have it, and whether any has; the share that moves; how close the frames are on average, how much closer the last is than the first |
//! | staging | how many are seen in a shot on average, how many shots show nobody, how many show one in the foreground |
//! | text | words of action, lines, descriptions and sound; how many lines; whether nobody speaks; the share of talk |
//! | setting | inside or outside, time of day, both together, the place |
//! | who | which names are seen, which speak; newcomers |
//! | words | which content words it has, by their stems |
//!
//! Counts that can grow are taken as `ln(1 + n)`: the step from no line to one matters more than the one from nine to
//! ten.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::words;
use crate::board::heading::Heading;
use crate::board::{Angle, Depth, Line, Move, Size, Take};

/// One thing that taste sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// How many shots.
    Shots,
    /// Exactly this many shots; 4 for four or more.
    ShotsExactly(u8),
    /// Mean seconds of a shot.
    Pace,
    /// Seconds of the longest shot.
    Longest,
    /// Seconds of the shortest shot.
    Shortest,
    /// Share of shots of a size.
    ShareOfSize(Size),
    /// Whether any shot has a size.
    AnySize(Size),
    /// Share of shots from an angle.
    ShareOfAngle(Angle),
    /// Whether any shot is from an angle.
    AnyAngle(Angle),
    /// Share of shots with a move.
    ShareOfMove(Move),
    /// Whether any shot has a move.
    AnyMove(Move),
    /// Share of shots whose camera moves.
    Moving,
    /// How close the frames are, from 0 for extreme-wide to 1 for extreme-close.
    Closeness,
    /// How much closer the last frame is than the first.
    ClosingIn,
    /// How many are seen in a shot on average.
    Crowd,
    /// Share of shots that show nobody.
    Empty,
    /// Share of shots with somebody or something near the camera.
    Foreground,
    /// Words of the action.
    ActionWords,
    /// Words spoken.
    SpokenWords,
    /// Words of the descriptions, per shot.
    DescriptionWords,
    /// Words of the sound.
    SoundWords,
    /// How many lines.
    Lines,
    /// Whether nobody speaks.
    Silent,
    /// Words spoken, as a share of those spoken and acted.
    Talk,
    /// Inside.
    Inside,
    /// Outside.
    Outside,
    /// A time of day, as the heading writes it.
    Time(String),
    /// Outside at a time of day.
    OutsideAt(String),
    /// Inside at a time of day.
    InsideAt(String),
    /// A place of the bible.
    Place(String),
    /// Whether a name is seen in any shot.
    Seen(String),
    /// Whether a name speaks.
    Speaks(String),
    /// How many newcomers.
    Newcomers,
    /// Whether a content word stands in the take, by its stem.
    Word(String),
}

impl Feature {
    /// Whether it means the same on other boards: names and places do not.
    #[must_use]
    pub const fn travels(&self) -> bool {
        !matches!(self, Self::Place(_) | Self::Seen(_) | Self::Speaks(_))
    }

    /// Whether it is about a word of the prose rather than about structure.
    #[must_use]
    pub const fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

impl fmt::Display for Feature {
    /// As a person would say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shots => f.write_str("many shots"),
            Self::ShotsExactly(1) => f.write_str("a single shot"),
            Self::ShotsExactly(4) => f.write_str("four shots or more"),
            Self::ShotsExactly(n) => write!(f, "{n} shots"),
            Self::Pace => f.write_str("long shots"),
            Self::Longest => f.write_str("one long shot"),
            Self::Shortest => f.write_str("no short shot"),
            Self::ShareOfSize(size) => write!(f, "many {size} shots"),
            Self::AnySize(size) => write!(f, "a {size} shot"),
            Self::ShareOfAngle(angle) => write!(f, "many {angle} angles"),
            Self::AnyAngle(angle) => write!(f, "a {angle} angle"),
            Self::ShareOfMove(Move::Static) => f.write_str("a static camera in many shots"),
            Self::AnyMove(Move::Static) => f.write_str("a static shot"),
            Self::ShareOfMove(camera) => write!(f, "{camera} in many shots"),
            Self::AnyMove(camera) => write!(f, "a {camera}"),
            Self::Moving => f.write_str("a camera that moves"),
            Self::Closeness => f.write_str("close framing"),
            Self::ClosingIn => f.write_str("framing that closes in"),
            Self::Crowd => f.write_str("many in one shot"),
            Self::Empty => f.write_str("shots with nobody in them"),
            Self::Foreground => f.write_str("somebody in the foreground"),
            Self::ActionWords => f.write_str("long action"),
            Self::SpokenWords => f.write_str("long dialogue"),
            Self::DescriptionWords => f.write_str("long descriptions"),
            Self::SoundWords => f.write_str("much sound"),
            Self::Lines => f.write_str("many lines"),
            Self::Silent => f.write_str("nobody speaking"),
            Self::Talk => f.write_str("more talk than action"),
            Self::Inside => f.write_str("interiors"),
            Self::Outside => f.write_str("exteriors"),
            Self::Time(time) => f.write_str(&time.to_lowercase()),
            Self::OutsideAt(time) => write!(f, "exteriors at {}", time.to_lowercase()),
            Self::InsideAt(time) => write!(f, "interiors at {}", time.to_lowercase()),
            Self::Place(place) => write!(f, "the place {place}"),
            Self::Seen(name) => write!(f, "{name} in frame"),
            Self::Speaks(name) => write!(f, "{name} speaking"),
            Self::Newcomers => f.write_str("newcomers"),
            Self::Word(stem) => write!(f, "words like \u{201c}{stem}…\u{201d}"),
        }
    }
}

/// What taste sees of one take. Features that are 0 are not in it.
pub type Features = BTreeMap<Feature, f32>;

/// The features of a take in a scene of this heading, which counts where the take proposes none.
#[must_use]
pub fn features(take: &Take, heading: &Line) -> Features {
    let mut seen = Features::new();
    form(take, &mut seen);
    framing(take, &mut seen);
    staging(take, &mut seen);
    text(take, &mut seen);
    setting(take.heading.as_ref().unwrap_or(heading), &mut seen);
    who(take, &mut seen);
    seen.extend(words::stems(take).into_iter().map(|stem| (Feature::Word(stem), 1.0)));
    seen.retain(|_, value| *value != 0.0);
    seen
}

#[expect(clippy::cast_precision_loss, reason = "counts within one take")]
fn count(n: usize) -> f32 {
    n as f32
}

/// `ln(1 + n)`.
fn grown(n: usize) -> f32 {
    count(n).ln_1p()
}

fn share(part: usize, all: usize) -> f32 {
    count(part) / count(all.max(1))
}

fn form(take: &Take, seen: &mut Features) {
    let shots = take.shots.len();
    seen.insert(Feature::Shots, grown(shots));
    if shots > 0 {
        seen.insert(Feature::ShotsExactly(u8::try_from(shots.min(4)).unwrap_or(4)), 1.0);
    }
    let seconds: Vec<f32> = take.shots.iter().map(|shot| shot.seconds.get()).collect();
    seen.insert(Feature::Pace, (seconds.iter().sum::<f32>() / count(shots.max(1))).ln_1p());
    seen.insert(Feature::Longest, seconds.iter().copied().fold(0.0, f32::max).ln_1p());
    seen.insert(Feature::Shortest, seconds.iter().copied().reduce(f32::min).unwrap_or(0.0).ln_1p());
}

fn framing(take: &Take, seen: &mut Features) {
    let shots = take.shots.len();
    let mut counted: BTreeMap<Feature, usize> = BTreeMap::new();
    for shot in &take.shots {
        for feature in
            [Feature::ShareOfSize(shot.size), Feature::ShareOfAngle(shot.angle), Feature::ShareOfMove(shot.camera)]
        {
            *counted.entry(feature).or_default() += 1;
        }
        seen.insert(Feature::AnySize(shot.size), 1.0);
        seen.insert(Feature::AnyAngle(shot.angle), 1.0);
        seen.insert(Feature::AnyMove(shot.camera), 1.0);
    }
    seen.extend(counted.into_iter().map(|(feature, n)| (feature, share(n, shots))));
    let moving = take.shots.iter().filter(|shot| shot.camera != Move::Static).count();
    seen.insert(Feature::Moving, share(moving, shots));
    let closeness: Vec<f32> = take.shots.iter().map(|shot| closeness(shot.size)).collect();
    seen.insert(Feature::Closeness, closeness.iter().sum::<f32>() / count(shots.max(1)));
    if let (Some(first), Some(last)) = (closeness.first(), closeness.last()) {
        seen.insert(Feature::ClosingIn, last - first);
    }
}

/// From 0 for extreme-wide to 1 for extreme-close, in the vocabulary's own order.
fn closeness(size: Size) -> f32 {
    let at = Size::ALL.iter().position(|&one| one == size).unwrap_or(0);
    share(at, Size::ALL.len() - 1)
}

fn staging(take: &Take, seen: &mut Features) {
    let shots = take.shots.len();
    let all: usize = take.shots.iter().map(|shot| shot.staging.len()).sum();
    seen.insert(Feature::Crowd, share(all, shots));
    seen.insert(Feature::Empty, share(take.shots.iter().filter(|shot| shot.staging.is_empty()).count(), shots));
    let near = take.shots.iter().filter(|shot| shot.staging.iter().any(|staged| staged.depth == Depth::Near)).count();
    seen.insert(Feature::Foreground, share(near, shots));
}

fn text(take: &Take, seen: &mut Features) {
    let action = words::count(&take.action);
    let spoken: usize = take.dialogue.iter().map(|speech| words::count(&speech.line)).sum();
    let described: usize = take.shots.iter().map(|shot| words::count(&shot.description)).sum();
    seen.insert(Feature::ActionWords, grown(action));
    seen.insert(Feature::SpokenWords, grown(spoken));
    seen.insert(Feature::DescriptionWords, (count(described) / count(take.shots.len().max(1))).ln_1p());
    seen.insert(Feature::SoundWords, grown(words::count(&take.sound)));
    seen.insert(Feature::Lines, grown(take.dialogue.len()));
    seen.insert(Feature::Silent, if take.dialogue.is_empty() { 1.0 } else { 0.0 });
    seen.insert(Feature::Talk, share(spoken, spoken + action));
}

fn setting(heading: &Line, seen: &mut Features) {
    let Some(heading) = Heading::parse(heading) else { return };
    let prefix = heading.prefix.to_uppercase();
    let time = heading.time.to_uppercase();
    if prefix.contains('I') {
        seen.insert(Feature::Inside, 1.0);
        seen.insert(Feature::InsideAt(time.clone()), 1.0);
    }
    if prefix.contains('E') {
        seen.insert(Feature::Outside, 1.0);
        seen.insert(Feature::OutsideAt(time.clone()), 1.0);
    }
    seen.insert(Feature::Place(heading.place.to_uppercase()), 1.0);
    seen.insert(Feature::Time(time), 1.0);
}

fn who(take: &Take, seen: &mut Features) {
    let subjects: BTreeSet<&Line> =
        take.shots.iter().flat_map(|shot| &shot.staging).map(|staged| &staged.subject).collect();
    seen.extend(subjects.into_iter().map(|name| (Feature::Seen(name.to_string()), 1.0)));
    let speakers: BTreeSet<&Line> = take.dialogue.iter().map(|speech| &speech.speaker).collect();
    seen.extend(speakers.into_iter().map(|name| (Feature::Speaks(name.to_string()), 1.0)));
    seen.insert(Feature::Newcomers, grown(take.newcomers.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(yaml: &str) -> Take {
        serde_yaml::from_str(yaml).unwrap()
    }

    fn sample() -> Take {
        take(
            "{heading: EXT. ROCKY SHORE - NIGHT, action: Mara waits by the waves., dialogue: [{speaker: MARA, line: Come back}], \
             shots: [{size: wide, move: static, seconds: 4, staging: [{subject: MARA, position: left, depth: near}]}, \
             {size: close, angle: low, move: push-in, seconds: 2}]}",
        )
    }

    #[test]
    fn what_a_person_would_name_is_seen() {
        let seen = features(&sample(), &Line::default());
        let expected = [
            (Feature::ShotsExactly(2), 1.0),
            (Feature::AnyMove(Move::PushIn), 1.0),
            (Feature::ShareOfMove(Move::Static), 0.5),
            (Feature::Moving, 0.5),
            (Feature::OutsideAt("NIGHT".into()), 1.0),
            (Feature::Place("ROCKY SHORE".into()), 1.0),
            (Feature::Seen("MARA".into()), 1.0),
            (Feature::Speaks("MARA".into()), 1.0),
            (Feature::Empty, 0.5),
            (Feature::Foreground, 0.5),
            (Feature::Word("wav".into()), 1.0),
            (Feature::Lines, 2.0_f32.ln()),
        ];
        for (feature, value) in expected {
            assert_eq!(seen.get(&feature), Some(&value), "{feature} in {seen:?}");
        }
        assert_eq!(seen.get(&Feature::Silent), None);
        assert!(seen[&Feature::ClosingIn] > 0.5);
    }

    #[test]
    fn the_scenes_heading_counts_where_the_take_has_none() {
        let mut take = sample();
        take.heading = None;
        let seen = features(&take, &Line::new("INT. KITCHEN - DAY").unwrap());
        assert!(seen.contains_key(&Feature::InsideAt("DAY".into())) && !seen.contains_key(&Feature::Outside));
    }

    #[test]
    fn an_empty_take_has_features_too() {
        let seen = features(&take("{}"), &Line::default());
        assert_eq!(seen, Features::from([(Feature::Silent, 1.0)]));
    }

    #[test]
    fn every_number_is_finite() {
        let seen =
            features(&take("{shots: [{size: wide, seconds: 3600}, {size: close, seconds: 0}]}"), &Line::default());
        assert!(seen.values().all(|value| value.is_finite()));
    }
}
