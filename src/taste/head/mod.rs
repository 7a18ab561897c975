//! The head: a logistic layer on frozen features that says how likely a take is to be accepted.
//!
//! Three kinds of columns stand side by side: structure and words ([`mod@super::features`]), and the embedding of the model that
//! wrote the take. A person's taste is about few things, and there are more columns than verdicts: so the better a column alone
//! tells accepted from rejected, the more it counts (`train::Rows::telling`), as in the adaptive lasso (Zou 2006), but ahead of
//! the training. They are trained by binary cross-entropy, `L = −Σ wᵢ [yᵢ ln ŷᵢ + (1−yᵢ) ln(1−ŷᵢ)] / Σ wᵢ`, with AdamW
//! (Loshchilov and Hutter 2019), feature dropout, and early stopping on verdicts held out.
//!
//! It is an ensemble: each member holds another part of the verdicts out. Their mean ranks, how far they are apart says how
//! sure the head is, and one of them drawn by chance is a sample of what the head may yet learn (Thompson sampling by
//! bootstrap, Osband and Van Roy 2015).
//!
//! Own code: the optimiser is twenty lines, and the crates that have one bring a tensor library and minutes of build time;
//! and the same log must give the same head on every machine, which a library's own threads and kernels do not promise.

mod columns;
mod train;

use std::collections::BTreeMap;

pub use columns::Columns;
use serde::{Deserialize, Serialize};

use super::features::{Feature, Features};
use super::log::Judged;
use crate::board::Reading;

/// How the head is trained. The defaults were chosen with `cargo bench --bench taste -- tune`, which tries others on simulated
/// reviewers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HeadSettings {
    /// AdamW's step.
    pub learning_rate: f32,
    /// How strongly weights are drawn back to where they began, a step.
    pub weight_decay: f32,
    /// The share of columns left out of each step.
    pub dropout: f32,
    /// The most steps.
    pub steps: u32,
    /// Steps without a better loss on the verdicts held out, after which training stops.
    pub patience: u32,
    /// Members of the ensemble.
    pub members: u32,
    /// After how many later verdicts one counts half.
    pub half_life: f32,
    /// The most words that become columns.
    pub words: usize,
    /// The weight of each kind of columns against the others: structure, words, embedding.
    pub gains: [f32; 3],
    /// How much more a column counts the better it alone tells accepted from rejected: the power of its correlation with
    /// the verdicts; 0 counts all alike.
    pub focus: f32,
}

impl Default for HeadSettings {
    fn default() -> Self {
        Self {
            learning_rate: 0.03,
            weight_decay: 0.01,
            dropout: 0.1,
            steps: 150,
            patience: 25,
            members: 5,
            half_life: 30.0,
            words: 200,
            gains: [1.0, 0.7, 0.05],
            focus: 3.0,
        }
    }
}

/// What a reviewer liked on other boards: weights that a head begins with and is drawn back to.
pub type Prior = BTreeMap<Feature, f32>;

/// A trained head.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    columns: Columns,
    /// The weights of each member, in the order of the columns.
    members: Vec<Member>,
    /// The log-odds of acceptance among the verdicts, as recent ones count.
    base: f32,
    /// How many verdicts it learned from.
    learned_from: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Member {
    weights: Vec<f32>,
    bias: f32,
}

/// What a head says of a take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    /// The probability of acceptance.
    pub probability: f32,
    /// The same as log-odds.
    pub log_odds: f32,
    /// The standard deviation of the members' log-odds.
    pub spread: f32,
}

/// What a part of a take adds to its log-odds.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A feature.
    Feature(Feature, f32),
    /// Everything that the model's own reading says and features do not.
    Reading(f32),
}

impl Part {
    /// How much it adds.
    #[must_use]
    pub const fn adds(&self) -> f32 {
        match self {
            Self::Feature(_, adds) | Self::Reading(adds) => *adds,
        }
    }
}

impl Head {
    /// Trains a head on verdicts in the order they were given; `None` while all were accepted or all rejected.
    ///
    /// The same verdicts give the same head.
    #[must_use]
    pub fn fit(judged: &[&Judged], prior: &Prior, settings: &HeadSettings) -> Option<Self> {
        let accepted = judged.iter().filter(|judged| judged.accepted).count();
        if accepted == 0 || accepted == judged.len() {
            return None;
        }
        let mut columns = Columns::of(judged, settings);
        let recency = recency(judged.len(), settings.half_life);
        let all: f32 = recency.iter().sum();
        let liked: f32 =
            recency.iter().zip(judged).filter(|(_, judged)| judged.accepted).map(|(weight, _)| weight).sum();
        let rate = (liked / all).clamp(0.02, 0.98);
        let mut rows = train::Rows::new(&columns, judged, &recency, rate);
        let factors = columns.focused(&rows.telling(), settings.focus);
        columns.scale_by(&factors);
        rows.scale_by(&factors);
        let beginning = columns.weights(prior);
        let members =
            (0..settings.members.max(1)).map(|member| train::member(&rows, &beginning, member, settings)).collect();
        Some(Self { columns, members, base: log_odds(rate), learned_from: judged.len() })
    }

    /// What it says of a take with these features and this reading.
    #[must_use]
    pub fn opinion(&self, features: &Features, reading: Option<&Reading>) -> Opinion {
        let row = self.columns.row(features, reading);
        let said: Vec<f32> = self.members.iter().map(|member| member.score(&row)).collect();
        let mean = mean(&said);
        let spread = mean_square(said.iter().map(|score| score - mean)).sqrt();
        // Training weighs both kinds of verdict alike, so the base rate is put back in.
        let log_odds = mean + self.base;
        Opinion { probability: sigmoid(log_odds), log_odds, spread }
    }

    /// What one member alone says, as log-odds without the base rate: a sample of what may be true.
    #[must_use]
    pub fn sample(&self, member: usize, features: &Features, reading: Option<&Reading>) -> f32 {
        let row = self.columns.row(features, reading);
        self.members.get(member % self.members.len().max(1)).map_or(0.0, |member| member.score(&row))
    }

    /// What each part of a take adds to its log-odds, the strongest first.
    #[must_use]
    pub fn parts(&self, features: &Features, reading: Option<&Reading>) -> Vec<Part> {
        let row = self.columns.row(features, reading);
        let weights = self.mean_weights();
        let adds: Vec<f32> = row.iter().zip(&weights).map(|(value, weight)| value * weight).collect();
        let named = self.columns.features().zip(&adds).map(|(feature, &adds)| Part::Feature(feature.clone(), adds));
        let mut parts: Vec<Part> = named.collect();
        let read: f32 = adds.iter().skip(parts.len()).sum();
        parts.push(Part::Reading(read));
        parts.retain(|part| part.adds() != 0.0);
        parts.sort_by(|a, b| b.adds().abs().total_cmp(&a.adds().abs()));
        parts
    }

    /// Every feature with what one standard deviation more of it adds, the strongest first.
    #[must_use]
    pub fn weights(&self) -> Vec<(Feature, f32)> {
        let weights = self.mean_weights();
        let gains = self.columns.gains();
        let mut named: Vec<(Feature, f32)> = self
            .columns
            .features()
            .zip(weights.iter().zip(gains))
            .map(|(feature, (weight, gain))| (feature.clone(), weight * gain))
            .collect();
        named.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        named
    }

    /// How many members there are.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// How many verdicts it learned from.
    #[must_use]
    pub const fn learned_from(&self) -> usize {
        self.learned_from
    }

    fn mean_weights(&self) -> Vec<f32> {
        let mut sums = vec![0.0; self.columns.len()];
        for member in &self.members {
            for (sum, weight) in sums.iter_mut().zip(&member.weights) {
                *sum += weight;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of members")]
        let count = self.members.len().max(1) as f32;
        sums.iter().map(|sum| sum / count).collect()
    }
}

impl Member {
    fn score(&self, row: &[f32]) -> f32 {
        train::dot(row, &self.weights) + self.bias
    }
}

/// The weight of each verdict by how many came after it.
fn recency(count: usize, half_life: f32) -> Vec<f32> {
    #[expect(clippy::cast_precision_loss, reason = "a count of verdicts")]
    (0..count).map(|at| 0.5_f32.powf((count - 1 - at) as f32 / half_life.max(1.0))).collect()
}

pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub(super) fn log_odds(rate: f32) -> f32 {
    (rate / (1.0 - rate)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "short lists")]
fn mean(numbers: &[f32]) -> f32 {
    numbers.iter().sum::<f32>() / numbers.len().max(1) as f32
}

#[expect(clippy::cast_precision_loss, reason = "short lists")]
fn mean_square(numbers: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = numbers.len().max(1) as f32;
    numbers.map(|number| number * number).sum::<f32>() / count
}

#[cfg(test)]
mod tests;
