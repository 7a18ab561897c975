//! The plan: how takes are sampled. Kept in each take's provenance, so that the take can be made again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::take::Field;

/// How a model's next token is drawn. Applied in this order: grammar, repetition penalty, `top_k`, temperature,
/// `min_p`, `top_p`, the draw.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sampler {
    /// 0 takes the likeliest token; 1 is the model's own distribution.
    pub temperature: f32,
    /// Only the `top_k` likeliest tokens; 0 for all.
    pub top_k: u32,
    /// Only the likeliest tokens whose probabilities sum to this; 1 for all.
    pub top_p: f32,
    /// Only tokens at least this share as likely as the likeliest; 0 for all.
    pub min_p: f32,
    /// Divides the odds of tokens already written; 1 for none.
    pub repeat_penalty: f32,
    /// How many of the last tokens the penalty looks at.
    pub repeat_last: u32,
}

impl Default for Sampler {
    /// Settings a 135M model writes well under; larger models take them too.
    fn default() -> Self {
        Self { temperature: 0.8, top_k: 40, top_p: 0.95, min_p: 0.05, repeat_penalty: 1.1, repeat_last: 64 }
    }
}

/// How takes were sampled together. What was batched decides the arithmetic's rounding, so it belongs to the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The seeds of all takes sampled together, this one's among them.
    pub seeds: Vec<u32>,
    /// Which of them this take is, from 0.
    pub index: u32,
    /// The threads that computed, in order of the steps. Attention over one token alone is divided among them, so their
    /// number decides how it rounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threads: Vec<ThreadsFrom>,
}

/// A number of threads, and the step from which on it computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThreadsFrom {
    /// Steps of writing before it, over the whole batch.
    pub step: u32,
    /// How many threads.
    pub threads: u32,
}

/// How one take was, or is to be, sampled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The draw.
    #[serde(default)]
    pub sampler: Sampler,
    /// Fields that were constants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Field>,
    /// Which takes were sampled beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
}
