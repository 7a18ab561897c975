//! The engine: everything between a brief and the model's answer.

pub mod job;
pub mod llama;
pub mod scene;
pub mod settings;

pub use job::{Cancel, EngineError, Event, Fit, Generator, Job, Loaded, Outcome, Role, Section, Stats};
pub use scene::{AskError, SceneAsk, SceneJob, draft};
pub use settings::{GpuLayers, Settings, Split};
