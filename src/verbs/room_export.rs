//! What the terminal UI exports with: the same as the verb, with the usual choices.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::studio::BoardStudio;
use super::{Failure, export};
use crate::exchange::deliver::Overwrite;
use crate::exchange::export::export as write;
use crate::exchange::order::Pictures;
use crate::exchange::{Format, Options, Order, Selection, Takes};
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
    let to = match wanted.to.as_str() {
        "" => free(&wanted.path, format),
        named => PathBuf::from(named),
    };
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
    match write(&order, format, &to, Overwrite::Refuse, &mut step) {
        Ok(report) => Ok(Exported::Done {
            written: to.display().to_string(),
            left_out: report.left_out.iter().map(ToString::to_string).collect(),
        }),
        Err(error) => Err(Refused::Export(error)),
    }
}

/// A name beside the board that is not taken: `NAME.pdf`, `NAME-2.pdf`, and so on.
fn free(board: &Path, format: Format) -> PathBuf {
    let stem = board.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |number: usize| {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        board.with_file_name(match format {
            Format::Storyboarder | Format::Png => format!("{stem}-{format}{mark}"),
            // The board has this name itself.
            Format::Yaml => format!("{stem}-export{mark}.yaml"),
            Format::Xmeml => format!("{stem}{mark}.xml"),
            _ => format!("{stem}{mark}.{format}"),
        })
    };
    // The names do not end before the numbers do.
    (1..).map(named).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| named(1))
}
