//! `slateboard generate`: takes of a scene, or of every scene, sampled together and kept on the board.

mod all;
mod report;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::engine_options::EngineOptions;
use super::progress::Progress;
use super::{Code, Failure, boards, out, tasting};
use crate::board::{Edit, Lock, Scene, SceneId, Storyboard, Take, TakeId};
use crate::engine::{AskError, Cancel, Generator, Loaded, Outcome, SceneJob};
use crate::run::asking::{self, Asking};
use crate::store::generation::Asked;
use crate::store::{Access, BoardFile, Opened, Paths, Prompts, Samples, reviewer};
use crate::taste::seeds::seeds;
use crate::taste::{Change, Ranked};

/// Takes kept where nobody says how many.
const TAKES: u16 = 3;

/// Let the model write takes of a scene
#[derive(Debug, Args)]
pub struct Generate {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The scene of this number or id; else the first that has no take
    #[arg(long, value_name = "N")]
    scene: Option<String>,
    /// Every scene, several at once where the engine is a server; one that was interrupted goes on where it was
    #[arg(long, conflicts_with = "scene")]
    all: bool,
    /// Begin with --all from the first scene, whatever was interrupted
    #[arg(long, requires = "all")]
    anew: bool,
    /// Takes kept, best first by what verdicts taught; in the order of the seeds while they taught nothing yet
    #[arg(long, value_name = "K", default_value_t = TAKES, value_parser = clap::value_parser!(u16).range(1..=64))]
    takes: u16,
    /// Takes sampled together, out of which the best are kept; else as many as this machine writes while a take is read,
    /// and as many as are kept while nothing is learned yet
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pool: Option<u16>,
    /// Where chance starts; the same seed gives the same takes
    #[arg(long, value_name = "S")]
    seed: Option<u32>,
    /// What to keep from the picked take: heading, action, dialogue, sound, shots, or one of them: dialogue.2, shots.1, shots.1.staging
    #[arg(long, value_name = "PART")]
    lock: Vec<Lock>,
    /// Print the takes as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Generate {
    /// Generates, keeps and prints the takes.
    ///
    /// # Errors
    /// Where the board cannot be opened or saved, there is nothing to go on, or the model fails.
    pub fn run(self) -> Result<(), Failure> {
        let Opened { file, board, .. } = boards::open(&self.board, Access::Write)?;
        let paths = Paths::from_env()?;
        let asking = tasting::fold(&file, &board, &paths, reviewer::name())?;
        let engine = self.engine.engine(&paths)?;
        let mut desk = Desk { asked: self.asked(), file, board, asking };
        if self.all {
            return all::run(&mut desk, engine, self.anew, self.json);
        }
        let scene = self.scene(&desk.board)?;
        let answer = one(&mut desk, engine, scene)?;
        match self.json {
            true => out::json(&answer.json(&desk.board, scene)?),
            false => out::print(&answer.text(&desk.board, scene)),
        }
    }

    fn asked(&self) -> Asked {
        Asked { takes: self.takes, pool: self.pool, seed: self.seed, locked: self.lock.clone() }
    }

    fn scene(&self, board: &Storyboard) -> Result<SceneId, Failure> {
        if let Some(wanted) = &self.scene {
            return Ok(boards::scene(board, wanted)?.id);
        }
        let untaken = board.scenes.iter().find(|scene| scene.takes.is_empty()).or(board.scenes.first());
        untaken.map(|scene| scene.id).ok_or_else(no_scenes)
    }
}

fn no_scenes() -> Failure {
    Failure::usage("the board has no scenes yet").hint("slateboard outline BOARD.yaml proposes some")
}

/// Writes the takes of one scene.
fn one(desk: &mut Desk, mut engine: Box<dyn Generator>, scene: SceneId) -> Result<Answer, Failure> {
    let loaded = warm_up(&mut engine, desk.name(scene))?;
    let prepared = desk.prepare(&loaded, scene)?;
    let outcome = run(&mut engine, &prepared.job, &desk.board, scene)?;
    let answer = desk.take_in(prepared, outcome, |_, _| Ok(()))?;
    boards::save(&mut desk.file, &desk.board)?;
    Ok(answer)
}

/// Has the model ready, and says on stderr which.
fn warm_up(engine: &mut dyn Generator, what: String) -> Result<Loaded, Failure> {
    let mut progress = Progress::new(what);
    let loaded = engine.warm_up(&Cancel::default(), &mut |event| progress.on(&event));
    progress.end();
    Ok(loaded?)
}

/// What all scenes of one run share.
struct Desk {
    asked: Asked,
    file: BoardFile,
    board: Storyboard,
    asking: Asking,
}

/// A scene that can be asked for.
struct Prepared {
    job: SceneJob,
    changes: Vec<Change>,
}

impl Desk {
    /// What a scene is called on stderr.
    fn name(&self, scene: SceneId) -> String {
        let number = self.board.scene(scene).map(|scene| scene.number.to_string()).unwrap_or_default();
        format!("scene {number}")
    }

    /// The job for a scene's takes, by the board as it is now.
    fn prepare(&self, model: &Loaded, scene: SceneId) -> Result<Prepared, Failure> {
        let of = self.board.scene(scene).ok_or_else(|| Failure::usage("the scene is gone"))?;
        let plan = self.asking.plan(&self.board, of);
        let ask = asking::ask(&plan, &self.asked.locked, self.seeds(model, of));
        Ok(Prepared { job: SceneJob::new(&self.board, scene, &ask)?, changes: plan.changes })
    }

    /// The seeds of the takes to sample.
    fn seeds(&self, model: &Loaded, scene: &Scene) -> Vec<u32> {
        let times = if self.asked.seed.is_some() { 0 } else { self.asking.times_asked(scene) };
        let takes = usize::from(self.asked.takes);
        let count = match self.asked.pool {
            Some(pool) => usize::from(pool).max(takes),
            None => self.asking.pool(model, takes),
        };
        seeds(scene.id, self.asked.seed.unwrap_or(0), times, count)
    }

    /// Puts the best of what was written on the board, safe from the end of this process; `first` is told before.
    fn take_in(
        &mut self,
        Prepared { job, changes }: Prepared,
        outcome: Outcome,
        first: impl FnOnce(SceneId, Vec<TakeId>) -> Result<(), Failure>,
    ) -> Result<Answer, Failure> {
        let scene = job.scene;
        let of = self.board.scene(scene).ok_or_else(|| Failure::usage("the scene is gone"))?;
        self.asking.saw(&outcome);
        let candidates = job
            .candidates(&outcome, || TakeId::new(boards::fresh()))
            .map_err(|error| Failure::new(Code::Engine, format!("an answer could not be read: {error}")))?;
        if candidates.is_empty() {
            return Err(Failure::new(Code::Engine, "no take came to its end")
                .hint("give the scene fewer seconds, or the model a larger --context"));
        }
        let seed = job.job.seeds.first().copied().unwrap_or_default();
        let (best, ranked) = self.asking.best(of, &candidates, usize::from(self.asked.takes), seed);
        if ranked.iter().any(|ranked| ranked.near_copy) {
            let name = self.name(scene);
            boards::tell(&format!(
                "{name}: some of these takes are nearly the same as others or as rejected ones; a larger --pool finds more"
            ));
        }
        Samples::beside(self.file.sidecar()).put(&best)?;
        let takes: Vec<Take> = best.into_iter().map(|candidate| candidate.take).collect();
        first(scene, takes.iter().map(|take| take.id).collect())?;
        let kept = keep(&mut self.file, &mut self.board, scene, &job, &outcome, takes)?;
        Ok(Answer { kept, ranked, changes, outcome })
    }
}

/// Runs a scene's job with its progress on stderr.
pub(super) fn run(
    engine: &mut dyn Generator,
    job: &SceneJob,
    board: &Storyboard,
    scene: SceneId,
) -> Result<Outcome, Failure> {
    let number = board.scene(scene).map(|scene| scene.number.to_string()).unwrap_or_default();
    let mut progress = Progress::new(format!("scene {number}"));
    let outcome = engine.run(&job.job, &Cancel::default(), &mut |event| progress.on(&event));
    progress.end();
    let outcome = outcome?;
    if !outcome.left_out.is_empty() {
        let parts = outcome.left_out.join(", ");
        boards::tell(&format!("the context was too small for all of the story; in short or left out: {parts}"));
    }
    Ok(outcome)
}

/// Puts takes on the board as one step of the journal, with the prompt they can be made again from. Answers their ids.
pub(super) fn keep(
    file: &mut BoardFile,
    board: &mut Storyboard,
    scene: SceneId,
    job: &SceneJob,
    outcome: &Outcome,
    takes: Vec<Take>,
) -> Result<Vec<TakeId>, Failure> {
    Prompts::beside(file.sidecar()).put(&outcome.prompt_sha256, &serde_json::to_value(job)?)?;
    let kept = takes.iter().map(|take| take.id).collect();
    let before = board.scene(scene).map_or(0, |scene| scene.takes.len());
    let insert = |(at, take)| Edit::InsertTake { scene, at: before + at, take: Box::new(take) };
    let edit = Edit::Together(takes.into_iter().enumerate().map(insert).collect());
    edit.apply(board)?;
    file.record(&edit)?;
    Ok(kept)
}

/// What one scene's generation gave.
struct Answer {
    kept: Vec<TakeId>,
    ranked: Vec<Ranked>,
    changes: Vec<Change>,
    outcome: Outcome,
}

impl Answer {
    /// The takes, and what verdicts had to do with them.
    fn text(&self, board: &Storyboard, scene: SceneId) -> String {
        let mut text = super::show::scene_text(board, scene, &self.kept);
        for change in &self.changes {
            text += &format!("  after \u{201c}{}\u{201d}: {}\n", change.reason, change.does);
        }
        if let Some(first) = self.ranked.first().filter(|ranked| ranked.probability.is_some()) {
            let chance = first.probability.unwrap_or_default() * 100.0;
            text += &format!("  ranked by taste; the first is accepted with a probability of {chance:.0} %\n");
        }
        text
    }

    fn json(&self, board: &Storyboard, scene: SceneId) -> Result<Value, Failure> {
        let number = board.scene(scene).map(|scene| scene.number.clone());
        let takes = board.scene(scene).map(|scene| scene.takes.as_slice()).unwrap_or_default();
        let mut kept = Vec::new();
        for (at, take) in takes.iter().enumerate().filter(|(_, take)| self.kept.contains(&take.id)) {
            let mut value = serde_json::to_value(take)?;
            value["index"] = json!(at + 1);
            kept.push(value);
        }
        let ranked_by = self.ranked.first().map(|ranked| ranked.by);
        Ok(json!({
            "scene": scene, "number": number, "takes": kept, "ranked_by": ranked_by, "changes": self.changes,
            "stats": self.outcome.stats,
        }))
    }
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        Self::usage(error.to_string())
    }
}
