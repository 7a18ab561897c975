//! Storyboarder out: a project's folder.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Value, json};
use sha2::Digest as _;

use crate::board::text::harmless_json;
use crate::board::{Scene, Storyboard, aspect};
use crate::exchange::deliver::put;
use crate::exchange::order::{Credit, ExportError, Order, Report, Takes, Watch};
use crate::exchange::reel::{Cut, Part, Reel};
use crate::exchange::{Options, Selection, Source, dialogue_cell, fountain, picture, source};

use super::{DEFAULT_MS, OURS, VERSION, slug};

/// The height of a panel's picture in pixels, as Storyboarder draws.
const HEIGHT: u32 = 900;

/// Writes the project into `folder`, which is there and empty.
///
/// # Errors
/// [`ExportError`].
pub fn write(
    order: &Order<'_>,
    folder: &Path,
    name: &str,
    report: &mut Report,
    watch: &mut dyn Watch,
) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let ratio = f64::from(aspect::ratio(&order.board.aspect).unwrap_or(16.0 / 9.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a ratio from 0.2 to 5")]
    let size = ((f64::from(HEIGHT) * ratio).round() as u32, HEIGHT);
    put(&folder.join(format!("{name}.fountain")), script(order).as_bytes())?;
    let boards = folder.join("storyboards");
    make(&boards)?;
    put(&boards.join("storyboard.settings"), &pretty(&json!({ "lastScene": 0, "aspectRatio": ratio })))?;
    let total = reel.shots();
    let mut done = 0;
    for part in &reel.scenes {
        let id = scene_id(part.scene);
        let scene = format!("Scene-{}-{}-{id}", slug(&part.scene.number, 20), slug(part.heading, 50));
        let place = boards.join(&scene);
        let images = place.join("images");
        make(&images)?;
        let credit = (order.options.credit == Credit::Said).then(|| part.take.map(Source::of_take)).flatten();
        let mut panels = Vec::with_capacity(part.cuts.len());
        for cut in &part.cuts {
            if watch.step(done, total) == ControlFlow::Break(()) {
                return Err(ExportError::Stopped);
            }
            let uid = uid(part, cut);
            let stem = format!("board-{}-{uid}", cut.index + 1);
            let drawn = order.studio.panel(part.scene, cut.shot, size.0, size.1).map_err(ExportError::Picture)?;
            let bytes = picture::png(&drawn, credit).map_err(ExportError::Picture)?;
            put(&images.join(format!("{stem}-reference.png")), &bytes)?;
            panels.push(panel(&reel, part, cut, &stem, &uid, order.options.credit));
            done += 1;
        }
        let file = json!({
            "version": VERSION,
            "aspectRatio": ratio,
            "fps": order.board.fps,
            "defaultBoardTiming": DEFAULT_MS,
            "boards": panels,
        });
        put(&place.join(format!("{scene}.storyboarder")), &pretty(&file))?;
    }
    if order.selection.takes == Takes::All && reel.scenes.iter().any(|part| part.takes.len() > 1) {
        report.leave_out("takes other than the picked one of each scene: Storyboarder has one version of a scene");
    }
    report.leave_out("the bible and verdicts");
    Ok(())
}

/// The script that the project is built on, each scene with the mark that its folder has.
fn script(order: &Order<'_>) -> String {
    let mut board: Storyboard = order.board.clone();
    for scene in &mut board.scenes {
        scene.number = crate::board::Line::clipped(&scene_id(scene), 40);
        for take in &mut scene.takes {
            // Panels carry them.
            take.shots.clear();
        }
    }
    let options = Options { credit: order.options.credit, ..Options::default() };
    let selection = Selection { scenes: order.selection.scenes.clone(), takes: Takes::Picked };
    fountain::write(
        &Order { board: &board, selection: &selection, options: &options, ..*order },
        &mut Report::default(),
    )
}

fn panel(reel: &Reel<'_>, part: &Part<'_>, cut: &Cut<'_>, stem: &str, uid: &str, credit: Credit) -> Value {
    let cues = part.cues_of(cut);
    let begins = reel.rate.milliseconds(cut.start) - reel.rate.milliseconds(part.start);
    let ends = reel.rate.milliseconds(cut.start + cut.frames) - reel.rate.milliseconds(part.start);
    let mut ours = json!({ "shot": cut.shot });
    if let (Credit::Said, Some(take)) = (credit, part.take) {
        ours["provenance"] = source::of_take(take);
    }
    json!({
        "uid": uid,
        "url": format!("{stem}.png"),
        "newShot": true,
        "lastEdited": 0,
        "number": cut.index + 1,
        "shot": format!("{}A", cut.index + 1),
        "time": begins,
        "duration": ends - begins,
        "dialogue": dialogue_cell::write(cues.iter().map(|cue| cue.speech)),
        "action": cut.shot.description,
        "notes": crate::exchange::shot_note::framing(cut.shot),
        "lineMileage": 0,
        "layers": { "reference": { "url": format!("{stem}-reference.png"), "opacity": 1.0 } },
        OURS: ours,
    })
}

/// Storyboarder's identity of a scene: its number and five letters.
fn scene_id(scene: &Scene) -> String {
    let number = slug(&scene.number, 20);
    format!("{}-{}", if number.is_empty() { "0" } else { &number }, letters(&scene.id.to_string()))
}

fn uid(part: &Part<'_>, cut: &Cut<'_>) -> String {
    let take = part.take.map(|take| take.id.to_string()).unwrap_or_default();
    letters(&format!("{take} {}", cut.index))
}

/// Five letters and digits that stand for a name, the same each time.
fn letters(name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    sha2::Sha256::digest(name.as_bytes())
        .iter()
        .take(5)
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

fn pretty(value: &Value) -> Vec<u8> {
    harmless_json(format!("{value:#}")).into_bytes()
}

fn make(folder: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(folder).map_err(|error| ExportError::Io(folder.to_owned(), error))
}
