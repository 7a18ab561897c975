//! How the model read an answer while it wrote it: mean hidden state and mean likelihood over its prose.
//!
//! Taken from the computation that writes, so it costs no batch of its own. llama.cpp would give hidden states themselves
//! only by computing the logits of every token of every prompt too. So the hidden state is looked at through what is there
//! already: a logit is its product with one row of the model's output matrix, and some hundred logits, always of the same
//! tokens, are a fixed linear view of it. Less their mean, which moves with the temperature of a text and not with its matter.

use crate::board::{Embedding, Line, Reading};

/// Rows looked through at most. As many as a small model's hidden state has numbers lose next to nothing of it.
const ROWS: usize = 512;
/// Below the likeliest by this much, a token's share of the sum is under 2^-23, which a float of this size drops.
const REACH: f32 = 16.0;

/// Sums over the prose of one answer so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    seen: Vec<f64>,
    log_probability: f64,
    words: u32,
}

impl Read {
    /// Counts a token of prose: the state it was drawn from, and how likely the model itself found it.
    pub(super) fn word(&mut self, logits: &[f32], token: u32) {
        let Some(&logit) = logits.get(token as usize) else { return };
        let rows = || logits.iter().step_by(logits.len().div_ceil(ROWS));
        self.seen.resize(rows().count(), 0.0);
        #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
        let middle = rows().map(|&logit| f64::from(logit)).sum::<f64>() / self.seen.len() as f64;
        for (sum, &logit) in self.seen.iter_mut().zip(rows()) {
            *sum += f64::from(logit) - middle;
        }
        self.log_probability += f64::from(logit) - log_sum(logits);
        self.words += 1;
    }
}

/// The reading of an answer that is whole; `None` where it has no prose.
#[expect(clippy::cast_possible_truncation, reason = "means of 32-bit numbers")]
pub(super) fn reading(read: &Read, model_sha256: &str) -> Option<Reading> {
    if read.words == 0 {
        return None;
    }
    let mean: Vec<f32> = read.seen.iter().map(|sum| (sum / f64::from(read.words)) as f32).collect();
    Some(Reading {
        model: Line::clipped(model_sha256, 64),
        embedding: Embedding::new(&mean)?,
        likelihood: Some((read.log_probability / f64::from(read.words)) as f32),
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
        read.word(&[0.0; 4], 3);
        read.word(&[0.0, 0.0, 0.0, 4.0], 9);
        read.word(&[1.0, 3.0, 1.0, 3.0], 0);
        let reading = reading(&read, "ab").unwrap();
        assert_eq!(
            reading.embedding.numbers(),
            [-0.5, 0.5, -0.5, 0.5],
            "a token outside the vocabulary does not count"
        );
        let rare = (1.0_f64.exp() / (2.0 * 1.0_f64.exp() + 2.0 * 3.0_f64.exp())).ln();
        let likelihood = reading.likelihood.unwrap();
        assert!((f64::from(likelihood) - (0.25_f64.ln() + rare) / 2.0).abs() < 1e-5, "{likelihood}");
    }

    #[test]
    fn a_large_vocabulary_is_seen_through_the_same_rows_each_time() {
        let logits: Vec<f32> = (0..49_152_u16).map(f32::from).collect();
        let mut read = Read::default();
        read.word(&logits, 1);
        assert_eq!(reading(&read, "ab").unwrap().embedding.numbers().len(), 512);
    }

    #[test]
    fn an_answer_without_prose_has_no_reading() {
        assert_eq!(reading(&Read::default(), "ab"), None);
    }
}
