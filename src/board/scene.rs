//! A scene: a heading, the writer's brief, and the takes made of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::{SceneId, TakeId};
use super::lock::Lock;
use super::take::Take;
use super::text::{Line, Text};
use super::{Extra, Seconds};

/// The length a scene aims at where the writer does not say.
pub const DEFAULT_SECONDS: f32 = 12.0;

/// One scene of a storyboard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scene {
    /// Its identity, which survives renumbering and moving.
    #[serde(default)]
    pub id: SceneId,
    /// As in the script: 1, 12A.
    #[serde(default)]
    pub number: Line,
    /// The name of the sequence that begins with this scene; those after it belong to it too, until the next one begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Line>,
    /// `INT./EXT. PLACE - TIME`.
    #[serde(default)]
    pub heading: Line,
    /// What the writer wants to happen.
    #[serde(default)]
    pub brief: Text,
    /// The length aimed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
    /// The frames' style, where it is not the board's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Line>,
    /// How many people or things the model may bring in that the bible does not know.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub newcomers: u8,
    /// Parts of a take that the model must keep as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Lock>,
    /// The take that stands for the scene.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked: Option<TakeId>,
    /// The takes kept, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<Take>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

impl Scene {
    /// The field in which scripts keep notes to oneself.
    pub const NOTES: &str = "notes";

    /// Notes to oneself that came with a script.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        let notes = self.extra.get(Self::NOTES).and_then(serde_yaml::Value::as_sequence);
        notes.into_iter().flatten().filter_map(serde_yaml::Value::as_str)
    }

    /// The picked take.
    #[must_use]
    pub fn picked_take(&self) -> Option<&Take> {
        self.picked.and_then(|id| self.take(id))
    }

    /// The take of that identity.
    #[must_use]
    pub fn take(&self, id: TakeId) -> Option<&Take> {
        self.takes.iter().find(|take| take.id == id)
    }

    /// The take that speaks for the scene: the picked one, else the newest.
    #[must_use]
    pub fn leading_take(&self) -> Option<&Take> {
        self.picked_take().or_else(|| self.takes.last())
    }

    /// The heading in force: the picked take's where it proposes one, else the scene's own.
    #[must_use]
    pub fn current_heading(&self) -> &Line {
        self.picked_take().and_then(|take| take.heading.as_ref()).unwrap_or(&self.heading)
    }

    /// The length the scene aims at.
    #[must_use]
    pub fn target(&self) -> Seconds {
        self.seconds.unwrap_or_else(|| Seconds::clamped(DEFAULT_SECONDS))
    }
}
