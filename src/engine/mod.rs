//! The engine: everything between a brief and the model's answer.

pub mod gguf;
mod gguf_read;
pub mod job;

pub use job::{Cancel, EngineError, Event, Fit, Generator, Job, Loaded, Outcome, Role, Section, Stats};
