//! `slateboard check`: validation and continuity lint.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Code, Failure, boards, out};
use crate::board::check::{self, Finding, Severity};
use crate::store::Access;

/// Find what is wrong with a board; exit 3 where something is an error
#[derive(Debug, Args)]
pub struct Check {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Prints the findings.
    ///
    /// # Errors
    /// [`Code::Invalid`] where one of them is an error, or the board cannot be read at all.
    pub fn run(self) -> Result<(), Failure> {
        let findings = match boards::open(&self.board, Access::ReadOnly) {
            Ok(opened) => check::check(&opened.board),
            // A pipeline that asks for JSON gets it for a file that is no board, too.
            Err(failure) if self.json && failure.code == Code::Invalid => {
                let (message, hint) = (failure.what.clone(), failure.hint.clone());
                report_json(&[Finding { severity: Severity::Error, place: "file".to_owned(), message, hint }])?;
                return Err(failure);
            }
            Err(failure) => return Err(failure),
        };
        if self.json {
            report_json(&findings)?;
        } else {
            out::print(&report(&findings))?;
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        match errors {
            0 => Ok(()),
            _ => {
                let what = format!("{} has {}", boards::shown(&self.board), counted(errors, "error"));
                Err(Failure::new(Code::Invalid, what).hint("each is listed with its place and what to do"))
            }
        }
    }
}

fn report_json(findings: &[Finding]) -> Result<(), Failure> {
    out::json(&json!({ "ok": !check::has_errors(findings), "findings": findings }))
}

fn report(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "nothing to mend\n".to_owned();
    }
    let mut text = String::new();
    for finding in findings {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{}: {}: {}", finding.severity, finding.place, finding.message);
        if let Some(hint) = &finding.hint {
            let _ = writeln!(text, "  {hint}");
        }
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let _ = writeln!(text, "{}, {}", counted(errors, "error"), counted(findings.len() - errors, "warning"));
    text
}

fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
