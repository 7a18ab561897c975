//! Why a take is as it is and stands where it stands: its plan, its rank, and the parts of taste that moved it.

use serde::Serialize;

use super::features::features;
use super::head::Part;
use super::learned::Taste;
use crate::board::{Chosen, Leaning, Line, Plan, Range, Reading, Take};

/// Parts named.
const NAMED: usize = 6;
/// A part that adds less log-odds than this is not worth naming.
const LEAST: f32 = 0.02;

/// What there is to tell of one take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// What its plan held it to, in words.
    pub plan: Vec<String>,
    /// How it came to be shown.
    pub chosen: Option<Chosen>,
    /// The probability of acceptance as the head sees it now; absent without a head.
    pub probability: Option<f32>,
    /// Whether that head ranks.
    pub ranks: bool,
    /// What of the take moves it, the strongest first, with the log-odds it adds.
    pub parts: Vec<(String, f32)>,
}

/// Why a take of a scene with this heading stands where it stands.
#[must_use]
pub fn why(take: &Take, heading: &Line, reading: Option<&Reading>, taste: &Taste) -> Why {
    let features = features(take, heading);
    let opinion = taste.head().map(|head| head.opinion(&features, reading));
    let parts = taste.head().map(|head| head.parts(&features, reading)).unwrap_or_default();
    let named = parts.iter().filter(|part| part.adds().abs() >= LEAST).take(NAMED).map(|part| match part {
        Part::Feature(feature, adds) => (feature.to_string(), *adds),
        Part::Reading(adds) => ("what the model read in it".to_owned(), *adds),
    });
    Why {
        plan: take.provenance.plan.as_ref().map(planned).unwrap_or_default(),
        chosen: take.provenance.chosen,
        probability: opinion.map(|opinion| opinion.probability),
        ranks: taste.ranking_head().is_some(),
        parts: named.collect(),
    }
}

/// A plan in words: what is not the default.
fn planned(plan: &Plan) -> Vec<String> {
    let mut words = Vec::new();
    let range = |Range { least, most }: Range, what: &str| match (least, most) {
        (least, most) if least == most => format!("{least} {what}"),
        (0 | 1, most) => format!("at most {most} {what}"),
        (least, most) => format!("{least} to {most} {what}"),
    };
    words.extend(plan.limits.shots.map(|shots| range(shots, "shots")));
    words.extend(plan.limits.lines.map(|lines| range(lines, "lines")));
    words.extend(plan.limits.action_words.map(|count| range(count, "words of action")));
    words.extend(plan.limits.motion.map(|motion| format!("camera: {motion}")));
    if !plan.limits.cast.is_empty() {
        words.push(format!("only {}", joined(plan.limits.cast.iter().map(|name| name.as_str()))));
    }
    if !plan.locked.is_empty() {
        words.push(format!("locked: {}", joined(plan.locked.iter().map(ToString::to_string))));
    }
    for (side, title) in [(1.0, "towards"), (-1.0, "away from")] {
        let leant: Vec<&Leaning> = plan.leaning.iter().filter(|leaning| leaning.by * side > 0.0).collect();
        if !leant.is_empty() {
            words.push(format!("{title} {}", joined(leant.iter().map(|leaning| leaning.phrase.as_str()))));
        }
    }
    if !plan.exemplars.is_empty() {
        words.push(format!("{} accepted take as example", plan.exemplars.len()));
    }
    if let Some(adapter) = &plan.adapter {
        words.push(format!("with {} × {}", adapter.name, adapter.scale));
    }
    words.push(format!("temperature {}", plan.sampler.temperature));
    words
}

fn joined(words: impl Iterator<Item = impl AsRef<str>>) -> String {
    words.map(|word| word.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Limits, Lock, Motion};

    #[test]
    fn a_plan_is_told_in_words_and_defaults_are_not() {
        assert_eq!(planned(&Plan::default()), ["temperature 0.8"]);
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
            planned(&plan),
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
