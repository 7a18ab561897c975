//! The last two rows: how things stand, and what the keys do now.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::action::{ACTIONS, Action};
use crate::app::model::{Engine, EngineState, Model, Weight};
use crate::app::progress::Progress;
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, rows, width};
use crate::board::text::clean;
use crate::words;

/// The most rows a word of trouble may take.
const MOST: usize = 3;

/// The rows the status takes: one, or as many as trouble needs to be read.
pub(super) fn height(model: &Model, canvas: &Canvas<'_, '_>, columns: u16) -> u16 {
    let rows = trouble(model, canvas).map_or(1, |words| rows(&words, columns.into()).len().clamp(1, MOST));
    u16::try_from(rows).unwrap_or(1)
}

fn trouble(model: &Model, canvas: &Canvas<'_, '_>) -> Option<String> {
    let notice = model.notice.as_ref().filter(|notice| notice.weight == Weight::Trouble)?;
    Some(format!("! {}", clean(&canvas.text(notice.words.clone()))))
}

pub(super) fn view(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let columns = usize::from(area.width);
    let (said, scope) = match (trouble(model, canvas), &model.notice) {
        (Some(words), _) => (words, Scope::Trouble),
        (None, Some(notice)) => (clean(&canvas.text(notice.words.clone())).into_owned(), Scope::Text),
        (None, None) => (String::new(), Scope::Text),
    };
    let right = right(model, canvas, columns, width(&said));
    let room = columns.saturating_sub(width(&right) + 1);
    // Trouble is read before anything else on the row.
    if scope == Scope::Trouble && width(&said) > room {
        let wrapped = rows(&said, columns);
        let lines = wrapped.iter().enumerate().take(MOST).map(|(at, row)| {
            let rest = if at + 1 == MOST { row.start..said.len() } else { row.clone() };
            // The space that a row broke after may hang over.
            Line::styled(fit(said.get(rest).unwrap_or_default().trim_end(), columns), canvas.style(Scope::Trouble))
        });
        let lines: Vec<Line<'_>> = lines.collect();
        return canvas.lines(lines, area);
    }
    let words = fit(&said, room);
    let gap = " ".repeat(columns.saturating_sub(width(&words) + width(&right)));
    let line = Line::from(vec![canvas.span(words, scope), Span::raw(gap), canvas.span(right, Scope::Status)]);
    canvas.lines(line, area);
}

/// How things stand. What was just said, so many columns of it, is read before what stands there always, and only what moves
/// stays beside it.
fn right(model: &Model, canvas: &Canvas<'_, '_>, columns: usize, said: usize) -> String {
    let moving = format!("{}{}", export(model, canvas), engine(model, canvas));
    let whole = format!("{moving}  {}", board(model, canvas));
    let whole = fit(whole.trim(), columns);
    let engine = &model.engine;
    let moves = engine.job.is_some()
        || engine.asking.is_some()
        || model.exporting.is_some()
        || matches!(engine.state, EngineState::Loading(_));
    let shorter = if moves { moving.trim().to_owned() } else { board(model, canvas) };
    let fits = |right: &str| said == 0 || said + width(right) < columns;
    match (fits(&whole), fits(&shorter)) {
        (true, _) => whole,
        (false, true) => shorter,
        (false, false) if moves => fit(&shorter, columns),
        (false, false) => String::new(),
    }
}

fn engine(model: &Model, canvas: &Canvas<'_, '_>) -> String {
    let engine = &model.engine;
    let bar = engine.progress.map(|progress| format!("{} ", bar(progress, canvas))).unwrap_or_default();
    let name = engine.model.as_ref().map(|(name, device)| format!("{name} · {device}"));
    match (&engine.state, &engine.job) {
        (EngineState::Loading(share), _) => {
            format!("{bar}{}", canvas.text(words::status_loading((share * 100.0).round())))
        }
        (EngineState::Down(_), None) => canvas.text(words::status_no_model()),
        (_, Some(job)) => {
            let doing = match (job.stopping, job.reading) {
                (true, _) => canvas.text(words::status_stopping()),
                (false, Some((done, total))) if done < total => {
                    canvas.text(words::status_reading(done.to_string(), total.to_string()))
                }
                (false, _) => canvas.text(words::status_writing(job.takes.len())),
            };
            format!("{bar}{doing}{}", pace(engine, canvas))
        }
        (_, None) if engine.asking.is_some() => {
            let stopping = engine.asking.as_ref().is_some_and(|asking| asking.stopping);
            let doing = canvas.text(if stopping { words::status_stopping() } else { words::status_proposing() });
            format!("{bar}{doing}{}", pace(engine, canvas))
        }
        (EngineState::Cold, None) => canvas.text(words::status_model()),
        (EngineState::Ready, None) => name.unwrap_or_default(),
    }
}

/// How fast the model writes, where that is known.
fn pace(engine: &Engine, canvas: &Canvas<'_, '_>) -> String {
    engine.pace.map(|pace| format!(" · {}", canvas.text(words::status_pace(pace.round())))).unwrap_or_default()
}

/// How far it is, in eight steps, and how long it may still take.
pub(super) fn bar(progress: Progress, canvas: &Canvas<'_, '_>) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1")]
    let full = (progress.share * 8.0).round() as usize;
    let left = progress.seconds_left().map(|left| canvas.text(words::status_left(left.ceil())));
    format!("{}{} {}", "▰".repeat(full), "▱".repeat(8 - full), left.unwrap_or_default()).trim_end().to_owned()
}

/// The export under way: how far it is, and its format.
fn export(model: &Model, canvas: &Canvas<'_, '_>) -> String {
    let Some(exporting) = &model.exporting else { return String::new() };
    let bar = exporting.progress.map(|progress| format!("{} ", bar(progress, canvas))).unwrap_or_default();
    format!("{bar}{}  ", exporting.format)
}

fn board(model: &Model, canvas: &Canvas<'_, '_>) -> String {
    canvas.text(match model.desk() {
        None => return String::new(),
        Some(desk) if desk.read_only => words::status_read_only(),
        Some(desk) if desk.keeping.saving.is_some() => words::status_saving(),
        Some(desk) if desk.keeping.is_saved() => words::status_saved(),
        Some(desk) if desk.keeping.waiting == 0 && !desk.keeping.failing => words::status_kept(),
        Some(_) => words::status_unsaved(),
    })
}

/// The keys that do something now.
pub(super) fn footer(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let done_now = ACTIONS.iter().filter(|action| action.footer && action.can(model));
    let mut hints: Vec<Hint> = done_now
        .map(|action| (model.settings.keymap.shown_now(model, action), canvas.text(action.name()), action))
        .filter(|(keys, ..)| !keys.is_empty())
        .collect();
    // Two ways to one end are one hint.
    hints.dedup_by(|later, first| later.1 == first.1);
    let mut spans = Vec::new();
    let mut used = 0;
    for (keys, does, action) in fitting(hints, area.width.into()) {
        let columns = columns_of(&keys, &does);
        let x = area.x + u16::try_from(used).unwrap_or(u16::MAX);
        let place = Rect { x, width: u16::try_from(columns - 2).unwrap_or(u16::MAX), ..area };
        canvas.spot(place.intersection(area), Pointed::Action(action.id));
        used += columns;
        spans.push(canvas.span(keys, Scope::Key));
        spans.push(Span::raw(format!(" {does}  ")));
    }
    canvas.lines(Line::from(spans), area);
}

/// Keys, what they do, and the action.
type Hint = (String, String, &'static Action);

fn columns_of(keys: &str, does: &str) -> usize {
    width(keys) + width(does) + 3
}

/// As many of these as fit. The ways to everything else, back, palette and help, stay where others are left out for room.
fn fitting(hints: Vec<Hint>, columns: usize) -> Vec<Hint> {
    let stays = |hint: &Hint| ["view.close", "app.palette", "app.help"].contains(&hint.2.id);
    let cost = |hint: &Hint| columns_of(&hint.0, &hint.1);
    // The last one needs no gap behind it.
    let all = columns + 2;
    let kept: usize = hints.iter().filter(|hint| stays(hint)).map(cost).sum();
    let mut room = all.saturating_sub(kept);
    let mut full = false;
    let mut fits = |hint: &Hint| {
        if stays(hint) {
            return kept <= all;
        }
        full |= cost(hint) > room;
        if !full {
            room -= cost(hint);
        }
        !full
    };
    hints.into_iter().filter(|hint| fits(hint)).collect()
}
