//! The last two rows: how things stand, and what the keys do now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::Theme;
use crate::app::action::ACTIONS;
use crate::app::key::Key;
use crate::app::model::{EngineState, Model, Overlay, Weight};
use crate::app::wrap::{fit, rows, width};
use crate::board::text::clean;

/// The most rows a word of trouble may take.
const MOST: usize = 3;

/// The rows the status takes: one, or as many as trouble needs to be read.
pub(super) fn height(model: &Model, columns: u16) -> u16 {
    let rows = trouble(model).map_or(1, |words| rows(&words, columns.into()).len().clamp(1, MOST));
    u16::try_from(rows).unwrap_or(1)
}

fn trouble(model: &Model) -> Option<String> {
    let notice = model.notice.as_ref().filter(|notice| notice.weight == Weight::Trouble)?;
    Some(format!("! {}", clean(&notice.words)))
}

pub(super) fn view(model: &Model, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let columns = usize::from(area.width);
    let right = format!("{}  {}", engine(model), board(model));
    let right = fit(right.trim(), columns);
    let room = columns.saturating_sub(width(&right) + 1);
    // Trouble is read before anything else on the row.
    if let Some(words) = trouble(model).filter(|words| width(words) > room) {
        let wrapped = rows(&words, columns);
        let lines = wrapped.iter().enumerate().take(MOST).map(|(at, row)| {
            let rest = if at + 1 == MOST { row.start..words.len() } else { row.clone() };
            Line::styled(fit(words.get(rest).unwrap_or_default(), columns), theme.trouble)
        });
        return frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), area);
    }
    let (words, style) = match (trouble(model), &model.notice) {
        (Some(words), _) => (words, theme.trouble),
        (None, Some(notice)) => (fit(&clean(&notice.words), room), Default::default()),
        (None, None) => (String::new(), Default::default()),
    };
    let gap = " ".repeat(columns.saturating_sub(width(&words) + width(&right)));
    let line = Line::from(vec![Span::styled(words, style), Span::raw(gap), Span::styled(right, theme.quiet)]);
    frame.render_widget(Paragraph::new(line), area);
}

fn engine(model: &Model) -> String {
    let engine = &model.engine;
    let name = engine.model.as_ref().map(|(name, device)| format!("{name} · {device}"));
    match (&engine.state, &engine.job) {
        (EngineState::Loading(share), _) => format!("loading the model {:.0} %", share * 100.0),
        (EngineState::Down(_), None) => "no model".into(),
        (_, Some(job)) => {
            let whole = job.takes.iter().flatten().count();
            let doing = match (job.stopping, job.reading) {
                (true, _) => "stopping".into(),
                (false, Some((done, total))) if done < total => format!("reading {done}/{total}"),
                (false, _) => format!("writing {whole}/{}", job.takes.len()),
            };
            let pace = engine.pace.map(|pace| format!(" · {pace:.0} tok/s")).unwrap_or_default();
            format!("{doing}{pace}")
        }
        (EngineState::Cold, None) => "model …".into(),
        (EngineState::Ready, None) => name.unwrap_or_default(),
    }
}

fn board(model: &Model) -> &'static str {
    match model.desk() {
        None => "",
        Some(desk) if desk.read_only => "read-only",
        Some(desk) if desk.keeping.saving => "saving",
        Some(desk) if desk.keeping.is_saved() => "saved",
        Some(_) => "unsaved",
    }
}

/// The keys that do something now.
pub(super) fn footer(model: &Model, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let pairs: Vec<(String, &str)> = match &model.overlay {
        Overlay::Editor(editor) if editor.asking => {
            vec![("s".into(), "keep the changes"), ("d".into(), "drop them"), ("esc".into(), "go on")]
        }
        Overlay::Editor(editor) if editor.target.is_line() => {
            vec![("enter".into(), "keep"), ("esc".into(), "leave"), ("ctrl-z".into(), "undo")]
        }
        Overlay::Editor(_) => vec![("ctrl-s".into(), "keep"), ("esc".into(), "leave"), ("ctrl-z".into(), "undo")],
        Overlay::Held { .. } => vec![("v".into(), "view only"), ("c".into(), "a copy"), ("q".into(), "quit")],
        Overlay::Reasons => vec![("1-9".into(), "reason"), ("o".into(), "own words"), ("esc".into(), "not after all")],
        Overlay::Fields => vec![("1-9".into(), "edit"), ("esc".into(), "close")],
        Overlay::Help(_) => vec![("j k".into(), "scroll"), ("esc".into(), "close")],
        Overlay::None => ACTIONS
            .iter()
            .filter(|action| action.footer && (action.when)(model))
            .map(|action| (shown(action.keys[0]), action.name))
            .collect(),
    };
    let mut spans = Vec::new();
    let mut used = 0;
    for (key, name) in pairs {
        let columns = width(&key) + width(name) + 3;
        if used + columns > usize::from(area.width) + 2 {
            break;
        }
        used += columns;
        spans.push(Span::styled(key, theme.key));
        spans.push(Span::raw(format!(" {name}  ")));
    }
    frame.render_widget(Paragraph::new(Line::from(spans)), area);
}

/// A key as it is shown: arrows as arrows.
fn shown(key: &str) -> String {
    key.parse::<Key>().map(|key| key.to_string()).unwrap_or_else(|_| key.to_owned())
}
