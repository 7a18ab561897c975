//! llama.cpp in this process: loading, reading prompts, sampling answers. Only the engine process calls it.

mod batch;
mod carry;
mod constraint;
mod copy;
mod devices;
mod draw;
mod generate;
mod leaning;
mod logs;
mod model;
mod reading;
mod session;
mod threads;
mod vocabulary;

use std::path::Path;

use constraint::Constraints;
pub use copy::copy_at_eight_bits;
pub use devices::{Device, devices};
use model::Model;
use session::Session;

use super::adapter::Lora;
use super::job::{EngineError, Event, Job, Loaded, Outcome};
use super::settings::Settings;
use crate::board::{Machine, Weights};

/// A model's file, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file to load.
    pub file: &'a Path,
    /// The model's name, which a copy has from its origin.
    pub name: &'a str,
    /// The SHA-256 of the model as it was fetched, in hexadecimal.
    pub sha256: &'a str,
    /// How this file keeps its weights.
    pub weights: Weights,
}

/// A model with everything needed to run jobs on it.
pub struct Llama {
    model: &'static Model,
    session: Session,
    constraints: Constraints,
    loaded: Loaded,
}

impl Llama {
    /// Loads a model whose hash is known. To be called once in a process: the model stays until the process ends.
    ///
    /// # Errors
    /// [`EngineError::Model`] in words for the person.
    pub fn load(
        source: Source<'_>,
        settings: &Settings,
        progress: impl FnMut(f32) + Send + 'static,
    ) -> Result<Self, EngineError> {
        let failed = |error: &dyn std::fmt::Display| EngineError::Model(error.to_string());
        logs::listen();
        let model = Model::load(source, settings, progress).map_err(|error| failed(&error))?;
        // One model a process, so it may live as long, and the context need not carry its lifetime about.
        let model: &'static Model = Box::leak(Box::new(model));
        let session = Session::new(model, settings.context, settings.threads).map_err(|error| failed(&error))?;
        let vocabulary = vocabulary::vocabulary(model);
        let constraints = Constraints::new(&vocabulary).map_err(|error| failed(&error))?;
        let loaded = Loaded {
            name: source.name.to_owned(),
            sha256: Some(source.sha256.to_owned()),
            machine: Machine::Local,
            context: session.window(),
            gpu_layers: model.layers.0,
            layers: model.layers.1,
            device: model.device.clone(),
            adapter: settings.lora.as_ref().map(Lora::as_recorded),
            weights: source.weights,
        };
        Ok(Self { model, session, constraints, loaded })
    }

    /// What was loaded.
    #[must_use]
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Runs a job to its end, telling `on` what happens, until `stopped` says so.
    ///
    /// # Errors
    /// [`EngineError`] in words for the person.
    pub fn run(
        &mut self,
        job: &Job,
        stopped: &dyn Fn() -> bool,
        on: &mut dyn FnMut(Event),
    ) -> Result<Outcome, EngineError> {
        let sha256 = self.loaded.sha256.as_deref().unwrap_or_default();
        let written = generate::run(self.model, &mut self.session, &self.constraints, job, sha256, stopped, on)?;
        Ok(Outcome {
            answers: written.answers,
            readings: written.readings,
            prompt_sha256: written.prompt_sha256,
            left_out: written.left_out,
            threads: written.threads,
            model: self.loaded.clone(),
            stats: written.stats,
        })
    }
}
