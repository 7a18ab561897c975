//! Larger changes to the order of scenes, each made of [`Edit`]s and so undone as one.

pub mod rename;

use std::collections::{HashMap, HashSet};

use super::edit::{Edit, EditError, SceneChange};
use super::id::{SceneId, TakeId};
use super::scene::Scene;
use super::seconds::Seconds;
use super::storyboard::Storyboard;
use super::take::{Field, Take};
use super::text::{Line, Text};

/// What becomes of lettered numbers (12A) when all scenes are renumbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// 12, 12A, 13 become 1, 1A, 2: a production that has shot them keeps its groups.
    Keep,
    /// 12, 12A, 13 become 1, 2, 3.
    Drop,
}

/// Puts a copy of a scene behind it, with ids of its own and the next free number.
///
/// # Errors
/// [`EditError::NoScene`].
pub fn duplicate(
    board: &Storyboard,
    scene: SceneId,
    id: SceneId,
    fresh: &mut dyn FnMut() -> TakeId,
) -> Result<Edit, EditError> {
    let at = board.position(scene).ok_or(EditError::NoScene(scene))?;
    let mut copy = board.scenes[at].clone();
    copy.id = id;
    copy.sequence = None;
    copy.number = number_at(board, at + 1);
    let names: HashMap<TakeId, TakeId> = copy.takes.iter().map(|take| (take.id, fresh())).collect();
    for take in &mut copy.takes {
        take.id = names[&take.id];
        // A parent in the scene is copied with it; one that left the board stays the same take.
        take.parent = take.parent.map(|parent| names.get(&parent).copied().unwrap_or(parent));
    }
    copy.picked = copy.picked.and_then(|picked| names.get(&picked).copied());
    Ok(Edit::InsertScene { at: at + 1, scene: Box::new(copy) })
}

/// Splits a scene before shot `at_shot` of its takes, counted from 0: the shots from there on become a new scene
/// behind it.
///
/// Words cannot be cut by machine: action and dialogue stay with the first scene, whose brief, heading and sound the
/// second has too. A take too short to be divided stays whole in the first.
///
/// # Errors
/// [`EditError::NoScene`].
pub fn split(
    board: &Storyboard,
    scene: SceneId,
    at_shot: usize,
    id: SceneId,
    fresh: &mut dyn FnMut() -> TakeId,
) -> Result<Edit, EditError> {
    let at = board.position(scene).ok_or(EditError::NoScene(scene))?;
    let whole = &board.scenes[at];
    let mut edits = Vec::new();
    let mut second = Scene {
        id,
        number: number_at(board, at + 1),
        takes: Vec::new(),
        picked: None,
        sequence: None,
        ..whole.clone()
    };
    let divided = whole.takes.iter().filter(|take| at_shot > 0 && at_shot < take.shots.len());
    for take in divided {
        let (head, tail) = divide(take, at_shot, fresh());
        if whole.picked == Some(take.id) {
            second.picked = Some(tail.id);
        }
        edits.push(Edit::ReplaceTake { scene, take: Box::new(head) });
        second.takes.push(tail);
    }
    if let Some((first_part, second_part)) = divide_seconds(whole, at_shot) {
        edits.push(Edit::Scene { id: scene, change: SceneChange::Seconds(Some(first_part)) });
        second.seconds = Some(second_part);
    }
    edits.push(Edit::InsertScene { at: at + 1, scene: Box::new(second) });
    Ok(Edit::Together(edits))
}

/// Splits a scene in its brief: it keeps the words before, a new scene behind it begins with the words after.
///
/// The takes were written for the whole brief and stay with the first scene. The second has its heading, its locked
/// fields, and of the seconds aimed at the share that its words have.
///
/// # Errors
/// [`EditError::NoScene`].
pub fn split_brief(
    board: &Storyboard,
    scene: SceneId,
    before: Text,
    after: Text,
    id: SceneId,
) -> Result<Edit, EditError> {
    let at = board.position(scene).ok_or(EditError::NoScene(scene))?;
    let whole = &board.scenes[at];
    let mut second = Scene {
        id,
        number: number_at(board, at + 1),
        takes: Vec::new(),
        picked: None,
        sequence: None,
        ..whole.clone()
    };
    let mut edits = Vec::new();
    let all = (before.len() + after.len()) as f32;
    if let Some(target) = whole.seconds.map(Seconds::get).filter(|_| all > 0.0) {
        let share = before.len() as f32 / all;
        let first = Seconds::clamped(target * share);
        edits.push(Edit::Scene { id: scene, change: SceneChange::Seconds(Some(first)) });
        second.seconds = Some(Seconds::clamped(target * (1.0 - share)));
    }
    second.brief = after;
    edits.push(Edit::Scene { id: scene, change: SceneChange::Brief(before) });
    edits.push(Edit::InsertScene { at: at + 1, scene: Box::new(second) });
    Ok(Edit::Together(edits))
}

fn divide(take: &Take, at_shot: usize, id: TakeId) -> (Take, Take) {
    let mut head = take.clone();
    let shots = head.shots.split_off(at_shot);
    if !head.provenance.edited.contains(&Field::Shots) {
        head.provenance.edited.push(Field::Shots);
    }
    let tail = Take {
        id,
        parent: Some(take.id),
        action: Text::default(),
        dialogue: Vec::new(),
        shots,
        provenance: head.provenance.clone(),
        ..take.clone()
    };
    (head, tail)
}

/// The scene's target, divided as its leading take's shots are.
fn divide_seconds(scene: &Scene, at_shot: usize) -> Option<(Seconds, Seconds)> {
    let target = scene.seconds?.get();
    let take = scene.leading_take()?;
    let head: Seconds = take.shots.iter().take(at_shot).map(|shot| shot.seconds).sum();
    let share = head.get() / take.seconds().get();
    // A take of no length gives no share to divide by.
    share.is_finite().then(|| (Seconds::clamped(target * share), Seconds::clamped(target * (1.0 - share))))
}

/// Numbers all scenes from 1 in their order.
#[must_use]
pub fn renumber(board: &Storyboard, letters: Letters) -> Edit {
    let mut last = 0_usize;
    let mut used = HashSet::new();
    let mut edits = Vec::new();
    for scene in &board.scenes {
        let suffix = Number::parse(&scene.number).map_or("", |number| number.after);
        let lettered = Line::clipped(&format!("{last}{suffix}"), 40);
        let keeps = letters == Letters::Keep && last > 0 && !suffix.is_empty() && !used.contains(&lettered);
        let number = if keeps {
            lettered
        } else {
            last += 1;
            Line::clipped(&last.to_string(), 40)
        };
        used.insert(number.clone());
        if scene.number != number {
            edits.push(Edit::Scene { id: scene.id, change: SceneChange::Number(number) });
        }
    }
    Edit::Together(edits)
}

/// The number for a scene that is to stand at position `at` from 0, as scripts number what comes in late: behind the
/// last scene the next whole number, between 12 and 13 it is 12A, between 12 and 12A it is A12A, before 1 it is A1.
#[must_use]
pub fn number_at(board: &Storyboard, at: usize) -> Line {
    let number = |at: usize| board.scenes.get(at).and_then(|scene| Number::parse(&scene.number));
    let before = at.checked_sub(1).and_then(number);
    let taken: HashSet<String> = board.scenes.iter().map(|scene| scene.number.to_lowercase()).collect();
    let free = |number: &String| !taken.contains(&number.to_lowercase());
    let whole = |from: u64| (from..).map(|n| n.to_string()).find(free).unwrap_or_default();
    let found = match (before, number(at)) {
        (None, None) => whole(1),
        (Some(before), None) => whole(before.whole.saturating_add(1)),
        (None, Some(after)) => lettered(|letters| format!("{letters}{}{}", after.whole, after.after), free),
        (Some(before), Some(after)) if after.whole > before.whole.saturating_add(1) => whole(before.whole + 1),
        // The next letter is where the scene goes unless that is the next scene itself.
        (Some(before), Some(after)) if before.whole < after.whole || before.letter() + 1 < after.letter() => {
            lettered_from(before.letter() + 1, |letters| format!("{}{letters}", before.whole), free)
        }
        (Some(_), Some(after)) => lettered(|letters| format!("{letters}{}{}", after.whole, after.after), free),
    };
    Line::clipped(&found, 40)
}

/// A scene number taken apart: `A12B`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number<'a> {
    whole: u64,
    after: &'a str,
}

impl<'a> Number<'a> {
    fn parse(number: &'a str) -> Option<Self> {
        let rest = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let whole = rest[..rest.len() - after.len()].parse().ok()?;
        after.chars().all(|c| c.is_ascii_alphabetic()).then_some(Self { whole, after })
    }

    /// Its letters as a number: none 0, A 1, Z 26, AA 27. Letters beyond what is sensible count as the last.
    fn letter(self) -> u32 {
        let digit = |c: char| u32::from(c.to_ascii_uppercase() as u8 - b'A') + 1;
        self.after.chars().fold(0_u32, |sum, c| sum.saturating_mul(26).saturating_add(digit(c))).min(1_000_000)
    }
}

/// 1 A, 26 Z, 27 AA.
fn letters(mut n: u32) -> String {
    let mut reversed = Vec::new();
    while n > 0 {
        n -= 1;
        reversed.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    reversed.iter().rev().collect()
}

fn lettered(number: impl Fn(&str) -> String, free: impl Fn(&String) -> bool) -> String {
    lettered_from(1, number, free)
}

fn lettered_from(first: u32, number: impl Fn(&str) -> String, free: impl Fn(&String) -> bool) -> String {
    (first..).map(|n| number(&letters(n))).find(free).unwrap_or_default()
}

#[cfg(test)]
mod tests;
