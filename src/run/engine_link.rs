//! The engine's worker: one job after another, in a thread of its own; the latest request wins.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::asking::{self, Asking};
use super::proposing::{Question, propose};
use super::{Arrival, MakeGenerator};
use crate::app::msg::{EngineNews, Epoch, Failure, Msg};
use crate::board::{SceneId, Storyboard, TakeId};
use crate::engine::{Cancel, EngineError, Event, Generator, Loaded, SceneJob, draft};
use crate::store::{Paths, Prompts, Samples, reviewer};
use crate::taste::Candidate;

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
    work: Option<Sender<Work>>,
    /// Stops what runs now.
    current: Arc<Mutex<Cancel>>,
    ended: Receiver<()>,
}

impl EngineLink {
    pub(super) fn start(make: MakeGenerator, paths: Paths, news: Sender<Arrival>) -> io::Result<Self> {
        let (work, jobs) = channel();
        let (end, ended) = channel();
        std::thread::Builder::new().name("engine".into()).spawn(move || {
            serve(make(), &paths, &jobs, &news);
            // A loop that has left already needs no word.
            let _ = end.send(());
        })?;
        Ok(Self { work: Some(work), current: Arc::default(), ended })
    }

    pub(super) fn warm_up(&self, epoch: Epoch) {
        let cancel = self.fresh_switch();
        self.send(Work::WarmUp(epoch, cancel));
    }

    /// Asks for takes; `sidecar` is where their prompt is kept.
    pub(super) fn generate(&self, wanted: Wanted, sidecar: Option<PathBuf>) {
        let cancel = self.fresh_switch();
        self.send(Work::Generate(Box::new(wanted), sidecar, cancel));
    }

    /// Asks for proposals.
    pub(super) fn propose(&self, question: Question) {
        let cancel = self.fresh_switch();
        self.send(Work::Propose(Box::new(question), cancel));
    }

    pub(super) fn cancel(&self) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }

    /// Ends the worker, and the engine's process with it. A worker in the middle of a large file's hash is not waited for:
    /// the process that ends takes it along, and an engine ends with its stdin.
    pub(super) fn stop(&mut self, patience: Duration) {
        self.cancel();
        self.work = None;
        let _ = self.ended.recv_timeout(patience);
    }

    fn fresh_switch(&self) -> Cancel {
        let cancel = Cancel::default();
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
        cancel
    }

    fn send(&self, work: Work) {
        if let Some(sender) = &self.work {
            // A worker that is gone has said so.
            let _ = sender.send(work);
        }
    }
}

fn serve(generator: Result<Box<dyn Generator>, String>, paths: &Paths, jobs: &Receiver<Work>, news: &Sender<Arrival>) {
    let mut generator = generator;
    for work in jobs {
        let epoch = match &work {
            Work::WarmUp(epoch, _) => *epoch,
            Work::Propose(question, _) => question.epoch,
            Work::Generate(wanted, ..) => wanted.epoch,
        };
        let tell = |item: EngineNews| drop(news.send(Arrival::Msg(Msg::Engine(epoch, item))));
        let failed = match &mut generator {
            Err(words) => Err(Failure::Refused(words.clone())),
            Ok(generator) => match work {
                Work::WarmUp(_, cancel) => warm_up(generator.as_mut(), &cancel, &tell),
                Work::Propose(question, cancel) => propose(generator.as_mut(), &question, &cancel, &tell),
                Work::Generate(wanted, sidecar, cancel) => {
                    generate(generator.as_mut(), paths, *wanted, sidecar, &cancel, &tell)
                }
            },
        };
        if let Err(failure) = failed {
            tell(EngineNews::Failed(failure));
        }
    }
}

fn warm_up(generator: &mut dyn Generator, cancel: &Cancel, tell: &dyn Fn(EngineNews)) -> Result<(), Failure> {
    let loaded = generator.warm_up(cancel, &mut |event| {
        if let Event::Loading(share) = event {
            tell(EngineNews::Loading(share));
        }
    });
    tell(ready(&loaded.map_err(failure)?));
    Ok(())
}

pub(super) fn ready(loaded: &Loaded) -> EngineNews {
    let device = match loaded.gpu_layers {
        0 => "CPU".to_owned(),
        layers => format!("{}, {layers} of {} layers", loaded.device, loaded.layers),
    };
    let device = match &loaded.adapter {
        Some(adapter) => format!("{device} + {} × {}", adapter.name, adapter.scale),
        None => device,
    };
    EngineNews::Ready { model: loaded.name.clone(), device }
}

/// Samples as verdicts have it, and answers with the best: as many takes as there are seeds wanted.
fn generate(
    generator: &mut dyn Generator,
    paths: &Paths,
    wanted: Wanted,
    sidecar: Option<PathBuf>,
    cancel: &Cancel,
    tell: &dyn Fn(EngineNews),
) -> Result<(), Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::Refused(error.to_string());
    let Some(scene) = wanted.board.scene(wanted.scene) else {
        return Err(Failure::Refused("the scene is gone".into()));
    };
    let asking = match &sidecar {
        Some(sidecar) => {
            Asking::of(sidecar, &wanted.board, paths, reviewer::name()).map_err(|error| refused(&error))?
        }
        None => Asking::without_verdicts(paths, reviewer::name()),
    };
    let loaded = generator.warm_up(cancel, &mut |event| {
        if let Event::Loading(share) = event {
            tell(EngineNews::Loading(share));
        }
    });
    let loaded = loaded.map_err(failure)?;
    tell(ready(&loaded));
    let takes = wanted.seeds.len();
    let seeds = more_seeds(wanted.seeds, asking.pool(&loaded.sha256, takes));
    let first_seed = seeds.first().copied().unwrap_or_default();
    let ask = asking::ask(&asking.plan(&wanted.board, scene), &[], seeds);
    let job = SceneJob::new(&wanted.board, wanted.scene, &ask).map_err(|error| refused(&error))?;
    let mut texts = vec![(String::new(), Instant::now()); ask.seeds.len()];
    let bible = &wanted.board.bible;
    let outcome = generator.run(&job.job, cancel, &mut |event| match event {
        Event::Loading(share) => tell(EngineNews::Loading(share)),
        Event::Loaded(loaded) => tell(ready(&loaded)),
        Event::Prefill { done, total } => tell(EngineNews::Reading { done, total }),
        Event::Piece { index, text } => {
            let Some((so_far, shown)) = texts.get_mut(index) else { return };
            so_far.push_str(&text);
            if index < takes && shown.elapsed() >= SHOW_EVERY {
                *shown = Instant::now();
                tell(EngineNews::Growing(index, draft(so_far, bible)));
            }
        }
        Event::Finished { index } => {
            if let Some((whole, _)) = texts.get(index).filter(|_| index < takes) {
                tell(EngineNews::Growing(index, draft(whole, bible)));
            }
        }
        Event::Pace { tokens_per_s, .. } => tell(EngineNews::Pace(tokens_per_s)),
    });
    let outcome = outcome.map_err(failure)?;
    asking.saw(&outcome);
    let candidates = job.candidates(&outcome, TakeId::default).map_err(|error| refused(&error))?;
    let (mut best, _) = asking.best(scene, &candidates, takes, first_seed);
    for (candidate, id) in best.iter_mut().zip(wanted.ids) {
        candidate.take.id = id;
    }
    if let Some(sidecar) = sidecar {
        let document = serde_json::to_value(&job).map_err(|error| refused(&error))?;
        Prompts::beside(&sidecar).put(&outcome.prompt_sha256, &document).map_err(|error| refused(&error))?;
        Samples::beside(&sidecar).put(&best).map_err(|error| refused(&error))?;
    }
    let takes = best.into_iter().map(|Candidate { take, .. }| take).collect();
    tell(EngineNews::Done { takes, left_out: outcome.left_out });
    Ok(())
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

pub(super) fn failure(error: EngineError) -> Failure {
    match error {
        EngineError::Cancelled => Failure::Stopped,
        EngineError::Died(words) => Failure::Died(words),
        other => Failure::Refused(other.to_string()),
    }
}
