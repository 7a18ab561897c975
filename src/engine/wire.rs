//! What app and engine process say to each other: one JSON document a line, requests on stdin, replies on stdout.

use serde::{Deserialize, Serialize};

use super::job::{EngineError, Event, Job, Loaded, Outcome};

/// From the app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Run a job.
    Run {
        /// Its number, which every reply to it carries.
        id: u64,
        /// What to do.
        job: Box<Job>,
    },
    /// Stop the job of that number at the next token.
    Cancel {
        /// Which.
        id: u64,
    },
}

/// From the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The first word: how far the process is fenced in.
    Hello {
        /// In words for the person.
        sandbox: String,
    },
    /// The model is being read, from 0 to 1.
    Loading(f32),
    /// The model is ready.
    Loaded(Loaded),
    /// The model cannot be used; the process ends.
    Unusable(String),
    /// Something happened in a job.
    Event {
        /// Which job.
        id: u64,
        /// What.
        event: Event,
    },
    /// A job is done.
    Done {
        /// Which.
        id: u64,
        /// What it wrote.
        outcome: Box<Outcome>,
    },
    /// A job is not done.
    Failed {
        /// Which.
        id: u64,
        /// Why.
        why: Failure,
    },
}

/// Why a job is not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// It was told to stop.
    Cancelled,
    /// The prompt does not fit.
    TooBig(String),
    /// Anything else.
    Job(String),
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Cancelled => Self::Cancelled,
            EngineError::TooBig(words) => Self::TooBig(words),
            EngineError::Model(words)
            | EngineError::Job(words)
            | EngineError::Died(words)
            | EngineError::Unreachable(words) => Self::Job(words),
        }
    }
}

impl From<Failure> for EngineError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Cancelled => Self::Cancelled,
            Failure::TooBig(words) => Self::TooBig(words),
            Failure::Job(words) => Self::Job(words),
        }
    }
}
