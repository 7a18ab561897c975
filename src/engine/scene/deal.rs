//! The form of each take, dealt by its seed.
//!
//! A small model frames every take like the worked example: of 128 takes 123 had three shots, all had dialogue, four in five
//! shots were wide or close and held still or panned to the right. There was nothing to choose by, and nothing for a
//! verdict to change. So each take is dealt how many shots and lines it has, and for each shot a few sizes, angles and moves;
//! the model chooses among them. What verdicts teach of these changes how they are dealt.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::framing::Beat;
use super::schema::{Framing, framed_shot, tuple};
use crate::board::deal::Card;
use crate::board::heading::{Daytime, Heading};
use crate::board::{Angle, Deal, Move, Range, Size};
use crate::taste::chance::Chance;

/// Sizes, angles and moves dealt to a shot.
const HAND: (usize, usize, usize) = (3, 2, 2);
/// Times of day dealt to a take that proposes its heading.
const TIMES: usize = 2;

/// What the takes of a job are dealt from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dealing {
    /// Ways for the shots to follow each other; none where they are not dealt.
    pub(super) ways: Vec<Vec<Beat>>,
    /// How many lines there may be; absent where they are not dealt.
    pub(super) lines: Option<Range>,
    /// Whether the heading's time of day is dealt.
    pub(super) heading: bool,
    /// What is dealt more or less often.
    pub(super) deal: Deal,
}

impl Dealing {
    /// Whether both deal from the same forms, however often each.
    #[must_use]
    pub fn has_the_forms_of(&self, other: &Self) -> bool {
        self.ways == other.ways && self.lines == other.lines && self.heading == other.heading
    }

    /// The schema of one take. The same seed is dealt the same; each part has a chance of its own, so that what is fixed of
    /// one changes nothing of the others.
    #[must_use]
    pub fn of<'a>(&self, schema: &'a Value, seed: u32) -> Cow<'a, Value> {
        let mut schema = Cow::Borrowed(schema);
        let chance = |part: u64| Chance::new((part << 32) | u64::from(seed));
        if self.heading {
            let place = schema.pointer("/properties/heading/enum").and_then(Value::as_array);
            if let Some(some) = place.map(|all| self.at_some_times(all, &mut chance(1))) {
                put(&mut schema, "/properties/heading/enum", some);
            }
        }
        if let Some(range) = self.lines {
            let lines = json!(self.lines(range, &mut chance(2)));
            put(&mut schema, "/properties/dialogue/minItems", lines.clone());
            put(&mut schema, "/properties/dialogue/maxItems", lines);
        }
        if let Some(way) = self.way(&mut chance(3)) {
            let chance = &mut chance(4);
            let shots = way.iter().map(|beat| framed_shot(*beat, &self.hand(*beat, chance))).collect();
            put(&mut schema, "/properties/shots", tuple(shots));
        }
        schema
    }

    fn lines(&self, range: Range, chance: &mut Chance) -> u32 {
        let all: Vec<u32> = (range.least..=range.most.max(range.least)).collect();
        let odds = |&lines: &u32| {
            let own = [3.0, 4.0, 2.0, 1.0].get(lines as usize).copied().unwrap_or(0.5);
            own * self.deal.times(Card::Lines(small(lines as usize)))
        };
        pick(&all, odds, chance).copied().unwrap_or(range.least)
    }

    /// Each number of shots is as likely as another, and of one number each way.
    fn way(&self, chance: &mut Chance) -> Option<&Vec<Beat>> {
        let mut lengths: Vec<usize> = self.ways.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let length = *pick(&lengths, |&length| self.deal.times(Card::Shots(small(length))), chance)?;
        let ways: Vec<&Vec<Beat>> = self.ways.iter().filter(|way| way.len() == length).collect();
        ways.get(chance.below(ways.len())).copied()
    }

    fn hand(&self, beat: Beat, chance: &mut Chance) -> Framing {
        let (sizes, angles, moves) = HAND;
        let all = beat.camera.moves();
        Framing {
            sizes: some(Size::ALL, sizes, |&size| size_odds(size) * self.deal.times(Card::Size(size)), chance),
            angles: some(Angle::ALL, angles, |&one| angle_odds(one) * self.deal.times(Card::Angle(one)), chance),
            moves: some(&all, moves, |&one| move_odds(one) * self.deal.times(Card::Move(one)), chance),
        }
    }

    /// The headings at a few of the times of day.
    fn at_some_times(&self, headings: &[Value], chance: &mut Chance) -> Value {
        let time = |heading: &Value| Heading::parse(heading.as_str()?)?.time.parse::<Daytime>().ok();
        let possible: Vec<Option<Daytime>> = headings.iter().map(time).collect();
        let all: Vec<Daytime> = Daytime::ALL.iter().copied().filter(|&one| possible.contains(&Some(one))).collect();
        let dealt = some(&all, TIMES, |&time| self.deal.times(Card::Time(time)), chance);
        let kept = headings.iter().zip(&possible).filter(|(_, time)| time.is_none_or(|time| dealt.contains(&time)));
        Value::Array(kept.map(|(heading, _)| heading.clone()).collect())
    }
}

/// How often a size is dealt by itself: the middle ones more often than the extremes.
const fn size_odds(size: Size) -> f32 {
    match size {
        Size::ExtremeWide | Size::ExtremeClose => 1.0,
        Size::Wide | Size::Full => 2.0,
        Size::Medium | Size::MediumClose | Size::Close => 3.0,
    }
}

/// How often an angle is: mostly at the eyes.
const fn angle_odds(angle: Angle) -> f32 {
    match angle {
        Angle::Eye => 6.0,
        Angle::Low | Angle::High | Angle::OverShoulder => 2.0,
        Angle::Overhead | Angle::Dutch | Angle::Pov => 1.0,
    }
}

/// How often a move is: mostly none, and of those the ones that need the least to build.
const fn move_odds(camera: Move) -> f32 {
    match camera {
        Move::Static => 6.0,
        Move::PushIn => 2.0,
        Move::PullOut | Move::PanLeft | Move::PanRight => 1.5,
        _ => 1.0,
    }
}

fn put(schema: &mut Cow<'_, Value>, pointer: &str, value: Value) {
    // Looked up first: what is not there is not worth a copy.
    if schema.pointer(pointer).is_some()
        && let Some(place) = schema.to_mut().pointer_mut(pointer)
    {
        *place = value;
    }
}

/// One of them by their odds.
fn pick<'a, T>(all: &'a [T], odds: impl Fn(&T) -> f32, chance: &mut Chance) -> Option<&'a T> {
    let sum: f32 = all.iter().map(&odds).sum();
    let mut left = chance.share() * sum;
    all.iter()
        .find(|one| {
            left -= odds(one);
            left < 0.0
        })
        .or(all.last())
}

/// So many different ones by their odds, in their own order.
fn some<T: Clone + PartialEq>(all: &[T], count: usize, odds: impl Fn(&T) -> f32, chance: &mut Chance) -> Vec<T> {
    let mut left = all.to_vec();
    let mut dealt = Vec::new();
    while dealt.len() < count {
        let Some(one) = pick(&left, &odds, chance).cloned() else { break };
        left.retain(|other| *other != one);
        dealt.push(one);
    }
    all.iter().filter(|one| dealt.contains(one)).cloned().collect()
}

fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::framing::Camera;
    use super::*;
    use crate::board::deal::Odds;

    fn dealing(odds: Vec<Odds>) -> Dealing {
        let beat = |seconds| Beat { seconds, camera: Camera::Free };
        Dealing {
            ways: vec![vec![beat(9.0)], vec![beat(4.5), beat(4.5)], vec![beat(6.0), beat(3.0)], vec![beat(3.0); 3]],
            lines: Some(Range { least: 0, most: 3 }),
            heading: true,
            deal: Deal { odds },
        }
    }

    fn schema() -> Value {
        let headings: Vec<String> =
            ["DAY", "NIGHT", "DAWN", "DUSK"].iter().map(|time| format!("EXT. SEA - {time}")).collect();
        json!({ "properties": {
            "heading": { "enum": headings },
            "dialogue": { "type": "array", "minItems": 0, "maxItems": 3 },
            "shots": {},
        } })
    }

    fn dealt(dealing: &Dealing) -> Vec<Value> {
        (0..300).map(|seed| dealing.of(&schema(), seed).into_owned()).collect()
    }

    fn count(dealt: &[Value], pointer: &str, is: impl Fn(&Value) -> bool) -> usize {
        dealt.iter().filter_map(|one| one.pointer(pointer)).filter(|value| is(value)).count()
    }

    #[test]
    fn a_seed_is_always_dealt_the_same_and_others_another() {
        let dealing = dealing(Vec::new());
        assert_eq!(dealing.of(&schema(), 7), dealing.of(&schema(), 7));
        assert_ne!(dealing.of(&schema(), 7), dealing.of(&schema(), 8));
    }

    #[test]
    fn every_number_of_shots_and_lines_is_dealt() {
        let dealt = dealt(&dealing(Vec::new()));
        for shots in 1..=3 {
            let found = count(&dealt, "/properties/shots/minItems", |value| *value == json!(shots));
            assert!((70..130).contains(&found), "{shots} shots {found} times of 300");
        }
        for (lines, range) in [(0, 60..120), (1, 90..150), (2, 35..85), (3, 10..55)] {
            let found = count(&dealt, "/properties/dialogue/minItems", |value| *value == json!(lines));
            assert!(range.contains(&found), "{lines} lines {found} times of 300");
        }
        assert_eq!(count(&dealt, "/properties/heading/enum", |value| value.as_array().unwrap().len() == TIMES), 300);
    }

    #[test]
    fn what_verdicts_favour_is_dealt_more_often() {
        let even = dealt(&dealing(Vec::new()));
        let favour = |card| Odds { card, by: 1.5 };
        let more = dealt(&dealing(vec![
            favour(Card::Shots(2)),
            favour(Card::Lines(0)),
            favour(Card::Move(Move::PushIn)),
            favour(Card::Time(Daytime::Night)),
        ]));
        let twos = |dealt: &[Value]| count(dealt, "/properties/shots/minItems", |value| *value == json!(2));
        let silent = |dealt: &[Value]| count(dealt, "/properties/dialogue/maxItems", |value| *value == json!(0));
        let pushes = |dealt: &[Value]| count(dealt, "/properties/shots", |value| value.to_string().contains("push-in"));
        let nights =
            |dealt: &[Value]| count(dealt, "/properties/heading/enum", |value| value.to_string().contains("NIGHT"));
        assert!(nights(&more) > nights(&even) * 4 / 3, "{} {}", nights(&more), nights(&even));
        assert!(twos(&more) > twos(&even) * 3 / 2, "{} {}", twos(&more), twos(&even));
        assert!(silent(&more) > silent(&even) * 3 / 2);
        assert!(pushes(&more) > pushes(&even) * 3 / 2);
    }

    #[test]
    fn what_is_not_dealt_stays_as_it_is() {
        let dealing = Dealing { ways: Vec::new(), lines: None, heading: false, deal: Deal::default() };
        assert_eq!(dealing.of(&schema(), 3).into_owned(), schema());
        let fixed = json!({ "properties": { "shots": { "const": [] } } });
        let dealing = Dealing { lines: Some(Range { least: 0, most: 3 }), ..dealing };
        assert_eq!(dealing.of(&fixed, 3).into_owned(), fixed, "a constant has no number of lines");
    }
}
