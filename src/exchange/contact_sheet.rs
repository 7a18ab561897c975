//! Frames as PNG files with contact sheets: all shots at a glance, forty on a sheet.

use std::ops::ControlFlow;
use std::path::Path;

use image::imageops::overlay;
use image::{Rgba, RgbaImage};

use super::deliver::put;
use super::frames::draw_into;
use super::order::{Credit, ExportError, Order, Report, Watch};
use super::reel::Reel;
use super::{Source, picture};
use crate::board::{Scene, Shot, aspect};
use crate::lettering::{Typesetter, Weight, draw_line};

/// Columns of a sheet and the most rows on it.
const COLUMNS: usize = 5;
const ROWS: usize = 8;
/// A small picture's width in pixels.
const WIDTH: u32 = 320;
/// Around and between small pictures, and for the words under each.
const GAP: u32 = 20;
const WORDS: u32 = 46;

/// Writes every shot's frame and the sheets into `folder`, which is there and empty.
///
/// # Errors
/// [`ExportError`].
pub fn write(order: &Order<'_>, folder: &Path, report: &mut Report, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    draw_into(order, &reel, folder, order.options.size, watch)?;
    let shots: Vec<(String, &Scene, &Shot)> = reel
        .scenes
        .iter()
        .flat_map(|part| part.takes.iter().map(move |take| (part, take)))
        .flat_map(|(part, take)| {
            let which = if part.takes.len() > 1 { format!(" take {}", part.take_number(take)) } else { String::new() };
            take.shots.iter().enumerate().map(move |(at, shot)| {
                (format!("{}-{}{which}  {}", part.scene.number, at + 1, shot.size), part.scene, shot)
            })
        })
        .collect();
    if shots.is_empty() {
        return Err(ExportError::Empty("no scene selected has a shot"));
    }
    let credit = (order.options.credit == Credit::Said)
        .then(|| Source::of_takes(reel.scenes.iter().flat_map(|part| part.takes.iter().copied())));
    let files = order.fonts()?;
    let typesetter = Typesetter::new(&files);
    let sheets: Vec<_> = shots.chunks(COLUMNS * ROWS).collect();
    for (number, shots) in sheets.iter().enumerate() {
        if watch.step(number, sheets.len()) == ControlFlow::Break(()) {
            return Err(ExportError::Stopped);
        }
        let sheet = sheet(order, &typesetter, shots)?;
        let name = if sheets.len() == 1 {
            "contact-sheet.png".to_owned()
        } else {
            format!("contact-sheet-{:02}.png", number + 1)
        };
        put(&folder.join(name), &picture::png(&sheet, credit).map_err(ExportError::Picture)?)?;
    }
    report.leave_out("what shots say in words, but for their numbers and sizes");
    Ok(())
}

fn sheet(
    order: &Order<'_>,
    typesetter: &Typesetter<'_>,
    shots: &[(String, &Scene, &Shot)],
) -> Result<RgbaImage, ExportError> {
    let ratio = aspect::ratio(&order.board.aspect).unwrap_or(16.0 / 9.0);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a picture's side"
    )]
    let height = ((WIDTH as f32 / ratio).round() as u32).max(16);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (columns, rows) = (count(shots.len().min(COLUMNS)), count(shots.len().div_ceil(COLUMNS)));
    let (across, down) = (WIDTH + GAP, height + WORDS);
    let mut sheet = RgbaImage::from_pixel(columns * across + GAP, rows * down + GAP, Rgba([255; 4]));
    for (at, (words, scene, shot)) in shots.iter().enumerate() {
        let (left, top) = (GAP + count(at % COLUMNS) * across, GAP + count(at / COLUMNS) * down);
        let panel = order.studio.panel(scene, shot, WIDTH, height).map_err(ExportError::Picture)?;
        overlay(&mut sheet, &panel, left.into(), top.into());
        #[expect(clippy::cast_precision_loss, reason = "a picture's side")]
        let (x, y, width) = (left as f32, (top + height + 21) as f32, WIDTH as f32);
        let set = typesetter.set(words, Weight::Regular, 16.0, width, 1);
        for line in &set.lines {
            draw_line(&mut sheet, typesetter, line, 16.0, x, y, [30, 29, 27]);
        }
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::{self, Grey};
    use crate::exchange::{Options, Selection};

    #[test]
    fn every_shot_is_a_file_and_all_are_on_a_sheet() {
        let board = fixture::keeper();
        let (selection, options) = (Selection::default(), Options { size: (64, 36), ..Options::default() });
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        let place = tempfile::tempdir().unwrap();
        let mut watch = |_: usize, _: usize| ControlFlow::Continue(());
        write(&order, place.path(), &mut Report::default(), &mut watch).unwrap();
        let size = |name: &str| image::image_dimensions(place.path().join(name)).unwrap();
        assert_eq!(size("scene-1-shot-02.png"), (64, 36));
        assert_eq!(size("contact-sheet.png"), (2 * (WIDTH + GAP) + GAP, 134 + WORDS + GAP));
    }
}
