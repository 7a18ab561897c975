//! The storyboard: the document a person keeps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Extra;
use super::bible::Bible;
use super::id::SceneId;
use super::scene::Scene;
use super::text::{Line, Text};

/// The schema version written as `slateboard: 1`.
pub const VERSION: u32 = 1;

/// The whole document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Storyboard {
    /// The schema version, always [`VERSION`].
    #[serde(rename = "slateboard")]
    pub version: u32,
    /// The title.
    #[serde(default)]
    pub title: Line,
    /// The story in a sentence.
    #[serde(default)]
    pub logline: Text,
    /// BCP 47; the language takes are written in.
    #[serde(default = "Storyboard::default_language")]
    pub language: Line,
    /// Width to height: "2.39:1", "16:9".
    #[serde(default = "Storyboard::default_aspect")]
    pub aspect: Line,
    /// Frames a second.
    #[serde(default = "Storyboard::default_fps")]
    pub fps: f32,
    /// The frames' style, by a theme's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Line>,
    /// Direction for every scene.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Text>,
    /// What must stay the same.
    #[serde(default)]
    pub bible: Bible,
    /// The scenes in order.
    #[serde(default)]
    pub scenes: Vec<Scene>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Default for Storyboard {
    fn default() -> Self {
        Self {
            version: VERSION,
            title: Line::default(),
            logline: Text::default(),
            language: Self::default_language(),
            aspect: Self::default_aspect(),
            fps: Self::default_fps(),
            style: None,
            tone: None,
            bible: Bible::default(),
            scenes: Vec::new(),
            extra: Extra::default(),
        }
    }
}

impl Storyboard {
    fn default_language() -> Line {
        Line::clipped("en", 2)
    }

    fn default_aspect() -> Line {
        Line::clipped("16:9", 4)
    }

    const fn default_fps() -> f32 {
        24.0
    }

    /// The scene of that identity.
    #[must_use]
    pub fn scene(&self, id: SceneId) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.id == id)
    }

    /// Where in the order the scene of that identity stands.
    #[must_use]
    pub fn position(&self, id: SceneId) -> Option<usize> {
        self.scenes.iter().position(|scene| scene.id == id)
    }

    /// Whether any scene begins a sequence.
    #[must_use]
    pub fn has_sequences(&self) -> bool {
        self.scenes.iter().any(|scene| scene.sequence.is_some())
    }

    /// The positions of the scenes in one sequence with the scene at a position: all of them where no sequence begins.
    #[must_use]
    pub fn sequence_of(&self, at: usize) -> std::ops::Range<usize> {
        let begins = |scene: &Scene| scene.sequence.is_some();
        let at = at.min(self.scenes.len());
        let upto = &self.scenes[..self.scenes.len().min(at + 1)];
        let first = upto.iter().rposition(begins).unwrap_or(0);
        let next = self.scenes.iter().skip(at + 1).position(begins);
        first..next.map_or(self.scenes.len(), |after| at + 1 + after)
    }

    /// The scene a person means by a number or an id.
    #[must_use]
    pub fn find_scene(&self, wanted: &str) -> Option<&Scene> {
        let by_number = self.scenes.iter().find(|scene| scene.number.eq_ignore_ascii_case(wanted));
        by_number.or_else(|| wanted.parse().ok().and_then(|id| self.scene(id)))
    }
}
