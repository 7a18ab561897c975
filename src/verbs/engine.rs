//! `slateboard engine`: the hidden verb that runs the model for the app, over stdin and stdout.

use std::path::PathBuf;

use clap::Args;

use super::{Code, Failure};
use crate::engine::{Settings, server};

/// Run the model for another slateboard process
#[derive(Debug, Args)]
pub struct Engine {
    /// The model's file
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Its SHA-256, in hexadecimal
    #[arg(long, value_name = "HEX")]
    sha256: String,
    /// How it computes, as JSON
    #[arg(long, value_name = "JSON")]
    settings: String,
}

impl Engine {
    /// Serves until stdin ends.
    ///
    /// # Errors
    /// Where the settings are none, or the model cannot be used; the app was told why.
    pub fn run(self) -> Result<(), Failure> {
        let settings: Settings = serde_json::from_str(&self.settings)
            .map_err(|error| Failure::usage(format!("--settings is not what the app writes: {error}")))?;
        match server::serve(&self.model, &self.sha256, &settings) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::new(Code::Engine, "the model cannot be used")),
            Err(error) => Err(Failure::new(Code::Engine, format!("the app is gone: {error}"))),
        }
    }
}
