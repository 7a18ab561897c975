//! `slateboard model`: which models there are, fetching one, choosing one.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Code, Failure, boards, out};
use crate::board::Line;
use crate::engine::catalog::{DEFAULT, ModelError, Models};
use crate::engine::pull::Pulling;
use crate::store::Paths;

/// Fetch, list and choose models
#[derive(Debug, Args)]
pub struct Model {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Fetch a model: the default one, or hf:OWNER/REPO/FILE.gguf
    Pull {
        /// Which
        #[arg(default_value = DEFAULT, value_name = "NAME|hf:OWNER/REPO/FILE")]
        name: String,
    },
    /// List the models on this machine
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the file of the model that is used
    Path,
    /// Choose the model that is used where none is named
    Use {
        /// A model's name, or a GGUF file
        #[arg(value_name = "NAME|FILE")]
        name: String,
    },
}

impl Model {
    /// Does it.
    ///
    /// # Errors
    /// Where there is no such model, or it cannot be fetched.
    pub fn run(self) -> Result<(), Failure> {
        let paths = Paths::from_env()?;
        let models = Models::new(&paths.data, &paths.state);
        match self.what {
            What::Pull { name } => pull(&name, &paths),
            What::List { json } => list(&models, json),
            What::Path => {
                let wanted = std::env::var("SLATEBOARD_MODEL").ok();
                out::print(&format!("{}\n", boards::shown(&models.resolve(wanted.as_deref())?)))
            }
            What::Use { name } => {
                let path = models.choose(&name)?;
                out::print(&format!("{} is used from now on\n", boards::shown(&path)))
            }
        }
    }
}

/// Fetches a model where it is not here yet, with a bar on stderr.
pub(super) fn pull(name: &str, paths: &Paths) -> Result<(), Failure> {
    let mut bar = Bar::new(name);
    let path = Models::new(&paths.data, &paths.state).pull(name, &mut |pulling| bar.on(pulling));
    bar.end();
    boards::tell(&format!("the model is in {}", boards::shown(&path?)));
    Ok(())
}

fn list(models: &Models, as_json: bool) -> Result<(), Failure> {
    let all = models.list()?;
    if as_json {
        let all: Vec<_> = all
            .iter()
            .map(|model| {
                json!({
                    "name": model.name, "path": model.path, "used": model.used, "bytes": model.gguf.bytes,
                    "architecture": model.gguf.architecture, "quantization": model.gguf.quantization,
                    "parameters": model.gguf.parameters, "context": model.gguf.context,
                    "licence": model.gguf.licence,
                })
            })
            .collect();
        return out::json(&json!({ "folder": models.folder(), "models": all }));
    }
    if all.is_empty() {
        return out::print("there is no model on this machine yet: slateboard model pull\n");
    }
    let lines = all.iter().map(|model| {
        let used = if model.used { "*" } else { " " };
        let gguf = &model.gguf;
        let (name, quantization) = (Line::clipped(&model.name, 60), Line::clipped(&gguf.quantization, 20));
        let licence =
            gguf.licence.as_ref().map(|licence| format!(", {}", Line::clipped(licence, 40))).unwrap_or_default();
        let (millions, megabytes) = (gguf.parameters / 1_000_000, gguf.bytes / 1_000_000);
        format!("{used} {name}  {millions}M {quantization}, {megabytes} MB, context {}{licence}\n", gguf.context)
    });
    out::print(&lines.collect::<String>())
}

/// A bar on a terminal, a line each tenth anywhere else.
struct Bar {
    name: Line,
    terminal: bool,
    begun: Instant,
    shown: Option<Instant>,
    tenths: u64,
}

impl Bar {
    fn new(name: &str) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { name: Line::clipped(name, 80), terminal, begun: Instant::now(), shown: None, tenths: 0 }
    }

    fn on(&mut self, pulling: Pulling) {
        match pulling {
            Pulling::Waiting => boards::tell("another slateboard is fetching a model; waiting for it"),
            Pulling::Checking => self.put("checking it"),
            Pulling::Fetching { done, total } => self.fetching(done, total.max(1)),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "figures for the eye")]
    fn fetching(&mut self, done: u64, total: u64) {
        let speed = done as f64 / self.begun.elapsed().as_secs_f64().max(0.1);
        if self.terminal {
            if self.shown.is_some_and(|shown| shown.elapsed() < Duration::from_millis(100)) {
                return;
            }
            let left = (total - done.min(total)) as f64 / speed.max(1.0);
            let filled = usize::try_from(done.min(total) * 30 / total).unwrap_or(0);
            let bar = format!("{}{}", "█".repeat(filled), "░".repeat(30 - filled));
            let left = if done == 0 { String::new() } else { format!(", {left:.0} s left") };
            self.put(&format!("{bar} {} of {} MB, {:.1} MB/s{left}", done / 1_000_000, total / 1_000_000, speed / 1e6));
        } else if done * 10 / total > self.tenths {
            self.tenths = done * 10 / total;
            boards::tell(&format!("{}: {} of {} MB", self.name, done / 1_000_000, total / 1_000_000));
        }
    }

    fn put(&mut self, words: &str) {
        if self.terminal {
            self.shown = Some(Instant::now());
            let mut err = std::io::stderr().lock();
            // Nobody is left to tell where stderr is gone.
            let _ = write!(err, "\r\u{1b}[K{}: {words}", self.name).and_then(|()| err.flush());
        }
    }

    fn end(&self) {
        if self.terminal && self.shown.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        Self::new(Code::Engine, error.to_string())
    }
}
