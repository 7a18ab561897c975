//! One `.storyboarder` file: a scene's panels.

use serde_json::{Map, Value};

use crate::board::text::clean;
use crate::board::{Angle, Extra, Line, Move, Seconds, Shot, Size, Speech, Text};
use crate::exchange::decode::ImportError;
use crate::exchange::{dialogue_cell, shot_note};

use super::{DEFAULT_MS, OURS};

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// Width to height.
    pub(super) aspect: Option<f64>,
    /// Frames a second.
    pub(super) fps: Option<f64>,
    /// Its panels.
    pub(super) panels: Vec<Panel>,
}

/// A panel.
#[derive(Debug)]
pub(super) struct Panel {
    /// The shot it becomes.
    pub(super) shot: Shot,
    /// What is said in it.
    pub(super) dialogue: Vec<Speech>,
    /// What happens in it.
    pub(super) action: String,
    /// Its picture's layers, from the back, each with its opacity.
    pub(super) layers: Vec<(String, f32)>,
}

/// The layers from the back, by name.
const LAYERS: [&str; 7] = ["shot-generator", "reference", "fill", "tone", "pencil", "ink", "notes"];

/// Reads a scene.
pub(super) fn read(text: &str) -> Result<Scene, ImportError> {
    let broken = |what: &str| ImportError::Broken { format: "Storyboarder", what: what.to_owned() };
    let root: Value = serde_json::from_str(text).map_err(|error| broken(&error.to_string()))?;
    let boards = root.get("boards").and_then(Value::as_array).ok_or_else(|| broken("it has no list of boards"))?;
    let timing = number(root.get("defaultBoardTiming")).filter(|ms| *ms > 0.0).unwrap_or(DEFAULT_MS as f64);
    let panels: Vec<Panel> = boards.iter().filter_map(Value::as_object).map(|board| panel(board, timing)).collect();
    if panels.len() != boards.len() {
        return Err(broken("one of its boards is no board"));
    }
    Ok(Scene { aspect: number(root.get("aspectRatio")), fps: number(root.get("fps")), panels })
}

fn panel(board: &Map<String, Value>, timing: f64) -> Panel {
    let field = |name: &str| board.get(name).and_then(Value::as_str).map(clean).unwrap_or_default();
    let ms = number(board.get("duration")).filter(|ms| *ms > 0.0).unwrap_or(timing);
    #[expect(clippy::cast_possible_truncation, reason = "a duration is clamped to an hour")]
    let seconds = Seconds::clamped((ms / 1000.0) as f32);
    let ours = board.get(OURS).and_then(|ours| serde_json::from_value::<Shot>(ours.get("shot")?.clone()).ok());
    let (action, notes) = (field("action"), field("notes"));
    let mut shot = ours.clone().or_else(|| shot_note::read_framing(&notes)).unwrap_or_else(|| Shot {
        size: Size::Medium,
        angle: Angle::Eye,
        camera: Move::Static,
        seconds,
        description: Text::default(),
        staging: Vec::new(),
        extra: Extra::new(),
    });
    // Times are in whole milliseconds there; less than one frame apart is the same.
    if (shot.seconds.get() - seconds.get()).abs() > 0.05 {
        shot.seconds = seconds;
    }
    let drawn_from =
        if ours.is_some() || notes.is_empty() || shot_note::read_framing(&notes).is_some() { "" } else { &notes };
    if ours.is_none() || shot.description.trim() != action.trim() {
        let said: Vec<&str> = [action.trim(), drawn_from.trim()].into_iter().filter(|part| !part.is_empty()).collect();
        shot.description = Text::clipped(&said.join("\n"), 20_000);
    }
    shot.extra.insert("storyboarder".to_owned(), remembered(board));
    Panel {
        shot,
        dialogue: dialogue_cell::read(&field("dialogue")),
        action: action.into_owned(),
        layers: layers(board),
    }
}

/// What of a panel slateboard has no field for.
fn remembered(board: &Map<String, Value>) -> serde_yaml::Value {
    let mut kept = serde_yaml::Mapping::new();
    for name in ["uid", "shot", "newShot", "url"] {
        let value = match board.get(name) {
            Some(Value::String(word)) => Line::clipped(word, 200).to_string().into(),
            Some(Value::Bool(yes)) => (*yes).into(),
            _ => continue,
        };
        kept.insert(name.into(), value);
    }
    if let Some(name) = board.get("audio").and_then(|audio| audio.get("filename")).and_then(Value::as_str) {
        kept.insert("audio".into(), Line::clipped(name, 200).to_string().into());
    }
    serde_yaml::Value::Mapping(kept)
}

fn layers(board: &Map<String, Value>) -> Vec<(String, f32)> {
    let mut layers = Vec::new();
    if let Some(main) = board.get("url").and_then(Value::as_str) {
        layers.push((main.to_owned(), 1.0));
    }
    for name in LAYERS {
        let Some(layer) = board.get("layers").and_then(|layers| layers.get(name)) else { continue };
        let Some(url) = layer.get("url").and_then(Value::as_str) else { continue };
        #[expect(clippy::cast_possible_truncation, reason = "an opacity from 0 to 1")]
        let opacity = number(layer.get("opacity")).unwrap_or(1.0).clamp(0.0, 1.0) as f32;
        layers.push((url.to_owned(), opacity));
    }
    layers
}

/// A number, or a string that holds one: old files have strings.
fn number(value: Option<&Value>) -> Option<f64> {
    let number = match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(word) => word.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}
