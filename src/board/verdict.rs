//! Verdicts, and the feedback records that keep them: the truth from which taste is computed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::{FeedbackId, SceneId, TakeId};
use super::take::Take;
use super::text::Line;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a person says of a take.
    Verdict: "verdict" {
        /// The take becomes the picked one.
        Accept = "accept",
        /// The take leaves the board and stays in the feedback log.
        Reject = "reject",
        /// An earlier verdict is taken back.
        Retract = "retract",
    }
}

/// One line of the feedback log: the verdict and everything needed to learn from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feedback {
    /// Its identity; sorts by time and merges two reviewers' logs.
    pub id: FeedbackId,
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// Who judged.
    pub reviewer: Line,
    /// The scene judged.
    pub scene: SceneId,
    /// What was said.
    pub verdict: Verdict,
    /// Why, in the reviewer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    /// How long the take was looked at, where known, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_ms: Option<u64>,
    /// The take judged, whole, with its provenance: plan, model and seed.
    pub take: Take,
    /// Which take was the picked one before; a retraction restores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked_before: Option<TakeId>,
    /// Where among the scene's takes it stood, from 0; a retraction puts it back there.
    #[serde(default)]
    pub index: usize,
}
