//! Takes any board out: one function for every format.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::deliver::{self, Overwrite};
use super::editorial::{self, Edit};
use super::frames::{self, Frames};
use super::order::{ExportError, Order, Pictures, Report, Takes, Watch};
use super::reel::Reel;
use super::{
    Format, animatic, archive, carries, contact_sheet, fdx, fountain, otio, page, shot_list, storyboarder, subtitles,
    treatment, worksheet,
};
use crate::board::Storyboard;
use crate::board::text::harmless_json;

/// Writes the board to `path`: under a temporary name, then by rename.
///
/// # Errors
/// [`ExportError`]; nothing was written then, and what was there stays.
pub fn export(
    order: &Order<'_>,
    to: Format,
    path: &Path,
    overwrite: Overwrite,
    watch: &mut dyn Watch,
) -> Result<Report, ExportError> {
    deliver::check_free(path, overwrite)?;
    let mut report = Report::default();
    match to {
        Format::Png => {
            deliver::folder(path, overwrite, frames::is_ours, |folder| {
                contact_sheet::write(order, folder, &mut report, watch)
            })?;
        }
        Format::Pdf => {
            deliver::file(path, overwrite, |out| worksheet::write(order, out, &mut report, watch))?;
        }
        Format::Html => {
            deliver::file(path, overwrite, |out| page::write(order, out, watch))?;
        }
        Format::Gif => {
            deliver::file(path, overwrite, |out| animatic::gif(order, out, watch))?;
        }
        Format::Webp => {
            deliver::file(path, overwrite, |out| animatic::webp(order, out, watch))?;
        }
        Format::Mp4 | Format::Webm => {
            let container = if to == Format::Mp4 { animatic::Container::Mp4 } else { animatic::Container::Webm };
            deliver::file_by_path(path, overwrite, |temporary| animatic::video(order, container, temporary, watch))?;
        }
        Format::Zip => {
            let board = chosen(order, &mut report);
            deliver::file(path, overwrite, |out| archive::write(order, &board, out, &mut report, watch))?;
        }
        Format::Yaml | Format::Json if order.options.pictures == Pictures::Beside => {
            let text = text(order, to, &mut report)?;
            let beside = deliver::pictures_beside(path);
            Frames::draw(order, &Reel::new(order.board, order.selection), &beside, overwrite, watch)?;
            file(path, overwrite, text.as_bytes())?;
            report.written.push(beside);
        }
        Format::Storyboarder => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            deliver::folder(path, overwrite, storyboarder::is_ours, |folder| {
                storyboarder::write(order, folder, &name, watch)
            })?;
        }
        Format::Otio | Format::Fcpxml | Format::Xmeml | Format::Edl => {
            timeline(order, to, path, overwrite, &mut report, watch)?;
        }
        _ => {
            if watch.step(0, 1) == ControlFlow::Break(()) {
                return Err(ExportError::Stopped);
            }
            let text = text(order, to, &mut report)?;
            file(path, overwrite, text.as_bytes())?;
        }
    }
    report.written.insert(0, path.to_owned());
    carries::report(to, order, &mut report);
    Ok(report)
}

/// The board in a format that is one text.
///
/// # Errors
/// [`ExportError::NotText`] for any other format.
pub fn text(order: &Order<'_>, to: Format, report: &mut Report) -> Result<String, ExportError> {
    carries::report(to, order, report);
    Ok(match to {
        Format::Yaml => order.studio.yaml(&chosen(order, report)),
        Format::Json => {
            let board = chosen(order, report);
            let json = serde_json::to_string_pretty(&board).map_err(|error| ExportError::Picture(error.to_string()))?;
            harmless_json(json) + "\n"
        }
        Format::Fountain => fountain::write(order),
        Format::Fdx => fdx::write(order),
        Format::Csv => shot_list::write(order, report),
        Format::Srt => subtitles::srt(order, report),
        Format::Vtt => subtitles::vtt(order, report),
        Format::Md => treatment::write(order),
        other => return Err(ExportError::NotText(other)),
    })
}

/// The board itself: the scenes selected, with all their takes unless only the picked ones are asked for.
fn chosen(order: &Order<'_>, report: &mut Report) -> Storyboard {
    let mut board = order.board.clone();
    let before = board.scenes.len();
    board.scenes.retain(|scene| order.selection.has(scene.id));
    if board.scenes.len() < before {
        report.leave_out("scenes that were not selected");
    }
    if order.selection.takes == Takes::Picked {
        for scene in &mut board.scenes {
            let stays = scene.leading_take().map(|take| take.id);
            if scene.takes.len() > 1 {
                report.leave_out("takes other than the picked one of each scene");
            }
            scene.takes.retain(|take| Some(take.id) == stays);
        }
    }
    if order.options.credit == super::order::Credit::Unsaid {
        for take in board.scenes.iter_mut().flat_map(|scene| &mut scene.takes) {
            take.provenance = Default::default();
        }
        report.leave_out("provenance");
    }
    board
}

fn timeline(
    order: &Order<'_>,
    to: Format,
    path: &Path,
    overwrite: Overwrite,
    report: &mut Report,
    watch: &mut dyn Watch,
) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    if reel.shots() == 0 {
        return Err(ExportError::Empty("no scene selected has a shot"));
    }
    let frames = match order.options.pictures {
        Pictures::Absent => Frames::default(),
        Pictures::Beside => {
            let beside = deliver::pictures_beside(path);
            let frames = Frames::draw(order, &reel, &beside, overwrite, watch)?;
            report.written.push(beside);
            frames
        }
    };
    let folder = folder_of(path)?;
    let edit = Edit { order, reel: &reel, frames: &frames, folder: &folder };
    let text = match to {
        Format::Fcpxml => editorial::fcpxml(&edit, report),
        Format::Xmeml => editorial::xmeml(&edit, report),
        Format::Edl => editorial::edl(&edit, report),
        _ => harmless_json(format!("{:#}\n", otio::write(order, &reel, &frames, report))),
    };
    file(path, overwrite, text.as_bytes())
}

fn folder_of(path: &Path) -> Result<PathBuf, ExportError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::canonicalize(folder).map_err(|error| ExportError::Io(path.to_owned(), error))
}

fn file(path: &Path, overwrite: Overwrite, bytes: &[u8]) -> Result<(), ExportError> {
    deliver::file(path, overwrite, |out| out.write_all(bytes).map_err(|error| ExportError::Io(path.to_owned(), error)))
}
