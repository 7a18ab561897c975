//! The command line as types. Its verbs and options are fixed: scripts and checks outside the project call them.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::engine_options::EngineOptions;
use super::{
    Failure, check, completions, demo, doctor, engine, export, frame, generate, import, man, model, new, outline, pick,
    replay, schema, show, verdict,
};
use crate::engine::Generator;
use crate::run;
use crate::store::Paths;

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 usage, 3 the board is invalid, 4 model or engine, \
                          5 locked or in conflict.";

/// Text-led storyboarding in the terminal, with a local language model.
#[derive(Debug, Parser)]
#[command(name = "slateboard", version, about, after_help = EXIT_CODES, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    /// The board to open; without one, a picker over recent boards
    #[arg(value_name = "BOARD.yaml")]
    pub board: Option<PathBuf>,

    #[command(flatten)]
    engine: EngineOptions,

    /// What to do instead of opening the terminal UI
    #[command(subcommand)]
    pub verb: Option<Command>,
}

/// Every verb, in the order help lists them.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "help takes a verb's words from its own struct, and words here would hide them")]
pub enum Command {
    New(new::New),
    Demo(demo::Demo),
    Outline(outline::Outline),
    Generate(generate::Generate),
    Replay(replay::Replay),
    #[command(hide = true)]
    Engine(engine::Engine),
    Show(show::Show),
    Verdict(verdict::Verdict),
    Pick(pick::Pick),
    Frame(frame::Frame),
    Import(import::Import),
    Export(export::Export),
    Check(check::Check),
    Model(model::Model),
    Doctor(doctor::Doctor),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Does what the verb says.
    ///
    /// # Errors
    /// [`Failure`] with the exit code and what to tell the person.
    pub fn run(self) -> Result<(), Failure> {
        match self {
            Self::New(verb) => verb.run(),
            Self::Demo(verb) => verb.run(),
            Self::Outline(verb) => verb.run(),
            Self::Generate(verb) => verb.run(),
            Self::Replay(verb) => verb.run(),
            Self::Engine(verb) => verb.run(),
            Self::Show(verb) => verb.run(),
            Self::Verdict(verb) => verb.run(),
            Self::Pick(verb) => verb.run(),
            Self::Frame(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
            Self::Export(verb) => verb.run(),
            Self::Check(verb) => verb.run(),
            Self::Model(verb) => verb.run(),
            Self::Doctor(verb) => verb.run(),
            Self::Schema(verb) => verb.run(),
            Self::Completions(verb) => verb.run(),
            Self::Man(verb) => verb.run(),
        }
    }
}

impl Cli {
    /// Runs the verb, or the TUI where there is none.
    ///
    /// # Errors
    /// [`Failure`] with the exit code and what to tell the person.
    pub fn run(self) -> Result<(), Failure> {
        match self.verb {
            Some(verb) => verb.run(),
            None if !std::io::stdout().is_terminal() => {
                Err(Failure::usage("the terminal UI needs a terminal, and stdout is none")
                    .hint("say what to do with a verb; `slateboard --help` lists them"))
            }
            None => open(self.board, self.engine),
        }
    }
}

/// Opens the terminal UI. A model that is missing is a word on the screen, never in the way of the board.
fn open(board: Option<PathBuf>, engine: EngineOptions) -> Result<(), Failure> {
    let paths = Paths::from_env()?;
    let folders = paths.clone();
    let generator: run::MakeGenerator = Box::new(move || match engine.engine(&folders) {
        Ok(engine) => Ok(Box::new(engine) as Box<dyn Generator>),
        Err(failure) => Err(failure.to_string().replace('\n', " ")),
    });
    run::tui(run::Setting { board, paths, generator })
        .map_err(|error| Failure::failed(format!("the terminal cannot be used: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_first_word_that_is_no_verb_is_a_board() {
        let cli = Cli::try_parse_from(["slateboard", "keeper.yaml"]).unwrap();
        assert_eq!(cli.board, Some(PathBuf::from("keeper.yaml")));
        assert!(cli.verb.is_none());
    }
}
