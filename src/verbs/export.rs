//! `slateboard export`: the board in another format.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use clap::{ArgAction, Args};

use super::studio::BoardStudio;
use super::{Code, Failure, boards, out};
use crate::board::text::harmless_json;
use crate::board::{Feedback, Line, Storyboard};
use crate::exchange::deliver::{self, Overwrite};
use crate::exchange::export as exported;
use crate::exchange::order::{Captions, Credit, Pictures};
use crate::exchange::shot_list::Column;
use crate::exchange::worksheet::{Caption, Orientation, Pages, Paper, Reading};
use crate::exchange::{ExportError, Format, Options, Order, Report, Selection, Takes, source};
use crate::frame::Size;
use crate::store::Access;

/// Write the board in another format
#[derive(Debug, Args)]
pub struct Export {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: Format,
    /// The file or folder to write; - for stdout, where the format is a text
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Replace what is there already
    #[arg(long)]
    force: bool,
    /// Only the scene of this number or id; may be said several times
    #[arg(long, value_name = "N")]
    scene: Vec<String>,
    /// Which takes: the picked one of each scene (else its newest), or all [default: picked; all for yaml, json and zip]
    #[arg(long, value_name = "picked|all", value_parser = words::<Takes>(Takes::ALL, Takes::word))]
    takes: Option<Takes>,
    /// Do not say how takes came to be
    #[arg(long, action = ArgAction::SetTrue)]
    no_provenance: bool,
    /// Also write how every take came to be, as JSON, to this file
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// No pictures beside otio, fcpxml, xmeml and edl
    #[arg(long, action = ArgAction::SetTrue)]
    no_frames: bool,
    /// With yaml and json: pictures beside the file too
    #[arg(long, action = ArgAction::SetTrue)]
    portable: bool,
    /// The pictures' size in pixels [default: 1280 wide, as high as the board's aspect says]
    #[arg(long, value_name = "WxH")]
    size: Option<Size>,
    /// The frames' style; else the board's
    #[arg(long, value_name = "NAME")]
    style: Option<String>,
    /// The columns of csv, in order
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = words::<Column>(Column::ALL, Column::word))]
    columns: Vec<Column>,
    /// Show spoken lines in gif, webp, mp4 and webm
    #[arg(long)]
    captions: bool,
    /// Pictures a second of gif and webp (12) and of mp4 and webm (the board's)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=240))]
    fps: Option<u32>,
    #[command(flatten)]
    pages: PageOptions,
}

/// How the pages of a PDF look
#[derive(Debug, Args)]
#[command(next_help_heading = "Pages (pdf)")]
struct PageOptions {
    /// Panels on a page
    #[arg(long, value_name = "1|2|3|4|6|9|12", default_value = "6", value_parser = panels())]
    panels: u8,
    /// The paper
    #[arg(long, value_name = "a4|letter", default_value = "a4", value_parser = words::<Paper>(Paper::ALL, Paper::word))]
    paper: Paper,
    /// How the paper lies
    #[arg(long, value_name = "landscape|portrait", default_value = "landscape", value_parser = words::<Orientation>(Orientation::ALL, Orientation::word))]
    orientation: Orientation,
    /// The order of panels: rows from the left, or columns from the right
    #[arg(long, value_name = "left-to-right|japanese", default_value = "left-to-right", value_parser = words::<Reading>(Reading::ALL, Reading::word))]
    reading: Reading,
    /// What stands under a panel, in order: shot, framing, seconds, description, dialogue, staging, action, sound
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = words::<Caption>(Caption::ALL, Caption::word))]
    fields: Vec<Caption>,
    /// Words at the top of every page; else the title
    #[arg(long, value_name = "WORDS")]
    header: Option<String>,
    /// Words at the bottom of every page
    #[arg(long, value_name = "WORDS")]
    footer: Option<String>,
    /// A font before the built-in ones, in pdf and in captions; may be said several times
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

fn panels() -> impl clap::builder::TypedValueParser<Value = u8> {
    PossibleValuesParser::new(["1", "2", "3", "4", "6", "9", "12"]).map(|said: String| said.parse().unwrap_or(6))
}

impl PageOptions {
    fn pages(&self) -> Result<Pages, Failure> {
        let usual = Pages::default();
        let line = |words: &Option<String>| words.as_deref().map(Line::new).transpose();
        Ok(Pages {
            panels: self.panels,
            paper: self.paper,
            orientation: self.orientation,
            reading: self.reading,
            captions: if self.fields.is_empty() { usual.captions } else { self.fields.clone() },
            header: line(&self.header)?,
            footer: line(&self.footer)?,
        })
    }
}

/// A parser for a closed list of words.
fn words<T: Copy + Send + Sync + 'static + Clone>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl clap::builder::TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|&value| word(value))).map(move |said: String| {
        // The list the word was checked against is this one, so one of them it is.
        all.iter().copied().find(|&value| word(value) == said).unwrap_or(all[0])
    })
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|format| PossibleValue::new(format.word()).help(format.about()));
    PossibleValuesParser::new(values.collect::<Vec<_>>()).map(|said: String| said.parse().unwrap_or(Format::Yaml))
}

impl Export {
    /// Writes it.
    ///
    /// # Errors
    /// Where the board cannot be read or the file not written.
    pub fn run(self) -> Result<(), Failure> {
        let opened = boards::open(&self.board, Access::ReadOnly)?;
        let (verdicts, notices) = opened.file.feedback()?;
        for notice in &notices {
            boards::tell(&notice.to_string());
        }
        boards::spare(&opened.file, &self.out)?;
        if let Some(manifest) = &self.manifest {
            boards::spare(&opened.file, manifest)?;
            deliver::check_free(manifest, self.overwrite())?;
        }
        let board = &opened.board;
        let studio = BoardStudio::new(board, self.style.as_deref(), opened.file.sidecar())?;
        let (selection, options) = (self.selection(board)?, self.options(board)?);
        let order = Order { board, verdicts: &verdicts, selection: &selection, options: &options, studio: &studio };
        if self.out == Path::new("-") {
            let mut report = Report::default();
            out::print(&exported::text(&order, self.to, &mut report)?)?;
            tell_left_out(&report);
            return self.manifest(board, &verdicts);
        }
        let overwrite = self.overwrite();
        let stop = stop_flag();
        let mut shown = Shown { what: self.to, terminal: std::io::stderr().is_terminal(), any: false };
        let mut watch = |done, total| {
            shown.step(done, total);
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let done = exported::export(&order, self.to, &self.out, overwrite, &mut watch);
        shown.end();
        let report = done?;
        for path in &report.written {
            out::print(&format!("{}\n", boards::shown(path)))?;
        }
        tell_left_out(&report);
        self.manifest(board, &verdicts)
    }

    fn overwrite(&self) -> Overwrite {
        if self.force { Overwrite::Replace } else { Overwrite::Refuse }
    }

    fn selection(&self, board: &Storyboard) -> Result<Selection, Failure> {
        let scenes = match self.scene.as_slice() {
            [] => None,
            wanted => {
                let found: Result<Vec<_>, Failure> =
                    wanted.iter().map(|wanted| Ok(boards::scene(board, wanted)?.id)).collect();
                Some(found?)
            }
        };
        let usual = match self.to {
            Format::Yaml | Format::Json | Format::Zip => Takes::All,
            _ => Takes::Picked,
        };
        Ok(Selection { scenes, takes: self.takes.unwrap_or(usual) })
    }

    fn options(&self, board: &Storyboard) -> Result<Options, Failure> {
        // A moving picture for a page or a message is smaller than a video.
        let wide = if matches!(self.to, Format::Gif | Format::Webp) { 640.0 } else { 1280.0 };
        Ok(Options {
            credit: if self.no_provenance { Credit::Unsaid } else { Credit::Said },
            pictures: match self.to {
                Format::Yaml | Format::Json if self.portable => Pictures::Beside,
                Format::Yaml | Format::Json => Pictures::Absent,
                _ if self.no_frames => Pictures::Absent,
                _ => Pictures::Beside,
            },
            captions: if self.captions { Captions::Burnt } else { Captions::Absent },
            size: self.size.map_or_else(|| usual_size(board, wide), |size| (size.width(), size.height())),
            columns: self.columns.clone(),
            motion_fps: self.fps,
            pages: self.pages.pages()?,
            fonts: self.pages.font.clone(),
        })
    }

    fn manifest(&self, board: &Storyboard, verdicts: &[Feedback]) -> Result<(), Failure> {
        let Some(path) = &self.manifest else { return Ok(()) };
        let overwrite = self.overwrite();
        let mut manifest = source::manifest(board);
        manifest["verdicts"] = verdicts.len().into();
        let text = harmless_json(serde_json::to_string_pretty(&manifest)?);
        deliver::file(path, overwrite, |out| {
            out.write_all(text.as_bytes()).map_err(|error| ExportError::Io(path.clone(), error))
        })?;
        out::print(&format!("{}\n", boards::shown(path)))
    }
}

fn tell_left_out(report: &Report) {
    for left in &report.left_out {
        boards::tell(&format!("left out: {left}"));
    }
}

/// So many pixels on the longer side, as high as the board's aspect says; even, for video wants that.
pub(super) fn usual_size(board: &Storyboard, long: f32) -> (u32, u32) {
    let ratio = crate::board::aspect::ratio(&board.aspect).unwrap_or(16.0 / 9.0);
    let (width, height) = if ratio >= 1.0 { (long, long / ratio) } else { (long * ratio, long) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "128 to 1280")]
    let even = |side: f32| (side / 2.0).round() as u32 * 2;
    (even(width), even(height))
}

/// How far an export is, on one line of a terminal.
struct Shown {
    what: Format,
    terminal: bool,
    any: bool,
}

impl Shown {
    fn step(&mut self, done: usize, total: usize) {
        if self.terminal && total > 1 {
            self.any = true;
            // Nobody is left to tell where stderr is gone.
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K{}: {done} of {total}", self.what);
        }
    }

    fn end(&self) {
        if self.any {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

/// Set by Ctrl-C, so that an export can put away what it began. A second Ctrl-C ends the process at once.
fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Where a handler cannot be set, Ctrl-C does what it always does.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&stop)));
    }
    stop
}

/// Puts a whole file in place by rename: a reader never finds half of one.
pub(super) fn write(path: &Path, overwrite: Overwrite, bytes: &[u8]) -> Result<(), Failure> {
    deliver::file(path, overwrite, |out| {
        out.write_all(bytes).map_err(|error| ExportError::Io(path.to_owned(), error))
    })?;
    Ok(())
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        let code = match &error {
            ExportError::NotText(_) => Code::Usage,
            _ => Code::Failed,
        };
        let hint = error.hint().map(str::to_owned);
        Self { code, what: error.to_string(), hint }
    }
}
