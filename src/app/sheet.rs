//! The contact sheet: every shot of the board as a grid, from one panel to as many as fit.

use super::model::{Model, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::{Scene, Shot, Storyboard};

/// The most panels beside each other.
pub const MOST_COLUMNS: u16 = 12;

/// Where the sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// The panel under the cursor, counted over the whole board.
    pub at: usize,
    /// Panels beside each other; `None` for as many as are well read.
    pub columns: Option<u16>,
}

/// A panel: a shot of the take that speaks for its scene, or a scene without a take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel<'a> {
    /// The scene's position.
    pub scene: usize,
    /// The scene.
    pub of: &'a Scene,
    /// The shot's position, and the shot; `None` where there is no take.
    pub shot: Option<(usize, &'a Shot)>,
}

/// The panels a scene has.
fn panels_of(scene: &Scene) -> usize {
    scene.leading_take().map_or(1, |take| take.shots.len().max(1))
}

/// How many panels a board has.
#[must_use]
pub fn count(board: &Storyboard) -> usize {
    board.scenes.iter().map(panels_of).sum()
}

/// The panels from position `first` on, `most` of them. Scenes before it are counted and not looked into.
#[must_use]
pub fn panels(board: &Storyboard, first: usize, most: usize) -> Vec<Panel<'_>> {
    let mut before = 0;
    let mut found = Vec::new();
    for (at, scene) in board.scenes.iter().enumerate() {
        let here = panels_of(scene);
        if before + here > first {
            let shots = scene.leading_take().map_or(&[][..], |take| &take.shots);
            for n in first.saturating_sub(before)..here {
                if found.len() == most {
                    return found;
                }
                found.push(Panel { scene: at, of: scene, shot: shots.get(n).map(|shot| (n, shot)) });
            }
        }
        before += here;
    }
    found
}

impl Sheet {
    /// The sheet with the cursor on the first panel of a scene.
    #[must_use]
    pub fn at_scene(board: &Storyboard, scene: usize) -> Self {
        Self { at: board.scenes.iter().take(scene).map(panels_of).sum(), columns: None }
    }

    /// The panel under the cursor.
    #[must_use]
    pub fn panel<'a>(&self, board: &'a Storyboard) -> Option<Panel<'a>> {
        panels(board, self.at, 1).first().copied()
    }

    /// Panels beside each other on a screen so wide: as asked for, else each about 26 columns.
    #[must_use]
    pub fn across(&self, screen: u16) -> u16 {
        self.columns.unwrap_or(screen / 26).clamp(1, MOST_COLUMNS.min((screen / 10).max(1)))
    }
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Sheet(_)) && !desk.board.scenes.is_empty())
}

fn go(model: &mut Model, to: impl Fn(Sheet, usize, usize) -> usize) -> Vec<Effect> {
    let screen = model.size.0;
    if let Some(desk) = model.desk_mut()
        && let View::Sheet(sheet) = &mut desk.view
    {
        let last = count(&desk.board).saturating_sub(1);
        sheet.at = to(*sheet, usize::from(sheet.across(screen)), last).min(last);
    }
    Vec::new()
}

pub(super) fn right(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |sheet, _, _| sheet.at + 1)
}

pub(super) fn left(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |sheet, _, _| sheet.at.saturating_sub(1))
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |sheet, across, _| sheet.at + across)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |sheet, across, _| sheet.at.checked_sub(across).unwrap_or(sheet.at))
}

pub(super) fn first(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |_, _, _| 0)
}

pub(super) fn last(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |_, _, last| last)
}

/// The panel at a position comes under the cursor; where it is there already, its scene is shown.
pub(super) fn point(model: &mut Model, now: Now, at: usize) -> Vec<Effect> {
    match model.desk().map(|desk| &desk.view) {
        Some(View::Sheet(sheet)) if sheet.at == at => super::views::close(model, now),
        Some(View::Sheet(_)) => go(model, |_, _, _| at),
        _ => Vec::new(),
    }
}

fn zoom(model: &mut Model, columns: impl Fn(u16) -> u16) -> Vec<Effect> {
    let screen = model.size.0;
    if let Some(View::Sheet(sheet)) = model.desk_mut().map(|desk| &mut desk.view) {
        sheet.columns = Some(columns(sheet.across(screen)).clamp(1, MOST_COLUMNS));
    }
    Vec::new()
}

pub(super) fn larger(model: &mut Model, _: Now) -> Vec<Effect> {
    zoom(model, |columns| columns.saturating_sub(1))
}

pub(super) fn smaller(model: &mut Model, _: Now) -> Vec<Effect> {
    zoom(model, |columns| columns + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::TakeId;

    #[test]
    fn panels_are_the_shots_of_leading_takes_and_scenes_without_one() {
        let take = |n: u128, shots: usize| {
            let json = serde_json::json!({ "shots": vec![serde_json::json!({"size": "wide", "seconds": 1.0}); shots] });
            let mut take: crate::board::Take = serde_json::from_value(json_take(json)).unwrap();
            take.id = TakeId::new(n.into());
            take
        };
        let scene = |takes: Vec<crate::board::Take>| Scene { takes, ..Scene::default() };
        let board = Storyboard {
            scenes: vec![scene(vec![take(1, 3)]), scene(vec![]), scene(vec![take(2, 2), take(3, 1)])],
            ..Storyboard::default()
        };
        assert_eq!(count(&board), 5);
        let at: Vec<_> =
            panels(&board, 0, 9).iter().map(|panel| (panel.scene, panel.shot.map(|shot| shot.0))).collect();
        assert_eq!(at, [(0, Some(0)), (0, Some(1)), (0, Some(2)), (1, None), (2, Some(0))]);
        let middle: Vec<_> = panels(&board, 2, 2).iter().map(|panel| panel.scene).collect();
        assert_eq!(middle, [0, 1]);
        assert_eq!(Sheet::at_scene(&board, 2).at, 4);
        assert!(panels(&board, 9, 3).is_empty());
    }

    fn json_take(mut json: serde_json::Value) -> serde_json::Value {
        json["provenance"] = serde_json::json!({ "origin": "human" });
        json
    }
}
