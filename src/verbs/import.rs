//! `slateboard import`: a script or another program's board becomes a board, or comes onto one that is there.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde_json::{Value, json};

use super::{Code, Failure, boards, out};
use crate::board::Storyboard;
use crate::exchange::decode::ImportError;
use crate::exchange::import::{self, From as Source, Imported};
use crate::exchange::merge::{self, Fate, Happened, Merged, Part};
use crate::store::{Access, BoardFile, Opened, yaml};

/// Bring in a script, an outline, a shot list or another program's board
///
/// The file is only read. Where BOARD.yaml is there already, what changed in the file is brought onto it: takes, picks and
/// verdicts stay, what was changed here stays, and a scene that left the file is kept aside.
#[derive(Debug, Args)]
pub struct Import {
    /// A .fountain, .fdx, .storyboarder, .csv, .otio, .md, .txt, .yaml, .json or .zip file, or a Storyboarder project's folder
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The board to make, or to bring the file onto
    #[arg(long, value_name = "BOARD.yaml")]
    out: PathBuf,
    /// What the file is, where its name does not say it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Source::ALL.iter().map(|from| from.word())).map(|said: String| said.parse().unwrap_or(Source::Outline)))]
    from: Option<Source>,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

impl Import {
    /// Reads the file and writes the board.
    ///
    /// # Errors
    /// Where the file cannot be read or is not what it says, or the board cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        let from = self.from.map_or_else(|| Source::of(&self.file), Ok)?;
        let read_board = |bytes: &[u8]| yaml::read(bytes).map_err(|refused| refused.to_string());
        let mut go_on = |_, _| ControlFlow::Continue(());
        let imported = import::read(&self.file, from, &read_board, &mut boards::fresh, &mut go_on)?;
        if self.out.symlink_metadata().is_ok() { self.onto(imported) } else { self.new_board(imported) }
    }

    fn new_board(&self, mut imported: Imported) -> Result<(), Failure> {
        if imported.from != Source::Board {
            merge::remember(&mut imported.board);
        }
        let fates: Vec<Fate> = imported
            .board
            .scenes
            .iter()
            .map(|scene| Fate { number: scene.number.clone(), heading: scene.heading.clone(), what: Happened::Added })
            .collect();
        if !self.dry_run {
            let file = BoardFile::create(&self.out, &imported.board)?;
            imported.keep_pictures(file.sidecar())?;
        }
        let names: Vec<String> = imported.board.bible.entries().map(|(_, entry)| entry.name.to_string()).collect();
        self.tell(&imported, &fates, &names, &imported.board)
    }

    fn onto(&self, imported: Imported) -> Result<(), Failure> {
        let access = if self.dry_run { Access::ReadOnly } else { Access::Write };
        let Opened { mut file, board, .. } = boards::open(&self.out, access)?;
        let Merged { board: merged, scenes, new_names } =
            merge::merge(&board, imported.board.clone(), &mut boards::fresh);
        if !self.dry_run && merged != board {
            imported.keep_pictures(file.sidecar())?;
            boards::save(&mut file, &merged)?;
        }
        let names: Vec<String> = new_names.iter().map(ToString::to_string).collect();
        self.tell(&imported, &scenes, &names, &merged)
    }

    fn tell(&self, imported: &Imported, fates: &[Fate], names: &[String], board: &Storyboard) -> Result<(), Failure> {
        if self.json {
            let scenes: Vec<Value> = fates.iter().map(fate_json).collect();
            return out::json(&json!({
                "from": imported.from,
                "board": boards::shown(&self.out),
                "written": !self.dry_run,
                "scenes": scenes,
                "names": names,
                "said": imported.said,
            }));
        }
        let mut text = format!("{} is read as {}\n", boards::shown(&self.file), imported.from);
        for said in &imported.said {
            text.push_str(&format!("  {said}\n"));
        }
        let unchanged = fates.iter().filter(|fate| fate.what == Happened::Unchanged).count();
        for fate in fates.iter().filter(|fate| fate.what != Happened::Unchanged) {
            text.push_str(&format!("  {fate}\n"));
        }
        if unchanged > 0 {
            text.push_str(&format!("  {unchanged} scenes are as before\n"));
        }
        if !names.is_empty() {
            text.push_str(&format!("  new in the bible: {}\n", names.join(", ")));
        }
        text.push_str(&match self.dry_run {
            true => format!("nothing was written; without --dry-run {} would have this\n", boards::shown(&self.out)),
            false => format!("{} has {} scenes\n", boards::shown(&self.out), board.scenes.len()),
        });
        out::print(&text)
    }
}

fn fate_json(fate: &Fate) -> Value {
    let (what, changed, stays): (&str, &[Part], &[Part]) = match &fate.what {
        Happened::Added => ("added", &[], &[]),
        Happened::Unchanged => ("unchanged", &[], &[]),
        Happened::Changed(changed) => ("changed", changed, &[]),
        Happened::Kept { stays, changed } => ("changed", changed, stays),
        Happened::Returned => ("returned", &[], &[]),
        Happened::Aside => ("aside", &[], &[]),
    };
    json!({ "number": fate.number, "heading": fate.heading, "what": what, "changed": changed, "stays": stays })
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let code = match &error {
            ImportError::Io(..) | ImportError::Stopped => Code::Failed,
            ImportError::Unknown(_) => Code::Usage,
            ImportError::TooLarge(_)
            | ImportError::Encoding { .. }
            | ImportError::Broken { .. }
            | ImportError::Empty => Code::Invalid,
        };
        Self::new(code, error.to_string()).hint(error.hint())
    }
}
