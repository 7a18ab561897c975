//! Putting words on the clipboard.

use super::model::Model;
use super::msg::{Clip, Effect};
use super::now::Now;
use crate::board::{Passage, Scene, Take};
use crate::words;

pub(super) fn has_take(model: &Model) -> bool {
    model.take().is_some()
}

pub(super) fn has_scene(model: &Model) -> bool {
    model.desk().is_some_and(|desk| desk.scene().is_some())
}

pub(super) fn take(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(text) = model.take().map(take_text) else { return Vec::new() };
    model.say(words::copied_take());
    vec![Effect::Copy(Clip::Text(text))]
}

pub(super) fn scene(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(scene) = model.desk().and_then(|desk| desk.scene()) else { return Vec::new() };
    let text = scene_text(scene, model.take());
    model.say(words::copied_scene());
    vec![Effect::Copy(Clip::Text(text))]
}

pub(super) fn scene_yaml(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(scene) = model.desk().and_then(|desk| desk.scene()).cloned() else { return Vec::new() };
    model.say(words::copied_yaml());
    vec![Effect::Copy(Clip::Yaml(Box::new(scene)))]
}

fn scene_text(scene: &Scene, take: Option<&Take>) -> String {
    let heading = take.and_then(|take| take.heading.as_ref()).unwrap_or(scene.current_heading());
    let mut text = format!("{}  {heading}\n\n{}\n", scene.number, scene.brief);
    if let Some(take) = take {
        text.push('\n');
        text.push_str(&take_text(take));
    }
    text
}

/// A take as one reads it: action and dialogue, sound, and a line a shot.
fn take_text(take: &Take) -> String {
    let passage = |passage: Passage<'_>| match passage {
        Passage::Action(words) => format!("{words}\n"),
        Passage::Speech(speech) => format!("{}\n{}\n", speech.cue(), speech.line),
    };
    let mut text = take.passages().into_iter().map(passage).collect::<Vec<_>>().join("\n");
    if !take.sound.is_empty() {
        text.push_str(&format!("\n♪ {}\n", take.sound));
    }
    for (at, shot) in take.shots.iter().enumerate() {
        let framing = format!("{}, {}, {}, {}", shot.size, shot.angle, shot.camera, shot.seconds);
        text.push_str(&format!("\n{}. {framing}: {}\n", at + 1, shot.description));
    }
    text
}
