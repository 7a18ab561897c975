//! OpenTimelineIO in.

use serde_json::Value;

use crate::board::text::clean;
use crate::board::{
    Angle, Extra, Line, Move, Origin, Provenance, Seconds, Shot, Size, Speech, Storyboard, Take, TakeId, Text,
};
use crate::exchange::decode::ImportError;
use crate::exchange::script::{Script, ScriptScene};
use crate::exchange::{Reel, Selection, dialogue_cell};

use super::OURS;

/// The most clips that are read.
const CLIPS: usize = 200_000;

/// What a timeline was.
#[derive(Debug)]
pub enum Read {
    /// One of ours: the board, with what an editor changed.
    Board(Box<Storyboard>, Vec<String>),
    /// Another program's: a scene for each nested part, a shot for each clip.
    Script(Script),
}

/// Reads a timeline.
///
/// # Errors
/// [`ImportError::Broken`] where it is none.
pub fn read(text: &str, fresh: &mut dyn FnMut() -> ulid::Ulid) -> Result<Read, ImportError> {
    let broken = |what: &str| ImportError::Broken { format: "OpenTimelineIO", what: what.to_owned() };
    let root: Value = serde_json::from_str(text).map_err(|error| broken(&error.to_string()))?;
    if !schema(&root).starts_with("Timeline.") {
        return Err(broken("it is no Timeline"));
    }
    let tracks =
        root.pointer("/tracks/children").and_then(Value::as_array).ok_or_else(|| broken("it has no tracks"))?;
    let track = tracks
        .iter()
        .find(|track| track.get("kind").and_then(Value::as_str) == Some("Video"))
        .ok_or_else(|| broken("it has no video track"))?;
    let name = word(&root, "name");
    let mut found = Found::default();
    found.collect(track, &name);
    let clips = &found.clips;
    if clips.len() >= CLIPS {
        return Err(ImportError::TooLarge(format!("it has more than {CLIPS} clips")));
    }
    let ours = root.pointer(&format!("/metadata/{OURS}/board"));
    match ours.and_then(|board| serde_json::from_value::<Storyboard>(board.clone()).ok()) {
        Some(mut board) => {
            let said = edited(&mut board, clips, fresh);
            Ok(Read::Board(Box::new(board), said))
        }
        None => Ok(Read::Script(script(&name, &found))),
    }
}

/// A clip with the part of the timeline it lies in.
struct Clip<'a> {
    clip: &'a Value,
    part: String,
}

/// What is in a track.
#[derive(Default)]
struct Found<'a> {
    clips: Vec<Clip<'a>>,
    /// What lies between clips and is no shot.
    gaps: usize,
    transitions: usize,
}

impl<'a> Found<'a> {
    fn collect(&mut self, composition: &'a Value, part: &str) {
        // A nested sequence has its name; that of the track inside it is the program's own.
        let is_named = schema(composition).starts_with("Stack.") && !word(composition, "name").is_empty();
        let children = composition.get("children").and_then(Value::as_array);
        for child in children.into_iter().flatten() {
            let kind = schema(child);
            if self.clips.len() >= CLIPS {
                return;
            } else if kind.starts_with("Clip.") {
                self.clips.push(Clip { clip: child, part: part.to_owned() });
            } else if kind.starts_with("Stack.") || kind.starts_with("Track.") {
                let name = word(child, "name");
                self.collect(child, if is_named || name.is_empty() { part } else { &name });
            } else {
                self.gaps += usize::from(kind.starts_with("Gap."));
                self.transitions += usize::from(kind.starts_with("Transition."));
            }
        }
    }
}

/// What an editor changed: shots left out, put elsewhere in their scene or given another length. A scene so changed has a
/// new take, and the old one stays.
fn edited(board: &mut Storyboard, clips: &[Clip<'_>], fresh: &mut dyn FnMut() -> ulid::Ulid) -> Vec<String> {
    let mut said = Vec::new();
    let mut changes = Vec::new();
    let reel = Reel::new(board, &Selection::default());
    for (at, part) in reel.scenes.iter().enumerate() {
        let Some(take) = part.take else { continue };
        let id = part.scene.id.to_string();
        let mut shots = Vec::new();
        let mut same = true;
        for Clip { clip, .. } in clips.iter().filter(|clip| ours(clip.clip, "scene") == id) {
            let number = clip.pointer(&format!("/metadata/{OURS}/shot")).and_then(Value::as_u64).unwrap_or(0);
            let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
            let Some((cut, shot)) = index.and_then(|index| Some((part.cuts.get(index)?, take.shots.get(index)?)))
            else {
                continue;
            };
            let mut shot = shot.clone();
            let frames = duration(clip).unwrap_or_default() * reel.rate.fps();
            #[expect(clippy::cast_precision_loss, reason = "a shot has few frames")]
            if (frames - cut.frames as f64).abs() >= 0.5 {
                shot.seconds = seconds(duration(clip));
                same = false;
            }
            same &= index == Some(shots.len());
            shots.push(shot);
        }
        if shots.is_empty() && !part.cuts.is_empty() {
            said.push(format!("scene {} has no clip left; its takes are kept", part.scene.number));
        } else if !same || shots.len() != part.cuts.len() {
            let new = Take {
                id: TakeId::new(fresh()),
                parent: Some(take.id),
                shots,
                provenance: Provenance { origin: Origin::Import, ..Provenance::default() },
                ..take.clone()
            };
            said.push(format!("scene {} was cut otherwise; that is a new take", part.scene.number));
            changes.push((at, new));
        }
    }
    for (at, take) in changes {
        let scene = &mut board.scenes[at];
        scene.picked = Some(take.id);
        scene.takes.push(take);
    }
    said
}

/// Another program's timeline.
fn script(name: &str, found: &Found<'_>) -> Script {
    let clips = &found.clips;
    let mut script = Script { title: Line::clipped(name, 500), ..Script::default() };
    let rate = clips.iter().find_map(|clip| clip.clip.pointer("/source_range/duration/rate").and_then(Value::as_f64));
    script.fps = rate;
    let mut part: Option<&str> = None;
    for Clip { clip, part: of } in clips {
        if part != Some(of) {
            part = Some(of);
            script.scenes.push(ScriptScene { heading: Line::clipped(of, 500), ..ScriptScene::default() });
        }
        let Some(scene) = script.scenes.last_mut() else { continue };
        scene.dialogue.append(&mut speeches(clip));
        scene.shots.push(shot(clip));
    }
    script.said.push(format!("{} clips are read as shots, each a medium one until it is changed", clips.len()));
    if found.gaps + found.transitions > 0 {
        script.said.push(format!("gaps left out: {}; transitions left out: {}", found.gaps, found.transitions));
    }
    script
}

fn speeches(clip: &Value) -> Vec<Speech> {
    dialogue_cell::read(&ours(clip, "dialogue"))
}

fn shot(clip: &Value) -> Shot {
    let mut extra = Extra::new();
    let active = clip.get("active_media_reference_key").and_then(Value::as_str).unwrap_or("DEFAULT_MEDIA");
    let media = clip.get("media_references").and_then(|all| all.get(active)).or_else(|| clip.get("media_reference"));
    if let Some(url) = media.and_then(|media| media.get("target_url")).and_then(Value::as_str) {
        extra.insert("media".to_owned(), Line::clipped(url, 500).to_string().into());
    }
    let notes: Vec<String> = clip
        .get("markers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|marker| [word(marker, "name"), word(marker, "comment")].join(" ").trim().to_owned())
        .filter(|note| !note.is_empty())
        .collect();
    let mut description = word(clip, "name");
    for note in notes.iter().take(20) {
        description.push('\n');
        description.push_str(note);
    }
    Shot {
        size: Size::Medium,
        angle: Angle::Eye,
        camera: Move::Static,
        seconds: seconds(duration(clip)),
        description: Text::clipped(description.trim(), 20_000),
        staging: Vec::new(),
        extra,
    }
}

/// A clip's length in seconds: its source range, else what its media has.
fn duration(clip: &Value) -> Option<f64> {
    let of = |range: &Value| {
        let duration = range.get("duration")?;
        let (value, rate) = (duration.get("value")?.as_f64()?, duration.get("rate")?.as_f64()?);
        Some(value / rate).filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
    };
    clip.get("source_range").and_then(of).or_else(|| {
        let media = clip.get("media_references").and_then(Value::as_object).and_then(|all| all.values().next());
        media.or_else(|| clip.get("media_reference")).and_then(|media| media.get("available_range")).and_then(of)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to an hour")]
fn seconds(duration: Option<f64>) -> Seconds {
    Seconds::clamped(duration.unwrap_or(3.0) as f32)
}

fn schema(value: &Value) -> &str {
    value.get("OTIO_SCHEMA").and_then(Value::as_str).unwrap_or_default()
}

fn word(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).map(|word| clean(word).into_owned()).unwrap_or_default()
}

fn ours(clip: &Value, name: &str) -> String {
    let word = clip.pointer(&format!("/metadata/{OURS}/{name}")).and_then(Value::as_str);
    word.map(|word| clean(word).into_owned()).unwrap_or_default()
}
