//! Fields that slateboard does not know and that look like a slip for one it does. They survive either way.

use schemars::JsonSchema;

use super::names::nearest;
use super::{Findings, scene_place};
use crate::board::{Bible, Entry, Extra, Scene, Shot, Speech, Staging, Storyboard, Take, take::Provenance};

/// The fields each part knows, read from its JSON Schema so that a new field is known here by itself.
struct Known {
    board: Vec<String>,
    bible: Vec<String>,
    entry: Vec<String>,
    scene: Vec<String>,
    take: Vec<String>,
    speech: Vec<String>,
    shot: Vec<String>,
    staging: Vec<String>,
    provenance: Vec<String>,
}

pub(super) fn check(board: &Storyboard, found: &mut Findings) {
    if extras(board).all(|extra| extra.is_empty()) {
        return;
    }
    let known = Known {
        board: fields_of::<Storyboard>(),
        bible: fields_of::<Bible>(),
        entry: fields_of::<Entry>(),
        scene: fields_of::<Scene>(),
        take: fields_of::<Take>(),
        speech: fields_of::<Speech>(),
        shot: fields_of::<Shot>(),
        staging: fields_of::<Staging>(),
        provenance: fields_of::<Provenance>(),
    };
    compare(&board.extra, &known.board, "board", found);
    compare(&board.bible.extra, &known.bible, "bible", found);
    for (_, entry) in board.bible.entries() {
        compare(&entry.extra, &known.entry, &format!("bible, {}", entry.name), found);
    }
    for (at, scene) in board.scenes.iter().enumerate() {
        let place = scene_place(scene, at);
        compare(&scene.extra, &known.scene, &place, found);
        for (index, take) in scene.takes.iter().enumerate() {
            check_take(take, &known, &format!("{place}, take {}", index + 1), found);
        }
    }
}

fn check_take(take: &Take, known: &Known, place: &str, found: &mut Findings) {
    compare(&take.extra, &known.take, place, found);
    compare(&take.provenance.extra, &known.provenance, &format!("{place}, provenance"), found);
    for (index, speech) in take.dialogue.iter().enumerate() {
        compare(&speech.extra, &known.speech, &format!("{place}, line {}", index + 1), found);
    }
    for (index, shot) in take.shots.iter().enumerate() {
        let place = format!("{place}, shot {}", index + 1);
        compare(&shot.extra, &known.shot, &place, found);
        for staged in &shot.staging {
            compare(&staged.extra, &known.staging, &format!("{place}, {}", staged.subject), found);
        }
    }
}

fn compare(extra: &Extra, known: &[String], place: &str, found: &mut Findings) {
    for field in extra.keys() {
        if let Some(near) = nearest(field, known.iter().map(String::as_str)) {
            let message =
                format!("the field `{}` is unknown and kept as it is", crate::board::Line::clipped(field, 60));
            found.warning(place, message, format!("did you mean `{near}`?"));
        }
    }
}

/// Every part's unknown fields.
fn extras(board: &Storyboard) -> impl Iterator<Item = &Extra> {
    let takes = || board.scenes.iter().flat_map(|scene| &scene.takes);
    let shots = move || takes().flat_map(|take| &take.shots);
    [&board.extra, &board.bible.extra]
        .into_iter()
        .chain(board.bible.entries().map(|(_, entry)| &entry.extra))
        .chain(board.scenes.iter().map(|scene| &scene.extra))
        .chain(takes().flat_map(|take| [&take.extra, &take.provenance.extra]))
        .chain(takes().flat_map(|take| take.dialogue.iter().map(|speech| &speech.extra)))
        .chain(shots().map(|shot| &shot.extra))
        .chain(shots().flat_map(|shot| shot.staging.iter().map(|staged| &staged.extra)))
}

fn fields_of<T: JsonSchema>() -> Vec<String> {
    let schema = schemars::schema_for!(T);
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    properties.map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}
