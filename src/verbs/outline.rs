//! `slateboard outline`: bible entries and scene briefs proposed by the model, each to be accepted, edited or rejected.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::engine_options::EngineOptions;
use super::progress::Progress;
use super::{Code, Failure, boards, out};
use crate::board::rework::number_at;
use crate::board::{Edit, Line, Scene, SceneId, Storyboard, Text};
use crate::engine::outline::{
    EntryProposal, SceneProposal, bible_job, read_bible, read_scenes, scenes_job, wants_bible,
};
use crate::engine::{Cancel, Generator, Job};
use crate::store::{Access, Opened, Paths};

/// Scenes proposed where nobody says how many.
const SCENES: u16 = 6;

/// Let the model propose a bible and scene briefs; nothing enters the board unless it is accepted
#[derive(Debug, Args)]
pub struct Outline {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// How many scenes to propose; else six for an empty board, one for a board that is to go on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=40))]
    scenes: Option<u16>,
    /// Propose what comes after this scene, to fill a gap; else the board's end goes on
    #[arg(long, value_name = "SCENE")]
    after: Option<String>,
    /// Accept every proposal
    #[arg(long)]
    accept: bool,
    /// Where chance starts; the same seed gives the same proposals
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u32,
    /// Print the proposals as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Outline {
    /// Proposes, asks, and keeps what was accepted.
    ///
    /// # Errors
    /// Where the board cannot be opened or saved, has nothing to go on, or the model fails.
    pub fn run(self) -> Result<(), Failure> {
        let asks = !self.json && !self.accept && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        let access = if asks || self.accept { Access::Write } else { Access::ReadOnly };
        let Opened { mut file, mut board, .. } = boards::open(&self.board, access)?;
        if board.logline.is_empty() && board.scenes.is_empty() {
            return Err(Failure::usage("the board has no logline to start from")
                .hint("write `logline:` into the YAML, or use `slateboard new --logline`"));
        }
        let mut engine = self.engine.engine(&Paths::from_env()?)?;
        let mut answer = if asks { Answer::Ask } else { Answer::Accept };

        let mut entries = Vec::new();
        if wants_bible(&board) {
            let text = write(&mut engine, "bible", &bible_job(&board, self.seed))?;
            entries = read_bible(&board, &text)?;
        }
        // Scenes are proposed over the bible as it would be; what is not accepted is taken back before they are kept.
        let mut accepted = Vec::new();
        let before = board.clone();
        for proposal in &entries {
            if let Some(proposal) = answer.of_entry(proposal)? {
                let at = board.bible.list(proposal.kind).len();
                let edit = Edit::InsertEntry { kind: proposal.kind, at, entry: Box::new(proposal.entry) };
                edit.apply(&mut board)?;
                accepted.push(edit);
            }
        }
        let at = self.place(&board)?;
        let count = usize::from(self.scenes.unwrap_or(if board.scenes.is_empty() { SCENES } else { 1 }));
        let text = write(&mut engine, "outline", &scenes_job(&board, count, at, self.seed))?;
        let scenes = read_scenes(&text)?;
        if self.json {
            out::json(&json!({ "bible": entries, "scenes": scenes }))?;
        } else if !asks {
            out::print(&listing(&entries, &scenes))?;
        }
        let mut at = at;
        for proposal in &scenes {
            if let Some(proposal) = answer.of_scene(proposal)? {
                let edit = insert(&board, at, proposal);
                edit.apply(&mut board)?;
                accepted.push(edit);
                at += 1;
            }
        }
        if access == Access::Write && board != before {
            for edit in &accepted {
                file.record(edit)?;
            }
            boards::save(&mut file, &board)?;
        }
        Ok(())
    }

    /// Where the first proposed scene would stand.
    fn place(&self, board: &Storyboard) -> Result<usize, Failure> {
        let Some(after) = &self.after else { return Ok(board.scenes.len()) };
        let scene = boards::scene(board, after)?;
        Ok(board.position(scene.id).map_or(board.scenes.len(), |at| at + 1))
    }
}

fn insert(board: &Storyboard, at: usize, proposal: SceneProposal) -> Edit {
    let scene = Scene {
        id: SceneId::new(boards::fresh()),
        number: number_at(board, at),
        heading: proposal.heading,
        brief: proposal.brief,
        ..Scene::default()
    };
    Edit::InsertScene { at, scene: Box::new(scene) }
}

/// Runs a job with one answer.
fn write(engine: &mut dyn Generator, what: &str, job: &Job) -> Result<String, Failure> {
    let mut progress = Progress::new(what.into());
    let outcome = engine.run(job, &Cancel::default(), &mut |event| progress.on(&event));
    progress.end();
    let answer = outcome?.answers.into_iter().next().flatten();
    answer.ok_or_else(|| {
        Failure::new(Code::Engine, format!("the {what} did not come to its end")).hint("try another --seed")
    })
}

fn listing(entries: &[EntryProposal], scenes: &[SceneProposal]) -> String {
    let mut text: String = entries.iter().map(|proposal| format!("{}\n", entry_line(proposal))).collect();
    text.extend(scenes.iter().map(|proposal| format!("{}\n", scene_line(proposal))));
    text
}

fn entry_line(proposal: &EntryProposal) -> String {
    format!("{} {}: {}", proposal.kind, proposal.entry.name, proposal.entry.look)
}

fn scene_line(proposal: &SceneProposal) -> String {
    match proposal.heading.is_empty() {
        true => proposal.brief.to_string(),
        false => format!("{}: {}", proposal.heading, proposal.brief),
    }
}

/// What becomes of proposals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Each is accepted.
    Accept,
    /// The person says.
    Ask,
}

impl Answer {
    fn of_entry(&mut self, proposal: &EntryProposal) -> Result<Option<EntryProposal>, Failure> {
        let mut proposal = proposal.clone();
        match self.decide(&entry_line(&proposal), "look")? {
            Decision::Reject => return Ok(None),
            Decision::Edit(words) => proposal.entry.look = words,
            Decision::Accept => {}
        }
        Ok(Some(proposal))
    }

    fn of_scene(&mut self, proposal: &SceneProposal) -> Result<Option<SceneProposal>, Failure> {
        let mut proposal = proposal.clone();
        match self.decide(&scene_line(&proposal), "brief")? {
            Decision::Reject => return Ok(None),
            Decision::Edit(words) => proposal.brief = words,
            Decision::Accept => {}
        }
        Ok(Some(proposal))
    }

    fn decide(&mut self, shown: &str, field: &str) -> Result<Decision, Failure> {
        if *self == Self::Accept {
            return Ok(Decision::Accept);
        }
        loop {
            out::print(&format!("\n{shown}\n[a]ccept, [r]eject, [e]dit its {field}, accept [A]ll: "))?;
            match line()?.as_deref() {
                Some("a" | "") => return Ok(Decision::Accept),
                Some("r") | None => return Ok(Decision::Reject),
                Some("A") => {
                    *self = Self::Accept;
                    return Ok(Decision::Accept);
                }
                Some("e") => {
                    out::print(&format!("{field}: "))?;
                    if let Some(words) = line()?.filter(|words| !words.is_empty()) {
                        return Ok(Decision::Edit(Text::new(&words)?));
                    }
                }
                Some(_) => {}
            }
        }
    }
}

enum Decision {
    Accept,
    Reject,
    Edit(Text),
}

/// A line the person typed; `None` at the end of input.
fn line() -> Result<Option<String>, Failure> {
    std::io::stdout().flush()?;
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed)?;
    Ok((read > 0).then(|| Line::clipped(&typed, crate::board::text::LINE_MAX).to_string()))
}
