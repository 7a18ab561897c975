//! The list of scenes: what a filter leaves, what is folded, what is chosen together.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::buffer::Buffer;
use super::model::{Desk, Model, Overlay};
use super::msg::Effect;
use super::now::Now;
use crate::board::{Edit, Scene, SceneId, Storyboard};
use crate::words;

/// How the list is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SceneList {
    /// Words that scenes have to match; empty for all.
    pub filter: String,
    /// Sequences whose scenes are hidden, by the scene that begins them.
    pub folded: BTreeSet<SceneId>,
    /// Scenes chosen together.
    pub chosen: BTreeSet<SceneId>,
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A sequence, by the position of the scene that begins it.
    Sequence(usize),
    /// A scene, by its position.
    Scene(usize),
}

/// The rows of a board's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Every scene in order, so many: a long board needs no list of them.
    All(usize),
    /// These.
    Some(Vec<Row>),
}

impl Rows {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::All(scenes) => *scenes,
            Self::Some(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a position.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Row> {
        match self {
            Self::All(scenes) => (at < *scenes).then_some(Row::Scene(at)),
            Self::Some(rows) => rows.get(at).copied(),
        }
    }

    /// The row that shows a scene: its own, else the last one before it.
    #[must_use]
    pub fn of_scene(&self, scene: usize) -> usize {
        match self {
            Self::All(_) => scene,
            Self::Some(rows) => {
                let position = |row: &Row| match row {
                    Row::Sequence(at) | Row::Scene(at) => *at,
                };
                let own = rows.iter().position(|row| *row == Row::Scene(scene));
                own.or_else(|| rows.iter().rposition(|row| position(row) <= scene)).unwrap_or(0)
            }
        }
    }
}

/// The rows of the list as it is looked at now. With a filter, the scenes that match it, in the order of the board.
#[must_use]
pub fn rows(desk: &Desk) -> Rows {
    let scenes = &desk.board.scenes;
    if !desk.list.filter.is_empty() {
        return Rows::Some(matching(scenes, &desk.list.filter).into_iter().map(Row::Scene).collect());
    }
    if !desk.has_sequences {
        return Rows::All(scenes.len());
    }
    let mut rows = Vec::with_capacity(scenes.len() + 8);
    let mut hidden = false;
    for (at, scene) in scenes.iter().enumerate() {
        if scene.sequence.is_some() {
            hidden = desk.list.folded.contains(&scene.id);
            rows.push(Row::Sequence(at));
        }
        if !hidden {
            rows.push(Row::Scene(at));
        }
    }
    Rows::Some(rows)
}

/// Positions of the scenes of which each word is found: in number and heading by its letters in order, in the longer brief as
/// it stands, where the letters of any word lie about somewhere.
fn matching(scenes: &[Scene], filter: &str) -> Vec<usize> {
    let loose = Pattern::parse(filter, CaseMatching::Ignore, Normalization::Smart).atoms;
    let mut strict = loose.clone();
    strict.iter_mut().filter(|word| word.kind == AtomKind::Fuzzy).for_each(|word| word.kind = AtomKind::Substring);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let (mut head, mut brief) = (Vec::new(), Vec::new());
    let mut matches = |scene: &Scene| {
        let title = format!("{} {}", scene.number, scene.current_heading());
        let (head, brief) = (Utf32Str::new(&title, &mut head), Utf32Str::new(&scene.brief, &mut brief));
        loose.iter().zip(&strict).all(|(loose, strict)| {
            let found = [loose.score(head, &mut matcher).is_some(), strict.score(brief, &mut matcher).is_some()];
            // What must not be there must be in neither.
            if loose.negative { found == [true; 2] } else { found.contains(&true) }
        })
    };
    scenes.iter().enumerate().filter(|(_, scene)| matches(scene)).map(|(at, _)| at).collect()
}

/// The scene `by` rows further down the list, or up where it is negative; folded sequences count as their first scene.
#[must_use]
pub fn step(desk: &Desk, by: isize) -> usize {
    let rows = rows(desk);
    let last = rows.len().saturating_sub(1);
    let mut at = rows.of_scene(desk.at.scene);
    loop {
        let next = at.saturating_add_signed(by).min(last);
        let stays = next == at;
        at = next;
        match rows.get(at) {
            Some(Row::Scene(scene)) => return scene,
            // An open sequence's own row is passed over, a folded one stands for its first scene.
            Some(Row::Sequence(scene)) if rows.get(at + 1) != Some(Row::Scene(scene)) => return scene,
            Some(Row::Sequence(_)) if !stays => {}
            _ => return desk.at.scene,
        }
    }
}

pub(super) fn can_list(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.board.scenes.is_empty())
}

pub(super) fn has_sequences(model: &Model) -> bool {
    can_list(model) && model.desk().is_some_and(|desk| desk.has_sequences)
}

pub(super) fn has_filter(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.list.filter.is_empty())
}

pub(super) fn has_chosen(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.list.chosen.is_empty())
}

/// Opens the line for the filter.
pub(super) fn filter(model: &mut Model, _: Now) -> Vec<Effect> {
    let words = model.desk().map(|desk| desk.list.filter.clone()).unwrap_or_default();
    model.overlay = Overlay::Filter(Box::new(Buffer::new(&words)));
    Vec::new()
}

/// Shows all scenes again and closes the line.
pub(super) fn clear(model: &mut Model, now: Now) -> Vec<Effect> {
    model.overlay = Overlay::None;
    set_filter(model, now, String::new())
}

/// The list follows the filter at once.
pub(super) fn set_filter(model: &mut Model, now: Now, words: String) -> Vec<Effect> {
    let Some(desk) = model.desk_mut().filter(|desk| desk.list.filter != words) else { return Vec::new() };
    desk.list.filter = words;
    // The scene shown stays where it still matches, else the first that does is shown.
    let rows = rows(desk);
    let shown = Row::Scene(desk.at.scene);
    let there = (0..rows.len()).any(|at| rows.get(at) == Some(shown));
    if let (false, Some(Row::Scene(first) | Row::Sequence(first))) = (there, rows.get(0)) {
        desk.go_to(first, now);
    }
    Vec::new()
}

pub(super) fn clear_filter(model: &mut Model, now: Now) -> Vec<Effect> {
    set_filter(model, now, String::new())
}

pub(super) fn go(model: &mut Model, now: Now, by: isize) -> Vec<Effect> {
    if let Some(desk) = model.desk_mut() {
        let at = step(desk, by);
        if at != desk.at.scene {
            desk.go_to(at, now);
        }
    }
    Vec::new()
}

/// Hides the scenes of the sequence shown, or shows them again.
pub(super) fn fold(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let first = desk.board.sequence_of(desk.at.scene).start;
    let Some(id) = desk.board.scenes.get(first).map(|scene| scene.id) else { return Vec::new() };
    if !desk.list.folded.remove(&id) {
        desk.list.folded.insert(id);
        desk.go_to(first, now);
    }
    Vec::new()
}

/// Folds all sequences; where all are folded, opens them.
pub(super) fn fold_all(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let heads: BTreeSet<SceneId> =
        desk.board.scenes.iter().filter(|scene| scene.sequence.is_some()).map(|scene| scene.id).collect();
    if heads == desk.list.folded {
        desk.list.folded.clear();
        return Vec::new();
    }
    desk.list.folded = heads;
    let first = desk.board.sequence_of(desk.at.scene).start;
    desk.go_to(first, now);
    Vec::new()
}

/// Chooses the scene shown, or no longer, and goes on to the next.
pub(super) fn choose(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let Some(id) = desk.scene().map(|scene| scene.id) else { return Vec::new() };
    if !desk.list.chosen.remove(&id) {
        desk.list.chosen.insert(id);
    }
    go(model, now, 1)
}

pub(super) fn choose_none(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(desk) = model.desk_mut() {
        desk.list.chosen.clear();
    }
    Vec::new()
}

/// Deletes the scenes chosen together, as one step.
pub(super) fn delete_chosen(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let chosen = std::mem::take(&mut desk.list.chosen);
    let there: Vec<Edit> = chosen_of(&desk.board, &chosen).map(|id| Edit::RemoveScene { id }).collect();
    let count = there.len();
    model.edit(Edit::Together(there), words::scenes_deleted(count))
}

fn chosen_of<'a>(board: &'a Storyboard, chosen: &'a BTreeSet<SceneId>) -> impl Iterator<Item = SceneId> + 'a {
    board.scenes.iter().map(|scene| scene.id).filter(|id| chosen.contains(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Line, Text};

    #[test]
    fn words_are_found_by_letters_in_headings_and_whole_in_briefs() {
        let scene = |heading: &str, brief: &str| Scene {
            heading: Line::new(heading).unwrap(),
            brief: Text::new(brief).unwrap(),
            ..Scene::default()
        };
        let scenes = [
            scene("EXT. ROCKY SHORE - DAWN", "She has other means to go on."),
            scene("INT. HOME - DAY", "Nothing."),
            scene("EXT. SEA - DAY", "A rowboat, far out."),
        ];
        for (filter, found) in [
            ("home", &[1][..]),
            ("boat", &[2]),
            ("rksh", &[0]),
            ("day !home", &[2]),
            ("ext far", &[2]),
            ("", &[0, 1, 2]),
        ] {
            assert_eq!(matching(&scenes, filter), found, "{filter}");
        }
    }
}
