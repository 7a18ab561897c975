//! The plan: how takes are sampled. Kept in each take's provenance, so that the take can be made again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::deal::Deal;
use super::id::TakeId;
use super::lock::Lock;
use super::number::finite;
use super::text::Line;
use super::vocabulary::vocabulary;

/// How a model's next token is drawn. Applied in this order: grammar, repetition penalty or variety, `top_k`, temperature,
/// `min_p`, `top_p`, the draw.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sampler {
    /// 0 takes the likeliest token; 1 is the model's own distribution.
    #[serde(deserialize_with = "finite")]
    pub temperature: f32,
    /// Only the `top_k` likeliest tokens; 0 for all.
    pub top_k: u32,
    /// Only the likeliest tokens whose probabilities sum to this; 1 for all.
    #[serde(deserialize_with = "finite")]
    pub top_p: f32,
    /// Only tokens at least this share as likely as the likeliest; 0 for all.
    #[serde(deserialize_with = "finite")]
    pub min_p: f32,
    /// Divides the odds of tokens already written; 1 for none.
    #[serde(deserialize_with = "finite")]
    pub repeat_penalty: f32,
    /// How many of the last tokens the penalty looks at.
    pub repeat_last: u32,
    /// Where a word of a vocabulary follows (how a shot is framed, how a subject stands), each loses so many nats for each
    /// time the answer has it, and the temperature is half as high again: small models else frame every shot like the
    /// first. 0 for neither.
    #[serde(default, deserialize_with = "finite")]
    pub vary: f32,
}

impl Default for Sampler {
    /// Settings a 135M model writes well under; larger models take them too.
    fn default() -> Self {
        Self { temperature: 0.8, top_k: 40, top_p: 0.95, min_p: 0.05, repeat_penalty: 1.1, repeat_last: 64, vary: 2.0 }
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

/// How the model's weights were kept while it computed: other numbers, other takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Weights {
    /// As its file has them.
    #[default]
    #[serde(rename = "stored")]
    Stored,
    /// Copied to eight bits each, in llama.cpp's kind Q8_0; and so are the keys that attention looks up.
    #[serde(rename = "q8_0")]
    EightBit,
}

impl Weights {
    /// Whether they are as the file has them.
    #[must_use]
    pub fn are_stored(&self) -> bool {
        *self == Self::Stored
    }
}

/// A LoRA adapter that was added to the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adapter {
    /// The file's name without its folder.
    pub name: Line,
    /// The file's SHA-256, in hexadecimal.
    pub sha256: Line,
    /// What its weights were multiplied with.
    #[serde(deserialize_with = "finite")]
    pub scale: f32,
}

/// A word or phrase that prose is sampled towards or away from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaning {
    /// As it stands in running text.
    pub phrase: Line,
    /// What is added to its logit, in nats: 0.7 doubles the odds, -0.7 halves them.
    #[serde(deserialize_with = "finite")]
    pub by: f32,
}

/// From how many to how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The fewest.
    pub least: u32,
    /// The most.
    pub most: u32,
}

vocabulary! {
    /// How much the camera of a take may and must do.
    Motion: "motion" {
        /// At least one shot's camera moves.
        SomeMove = "some-move",
        /// Every shot's camera moves.
        AllMove = "all-move",
        /// At least one shot's camera is static.
        SomeHold = "some-hold",
        /// Every shot's camera is static.
        AllHold = "all-hold",
    }
}

/// What the grammar holds takes to beside their scene's own form. Nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// How many shots, as far as the scene's length can be divided so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shots: Option<Range>,
    /// How many lines are spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Range>,
    /// How many words the action has; characters by twos where the language writes no spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_words: Option<Range>,
    /// What the camera does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motion: Option<Motion>,
    /// The only ones of the bible's characters and props who may speak and be seen; all where it is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cast: Vec<Line>,
    /// Places that a heading does not name, as long as there are others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_at: Vec<Line>,
}

impl Limits {
    /// Whether there are none.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

/// How one take was, or is to be, sampled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The draw.
    #[serde(default)]
    pub sampler: Sampler,
    /// Parts that were constants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Lock>,
    /// What the grammar held it to beside the scene's own form.
    #[serde(default, skip_serializing_if = "Limits::are_none")]
    pub limits: Limits,
    /// What its form was dealt from; absent where it was free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<Deal>,
    /// Accepted takes that the prompt showed as worked examples.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemplars: Vec<TakeId>,
    /// Words and phrases its prose leant towards or away from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaning: Vec<Leaning>,
    /// The adapter the model was run with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adapter: Option<Adapter>,
    /// How the model's weights were kept.
    #[serde(default, skip_serializing_if = "Weights::are_stored")]
    pub weights: Weights,
    /// Which takes were sampled beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
}
