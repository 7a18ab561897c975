//! Storyboarder out: a project's folder.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use image::RgbaImage;
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::board::text::harmless_json;
use crate::board::{Scene, Storyboard, aspect};
use crate::exchange::deliver::put;
use crate::exchange::order::{Credit, ExportError, Order, Takes, Watch};
use crate::exchange::reel::{Cut, Part, Reel};
use crate::exchange::{Options, Selection, Source, dialogue_cell, fountain, picture, source};

use super::{DEFAULT_MS, OURS, VERSION, slug};

/// A panel's shorter side in pixels, as Storyboarder draws.
const SIDE: f64 = 900.0;
/// The height of a small picture in the row of panels.
const THUMBNAIL: u32 = 60;

/// Writes the project into `folder`, which is there and empty.
///
/// # Errors
/// [`ExportError`].
pub fn write(order: &Order<'_>, folder: &Path, name: &str, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let ratio = f64::from(aspect::ratio(&order.board.aspect).unwrap_or(16.0 / 9.0));
    let size = panel_size(ratio);
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
            // Where one is missing, Storyboarder warns of a damaged scene and shows an empty one. The larger picture of a whole
            // panel, `…-posterframe.jpg`, it makes itself from the layers.
            let small = picture::png(&thumbnail(&drawn), credit).map_err(ExportError::Picture)?;
            put(&images.join(format!("{stem}-thumbnail.png")), &small)?;
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
    Ok(())
}

/// Width and height of a panel's picture: its shorter side is always the same.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a ratio from 0.2 to 5")]
fn panel_size(ratio: f64) -> (u32, u32) {
    let long = |times: f64| (SIDE * times).round() as u32;
    if ratio >= 1.0 { (long(ratio), long(1.0)) } else { (long(1.0), long(1.0 / ratio)) }
}

fn thumbnail(panel: &RgbaImage) -> RgbaImage {
    let width = (panel.width() * THUMBNAIL / panel.height()).max(1);
    image::imageops::thumbnail(panel, width, THUMBNAIL)
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
    ours_first(&fountain::write(&Order { board: &board, selection: &selection, options: &options, ..*order }))
}

/// The script with those fields of its title page in front that Storyboarder does not know: behind the title it would take
/// them for more of it.
fn ours_first(script: &str) -> String {
    let Some((page, body)) = script.split_once("\n\n") else { return script.to_owned() };
    let (mut ours, mut theirs) = (String::new(), String::new());
    let mut into = &mut theirs;
    for line in page.lines() {
        if !line.starts_with(' ') {
            let unknown = ["Logline:", "Provenance:"].iter().any(|key| line.starts_with(key));
            into = if unknown { &mut ours } else { &mut theirs };
        }
        into.push_str(line);
        into.push('\n');
    }
    format!("{ours}{theirs}\n{body}")
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

/// Storyboarder's identity of a scene: its number and five letters. It takes what stands between the first dash and the next for
/// the letters, so there is no dash in the number.
fn scene_id(scene: &Scene) -> String {
    let number = slug(&scene.number, 20).replace('-', ".");
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
