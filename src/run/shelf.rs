//! Takes sampled ahead, while the reviewer reads: for the same scene, as if this take were rejected, and for the next one, as if
//! it were accepted. A question they answer is answered at once; what no question fits is dropped.

use std::collections::VecDeque;

use super::asking::{self, Asking};
use crate::board::Edit;
use crate::board::{SceneChange, SceneId, Storyboard, Take};
use crate::engine::{Cancel, EngineError, Generator, Outcome, SceneJob};
use crate::taste::{Candidate, Next};

/// Pools kept: one for either verdict.
const POOLS: usize = 2;

/// A pool that was sampled.
#[derive(Debug, Clone)]
pub struct Sampled {
    /// What was asked.
    pub job: SceneJob,
    /// What the engine answered.
    pub outcome: Outcome,
    /// The takes, without ids of their own yet.
    pub candidates: Vec<Candidate>,
}

impl Sampled {
    /// Runs a job.
    ///
    /// # Errors
    /// [`EngineError`] in words for the person.
    pub fn by(
        generator: &mut dyn Generator,
        job: SceneJob,
        cancel: &Cancel,
        on: &mut dyn FnMut(crate::engine::Event),
    ) -> Result<Self, EngineError> {
        let outcome = generator.run(&job.job, cancel, on)?;
        let candidates =
            job.candidates(&outcome, Default::default).map_err(|error| EngineError::Job(error.to_string()))?;
        Ok(Self { job, outcome, candidates })
    }
}

/// What is wished for and what is there.
#[derive(Debug, Default)]
pub struct Shelf {
    wishes: VecDeque<SceneJob>,
    pools: VecDeque<Sampled>,
    asked: usize,
    ready: usize,
}

impl Shelf {
    /// The pool that answers a job, where it is there. What was still wished for is wished no more.
    pub fn take(&mut self, job: &SceneJob) -> Option<Sampled> {
        self.asked += 1;
        self.wishes.clear();
        let at = self.pools.iter().position(|pool| asks_the_same(&pool.job, job))?;
        self.ready += 1;
        self.pools.remove(at)
    }

    /// Of how many questions how many were answered at once.
    #[must_use]
    pub const fn readiness(&self) -> (usize, usize) {
        (self.ready, self.asked)
    }

    /// Whether there is something to sample.
    #[must_use]
    pub fn is_wishing(&self) -> bool {
        !self.wishes.is_empty()
    }

    /// Wishes for what comes after `shown` were put before the reviewer: another pool of the same scene, and one of the next
    /// scene that has no take yet. `board` is as it was when they were asked for.
    pub fn foresee(&mut self, asking: &Asking, board: &Storyboard, scene: SceneId, shown: &[Take], pool: usize) {
        self.wishes.clear();
        let (Some(judged), Some(best)) = (board.scene(scene), shown.first()) else { return };
        let seed = shown.iter().filter_map(|take| take.provenance.seed).max().unwrap_or_default();
        let rejected = asking.plan_after(board, judged, judged, best, false);
        self.wishes.extend(wish(board, scene, &rejected, seed.wrapping_add(0x100), pool));
        if let Some((accepted, next)) = after_accepting(board, scene, best)
            && let Some(of) = accepted.scene(next)
        {
            let plan = asking.plan_after(&accepted, of, judged, best, true);
            self.wishes.extend(wish(&accepted, next, &plan, seed.wrapping_add(0x1100), pool));
        }
        let pools = &self.pools;
        self.wishes.retain(|wish| !pools.iter().any(|pool| asks_the_same(&pool.job, wish)));
    }

    /// Samples one pool that is wished for. A wish that was cancelled stays, one that failed is dropped: the question itself
    /// will say why.
    ///
    /// # Errors
    /// [`EngineError`], where the engine is gone or the wish was cancelled.
    pub fn fill(&mut self, generator: &mut dyn Generator, cancel: &Cancel) -> Result<(), EngineError> {
        let Some(wish) = self.wishes.pop_front() else { return Ok(()) };
        match Sampled::by(generator, wish.clone(), cancel, &mut |_| {}) {
            Ok(sampled) => {
                if self.pools.len() == POOLS {
                    self.pools.pop_front();
                }
                self.pools.push_back(sampled);
                Ok(())
            }
            Err(error) => {
                if error == EngineError::Cancelled {
                    self.wishes.push_front(wish);
                }
                Err(error)
            }
        }
    }
}

fn wish(board: &Storyboard, scene: SceneId, plan: &Next, first: u32, pool: usize) -> Option<SceneJob> {
    let seeds = (0..).map(|at: u32| first.wrapping_add(at)).take(pool).collect();
    SceneJob::new(board, scene, &asking::ask(plan, &[], seeds)).ok()
}

/// The board after the take was accepted, and the next scene that has none.
fn after_accepting(board: &Storyboard, scene: SceneId, best: &Take) -> Option<(Storyboard, SceneId)> {
    let at = board.position(scene)?;
    let next = board.scenes.iter().skip(at + 1).find(|scene| scene.takes.is_empty())?.id;
    let mut accepted = board.clone();
    let takes = accepted.scene(scene)?.takes.len();
    Edit::InsertTake { scene, at: takes, take: Box::new(best.clone()) }.apply(&mut accepted).ok()?;
    Edit::Scene { id: scene, change: SceneChange::Picked(Some(best.id)) }.apply(&mut accepted).ok()?;
    Some((accepted, next))
}

/// Each verdict changes a little how often this or that is dealt: takes dealt a verdict ago are as good.
fn deal_the_same(a: &SceneJob, b: &SceneJob) -> bool {
    match (&a.job.dealing, &b.job.dealing) {
        (Some(a), Some(b)) => a.has_the_forms_of(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether two jobs ask for the same takes but for their chance and their number.
fn asks_the_same(a: &SceneJob, b: &SceneJob) -> bool {
    a.scene == b.scene
        && a.job.sections == b.job.sections
        && a.job.schema == b.job.schema
        && deal_the_same(a, b)
        && a.job.sampler == b.job.sampler
        && a.job.leaning == b.job.leaning
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Line, Scene, Text, Weights};
    use crate::engine::{Event, Job, Loaded, SceneAsk, Stats};
    use crate::store::Paths;

    /// Answers every job with as many empty answers, and counts.
    struct Scripted(usize);

    impl Generator for Scripted {
        fn warm_up(&mut self, _: &Cancel, _: &mut dyn FnMut(Event)) -> Result<Loaded, EngineError> {
            Err(EngineError::Model("a script loads nothing".into()))
        }

        fn run(&mut self, job: &Job, cancel: &Cancel, _: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError> {
            if cancel.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            self.0 += 1;
            let model = Loaded {
                name: "script".into(),
                sha256: None,
                machine: crate::board::Machine::Local,
                context: 0,
                gpu_layers: 0,
                layers: 0,
                device: String::new(),
                adapter: None,
                weights: Weights::Stored,
            };
            Ok(Outcome {
                answers: job.seeds.iter().map(|_| Some(r#"{"action": "She waits."}"#.to_owned())).collect(),
                readings: Vec::new(),
                prompt_sha256: String::new(),
                left_out: Vec::new(),
                threads: Vec::new(),
                model,
                stats: Stats::default(),
            })
        }
    }

    fn board() -> Storyboard {
        let scene = |number: u128| Scene {
            id: SceneId::new(number.into()),
            brief: Text::new(&format!("Scene {number} happens.")).unwrap(),
            ..Scene::default()
        };
        Storyboard { scenes: vec![scene(1), scene(2)], ..Storyboard::default() }
    }

    fn asking() -> Asking {
        let nowhere = || "/nowhere".into();
        let paths = Paths { config: nowhere(), data: nowhere(), state: nowhere(), cache: nowhere() };
        Asking::without_verdicts(&paths, Line::default())
    }

    fn ask(board: &Storyboard, scene: usize, seed: u32) -> SceneAsk {
        asking::ask(&asking().plan(board, &board.scenes[scene]), &[], vec![seed])
    }

    fn job(board: &Storyboard, scene: usize, seed: u32) -> SceneJob {
        SceneJob::new(board, board.scenes[scene].id, &ask(board, scene, seed)).unwrap()
    }

    fn shown(board: &Storyboard) -> Vec<Take> {
        let outcome = Scripted(0).run(&job(board, 0, 7).job, &Cancel::default(), &mut |_| {}).unwrap();
        job(board, 0, 7).takes(&outcome, || crate::board::TakeId::new(9.into())).unwrap()
    }

    #[test]
    fn what_either_verdict_asks_for_is_there_before_it_is_asked() {
        let board = board();
        let (mut shelf, mut script) = (Shelf::default(), Scripted(0));
        let shown = shown(&board);
        assert!(shelf.take(&job(&board, 0, 1)).is_none(), "the first question finds nothing");
        shelf.foresee(&asking(), &board, board.scenes[0].id, &shown, 3);
        while shelf.is_wishing() {
            shelf.fill(&mut script, &Cancel::default()).unwrap();
        }
        assert_eq!(script.0, 2);
        let again = shelf.take(&job(&board, 0, 99)).expect("another pool of the scene");
        assert_eq!(again.candidates.len(), 3);
        assert!(again.job.job.seeds.iter().all(|seed| *seed != 7), "no seed comes again");
        let (accepted, next) = after_accepting(&board, board.scenes[0].id, &shown[0]).unwrap();
        // What was accepted becomes the worked example of what comes next.
        let at = accepted.position(next).unwrap();
        let ask = SceneAsk { exemplars: vec![shown[0].id], ..ask(&accepted, at, 1) };
        let after = SceneJob::new(&accepted, next, &ask).unwrap();
        assert!(shelf.take(&after).is_some(), "the next scene after this take");
        assert_eq!(shelf.readiness(), (2, 3));
    }

    #[test]
    fn a_question_nobody_foresaw_is_not_answered_from_the_shelf() {
        let board = board();
        let (mut shelf, mut script) = (Shelf::default(), Scripted(0));
        shelf.foresee(&asking(), &board, board.scenes[0].id, &shown(&board), 2);
        shelf.fill(&mut script, &Cancel::default()).unwrap();
        let mut changed = board.clone();
        changed.scenes[0].brief = Text::new("Something else.").unwrap();
        assert!(shelf.take(&job(&changed, 0, 1)).is_none());
        assert!(!shelf.is_wishing(), "a real question comes first; what was wished for is stale");
    }

    #[test]
    fn a_cancelled_wish_waits_and_is_sampled_later() {
        let board = board();
        let (mut shelf, mut script) = (Shelf::default(), Scripted(0));
        shelf.foresee(&asking(), &board, board.scenes[0].id, &shown(&board), 2);
        let cancel = Cancel::default();
        cancel.cancel();
        assert_eq!(shelf.fill(&mut script, &cancel), Err(EngineError::Cancelled));
        assert!(shelf.is_wishing());
        shelf.fill(&mut script, &Cancel::default()).unwrap();
        assert!(shelf.take(&job(&board, 0, 1)).is_some());
    }
}
