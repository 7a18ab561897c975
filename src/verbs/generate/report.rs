//! What came of a generation of every scene, and how it goes meanwhile.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::board::text::clean;
use crate::board::{Line, SceneId};

/// How often the line on a terminal changes.
const EVERY: Duration = Duration::from_millis(200);

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// Scenes of the board.
    pub(super) scenes: usize,
    /// Scenes that had their takes already, from when it was interrupted.
    pub(super) before: usize,
    /// Scenes written now.
    pub(super) written: usize,
    /// Scenes that could not be written.
    pub(super) failed: Vec<Failed>,
    /// Scenes that were not tried any more.
    pub(super) left: usize,
    /// Takes kept.
    pub(super) takes: usize,
    /// Tokens written.
    pub(super) tokens: usize,
    /// Wall-clock seconds.
    pub(super) seconds: f64,
    /// Tokens written a second, over all of it.
    pub(super) tokens_per_s: f64,
}

/// A scene that could not be written.
#[derive(Debug, Serialize)]
pub(super) struct Failed {
    pub(super) scene: SceneId,
    pub(super) number: Line,
    pub(super) why: String,
}

impl Report {
    /// Whether every scene has its takes.
    pub(super) fn is_whole(&self) -> bool {
        self.failed.is_empty() && self.left == 0
    }

    /// In words.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{} of {} scenes written, {} takes", self.written, self.scenes, self.takes);
        // Writing to a `String` cannot fail, so the results below are let go.
        if self.before > 0 {
            let _ = write!(text, "; {} had theirs from before", self.before);
        }
        let _ = writeln!(
            text,
            "\n{} tokens in {}, {:.0} a second",
            self.tokens,
            spoken(Duration::from_secs_f64(self.seconds)),
            self.tokens_per_s
        );
        for failed in &self.failed {
            let _ = writeln!(text, "scene {} failed: {}", failed.number, clean(&failed.why));
        }
        if self.left > 0 {
            let _ = writeln!(text, "{} scenes were not tried any more", self.left);
        }
        text
    }
}

/// How it goes, on stderr: one line that changes on a terminal, one line a scene anywhere else.
pub(super) struct Going {
    begun: Instant,
    terminal: bool,
    shown: Option<Instant>,
    /// Scenes to write in this run.
    scenes: usize,
    pub(super) over: usize,
    pub(super) failed: usize,
    pub(super) in_flight: usize,
    pieces: usize,
}

impl Going {
    pub(super) fn new(scenes: usize) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { begun: Instant::now(), terminal, shown: None, scenes, over: 0, failed: 0, in_flight: 0, pieces: 0 }
    }

    /// More was written.
    pub(super) fn piece(&mut self) {
        self.pieces += 1;
        if self.terminal && self.shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
            self.shown = Some(Instant::now());
            let line = self.line();
            put(&format!("\r\u{1b}[K{line}"));
        }
    }

    /// A scene is over.
    pub(super) fn scene(&mut self, name: &str, what: &str) {
        let left = self.left().map(|left| format!("; about {} left", spoken(left))).unwrap_or_default();
        let clear = if self.terminal { "\r\u{1b}[K" } else { "" };
        put(&format!("{clear}[{} of {}] {name}: {}{left}\n", self.over, self.scenes, clean(what)));
    }

    /// Clears the changing line.
    pub(super) fn end(&self) {
        if self.shown.is_some() {
            put("\r\u{1b}[K");
        }
    }

    fn line(&self) -> String {
        let mut line = format!("{} of {} scenes, {} at work", self.over, self.scenes, self.in_flight);
        if self.failed > 0 {
            let _ = write!(line, ", {} failed", self.failed);
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate for the eye")]
        let pace = self.pieces as f64 / self.begun.elapsed().as_secs_f64().max(0.1);
        let _ = write!(line, ", {pace:.0} tokens a second");
        if let Some(left) = self.left() {
            let _ = write!(line, ", about {} left", spoken(left));
        }
        line
    }

    /// The time left, by how long those took that are over. None before one is.
    fn left(&self) -> Option<Duration> {
        let over = u32::try_from(self.over).ok().filter(|&over| over > 0)?;
        let to_do = u32::try_from(self.scenes.saturating_sub(self.over)).ok().filter(|&to_do| to_do > 0)?;
        Some(self.begun.elapsed() / over * to_do)
    }
}

/// A time as one says it.
fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) if minutes < 10 => format!("{minutes} min {seconds} s"),
        (0, minutes, _) => format!("{minutes} min"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

fn put(words: &str) {
    let mut err = std::io::stderr().lock();
    // Nobody is left to tell where stderr is gone.
    let _ = err.write_all(words.as_bytes()).and_then(|()| err.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_exactly_as_it_is_of_use() {
        for (seconds, said) in [(7, "7 s"), (187, "3 min 7 s"), (1207, "20 min"), (7385, "2 h 3 min")] {
            assert_eq!(spoken(Duration::from_secs(seconds)), said);
        }
    }

    #[test]
    fn a_report_names_what_failed_and_what_is_left() {
        let failed = Failed {
            scene: SceneId::new(1.into()),
            number: Line::new("7").unwrap(),
            why: "the server \u{1b}[2Jis gone".into(),
        };
        let report = Report { scenes: 9, written: 4, before: 2, failed: vec![failed], left: 2, ..Report::default() };
        assert!(!report.is_whole());
        let text = report.text();
        for part in
            ["4 of 9 scenes", "2 had theirs", "scene 7 failed: the server [2Jis gone", "2 scenes were not tried"]
        {
            assert!(text.contains(part), "{text}");
        }
    }
}
