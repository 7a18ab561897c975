//! Boards to choose from, each with its title, its logline, what is in it and when it changed.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::picker::{About, Found, Origin, Picker, Row};
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::board::Template;
use crate::words::{self, Phrase};

pub(super) fn view(picker: &Picker, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::boards_title());
    let inner = canvas.titled(&title, area);
    let Some(boards) = &picker.boards else {
        let words = canvas.text(words::boards_looking());
        return canvas.lines(words, inner);
    };
    let columns = usize::from(inner.width);
    let mut lines: Vec<(Option<usize>, Line<'_>)> = Vec::new();
    let mut cursor = 0;
    for at in 0..picker.rows() {
        let under_cursor = at == picker.at;
        if under_cursor {
            cursor = lines.len();
        }
        match picker.row(at) {
            Some(Row::Board(found)) => {
                lines.extend(board(picker, found, under_cursor, columns, canvas).map(|line| (Some(at), line)));
            }
            Some(Row::New(template)) => {
                if at == boards.len() {
                    lines.push((None, Line::default()));
                }
                lines.push((Some(at), new(template, under_cursor, canvas)));
            }
            None => {}
        }
    }
    let rows = usize::from(inner.height);
    let first = super::first_row(cursor, rows, lines.len());
    canvas.hidden(first, lines.len().saturating_sub(first + rows), area);
    let mut shown = Vec::with_capacity(rows);
    for (n, (of, line)) in lines.into_iter().skip(first).take(rows).enumerate() {
        shown.push(line);
        if let Some(at) = of {
            canvas.spot(super::row_of(inner, n), Pointed::Board(at));
        }
    }
    canvas.lines(shown, inner);
}

/// Title, counts and last change in a row; the logline in the next, or the file where there is none, or where it takes the
/// file to tell boards of one title apart.
fn board<'a>(
    picker: &Picker,
    found: &Found,
    under_cursor: bool,
    columns: usize,
    canvas: &Canvas<'_, '_>,
) -> [Line<'a>; 2] {
    let path = crate::board::Line::clipped(&found.path.to_string_lossy(), 400);
    let file = found.path.file_name().map(|name| crate::board::Line::clipped(&name.to_string_lossy(), 200));
    let file = file.unwrap_or_default().to_string();
    let (title, words, scope, counts) = match &found.about {
        About::Unread => (file, path.to_string(), Scope::Quiet, String::new()),
        About::Board { title, logline, scenes, picked, takes } => {
            let title = if title.is_empty() { file } else { title.clone() };
            let by_its_file = logline.is_empty() || picker.has_namesake(found);
            let words = if by_its_file { path.to_string() } else { logline.replace('\n', " ") };
            (title, words, Scope::Quiet, canvas.text(words::board_counts(*picked, *scenes, *takes)))
        }
        About::Wrong(why) => (file, canvas.text(why.clone()).replace('\n', " "), Scope::Trouble, String::new()),
    };
    let origin = canvas.text(match found.origin {
        Origin::Recent => words::board_recent(),
        Origin::Folder => words::board_here(),
        Origin::Sample => words::board_sample(),
    });
    let changed = found.changed_ms.map(|then| canvas.text(ago(picker.found_ms.saturating_sub(then))));
    let right: Vec<String> =
        [Some(counts), changed, Some(origin)].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let right = fit(&right.join(" · "), columns.saturating_sub(14));
    let room = columns.saturating_sub(width(&right) + 3);
    let title = fit(&title, room);
    let gap = " ".repeat(room.saturating_sub(width(&title)) + 1);
    let mark = if under_cursor { "▸ " } else { "  " };
    let head = Line::from(vec![
        Span::raw(mark),
        canvas.span(title, if under_cursor { Scope::Cursor } else { Scope::Title }),
        Span::raw(gap),
        canvas.span(right, Scope::Time),
    ]);
    [head, Line::from(canvas.span(format!("    {}", fit(&words, columns.saturating_sub(4))), scope))]
}

fn new<'a>(template: Option<Template>, under_cursor: bool, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let words = canvas.text(match template {
        None => words::new_empty(),
        Some(Template::Film) => words::new_film(),
        Some(Template::Animation) => words::new_animation(),
        Some(Template::Game) => words::new_game(),
        Some(Template::Ad) => words::new_ad(),
        Some(Template::MusicVideo) => words::new_music_video(),
        Some(Template::Sample) => words::new_sample(),
    });
    let scope = if under_cursor { Scope::Cursor } else { Scope::Text };
    let mark = if under_cursor { "▸ " } else { "  " };
    Line::from(vec![Span::raw(mark), canvas.span("+ ", Scope::Key), canvas.span(words, scope)])
}

/// How long ago something was.
fn ago(ms: u64) -> Phrase {
    let minutes = ms / 60_000;
    match (minutes / 1440, minutes / 60, minutes) {
        (0, 0, 0) => words::log_now(),
        (0, 0, minutes) => words::log_ago(minutes),
        (0, hours, _) => words::ago_hours(hours),
        (days, ..) => words::ago_days(days),
    }
}
