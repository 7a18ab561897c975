//! What the form of a take is dealt from: how often it has so many shots or lines, such a time of day, such framing.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::heading::Daytime;
use super::number::finite;
use super::shot::{Angle, Move, Size};
use super::text::Line;

/// Each take of a batch is dealt a form of its own by its seed: how many shots and lines it has, and a few sizes, angles
/// and moves for each shot to be framed with. The model chooses among what it is dealt and writes the rest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// What is dealt more or less often than by itself.
    #[serde(default)]
    pub odds: Vec<Odds>,
}

impl Deal {
    /// What a card's odds are multiplied with: 1 where nothing is said of it.
    #[must_use]
    pub fn times(&self, card: Card) -> f32 {
        self.odds.iter().find(|odds| odds.card == card).map_or(1.0, |odds| odds.by.exp())
    }
}

/// How much more or less often a card is dealt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Odds {
    /// Which.
    pub card: Card,
    /// What is added to its log-odds, in nats: 0.7 is twice as often, -0.7 half as often.
    #[serde(deserialize_with = "finite")]
    pub by: f32,
}

/// Something a take can be dealt. In text: `2 shots`, `0 lines`, `size close`, `angle low`, `move push-in`,
/// `time NIGHT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Card {
    /// So many shots.
    Shots(u8),
    /// So many spoken lines.
    Lines(u8),
    /// A size for a shot.
    Size(Size),
    /// An angle for a shot.
    Angle(Angle),
    /// A move for a shot.
    Move(Move),
    /// A time of day for the heading.
    Time(Daytime),
}

/// Text that names nothing that is dealt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is nothing that is dealt; `2 shots`, `0 lines`, `size close`, `angle low`, `move push-in` or `time NIGHT` is expected"
)]
pub struct UnknownCard(Line);

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shots(count) => write!(f, "{count} shots"),
            Self::Lines(count) => write!(f, "{count} lines"),
            Self::Size(size) => write!(f, "size {size}"),
            Self::Angle(angle) => write!(f, "angle {angle}"),
            Self::Move(camera) => write!(f, "move {camera}"),
            Self::Time(time) => write!(f, "time {time}"),
        }
    }
}

impl FromStr for Card {
    type Err = UnknownCard;
    fn from_str(raw: &str) -> Result<Self, UnknownCard> {
        let known = match raw.split_once(' ') {
            Some((count, "shots")) => count.parse().ok().map(Self::Shots),
            Some((count, "lines")) => count.parse().ok().map(Self::Lines),
            Some(("size", word)) => word.parse().ok().map(Self::Size),
            Some(("angle", word)) => word.parse().ok().map(Self::Angle),
            Some(("move", word)) => word.parse().ok().map(Self::Move),
            Some(("time", word)) => word.parse().ok().map(Self::Time),
            _ => None,
        };
        known.ok_or_else(|| UnknownCard(Line::clipped(raw, 40)))
    }
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Card {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Cow::<str>::deserialize(deserializer)?;
        raw.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Card {
    fn schema_name() -> Cow<'static, str> {
        "Card".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "`2 shots`, `0 lines`, `size close`, `angle low`, `move push-in` or `time NIGHT`",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_read_as_it_is_written() {
        let cards = [
            Card::Shots(2),
            Card::Lines(0),
            Card::Size(Size::ExtremeWide),
            Card::Angle(Angle::OverShoulder),
            Card::Move(Move::PushIn),
            Card::Time(Daytime::Night),
        ];
        for card in cards {
            assert_eq!(card.to_string().parse(), Ok(card));
        }
        for wrong in ["", "shots", "two shots", "size push-in", "300 lines"] {
            assert!(wrong.parse::<Card>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn odds_multiply() {
        let deal = Deal { odds: vec![Odds { card: Card::Lines(0), by: 2.0_f32.ln() }] };
        assert!((deal.times(Card::Lines(0)) - 2.0).abs() < 1e-6);
        assert!((deal.times(Card::Lines(1)) - 1.0).abs() < f32::EPSILON);
    }
}
