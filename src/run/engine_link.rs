//! The engine's worker: one job after another, in a thread of its own; the latest request wins.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::asking::{self, Asking};
use super::proposing::{Question, propose};
use super::shelf::{Sampled, Shelf};
use super::{Arrival, MakeGenerator, said};
use crate::app::msg::{EngineNews, Epoch, Failure, Msg};
use crate::board::{SceneId, Storyboard, Take, TakeId};
use crate::engine::{Cancel, Event, Generator, Loaded, SceneJob, draft};
use crate::store::{Paths, Prompts, Samples, reviewer};
use crate::taste::{Candidate, Taste};
use crate::words::{self, Phrase};

/// How often a take in the making is read and shown: 25 times a second.
pub(super) const SHOW_EVERY: Duration = Duration::from_millis(40);

/// Takes somebody wants.
pub(super) struct Wanted {
    pub(super) epoch: Epoch,
    pub(super) board: Box<Storyboard>,
    pub(super) scene: SceneId,
    pub(super) seeds: Vec<u32>,
    pub(super) ids: Vec<TakeId>,
}

enum Work {
    WarmUp(Epoch, Cancel),
    Propose(Box<Question>, Cancel),
    Generate(Box<Wanted>, Option<PathBuf>, Cancel),
}

/// The loop's end of the link.
pub(super) struct EngineLink {
    /// What the worker is started with, until it is.
    waiting: Option<(MakeGenerator, Paths, Sender<Arrival>)>,
    work: Option<Sender<Work>>,
    /// Stops what runs now.
    current: Arc<Mutex<Cancel>>,
    /// Stops what is sampled ahead.
    ahead: Arc<Mutex<Cancel>>,
    ended: Option<Receiver<()>>,
}

impl EngineLink {
    /// The worker starts when something is first wanted of it: the first screen comes before, and shares the processor.
    pub(super) fn new(make: MakeGenerator, paths: Paths, news: Sender<Arrival>) -> Self {
        let waiting = Some((make, paths, news));
        Self { waiting, work: None, current: Arc::default(), ahead: Arc::default(), ended: None }
    }

    fn start(&mut self, (make, paths, news): (MakeGenerator, Paths, Sender<Arrival>)) -> io::Result<()> {
        let (work, jobs) = channel();
        let (end, ended) = channel();
        let sampling = Arc::clone(&self.ahead);
        std::thread::Builder::new().name("engine".into()).spawn(move || {
            if let Ok(first) = jobs.recv() {
                Worker { paths: &paths, shelf: Shelf::default(), taste: None, ahead: &sampling }.serve(
                    make(),
                    first,
                    &jobs,
                    &news,
                );
            }
            // A loop that has left already needs no word.
            let _ = end.send(());
        })?;
        (self.work, self.ended) = (Some(work), Some(ended));
        Ok(())
    }

    /// Lets the model be loaded.
    ///
    /// # Errors
    /// Here and below, where the system has no thread left for the worker.
    pub(super) fn warm_up(&mut self, epoch: Epoch) -> io::Result<()> {
        let cancel = self.fresh_switch();
        self.send(Work::WarmUp(epoch, cancel))
    }

    /// Asks for takes; `sidecar` is where their prompt is kept.
    pub(super) fn generate(&mut self, wanted: Wanted, sidecar: Option<PathBuf>) -> io::Result<()> {
        let cancel = self.fresh_switch();
        self.send(Work::Generate(Box::new(wanted), sidecar, cancel))
    }

    /// Asks for proposals.
    pub(super) fn propose(&mut self, question: Question) -> io::Result<()> {
        let cancel = self.fresh_switch();
        self.send(Work::Propose(Box::new(question), cancel))
    }

    pub(super) fn cancel(&self) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }

    /// Ends the worker, and the engine's process with it. A worker in the middle of a large file's hash is not waited for:
    /// the process that ends takes it along, and an engine ends with its stdin.
    pub(super) fn stop(&mut self, patience: Duration) {
        self.cancel();
        self.work = None;
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).cancel();
        let _ = self.ended.as_ref().map(|ended| ended.recv_timeout(patience));
    }

    fn fresh_switch(&self) -> Cancel {
        let cancel = Cancel::default();
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
        cancel
    }

    fn send(&mut self, work: Work) -> io::Result<()> {
        if let Some(waiting) = self.waiting.take() {
            self.start(waiting)?;
        }
        if let Some(sender) = &self.work {
            // A worker that is gone has said so.
            let _ = sender.send(work);
        }
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).cancel();
        Ok(())
    }
}

/// The worker: does what is asked for, and while nothing is, samples ahead.
struct Worker<'a> {
    paths: &'a Paths,
    shelf: Shelf,
    /// As it was when takes were asked for last.
    taste: Option<Taste>,
    /// The switch of what is sampled ahead.
    ahead: &'a Mutex<Cancel>,
}

impl Worker<'_> {
    fn serve(
        mut self,
        mut generator: Result<Box<dyn Generator>, String>,
        first: Work,
        jobs: &Receiver<Work>,
        news: &Sender<Arrival>,
    ) {
        let mut next = Some(first);
        while let Some(work) = next {
            let epoch = match &work {
                Work::WarmUp(epoch, _) => *epoch,
                Work::Propose(question, _) => question.epoch,
                Work::Generate(wanted, ..) => wanted.epoch,
            };
            let tell = |item: EngineNews| drop(news.send(Arrival::Msg(Msg::Engine(epoch, item))));
            let failed = match &mut generator {
                Err(words) => Err(Failure::Refused(Phrase::verbatim(words.as_str()))),
                Ok(generator) => match work {
                    Work::WarmUp(_, cancel) => warm_up(generator.as_mut(), &cancel, &tell).map(drop),
                    Work::Propose(question, cancel) => propose(generator.as_mut(), &question, &cancel, &tell),
                    Work::Generate(wanted, sidecar, cancel) => {
                        self.generate(generator.as_mut(), *wanted, sidecar, &cancel, &tell)
                    }
                },
            };
            if let Err(failure) = failed {
                tell(EngineNews::Failed(failure));
            }
            next = self.next(&mut generator, jobs);
        }
    }

    /// The next thing asked for. Until it comes, takes are sampled ahead, as long as any are wished for.
    fn next(&mut self, generator: &mut Result<Box<dyn Generator>, String>, jobs: &Receiver<Work>) -> Option<Work> {
        while self.shelf.is_wishing() {
            let Ok(generator) = generator.as_mut() else { break };
            let cancel = Cancel::default();
            *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
            // Only now: what was asked before the switch was in its place has not turned it.
            match jobs.try_recv() {
                Ok(work) => return Some(work),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
            if self.shelf.fill(generator.as_mut(), &cancel).is_err() {
                break;
            }
        }
        jobs.recv().ok()
    }

    /// Samples as verdicts have it, or takes what was sampled ahead, and answers with the best: as many takes as there are
    /// seeds wanted.
    fn generate(
        &mut self,
        generator: &mut dyn Generator,
        wanted: Wanted,
        sidecar: Option<PathBuf>,
        cancel: &Cancel,
        tell: &dyn Fn(EngineNews),
    ) -> Result<(), Failure> {
        let Some(scene) = wanted.board.scene(wanted.scene) else {
            return Err(Failure::Refused(words::scene_gone()));
        };
        let asking = match &sidecar {
            Some(sidecar) => Asking::following(self.taste.take(), sidecar, &wanted.board, self.paths, reviewer::name())
                .map_err(|error| Failure::Refused(said::store(&error)))?,
            None => Asking::without_verdicts(self.paths, reviewer::name()),
        };
        let loaded = warm_up(generator, cancel, tell)?;
        let takes = wanted.seeds.len();
        let pool = asking.pool(&loaded, takes);
        let ask = asking::ask(&asking.plan(&wanted.board, scene), &[], more_seeds(wanted.seeds, pool));
        let job = SceneJob::new(&wanted.board, wanted.scene, &ask).map_err(refused)?;
        let sampled = match self.shelf.take(&job) {
            Some(ready) => ready,
            None => {
                let sampled = sample(generator, job, &wanted.board, takes, cancel, tell)?;
                asking.saw(&sampled.outcome);
                sampled
            }
        };
        let first_seed = sampled.job.job.seeds.first().copied().unwrap_or_default();
        let (mut best, _) = asking.best(scene, &sampled.candidates, takes, first_seed);
        for (candidate, id) in best.iter_mut().zip(wanted.ids) {
            candidate.take.id = id;
        }
        if let Some(sidecar) = sidecar {
            let document = serde_json::to_value(&sampled.job).map_err(refused)?;
            Prompts::beside(&sidecar).put(&sampled.outcome.prompt_sha256, &document).map_err(refused)?;
            Samples::beside(&sidecar).put(&best).map_err(refused)?;
        }
        let takes: Vec<Take> = best.into_iter().map(|Candidate { take, .. }| take).collect();
        self.shelf.foresee(&asking, &wanted.board, wanted.scene, &takes, pool);
        tell(EngineNews::Done { takes, left_out: sampled.outcome.left_out });
        self.taste = Some(asking.taste);
        Ok(())
    }
}

fn refused(error: impl std::fmt::Display) -> Failure {
    Failure::Refused(Phrase::verbatim(error.to_string()))
}

/// Runs a job, telling how its first `shown` takes grow.
fn sample(
    generator: &mut dyn Generator,
    job: SceneJob,
    board: &Storyboard,
    shown: usize,
    cancel: &Cancel,
    tell: &dyn Fn(EngineNews),
) -> Result<Sampled, Failure> {
    let mut texts = vec![(String::new(), Instant::now()); job.job.seeds.len().min(shown)];
    let sampled = Sampled::by(generator, job, cancel, &mut |event| match event {
        Event::Loading(share) => tell(EngineNews::Loading(share)),
        Event::Loaded(loaded) => tell(ready(&loaded)),
        Event::Prefill { done, total } => tell(EngineNews::Reading { done, total }),
        Event::Piece { index, text } => {
            let Some((so_far, told)) = texts.get_mut(index) else { return };
            so_far.push_str(&text);
            if told.elapsed() >= SHOW_EVERY {
                *told = Instant::now();
                tell(EngineNews::Growing(index, draft(so_far, &board.bible)));
            }
        }
        Event::Again { index } => {
            if let Some((so_far, _)) = texts.get_mut(index) {
                so_far.clear();
            }
        }
        Event::Finished { index } => {
            if let Some((whole, _)) = texts.get(index) {
                tell(EngineNews::Growing(index, draft(whole, &board.bible)));
            }
        }
        Event::Pace { tokens_per_s, .. } => tell(EngineNews::Pace(tokens_per_s)),
    });
    sampled.map_err(said::engine)
}

fn warm_up(generator: &mut dyn Generator, cancel: &Cancel, tell: &dyn Fn(EngineNews)) -> Result<Loaded, Failure> {
    let loaded = generator.warm_up(cancel, &mut |event| {
        if let Event::Loading(share) = event {
            tell(EngineNews::Loading(share));
        }
    });
    let loaded = loaded.map_err(said::engine)?;
    tell(ready(&loaded));
    Ok(loaded)
}

pub(super) fn ready(loaded: &Loaded) -> EngineNews {
    let device = match loaded.gpu_layers {
        _ if !loaded.machine.is_local() => loaded.device.clone(),
        0 => "CPU".to_owned(),
        layers => format!("{}, {layers} of {} layers", loaded.device, loaded.layers),
    };
    let device = match &loaded.adapter {
        Some(adapter) => format!("{device} + {} × {}", adapter.name, adapter.scale),
        None => device,
    };
    EngineNews::Ready { model: loaded.name.clone(), device }
}

/// The seeds wanted, and others after them until there are so many.
fn more_seeds(mut seeds: Vec<u32>, count: usize) -> Vec<u32> {
    let mut next = seeds.last().copied().unwrap_or_default();
    while seeds.len() < count {
        next = next.wrapping_add(1);
        if !seeds.contains(&next) {
            seeds.push(next);
        }
    }
    seeds
}
