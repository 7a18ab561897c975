//! Every scene of a board: as many at once as the engine writes, resumable, and not stopped by one that fails.
//!
//! A scene's prompt tells what happened before it, by the leading takes that are known when the scene begins. With the
//! local engine that is all before it. With a server several scenes are at work together, and those tell of each other only
//! by their briefs: that is the price of not waiting.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread::Scope;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::report::{Failed, Going, Report};
use super::{Answer, Desk, Prepared, no_scenes, warm_up};
use crate::board::{SceneId, TakeId};
use crate::engine::{Cancel, EngineError, Event, Generator, Loaded, Outcome};
use crate::store::Generation;
use crate::verbs::{Code, Failure, boards, out};

/// How often the YAML is written while it goes. What is newer is in the journal, which a kill does not touch.
const SAVE_EVERY: Duration = Duration::from_secs(10);
/// So many scenes in a row that found nobody to write them, beside those at work, and it is over.
const GONE: usize = 2;

/// Writes every scene that does not have its takes yet.
pub(super) fn run(desk: &mut Desk, engine: Box<dyn Generator>, anew: bool, json: bool) -> Result<(), Failure> {
    if desk.board.scenes.is_empty() {
        return Err(no_scenes());
    }
    let (generation, to_do) = under_way(desk, anew)?;
    let mut engine = engine;
    let loaded = warm_up(&mut engine, "all scenes".into())?;
    let before = desk.board.scenes.len() - to_do.len();
    let report = Report { scenes: desk.board.scenes.len(), before, ..Report::default() };
    let going = Going::new(to_do.len());
    let mut all =
        All { desk, loaded, generation, going, report, answers: Vec::new(), gone: 0, saved: Instant::now(), json };
    let begun = Instant::now();
    let done = all.write(hands(engine, usize::from(all.desk.asked.takes)), to_do);
    all.going.end();
    // Whatever happened: what was written is on the board.
    all.generation.sync()?;
    boards::save(&mut all.desk.file, &all.desk.board)?;
    done?;
    all.close(begun)
}

/// The generation to go on with, or a new one, and the scenes it has to write.
fn under_way(desk: &Desk, anew: bool) -> Result<(Generation, VecDeque<SceneId>), Failure> {
    let sidecar = desk.file.sidecar();
    let scenes = || desk.board.scenes.iter().map(|scene| scene.id);
    let found = Generation::under_way(sidecar)?.filter(|_| !anew);
    if let Some(found) = found {
        if *found.asked() == desk.asked {
            let done = found.done(|take| is_known(desk, take));
            boards::tell(&format!("going on where it was interrupted: {} scenes have their takes", done.len()));
            return Ok((found, scenes().filter(|scene| !done.contains(scene)).collect()));
        }
        boards::tell("an earlier generation that was interrupted asked for something else; this one begins anew");
    }
    Ok((Generation::begin(sidecar, desk.asked.clone())?, scenes().collect()))
}

/// Whether a take reached the board, or was on it until it was rejected.
fn is_known(desk: &Desk, take: TakeId) -> bool {
    let on_the_board = desk.board.scenes.iter().any(|scene| scene.take(take).is_some());
    on_the_board || desk.asking.records.iter().any(|record| record.take.id == take)
}

/// As many holds on the engine as keep it busy: enough scenes for all answers it writes at once, and one that waits.
fn hands(engine: Box<dyn Generator>, takes: usize) -> Vec<Box<dyn Generator>> {
    let more = match engine.abreast() {
        0 | 1 => 0,
        abreast => abreast.div_ceil(takes.max(1)),
    };
    let others: Vec<_> = (0..more).map_while(|_| engine.another()).collect();
    std::iter::once(engine).chain(others).collect()
}

/// What a scene at work tells.
enum News {
    /// More was written.
    Piece,
    /// It is over; the hold on the engine is free again.
    Over(Box<Prepared>, Result<Box<Outcome>, EngineError>, Box<dyn Generator>),
}

/// A generation at work.
struct All<'a> {
    desk: &'a mut Desk,
    loaded: Loaded,
    generation: Generation,
    going: Going,
    report: Report,
    answers: Vec<Value>,
    /// Scenes in a row that found nobody to write them.
    gone: usize,
    saved: Instant,
    json: bool,
}

impl All<'_> {
    fn write(&mut self, mut free: Vec<Box<dyn Generator>>, mut to_do: VecDeque<SceneId>) -> Result<(), Failure> {
        let patience = free.len() + GONE;
        let (sender, news) = channel();
        let cancel = Cancel::default();
        let written = std::thread::scope(|scope| {
            loop {
                while self.gone < patience
                    && let Some(hold) = free.pop()
                {
                    let Some(scene) = to_do.pop_front() else {
                        free.push(hold);
                        break;
                    };
                    match self.desk.prepare(&self.loaded, scene) {
                        Ok(prepared) => {
                            self.going.in_flight += 1;
                            set_out(scope, prepared, hold, &cancel, &sender);
                        }
                        Err(failure) => {
                            free.push(hold);
                            self.failed(scene, &failure);
                        }
                    }
                }
                if self.going.in_flight == 0 {
                    return Ok(());
                }
                // Never empty for ever: a scene at work holds a sender, and tells when it is over.
                let Ok(item) = news.recv() else { return Ok(()) };
                let over = match item {
                    News::Piece => {
                        self.going.piece();
                        continue;
                    }
                    News::Over(prepared, result, hold) => {
                        self.going.in_flight -= 1;
                        free.push(hold);
                        self.over(*prepared, result)
                    }
                };
                if let Err(failure) = over {
                    // The board cannot be written: more takes would be lost. Those at work are not waited for.
                    cancel.cancel();
                    return Err(failure);
                }
            }
        });
        self.report.left = to_do.len();
        written
    }

    /// Takes in what came of a scene.
    ///
    /// # Errors
    /// Where the board cannot be written.
    fn over(&mut self, prepared: Prepared, result: Result<Box<Outcome>, EngineError>) -> Result<(), Failure> {
        let scene = prepared.job.scene;
        let outcome = match result {
            Ok(outcome) => *outcome,
            Err(error) => {
                let nobody =
                    matches!(error, EngineError::Unreachable(_) | EngineError::Died(_) | EngineError::Model(_));
                self.gone = if nobody { self.gone + 1 } else { 0 };
                self.failed(scene, &error.into());
                return Ok(());
            }
        };
        self.gone = 0;
        let tokens = outcome.stats.tokens;
        let generation = &mut self.generation;
        let noted = |scene, takes| generation.write(scene, takes).map_err(Failure::from);
        match self.desk.take_in(prepared, outcome, noted) {
            Ok(answer) => self.kept(scene, &answer, tokens),
            Err(failure) if failure.code == Code::Engine => {
                self.failed(scene, &failure);
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    fn kept(&mut self, scene: SceneId, answer: &Answer, tokens: usize) -> Result<(), Failure> {
        if self.saved.elapsed() >= SAVE_EVERY {
            self.generation.sync()?;
            boards::save(&mut self.desk.file, &self.desk.board)?;
            self.saved = Instant::now();
        }
        self.report.written += 1;
        self.report.takes += answer.kept.len();
        self.report.tokens = self.report.tokens.saturating_add(tokens);
        self.going.over += 1;
        let left_out = answer.outcome.left_out.len();
        let short = if left_out > 0 { format!(", {left_out} parts of the story in short") } else { String::new() };
        self.going.scene(&self.desk.name(scene), &format!("{} takes, {tokens} tokens{short}", answer.kept.len()));
        if self.json {
            self.answers.push(answer.json(&self.desk.board, scene)?);
            return Ok(());
        }
        out::print(&answer.text(&self.desk.board, scene))
    }

    fn failed(&mut self, scene: SceneId, failure: &Failure) {
        let number = self.desk.board.scene(scene).map(|scene| scene.number.clone()).unwrap_or_default();
        let why = failure.what.clone();
        self.going.over += 1;
        self.going.failed += 1;
        self.going.scene(&self.desk.name(scene), &format!("failed: {why}"));
        self.report.failed.push(Failed { scene, number, why });
    }

    /// Ends the generation where every scene has its takes, and says what came of it.
    fn close(mut self, begun: Instant) -> Result<(), Failure> {
        self.report.seconds = begun.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of tokens")]
        if self.report.seconds > 0.0 {
            self.report.tokens_per_s = self.report.tokens as f64 / self.report.seconds;
        }
        let (whole, failed) = (self.report.is_whole(), self.report.failed.len() + self.report.left);
        if whole {
            self.generation.finish()?;
        }
        match self.json {
            true => out::json(&json!({ "scenes": self.answers, "report": self.report }))?,
            false => out::print(&self.report.text())?,
        }
        match whole {
            true => Ok(()),
            false => Err(Failure::new(Code::Engine, format!("{failed} scenes have no takes of this generation"))
                .hint("the same command writes just those")),
        }
    }
}

/// Sends a scene to work in a thread of its own.
fn set_out<'scope>(
    scope: &'scope Scope<'scope, '_>,
    prepared: Prepared,
    mut hold: Box<dyn Generator>,
    cancel: &Cancel,
    sender: &Sender<News>,
) {
    let (cancel, sender) = (cancel.clone(), sender.clone());
    scope.spawn(move || {
        let work = || {
            hold.run(&prepared.job.job, &cancel, &mut |event| {
                if matches!(event, Event::Piece { .. }) {
                    // Whoever has left needs no news.
                    let _ = sender.send(News::Piece);
                }
            })
        };
        // A fault of ours costs this scene, and is told like any other: the rest would wait for its news for ever.
        let outcome = catch_unwind(AssertUnwindSafe(work));
        let outcome = outcome.unwrap_or_else(|_| Err(EngineError::Job("the scene's thread broke off".into())));
        let _ = sender.send(News::Over(Box::new(prepared), outcome.map(Box::new), hold));
    });
}
