//! `slateboard generate`: takes of a scene, sampled together by the local model and kept on the board.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::engine_options::EngineOptions;
use super::progress::Progress;
use super::{Code, Failure, boards, out, tasting};
use crate::board::{Edit, Lock, Scene, SceneId, Storyboard, Take, TakeId};
use crate::engine::{AskError, Cancel, Generator, LocalEngine, Outcome, SceneJob};
use crate::run::asking::{self, Asking};
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
    /// Every scene
    #[arg(long, conflicts_with = "scene")]
    all: bool,
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
        let Opened { mut file, mut board, .. } = boards::open(&self.board, Access::Write)?;
        let scenes = self.scenes(&board)?;
        let paths = Paths::from_env()?;
        let asking = tasting::fold(&file, &board, &paths, reviewer::name())?;
        let mut desk = Desk { engine: self.engine.engine(&paths)?, asking };
        let mut answers = Vec::new();
        for scene in scenes {
            let answer = self.scene(&mut desk, &mut file, &mut board, scene)?;
            if !self.json {
                out::print(&answer.text(&board, scene))?;
            }
            answers.push(answer.json(&board, scene)?);
        }
        match (self.json, self.all, answers.as_slice()) {
            (false, ..) => Ok(()),
            (true, false, [answer]) => out::json(answer),
            _ => out::json(&json!({ "scenes": answers })),
        }
    }

    fn scenes(&self, board: &Storyboard) -> Result<Vec<SceneId>, Failure> {
        if self.all {
            return Ok(board.scenes.iter().map(|scene| scene.id).collect());
        }
        if let Some(wanted) = &self.scene {
            return Ok(vec![boards::scene(board, wanted)?.id]);
        }
        let untaken = board.scenes.iter().find(|scene| scene.takes.is_empty()).or(board.scenes.first());
        untaken.map(|scene| vec![scene.id]).ok_or_else(|| {
            Failure::usage("the board has no scenes yet").hint("slateboard outline BOARD.yaml proposes some")
        })
    }

    /// Generates the takes of one scene and saves them.
    fn scene(
        &self,
        desk: &mut Desk,
        file: &mut BoardFile,
        board: &mut Storyboard,
        scene: SceneId,
    ) -> Result<Answer, Failure> {
        let of = board.scene(scene).ok_or_else(|| Failure::usage("the scene is gone"))?;
        let plan = desk.asking.plan(board, of);
        let ask = asking::ask(&plan, &self.lock, self.seeds(desk, of));
        let job = SceneJob::new(board, scene, &ask)?;
        let outcome = run(&mut desk.engine, &job, board, scene)?;
        desk.asking.saw(&outcome);
        let candidates = job
            .candidates(&outcome, || TakeId::new(boards::fresh()))
            .map_err(|error| Failure::new(Code::Engine, format!("an answer could not be read: {error}")))?;
        if candidates.is_empty() {
            return Err(Failure::new(Code::Engine, "no take came to its end")
                .hint("give the scene fewer seconds, or the model a larger --context"));
        }
        let seed = ask.seeds.first().copied().unwrap_or_default();
        let (best, ranked) = desk.asking.best(of, &candidates, usize::from(self.takes), seed);
        if ranked.iter().any(|ranked| ranked.near_copy) {
            boards::tell(
                "some of these takes are nearly the same as others or as rejected ones; a larger --pool finds more",
            );
        }
        Samples::beside(file.sidecar()).put(&best)?;
        let takes = best.into_iter().map(|candidate| candidate.take).collect();
        let kept = keep(file, board, scene, &job, &outcome, takes)?;
        Ok(Answer { kept, ranked, changes: plan.changes, outcome })
    }

    /// The seeds of the takes to sample.
    fn seeds(&self, desk: &Desk, scene: &Scene) -> Vec<u32> {
        let asked = if self.seed.is_some() { 0 } else { desk.asking.times_asked(scene) };
        let takes = usize::from(self.takes);
        let count = match self.pool {
            Some(pool) => usize::from(pool).max(takes),
            None => desk.asking.pool(desk.engine.model_sha256(), takes),
        };
        seeds(scene.id, self.seed.unwrap_or(0), asked, count)
    }
}

/// What all scenes of one run share.
struct Desk {
    engine: LocalEngine,
    asking: Asking,
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

/// Puts takes on the board, with the prompt they can be made again from, and saves. Answers their ids.
pub(super) fn keep(
    file: &mut BoardFile,
    board: &mut Storyboard,
    scene: SceneId,
    job: &SceneJob,
    outcome: &Outcome,
    takes: Vec<Take>,
) -> Result<Vec<TakeId>, Failure> {
    Prompts::beside(file.sidecar()).put(&outcome.prompt_sha256, &serde_json::to_value(job)?)?;
    let mut kept = Vec::new();
    for take in takes {
        let at = board.scene(scene).map_or(0, |scene| scene.takes.len());
        kept.push(take.id);
        let edit = Edit::InsertTake { scene, at, take: Box::new(take) };
        edit.apply(board)?;
        file.record(&edit)?;
    }
    boards::save(file, board)?;
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
