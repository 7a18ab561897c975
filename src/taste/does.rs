//! What a change of the plan does, as data: each view says it in its own words.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::board::Line;

/// What a change of the plan does.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// At least one shot moves.
    SomeMove,
    /// Every shot moves.
    AllMove,
    /// At least one shot is static.
    SomeHold,
    /// Every shot is static.
    AllHold,
    /// The action has at most so many words.
    ActionAtMost(u32),
    /// It has at least so many.
    ActionAtLeast(u32),
    /// There are at least so many shots.
    ShotsAtLeast(u32),
    /// There are at most so many.
    ShotsAtMost(u32),
    /// At most so many lines are spoken.
    LinesAtMost(u32),
    /// At least so many are.
    LinesAtLeast(u32),
    /// Words go away from those of the take and towards the tone's.
    Tone,
    /// Only these are seen and speak.
    Only(Vec<Line>),
    /// Words keep to the heading's place.
    Heading(Line),
    /// It plays elsewhere than here.
    NotAt(Line),
    /// Words are likelier, at this temperature, and the action has at most so many of them.
    Likelier(f32, u32),
    /// Words go away from those of the take, with this penalty on repetition.
    AwayFrom(f32),
    /// Words go towards those of the brief.
    TowardsBrief,
}

impl fmt::Display for Does {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SomeMove => f.write_str("at least one shot moves"),
            Self::AllMove => f.write_str("every shot moves"),
            Self::SomeHold => f.write_str("at least one shot is static"),
            Self::AllHold => f.write_str("every shot is static"),
            Self::ActionAtMost(words) => write!(f, "action of at most {words} words"),
            Self::ActionAtLeast(words) => write!(f, "action of at least {words} words"),
            Self::ShotsAtLeast(shots) => write!(f, "at least {shots} shots"),
            Self::ShotsAtMost(shots) => write!(f, "at most {shots} shots"),
            Self::LinesAtMost(0) => f.write_str("nobody speaks"),
            Self::LinesAtMost(lines) => write!(f, "at most {lines} lines"),
            Self::LinesAtLeast(lines) => write!(f, "at least {lines} lines"),
            Self::Tone => f.write_str("away from this take's words, towards the tone's"),
            Self::Only(names) => {
                write!(f, "only {}", names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "))
            }
            Self::Heading(heading) => write!(f, "words keep to {heading}"),
            Self::NotAt(place) => write!(f, "not at {place}"),
            Self::Likelier(temperature, words) => {
                write!(f, "temperature {temperature:.2}, action of at most {words} words")
            }
            Self::AwayFrom(penalty) => write!(f, "away from this take's words, repetition penalty {penalty:.2}"),
            Self::TowardsBrief => f.write_str("closer to the brief's words"),
        }
    }
}

/// In words, as `--json` has always had it.
impl Serialize for Does {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
