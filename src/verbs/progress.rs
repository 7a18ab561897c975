//! What a running job says on stderr: one line that changes on a terminal, a few lines anywhere else.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::engine::Event;

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(120);

/// Tells how a job goes.
pub(super) struct Progress {
    what: String,
    terminal: bool,
    shown: Option<Instant>,
    characters: usize,
    finished: usize,
    pace: f32,
}

impl Progress {
    /// For the job that `what` names.
    pub(super) fn new(what: String) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { what, terminal, shown: None, characters: 0, finished: 0, pace: 0.0 }
    }

    /// Takes note of an event, and says it where that is due.
    pub(super) fn on(&mut self, event: &Event) {
        match event {
            Event::Loading(share) => self.say(&format!("loading the model, {:.0} %", share * 100.0)),
            Event::Loaded(loaded) => {
                let layers = match loaded.gpu_layers {
                    0 => String::new(),
                    on_gpu => format!(", {on_gpu} of {} layers on it", loaded.layers),
                };
                self.line(&format!("{} on {}{layers}", loaded.name, loaded.device));
            }
            Event::Prefill { done, total } => self.say(&format!("reading the brief, {done} of {total} tokens")),
            Event::Piece { text, .. } => {
                self.characters += text.chars().count();
                self.writing();
            }
            // What is told are characters in all, those of answers that were not to be used among them.
            Event::Again { .. } => {}
            Event::Finished { .. } => {
                self.finished += 1;
                self.writing();
            }
            Event::Pace { tokens_per_s, .. } => {
                self.pace = *tokens_per_s;
                self.writing();
            }
        }
    }

    /// Clears the changing line.
    pub(super) fn end(self) {
        if self.terminal && self.shown.is_some() {
            put("\r\u{1b}[K");
        }
    }

    fn writing(&mut self) {
        let pace = if self.pace > 0.0 { format!(", {:.0} tokens a second", self.pace) } else { String::new() };
        self.say(&format!("writing: {} characters, {} whole{pace}", self.characters, self.finished));
    }

    /// Says what passes: on a terminal only.
    fn say(&mut self, words: &str) {
        if self.terminal && self.shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
            self.shown = Some(Instant::now());
            put(&format!("\r\u{1b}[K{}: {words}", self.what));
        }
    }

    /// Says what stays.
    fn line(&mut self, words: &str) {
        let clear = if self.terminal { "\r\u{1b}[K" } else { "" };
        put(&format!("{clear}{}\n", crate::board::text::clean(words)));
    }
}

fn put(words: &str) {
    let mut err = std::io::stderr().lock();
    // Nobody is left to tell where stderr is gone.
    let _ = err.write_all(words.as_bytes()).and_then(|()| err.flush());
}
