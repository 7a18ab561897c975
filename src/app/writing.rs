//! Takes being written: asking for them, following them, keeping them.

use super::config::Notify;
use super::model::{Engine, EngineState, Model, POOL, Running};
use super::msg::{Effect, EngineNews, Epoch, Failure, Focus};
use super::now::Now;
use super::progress::{Phase, Progress};
use super::{proposals, review};
use crate::board::{Edit, SceneId, Take};
use crate::words::{self, Phrase};

pub(super) fn can_generate(model: &Model) -> bool {
    let writable = model.desk().is_some_and(|desk| !desk.read_only && desk.scene().is_some());
    writable && model.on_desk() && !is_busy(model)
}

/// Whether the engine works on something, be it at its end already.
pub(super) fn is_busy(model: &Model) -> bool {
    model.engine.job.is_some() || model.engine.asking.is_some()
}

pub(super) fn is_writing(model: &Model) -> bool {
    let takes = model.engine.job.as_ref().is_some_and(|job| !job.stopping);
    takes || model.engine.asking.as_ref().is_some_and(|asking| !asking.stopping)
}

pub(super) fn generate(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let Some(scene) = desk.scene() else { return Vec::new() };
    let (id, number, whole) = (scene.id, scene.number.clone(), scene.takes.len());
    desk.go_to_take(whole, now);
    let effects = ask(model, now, id);
    model.say(words::writing_takes(POOL, number.as_str()));
    effects
}

/// Asks for takes of a scene, whichever is shown.
pub(super) fn ask(model: &mut Model, now: Now, scene: SceneId) -> Vec<Effect> {
    let epoch = model.next_epoch();
    let Some(board) = model.desk().map(|desk| Box::new(desk.board.clone())) else { return Vec::new() };
    model.engine.job = Some(Running { epoch, scene, takes: vec![None; POOL], reading: None, stopping: false });
    model.engine.pace = None;
    let ids = (0..POOL).map(|n| now.take(u16::try_from(n).unwrap_or(u16::MAX))).collect();
    vec![Effect::Generate { epoch, board, scene, seeds: now.seeds(POOL), ids }]
}

pub(super) fn stop(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(job) = &mut model.engine.job {
        job.stopping = true;
    }
    if let Some(asking) = &mut model.engine.asking {
        asking.stopping = true;
    }
    vec![Effect::Cancel]
}

/// Whether news may change the board, and so has to wait for a verdict on its way to disk.
pub(super) fn changes_board(news: &EngineNews) -> bool {
    matches!(news, EngineNews::Done { .. } | EngineNews::Proposed(_))
}

pub(super) fn news(model: &mut Model, now: Now, epoch: Epoch, news: EngineNews) -> Vec<Effect> {
    let of_job = model.engine.job.as_ref().is_some_and(|job| job.epoch == epoch);
    let asked = model.engine.asking.as_ref().is_some_and(|asking| asking.epoch == epoch);
    match news {
        EngineNews::Loading(share) => {
            model.engine.state = EngineState::Loading(share);
            step(model, Phase::Loading, share, now);
        }
        EngineNews::Ready { model: name, device } => {
            model.engine.state = EngineState::Ready;
            model.engine.progress = None;
            model.engine.model = Some((name, device));
        }
        EngineNews::Reading { done, total } if of_job => {
            if let Some(job) = &mut model.engine.job {
                job.reading = Some((done, total));
            }
            #[expect(clippy::cast_precision_loss, reason = "tokens of a prompt")]
            step(model, Phase::Reading, done as f32 / total.max(1) as f32, now);
        }
        EngineNews::Growing(index, take) if of_job => {
            if let Some(place) = model.engine.job.as_mut().and_then(|job| job.takes.get_mut(index)) {
                *place = Some(take);
            }
            wrote(model, now);
        }
        EngineNews::Pace(pace) if of_job || asked => model.engine.pace = Some(pace),
        EngineNews::Done { takes, left_out } if of_job => return keep(model, now, takes, &left_out),
        EngineNews::Proposing(so_far) if asked => {
            if let Some(asking) = &mut model.engine.asking {
                asking.so_far = so_far;
            }
        }
        EngineNews::Proposed(list) if asked => return proposals::arrived(model, now, list),
        EngineNews::Failed(failure) => failed(model, now, epoch, failure),
        // An answer to a question nobody asks any more.
        _ => {}
    }
    Vec::new()
}

fn step(model: &mut Model, phase: Phase, share: f32, now: Now) {
    model.engine.progress = Some(Progress::step(model.engine.progress, phase, share, now.at_ms));
}

/// Nobody knows how long takes will be, but how long the last ones took.
fn wrote(model: &mut Model, now: Now) {
    let before = model.engine.progress.filter(|progress| progress.phase == Phase::Writing);
    let passed = before.map_or(0, |before| Progress::step(Some(before), Phase::Writing, 1.0, now.at_ms).passed_ms());
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a job")]
    let share = model.engine.usual_ms.map_or(0.0, |usual| passed as f32 / usual.max(1) as f32).min(0.95);
    step(model, Phase::Writing, share, now);
}

/// The takes enter the board as one step.
fn keep(model: &mut Model, now: Now, takes: Vec<Take>, left_out: &[String]) -> Vec<Effect> {
    let Some(job) = model.engine.job.take() else { return Vec::new() };
    let progress = model.engine.progress.take().filter(|progress| progress.phase == Phase::Writing);
    model.engine.usual_ms = progress.map(Progress::passed_ms).or(model.engine.usual_ms);
    let asked = job.takes.len();
    let Some(desk) = model.desk() else { return Vec::new() };
    let Some(scene) = desk.board.scene(job.scene) else {
        model.say(words::takes_without_scene());
        return Vec::new();
    };
    if takes.is_empty() {
        model.warn(words::takes_none_whole());
        return Vec::new();
    }
    let (whole, number, count) = (scene.takes.len(), scene.number.clone(), takes.len());
    let insert =
        |(at, take): (usize, Take)| Edit::InsertTake { scene: job.scene, at: whole + at, take: Box::new(take) };
    let edit = Edit::Together(takes.into_iter().enumerate().map(insert).collect());
    let shown = desk.at;
    let effects = model.edit(edit, words::takes_of_scene(count, number.as_str()));
    let of_scene_shown = model.desk().and_then(|desk| desk.scene()).is_some_and(|scene| scene.id == job.scene);
    if let Some(desk) = model.desk_mut() {
        if of_scene_shown && desk.at.take >= whole + count {
            desk.go_to_take(whole + count - 1, now);
        } else {
            desk.at.scroll = shown.scroll;
        }
    }
    let mut effects = effects;
    effects.extend(told_elsewhere(model, words::takes_of_scene(count, number.as_str())));
    effects.extend(review::arrived(model, now));
    if count < asked {
        model.warn(words::takes_some_whole(asked, count));
    }
    if !left_out.is_empty() {
        model.warn(words::context_small(left_out.len()));
    }
    effects
}

/// A long job ended while the person looks at another window, and wants to be told.
pub(super) fn told_elsewhere(model: &Model, words: Phrase) -> Option<Effect> {
    let told = model.focus == Focus::Elsewhere && model.settings.notify != Notify::Off;
    told.then_some(Effect::Notify(words))
}

fn failed(model: &mut Model, now: Now, epoch: Epoch, failure: Failure) {
    model.engine.progress = None;
    let proposing = model.engine.asking.take_if(|asking| asking.epoch == epoch).is_some();
    let waited_for = proposing || model.engine.job.as_ref().is_some_and(|job| job.epoch == epoch);
    if model.engine.job.as_ref().is_some_and(|job| job.epoch == epoch) {
        model.engine.job = None;
        if let Some(desk) = model.desk_mut() {
            let last = desk.scene().map_or(0, |scene| scene.takes.len()).saturating_sub(1);
            if desk.at.take > last {
                desk.go_to_take(last, now);
            }
        }
    }
    match failure {
        Failure::Stopped => model.say(words::stopped()),
        Failure::Died(words) => {
            // What was asked for since is written by the engine that is started in its place.
            let Engine { job, asking, .. } = std::mem::take(&mut model.engine);
            model.engine = Engine { state: EngineState::Down(words.clone()), job, asking, ..Engine::default() };
            model.warn(words::engine_died(words));
        }
        Failure::Refused(words) => {
            if !matches!(model.engine.state, EngineState::Ready) {
                model.engine.state = EngineState::Down(words.clone());
            }
            if waited_for {
                model.warn(words);
            } else {
                model.warn_aside(words);
            }
        }
    }
}
