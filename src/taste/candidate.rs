//! A take that was sampled and may be shown.

use crate::board::{Reading, Take};

/// A take with how the model read it while it wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The take.
    pub take: Take,
    /// How the model read it; `None` for a take that no model of this machine wrote.
    pub reading: Option<Reading>,
}
