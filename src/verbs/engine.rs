//! `slateboard engine`: the hidden verb that runs the model for the app, over stdin and stdout.

use std::path::PathBuf;

use clap::Args;

use super::{Code, Failure};
use crate::board::Weights;
use crate::engine::llama::Source;
use crate::engine::{Settings, server};

/// Run the model for another slateboard process
#[derive(Debug, Args)]
pub struct Engine {
    /// The model's file
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Its name
    #[arg(long, default_value = "")]
    name: String,
    /// Its SHA-256 as it was fetched, in hexadecimal
    #[arg(long, value_name = "HEX", default_value = "")]
    sha256: String,
    /// The file is a copy with its weights at eight bits
    #[arg(long)]
    eight_bit: bool,
    /// How it computes, as JSON
    #[arg(long, value_name = "JSON", default_value = "{}")]
    settings: String,
    /// Serve nothing: copy the model over this file, its weights at eight bits
    #[arg(long, value_name = "FILE")]
    copy_to: Option<PathBuf>,
}

impl Engine {
    /// Serves until stdin ends.
    ///
    /// # Errors
    /// Where the settings are none, or the model cannot be used; the app was told why.
    pub fn run(self) -> Result<(), Failure> {
        let settings: Settings = serde_json::from_str(&self.settings)
            .map_err(|error| Failure::usage(format!("--settings is not what the app writes: {error}")))?;
        if let Some(to) = &self.copy_to {
            return Ok(server::copy_weights(&self.model, to)?);
        }
        let weights = if self.eight_bit { Weights::EightBit } else { Weights::Stored };
        let source = Source { file: &self.model, name: &self.name, sha256: &self.sha256, weights };
        match server::serve(source, &settings) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::new(Code::Engine, "the model cannot be used")),
            Err(error) => Err(Failure::new(Code::Engine, format!("the app is gone: {error}"))),
        }
    }
}
