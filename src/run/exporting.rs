//! Exports: one at a time, in a thread of its own, by what the program gave us for it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::{Arrival, said};
use crate::app::msg::{Epoch, ExportNews, Msg};
use crate::board::Storyboard;
use crate::exchange::ExportError;
use crate::words::Phrase;

/// How often progress is told.
const TOLD: Duration = Duration::from_millis(100);

/// What is to be exported.
pub struct Wanted {
    /// The board as it is now.
    pub board: Box<Storyboard>,
    /// Its file.
    pub path: PathBuf,
    /// Its `NAME.slate/`.
    pub sidecar: Option<PathBuf>,
    /// The format's name.
    pub format: String,
    /// Where to; empty for beside the board.
    pub to: String,
}

/// What came of an export.
pub enum Exported {
    /// It is there.
    Done {
        /// The file or folder.
        written: String,
        /// What the format could not carry.
        left_out: Vec<String>,
    },
}

/// Told so many steps of how many, answers whether to go on.
pub type Watch<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// Why there is no export.
pub enum Refused {
    /// The export itself says.
    Export(ExportError),
    /// Something else; in words.
    Other(String),
}

/// Exports a board. What is there already stays.
pub type Export = Arc<dyn Fn(&Wanted, &mut Watch<'_>) -> Result<Exported, Refused> + Send + Sync>;

/// The formats a board goes out in, and what writes them.
pub struct Exports {
    /// Their names.
    pub formats: Vec<String>,
    /// What writes them.
    pub export: Export,
}

/// The loop's end.
pub(super) struct ExportLink {
    export: Export,
    stop: Arc<AtomicBool>,
    news: Sender<Arrival>,
}

impl ExportLink {
    pub(super) fn new(export: Export, news: Sender<Arrival>) -> Self {
        Self { export, stop: Arc::default(), news }
    }

    pub(super) fn begin(&mut self, asked: Epoch, wanted: Wanted) -> std::io::Result<()> {
        self.stop = Arc::default();
        let (stop, export, news) = (Arc::clone(&self.stop), Arc::clone(&self.export), self.news.clone());
        let work = move || {
            // A loop that has ended needs no news.
            let tell = |item| drop(news.send(Arrival::Msg(Msg::Export(asked, item))));
            let mut told: Option<Instant> = None;
            let done = export(&wanted, &mut |done, total| {
                if told.is_none_or(|told| told.elapsed() >= TOLD) {
                    told = Some(Instant::now());
                    tell(ExportNews::Step(done, total));
                }
                !stop.load(Ordering::Relaxed)
            });
            tell(match done {
                Ok(Exported::Done { written, left_out }) => {
                    ExportNews::Done { written, left_out: left_out.into_iter().map(Phrase::verbatim).collect() }
                }
                Err(Refused::Export(ExportError::Stopped)) => ExportNews::Stopped,
                Err(Refused::Export(error)) => ExportNews::Failed(said::export(&error)),
                Err(Refused::Other(words)) => ExportNews::Failed(Phrase::verbatim(words)),
            });
        };
        std::thread::Builder::new().name("export".into()).spawn(work).map(drop)
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
