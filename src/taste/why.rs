//! Why a take is as it is and stands where it stands: its plan, its rank, and the parts of taste that moved it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::features::{Feature, features};
use super::head::Part;
use super::learned::Taste;
use crate::board::deal::Odds;
use crate::board::{Chosen, Line, Lock, Motion, Plan, Range, Reading, Take};

/// Parts named.
const NAMED: usize = 6;
/// A part that adds less log-odds than this is not worth naming.
const LEAST: f32 = 0.02;

/// What there is to tell of one take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// What its plan held it to: what is not the default.
    pub plan: Vec<Planned>,
    /// How it came to be shown.
    pub chosen: Option<Chosen>,
    /// The probability of acceptance as the head sees it now; absent without a head.
    pub probability: Option<f32>,
    /// Whether that head ranks.
    pub ranks: bool,
    /// What of the take moves it, the strongest first, with the log-odds it adds.
    pub parts: Vec<(Moved, f32)>,
}

/// What of a take moves its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Moved {
    /// A feature.
    Feature(Feature),
    /// What the model read in it and no feature says.
    Reading,
}

/// One thing that a plan held a take to.
#[derive(Debug, Clone, PartialEq)]
pub enum Planned {
    /// So many shots.
    Shots(Range),
    /// So many lines.
    Lines(Range),
    /// So many words of action.
    ActionWords(Range),
    /// How the camera moves.
    Camera(Motion),
    /// Who is seen and speaks, and nobody else.
    Only(Vec<Line>),
    /// Where it does not play.
    NotAt(Vec<Line>),
    /// What its form was dealt more often, as verdicts taught.
    More(Vec<String>),
    /// What it was dealt less often.
    Less(Vec<String>),
    /// What stayed as it was.
    Locked(Vec<Lock>),
    /// The words it leant towards.
    Towards(Vec<Line>),
    /// The words it leant away from.
    AwayFrom(Vec<Line>),
    /// So many accepted takes as examples.
    Examples(usize),
    /// An adapter, and how strongly.
    Adapter(String, f32),
    /// How freely words were drawn.
    Temperature(f32),
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Feature(feature) => feature.fmt(f),
            Self::Reading => f.write_str("what the model read in it"),
        }
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let range = |Range { least, most }: &Range, what: &str| match (*least, *most) {
            (least, most) if least == most => format!("{least} {what}"),
            (0 | 1, most) => format!("at most {most} {what}"),
            (least, most) => format!("{least} to {most} {what}"),
        };
        let names = |list: &[Line]| joined(list.iter().map(|line| line.as_str()));
        match self {
            Self::Shots(shots) => f.write_str(&range(shots, "shots")),
            Self::Lines(lines) => f.write_str(&range(lines, "lines")),
            Self::ActionWords(words) => f.write_str(&range(words, "words of action")),
            Self::Camera(motion) => write!(f, "camera: {motion}"),
            Self::Only(cast) => write!(f, "only {}", names(cast)),
            Self::NotAt(places) => write!(f, "not at {}", names(places)),
            Self::More(cards) => write!(f, "dealt more often: {}", cards.join(", ")),
            Self::Less(cards) => write!(f, "dealt less often: {}", cards.join(", ")),
            Self::Locked(locks) => write!(f, "locked: {}", joined(locks.iter().map(ToString::to_string))),
            Self::Towards(words) => write!(f, "towards {}", names(words)),
            Self::AwayFrom(words) => write!(f, "away from {}", names(words)),
            Self::Examples(count) => write!(f, "{count} accepted take as example"),
            Self::Adapter(name, scale) => write!(f, "with {name} × {scale}"),
            Self::Temperature(temperature) => write!(f, "temperature {temperature}"),
        }
    }
}

/// In words, as `--json` has always had it.
impl Serialize for Moved {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// In words, as `--json` has always had it.
impl Serialize for Planned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a take of a scene with this heading stands where it stands.
#[must_use]
pub fn why(take: &Take, heading: &Line, reading: Option<&Reading>, taste: &Taste) -> Why {
    let features = features(take, heading);
    let opinion = taste.head().map(|head| head.opinion(&features, reading));
    let parts = taste.head().map(|head| head.parts(&features, reading)).unwrap_or_default();
    let named = parts.iter().filter(|part| part.adds().abs() >= LEAST).take(NAMED).map(|part| match part {
        Part::Feature(feature, adds) => (Moved::Feature(feature.clone()), *adds),
        Part::Reading(adds) => (Moved::Reading, *adds),
    });
    Why {
        plan: take.provenance.plan.as_ref().map(planned).unwrap_or_default(),
        chosen: take.provenance.chosen,
        probability: opinion.map(|opinion| opinion.probability),
        ranks: taste.ranking_head().is_some(),
        parts: named.collect(),
    }
}

/// What was dealt more often (`side` 1) or less often (-1), the strongest first.
fn dealt(plan: &Plan, side: f32) -> Option<Vec<String>> {
    let mut odds: Vec<Odds> = plan.deal.iter().flat_map(|deal| deal.odds.iter().copied()).collect();
    odds.retain(|odds| odds.by * side > 0.0);
    odds.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()));
    odds.truncate(NAMED);
    (!odds.is_empty()).then(|| odds.iter().map(|odds| odds.card.to_string()).collect())
}

/// What a plan holds to: what is not the default.
fn planned(plan: &Plan) -> Vec<Planned> {
    let limits = &plan.limits;
    let leant = |side: f32| -> Vec<Line> {
        let leant = plan.leaning.iter().filter(|leaning| leaning.by * side > 0.0);
        leant.map(|leaning| leaning.phrase.clone()).collect()
    };
    let some = |list: Vec<Line>, planned: fn(Vec<Line>) -> Planned| (!list.is_empty()).then(|| planned(list));
    let all = [
        limits.shots.map(Planned::Shots),
        limits.lines.map(Planned::Lines),
        limits.action_words.map(Planned::ActionWords),
        limits.motion.map(Planned::Camera),
        some(limits.cast.clone(), Planned::Only),
        some(limits.not_at.clone(), Planned::NotAt),
        dealt(plan, 1.0).map(Planned::More),
        dealt(plan, -1.0).map(Planned::Less),
        (!plan.locked.is_empty()).then(|| Planned::Locked(plan.locked.clone())),
        some(leant(1.0), Planned::Towards),
        some(leant(-1.0), Planned::AwayFrom),
        (!plan.exemplars.is_empty()).then_some(Planned::Examples(plan.exemplars.len())),
        plan.adapter.as_ref().map(|adapter| Planned::Adapter(adapter.name.to_string(), adapter.scale)),
        Some(Planned::Temperature(plan.sampler.temperature)),
    ];
    all.into_iter().flatten().collect()
}

fn joined(words: impl Iterator<Item = impl AsRef<str>>) -> String {
    words.map(|word| word.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Leaning, Limits};

    #[test]
    fn a_plan_is_told_in_words_and_defaults_are_not() {
        let words = |plan: &Plan| planned(plan).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(words(&Plan::default()), ["temperature 0.8"]);
        let limits = Limits {
            shots: Some(Range { least: 2, most: 2 }),
            lines: Some(Range { least: 0, most: 1 }),
            motion: Some(Motion::AllMove),
            ..Limits::default()
        };
        let leaning = |phrase: &str, by| Leaning { phrase: Line::new(phrase).unwrap(), by };
        let plan = Plan {
            limits,
            locked: vec![Lock::Shot(0)],
            leaning: vec![leaning("dark sea", -1.0), leaning("wry", 1.0)],
            ..Plan::default()
        };
        assert_eq!(
            words(&plan),
            [
                "2 shots",
                "at most 1 lines",
                "camera: all-move",
                "locked: shots.1",
                "towards wry",
                "away from dark sea",
                "temperature 0.8"
            ]
        );
    }

    #[test]
    fn without_verdicts_a_take_has_a_plan_and_no_opinion() {
        let take: Take = serde_yaml::from_str("{action: She waits.}").unwrap();
        let why = why(&take, &Line::default(), None, &Taste::default());
        assert_eq!((why.probability, why.ranks, why.parts.len(), why.plan.len()), (None, false, 0, 0));
    }
}
