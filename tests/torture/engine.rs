//! Engines that die, hang, talk nonsense, or never stop talking: each is one word to the person, and the next job runs.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, kill_process, prlimit, waitid};
use slateboard::board::{Line, Scene, SceneId, Storyboard, Text};
use slateboard::engine::catalog::Models;
use slateboard::engine::{
    Cancel, EngineError, Event, Generator, Launch, LocalEngine, Outcome, SceneAsk, SceneJob, Settings,
};
use slateboard::store::Paths;
use ulid::Ulid;

use crate::{Chance, times};

fn launch(program: PathBuf, model: PathBuf) -> Launch {
    let settings = Settings { context: 1024, ..Settings::default() };
    Launch { program, model, sha256: "0".repeat(64), settings, cache: None, log: None }
}

/// The program itself, with the model that `make test` fetched.
pub(crate) fn real(model: PathBuf) -> LocalEngine {
    LocalEngine::new(launch(env!("CARGO_BIN_EXE_slateboard").into(), model))
}

pub(crate) fn model() -> PathBuf {
    let paths = Paths::from_env().unwrap();
    Models::new(&paths.data, &paths.state).resolve(None).expect("`make test` fetches the model first")
}

pub(crate) fn job() -> SceneJob {
    let mut board = Storyboard { logline: Text::new("A keeper finds a message.").unwrap(), ..Storyboard::default() };
    board.scenes.push(Scene {
        id: SceneId::new(Ulid(1)),
        number: Line::new("1").unwrap(),
        brief: Text::new("She finds the bottle.").unwrap(),
        ..Scene::default()
    });
    let ask = SceneAsk { seeds: vec![1], ..SceneAsk::default() };
    SceneJob::new(&board, board.scenes[0].id, &ask).unwrap()
}

const LOADED: &str = r#"echo '{"hello":{"sandbox":""}}'
echo '{"loaded":{"name":"m","sha256":"0","context":1024,"gpu_layers":0,"layers":1,"device":"CPU"}}'"#;

/// An engine that is a script.
fn script(place: &tempfile::TempDir, lines: &str) -> LocalEngine {
    let program = place.path().join("engine");
    std::fs::write(&program, format!("#!/bin/sh\n{lines}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    LocalEngine::new(launch(program, "model.gguf".into()))
}

/// Runs a job and stops it after a while.
fn run_for(engine: &mut LocalEngine, job: &SceneJob, patience: Duration) -> Result<Outcome, EngineError> {
    let cancel = Cancel::default();
    let stop = cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(patience);
        stop.cancel();
    });
    let begun = Instant::now();
    let result = engine.run(&job.job, &cancel, &mut |_| {});
    assert!(begun.elapsed() < patience + Duration::from_secs(20), "it could not be stopped");
    result
}

/// This process' memory, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

#[test]
fn an_engine_that_is_none_is_said_or_stopped_and_never_costs_more_than_the_job() {
    let place = tempfile::tempdir().unwrap();
    let job = job();
    let mut longer = job.clone();
    longer.job.sections[0].text = "long ".repeat(1 << 18);
    let died = |error: &EngineError| matches!(error, EngineError::Died(_));
    let stopped = |error: &EngineError| *error == EngineError::Cancelled;
    type Expected<'a> = &'a dyn Fn(&EngineError) -> bool;
    let cases: [(&str, String, &SceneJob, Expected<'_>); 10] = [
        ("it ends at once", "exit 3".into(), &job, &died),
        ("it kills itself", "kill -9 $$".into(), &job, &died),
        ("it talks nonsense and ends", "head -c 300000 /dev/urandom".into(), &job, &died),
        ("it talks nonsense without end", "exec cat /dev/urandom".into(), &job, &stopped),
        ("it has one line without end", "exec tr '\\0' x < /dev/zero".into(), &job, &stopped),
        (
            "its log has one line without end",
            "timeout 5 tr '\\0' x < /dev/zero >&2 &\nexec sleep 600".into(),
            &job,
            &stopped,
        ),
        ("it never answers", "exec sleep 600".into(), &job, &stopped),
        ("it hangs at the job", format!("{LOADED}\nexec sleep 600"), &job, &stopped),
        ("it reads no request", format!("{LOADED}\nexec sleep 600"), &longer, &stopped),
        (
            "it answers another job",
            format!(
                "{LOADED}\necho '{{\"done\":1}}'\necho '{{\"failed\":{{\"id\":77,\"why\":\"cancelled\"}}}}'\nexec sleep 600"
            ),
            &job,
            &stopped,
        ),
    ];
    for (name, lines, job, expected) in cases {
        let before = memory();
        let error = run_for(&mut script(&place, &lines), job, Duration::from_millis(400)).unwrap_err();
        assert!(expected(&error), "{name}: {error}");
        assert!(memory() < before + (256 << 20), "{name}: it fills the memory of the app");
    }
}

#[test]
fn a_reply_with_numbers_beyond_all_sense_is_no_more_than_a_strange_reply() {
    let place = tempfile::tempdir().unwrap();
    let events = r#"read request
echo '{"event":{"id":1,"event":{"piece":{"index":18446744073709551615,"text":"\u001b]52;c;eA==\u0007"}}}}'
echo '{"event":{"id":1,"event":{"finished":{"index":9999999}}}}'
echo '{"event":{"id":1,"event":{"prefill":{"done":18446744073709551615,"total":0}}}}'
echo '{"done":{"id":1,"outcome":{"answers":["{","null","[[[[",null],"prompt_sha256":"","left_out":[],"model":{"name":"m","sha256":"0","context":0,"gpu_layers":0,"layers":0,"device":""},"stats":{"prompt_tokens":0,"cached_tokens":0,"tokens":0,"prefill_ms":0,"decode_ms":0,"tokens_per_s":0,"first_token_ms":0,"threads":0,"device":""}}}}'
exec sleep 600"#;
    let job = job();
    let outcome = script(&place, &format!("{LOADED}\n{events}"));
    let mut outcome = outcome;
    let outcome = run_for(&mut outcome, &job, Duration::from_secs(10)).unwrap();
    assert_eq!(outcome.answers.len(), 4);
    // What is no take is an error in words, or no take.
    if let Ok(takes) = job.takes(&outcome, slateboard::board::TakeId::default) {
        assert!(takes.iter().all(|take| take.shots.is_empty()), "{takes:?}");
    }
}

/// What is done to a running engine.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Kill,
    /// It neither works nor listens any more.
    Stop,
    /// It may have no more memory.
    Starve,
}

#[test]
fn an_engine_that_is_killed_stopped_or_starved_again_and_again_does_the_next_job() {
    let mut chance = Chance::begin();
    let mut engine = real(model());
    let mut job = job();
    job.job.max_tokens = 64;
    let (mut hurt, mut survived) = (0, 0);
    for round in 0..times(3, 100) {
        let harm = [Harm::Kill, Harm::Stop, Harm::Starve][round % 3];
        engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
        let id = Pid::from_raw(i32::try_from(engine.process_id().unwrap()).unwrap()).unwrap();
        let when = chance.below(12);
        let cancel = Cancel::default();
        let mut events = 0;
        let result = engine.run(&job.job, &cancel, &mut |event| {
            if events == when || matches!(event, Event::Finished { .. }) && events < when {
                match harm {
                    Harm::Kill => kill_process(id, Signal::KILL).unwrap(),
                    Harm::Stop => {
                        kill_process(id, Signal::STOP).unwrap();
                        cancel.cancel();
                    }
                    Harm::Starve => {
                        let least = Rlimit { current: Some(1 << 20), maximum: Some(1 << 20) };
                        prlimit(Some(id), Resource::Data, least).unwrap();
                    }
                }
                events = when;
            }
            events += 1;
        });
        match result {
            // What had all it needed by then is done, or was done in that moment.
            Ok(_) => survived += 1,
            Err(EngineError::Died(_) | EngineError::Cancelled | EngineError::Job(_)) => hurt += 1,
            Err(error) => panic!("{harm:?}: {error}"),
        }
        // One that starves may still run: it is not worth keeping.
        let _ = kill_process(id, Signal::KILL);
        // Gone, and left for the engine to find so: on a busy machine that takes a while. One that it has found already is
        // no child any more.
        let _ = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    }
    eprintln!("{hurt} jobs ended by it, {survived} were done all the same");
    let outcome = engine.run(&job.job, &Cancel::default(), &mut |_| {}).unwrap();
    assert_eq!(outcome.answers.len(), 1, "the next job is done");
}
