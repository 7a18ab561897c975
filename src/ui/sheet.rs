//! The contact sheet: shots as panels in a grid, with their captions. Only what is seen is laid out.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::panel::{self, Of};
use super::theme::Scope;
use crate::app::camera::Crop;
use crate::app::model::{Desk, Model};
use crate::app::seen::Pointed;
use crate::app::sheet::{Panel, Sheet, count, panels};
use crate::app::wrap::{fit, rows};
use crate::board::{Storyboard, aspect};
use crate::words;

pub(super) fn view(model: &Model, desk: &Desk, sheet: &Sheet, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let all = count(&desk.board);
    let title = canvas.text(words::sheet_title(all));
    let inner = canvas.titled(&title, area);
    if all == 0 {
        let words = canvas.text(words::sheet_empty());
        return canvas.lines(words, inner);
    }
    let across = sheet.across(model.size.0);
    let wide = inner.width / across;
    let ratio = aspect::ratio(&desk.board.aspect).unwrap_or(16.0 / 9.0);
    // A caption of one row for small panels, of two for larger ones; one panel has the whole screen.
    let caption = if wide >= 40 { 2 } else { 1 };
    let high = (panel::rows_for(wide.saturating_sub(1), ratio) + caption).min(inner.height.max(1));
    let down = (inner.height / high).max(1);
    let (across, down) = (usize::from(across), usize::from(down));
    let first_row = super::first_row(sheet.at / across, down, all.div_ceil(across));
    let first = first_row * across;
    canvas.hidden(first, all.saturating_sub(first + across * down), area);
    canvas.spot(inner, Pointed::Scrolls("sheet.up", "sheet.down"));
    for (n, panel) in panels(&desk.board, first, across * down).into_iter().enumerate() {
        let (column, row) = (n % across, n / across);
        let place = Rect {
            x: inner.x + wide * u16::try_from(column).unwrap_or(0),
            y: inner.y + high * u16::try_from(row).unwrap_or(0),
            width: wide.saturating_sub(1).max(1),
            height: high,
        };
        let place = place.intersection(inner);
        canvas.spot(place, Pointed::Panel(first + n));
        cell(&desk.board, &panel, first + n == sheet.at, caption, canvas, place);
    }
}

fn cell(
    board: &Storyboard,
    panel: &Panel<'_>,
    under_cursor: bool,
    caption: u16,
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
) {
    let ratio = aspect::ratio(&board.aspect).unwrap_or(16.0 / 9.0);
    let picture = Rect { height: area.height.saturating_sub(caption), ..area };
    let below = Rect { y: picture.bottom(), height: area.height - picture.height, ..area };
    let border = if under_cursor { Scope::Key } else { Scope::Border };
    let columns = usize::from(area.width);
    let number = &panel.of.number;
    let (head, words) = match (panel.shot, panel.of.leading_take()) {
        (Some((at, shot)), Some(take)) => {
            let of = Of { board, scene: panel.of, take, shot };
            panel::view(of, Crop::WHOLE, border, canvas, panel::fitted(picture, ratio));
            (format!("{number}.{} {} {}", at + 1, shot.size, shot.seconds), shot.description.as_str())
        }
        _ => {
            let words = canvas.text(panel::lacking(panel.of));
            panel::empty(&words, border, canvas, panel::fitted(picture, ratio));
            (format!("{number} {}", panel.of.current_heading()), panel.of.brief.as_str())
        }
    };
    let head = Line::styled(fit(&head, columns), canvas.style(if under_cursor { Scope::Cursor } else { Scope::Shot }));
    let mut lines = vec![head];
    lines.extend(rows(words, columns).into_iter().take(usize::from(below.height.saturating_sub(1))).map(|row| {
        let words = words.get(row).unwrap_or_default().trim_end_matches('\n');
        Line::styled(words.to_owned(), canvas.style(Scope::Quiet))
    }));
    canvas.lines(lines, below);
}
