//! A take: one version of a scene, generated or written by hand, that knows where it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bible::Kind;
use super::id::TakeId;
use super::number::finite_if_any;
use super::plan::Plan;
use super::shot::Shot;
use super::text::{Line, Text};
use super::vocabulary::vocabulary;
use super::{Extra, Seconds};

/// A spoken line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Speech {
    /// A character's name.
    pub speaker: Line,
    /// What is said.
    pub line: Text,
    /// How many paragraphs of the action stand before it, where action and speech alternate; absent where it follows the
    /// line before, and all action where no line has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u16>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Speech {
    /// The field in which scripts keep V.O., O.S. and so on.
    pub const EXTENSION: &str = "extension";
    /// The field that says that it is spoken at the same time as the line before.
    pub const DUAL: &str = "dual";

    /// The speaker as a script writes it: `MARA (V.O.)`.
    #[must_use]
    pub fn cue(&self) -> String {
        match self.extra.get(Self::EXTENSION).and_then(serde_yaml::Value::as_str) {
            Some(extension) => format!("{} ({})", self.speaker, Line::clipped(extension, 100)),
            None => self.speaker.to_string(),
        }
    }

    /// Whether it is spoken at the same time as the line before.
    #[must_use]
    pub fn is_dual(&self) -> bool {
        self.extra.get(Self::DUAL).and_then(serde_yaml::Value::as_bool) == Some(true)
    }
}

/// Somebody or something a take brings in that the bible does not know yet: a proposal for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Newcomer {
    /// Which list of the bible it would join.
    pub kind: Kind,
    /// Its name.
    pub name: Line,
    /// How it looks.
    #[serde(default)]
    pub look: Text,
}

/// One version of a scene.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Take {
    /// Its identity.
    #[serde(default)]
    pub id: TakeId,
    /// The take it was made from.
    #[serde(default)]
    pub parent: Option<TakeId>,
    /// The heading it proposes; absent where it keeps the scene's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Line>,
    /// What happens.
    #[serde(default)]
    pub action: Text,
    /// What is said, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dialogue: Vec<Speech>,
    /// What is heard.
    #[serde(default)]
    pub sound: Text,
    /// What is seen, in order.
    #[serde(default)]
    pub shots: Vec<Shot>,
    /// Who and what it brings in that the bible does not know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newcomers: Vec<Newcomer>,
    /// Where it came from.
    #[serde(default)]
    pub provenance: Provenance,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Take {
    /// How long its shots last together.
    #[must_use]
    pub fn seconds(&self) -> Seconds {
        self.shots.iter().map(|shot| shot.seconds).sum()
    }
}

vocabulary! {
    /// Who made a take.
    Origin: "origin" {
        /// Written by a person.
        Human = "human",
        /// Written by the model.
        Model = "model",
        /// Read from another program's file.
        Import = "import",
    }
}

vocabulary! {
    /// Whose machine a model ran on.
    #[derive(Default)]
    Machine: "machine" {
        /// The one this program ran on.
        #[default]
        Local = "local",
        /// A server's.
        Remote = "remote",
    }
}

impl Machine {
    /// Whether it is the one this program ran on.
    #[must_use]
    pub fn is_local(&self) -> bool {
        *self == Self::Local
    }
}

vocabulary! {
    /// The parts of a take that a person can lock or edit.
    Field: "field" {
        /// `INT./EXT. PLACE - TIME`.
        Heading = "heading",
        /// What happens.
        Action = "action",
        /// What is said.
        Dialogue = "dialogue",
        /// What is heard.
        Sound = "sound",
        /// What is seen.
        Shots = "shots",
    }
}

vocabulary! {
    /// What put a take where it was shown.
    Chooser: "chooser" {
        /// The order of sampling: nothing had been learned yet.
        Order = "order",
        /// What was learned from verdicts.
        Taste = "taste",
        /// The wish to learn: it was shown for what a verdict on it would teach.
        Exploration = "exploration",
    }
}

/// How a take came to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Its place among the takes sampled together, from 1.
    pub place: u32,
    /// How many those were.
    pub of: u32,
    /// What put it there.
    pub by: Chooser,
    /// The probability of acceptance that was predicted, where something had been learned.
    #[serde(default, deserialize_with = "finite_if_any", skip_serializing_if = "Option::is_none")]
    pub probability: Option<f32>,
}

/// Enough to make a take again, and to say whose words it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Who made it.
    pub origin: Origin,
    /// The model's name; of a server's, as the server calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Line>,
    /// Whose machine the model ran on.
    #[serde(default, skip_serializing_if = "Machine::is_local")]
    pub machine: Machine,
    /// The model file's SHA-256, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_sha256: Option<Line>,
    /// SHA-256 of the prompt and the grammar, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_sha256: Option<Line>,
    /// The seed of this take's sampling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// How it was sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// How it came to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
    /// The fields a person changed afterwards, in order of the first change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<Field>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Default for Provenance {
    fn default() -> Self {
        Self {
            origin: Origin::Human,
            model: None,
            machine: Machine::Local,
            model_sha256: None,
            prompt_sha256: None,
            seed: None,
            plan: None,
            chosen: None,
            edited: Vec::new(),
            extra: Extra::default(),
        }
    }
}
