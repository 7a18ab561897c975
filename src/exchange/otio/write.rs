//! OpenTimelineIO out.

use serde_json::{Map, Value, json};

use crate::board::verdict::standing;
use crate::board::{Storyboard, Take, Verdict};
use crate::exchange::frames::Frames;
use crate::exchange::order::{Credit, Order, Report};
use crate::exchange::reel::{Cut, Part, Reel};
use crate::exchange::{Rate, Source, dialogue_cell, shot_note};

use super::OURS;

/// The board as a timeline. `frames` says where each shot's picture is.
#[must_use]
pub fn write(order: &Order<'_>, reel: &Reel<'_>, frames: &Frames, report: &mut Report) -> Value {
    let clips: Vec<Value> = reel.cuts().map(|(part, cut)| clip(order, reel.rate, part, cut, frames)).collect();
    let left = reel.without_shots();
    if !left.is_empty() {
        report
            .leave_out(format!("scenes without shots have no clip and are only in the metadata: {}", left.join(", ")));
    }
    let track = json!({
        "OTIO_SCHEMA": "Track.1", "metadata": {}, "name": "Shots", "source_range": null, "effects": [], "markers": [],
        "enabled": true, "children": clips, "kind": "Video",
    });
    let stack = json!({
        "OTIO_SCHEMA": "Stack.1", "metadata": {}, "name": "tracks", "source_range": null, "effects": [], "markers": [],
        "enabled": true, "children": [track],
    });
    let mut ours = json!({ "board": selected(order) });
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().flat_map(|part| part.takes.iter().copied()));
        ours["source"] = source.word().into();
        ours["digital_source_type"] = source.iptc().into();
        ours["statement"] = source.sentence().into();
    }
    json!({
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": { OURS: ours },
        "name": order.board.title,
        "global_start_time": null,
        "tracks": stack,
    })
}

/// The board with the scenes selected.
fn selected(order: &Order<'_>) -> Storyboard {
    let mut board = order.board.clone();
    board.scenes.retain(|scene| order.selection.has(scene.id));
    if order.options.credit == Credit::Unsaid {
        for take in board.scenes.iter_mut().flat_map(|scene| &mut scene.takes) {
            take.provenance = Default::default();
        }
    }
    board
}

fn clip(order: &Order<'_>, rate: Rate, part: &Part<'_>, cut: &Cut<'_>, frames: &Frames) -> Value {
    let mut references = Map::new();
    for take in &part.scene.takes {
        references.insert(take.id.to_string(), reference(rate, part, take, cut, frames));
    }
    let active = part.take.map(|take| take.id.to_string()).unwrap_or_default();
    let mut ours = json!({
        "scene": part.scene.id,
        "number": part.scene.number,
        "heading": part.heading,
        "take": active,
        "shot": cut.index + 1,
        "framing": shot_note::framing(cut.shot),
    });
    let cues = part.cues_of(cut);
    if !cues.is_empty() {
        ours["dialogue"] = dialogue_cell::write(cues.iter().map(|cue| cue.speech)).into();
    }
    let mut markers = vec![marker(rate, "note", "WHITE", cut.frames, &cut.shot.description, json!({}))];
    if cut.index == 0 {
        let sound = part.take.map(|take| take.sound.trim()).filter(|sound| !sound.is_empty());
        markers.extend(sound.map(|sound| marker(rate, "sound", "CYAN", cut.frames, sound, json!({}))));
        markers.extend(verdicts(order, rate, part));
    }
    json!({
        "OTIO_SCHEMA": "Clip.2",
        "metadata": { OURS: ours },
        "name": format!("{}-{}", part.scene.number, cut.index + 1),
        "source_range": range(rate, 0, cut.frames),
        "effects": [],
        "markers": markers,
        "enabled": true,
        "media_references": references,
        "active_media_reference_key": active,
    })
}

/// A take as a clip's media: the picture of the shot in the same place, where there is one.
fn reference(rate: Rate, part: &Part<'_>, take: &Take, cut: &Cut<'_>, frames: &Frames) -> Value {
    let mut ours = json!({
        "take": take.id,
        "index": part.take_number(take),
        "picked": part.scene.picked == Some(take.id),
    });
    if let Some(shot) = take.shots.get(cut.index) {
        ours["framing"] = shot_note::framing(shot).into();
    }
    let name = format!("take {}", part.take_number(take));
    match frames.url(take.id, cut.index) {
        Some(url) => json!({
            "OTIO_SCHEMA": "ExternalReference.1",
            "metadata": { OURS: ours },
            "name": name,
            "available_range": range(rate, 0, cut.frames),
            "available_image_bounds": null,
            "target_url": url,
        }),
        None => json!({
            "OTIO_SCHEMA": "MissingReference.1",
            "metadata": { OURS: ours },
            "name": name,
            "available_range": range(rate, 0, cut.frames),
            "available_image_bounds": null,
        }),
    }
}

/// What was said of the scene's takes and not taken back.
fn verdicts(order: &Order<'_>, rate: Rate, part: &Part<'_>) -> Vec<Value> {
    standing(order.verdicts.iter().filter(|record| record.scene == part.scene.id))
        .into_iter()
        .map(|record| {
            let colour = if record.verdict == Verdict::Accept { "GREEN" } else { "RED" };
            let said = record.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let comment = format!("{} by {}{said}", record.verdict, record.reviewer);
            let ours = json!({ "take": record.take.id, "at_ms": record.at_ms, "verdict": record.verdict });
            marker(rate, record.verdict.word(), colour, 1, &comment, ours)
        })
        .collect()
}

fn marker(rate: Rate, name: &str, colour: &str, frames: u64, comment: &str, ours: Value) -> Value {
    json!({
        "OTIO_SCHEMA": "Marker.2",
        "metadata": { OURS: ours },
        "name": name,
        "color": colour,
        "marked_range": range(rate, 0, frames),
        "comment": comment,
    })
}

fn range(rate: Rate, start: u64, frames: u64) -> Value {
    json!({
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": time(rate, start),
        "duration": time(rate, frames),
    })
}

fn time(rate: Rate, frames: u64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 frames")]
    let value = frames as f64;
    json!({ "OTIO_SCHEMA": "RationalTime.1", "rate": rate.fps(), "value": value })
}
