//! `slateboard schema`: the JSON Schema of a storyboard's YAML, for editors and pipelines.

use clap::Args;

use super::{Failure, out};
use crate::board::Storyboard;

/// Print the JSON Schema of the YAML
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    /// Prints it.
    ///
    /// # Errors
    /// Where stdout cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        out::json(&schemars::schema_for!(Storyboard))
    }
}
