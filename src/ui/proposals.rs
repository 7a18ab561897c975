//! What the model proposes for the board, the one under the cursor in full.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::model::{Desk, Model};
use crate::app::proposals::{Ask, Proposal, Proposals};
use crate::app::wrap::{fit, rows, width};
use crate::board::Kind;
use crate::words::{self, Phrase};

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;

pub(super) fn view(model: &Model, desk: &Desk, proposals: &Proposals, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(match desk.board.title.as_str() {
        "" => words::proposals_title(),
        title => words::proposals_of(title),
    });
    let inner = canvas.titled(&title, area);
    let columns = usize::from(inner.width).min(MEASURE);
    let mut lines = Vec::new();
    // The rows of the proposal under the cursor.
    let mut cursor = 0..0;
    for (at, proposal) in proposals.list.iter().enumerate() {
        let from = lines.len();
        let (mark, scope) = if at == proposals.at { ("▸", Scope::Cursor) } else { (" ", Scope::Name) };
        entry(&mut lines, proposal, mark, scope, columns, canvas);
        if at == proposals.at {
            cursor = from..lines.len();
        }
    }
    let asking = model.engine.asking.as_ref();
    for proposal in asking.map_or(&[][..], |asking| &asking.so_far) {
        entry(&mut lines, proposal, "…", Scope::Growing, columns, canvas);
    }
    let below = status(proposals, asking.map(|asking| asking.ask), canvas);
    lines.push(Line::from(canvas.span(below, Scope::Quiet)));
    // What grows is followed at its end, what waits for a word where the cursor is.
    let height = usize::from(inner.height);
    let anchor = if proposals.list.is_empty() { lines.len() } else { cursor.end.min(cursor.start + height) };
    let first = anchor.saturating_sub(height);
    canvas.hidden(first, lines.len().saturating_sub(first + height), area);
    let shown: Vec<Line<'_>> = lines.into_iter().skip(first).take(height).collect();
    canvas.lines(shown, inner);
}

fn status(proposals: &Proposals, asking: Option<Ask>, canvas: &Canvas<'_, '_>) -> String {
    let done = match (proposals.accepted, proposals.rejected) {
        (0, 0) => None,
        (accepted, rejected) => Some(words::proposals_counted(accepted, rejected)),
    };
    let now = match asking {
        Some(Ask::Bible) => Some(words::proposing_bible()),
        Some(Ask::Scenes { count, .. }) => Some(words::proposing_scenes(count)),
        None if proposals.list.is_empty() => {
            Some(words::proposals_none_left(canvas.way_to("view.close"), canvas.way_to("proposal.more")))
        }
        None => None,
    };
    let said: Vec<String> = [done, now].into_iter().flatten().map(|phrase| canvas.text(phrase)).collect();
    said.join(" · ")
}

/// What a list of the bible holds, in the language of the screen.
pub(super) fn kind_name(kind: Kind) -> Phrase {
    match kind {
        Kind::Character => words::kind_character(),
        Kind::Place => words::kind_place(),
        Kind::Prop => words::kind_prop(),
    }
}

fn entry(
    lines: &mut Vec<Line<'_>>,
    proposal: &Proposal,
    mark: &str,
    scope: Scope,
    columns: usize,
    canvas: &Canvas<'_, '_>,
) {
    let scene = canvas.text(words::proposal_scene());
    let (name, kind) = match proposal {
        Proposal::Entry { kind, entry } => (entry.name.as_str(), canvas.text(kind_name(*kind))),
        Proposal::Scene { heading, .. } if heading.is_empty() => (scene.as_str(), String::new()),
        Proposal::Scene { heading, .. } => (heading.as_str(), scene.clone()),
    };
    let name = fit(name, columns.saturating_sub(width(&kind) + 4));
    lines.push(Line::from(vec![
        Span::raw(format!("{mark} ")),
        canvas.span(name, scope),
        canvas.span(format!("  {kind}"), Scope::Quiet),
    ]));
    let text = proposal.text();
    for row in rows(text, columns.saturating_sub(4)) {
        let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
        lines.push(Line::raw(format!("    {words}")));
    }
    lines.push(Line::default());
}
