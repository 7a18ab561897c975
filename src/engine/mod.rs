//! The engine: everything between a brief and the model's answer.

pub mod job;
pub mod llama;
pub mod settings;

pub use job::{Cancel, EngineError, Event, Fit, Generator, Job, Loaded, Outcome, Role, Section, Stats};
pub use settings::{GpuLayers, Settings, Split};
