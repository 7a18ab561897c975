//! How the model read an answer while it wrote it: mean hidden state and mean likelihood over its prose.
//!
//! Taken from the computation that writes, so it costs no batch of its own.

use super::session::Computed;
use crate::board::{Embedding, Line, Reading};

/// Below the likeliest by this much, a token's share of the sum is under 2^-23, which a float of this size drops.
const REACH: f32 = 16.0;

/// Sums over the prose of one answer so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    hidden: Vec<f64>,
    states: u32,
    log_probability: f64,
    words: u32,
}

impl Read {
    /// Counts a token of prose: the state it was drawn from, and how likely the model itself found it.
    pub(super) fn word(&mut self, computed: Computed<'_>, token: u32) {
        if !computed.hidden.is_empty() {
            self.hidden.resize(computed.hidden.len(), 0.0);
            for (sum, &state) in self.hidden.iter_mut().zip(computed.hidden) {
                *sum += f64::from(state);
            }
            self.states += 1;
        }
        if let Some(&logit) = computed.logits.get(token as usize) {
            self.log_probability += f64::from(logit) - log_sum(computed.logits);
            self.words += 1;
        }
    }
}

/// The reading of an answer that is whole.
#[expect(clippy::cast_possible_truncation, reason = "means of 32-bit numbers")]
pub(super) fn reading(read: &Read, model_sha256: &str) -> Option<Reading> {
    if read.states == 0 || read.words == 0 {
        return None;
    }
    let mean: Vec<f32> = read.hidden.iter().map(|sum| (sum / f64::from(read.states)) as f32).collect();
    Some(Reading {
        model: Line::clipped(model_sha256, 64),
        embedding: Embedding::new(&mean)?,
        likelihood: (read.log_probability / f64::from(read.words)) as f32,
    })
}

/// The logarithm of the sum of exponentials.
fn log_sum(logits: &[f32]) -> f64 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let near = logits.iter().filter(|&&logit| logit > most - REACH);
    f64::from(most) + near.map(|logit| f64::from((logit - most).exp())).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_the_mean_over_the_words() {
        let mut read = Read::default();
        let even = [0.0_f32; 4];
        read.word(Computed { logits: &even, hidden: &[1.0, 2.0] }, 3);
        read.word(Computed { logits: &even, hidden: &[3.0, -2.0] }, 0);
        let reading = reading(&read, "ab").unwrap();
        assert_eq!(reading.embedding.numbers(), [2.0, 0.0]);
        assert!((reading.likelihood - 0.25_f32.ln()).abs() < 1e-5, "{}", reading.likelihood);
    }

    #[test]
    fn a_model_without_hidden_states_gives_no_reading() {
        let mut read = Read::default();
        read.word(Computed { logits: &[0.0], hidden: &[] }, 0);
        assert_eq!(reading(&read, "ab"), None);
    }
}
