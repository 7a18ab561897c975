//! What is wrong with a storyboard, or looks wrong: validation and continuity lint.
//!
//! The store refuses what cannot be read at all; this finds what can be read and should not be kept.

mod continuity;
mod fields;
mod names;

pub use names::strangers;

use super::aspect;
use super::vocabulary::vocabulary;
use super::{Scene, Storyboard, Take};

vocabulary! {
    /// How bad a finding is.
    Severity: "severity" {
        /// The board is invalid until it is mended.
        Error = "error",
        /// Worth a look.
        Warning = "warning",
    }
}

/// Something wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where, in the words of the screen: "scene 3, take 2, shot 1".
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// The shortest shot an eye can read, in seconds: 12 frames of 24, the usual floor for a cut.
const SHORTEST_SHOT: f32 = 0.5;

/// Everything found, in the board's order.
#[must_use]
pub fn check(board: &Storyboard) -> Vec<Finding> {
    let mut found = Findings::default();
    check_board(board, &mut found);
    names::check_bible(board, &mut found);
    check_numbers(board, &mut found);
    for (at, scene) in board.scenes.iter().enumerate() {
        let place = scene_place(scene, at);
        check_scene(scene, &place, &mut found);
        names::check_heading(board, &scene.heading, &place, &mut found);
        for (index, take) in scene.takes.iter().enumerate() {
            let place = format!("{place}, take {}", index + 1);
            check_take(scene, take, &place, &mut found);
            names::check_take(board, take, &place, &mut found);
            continuity::check_take(take, &place, &mut found);
        }
    }
    fields::check(board, &mut found);
    found.list
}

/// Whether one of the findings makes the board invalid.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What was found so far.
#[derive(Default)]
struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    fn error(&mut self, place: &str, message: String, hint: impl Into<String>) {
        self.push(Severity::Error, place, message, hint.into());
    }

    fn warning(&mut self, place: &str, message: String, hint: impl Into<String>) {
        self.push(Severity::Warning, place, message, hint.into());
    }

    fn push(&mut self, severity: Severity, place: &str, message: String, hint: String) {
        let hint = (!hint.is_empty()).then_some(hint);
        self.list.push(Finding { severity, place: place.to_owned(), message, hint });
    }
}

/// A scene's place in words: by its number, else by where it stands.
fn scene_place(scene: &Scene, at: usize) -> String {
    if scene.number.is_empty() { format!("scene at position {}", at + 1) } else { format!("scene {}", scene.number) }
}

fn check_board(board: &Storyboard, found: &mut Findings) {
    if aspect::ratio(&board.aspect).is_none() {
        found.error("board", format!("`{}` is no aspect", board.aspect), "write width to height: 16:9, 2.39:1, 9:16");
    }
    if !(board.fps > 0.0 && board.fps <= 240.0) {
        found.error("board", format!("{} is no frame rate", board.fps), "write frames a second: 24, 25, 29.97, 60");
    }
    if !is_language(&board.language) {
        found.error(
            "board",
            format!("`{}` is no language", board.language),
            "write a BCP 47 tag: en, fr, es-MX, zh-Hans",
        );
    }
}

/// Whether a tag has the form of BCP 47: subtags of up to 8 letters and digits, the first of 2 to 8 letters.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let letters = first.chars().all(|c| c.is_ascii_alphabetic());
    let sound = |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.chars().all(|c| c.is_ascii_alphanumeric());
    letters && (2..=8).contains(&first.len()) && subtags.all(sound)
}

fn check_numbers(board: &Storyboard, found: &mut Findings) {
    let mut seen = std::collections::HashMap::new();
    for (at, scene) in board.scenes.iter().enumerate() {
        if scene.number.is_empty() {
            found.warning(
                &scene_place(scene, at),
                "it has no number".to_owned(),
                "give it one, or renumber the scenes",
            );
        } else if let Some(first) = seen.insert(scene.number.to_lowercase(), at) {
            let message = format!("its number is that of the scene at position {} too", first + 1);
            found.error(&scene_place(scene, at), message, "renumber the scenes: a verb would find only the first");
        }
    }
}

fn check_scene(scene: &Scene, place: &str, found: &mut Findings) {
    if scene.brief.trim().is_empty() {
        found.warning(place, "its brief is empty".to_owned(), "say what should happen: the model writes from it");
    }
    if let Some(picked) = scene.picked.filter(|&picked| scene.take(picked).is_none()) {
        found.error(
            place,
            format!("its picked take {picked} is not among its takes"),
            "pick one that is, or remove `picked`",
        );
    }
}

fn check_take(scene: &Scene, take: &Take, place: &str, found: &mut Findings) {
    if take.shots.is_empty() {
        found.warning(place, "it has no shots".to_owned(), "");
        return;
    }
    let (target, seconds) = (scene.target().get(), take.seconds().get());
    // Only a target that a person wrote is worth holding a take to.
    if scene.seconds.is_some() && (seconds - target).abs() > target / 2.0 {
        let message = format!("it lasts {seconds:.1} s, and the scene aims at {target:.1} s");
        found.warning(place, message, "change the shots' seconds, or the scene's");
    }
    let room = seconds.max(target);
    if room < take.shots.len() as f32 * SHORTEST_SHOT {
        let message = format!("{} shots are more than {room:.1} s allow", take.shots.len());
        found.warning(place, message, format!("a shot under {SHORTEST_SHOT} s is hard to read"));
    }
    for (index, shot) in take.shots.iter().enumerate().filter(|(_, shot)| shot.seconds.get() <= 0.0) {
        let place = format!("{place}, shot {}", index + 1);
        found.warning(&place, format!("it lasts {}", shot.seconds), "give it seconds, or remove it");
    }
}

#[cfg(test)]
mod tests;
