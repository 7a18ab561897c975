//! Training one member: AdamW on weighted binary cross-entropy, with feature dropout and early stopping.

use super::columns::Columns;
use super::{HeadSettings, Member, sigmoid};
use crate::taste::chance::Chance;
use crate::taste::log::Judged;

/// Beyond this many verdicts a step looks at as many of them, not at all.
const BATCH: usize = 128;
/// Below this many verdicts holding some out says nothing; every one is learned from, for fewer steps.
const FEW: usize = 15;
/// Steps where nothing is held out.
const STEPS_WITHOUT_HOLDING_OUT: u32 = 40;
/// With more verdicts than a step looks at, those held out are looked at once in so many steps: they are more than the step's.
const LOOK_EVERY: u32 = 6;
/// AdamW's memory of the gradient and of its square.
const MEMORY: (f32, f32) = (0.9, 0.99);

/// The verdicts as numbers.
pub(super) struct Rows {
    values: Vec<f32>,
    width: usize,
    labels: Vec<f32>,
    /// What each counts: by how recent it is, and so that accepted and rejected ones count the same in all.
    weights: Vec<f32>,
}

impl Rows {
    pub(super) fn new(columns: &Columns, judged: &[&Judged], recency: &[f32], rate: f32) -> Self {
        let width = columns.len();
        let mut values = Vec::with_capacity(width * judged.len());
        for judged in judged {
            values.extend(columns.row(&judged.features, judged.reading.as_ref()));
        }
        let labels: Vec<f32> = judged.iter().map(|judged| if judged.accepted { 1.0 } else { 0.0 }).collect();
        let balance = |label: f32| if label > 0.5 { 0.5 / rate } else { 0.5 / (1.0 - rate) };
        let weights = recency.iter().zip(&labels).map(|(recent, &label)| recent * balance(label)).collect();
        Self { values, width, labels, weights }
    }

    /// How well each column alone tells accepted from rejected: its correlation with the verdicts, each as it counts, without
    /// its sign; from 0 to 1.
    pub(super) fn telling(&self) -> Vec<f32> {
        let total = self.weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let liked = self.weights.iter().zip(&self.labels).map(|(weight, label)| weight * label).sum::<f32>() / total;
        let mut means = vec![0.0; self.width];
        for at in 0..self.len() {
            let weight = self.weights[at] / total;
            means.iter_mut().zip(self.row(at)).for_each(|(mean, value)| *mean += weight * value);
        }
        let (mut together, mut squares) = (vec![0.0; self.width], vec![0.0; self.width]);
        for at in 0..self.len() {
            let weight = self.weights[at] / total;
            let label = self.labels[at] - liked;
            let sums = together.iter_mut().zip(&mut squares);
            for ((value, mean), (together, square)) in self.row(at).iter().zip(&means).zip(sums) {
                let value = value - mean;
                *together += weight * label * value;
                *square += weight * value * value;
            }
        }
        let of_labels = liked * (1.0 - liked);
        let correlation = |(together, square): (&f32, &f32)| together.abs() / (square * of_labels).max(1e-12).sqrt();
        together.iter().zip(&squares).map(correlation).map(|one| one.min(1.0)).collect()
    }

    /// Multiplies each column.
    pub(super) fn scale_by(&mut self, factors: &[f32]) {
        for row in self.values.chunks_exact_mut(self.width.max(1)) {
            row.iter_mut().zip(factors).for_each(|(value, factor)| *value *= factor);
        }
    }

    fn len(&self) -> usize {
        self.labels.len()
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    /// The mean loss of a member over some rows.
    fn loss(&self, member: &Member, rows: &[usize]) -> f32 {
        let (mut loss, mut weight) = (0.0, 0.0);
        for &at in rows {
            let score = member.score(self.row(at));
            // ln(1 + e^-s) for a label of 1, ln(1 + e^s) for one of 0, without overflow.
            let signed = if self.labels[at] > 0.5 { -score } else { score };
            loss += self.weights[at] * (signed.max(0.0) + (-signed.abs()).exp().ln_1p());
            weight += self.weights[at];
        }
        if weight > 0.0 { loss / weight } else { 0.0 }
    }
}

/// Trains the `number`th member, which holds every so manieth verdict out, beginning at `beginning` and drawn back to it.
pub(super) fn member(rows: &Rows, beginning: &[f32], number: u32, settings: &HeadSettings) -> Member {
    let members = settings.members.max(2) as usize;
    let is_held_out = |at: &usize| rows.len() >= FEW && at % members == number as usize % members;
    let (held_out, mut learned): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(is_held_out);
    let mut chance = Chance::new(u64::from(number) ^ (rows.len() as u64) << 8);
    if rows.len() < FEW {
        // Each member meets the few verdicts in another weight: drawn with return.
        learned = (0..rows.len()).chain((0..rows.len()).map(|_| chance.below(rows.len()))).collect();
    }
    let mut member = Member { weights: beginning.to_vec(), bias: 0.0 };
    let mut best = (rows.loss(&member, &held_out), member.clone());
    let mut since_best = 0;
    let mut adam = Adam::new(rows.width);
    let steps = if held_out.is_empty() { STEPS_WITHOUT_HOLDING_OUT.min(settings.steps) } else { settings.steps };
    let mut next = learned.len();
    let look_every = if learned.len() > BATCH * 2 { LOOK_EVERY } else { 1 };
    for step in 1..=steps {
        let batch: Vec<usize> = if learned.len() <= BATCH * 2 {
            learned.clone()
        } else {
            if next + BATCH > learned.len() {
                chance.shuffle(&mut learned);
                next = 0;
            }
            next += BATCH;
            learned[next - BATCH..next].to_vec()
        };
        let keep = keep(rows.width, settings.dropout, &mut chance);
        let (gradient, bias) = gradient(rows, &member, &batch, &keep);
        adam.step(&mut member, &gradient, bias, beginning, settings);
        if held_out.is_empty() || step % look_every != 0 {
            continue;
        }
        let loss = rows.loss(&member, &held_out);
        if loss < best.0 {
            best = (loss, member.clone());
            since_best = 0;
        } else {
            since_best += look_every;
            if since_best >= settings.patience {
                break;
            }
        }
    }
    if held_out.is_empty() { member } else { best.1 }
}

/// What each column is multiplied with in one step: 0 where it is left out, so much more than 1 elsewhere that the
/// expectation stays.
fn keep(width: usize, dropout: f32, chance: &mut Chance) -> Vec<f32> {
    let dropout = dropout.clamp(0.0, 0.9);
    (0..width).map(|_| if chance.share() < dropout { 0.0 } else { 1.0 / (1.0 - dropout) }).collect()
}

fn gradient(rows: &Rows, member: &Member, batch: &[usize], keep: &[f32]) -> (Vec<f32>, f32) {
    let masked: Vec<f32> = member.weights.iter().zip(keep).map(|(weight, keep)| weight * keep).collect();
    let mut gradient = vec![0.0; rows.width];
    let (mut bias, mut total) = (0.0, 0.0);
    for &at in batch {
        let row = rows.row(at);
        let error = (sigmoid(dot(row, &masked) + member.bias) - rows.labels[at]) * rows.weights[at];
        for (slope, value) in gradient.iter_mut().zip(row) {
            *slope += error * value;
        }
        bias += error;
        total += rows.weights[at];
    }
    let total = total.max(f32::MIN_POSITIVE);
    for (slope, keep) in gradient.iter_mut().zip(keep) {
        *slope *= keep / total;
    }
    (gradient, bias / total)
}

/// AdamW's memory.
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    bias: (f32, f32),
    step: i32,
}

impl Adam {
    fn new(width: usize) -> Self {
        Self { mean: vec![0.0; width], square: vec![0.0; width], bias: (0.0, 0.0), step: 0 }
    }

    fn step(&mut self, member: &mut Member, gradient: &[f32], bias: f32, home: &[f32], settings: &HeadSettings) {
        self.step += 1;
        let unbiased = (1.0 - MEMORY.0.powi(self.step), 1.0 - MEMORY.1.powi(self.step));
        let move_by = |mean: &mut f32, square: &mut f32, slope: f32| {
            *mean = MEMORY.0 * *mean + (1.0 - MEMORY.0) * slope;
            *square = MEMORY.1 * *square + (1.0 - MEMORY.1) * slope * slope;
            settings.learning_rate * (*mean / unbiased.0) / ((*square / unbiased.1).sqrt() + 1e-8)
        };
        let memory = self.mean.iter_mut().zip(&mut self.square);
        for (((weight, &home), &slope), (mean, square)) in member.weights.iter_mut().zip(home).zip(gradient).zip(memory)
        {
            *weight -= move_by(mean, square, slope) + settings.learning_rate * settings.weight_decay * (*weight - home);
        }
        member.bias -= move_by(&mut self.bias.0, &mut self.bias.1, bias);
    }
}

/// The dot product, in eight sums so that the compiler can use wide registers; the order is fixed, so the result is.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a_wide, a_rest) = a.as_chunks::<8>();
    let (b_wide, b_rest) = b.as_chunks::<8>();
    for (a, b) in a_wide.iter().zip(b_wide) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}
