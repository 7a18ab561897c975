//! The engine: everything between a brief and the model's answer.

pub mod adapter;
pub mod catalog;
mod fit;
pub mod gguf;
mod gguf_read;
pub mod job;
pub mod llama;
pub mod local;
pub mod outline;
mod parent;
pub mod pull;
pub mod remote;
pub mod sandbox;
pub mod scene;
pub mod server;
pub mod settings;
pub mod weights;
pub mod wire;

pub use adapter::Lora;
pub use job::{Cancel, EngineError, Event, Fit, Generator, Job, Loaded, Outcome, Role, Section, Stats};
pub use local::{Launch, LocalEngine};
pub use remote::RemoteEngine;
pub use scene::{AskError, SceneAsk, SceneJob, draft};
pub use settings::{GpuLayers, Settings, Split, WeightsAsked};
