//! What stands before a heading and is no scene of its own: "FADE IN:", and what a section says of itself. It goes to the scene
//! that follows, so that a script's first scene is the board's first.

use super::script::ScriptScene;
use crate::board::Line;

/// The longest such line, in bytes: "FADE IN:", "OVER BLACK:", "TITLES".
const LONG: usize = 40;

/// The scenes, each with the openings before it.
pub(super) fn joined(scenes: Vec<ScriptScene>) -> Vec<ScriptScene> {
    let mut out: Vec<ScriptScene> = Vec::with_capacity(scenes.len());
    // From the end, so that of several openings each finds the scene it belongs to.
    for scene in scenes.into_iter().rev() {
        match out.last_mut().filter(|next| !next.heading.is_empty() && is_opening(&scene)) {
            Some(next) => put_before(scene, next),
            None => out.push(scene),
        }
    }
    out.reverse();
    out
}

fn is_opening(scene: &ScriptScene) -> bool {
    let fades = |paragraph: &String| paragraph.len() <= LONG && !paragraph.chars().any(char::is_lowercase);
    let rest = ScriptScene {
        sections: scene.sections.clone(),
        synopsis: scene.synopsis.clone(),
        action: scene.action.clone(),
        ..ScriptScene::default()
    };
    *scene == rest && scene.action.iter().all(fades)
}

fn put_before(opening: ScriptScene, next: &mut ScriptScene) {
    let lines = opening.synopsis.lines().map(str::trim).filter(|line| !line.is_empty());
    let of_sections = lines.map(|line| (0, Line::clipped(line, 500)));
    let sections: Vec<_> = opening.sections.into_iter().chain(of_sections).collect();
    next.sections.splice(0..0, sections);
    // What is said stands behind as many paragraphs more.
    let more = u16::try_from(opening.action.len()).unwrap_or(u16::MAX);
    for after in next.dialogue.iter_mut().filter_map(|speech| speech.after.as_mut()) {
        *after = after.saturating_add(more);
    }
    next.action.splice(0..0, opening.action);
}
