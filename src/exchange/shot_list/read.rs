//! Shot lists in.

use std::collections::HashSet;
use std::io::Read as _;

use crate::board::text::clean;
use crate::board::{Angle, Extra, Line, Move, Seconds, Shot, Size, Text};
use crate::exchange::decode::ImportError;
use crate::exchange::script::{Script, ScriptScene};
use crate::exchange::{dialogue_cell, shot_note};

use super::{Column, live, words};

/// How long a shot lasts that does not say it.
const SECONDS: f32 = 3.0;
/// The most rows and columns that are read.
const ROWS: usize = 200_000;
const COLUMNS: usize = 200;

/// Reads a shot list with a header line. How its columns were understood is in [`Script::said`].
///
/// # Errors
/// [`ImportError::Broken`] where no column is one of a shot list's.
pub fn read(text: &str, fps: f32) -> Result<Script, ImportError> {
    let broken = |what: String| ImportError::Broken { format: "CSV", what };
    let header = text.lines().next().unwrap_or_default();
    let delimiter = *[b',', b';', b'\t']
        .iter()
        .max_by_key(|&&mark| header.bytes().filter(|&byte| byte == mark).count())
        .unwrap_or(&b',');
    let end = format!("\n{END}\n");
    let whole = text.as_bytes().chain(end.as_bytes());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(whole);
    let headers = reader.headers().map_err(|error| broken(error.to_string()))?.clone();
    if headers.len() > COLUMNS {
        return Err(broken(format!("it has {} columns, and at most {COLUMNS} are read", headers.len())));
    }
    let mut table = Table::new(headers.iter());
    if !table
        .columns
        .iter()
        .any(|column| matches!(column, Some(Column::Shot | Column::Size | Column::Description | Column::Scene)))
    {
        let names: Vec<&str> = headers.iter().take(12).collect();
        return Err(broken(format!("no column is a shot's; found: {}", Line::clipped(&names.join(", "), 200))));
    }
    let mut ended = false;
    for (at, record) in reader.records().enumerate() {
        if at > ROWS {
            return Err(broken(format!("it has more than {ROWS} rows")));
        }
        let record = record.map_err(|error| broken(error.to_string()))?;
        ended = record.len() == 1 && record.get(0) == Some(END);
        if !ended {
            table.row(&record, fps);
        }
    }
    if !ended {
        return Err(broken("it breaks off inside a cell in quotes".to_owned()));
    }
    Ok(table.finish())
}

/// Whether a cell says yes.
fn is_yes(cell: &str) -> bool {
    ["yes", "y", "true", "x", "1"].iter().any(|yes| cell.eq_ignore_ascii_case(yes))
}

/// The names that a shot has for its own fields.
const FIELDS: [&str; 6] = ["size", "angle", "move", "seconds", "description", "staging"];

/// The row behind the last: a file that was cut off inside a cell takes it for words of that cell.
const END: &str = "\u{10eeee}";

struct Table {
    /// What each column means; nothing known where absent.
    columns: Vec<Option<Column>>,
    names: Vec<Line>,
    script: Script,
    scene: ScriptScene,
    /// The scene's number and the take that its rows so far have.
    key: Option<(String, String)>,
    /// How many rows those are.
    rows: usize,
    /// Whether that take is the picked one.
    is_picked: bool,
    other_takes: usize,
    unknown: HashSet<String>,
}

impl Table {
    fn new<'a>(headers: impl Iterator<Item = &'a str>) -> Self {
        let mut taken = HashSet::new();
        let mut names: Vec<Line> = headers.map(|name| Line::clipped(name, 100)).collect();
        let columns: Vec<Option<Column>> =
            names.iter().map(|name| words::column(name).filter(|column| taken.insert(*column))).collect();
        // What is kept as it is must not stand in the YAML under the name of something else.
        for (name, _) in names.iter_mut().zip(&columns).filter(|(_, column)| column.is_none()) {
            if FIELDS.contains(&name.as_str()) {
                *name = Line::clipped(&format!("{name} 2"), 100);
            }
        }
        let mut script = Script::default();
        for (name, column) in names.iter().zip(&columns) {
            script.said.push(match column {
                Some(column) => format!("column `{name}` is read as {column}"),
                None => format!("column `{name}` is kept with each shot as it is"),
            });
        }
        Self {
            columns,
            names,
            script,
            scene: ScriptScene::default(),
            key: None,
            rows: 0,
            is_picked: false,
            other_takes: 0,
            unknown: HashSet::new(),
        }
    }

    fn row(&mut self, record: &csv::StringRecord, fps: f32) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let columns = self.columns.clone();
        let cell = |wanted: Column| {
            let at = columns.iter().position(|column| *column == Some(wanted));
            at.and_then(|at| record.get(at)).map(|cell| clean(live(cell.trim())).into_owned()).unwrap_or_default()
        };
        let (number, take, heading) = (cell(Column::Scene), cell(Column::Take), cell(Column::Heading));
        match &self.key {
            Some((scene, first)) if *scene == number || number.is_empty() => {
                if *first != take && !take.is_empty() {
                    // Another take of the same scene: a script has one version, the first one that is picked.
                    if self.is_picked || !is_yes(&cell(Column::Picked)) {
                        self.other_takes += 1;
                        return;
                    }
                    self.other_takes += std::mem::take(&mut self.rows);
                    let ScriptScene { number, heading, synopsis, .. } = std::mem::take(&mut self.scene);
                    self.scene = ScriptScene { number, heading, synopsis, ..ScriptScene::default() };
                    self.key = Some((scene.clone(), take));
                    self.is_picked = true;
                }
            }
            _ => {
                self.end_scene();
                self.rows = 0;
                self.is_picked = is_yes(&cell(Column::Picked));
                self.key = Some((number.clone(), take));
                self.scene.number = Some(Line::clipped(&number, 40)).filter(|number| !number.is_empty());
                self.scene.heading = Line::clipped(&heading, 500);
            }
        }
        self.rows += 1;
        let scene_fields = [(Column::Brief, cell(Column::Brief)), (Column::Action, cell(Column::Action))];
        let sound = cell(Column::Sound);
        let shot = self.shot(&cell, fps);
        for (column, words) in scene_fields {
            match column {
                Column::Brief if self.scene.synopsis.is_empty() => self.scene.synopsis = Text::clipped(&words, 20_000),
                Column::Action if !words.is_empty() => self.scene.action.push(words),
                _ => {}
            }
        }
        if !sound.is_empty() {
            let joined = if self.scene.sound.is_empty() { sound } else { format!("{}\n{sound}", self.scene.sound) };
            self.scene.sound = Text::clipped(&joined, 20_000);
        }
        self.scene.dialogue.append(&mut dialogue_cell::read(&cell(Column::Dialogue)));
        if let Some(mut shot) = shot {
            for (at, value) in record.iter().enumerate().filter(|(_, value)| !value.trim().is_empty()) {
                if let (Some(None), Some(name)) = (self.columns.get(at), self.names.get(at))
                    && !name.is_empty()
                {
                    shot.extra.insert(name.to_string(), clean(live(value.trim())).into_owned().into());
                }
            }
            self.scene.shots.push(shot);
        }
    }

    fn shot(&mut self, cell: &dyn Fn(Column) -> String, fps: f32) -> Option<Shot> {
        let about = [Column::Shot, Column::Size, Column::Angle, Column::Move, Column::Seconds, Column::Description];
        if about.iter().all(|&column| cell(column).is_empty()) {
            return None;
        }
        let said = [cell(Column::Size), cell(Column::Angle), cell(Column::Move)];
        let own =
            [words::size(&said[0]).is_some(), words::angle(&said[1]).is_some(), words::camera(&said[2]).is_some()];
        // Tables have `OTS` in the column of sizes, and `dolly in` in that of angles.
        let strays = || said.iter().zip(own).filter(|(_, own)| !own).map(|(words, _)| words);
        let size = words::size(&said[0]).or_else(|| strays().find_map(|words| words::size(words)));
        let angle = words::angle(&said[1]).or_else(|| strays().find_map(|words| words::angle(words)));
        let camera = words::camera(&said[2]).or_else(|| strays().find_map(|words| words::camera(words)));
        let known = |words: &str| {
            words::size(words).is_some() || words::angle(words).is_some() || words::camera(words).is_some()
        };
        let staging = cell(Column::Staging);
        let staged = shot_note::read_staging(&staging);
        let mut extra = Extra::new();
        let columns =
            [Column::Size, Column::Angle, Column::Move].into_iter().zip(said.iter().map(|words| known(words)));
        for ((column, known), words) in columns.zip(&said).chain([((Column::Staging, staged.is_some()), &staging)]) {
            if !known && !words.is_empty() {
                self.unknown.insert(Line::clipped(words, 40).to_string());
                extra.insert(self.kept_name(column), words.clone().into());
            }
        }
        Some(Shot {
            size: size.unwrap_or(Size::Medium),
            angle: angle.unwrap_or(Angle::Eye),
            camera: camera.unwrap_or(Move::Static),
            seconds: words::seconds(&cell(Column::Seconds), fps).unwrap_or_else(|| Seconds::clamped(SECONDS)),
            description: Text::clipped(&cell(Column::Description), 20_000),
            staging: staged.unwrap_or_default(),
            extra,
        })
    }

    /// The name under which a shot keeps what its column says and nothing here understands.
    fn kept_name(&self, column: Column) -> String {
        let at = self.columns.iter().position(|found| *found == Some(column));
        let name = at.and_then(|at| self.names.get(at)).map(ToString::to_string).unwrap_or_default();
        if name.is_empty() || FIELDS.contains(&name.as_str()) { format!("{column} 2") } else { name }
    }

    fn end_scene(&mut self) {
        let scene = std::mem::take(&mut self.scene);
        if !scene.is_empty() {
            self.script.scenes.push(scene);
        }
    }

    fn finish(mut self) -> Script {
        self.end_scene();
        if self.other_takes > 0 {
            self.script.said.push(format!("{} rows of other takes are left out", self.other_takes));
        }
        if !self.unknown.is_empty() {
            let mut words: Vec<&String> = self.unknown.iter().collect();
            words.sort();
            words.truncate(12);
            let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
            self.script
                .said
                .push(format!("not understood, kept with the shot and left at the default: {}", words.join(", ")));
        }
        self.script
    }
}
