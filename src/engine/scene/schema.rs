//! The grammar of one scene, as a JSON Schema: what a take of it may be.
//!
//! Continuity holds by construction, whatever the model: subjects and speakers are names of the bible (or labels of the
//! newcomers the scene allows), places are places of the bible, framing is the field's vocabulary, the shots' seconds
//! add up to the scene's length, and what is locked is a constant.

use serde_json::{Map, Value, json};

use super::prose::{Part, Prose};
use super::rhythm::rhythms;
use crate::board::{Angle, Depth, Facing, Field, Line, Move, Position, Scene, Shot, Size, Storyboard, Take};

/// The most subjects staged in one shot.
const STAGED: usize = 3;
/// The most ways to choose them that a grammar lists.
const WAYS: usize = 256;
/// The most lines in a scene.
const LINES: usize = 3;
/// What a body can do in a frame: words that can be drawn. A writer may use others.
const POSES: &[&str] = &[
    "standing",
    "sitting",
    "kneeling",
    "crouching",
    "lying",
    "leaning",
    "walking",
    "running",
    "climbing",
    "falling",
    "jumping",
    "reaching",
    "pointing",
    "holding",
    "carrying",
    "looking up",
    "looking down",
    "looking back",
    "turning",
    "hiding",
    "embracing",
    "dancing",
    "asleep",
];
/// Times of day a heading may end in.
const TIMES: &[&str] = &["DAY", "NIGHT", "DAWN", "DUSK", "MORNING", "EVENING"];

/// The label by which newcomer `at` (from 0) is called until it is read.
pub(super) fn newcomer_label(at: usize) -> String {
    format!("NEWCOMER {}", at + 1)
}

/// The schema of a scene's takes. `kept` gives the words of locked fields.
pub(super) fn take_schema(board: &Storyboard, scene: &Scene, locked: &[Field], kept: Option<&Take>) -> Value {
    let words = Prose::of(board);
    let cast = Cast::of(board, scene);
    let mut properties = Map::new();
    let mut constants = Map::new();
    let fields = [
        (Field::Heading, heading(board)),
        (Field::Action, Some(prose(&words, Part::Action))),
        (Field::Dialogue, Some(dialogue(&words, &cast))),
        (Field::Sound, Some(prose(&words, Part::Sound))),
        (Field::Shots, Some(shots(scene))),
    ];
    for (field, free) in fields {
        let constant = if field == Field::Heading { fixed_heading(scene, locked, kept) } else { None };
        let constant =
            constant.or_else(|| kept.filter(|_| locked.contains(&field)).map(|take| constant_of(take, field)));
        match (constant, free) {
            (Some(constant), _) => drop(constants.insert(field.word().into(), json!({ "const": constant }))),
            (None, Some(free)) => drop(properties.insert(field.word().into(), free)),
            (None, None) => {}
        }
    }
    // What is given comes first, so that the model writes the rest to it.
    let mut ordered = constants;
    if cast.newcomers > 0 {
        ordered.insert("newcomers".into(), newcomers(&words, cast.newcomers));
    }
    ordered.extend(properties);
    let mut schema = object(ordered);
    schema["$defs"] = definitions(board, scene, &words, &cast);
    schema
}

/// The most tokens a take of this scene can need, generously: a pool must not end in the middle of its sentences.
pub(super) fn token_bound(scene: &Scene, locked: &[Field], kept: Option<&Take>) -> u32 {
    let shots = rhythms(scene.target().get()).iter().map(Vec::len).max().unwrap_or(1);
    let constants = kept
        .map_or(0, |take| locked.iter().map(|&field| constant_of(take, field).to_string().len() / 2).sum::<usize>());
    u32::try_from(260 + shots * 190 + usize::from(scene.newcomers) * 60 + constants).unwrap_or(u32::MAX)
}

/// Who and what can be named.
struct Cast {
    speakers: Vec<String>,
    subjects: Vec<String>,
    newcomers: usize,
}

impl Cast {
    fn of(board: &Storyboard, scene: &Scene) -> Self {
        let characters = board.bible.characters.iter().map(|entry| entry.name.to_string());
        let newcomers = usize::from(scene.newcomers);
        let labels = (0..newcomers).map(newcomer_label);
        Self {
            speakers: characters.chain(labels.clone()).collect(),
            subjects: board.bible.subjects().map(Line::to_string).chain(labels).collect(),
            newcomers,
        }
    }
}

pub(in crate::engine) fn object(properties: Map<String, Value>) -> Value {
    let required: Vec<&String> = properties.keys().collect();
    json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    })
}

fn vocabulary<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Value {
    json!({ "enum": all.iter().map(|&value| word(value)).collect::<Vec<_>>() })
}

pub(in crate::engine) fn prose(words: &Prose, part: Part) -> Value {
    json!({ "type": "string", "pattern": words.pattern(part) })
}

/// The heading that stays: a locked one, or any there is where the bible has no place to choose instead.
fn fixed_heading(scene: &Scene, locked: &[Field], kept: Option<&Take>) -> Option<Value> {
    let heading = kept.and_then(|take| take.heading.as_ref()).unwrap_or(scene.current_heading());
    (locked.contains(&Field::Heading) && !heading.is_empty()).then(|| json!(heading))
}

/// Headings over the bible's places; none where it has no place. A place that the board has only seen from one side
/// stays inside or outside.
pub(in crate::engine) fn heading(board: &Storyboard) -> Option<Value> {
    let places = &board.bible.places;
    let seen = |side: &str, place: &Line| {
        let opening = format!("{side} {place}");
        board.scenes.iter().any(|scene| scene.heading.starts_with(&opening))
    };
    let headings = places.iter().flat_map(|place| {
        let (inside, outside) = (seen("INT.", &place.name), seen("EXT.", &place.name));
        let sides = [("INT.", inside || !outside), ("EXT.", outside || !inside)];
        sides
            .into_iter()
            .filter(|(_, possible)| *possible)
            .flat_map(move |(side, _)| TIMES.iter().map(move |time| format!("{side} {} - {time}", place.name)))
    });
    (!places.is_empty()).then(|| json!({ "enum": headings.collect::<Vec<_>>() }))
}

fn dialogue(words: &Prose, cast: &Cast) -> Value {
    if cast.speakers.is_empty() {
        return json!({ "const": [] });
    }
    let mut line = Map::new();
    line.insert("speaker".into(), json!({ "enum": cast.speakers }));
    line.insert("line".into(), prose(words, Part::Line));
    json!({ "type": "array", "maxItems": LINES, "items": object(line) })
}

fn newcomers(words: &Prose, count: usize) -> Value {
    let one = |at: usize| {
        let mut newcomer = Map::new();
        newcomer.insert("as".into(), json!({ "const": newcomer_label(at) }));
        newcomer.insert("kind".into(), json!({ "enum": ["character", "prop"] }));
        newcomer.insert("name".into(), json!({ "type": "string", "pattern": words.name() }));
        newcomer.insert("look".into(), prose(words, Part::Look));
        object(newcomer)
    };
    json!({
        "type": "array",
        "prefixItems": (0..count).map(one).collect::<Vec<_>>(),
        "items": false,
        "minItems": count,
    })
}

/// One of the scene's rhythms, shot by shot.
fn shots(scene: &Scene) -> Value {
    let ways: Vec<Value> = rhythms(scene.target().get())
        .iter()
        .map(|rhythm| {
            let shots: Vec<Value> =
                rhythm.iter().map(|halves| json!({ "$ref": format!("#/$defs/shot{halves}") })).collect();
            json!({ "type": "array", "prefixItems": shots, "items": false, "minItems": rhythm.len() })
        })
        .collect();
    json!({ "anyOf": ways })
}

fn definitions(board: &Storyboard, scene: &Scene, words: &Prose, cast: &Cast) -> Value {
    let mut definitions = Map::new();
    let mut lengths: Vec<u32> = rhythms(scene.target().get()).into_iter().flatten().collect();
    lengths.sort_unstable();
    lengths.dedup();
    for halves in lengths {
        let mut shot = Map::new();
        shot.insert("seconds".into(), json!({ "const": f64::from(halves) / 2.0 }));
        shot.insert("size".into(), vocabulary(Size::ALL, Size::word));
        shot.insert("angle".into(), vocabulary(Angle::ALL, Angle::word));
        shot.insert("move".into(), vocabulary(Move::ALL, Move::word));
        shot.insert("staging".into(), json!({ "$ref": "#/$defs/staging" }));
        shot.insert("description".into(), json!({ "$ref": "#/$defs/description" }));
        definitions.insert(format!("shot{halves}"), object(shot));
    }
    definitions.insert("description".into(), prose(words, Part::Description));
    definitions.insert("staging".into(), staging(cast));
    for (at, subject) in cast.subjects.iter().enumerate() {
        let is_prop = board.bible.props.iter().any(|prop| *prop.name == **subject);
        definitions.insert(format!("staged{at}"), staged(subject, is_prop));
    }
    Value::Object(definitions)
}

fn staged(subject: &str, is_prop: bool) -> Value {
    let mut place = Map::new();
    place.insert("subject".into(), json!({ "const": subject }));
    place.insert("position".into(), vocabulary(Position::ALL, Position::word));
    place.insert("depth".into(), vocabulary(Depth::ALL, Depth::word));
    if !is_prop {
        place.insert("facing".into(), vocabulary(Facing::ALL, Facing::word));
        place.insert("pose".into(), json!({ "enum": POSES }));
    }
    object(place)
}

/// Who stands where: any few of the cast, each once, in the bible's order.
fn staging(cast: &Cast) -> Value {
    let subjects = cast.subjects.len();
    if subjects == 0 {
        return json!({ "const": [] });
    }
    let ways = choices(subjects).into_iter().map(|choice| {
        let staged: Vec<Value> = choice.iter().map(|at| json!({ "$ref": format!("#/$defs/staged{at}") })).collect();
        json!({ "type": "array", "prefixItems": staged, "items": false, "minItems": choice.len() })
    });
    json!({ "anyOf": ways.collect::<Vec<_>>() })
}

/// Which subjects can stand in a shot together: one, two or three of them, fewer where there would be too many ways.
fn choices(subjects: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = (0..subjects).map(|at| vec![at]).collect();
    let mut last = all.clone();
    for _ in 1..STAGED {
        let longer: Vec<Vec<usize>> = last
            .iter()
            .flat_map(|choice| {
                let next = choice.last().map_or(0, |last| last + 1);
                (next..subjects).map(move |at| [choice.as_slice(), &[at]].concat())
            })
            .take(WAYS + 1)
            .collect();
        if all.len() + longer.len() > WAYS {
            break;
        }
        all.extend(longer.iter().cloned());
        last = longer;
    }
    all
}

/// A locked field as the grammar knows it: without what only other programs understand.
fn constant_of(take: &Take, field: Field) -> Value {
    match field {
        Field::Heading => json!(take.heading),
        Field::Action => json!(take.action),
        Field::Sound => json!(take.sound),
        Field::Dialogue => {
            let lines = take.dialogue.iter().map(|speech| json!({ "speaker": speech.speaker, "line": speech.line }));
            Value::Array(lines.collect())
        }
        Field::Shots => Value::Array(take.shots.iter().map(constant_shot).collect()),
    }
}

fn constant_shot(shot: &Shot) -> Value {
    let staging: Vec<Value> = shot
        .staging
        .iter()
        .map(|staged| json!({ "subject": staged.subject, "position": staged.position, "depth": staged.depth }))
        .collect();
    json!({
        "seconds": shot.seconds.get(),
        "size": shot.size,
        "angle": shot.angle,
        "move": shot.camera,
        "staging": staging,
        "description": shot.description,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_cast_can_stand_together_and_a_large_one_stays_countable() {
        assert_eq!(choices(2), vec![vec![0], vec![1], vec![0, 1]]);
        assert_eq!(choices(3).len(), 7);
        assert!(choices(60).len() <= WAYS);
        assert_eq!(choices(1000).len(), 1000);
    }
}
