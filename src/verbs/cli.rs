//! The command line as types. Its verbs and options are fixed: scripts and checks outside the project call them.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, FromArgMatches as _, Parser, Subcommand};

use super::engine_options::EngineOptions;
use super::{
    Failure, check, completions, config, demo, doctor, engine, export, feedback, frame, generate, import, man, model,
    new, outline, pick, replay, schema, show, taste, verdict,
};
use crate::run;
use crate::store::Paths;
use crate::term::graphics::Images;

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 usage, 3 the board is invalid, 4 model or engine, \
                          5 locked or in conflict.";

/// Text-led storyboarding in the terminal, with a local language model.
#[derive(Debug, Parser)]
#[command(name = "slateboard", version, about, after_help = EXIT_CODES, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    room: Room,

    /// What to do instead of opening the terminal UI
    #[command(subcommand)]
    pub verb: Option<Command>,
}

/// What the terminal UI is opened with.
#[derive(Debug, Args)]
struct Room {
    /// The board to open; without one, a picker over recent boards
    #[arg(value_name = "BOARD.yaml")]
    board: Option<PathBuf>,

    /// How frames are drawn: auto, kitty, iterm, sixel, blocks or none
    #[arg(long, value_name = "HOW", default_value = "auto")]
    images: Images,

    #[command(flatten)]
    engine: EngineOptions,
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
    Taste(taste::Taste),
    Feedback(feedback::Feedback),
    Frame(frame::Frame),
    Import(import::Import),
    Export(export::Export),
    Check(check::Check),
    Model(model::Model),
    Config(config::Config),
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
            Self::Taste(verb) => verb.run(),
            Self::Feedback(verb) => verb.run(),
            Self::Frame(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
            Self::Export(verb) => verb.run(),
            Self::Check(verb) => verb.run(),
            Self::Model(verb) => verb.run(),
            Self::Config(verb) => verb.run(),
            Self::Doctor(verb) => verb.run(),
            Self::Schema(verb) => verb.run(),
            Self::Completions(verb) => verb.run(),
            Self::Man(verb) => verb.run(),
        }
    }
}

impl Cli {
    /// Reads the command line. Where the program is the one command that an SSH key or a `ForceCommand` allows, what the
    /// person asked for comes in `SSH_ORIGINAL_COMMAND`: then that is the command line.
    #[must_use]
    pub fn parse_here() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().collect();
        let asked = std::env::var("SSH_ORIGINAL_COMMAND").ok();
        match asked.filter(|_| arguments.len() == 1).and_then(|asked| shlex::split(&asked)) {
            Some(asked) => Self::parse_from(forced(asked)),
            None => Self::room_alone(&arguments).unwrap_or_else(|| Self::parse_from(arguments)),
        }
    }

    /// The command line where it names no verb and is right. All verbs with their options are most of what reading a
    /// command line costs, and the terminal UI, which needs none of them, is waited for.
    fn room_alone(arguments: &[OsString]) -> Option<Self> {
        let is_verb = |word: &OsString| word.to_str().is_some_and(Command::has_subcommand);
        if arguments.iter().skip(1).any(is_verb) {
            return None;
        }
        let alone = Room::augment_args(clap::Command::new("slateboard").disable_help_flag(true));
        let room = alone.try_get_matches_from(arguments).and_then(|matches| Room::from_arg_matches(&matches));
        room.ok().map(|room| Self { room, verb: None })
    }

    /// Runs the verb, or the TUI where there is none.
    ///
    /// # Errors
    /// [`Failure`] with the exit code and what to tell the person.
    pub fn run(self) -> Result<(), Failure> {
        match self.verb {
            Some(verb) => verb.run(),
            None => match no_terminal() {
                Some(name) => Err(Failure::usage(format!("the terminal UI needs a terminal, and {name} is none"))
                    .hint("say what to do with a verb; `slateboard --help` lists them")),
                None => open(self.room),
            },
        }
    }
}

/// What of stdin and stdout is no terminal that can be drawn on.
fn no_terminal() -> Option<&'static str> {
    let in_emacs = std::env::var_os("INSIDE_EMACS").is_some() && std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    if !std::io::stdout().is_terminal() {
        Some("stdout")
    } else if !std::io::stdin().is_terminal() {
        Some("stdin")
    } else {
        in_emacs.then_some("an Emacs shell")
    }
}

/// Opens the terminal UI. A model that is missing is a word on the screen, never in the way of the board.
fn open(room: Room) -> Result<(), Failure> {
    let Room { board, images, engine } = room;
    let paths = Paths::from_env()?;
    let folders = paths.clone();
    let generator: run::MakeGenerator = Box::new(move || match engine.engine(&folders) {
        Ok(engine) => Ok(engine),
        Err(failure) => Err(failure.to_string().replace('\n', " ")),
    });
    run::tui(run::Setting { board, paths, images, generator, exports: super::room_export::exports() })
        .map_err(|error| Failure::failed(format!("the terminal cannot be used: {error}")))
}

/// The command line in the words that came over SSH, with or without the program's name before them.
fn forced(asked: Vec<String>) -> Vec<String> {
    let program = "slateboard".to_owned();
    let named = asked.first().is_some_and(|first| first.rsplit('/').next() == Some(program.as_str()));
    std::iter::once(program).chain(asked.into_iter().skip(usize::from(named))).collect()
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
    fn what_came_over_ssh_is_read_with_and_without_the_programs_name() {
        for asked in [
            "show board.yaml --json",
            "slateboard show board.yaml --json",
            "/usr/bin/slateboard show board.yaml --json",
        ] {
            let line = forced(shlex::split(asked).unwrap());
            assert_eq!(line, ["slateboard", "show", "board.yaml", "--json"], "{asked}");
            assert!(Cli::try_parse_from(line).unwrap().verb.is_some());
        }
    }

    #[test]
    fn a_first_word_that_is_no_verb_is_a_board() {
        let cli = Cli::try_parse_from(["slateboard", "keeper.yaml"]).unwrap();
        assert_eq!(cli.room.board, Some(PathBuf::from("keeper.yaml")));
        assert!(cli.verb.is_none());
    }

    #[test]
    fn a_command_line_without_a_verb_is_read_alone_as_it_is_read_among_them() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for line in ["slateboard", "slateboard keeper.yaml", "slateboard --images none keeper.yaml --threads 2"] {
            let alone = Cli::room_alone(&words(line)).unwrap();
            assert_eq!(format!("{alone:?}"), format!("{:?}", Cli::parse_from(words(line))), "{line}");
        }
        for line in [
            "slateboard --help",
            "slateboard -V",
            "slateboard show keeper.yaml",
            "slateboard --imges",
            "slateboard a b",
        ] {
            assert!(Cli::room_alone(&words(line)).is_none(), "{line}");
        }
    }
}
