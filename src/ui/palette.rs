//! The command palette, and the keys that may follow those typed.

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use super::canvas::Canvas;
use super::overlay::{boxed, boxed_below};
use super::theme::Scope;
use crate::app::action::Run;
use crate::app::keymap::Chord;
use crate::app::model::Model;
use crate::app::palette::{Offer, Palette};
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::words::{self, Phrase};

pub(super) fn view(model: &Model, palette: &Palette, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let offers = palette.offers(model);
    // Its size does not follow what fits: a box that jumps while one types is hard to read.
    let inner = match palette.tries_out() {
        None => {
            let title = canvas.text(words::palette_title());
            boxed(&title, 78, area.height.saturating_sub(6).min(17), canvas, area)
        }
        // What is tried out has to be seen.
        Some(argument) => {
            let keys = format!("{} {}", canvas.way_to("palette.next"), canvas.way_to("palette.previous"));
            let what = canvas.text((argument.name)());
            let title = canvas.text(words::palette_trying(canvas.way_to("palette.do"), keys, what.as_str()));
            boxed_below(&title, 56, (area.height / 3).clamp(4, 9), canvas, area)
        }
    };
    let columns = usize::from(inner.width);
    let input = palette.input.text();
    let typed = fit(input, columns.saturating_sub(3));
    let hint = palette_hint(&offers, palette, canvas, columns.saturating_sub(width(&typed) + 4));
    let prompt = Line::from(vec![
        canvas.span(":", Scope::Key),
        Span::raw(typed),
        canvas.span(format!("  {hint}"), Scope::Quiet),
    ]);
    canvas.lines(prompt, inner);
    let (_, column) = palette.input.position(usize::MAX);
    let x = inner.x + 1 + u16::try_from(column).unwrap_or(u16::MAX).min(inner.width.saturating_sub(2));
    canvas.cursor(Position { x, y: inner.y });
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    if offers.is_empty() {
        let words = canvas.text(words::palette_nothing());
        return canvas.lines(canvas.span(words, Scope::Quiet), list);
    }
    let rows = usize::from(list.height);
    let first = super::first_row(palette.at, rows, offers.len());
    for (at, offer) in offers.iter().enumerate().skip(first).take(rows) {
        let row = super::row_of(list, at - first);
        let mut line = offered(offer, columns.saturating_sub(1), canvas);
        line.spans.insert(0, Span::raw(if at == palette.at { "▸" } else { " " }));
        let line = if at == palette.at { canvas.under_cursor(line) } else { line };
        canvas.lines(line, row);
        canvas.spot(row, Pointed::Offer(at));
    }
}

/// What may be typed next.
fn palette_hint(offers: &[Offer], palette: &Palette, canvas: &Canvas<'_, '_>, columns: usize) -> String {
    let argument = match offers.get(palette.at).map(|offer| (offer.action.run, &offer.argument)) {
        Some((Run::With(argument, _), None)) => Some(argument),
        _ => None,
    };
    argument.map(|argument| fit(&format!("‹{}›", canvas.text((argument.name)())), columns)).unwrap_or_default()
}

fn offered<'a>(offer: &Offer, columns: usize, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let scope = if offer.now { Scope::Text } else { Scope::Quiet };
    if let Some(argument) = &offer.argument {
        let mut spans = found(&fit(argument, columns), &offer.found, scope, canvas);
        spans.push(Span::raw(" ".repeat(columns.saturating_sub(width(argument)))));
        return Line::from(spans);
    }
    let keys = canvas.keys(offer.action);
    let room = columns.saturating_sub(width(&keys) + 2);
    let words = fit(&offer.words, room);
    let gap = " ".repeat(columns.saturating_sub(width(&words) + width(&keys)));
    let mut spans = found(&words, &offer.found, scope, canvas);
    spans.push(Span::raw(gap));
    spans.push(canvas.span(keys, Scope::Key));
    Line::from(spans)
}

/// Words with the letters that were typed marked in them.
fn found<'a>(words: &str, letters: &[u32], scope: Scope, canvas: &Canvas<'_, '_>) -> Vec<Span<'a>> {
    let mut spans: Vec<(Scope, String)> = Vec::new();
    // The search counts graphemes.
    for (at, character) in words.graphemes(true).enumerate() {
        let marked = u32::try_from(at).is_ok_and(|at| letters.binary_search(&at).is_ok());
        let scope = if marked { Scope::Match } else { scope };
        match spans.last_mut() {
            Some((last, text)) if *last == scope => text.push_str(character),
            _ => spans.push((scope, character.to_owned())),
        }
    }
    spans.into_iter().map(|(scope, text)| canvas.span(text, scope)).collect()
}

/// The keys that may follow those typed, in a box at the foot of the screen.
pub(super) fn which_key(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let typed = &model.pending;
    let mut next: Vec<(String, Phrase, crate::app::key::Key)> = Vec::new();
    for binding in model.settings.keymap.continuations(model, typed) {
        let Some(key) = binding.chord.0.get(typed.len()) else { continue };
        let last = binding.chord.0.len() == typed.len() + 1;
        let words = if last { binding.action.name() } else { Phrase::verbatim("…") };
        if !next.iter().any(|(_, _, known)| known == key) {
            next.push((key.to_string(), words, *key));
        }
    }
    if next.is_empty() {
        return;
    }
    let wide =
        next.iter().map(|(key, words, _)| width(key) + width(&canvas.text(words.clone())) + 4).max().unwrap_or(0);
    let columns = usize::from(area.width.saturating_sub(4));
    let across = (columns / wide.max(1)).clamp(1, 4);
    let rows = next.len().div_ceil(across);
    let name = Phrase::named("prefix", &Chord(typed.clone()).to_string(), None);
    let title = match canvas.known(&name) {
        Some(name) => format!("{}  {name}", Chord(typed.clone())),
        None => Chord(typed.clone()).to_string(),
    };
    let width_wanted = u16::try_from(wide * across).unwrap_or(u16::MAX);
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let inner = boxed_below(&title, width_wanted, rows, canvas, area);
    for (at, (key, words, pressed)) in next.iter().enumerate() {
        let (row, place) = (at / across, at % across);
        let x = inner.x + u16::try_from(place * wide).unwrap_or(u16::MAX);
        let row = super::row_of(inner, row);
        let width = u16::try_from(wide).unwrap_or(u16::MAX).min(inner.right().saturating_sub(x));
        let cell = Rect { x, width, ..row };
        let words = canvas.text(words.clone());
        let line = Line::from(vec![canvas.span(key.clone(), Scope::Key), Span::raw(format!("  {words}"))]);
        canvas.lines(line, cell);
        canvas.spot(cell, Pointed::Key(*pressed));
    }
}
