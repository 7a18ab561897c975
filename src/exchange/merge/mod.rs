//! Puts an import onto a board that is there already, so that nothing is lost.
//!
//! A scene is known again by its identity, its number, its heading or its words. What the script changed is changed, unless
//! it was changed here since the last import: then it stays, and that is said. New words come as a new take beside the old
//! ones; takes, picks and verdicts stay. A scene that left the script is kept aside, and comes back where the script does.

mod matching;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;

use serde_yaml::Value;
use sha2::Digest as _;
use ulid::Ulid;

use crate::board::vocabulary::vocabulary;
use crate::board::{Line, Scene, SceneId, Storyboard, Take, TakeId, Text};

use super::script::{distinct, field};

/// The field of a board that scenes kept aside are in.
pub const ASIDE: &str = "aside";

/// A board after an import.
#[derive(Debug)]
pub struct Merged {
    /// The board.
    pub board: Storyboard,
    /// What became of each scene, in the script's order; those kept aside come last.
    pub scenes: Vec<Fate>,
    /// Names that the bible has now and had not before.
    pub new_names: Vec<Line>,
}

/// What became of a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Its number.
    pub number: Line,
    /// Its heading.
    pub heading: Line,
    /// What happened to it.
    pub what: Happened,
}

vocabulary! {
    /// A part of a scene that an import may change.
    Part: "part of a scene" {
        /// Its number.
        Number = "number",
        /// Its heading.
        Heading = "heading",
        /// Its brief.
        Brief = "brief",
        /// A take with new words, beside those that are there.
        Take = "a new take",
    }
}

/// What an import does to a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// It is new.
    Added,
    /// Nothing.
    Unchanged,
    /// These parts are as the script has them now.
    Changed(Vec<Part>),
    /// These parts changed in the script and here too, so they stay as they are here; the others are as in the script.
    Kept {
        /// What stays.
        stays: Vec<Part>,
        /// What is new.
        changed: Vec<Part>,
    },
    /// It had left the script, and is back.
    Returned,
    /// It left the script, and is kept aside.
    Aside,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "scene {}  {}: ", self.number, self.heading)?;
        match &self.what {
            Happened::Added => f.write_str("new"),
            Happened::Unchanged => f.write_str("as before"),
            Happened::Changed(parts) => write!(f, "changed: {}", listed(parts)),
            Happened::Kept { stays, changed } if changed.is_empty() => {
                write!(f, "changed here and there, so it stays as it is here: {}", listed(stays))
            }
            Happened::Kept { stays, changed } => write!(
                f,
                "changed: {}; changed here and there, so it stays as it is here: {}",
                listed(changed),
                listed(stays)
            ),
            Happened::Returned => f.write_str("back in the script, with its takes"),
            Happened::Aside => f.write_str("no longer in the script, kept aside with its takes"),
        }
    }
}

fn listed(parts: &[Part]) -> String {
    parts.iter().map(|part| part.word()).collect::<Vec<_>>().join(", ")
}

/// Remembers in every scene what was imported, so that a later import can tell what changed where.
pub fn remember(board: &mut Storyboard) {
    for (at, scene) in board.scenes.iter_mut().enumerate() {
        let memory = memory(scene, at);
        scene.extra.insert(field::IMPORTED.to_owned(), memory);
    }
}

/// Puts `new`, as it comes out of an import, onto `old`.
pub fn merge(old: &Storyboard, mut new: Storyboard, fresh: &mut dyn FnMut() -> Ulid) -> Merged {
    remember(&mut new);
    let aside = aside(old);
    let known: Vec<&Scene> = old.scenes.iter().chain(&aside).collect();
    let matched = matching::matches(&known, &new.scenes);
    let mut board = Storyboard { scenes: Vec::with_capacity(new.scenes.len()), ..old.clone() };
    let mut fates = Vec::new();
    for (at, (scene, found)) in new.scenes.into_iter().zip(&matched).enumerate() {
        let (scene, what) = match *found {
            Some(then) => {
                let returned = then >= old.scenes.len();
                let (scene, what) = update(known[then].clone(), scene, at, fresh);
                (scene, if returned { Happened::Returned } else { what })
            }
            None => (scene, Happened::Added),
        };
        fates.push(Fate { number: scene.number.clone(), heading: scene.heading.clone(), what });
        board.scenes.push(scene);
    }
    if !is_moved_there(&matched, &old.scenes) {
        as_here(&mut board.scenes, &matched, &old.scenes);
    }
    let unmatched = |at: usize| !matched.contains(&Some(at));
    let mut put_aside: Vec<Scene> = aside
        .iter()
        .enumerate()
        .filter(|(at, _)| unmatched(old.scenes.len() + at))
        .map(|(_, scene)| scene.clone())
        .collect();
    for (at, scene) in old.scenes.iter().enumerate().filter(|(at, _)| unmatched(*at)) {
        if scene.extra.contains_key(field::IMPORTED) {
            let (number, heading) = (scene.number.clone(), scene.heading.clone());
            fates.push(Fate { number, heading, what: Happened::Aside });
            put_aside.push(scene.clone());
        } else {
            // Made here, never in the script: it stays behind the scene it followed.
            let before = old.scenes[..at].iter().rev().find_map(|before| board.position(before.id));
            board.scenes.insert(before.map_or(0, |before| before + 1), scene.clone());
        }
    }
    number(&mut board, &old.scenes, &mut fates);
    let kept: Vec<Value> = put_aside.iter().filter_map(|scene| serde_yaml::to_value(scene).ok()).collect();
    if kept.is_empty() {
        board.extra.remove(ASIDE);
    } else {
        board.extra.insert(ASIDE.to_owned(), Value::Sequence(kept));
    }
    let new_names = names(&mut board, &new.bible);
    if board.title.is_empty() {
        board.title = new.title;
    }
    if board.logline.is_empty() {
        board.logline = new.logline;
    }
    if let Some(front) = new.extra.remove(field::FRONT) {
        board.extra.insert(field::FRONT.to_owned(), front);
    }
    Merged { board, scenes: fates, new_names }
}

/// Whether the script has its scenes in another order than at the last import, or that order is not known. Scenes that were
/// kept aside have a place of an import before that.
fn is_moved_there(matched: &[Option<usize>], old: &[Scene]) -> bool {
    let here = matched.iter().flatten().filter_map(|&at| old.get(at));
    let then: Option<Vec<u64>> = here.map(|scene| Memory::of(scene).at).collect();
    then.is_none_or(|then| !then.is_sorted())
}

/// Puts scenes into the order that the board has them in: what was moved here stays moved. A scene that the board does not
/// have follows the one that it follows in the script.
fn as_here(scenes: &mut Vec<Scene>, matched: &[Option<usize>], old: &[Scene]) {
    let (mut here, mut new) = (Vec::new(), Vec::new());
    let mut before: Option<usize> = None;
    for (scene, found) in std::mem::take(scenes).into_iter().zip(matched) {
        match found.filter(|&at| at < old.len()) {
            Some(at) => {
                here.push((at, scene));
                before = Some(at);
            }
            None => new.push((before, scene)),
        }
    }
    here.sort_by_key(|(at, _)| *at);
    // From the last on, so that several behind one scene keep their order.
    for (before, scene) in new.into_iter().rev() {
        let at = before.and_then(|before| here.iter().position(|(at, _)| *at == before)).map_or(0, |at| at + 1);
        here.insert(at, (usize::MAX, scene));
    }
    scenes.extend(here.into_iter().map(|(_, scene)| scene));
}

/// Gives new scenes whose number another scene has already one of their own.
fn number(board: &mut Storyboard, old: &[Scene], fates: &mut [Fate]) {
    let was_there: HashSet<SceneId> = old.iter().map(|scene| scene.id).collect();
    let (here, new): (Vec<_>, Vec<_>) = board.scenes.iter_mut().partition(|scene| was_there.contains(&scene.id));
    let mut taken: HashSet<String> = here.iter().map(|scene| scene.number.to_lowercase()).collect();
    for scene in new {
        let number = distinct(scene.number.clone(), &mut taken);
        let fate = fates.iter_mut().find(|fate| fate.number == scene.number && fate.heading == scene.heading);
        if let Some(fate) = fate.filter(|_| number != scene.number) {
            fate.number = number.clone();
        }
        scene.number = number;
    }
}

/// The scenes kept aside.
fn aside(board: &Storyboard) -> Vec<Scene> {
    let Some(Value::Sequence(scenes)) = board.extra.get(ASIDE) else { return Vec::new() };
    scenes.iter().filter_map(|scene| serde_yaml::from_value(scene.clone()).ok()).collect()
}

/// A scene that is there, brought up to the script.
fn update(mut old: Scene, new: Scene, at: usize, fresh: &mut dyn FnMut() -> Ulid) -> (Scene, Happened) {
    let was = Memory::of(&old);
    let (mut changed, mut stays) = (Vec::new(), Vec::new());
    let mut field = |name: Part, there: bool, here: bool| match (there, here) {
        (false, _) => false,
        (true, false) => {
            changed.push(name);
            true
        }
        (true, true) => {
            stays.push(name);
            false
        }
    };
    // Changed there: the script says otherwise than at the last import. Changed here: so does the board.
    let there = |then: &Option<String>, now: &str, here: &str| now != here && then.as_deref() != Some(now);
    let here = |then: &Option<String>, now: &str| then.as_deref().is_some_and(|then| then != now);
    let (old_brief, new_brief) = (hash([old.brief.as_str()]), hash([new.brief.as_str()]));
    if field(Part::Number, there(&was.number, &new.number, &old.number), here(&was.number, &old.number)) {
        old.number = new.number.clone();
    }
    if field(Part::Heading, there(&was.heading, &new.heading, &old.heading), here(&was.heading, &old.heading)) {
        old.heading = new.heading.clone();
    }
    if field(Part::Brief, there(&was.brief, &new_brief, &old_brief), here(&was.brief, &old_brief)) {
        old.brief = new.brief.clone();
    }
    let parent = was.take.filter(|id| old.take(*id).is_some());
    let mut current = parent;
    for mut take in new.takes.iter().cloned() {
        if was.words.as_deref() == Some(words(&take).as_str()) || old.takes.iter().any(|other| same(other, &take)) {
            continue;
        }
        if old.take(take.id).is_some() {
            take.parent = Some(take.id);
            take.id = TakeId::new(fresh());
        } else if take.parent.is_none() {
            take.parent = parent;
        }
        current = Some(take.id);
        old.takes.push(take);
        if !changed.contains(&Part::Take) {
            changed.push(Part::Take);
        }
    }
    if old.picked.is_none() {
        old.picked = new.picked.filter(|id| old.take(*id).is_some());
    }
    for name in [field::SECTIONS, Scene::NOTES] {
        match new.extra.get(name) {
            Some(value) => drop(old.extra.insert(name.to_owned(), value.clone())),
            None => drop(old.extra.remove(name)),
        }
    }
    let mut memory = memory(&new, at);
    if let (Value::Mapping(memory), Some(current)) = (&mut memory, current) {
        memory.insert("take".into(), current.to_string().into());
    }
    old.extra.insert(field::IMPORTED.to_owned(), memory);
    let what = match (changed.is_empty(), stays.is_empty()) {
        (true, true) => Happened::Unchanged,
        (false, true) => Happened::Changed(changed),
        (_, false) => Happened::Kept { stays, changed },
    };
    (old, what)
}

/// Adds the names that the bible does not have; whom it knows, it knows better than a script.
fn names(board: &mut Storyboard, proposed: &crate::board::Bible) -> Vec<Line> {
    let mut added = Vec::new();
    for (kind, entry) in proposed.entries() {
        if board.bible.find(&entry.name).is_none() {
            added.push(entry.name.clone());
            board.bible.list_mut(kind).push(entry.clone());
        }
    }
    added
}

/// What an import left in a scene.
#[derive(Debug, Default)]
struct Memory {
    number: Option<String>,
    heading: Option<String>,
    /// A hash of the brief.
    brief: Option<String>,
    /// A hash of the take's words.
    words: Option<String>,
    take: Option<TakeId>,
    /// Its place among the scenes of the script.
    at: Option<u64>,
}

impl Memory {
    fn of(scene: &Scene) -> Self {
        let Some(Value::Mapping(memory)) = scene.extra.get(field::IMPORTED) else { return Self::default() };
        let word = |name: &str| memory.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            number: word("number"),
            heading: word("heading"),
            brief: word("brief"),
            words: word("words"),
            take: word("take").and_then(|id| id.parse().ok()),
            at: memory.get("at").and_then(Value::as_u64),
        }
    }
}

fn memory(scene: &Scene, at: usize) -> Value {
    let mut memory = serde_yaml::Mapping::new();
    memory.insert("at".into(), at.into());
    memory.insert("number".into(), scene.number.to_string().into());
    memory.insert("heading".into(), scene.heading.to_string().into());
    memory.insert("brief".into(), hash([scene.brief.as_str()]).into());
    if let Some(take) = scene.leading_take() {
        memory.insert("words".into(), words(take).into());
        memory.insert("take".into(), take.id.to_string().into());
    }
    Value::Mapping(memory)
}

/// A hash of all that a take says and shows.
fn words(take: &Take) -> String {
    let shots: Vec<String> = take.shots.iter().map(|shot| super::shot_note::write(0, shot)).collect();
    let spoken = take.dialogue.iter().flat_map(|speech| [speech.speaker.as_str(), speech.line.as_str()]);
    // Only where there is such: what was remembered before these counted stays the same.
    let marks =
        take.dialogue.iter().enumerate().filter(|(_, speech)| speech.after.is_some() || !speech.extra.is_empty());
    let marks: Vec<String> = marks.map(|(at, speech)| format!("{at} {:?} {:?}", speech.after, speech.extra)).collect();
    let all = [take.action.as_str(), take.sound.as_str()].into_iter().chain(spoken);
    hash(all.chain(shots.iter().map(String::as_str)).chain(marks.iter().map(String::as_str)))
}

fn same(one: &Take, other: &Take) -> bool {
    one.action == other.action && one.dialogue == other.dialogue && one.sound == other.sound && one.shots == other.shots
}

/// Sixteen hexadecimal digits that stand for some texts.
fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut sha = sha2::Sha256::new();
    for text in texts {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text.as_bytes());
    }
    sha.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What a scene says, to be known again by.
fn said(scene: &Scene) -> Text {
    let memory = Memory::of(scene);
    let take = memory.take.and_then(|id| scene.take(id)).or_else(|| scene.leading_take());
    let Some(take) = take else { return scene.brief.clone() };
    let spoken: Vec<&str> = take.dialogue.iter().map(|speech| speech.line.as_str()).collect();
    let shown: Vec<&str> = take.shots.iter().map(|shot| shot.description.as_str()).collect();
    Text::clipped(&format!("{} {} {} {}", scene.brief, take.action, spoken.join(" "), shown.join(" ")), 20_000)
}
