//! One shot as a panel of a size: the place where its picture goes. Where there is no picture the staging is drawn in
//! characters: who is far stands high and who is near stands low, as the camera sees it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::pictures::Wanted;
use super::theme::Scope;
use crate::app::camera::Crop;
use crate::app::wrap::{fit, width};
use crate::board::{Depth, Move, Position, Scene, Shot, Staging, Storyboard, Take};
use crate::words::{self, Phrase};

/// What is in the panel: a shot, and what its picture is drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'a> {
    /// The board.
    pub(super) board: &'a Storyboard,
    /// The scene.
    pub(super) scene: &'a Scene,
    /// The take.
    pub(super) take: &'a Take,
    /// The shot.
    pub(super) shot: &'a Shot,
}

/// A terminal's cell is about twice as high as it is wide.
const CELL: f32 = 2.0;

/// The rows a panel of so many columns takes at an aspect, its frame included.
pub(super) fn rows_for(columns: u16, aspect: f32) -> u16 {
    let inner = f32::from(columns.saturating_sub(2));
    (inner / aspect.max(0.2) / CELL).round().clamp(1.0, 200.0) as u16 + 2
}

/// The largest place of an aspect within an area, in its middle.
pub(super) fn fitted(area: Rect, aspect: f32) -> Rect {
    let high = rows_for(area.width, aspect);
    if high <= area.height {
        return Rect { y: area.y + (area.height - high) / 2, height: high, ..area };
    }
    let inner = f32::from(area.height.saturating_sub(2)) * aspect * CELL;
    let wide = (inner.round() as u16 + 2).min(area.width);
    Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area }
}

/// Draws the panel.
pub(super) fn view(of: Of<'_>, crop: Crop, border: Scope, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let block = Block::bordered().border_type(BorderType::Plain).border_style(canvas.style(border));
    let inner = block.inner(area);
    canvas.draw(block, area);
    if let Some(rows) = picture(of, crop, canvas, inner) {
        return canvas.draw(Paragraph::new(rows).centered(), inner);
    }
    draw_plan(of.shot, crop, canvas, inner);
}

/// Draws the panel of a shot that has no picture yet.
pub(super) fn planned(shot: &Shot, crop: Crop, border: Scope, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let block = Block::bordered().border_type(BorderType::Plain).border_style(canvas.style(border));
    let inner = block.inner(area);
    canvas.draw(block, area);
    draw_plan(shot, crop, canvas, inner);
}

fn draw_plan(shot: &Shot, crop: Crop, canvas: &mut Canvas<'_, '_>, inner: Rect) {
    let rows = plan(shot, crop, inner.width.into(), inner.height.into());
    let lines: Vec<Line<'_>> = rows.into_iter().map(|row| Line::from(canvas.span(row, Scope::Plan))).collect();
    canvas.lines(lines, inner);
}

/// The part of the shot's picture that the crop shows. A push, a pull and a zoom show all of it: a picture anew for each of
/// their steps would come too late.
fn picture(of: Of<'_>, crop: Crop, canvas: &Canvas<'_, '_>, area: Rect) -> Option<Vec<Line<'static>>> {
    let rows = canvas.picture(&wanted(of, crop, area))?;
    if !slides(of.shot) {
        return Some(rows);
    }
    let from = |share: f32, all: usize, seen: u16| {
        let most = all.saturating_sub(seen.into());
        ((share * all as f32).round() as usize).min(most)
    };
    let (top, all) = (from(crop.y, rows.len(), area.height), rows.len());
    let shown = rows.into_iter().skip(top).take(all.min(area.height.into()));
    Some(
        shown
            .map(|row| {
                let left = from(crop.x, row.spans.len(), area.width);
                Line::from_iter(row.spans.into_iter().skip(left).take(area.width.into()))
            })
            .collect(),
    )
}

/// Has the picture of a panel drawn that is shown soon.
pub(super) fn ahead(of: Of<'_>, crop: Crop, canvas: &Canvas<'_, '_>, area: Rect) {
    // What is there already is not shown yet.
    let _ = canvas.picture(&wanted(of, crop, Block::bordered().inner(area)));
}

/// Whether the shot's camera slides over a picture that is larger than the panel.
fn slides(shot: &Shot) -> bool {
    !matches!(shot.camera, Move::PushIn | Move::PullOut | Move::ZoomIn | Move::ZoomOut)
}

fn wanted<'a>(of: Of<'a>, crop: Crop, area: Rect) -> Wanted<'a> {
    let Of { board, scene, take, shot } = of;
    let grown = if slides(shot) { crop.size.clamp(0.5, 1.0) } else { 1.0 };
    let cells = |cells: u16| (f32::from(cells) / grown).round() as u16;
    Wanted { board, scene, take, shot, columns: cells(area.width), rows: cells(area.height) }
}

/// What a scene without a shot to be drawn has not yet.
pub(super) fn lacking(scene: &Scene) -> Phrase {
    if scene.takes.is_empty() { words::sheet_no_take() } else { words::sheet_no_shot() }
}

/// A panel without a shot: a frame with words in it.
pub(super) fn empty(words: &str, border: Scope, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let block = Block::bordered().border_type(BorderType::Plain).border_style(canvas.style(border));
    let inner = block.inner(area);
    canvas.draw(block, area);
    if inner.height > 0 {
        let row = Rect { y: inner.y + inner.height / 2, height: 1, ..inner };
        let words = fit(words, inner.width.into());
        canvas.draw(Line::from(Span::styled(words, canvas.style(Scope::Quiet))).centered(), row);
    }
}

/// The staging as rows of characters.
fn plan(shot: &Shot, crop: Crop, columns: usize, rows: usize) -> Vec<String> {
    if columns == 0 || rows == 0 {
        return Vec::new();
    }
    let mut grid: Vec<Vec<&str>> = vec![vec![" "; columns]; rows];
    // The ground's edge, so that a camera that moves is seen to move.
    let (_, horizon) = crop.place(0.5, 0.38);
    if let Some(row) = row_at(horizon, rows) {
        for (at, cell) in grid[row].iter_mut().enumerate() {
            let along = crop.x + crop.size * at as f32 / columns as f32;
            *cell = if ((along * 40.0) as usize).is_multiple_of(2) { "·" } else { " " };
        }
    }
    let mut staged: Vec<&Staging> = shot.staging.iter().collect();
    // Who is near stands before who is far.
    staged.sort_by_key(|staged| std::cmp::Reverse(staged.depth));
    let labels: Vec<(f32, f32, String)> = staged
        .iter()
        .map(|staged| {
            let (x, y) = crop.place(across(staged.position), down(staged.depth));
            (x, y, fit(&super::plan::label(staged), columns))
        })
        .collect();
    for (x, y, label) in &labels {
        let Some(row) = row_at(*y, rows).filter(|_| (-0.1..=1.1).contains(x)) else { continue };
        let wide = width(label);
        let middle = (x.clamp(0.0, 1.0) * columns as f32) as usize;
        let mut at = middle.saturating_sub(wide / 2).min(columns.saturating_sub(wide));
        for grapheme in label.graphemes(true) {
            let cells = width(grapheme);
            if cells == 0 || at + cells > columns {
                continue;
            }
            // Half of a wide character that is written over leaves a space.
            if grid[row][at].is_empty() && at > 0 {
                grid[row][at - 1] = " ";
            }
            if let Some(after) = grid[row].get_mut(at + cells).filter(|after| after.is_empty()) {
                *after = " ";
            }
            grid[row][at] = grapheme;
            // A wide character takes the cell after it, which then holds nothing.
            for rest in &mut grid[row][at + 1..at + cells] {
                *rest = "";
            }
            at += cells;
        }
    }
    grid.into_iter().map(|row| row.concat()).collect()
}

/// The row at a share of the height; `None` where it is out of sight.
fn row_at(y: f32, rows: usize) -> Option<usize> {
    (0.0..1.0).contains(&y).then(|| ((y * rows as f32) as usize).min(rows - 1))
}

/// Shares of the frame from its left edge.
const fn across(position: Position) -> f32 {
    match position {
        Position::Left => 0.12,
        Position::CenterLeft => 0.31,
        Position::Center => 0.5,
        Position::CenterRight => 0.69,
        Position::Right => 0.88,
    }
}

/// Shares of the frame from its upper edge, where who stands there stands.
const fn down(depth: Depth) -> f32 {
    match depth {
        Depth::Far => 0.42,
        Depth::Middle => 0.62,
        Depth::Near => 0.85,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::camera::crop;
    use crate::board::{Angle, Line, Move, Seconds, Size};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plan_fills_its_place_whoever_stands_there_and_however_the_camera_moves(
            names in proptest::collection::vec("[A-Z你é]{1,9}", 0..4),
            place in 0usize..45,
            (columns, rows) in (0usize..50, 0usize..16),
            (which, share) in (0usize..14, 0.0f32..1.0),
        ) {
            let staging = names.iter().enumerate().map(|(n, name)| Staging {
                subject: Line::clipped(name, 20),
                position: Position::ALL[(place + n) % Position::ALL.len()],
                depth: Depth::ALL[(place / 5 + n) % Depth::ALL.len()],
                facing: None,
                pose: None,
                extra: Default::default(),
            });
            let shot = Shot {
                size: Size::Wide,
                angle: Angle::Eye,
                camera: Move::ALL[which % Move::ALL.len()],
                seconds: Seconds::default(),
                description: Default::default(),
                staging: staging.collect(),
                extra: Default::default(),
            };
            let drawn = plan(&shot, crop(shot.camera, share), columns, rows);
            prop_assert_eq!(drawn.len(), if columns == 0 { 0 } else { rows });
            for row in drawn {
                prop_assert_eq!(width(&row), columns, "{:?}", row);
            }
        }
    }
}
