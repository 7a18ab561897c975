//! What is asked of a model and what it answers, whoever runs it.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use super::scene::Dealing;
use crate::board::{Adapter, Leaning, Machine, Reading, Sampler, ThreadsFrom, Weights};

/// Who speaks a section of the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Standing instructions.
    System,
    /// The person.
    User,
    /// The model, in a worked example.
    Assistant,
}

/// A part of the prompt, small enough to be left out or shortened as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Who speaks. Neighbouring sections of one role are one message.
    pub role: Role,
    /// What it is, in words for an error: "the bible's MARA", "scene 3".
    pub name: String,
    /// The words.
    pub text: String,
    /// What may be done where the context is too small.
    pub fit: Fit,
}

/// What may be done with a section where the context is too small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// It stays; where even these do not fit, that is an error which names them.
    Keep,
    /// It may be shortened to these words, then left out; the earliest such section gives way first.
    Yield(String),
}

/// One thing to write, in as many versions as there are seeds, all from one prompt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The prompt, from what changes least to what changes most, so that the kept prefix is long.
    pub sections: Vec<Section>,
    /// The JSON Schema that every answer follows.
    pub schema: serde_json::Value,
    /// What of the schema each answer is dealt by its seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dealing: Option<Dealing>,
    /// One answer a seed, sampled together.
    pub seeds: Vec<u32>,
    /// How tokens are drawn.
    pub sampler: Sampler,
    /// Words and phrases that prose leans towards or away from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaning: Vec<Leaning>,
    /// The most tokens an answer may have.
    pub max_tokens: u32,
    /// The threads to write with, step by step, where answers are made again; empty for the engine's choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threads: Vec<ThreadsFrom>,
}

impl Job {
    /// The schema that the answer of a seed follows.
    #[must_use]
    pub fn schema_of(&self, seed: u32) -> Cow<'_, serde_json::Value> {
        match &self.dealing {
            Some(dealing) => dealing.of(&self.schema, seed),
            None => Cow::Borrowed(&self.schema),
        }
    }
}

/// Something that happened while a job ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The model is being read; from 0 to 1.
    Loading(f32),
    /// The model is ready.
    Loaded(Loaded),
    /// The prompt is being read.
    Prefill {
        /// Tokens read, those kept from an earlier job among them.
        done: usize,
        /// Tokens in all.
        total: usize,
    },
    /// More of an answer.
    Piece {
        /// Which answer, from 0, in the order of the seeds.
        index: usize,
        /// The characters added.
        text: String,
    },
    /// An answer begins anew: what there was of it so far is nothing.
    Again {
        /// Which.
        index: usize,
    },
    /// An answer is whole.
    Finished {
        /// Which.
        index: usize,
    },
    /// How fast it goes, a few times a second.
    Pace {
        /// Tokens a second over all answers.
        tokens_per_s: f32,
        /// Threads in use.
        threads: usize,
    },
}

/// A model that is ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// The model's name.
    pub name: String,
    /// The file's SHA-256, in hexadecimal; `None` where a server runs it, which does not say.
    pub sha256: Option<String>,
    /// Whose machine runs it.
    #[serde(default)]
    pub machine: Machine,
    /// The most tokens a prompt and its answer may have together.
    pub context: usize,
    /// Layers on a GPU.
    pub gpu_layers: usize,
    /// Layers in all.
    pub layers: usize,
    /// What runs it, as llama.cpp calls it: "CPU", "CUDA0 (NVIDIA …)"; of a server its host.
    pub device: String,
    /// The adapter added to it.
    #[serde(default)]
    pub adapter: Option<Adapter>,
    /// How its weights are kept.
    #[serde(default)]
    pub weights: Weights,
}

impl Loaded {
    /// A name under which what this model does on this machine or server can be remembered.
    #[must_use]
    pub fn identity(&self) -> String {
        match &self.sha256 {
            Some(sha256) => sha256.clone(),
            None => format!("{} on {}", self.name, self.device),
        }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The answers in the order of the seeds, each JSON by the job's schema; `None` where `max_tokens` ended it.
    pub answers: Vec<Option<String>>,
    /// How the model read each answer; `None` where the answer has no prose, or did not come to its end.
    #[serde(default)]
    pub readings: Vec<Option<Reading>>,
    /// SHA-256 of the prompt as the model saw it and of the grammar, in hexadecimal.
    pub prompt_sha256: String,
    /// Names of the sections that were shortened or left out.
    pub left_out: Vec<String>,
    /// The threads that wrote it, step by step.
    #[serde(default)]
    pub threads: Vec<ThreadsFrom>,
    /// The model that wrote it.
    pub model: Loaded,
    /// What it took.
    pub stats: Stats,
}

/// What a job took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// How many of them were kept from an earlier job.
    pub cached_tokens: usize,
    /// Tokens written, over all answers.
    pub tokens: usize,
    /// Reading the prompt, in milliseconds.
    pub prefill_ms: f64,
    /// Writing, in milliseconds.
    pub decode_ms: f64,
    /// Tokens written a second, over all answers.
    pub tokens_per_s: f64,
    /// From the job's start to the first token, in milliseconds.
    pub first_token_ms: f64,
    /// Threads in use at the end.
    pub threads: usize,
    /// What ran it.
    pub device: String,
}

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The person stopped it.
    #[error("stopped")]
    Cancelled,
    /// The model file cannot be used.
    #[error("{0}")]
    Model(String),
    /// The prompt does not fit the context whatever gives way.
    #[error("{0}")]
    TooBig(String),
    /// The engine refused or failed at the job.
    #[error("the model could not do this: {0}")]
    Job(String),
    /// The engine is gone. It can be started again.
    #[error("the engine stopped unexpectedly: {0}")]
    Died(String),
    /// The server did not answer, however often it was asked. It may later.
    #[error("{0}")]
    Unreachable(String),
}

/// Stops a job from another thread. Cloned, it is the same switch.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the job to stop at the next token.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was asked to.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Runs jobs: the local engine, a remote server, or a script in a test.
pub trait Generator: Send {
    /// Loads the model where that has not been done, so that the first job need not wait.
    ///
    /// # Errors
    /// [`EngineError`] in words for the person.
    fn warm_up(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Loaded, EngineError>;

    /// Runs one job to its end; blocks, telling `on` what happens.
    ///
    /// # Errors
    /// [`EngineError`]; after [`EngineError::Died`] the next call starts the engine again.
    fn run(&mut self, job: &Job, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError>;

    /// How many answers of different jobs it writes at once; 1 where one job waits for another.
    fn abreast(&self) -> usize {
        1
    }

    /// Another hold on the same engine, to run a job beside this one's; `None` where one job waits for another.
    fn another(&self) -> Option<Box<dyn Generator>> {
        None
    }
}

impl Generator for Box<dyn Generator> {
    fn warm_up(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Loaded, EngineError> {
        (**self).warm_up(cancel, on)
    }

    fn run(&mut self, job: &Job, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError> {
        (**self).run(job, cancel, on)
    }

    fn abreast(&self) -> usize {
        (**self).abreast()
    }

    fn another(&self) -> Option<Box<dyn Generator>> {
        (**self).another()
    }
}
