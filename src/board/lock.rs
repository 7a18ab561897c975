//! What of a take stays as it is while the rest is sampled anew: a whole field, one line, one shot, or who stands where
//! in one shot.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::take::{Field, Take};
use super::text::Line;

/// The most lines or shots that can be counted to.
const LAST: usize = 1000;

/// A part of a take that is kept. In text, counted from 1: `action`, `dialogue.2`, `shots.1`, `shots.1.staging`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lock {
    /// A whole field.
    Field(Field),
    /// One line of the dialogue, from 0.
    Line(usize),
    /// One shot, from 0.
    Shot(usize),
    /// Who stands where in one shot, from 0.
    Staging(usize),
}

impl Lock {
    /// The field it is a part of.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Field(field) => field,
            Self::Line(_) => Field::Dialogue,
            Self::Shot(_) | Self::Staging(_) => Field::Shots,
        }
    }

    /// Whether a take has what is to be kept.
    #[must_use]
    pub fn is_in(self, take: &Take) -> bool {
        match self {
            Self::Field(_) => true,
            Self::Line(at) => at < take.dialogue.len(),
            Self::Shot(at) | Self::Staging(at) => at < take.shots.len(),
        }
    }

    /// Puts what is kept of `kept` into `take`, where both have the place.
    pub fn put_back(self, take: &mut Take, kept: &Take) {
        match self {
            Self::Field(Field::Heading) => take.heading.clone_from(&kept.heading),
            Self::Field(Field::Action) => take.action.clone_from(&kept.action),
            Self::Field(Field::Dialogue) => take.dialogue.clone_from(&kept.dialogue),
            Self::Field(Field::Sound) => take.sound.clone_from(&kept.sound),
            Self::Field(Field::Shots) => take.shots.clone_from(&kept.shots),
            Self::Line(at) => {
                if let (Some(line), Some(kept)) = (take.dialogue.get_mut(at), kept.dialogue.get(at)) {
                    line.clone_from(kept);
                }
            }
            Self::Shot(at) => {
                if let (Some(shot), Some(kept)) = (take.shots.get_mut(at), kept.shots.get(at)) {
                    shot.clone_from(kept);
                }
            }
            Self::Staging(at) => {
                if let (Some(shot), Some(kept)) = (take.shots.get_mut(at), kept.shots.get(at)) {
                    shot.staging.clone_from(&kept.staging);
                }
            }
        }
    }
}

/// Each lock once, in the order of a take, without those inside a field that is locked as a whole.
#[must_use]
pub fn locks(all: impl IntoIterator<Item = Lock>) -> Vec<Lock> {
    let mut locks: Vec<Lock> = all.into_iter().collect();
    locks.sort_unstable_by_key(|lock| (lock.field(), *lock));
    locks.dedup();
    let wholes: Vec<Lock> =
        locks.iter().copied().filter(|lock| matches!(lock, Lock::Field(_) | Lock::Shot(_))).collect();
    let is_inside = |lock: &Lock| match lock {
        Lock::Field(_) => false,
        Lock::Staging(at) if wholes.contains(&Lock::Shot(*at)) => true,
        part => wholes.contains(&Lock::Field(part.field())),
    };
    locks.retain(|lock| !is_inside(lock));
    locks
}

/// Text that names no part of a take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no part of a take; heading, action, dialogue, sound or shots is expected, or one of them: \
     dialogue.2, shots.1, shots.1.staging"
)]
pub struct UnknownPart(Line);

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Line(at) => write!(f, "dialogue.{}", at + 1),
            Self::Shot(at) => write!(f, "shots.{}", at + 1),
            Self::Staging(at) => write!(f, "shots.{}.staging", at + 1),
        }
    }
}

impl FromStr for Lock {
    type Err = UnknownPart;
    fn from_str(raw: &str) -> Result<Self, UnknownPart> {
        let unknown = || UnknownPart(Line::clipped(raw, 40));
        let place = |number: &str| {
            number
                .parse::<usize>()
                .ok()
                .filter(|number| (1..=LAST).contains(number))
                .map(|number| number - 1)
                .ok_or_else(unknown)
        };
        let parts: Vec<&str> = raw.split('.').collect();
        match parts.as_slice() {
            [field] => field.parse().map(Self::Field).map_err(|_| unknown()),
            ["dialogue", number] => place(number).map(Self::Line),
            ["shots", number] => place(number).map(Self::Shot),
            ["shots", number, "staging"] => place(number).map(Self::Staging),
            _ => Err(unknown()),
        }
    }
}

impl From<Field> for Lock {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl Serialize for Lock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Lock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Lock {
    fn schema_name() -> Cow<'static, str> {
        "Lock".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let fields: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
        let pattern = format!(r"^({}|dialogue\.[1-9][0-9]*|shots\.[1-9][0-9]*(\.staging)?)$", fields.join("|"));
        schemars::json_schema!({
            "type": "string",
            "pattern": pattern,
            "description": "A field, one line, one shot, or who stands where in one shot; counted from 1.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_reads_back_from_what_it_is_written_as() {
        let all = [Lock::Field(Field::Action), Lock::Line(0), Lock::Shot(2), Lock::Staging(11)];
        assert_eq!(all.map(|lock| lock.to_string()), ["action", "dialogue.1", "shots.3", "shots.12.staging"]);
        for lock in all {
            assert_eq!(lock.to_string().parse(), Ok(lock));
        }
    }

    #[test]
    fn what_names_no_part_is_refused() {
        for text in [
            "",
            "shots.0",
            "shots.-1",
            "shots.x",
            "dialogue.1.staging",
            "action.1",
            "shots.1.staging.1",
            "shots.9999999",
        ] {
            assert!(text.parse::<Lock>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_locked_whole_is_no_lock_of_its_own() {
        let all = [
            Lock::Staging(0),
            Lock::Line(1),
            Lock::Shot(0),
            Lock::Field(Field::Dialogue),
            Lock::Line(1),
            Lock::Staging(1),
        ];
        assert_eq!(locks(all), [Lock::Field(Field::Dialogue), Lock::Shot(0), Lock::Staging(1)]);
    }
}
