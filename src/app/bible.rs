//! The bible as a list: entries of all kinds, and the newcomers that takes propose for it.

use super::model::{EntryText, Model, Target, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::rework::rename;
use crate::board::{Edit, Entry, Kind, Line, Newcomer, Storyboard};
use crate::words;

/// Where the list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BibleView {
    /// The row under the cursor.
    pub at: usize,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Row<'a> {
    /// An entry, with its place in its list.
    Entry(Kind, usize, &'a Entry),
    /// Somebody a picked take brings in.
    Newcomer(&'a Newcomer),
}

/// The rows: characters, places, props, then newcomers of picked takes that the bible does not know.
#[must_use]
pub fn rows(board: &Storyboard) -> Vec<Row<'_>> {
    let entries = Kind::ALL.iter().flat_map(|&kind| {
        board.bible.list(kind).iter().enumerate().map(move |(at, entry)| Row::Entry(kind, at, entry))
    });
    let mut rows: Vec<Row<'_>> = entries.collect();
    let mut seen: Vec<String> = Vec::new();
    for newcomer in board.scenes.iter().filter_map(|scene| scene.picked_take()).flat_map(|take| &take.newcomers) {
        let name = newcomer.name.to_lowercase();
        if board.bible.find(&name).is_none() && !seen.contains(&name) {
            seen.push(name);
            rows.push(Row::Newcomer(newcomer));
        }
    }
    rows
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Bible(_)))
}

pub(super) fn can_edit(model: &Model) -> bool {
    is_open(model) && model.desk().is_some_and(|desk| !desk.read_only)
}

fn under_cursor(model: &Model) -> Option<Row<'_>> {
    let desk = model.desk()?;
    match &desk.view {
        View::Bible(view) => rows(&desk.board).into_iter().nth(view.at),
        _ => None,
    }
}

pub(super) fn on_entry(model: &Model) -> bool {
    can_edit(model) && matches!(under_cursor(model), Some(Row::Entry(..)))
}

pub(super) fn on_newcomer(model: &Model) -> bool {
    can_edit(model) && matches!(under_cursor(model), Some(Row::Newcomer(_)))
}

fn go(model: &mut Model, to: impl Fn(usize, usize) -> usize) -> Vec<Effect> {
    if let Some(desk) = model.desk_mut()
        && let View::Bible(view) = &mut desk.view
    {
        let last = rows(&desk.board).len().saturating_sub(1);
        view.at = to(view.at, last).min(last);
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, _| at + 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, _| at.saturating_sub(1))
}

fn edit(model: &mut Model, text: EntryText) -> Vec<Effect> {
    if let Some(Row::Entry(kind, at, _)) = under_cursor(model) {
        super::editing::open(model, Target::Entry(kind, at, text));
    }
    Vec::new()
}

pub(super) fn edit_look(model: &mut Model, _: Now) -> Vec<Effect> {
    edit(model, EntryText::Look)
}

pub(super) fn edit_now(model: &mut Model, _: Now) -> Vec<Effect> {
    edit(model, EntryText::Now)
}

pub(super) fn edit_name(model: &mut Model, _: Now) -> Vec<Effect> {
    edit(model, EntryText::Name)
}

/// Puts the cursor on an entry: what was just named is what is described next.
pub(super) fn go_to_entry(model: &mut Model, kind: Kind, at: usize) {
    let is_it = |row: Row<'_>| matches!(row, Row::Entry(of, place, _) if (of, place) == (kind, at));
    if let Some(row) = model.desk().and_then(|desk| rows(&desk.board).into_iter().position(is_it)) {
        go(model, |_, _| row);
    }
}

/// Opens the editor for the name of a new entry.
fn add(model: &mut Model, kind: Kind) -> Vec<Effect> {
    let at = model.desk().map_or(0, |desk| desk.board.bible.list(kind).len());
    super::editing::open(model, Target::Entry(kind, at, EntryText::Name));
    Vec::new()
}

pub(super) fn add_character(model: &mut Model, _: Now) -> Vec<Effect> {
    add(model, Kind::Character)
}

pub(super) fn add_place(model: &mut Model, _: Now) -> Vec<Effect> {
    add(model, Kind::Place)
}

pub(super) fn add_prop(model: &mut Model, _: Now) -> Vec<Effect> {
    add(model, Kind::Prop)
}

pub(super) fn delete(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(Row::Entry(kind, at, entry)) = under_cursor(model) else { return Vec::new() };
    let name = entry.name.clone();
    let scenes = model.desk().map_or(0, |desk| rename::scenes_with(&desk.board, &name));
    let said = match scenes {
        0 => words::entry_deleted(name.as_str()),
        _ => words::entry_deleted_named(name.as_str(), scenes),
    };
    let effects = model.edit(Edit::RemoveEntry { kind, at }, said);
    // The cursor stays within the shorter list.
    go(model, |at, _| at);
    effects
}

/// The newcomer under the cursor joins the bible.
pub(super) fn accept_newcomer(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(Row::Newcomer(newcomer)) = under_cursor(model) else { return Vec::new() };
    let (kind, name) = (newcomer.kind, newcomer.name.clone());
    let entry = Entry { name: name.clone(), look: newcomer.look.clone(), ..Entry::default() };
    let at = model.desk().map_or(0, |desk| desk.board.bible.list(kind).len());
    let edit = Edit::InsertEntry { kind, at, entry: Box::new(entry) };
    model.edit(edit, words::proposal_entry_joined(name.as_str()))
}

/// The words of an entry, for the editor: empty for one that is not there yet.
pub(super) fn entry_words(board: &Storyboard, kind: Kind, at: usize, text: EntryText) -> String {
    let entry = board.bible.list(kind).get(at);
    let words = entry.map(|entry| match text {
        EntryText::Name => entry.name.to_string(),
        EntryText::Look => entry.look.to_string(),
        EntryText::Now => entry.now.as_ref().map(ToString::to_string).unwrap_or_default(),
    });
    words.unwrap_or_default()
}

/// The edit that gives an entry a name; in scenes that go by its old one too.
pub(super) fn named(board: &Storyboard, kind: Kind, at: usize, name: Line) -> Edit {
    let old = board.bible.list(kind).get(at).map(|entry| entry.name.clone()).filter(|old| !old.is_empty());
    // Names of the bible are written as scenes write them.
    let capitals = |old: &Line| old.as_str() == old.to_uppercase();
    let name = match old.as_ref().filter(|old| capitals(old)) {
        Some(_) => Line::clipped(&name.to_uppercase(), crate::board::text::LINE_MAX),
        None => name,
    };
    let is_free = !name.is_empty() && board.bible.find(&name).is_none();
    let scenes = old.filter(|old| *old != name && is_free).map(|old| rename::rename(board, &old, &name));
    let entry = entry_edit(board, kind, at, |entry| entry.name = name);
    match scenes.filter(|scenes| !scenes.is_empty()) {
        Some(scenes) => Edit::Together(std::iter::once(entry).chain(scenes).collect()),
        None => entry,
    }
}

/// The edit that gives an entry new words; one that is not there yet begins with its name.
pub(super) fn entry_edit(board: &Storyboard, kind: Kind, at: usize, entry: impl FnOnce(&mut Entry)) -> Edit {
    let list = board.bible.list(kind);
    let mut changed = list.get(at).cloned().unwrap_or_default();
    entry(&mut changed);
    if at < list.len() {
        return Edit::ReplaceEntry { kind, at, entry: Box::new(changed) };
    }
    // Names of the bible are written as scenes write them.
    changed.name = Line::clipped(&changed.name.to_uppercase(), crate::board::text::LINE_MAX);
    Edit::InsertEntry { kind, at: list.len(), entry: Box::new(changed) }
}
