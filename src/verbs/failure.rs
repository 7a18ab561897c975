//! What a verb answers where it could not do its work: an exit code, what happened to what, and what to do.

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

use crate::board::edit::EditError;
use crate::board::text::{TooLong, clean};
use crate::board::vocabulary::UnknownWord;
use crate::engine::EngineError;

/// Exit codes other than 0. Scripts rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// The work failed.
    Failed = 1,
    /// The command line names something that is not there, or makes no sense.
    Usage = 2,
    /// The board is invalid.
    Invalid = 3,
    /// The model or the engine.
    Engine = 4,
    /// Somebody else holds the board, or changed it.
    Conflict = 5,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

/// A verb that could not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: Code,
    /// What happened, to what.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with that code.
    #[must_use]
    pub fn new(code: Code, what: impl Into<String>) -> Self {
        Self { code, what: what.into(), hint: None }
    }

    /// The command line names something that is not there.
    #[must_use]
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Code::Usage, what)
    }

    /// The work failed.
    #[must_use]
    pub fn failed(what: impl Into<String>) -> Self {
        Self::new(Code::Failed, what)
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Tells the person, on stderr.
    pub fn report(&self) {
        // Nobody is left to tell where stderr itself is gone.
        let _ = writeln!(std::io::stderr().lock(), "slateboard: {self}");
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of files and words of a board are in here, so what a terminal could obey is dropped.
        f.write_str(&clean(&self.what))?;
        match &self.hint {
            Some(hint) => write!(f, "\n  {}", clean(hint)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::failed(format!("this could not be written as JSON: {error}"))
    }
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<TooLong> for Failure {
    fn from(error: TooLong) -> Self {
        Self::usage(error.to_string()).hint("say it in fewer words")
    }
}

impl From<UnknownWord> for Failure {
    fn from(error: UnknownWord) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Cancelled => Self::failed("stopped before it was done"),
            other => Self::new(Code::Engine, other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_could_obey_does_not_reach_stderr() {
        let failure = Failure::failed("no board at \u{1b}[2Jx.yaml").hint("look in \u{202e}there");
        assert_eq!(failure.to_string(), "no board at [2Jx.yaml\n  look in there");
    }

    #[test]
    fn a_failure_of_the_model_exits_with_4_and_a_stop_with_1() {
        assert_eq!(Failure::from(EngineError::Died("signal 6".into())).code as u8, 4);
        assert_eq!(Failure::from(EngineError::Cancelled).code as u8, 1);
    }
}
