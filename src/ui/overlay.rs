//! What lies over the screen: help, reasons, texts to choose from, the editor, a board somebody else holds.

use std::path::Path;

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Padding, Paragraph, Wrap};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::action::{ACTIONS, Action, Run};
use crate::app::editing::columns;
use crate::app::judging::{reason_name, reasons};
use crate::app::keymap::OF_THE_BOARD;
use crate::app::layer::Layer;
use crate::app::model::{BoardText, Editor, Model, Overlay, Target};
use crate::app::seen::Pointed;
use crate::app::split::Split;
use crate::app::texts::targets;
use crate::app::wrap::{fit, rows, width};
use crate::words::{self, Phrase};

pub(super) fn view(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    match &model.overlay {
        Overlay::Filter(_) => {}
        Overlay::None if model.pending.is_empty() => {}
        Overlay::None => super::palette::which_key(model, canvas, area),
        Overlay::Palette(palette) => super::palette::view(model, palette, canvas, area),
        Overlay::Help(scrolled) => help(model, *scrolled, canvas, area),
        Overlay::Why(why) => super::taste::why(why, canvas, area),
        Overlay::Reasons => {
            let names: Vec<String> = (0..reasons(model)).map(|at| canvas.text(reason_name(model, at))).collect();
            let title = canvas.text(words::reasons_title());
            choices(&title, "reasons.give", &names, canvas, area);
        }
        Overlay::Fields(at) => fields(model, *at, canvas, area),
        Overlay::Split(chosen) => split(model, *chosen, canvas, area),
        Overlay::Editor(editor) => self::editor(model, editor, canvas, area),
        Overlay::Import(importing) => super::import::view(model, importing, canvas, area),
        Overlay::Held { path, holder, .. } => held(model, path, holder, canvas, area),
    }
}

fn held(model: &Model, path: &Path, holder: &Phrase, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let path = crate::board::Line::clipped(&path.to_string_lossy(), 120);
    let actions: Vec<&Action> =
        ACTIONS.iter().filter(|action| action.layer == Layer::Held && action.can(model)).collect();
    let key = |action: &&Action| {
        let keys = canvas.keys(action);
        Line::from(vec![canvas.span(format!("{keys}  "), Scope::Key), Span::raw(canvas.text(action.about()))])
    };
    let mut lines =
        vec![Line::raw(path.to_string()), Line::raw(canvas.text(words::held_by(holder.clone()))), Line::default()];
    lines.extend(actions.iter().map(key));
    let title = canvas.text(words::held_title());
    let inner = popup(&title, lines, canvas, area);
    // The keys stand last, whatever the lines above them take.
    let first = usize::from(inner.height).saturating_sub(actions.len());
    for (at, action) in actions.iter().enumerate() {
        canvas.spot(super::row_of(inner, first + at), Pointed::Action(action.id));
    }
}

/// Up to nine things to choose from by the keys of the action of that id, or by pointer.
fn choices(title: &str, id: &'static str, names: &[String], canvas: &mut Canvas<'_, '_>, area: Rect) {
    let choice = |(at, name): (usize, &String)| {
        let keys = canvas.nth(id, at + 1);
        Line::from(vec![canvas.span(format!("{keys} "), Scope::Key), Span::raw(name.clone())])
    };
    let lines = names.iter().enumerate().map(choice).collect();
    let inner = popup(title, lines, canvas, area);
    for at in 0..names.len() {
        canvas.spot(super::row_of(inner, at), Pointed::Nth(id, at + 1));
    }
}

/// The texts to choose from, those around the cursor where there are more than rows.
fn fields(model: &Model, cursor: usize, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let names: Vec<String> = targets(model).into_iter().map(|target| canvas.text(target.name())).collect();
    let height = usize::from(area.height.saturating_sub(4)).max(1);
    let first = super::first_row(cursor, height, names.len());
    let shown = || names.iter().enumerate().skip(first).take(height);
    let lines = shown().map(|(at, name)| {
        let keys = if at < 9 { canvas.nth("fields.edit", at + 1) } else { String::new() };
        let mark = if at == cursor { "▸" } else { " " };
        let name = fit(name, usize::from(area.width).saturating_sub(8));
        let line = Line::from(vec![Span::raw(mark), canvas.span(format!("{keys:1} "), Scope::Key), Span::raw(name)]);
        if at == cursor { canvas.under_cursor(line) } else { line }
    });
    let title = canvas.text(words::fields_title());
    let inner = popup(&title, lines.collect(), canvas, area);
    for (row, (at, _)) in shown().enumerate() {
        canvas.spot(super::row_of(inner, row), Pointed::Nth("fields.edit", at + 1));
    }
}

/// Every action with the keys that do it now, group by group: first those of what is on the screen.
fn help(model: &Model, scrolled: u16, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let map = &model.settings.keymap;
    let mut groups: Vec<&str> = Vec::new();
    for action in ACTIONS {
        if !groups.contains(&action.group()) {
            groups.push(action.group());
        }
    }
    let is_here = |group: &str| {
        let mut of_group = ACTIONS.iter().filter(|action| action.group() == group && action.layer == Layer::Board);
        of_group.any(|action| action.footer && action.applies(model))
    };
    groups.sort_by_key(|group| (!is_here(group), OF_THE_BOARD.contains(group)));
    // As wide as there is room for, as far as a line is read with ease.
    let columns = usize::from(area.width.saturating_sub(4)).min(110);
    // For the keys of an action beside what it does.
    let room = if columns > 100 { 28 } else { 17 };
    let mut lines: Vec<Line<'_>> = Vec::new();
    for group in groups {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        let name = canvas.text(Phrase::named("group", group, None));
        lines.push(Line::styled(name, canvas.style(Scope::Title)));
        lines.extend(ACTIONS.iter().filter(|action| action.group() == group).flat_map(|action| {
            let keys: Vec<String> = match action.run {
                Run::Nth(..) => vec![map.shown(action)],
                Run::Plain(_) | Run::With(..) => map.keys_of(action).map(ToString::to_string).collect(),
            };
            let keys = fit(&keys.join("  "), room);
            let gap = " ".repeat((room + 1).saturating_sub(width(&keys)));
            let about = canvas.text(action.about());
            let told = rows(&about, columns.saturating_sub(room + 1)).into_iter();
            let told = told.map(|row| about.get(row).unwrap_or_default().to_owned()).enumerate();
            let keys = canvas.span(keys, Scope::Key);
            told.map(move |(at, words)| match at {
                0 => Line::from(vec![keys.clone(), Span::raw(format!("{gap}{words}"))]),
                _ => Line::raw(format!("{:1$}{words}", "", room + 1)),
            })
            .collect::<Vec<_>>()
        }));
    }
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let title = canvas.text(words::help_title());
    let inner = boxed(&title, u16::try_from(columns).unwrap_or(u16::MAX), rows, canvas, area);
    let last = rows.saturating_sub(inner.height);
    let above = scrolled.min(last);
    canvas.draw(Paragraph::new(lines).scroll((above, 0)), inner);
    canvas.beyond(last - above);
    canvas.hidden(above.into(), (last - above).into(), Rect { y: inner.y.saturating_sub(1), ..inner });
}

/// The shots of the take, with the line where the new scene begins.
fn split(model: &Model, chosen: Split, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some(take) = model.whole_take() else { return };
    let columns = usize::from(area.width.saturating_sub(10)).min(72);
    let mut lines = Vec::new();
    for (at, shot) in take.shots.iter().enumerate() {
        if at == chosen.at_shot {
            let words = fit(&format!(" {} ", canvas.text(words::split_line())), columns.saturating_sub(2));
            let rule = "─".repeat(columns.saturating_sub(width(&words) + 2));
            lines.push(Line::styled(format!("──{words}{rule}"), canvas.style(Scope::Cursor)));
        }
        let words = format!("{:>2} {} · {}", at + 1, shot.size, shot.description.replace('\n', " "));
        lines.push(Line::raw(fit(&words, columns)));
    }
    let height = usize::from(area.height.saturating_sub(4)).max(1);
    let first = super::first_row(chosen.at_shot, height, lines.len());
    let title = canvas.text(words::split_title());
    popup(&title, lines.into_iter().skip(first).take(height).collect(), canvas, area);
}

/// A box with lines in it, in the middle of the screen.
pub(super) fn popup(title: &str, lines: Vec<Line<'_>>, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let wide = lines.iter().map(Line::width).max().unwrap_or(0).max(width(title) + 4);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inner = boxed(title, u16::try_from(wide).unwrap_or(u16::MAX), rows, canvas, area);
    canvas.draw(Paragraph::new(lines).wrap(Wrap { trim: false }), inner);
    inner
}

/// A box in the middle of the screen for so many columns and rows; answers its inside.
pub(super) fn boxed(title: &str, columns: u16, rows: u16, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let (width, height) = size_of(columns, rows, area);
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + area.height.saturating_sub(2).saturating_sub(height) / 2,
        width,
        height,
    };
    framed(title, place, canvas)
}

/// The same, at the foot of the screen above the last two rows.
pub(super) fn boxed_below(title: &str, columns: u16, rows: u16, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let (width, height) = size_of(columns, rows, area);
    let y = area.y + area.height.saturating_sub(2).saturating_sub(height);
    framed(title, Rect { x: area.x + (area.width - width) / 2, y, width, height }, canvas)
}

/// Columns and rows of a box with so many inside.
fn size_of(columns: u16, rows: u16, area: Rect) -> (u16, u16) {
    (columns.saturating_add(4).min(area.width), rows.saturating_add(2).min(area.height.saturating_sub(2)))
}

fn framed(title: &str, place: Rect, canvas: &mut Canvas<'_, '_>) -> Rect {
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .style(canvas.style(Scope::Popup))
        .border_style(canvas.style(Scope::PopupBorder))
        .title(canvas.span(format!(" {title} "), Scope::Title))
        .padding(Padding::horizontal(1));
    let inner = block.inner(place);
    canvas.spot(place, Pointed::Popup);
    canvas.draw(Clear, place);
    canvas.fill(place, Scope::Text);
    canvas.draw(block, place);
    inner
}

fn editor(model: &Model, editor: &Editor, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let columns = columns(model.size);
    let text = editor.buffer.text();
    let wrapped = rows(text, columns);
    let (row, column) = editor.buffer.position(columns);
    let wanted = u16::try_from(wrapped.len().max(if editor.target.is_line() { 1 } else { 5 })).unwrap_or(u16::MAX);
    let title = canvas.text(match editor.asking {
        true => words::editor_asking(),
        false => words::editor_title(editor.target.titled(model.desk().map(|desk| &desk.board))),
    });
    // Which styles there are nobody can guess.
    let title = match editor.target {
        Target::SceneStyle(_) | Target::Board(BoardText::Style) => {
            fit(&format!("{title}: {}", model.settings.styles.join(", ")), columns)
        }
        _ => title,
    };
    let inner = boxed(&title, u16::try_from(columns).unwrap_or(u16::MAX), wanted, canvas, area);
    let height = usize::from(inner.height);
    let first = super::first_row(row, height, wrapped.len());
    let lines = wrapped
        .iter()
        .skip(first)
        .take(height)
        .map(|range| Line::raw(text.get(range.clone()).unwrap_or_default().trim_end_matches('\n').to_owned()));
    canvas.lines(lines.collect::<Vec<_>>(), inner);
    let x = inner.x + u16::try_from(column).unwrap_or(0).min(inner.width.saturating_sub(1));
    let y = inner.y + u16::try_from(row.saturating_sub(first)).unwrap_or(0).min(inner.height.saturating_sub(1));
    canvas.cursor(Position { x, y });
}
