//! Views that are lists: bible, board settings, history, log.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::proposals::kind_name;
use super::theme::Scope;
use crate::app::bible::{BibleView, Row, rows};
use crate::app::model::{BoardText, Desk, Model, Target, Weight};
use crate::app::seen::Pointed;
use crate::app::settings_view::FIELDS;
use crate::app::wrap::{self, fit};
use crate::board::text::clean;
use crate::words::{self, Phrase};

/// Rows of several lines each below a view's title: those in sight are drawn, the one under the cursor among them.
fn entries(entries: Vec<Vec<Line<'_>>>, at: usize, canvas: &mut Canvas<'_, '_>, area: Rect, inner: Rect) {
    let height = usize::from(inner.height);
    let before: usize = entries.iter().take(at).map(Vec::len).sum();
    let own = entries.get(at).map_or(0, Vec::len);
    let all: usize = entries.iter().map(Vec::len).sum();
    let first = super::first_row(before + own / 2, height, all);
    let lines: Vec<Line<'_>> = entries.into_iter().flatten().skip(first).take(height).collect();
    canvas.lines(lines, inner);
    canvas.hidden(first, all.saturating_sub(first + height), area);
}

fn cursor(at: usize, cursor: usize) -> (&'static str, Scope) {
    if at == cursor { ("▸ ", Scope::Cursor) } else { ("  ", Scope::Name) }
}

fn indented(text: &str, columns: usize, scope: Scope, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
    let row = |row: std::ops::Range<usize>| {
        let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
        Line::from(canvas.span(format!("    {words}"), scope))
    };
    wrap::rows(text, columns.saturating_sub(4)).into_iter().map(row).collect()
}

pub(super) fn bible(desk: &Desk, view: &BibleView, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::bible_title());
    let inner = canvas.titled(&title, area);
    let rows = rows(&desk.board);
    if rows.is_empty() {
        let words = canvas.text(words::bible_empty());
        return canvas.draw(Paragraph::new(words).wrap(ratatui::widgets::Wrap { trim: true }), inner);
    }
    let columns = usize::from(inner.width).min(96);
    let list = rows.iter().enumerate().map(|(at, row)| {
        let (mark, scope) = cursor(at, view.at);
        let (name, kind, look, now) = match row {
            Row::Entry(kind, _, entry) => (&entry.name, canvas.text(kind_name(*kind)), &entry.look, entry.now.as_ref()),
            Row::Newcomer(newcomer) => {
                let kind = canvas.text(kind_name(newcomer.kind));
                let kind = format!("{kind} · {}", canvas.text(words::bible_newcomer()));
                (&newcomer.name, kind, &newcomer.look, None)
            }
        };
        let head = Line::from(vec![
            Span::raw(mark),
            canvas.span(fit(name, columns.saturating_sub(wrap::width(&kind) + 4)), scope),
            canvas.span(format!("  {kind}"), Scope::Quiet),
        ]);
        let mut lines = vec![head];
        if !look.is_empty() {
            lines.extend(indented(look, columns, Scope::Text, canvas));
        }
        if let Some(now) = now {
            let words = canvas.text(words::bible_now(now.as_str()));
            lines.extend(indented(&words, columns, Scope::Undecided, canvas));
        }
        lines
    });
    let list: Vec<Vec<Line<'_>>> = list.collect();
    entries(list, view.at, canvas, area, inner);
    canvas.spot(inner, Pointed::Scrolls("bible.previous", "bible.next"));
}

pub(super) fn board(desk: &Desk, at: usize, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::board_title());
    let inner = canvas.titled(&title, area);
    let board = &desk.board;
    let columns = usize::from(inner.width).min(96);
    let list = FIELDS.iter().enumerate().map(|(n, field)| {
        let (mark, scope) = cursor(n, at);
        let value = match field {
            BoardText::Title => board.title.to_string(),
            BoardText::Logline => board.logline.to_string(),
            BoardText::Tone => board.tone.as_ref().map(ToString::to_string).unwrap_or_default(),
            BoardText::Language => board.language.to_string(),
            BoardText::Aspect => board.aspect.to_string(),
            BoardText::Fps => board.fps.to_string(),
            BoardText::Style => board.style.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        let name = canvas.text(Target::Board(*field).name());
        let mut lines = vec![Line::from(vec![Span::raw(mark), canvas.span(name, scope)])];
        match value.as_str() {
            "" => lines.extend(indented(&canvas.text(words::field_unset()), columns, Scope::Quiet, canvas)),
            value => lines.extend(indented(value, columns, Scope::Text, canvas)),
        }
        lines
    });
    let list: Vec<Vec<Line<'_>>> = list.collect();
    entries(list, at, canvas, area, inner);
    canvas.spot(inner, Pointed::Scrolls("board.previous-field", "board.next-field"));
}

pub(super) fn history(desk: &Desk, at: usize, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::history_title());
    let inner = canvas.titled(&title, area);
    let (done, undone) = (desk.history.done(), desk.history.undone());
    let here = done.len();
    let all = done.len() + undone.len() + 1;
    let height = usize::from(inner.height);
    let first = super::first_row(at, height, all);
    let columns = usize::from(inner.width);
    let row = |n: usize| {
        let words = match n.checked_sub(1) {
            None => words::history_start(),
            Some(step) if step < here => done[step].words.clone(),
            // What was undone last is done again first.
            Some(step) => undone[undone.len() - 1 - (step - here)].words.clone(),
        };
        let mark = if n == here { canvas.text(words::history_here()) } else { String::new() };
        let words = fit(&clean(&canvas.text(words)), columns.saturating_sub(wrap::width(&mark) + 9));
        let scope = if n > here { Scope::Quiet } else { Scope::Text };
        let line = Line::from(vec![
            canvas.span(format!("{n:>4}  "), Scope::Time),
            canvas.span(words, scope),
            canvas.span(format!("  {mark}"), Scope::Picked),
        ]);
        if n == at { canvas.under_cursor(line) } else { line }
    };
    let lines: Vec<Line<'_>> = (first..all.min(first + height)).map(row).collect();
    canvas.lines(lines, inner);
    canvas.hidden(first, all.saturating_sub(first + height), area);
    canvas.spot(inner, Pointed::Scrolls("history.earlier", "history.later"));
}

pub(super) fn log(model: &Model, above: usize, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::log_title());
    let inner = canvas.titled(&title, area);
    let Some(newest) = model.log.back().map(|logged| logged.at_ms) else {
        let words = canvas.text(words::log_empty());
        return canvas.lines(words, inner);
    };
    let columns = usize::from(inner.width);
    let mut lines = Vec::new();
    let mut told = 0;
    for logged in model.log.iter().rev().skip(above) {
        if lines.len() >= usize::from(inner.height) {
            break;
        }
        told += 1;
        let (mark, scope) = match logged.notice.weight {
            Weight::Word => ("  ", Scope::Text),
            Weight::Trouble => ("! ", Scope::Trouble),
        };
        let when = canvas.text(ago(newest.saturating_sub(logged.at_ms)));
        let words = clean(&canvas.text(logged.notice.words.clone())).into_owned();
        let room = columns.saturating_sub(wrap::width(&when) + 4).max(10);
        for (n, row) in wrap::rows(&words, room).into_iter().enumerate() {
            let words = words.get(row).unwrap_or_default().trim_end_matches('\n').to_owned();
            let gap = " ".repeat(room.saturating_sub(wrap::width(&words)));
            let when = if n == 0 { when.clone() } else { String::new() };
            lines.push(Line::from(vec![
                canvas.span(if n == 0 { mark } else { "  " }, scope),
                canvas.span(words, scope),
                canvas.span(format!("{gap} {when}"), Scope::Time),
            ]));
        }
    }
    lines.truncate(inner.height.into());
    canvas.lines(lines, inner);
    canvas.hidden(above, model.log.len().saturating_sub(above + told), area);
    canvas.spot(inner, Pointed::Scrolls("log.newer", "log.older"));
}

/// How long before the newest word something was said.
fn ago(ms: u64) -> Phrase {
    match ms / 60_000 {
        0 => words::log_now(),
        minutes => words::log_ago(minutes),
    }
}
