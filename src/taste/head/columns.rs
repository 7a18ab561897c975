//! Which features become columns, and how a take becomes a row: standardised by what was judged so far.

use std::collections::BTreeMap;

use super::{HeadSettings, Prior};
use crate::board::{Line, Reading};
use crate::taste::features::{Feature, Features};
use crate::taste::log::Judged;

/// Features are looked for in this many of the newest verdicts; what has not occurred in so long is no column.
const LOOKED_AT: usize = 512;
/// A feature in fewer takes than this says nothing that holds for others.
const FEWEST: usize = 2;
/// A standard deviation is taken as at least this: a rare feature would otherwise outweigh everything the one time it
/// comes.
const LEAST_DEVIATION: f32 = 0.25;

/// A column that tells nothing keeps this share, so that what other boards taught of it can be said.
const LEAST_FOCUS: f32 = 1e-3;

/// The columns of a head.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    named: Vec<Named>,
    embedding: Option<Read>,
}

#[derive(Debug, Clone, PartialEq)]
struct Named {
    feature: Feature,
    mean: f32,
    /// What a difference from the mean is multiplied with.
    scale: f32,
    /// The part of `scale` that weighs its kind against others.
    gain: f32,
}

/// The columns of an embedding, of one model.
#[derive(Debug, Clone, PartialEq)]
struct Read {
    model: Line,
    mean: Vec<f32>,
    scale: Vec<f32>,
    /// The part of each `scale` that weighs its kind against others, before any is focused on.
    gain: f32,
}

impl Columns {
    /// The columns that tell these verdicts apart.
    pub(super) fn of(judged: &[&Judged], settings: &HeadSettings) -> Self {
        let newest = &judged[judged.len().saturating_sub(LOOKED_AT)..];
        let mut sums: BTreeMap<&Feature, Sums> = BTreeMap::new();
        for judged in newest {
            for (feature, &value) in &judged.features {
                sums.entry(feature).or_default().add(value, judged.accepted);
            }
        }
        let (words, structure): (Vec<_>, Vec<_>) = sums
            .into_iter()
            .filter(|(_, sums)| sums.count >= FEWEST && sums.varies(newest.len()))
            .partition(|(feature, _)| feature.is_word());
        let words = most_telling(words, newest, settings.words);
        let counts = [structure.len(), words.len()];
        let column = |(feature, sums): (&Feature, Sums), kind: usize| {
            let (mean, deviation) = sums.moments(newest.len());
            let gain = settings.gains[kind] / root(counts[kind]);
            Named { feature: feature.clone(), mean, scale: gain / deviation.max(LEAST_DEVIATION), gain }
        };
        let named = structure.into_iter().map(|one| column(one, 0)).chain(words.into_iter().map(|one| column(one, 1)));
        let mut named: Vec<Named> = named.collect();
        named.sort_by(|a, b| a.feature.cmp(&b.feature));
        Self { named, embedding: Read::of(judged, settings.gains[2]) }
    }

    pub(super) fn len(&self) -> usize {
        self.named.len() + self.embedding.as_ref().map_or(0, |read| read.mean.len())
    }

    /// The features, in the order of their columns; the embedding's columns come behind them.
    pub(super) fn features(&self) -> impl Iterator<Item = &Feature> {
        self.named.iter().map(|named| &named.feature)
    }

    pub(super) fn gains(&self) -> impl Iterator<Item = f32> {
        self.named.iter().map(|named| named.gain)
    }

    /// What to multiply each column with so that those that tell more count more, by a power of how much they tell, and all
    /// together as much as before.
    pub(super) fn focused(&self, telling: &[f32], power: f32) -> Vec<f32> {
        let read = self.embedding.iter().flat_map(|read| std::iter::repeat_n(read.gain, read.mean.len()));
        let gains: Vec<f32> = self.gains().chain(read).collect();
        // Of a settings file: below 0 it would turn the order round.
        let power = power.max(0.0);
        let focus: Vec<f32> = telling.iter().map(|tells| tells.powf(power).max(LEAST_FOCUS)).collect();
        let before: f32 = gains.iter().map(|gain| gain * gain).sum();
        let after: f32 = gains.iter().zip(&focus).map(|(gain, focus)| (gain * focus).powi(2)).sum();
        let even = (before / after.max(f32::MIN_POSITIVE)).sqrt();
        focus.iter().map(|focus| focus * even).collect()
    }

    /// Multiplies each column.
    pub(super) fn scale_by(&mut self, factors: &[f32]) {
        let (named, read) = factors.split_at(self.named.len().min(factors.len()));
        for (column, factor) in self.named.iter_mut().zip(named) {
            column.scale *= factor;
            column.gain *= factor;
        }
        if let Some(columns) = &mut self.embedding {
            columns.scale.iter_mut().zip(read).for_each(|(scale, factor)| *scale *= factor);
        }
    }

    /// A prior's weights in the order of the columns.
    pub(super) fn weights(&self, prior: &Prior) -> Vec<f32> {
        let mut weights: Vec<f32> = self
            .named
            .iter()
            .map(|named| prior.get(&named.feature).map_or(0.0, |weight| weight / named.gain))
            .collect();
        weights.resize(self.len(), 0.0);
        weights
    }

    /// A take as numbers around 0. What a take has no reading for counts as the mean.
    pub(super) fn row(&self, features: &Features, reading: Option<&Reading>) -> Vec<f32> {
        let mut row = Vec::with_capacity(self.len());
        // Both are in the same order, so one walk finds every column.
        let mut rest = features.iter().peekable();
        for named in &self.named {
            while rest.peek().is_some_and(|(feature, _)| **feature < named.feature) {
                rest.next();
            }
            let value = rest.peek().filter(|(feature, _)| **feature == named.feature).map_or(0.0, |(_, value)| **value);
            row.push((value - named.mean) * named.scale);
        }
        if let Some(read) = &self.embedding {
            read.extend(&mut row, reading);
        }
        row
    }
}

/// The words whose presence differs most between accepted and rejected, by the score of a test of two proportions.
fn most_telling<'a>(words: Vec<(&'a Feature, Sums)>, newest: &[&Judged], cap: usize) -> Vec<(&'a Feature, Sums)> {
    let accepted = newest.iter().filter(|judged| judged.accepted).count();
    let (liked, disliked) = (float(accepted), float(newest.len() - accepted));
    let mut scored: Vec<(f32, (&Feature, Sums))> = words
        .into_iter()
        .map(|(feature, sums)| {
            let (in_liked, in_disliked) = (float(sums.accepted), float(sums.count - sums.accepted));
            let pooled = float(sums.count) / (liked + disliked);
            let error = (pooled * (1.0 - pooled) * (1.0 / liked.max(1.0) + 1.0 / disliked.max(1.0))).sqrt();
            let score = (in_liked / liked.max(1.0) - in_disliked / disliked.max(1.0)).abs() / error.max(1e-6);
            (score, (feature, sums))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.0.cmp(b.1.0)));
    scored.truncate(cap);
    scored.into_iter().map(|(_, word)| word).collect()
}

/// What was seen of one feature.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: usize,
    accepted: usize,
    sum: f64,
    squares: f64,
    least: f32,
    most: f32,
}

impl Sums {
    fn add(&mut self, value: f32, accepted: bool) {
        if self.count == 0 {
            (self.least, self.most) = (value, value);
        }
        self.count += 1;
        self.accepted += usize::from(accepted);
        self.sum += f64::from(value);
        self.squares += f64::from(value) * f64::from(value);
        self.least = self.least.min(value);
        self.most = self.most.max(value);
    }

    /// Whether it is not the same in all takes; those that lack it have 0.
    fn varies(&self, takes: usize) -> bool {
        self.count < takes || self.least < self.most
    }

    #[expect(clippy::cast_possible_truncation, reason = "moments of 32-bit numbers")]
    fn moments(&self, takes: usize) -> (f32, f32) {
        let takes = f64::from(float(takes.max(1)));
        let mean = self.sum / takes;
        let variance = (self.squares / takes - mean * mean).max(0.0);
        (mean as f32, variance.sqrt() as f32)
    }
}

impl Read {
    /// The columns of the model that read most of the verdicts; none where no take has a reading.
    fn of(judged: &[&Judged], gain: f32) -> Option<Self> {
        let mut models: BTreeMap<(&Line, usize), usize> = BTreeMap::new();
        let readings = || judged.iter().filter_map(|judged| judged.reading.as_ref());
        for reading in readings() {
            *models.entry((&reading.model, reading.embedding.numbers().len())).or_default() += 1;
        }
        let ((model, width), count) = models.into_iter().max_by_key(|&(_, count)| count)?;
        if count < FEWEST || width == 0 || gain == 0.0 {
            return None;
        }
        let of_model: Vec<&[f32]> =
            readings().filter(|reading| reading.model == *model).map(|reading| reading.embedding.numbers()).collect();
        let of_model: Vec<&[f32]> = of_model.into_iter().filter(|numbers| numbers.len() == width).collect();
        let takes = f64::from(float(of_model.len()));
        let (mut mean, mut scale) = (Vec::with_capacity(width), Vec::with_capacity(width));
        let gain = gain / root(width);
        for at in 0..width {
            let sum: f64 = of_model.iter().map(|numbers| f64::from(numbers[at])).sum();
            let middle = sum / takes;
            let variance =
                of_model.iter().map(|numbers| (f64::from(numbers[at]) - middle).powi(2)).sum::<f64>() / takes;
            #[expect(clippy::cast_possible_truncation, reason = "moments of 32-bit numbers")]
            {
                mean.push(middle as f32);
                // A number that never changes says nothing.
                scale.push(if variance > 1e-12 { gain / variance.sqrt() as f32 } else { 0.0 });
            }
        }
        Some(Self { model: model.clone(), mean, scale, gain })
    }

    fn extend(&self, row: &mut Vec<f32>, reading: Option<&Reading>) {
        let numbers = reading.filter(|reading| reading.model == self.model).map(|reading| reading.embedding.numbers());
        match numbers.filter(|numbers| numbers.len() == self.mean.len()) {
            Some(numbers) => {
                row.extend(
                    numbers
                        .iter()
                        .zip(&self.mean)
                        .zip(&self.scale)
                        .map(|((number, mean), scale)| (number - mean) * scale),
                );
            }
            None => row.resize(row.len() + self.mean.len(), 0.0),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of verdicts and columns")]
fn float(count: usize) -> f32 {
    count as f32
}

fn root(count: usize) -> f32 {
    float(count.max(1)).sqrt()
}
