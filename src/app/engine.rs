//! The engine as far as the screen shows it.

use super::msg::Epoch;
use super::progress::Progress;
use super::proposals::Asking;
use crate::board::{SceneId, Take};
use crate::words::Phrase;

/// The engine as far as the screen shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Engine {
    /// How it stands.
    pub state: EngineState,
    /// The model's name and what runs it, once known.
    pub model: Option<(String, String)>,
    /// The takes being written.
    pub job: Option<Running>,
    /// The proposals being written.
    pub asking: Option<Asking>,
    /// Tokens a second.
    pub pace: Option<f32>,
    /// How far it is with what it does.
    pub progress: Option<Progress>,
    /// Milliseconds that the writing took the last time.
    pub usual_ms: Option<u64>,
}

/// How the engine stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum EngineState {
    /// Nothing was asked of it yet.
    #[default]
    Cold,
    /// The model is being read; from 0 to 1.
    Loading(f32),
    /// It waits for work, or works.
    Ready,
    /// It cannot work.
    Down(Phrase),
}

/// Takes being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// The job.
    pub epoch: Epoch,
    /// The scene.
    pub scene: SceneId,
    /// The takes so far, in the order they were asked for.
    pub takes: Vec<Option<Take>>,
    /// Tokens of the prompt read, and in all.
    pub reading: Option<(usize, usize)>,
    /// Whether it was asked to stop.
    pub stopping: bool,
}
