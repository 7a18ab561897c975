//! The grammar of one scene, as a JSON Schema: what a take of it may be.
//!
//! Continuity holds by construction, whatever the model: subjects and speakers are names of the bible (or labels of the
//! newcomers the scene allows), places are places of the bible, framing is the field's vocabulary, the shots' seconds
//! add up to the scene's length, and what is locked is a constant.
//!
//! Lines and shots are lists in a fixed order, without the names of their parts; how a shot is framed is one string, and so
//! is how each of its subjects stands: `"3.5 wide low pan-right"`, `"MARA: left far right climbing"`. What is forced is not
//! drawn, and yet each of its tokens is computed: of a shot with every part named and quoted for itself, more than half
//! were names, quotation marks and commas.

use serde_json::{Map, Value, json};

use super::deal::Dealing;
use super::framing::{Beat, ways};
use super::prose::{Part, Prose, literal};
use crate::board::heading::Daytime;
use crate::board::{
    Angle, Deal, Depth, Entry, Facing, Field, Limits, Line, Lock, Move, Position, Range, Scene, Shot, Size, Speech,
    Staging, Storyboard, Take,
};

/// The most subjects staged in one shot.
const TOGETHER: usize = 3;
/// The most ways to choose them that a grammar lists.
const WAYS: usize = 256;
/// The most lines in a scene, where nothing else is asked for.
const LINES: u32 = 3;
/// The most lines that can be asked for.
const MOST_LINES: u32 = 12;
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
/// The key under which a schema says how its JSON is spaced, to llguidance alone. It is part of a job, so that takes
/// recorded when it was another are made again as they were.
pub(in crate::engine) const SPACING: &str = "x-guidance";

/// JSON with just these between two items and between a key and its value.
pub(in crate::engine) fn spacing(item: &str, key: &str) -> Value {
    json!({ "whitespace_flexible": false, "item_separator": item, "key_separator": key })
}

/// The label by which newcomer `at` (from 0) is called until it is read.
pub(super) fn newcomer_label(at: usize) -> String {
    format!("NEWCOMER {}", at + 1)
}

/// What decides what a take of a scene may be.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) board: &'a Storyboard,
    pub(super) scene: &'a Scene,
    pub(super) locked: &'a [Lock],
    /// Gives the words of what is locked.
    pub(super) kept: Option<&'a Take>,
    pub(super) limits: &'a Limits,
}

impl Form<'_> {
    /// The schema of the scene's takes.
    pub(super) fn schema(&self) -> Value {
        let words = Prose::of(self.board);
        let cast = Cast::of(self.board, self.scene, self.limits);
        let ways = ways(self.scene, self.locked, self.kept, self.limits);
        let mut properties = Map::new();
        let mut constants = Map::new();
        let action = self
            .limits
            .action_words
            .map_or_else(|| words.pattern(Part::Action), |range| words.pattern_within(Part::Action, range));
        let fields = [
            (Field::Heading, heading(self.board, &self.limits.not_at)),
            (Field::Action, Some(json!({ "type": "string", "pattern": action }))),
            (Field::Dialogue, Some(self.dialogue(&words, &cast))),
            (Field::Sound, Some(prose(&words, Part::Sound))),
            (Field::Shots, Some(self.shots(&ways))),
        ];
        for (field, free) in fields {
            match (self.constant(field), free) {
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
        schema["$defs"] = definitions(self.board, &ways, &words, &cast);
        // A blank behind a comma is a token more.
        schema[SPACING] = spacing(",", ":");
        schema
    }

    /// The most tokens a take can need, generously: a pool must not end in the middle of its sentences.
    pub(super) fn token_bound(&self) -> u32 {
        let ways = ways(self.scene, self.locked, self.kept, self.limits);
        let shots = ways.iter().map(Vec::len).max().unwrap_or(1);
        let constants: usize = self.kept.map_or(0, |take| {
            self.locked.iter().map(|lock| constant_of(take, lock.field()).to_string().len() / 2).sum()
        });
        let action = self.limits.action_words.map_or(0, |range| range.most.min(90) as usize * 2);
        let bound = 260 + action + shots * 150 + usize::from(self.scene.newcomers) * 60 + constants;
        u32::try_from(bound).unwrap_or(u32::MAX)
    }

    /// What a field that is locked as a whole must be.
    fn constant(&self, field: Field) -> Option<Value> {
        let locked = self.locked.contains(&Lock::Field(field));
        if field == Field::Heading {
            // The heading that stays: a locked one, or any there is where the bible has no place to choose instead.
            let heading = self.kept.and_then(|take| take.heading.as_ref()).unwrap_or(self.scene.current_heading());
            return (locked && !heading.is_empty()).then(|| json!(heading));
        }
        self.kept.filter(|_| locked).map(|take| constant_of(take, field))
    }

    /// The lines: those locked where they stand, free ones before, between and behind them.
    fn dialogue(&self, words: &Prose, cast: &Cast) -> Value {
        let kept = |at: usize| self.kept.filter(|_| self.locked.contains(&Lock::Line(at)))?.dialogue.get(at);
        let last = self.locked.iter().filter_map(|lock| if let Lock::Line(at) = lock { Some(*at) } else { None }).max();
        let given = last.filter(|&last| kept(last).is_some()).map_or(0, |last| last + 1);
        if cast.speakers.is_empty() && given == 0 {
            return json!({ "const": [] });
        }
        let Range { least, most } = self.line_range(given);
        let free = tuple(vec![json!({ "enum": cast.speakers }), prose(words, Part::Line)]);
        let beginning: Vec<Value> = (0..given)
            .map(|at| kept(at).map_or_else(|| free.clone(), |speech| json!({ "const": constant_line(speech) })))
            .collect();
        let mut lines = json!({ "type": "array", "minItems": least, "maxItems": most, "items": free });
        if !beginning.is_empty() {
            lines["prefixItems"] = Value::Array(beginning);
        }
        lines
    }

    /// How many lines there may be, the first `given` among them.
    fn line_range(&self, given: usize) -> Range {
        let range = self.limits.lines.unwrap_or(Range { least: 0, most: LINES });
        let least = range.least.min(MOST_LINES).max(u32::try_from(given).unwrap_or(u32::MAX));
        Range { least, most: range.most.min(MOST_LINES).max(least) }
    }

    /// What the takes are dealt from: all that is free.
    pub(super) fn dealing(&self, deal: &Deal) -> Dealing {
        let is_free = |field: Field| self.constant(field).is_none();
        let has_part_of = |field: Field| self.locked.iter().any(|lock| lock.field() == field);
        let speaks = !Cast::of(self.board, self.scene, self.limits).speakers.is_empty();
        Dealing {
            ways: match has_part_of(Field::Shots) {
                true => Vec::new(),
                false => ways(self.scene, self.locked, self.kept, self.limits),
            },
            lines: (speaks && !has_part_of(Field::Dialogue)).then(|| self.line_range(0)),
            heading: is_free(Field::Heading),
            deal: deal.clone(),
        }
    }

    /// One of the scene's ways, shot by shot.
    fn shots(&self, ways: &[Vec<Beat>]) -> Value {
        let ways: Vec<Value> = ways
            .iter()
            .map(|way| tuple(way.iter().enumerate().map(|(at, beat)| self.shot(at, *beat)).collect()))
            .collect();
        json!({ "anyOf": ways })
    }

    fn shot(&self, at: usize, beat: Beat) -> Value {
        let kept = self.kept.and_then(|take| take.shots.get(at));
        match kept {
            Some(shot) if self.locked.contains(&Lock::Shot(at)) => json!({ "const": constant_shot(shot) }),
            Some(shot) if self.locked.contains(&Lock::Staging(at)) => {
                free_shot(beat, json!({ "const": constant_staging(shot) }))
            }
            _ => json!({ "$ref": format!("#/$defs/{}", beat_name(beat)) }),
        }
    }
}

/// Who and what can be named.
struct Cast {
    speakers: Vec<String>,
    subjects: Vec<String>,
    newcomers: usize,
}

impl Cast {
    fn of(board: &Storyboard, scene: &Scene, limits: &Limits) -> Self {
        // Limits that name nobody of this bible limit nothing.
        let is_narrowed = board.bible.subjects().any(|name| limits.cast.contains(name));
        let plays = |name: &&Line| !is_narrowed || limits.cast.contains(name);
        let characters = board.bible.characters.iter().map(|entry| &entry.name).filter(plays).map(Line::to_string);
        let newcomers = usize::from(scene.newcomers);
        let labels = (0..newcomers).map(newcomer_label);
        Self {
            speakers: characters.chain(labels.clone()).collect(),
            subjects: board.bible.subjects().filter(plays).map(Line::to_string).chain(labels).collect(),
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

/// A list of just these parts in this order.
pub(super) fn tuple(parts: Vec<Value>) -> Value {
    let count = parts.len();
    json!({ "type": "array", "prefixItems": parts, "items": false, "minItems": count })
}

pub(in crate::engine) fn prose(words: &Prose, part: Part) -> Value {
    json!({ "type": "string", "pattern": words.pattern(part) })
}

/// Headings over the bible's places; none where it has no place. A place that the board has only seen from one side
/// stays inside or outside. None of `not_at`, as long as there are others.
pub(in crate::engine) fn heading(board: &Storyboard, not_at: &[Line]) -> Option<Value> {
    let all = &board.bible.places;
    let elsewhere: Vec<&Entry> = all.iter().filter(|place| !not_at.contains(&place.name)).collect();
    let places = if elsewhere.is_empty() { all.iter().collect() } else { elsewhere };
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
            .flat_map(move |(side, _)| Daytime::ALL.iter().map(move |time| format!("{side} {} - {time}", place.name)))
    });
    (!places.is_empty()).then(|| json!({ "enum": headings.collect::<Vec<_>>() }))
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
    tuple((0..count).map(one).collect())
}

fn definitions(board: &Storyboard, ways: &[Vec<Beat>], words: &Prose, cast: &Cast) -> Value {
    let mut definitions = Map::new();
    for &beat in ways.iter().flatten() {
        let name = beat_name(beat);
        if !definitions.contains_key(&name) {
            definitions.insert(name, free_shot(beat, json!({ "$ref": "#/$defs/staging" })));
        }
    }
    definitions.insert("description".into(), prose(words, Part::Description));
    definitions.insert("staging".into(), staging(cast));
    for (at, subject) in cast.subjects.iter().enumerate() {
        let is_prop = board.bible.props.iter().any(|prop| *prop.name == **subject);
        definitions.insert(format!("staged{at}"), staged(subject, is_prop));
    }
    Value::Object(definitions)
}

/// The name of the definition of a free shot: by its milliseconds and what its camera may do.
fn beat_name(beat: Beat) -> String {
    format!("shot{:.0}{}", beat.seconds * 1000.0, beat.camera.suffix())
}

/// In the order of [`super::reading::SHOT`], framed as [`super::reading::framing`] reads it.
fn free_shot(beat: Beat, staging: Value) -> Value {
    shot(beat, &Framing { moves: beat.camera.moves(), ..Framing::any() }, staging)
}

/// A shot that is framed in one of the ways dealt to it.
pub(super) fn framed_shot(beat: Beat, framing: &Framing) -> Value {
    shot(beat, framing, json!({ "$ref": "#/$defs/staging" }))
}

/// What a shot may be framed with.
#[derive(Debug, Clone)]
pub(super) struct Framing {
    pub(super) sizes: Vec<Size>,
    pub(super) angles: Vec<Angle>,
    pub(super) moves: Vec<Move>,
}

impl Framing {
    fn any() -> Self {
        Self { sizes: Size::ALL.to_vec(), angles: Angle::ALL.to_vec(), moves: Move::ALL.to_vec() }
    }
}

fn shot(beat: Beat, framing: &Framing, staging: Value) -> Value {
    let seconds = literal(&in_seconds(beat.seconds)).unwrap_or_default();
    let (sizes, angles) = (one_of(&framing.sizes, Size::word), one_of(&framing.angles, Angle::word));
    let moves = one_of(&framing.moves, Move::word);
    tuple(vec![
        json!({ "type": "string", "pattern": format!("^{seconds} {sizes} {angles} {moves}$") }),
        staging,
        json!({ "$ref": "#/$defs/description" }),
    ])
}

/// A subject and how it stands, as [`super::reading::stance`] reads it.
fn staged(subject: &str, is_prop: bool) -> Value {
    let where_it_is = format!("{} {}", one_of(Position::ALL, Position::word), one_of(Depth::ALL, Depth::word));
    let how = if is_prop {
        where_it_is
    } else {
        format!("{where_it_is} {} {}", one_of(Facing::ALL, Facing::word), one_of(POSES, |pose| pose))
    };
    match literal(subject) {
        Some(name) => json!({ "type": "string", "pattern": format!("^{name}: {how}$") }),
        None => json!({ "enum": stances(subject) }),
    }
}

/// Every place for a subject whose name JSON has to escape, which a pattern cannot write.
fn stances(subject: &str) -> Vec<String> {
    let places = Position::ALL.iter().flat_map(|position| Depth::ALL.iter().map(move |depth| (position, depth)));
    places.map(|(position, depth)| format!("{subject}: {position} {depth}")).collect()
}

/// One of a vocabulary's words, in a pattern.
fn one_of<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> String {
    format!("({})", all.iter().map(|&value| word(value)).collect::<Vec<_>>().join("|"))
}

/// Seconds as a take's answer has them: `3.5`, `10.0`.
fn in_seconds(seconds: f32) -> String {
    format!("{seconds:?}")
}

/// Who stands where: any few of the cast, each once, in the bible's order.
fn staging(cast: &Cast) -> Value {
    let subjects = cast.subjects.len();
    if subjects == 0 {
        return json!({ "const": [] });
    }
    let ways = choices(subjects)
        .into_iter()
        .map(|choice| tuple(choice.iter().map(|at| json!({ "$ref": format!("#/$defs/staged{at}") })).collect()));
    json!({ "anyOf": ways.collect::<Vec<_>>() })
}

/// Which subjects can stand in a shot together: one, two or three of them, fewer where there would be too many ways.
fn choices(subjects: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = (0..subjects).map(|at| vec![at]).collect();
    let mut last = all.clone();
    for _ in 1..TOGETHER {
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
        Field::Dialogue => Value::Array(take.dialogue.iter().map(constant_line).collect()),
        Field::Shots => Value::Array(take.shots.iter().map(constant_shot).collect()),
    }
}

fn constant_line(speech: &Speech) -> Value {
    json!([speech.speaker, speech.line])
}

fn constant_shot(shot: &Shot) -> Value {
    json!([framed(shot), constant_staging(shot), shot.description])
}

/// A shot's framing as an answer has it.
pub(super) fn framed(shot: &Shot) -> String {
    format!("{} {} {} {}", in_seconds(shot.seconds.get()), shot.size, shot.angle, shot.camera)
}

fn constant_staging(shot: &Shot) -> Value {
    let stance = |staged: &Staging| json!(format!("{}: {} {}", staged.subject, staged.position, staged.depth));
    shot.staging.iter().map(stance).collect()
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
