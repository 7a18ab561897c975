//! What taste knows, as a person reads it: verdicts, what is liked, how sure, how honest.

use std::collections::BTreeMap;

use serde::Serialize;

use super::features::Feature;
use super::honesty::Honesty;
use super::learned::Taste;
use super::likeness::{Diversity, diversity};
use super::log::Judged;
use super::phrases::{self, Phrase};
use super::reason::Reason;
use crate::board::{Embedding, Line, Take};

/// Features named a side.
const NAMED: usize = 8;
/// Parts of time that the accept rate is told over.
const SPANS: usize = 8;
/// A weight smaller than this much log-odds a standard deviation says nothing worth naming.
const LEAST_WEIGHT: f32 = 0.02;

/// Everything there is to tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Verdicts that stand.
    pub verdicts: usize,
    /// Of which accepted.
    pub accepted: usize,
    /// Of which rejected.
    pub rejected: usize,
    /// The reasons given, each with how often and what it changes; the most frequent first.
    pub reasons: Vec<Given>,
    /// Reviewers and how many verdicts each gave.
    pub reviewers: Vec<(Line, usize)>,
    /// The accept rate over equal stretches of verdicts, oldest first.
    pub accept_rate: Vec<Span>,
    /// What the head likes, strongest first: features with what a standard deviation more of each adds to the log-odds.
    pub likes: Vec<Weight>,
    /// What it dislikes.
    pub dislikes: Vec<Weight>,
    /// How far the head's members are apart on the takes judged, in log-odds; 0 where they agree, absent without a head.
    pub unsure: Option<f32>,
    /// How good its predictions were before it knew.
    pub prequential: Honesty,
    /// Whether it decides the order of takes.
    pub ranks: bool,
    /// Phrases that keep coming back in rejected takes.
    pub phrases: Vec<Phrase>,
    /// How different the takes judged lately were.
    pub diversity: Diversity,
}

/// A reason and how often it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// In the reviewer's words; as the table has it where it is understood.
    pub said: String,
    /// How it is understood.
    pub reason: Option<Reason>,
    /// What it changes in the next takes.
    pub change: Option<&'static str>,
    /// How often.
    pub times: usize,
}

/// The accept rate over a stretch of verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// How many verdicts.
    pub verdicts: usize,
    /// The share accepted.
    pub rate: f32,
}

/// A feature's weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    /// The feature; in words as `--json` has it.
    #[serde(serialize_with = "in_words")]
    pub feature: Feature,
    /// What a standard deviation more of it adds to the log-odds of acceptance.
    pub weight: f32,
}

fn in_words<S: serde::Serializer>(feature: &Feature, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(feature)
}

/// The report on a taste. `standing` are all reviewers' verdicts, those the taste did not learn from included.
#[must_use]
pub fn report(taste: &Taste, standing: &[Judged]) -> Report {
    let accepted = standing.iter().filter(|judged| judged.accepted).count();
    let weights = taste.head().map(super::Head::weights).unwrap_or_default();
    let judged: Vec<&Judged> = taste.judged().iter().collect();
    let honesty = taste.honesty();
    let lately = &standing[standing.len().saturating_sub(20)..];
    let takes: Vec<&Take> = lately.iter().map(|judged| &judged.take).collect();
    let embeddings: Vec<&Embedding> =
        lately.iter().filter_map(|judged| judged.reading.as_ref()).map(|reading| &reading.embedding).collect();
    Report {
        verdicts: standing.len(),
        accepted,
        rejected: standing.len() - accepted,
        reasons: reasons(standing),
        reviewers: reviewers(standing),
        accept_rate: spans(standing),
        likes: strongest(&weights, |weight| weight > LEAST_WEIGHT),
        dislikes: strongest(&weights, |weight| weight < -LEAST_WEIGHT),
        unsure: unsure(taste),
        ranks: honesty.ranks,
        prequential: honesty,
        phrases: phrases::recurring(&judged),
        diversity: diversity(&takes, &embeddings),
    }
}

fn reasons(standing: &[Judged]) -> Vec<Given> {
    let mut counted: BTreeMap<(Option<Reason>, String), usize> = BTreeMap::new();
    for judged in standing {
        if let Some(said) = &judged.said {
            let words = judged.reason.map_or_else(|| said.to_string(), |reason| reason.word().to_owned());
            *counted.entry((judged.reason, words)).or_default() += 1;
        }
    }
    let mut given: Vec<Given> = counted
        .into_iter()
        .map(|((reason, said), times)| Given { said, reason, change: reason.map(Reason::change), times })
        .collect();
    given.sort_by(|a, b| b.times.cmp(&a.times).then(a.said.cmp(&b.said)));
    given
}

fn reviewers(standing: &[Judged]) -> Vec<(Line, usize)> {
    let mut counted: BTreeMap<&Line, usize> = BTreeMap::new();
    for judged in standing {
        *counted.entry(&judged.reviewer).or_default() += 1;
    }
    counted.into_iter().map(|(reviewer, count)| (reviewer.clone(), count)).collect()
}

fn spans(standing: &[Judged]) -> Vec<Span> {
    let length = standing.len().div_ceil(SPANS).max(5);
    let span = |judged: &[Judged]| {
        let accepted = judged.iter().filter(|judged| judged.accepted).count();
        #[expect(clippy::cast_precision_loss, reason = "counts of verdicts")]
        Span { verdicts: judged.len(), rate: accepted as f32 / judged.len() as f32 }
    };
    standing.chunks(length).map(span).collect()
}

fn strongest(weights: &[(Feature, f32)], wanted: impl Fn(f32) -> bool) -> Vec<Weight> {
    let wanted = weights.iter().filter(|(_, weight)| wanted(*weight)).take(NAMED);
    wanted.map(|(feature, weight)| Weight { feature: feature.clone(), weight: *weight }).collect()
}

fn unsure(taste: &Taste) -> Option<f32> {
    let head = taste.head()?;
    let spreads: Vec<f32> =
        taste.judged().iter().map(|judged| head.opinion(&judged.features, judged.reading.as_ref()).spread).collect();
    #[expect(clippy::cast_precision_loss, reason = "a count of verdicts")]
    Some(spreads.iter().sum::<f32>() / spreads.len().max(1) as f32)
}
