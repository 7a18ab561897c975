//! What the terminal UI exports with: the same as the verb, with the usual choices.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::studio::BoardStudio;
use super::{Failure, export};
use crate::exchange::deliver::Overwrite;
use crate::exchange::export::export as write;
use crate::exchange::order::Pictures;
use crate::exchange::{ExportError, Format, Options, Order, Selection, Takes};
use crate::run::exporting::{Exported, Exports, Refused, Wanted, Watch};
use crate::store;

/// The formats, and what writes them.
pub(super) fn exports() -> Exports {
    let formats = Format::ALL.iter().map(|format| format.word().to_owned()).collect();
    Exports { formats, export: Arc::new(run) }
}

fn run(wanted: &Wanted, watch: &mut Watch<'_>) -> Result<Exported, Refused> {
    let other = |failure: Failure| Refused::Other(failure.to_string().replace('\n', " "));
    let board = &wanted.board;
    let format: Format =
        wanted.format.parse().map_err(|_| other(Failure::usage(format!("no format {}", wanted.format))))?;
    let nowhere = PathBuf::new();
    let sidecar = wanted.sidecar.as_ref().unwrap_or(&nowhere);
    let verdicts = store::feedback(sidecar).map(|(verdicts, _)| verdicts).unwrap_or_default();
    let studio = BoardStudio::new(board, None, sidecar).map_err(other)?;
    let takes = match format {
        Format::Yaml | Format::Json | Format::Zip => Takes::All,
        _ => Takes::Picked,
    };
    let pictures = match format {
        Format::Yaml | Format::Json => Pictures::Absent,
        _ => Pictures::Beside,
    };
    let wide = if matches!(format, Format::Gif | Format::Webp) { 640.0 } else { 1280.0 };
    let options = Options { pictures, size: export::usual_size(board, wide), ..Options::default() };
    let selection = Selection { scenes: None, takes };
    let order = Order { board, verdicts: &verdicts, selection: &selection, options: &options, studio: &studio };
    let mut step = |done, total| if watch(done, total) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let mut done = |to: PathBuf| {
        let report = write(&order, format, &to, Overwrite::Refuse, &mut step)?;
        Ok(Exported::Done { written: to.display().to_string(), left_out: report.left_out })
    };
    if !wanted.to.is_empty() {
        return done(PathBuf::from(&wanted.to)).map_err(Refused::Export);
    }
    // A name that is free may go with frames that are not: an earlier export's, from before the board changed.
    let mut names = names(&wanted.path, format).take(NAMES);
    loop {
        let to = names.next().ok_or_else(|| Refused::Export(ExportError::Exists(wanted.path.clone())))?;
        match done(to) {
            Err(ExportError::Exists(_)) => {}
            done => return done.map_err(Refused::Export),
        }
    }
}

/// The most names that are tried.
const NAMES: usize = 1000;

/// Names beside the board: `NAME.pdf`, `NAME-2.pdf`, and so on.
fn names(board: &Path, format: Format) -> impl Iterator<Item = PathBuf> {
    let stem = board.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let board = board.to_owned();
    (1_usize..).map(move |number| {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        board.with_file_name(match format {
            Format::Storyboarder | Format::Png => format!("{stem}-{format}{mark}"),
            // The board has this name itself.
            Format::Yaml => format!("{stem}-export{mark}.yaml"),
            Format::Xmeml => format!("{stem}{mark}.xml"),
            _ => format!("{stem}{mark}.{format}"),
        })
    })
}
