//! The local engine with the real default model: what must hold for any model.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use slateboard::board::{Entry, Field, Line, Scene, SceneId, Seconds, Storyboard, Take, TakeId, Text, Weights};
use slateboard::engine::catalog::Models;
use slateboard::engine::outline::{bible_job, read_bible, read_scenes, scenes_job};
use slateboard::engine::{
    Cancel, EngineError, Event, Generator, GpuLayers, Launch, LocalEngine, Outcome, SceneAsk, SceneJob, Settings,
    WeightsAsked, draft,
};
use slateboard::store::Paths;

/// The model the tests run on: the one `slateboard model pull` fetched.
fn model() -> PathBuf {
    let paths = Paths::from_env().unwrap();
    let wanted = std::env::var("SLATEBOARD_MODEL").ok();
    Models::new(&paths.data, &paths.state).resolve(wanted.as_deref()).expect("`make test` fetches the model first")
}

fn launch(settings: Settings) -> Launch {
    let (model, sha256) = (model(), "0".repeat(64));
    Launch { program: env!("CARGO_BIN_EXE_slateboard").into(), model, sha256, settings, cache: None, log: None }
}

fn engine_with(settings: Settings) -> LocalEngine {
    LocalEngine::new(launch(settings))
}

fn engine() -> LocalEngine {
    engine_with(Settings { context: 2048, ..Settings::default() })
}

fn entry(name: &str, look: &str) -> Entry {
    Entry { name: Line::new(name).unwrap(), look: Text::new(look).unwrap(), ..Entry::default() }
}

/// A board with one short scene, so that a take is a few sentences.
fn board() -> Storyboard {
    let mut board = Storyboard { logline: Text::new("A keeper finds a message.").unwrap(), ..Storyboard::default() };
    board.bible.characters = vec![entry("MARA", "sixties, yellow raincoat"), entry("TOM", "forties, wool cap")];
    board.bible.places = vec![entry("ROCKY SHORE", "black rock, foam")];
    board.bible.props = vec![entry("BOTTLE", "green glass")];
    board.scenes.push(Scene {
        id: "01J9Z0V5W6M4QK3T8E2C7R1XNB".parse().unwrap(),
        number: Line::new("1").unwrap(),
        brief: Text::new("She finds the bottle.").unwrap(),
        seconds: Seconds::new(5.0),
        ..Scene::default()
    });
    board
}

fn ask(seeds: &[u32]) -> SceneAsk {
    SceneAsk { seeds: seeds.to_vec(), ..SceneAsk::default() }
}

fn run(engine: &mut LocalEngine, job: &SceneJob) -> Outcome {
    engine.run(&job.job, &Cancel::default(), &mut |_| {}).unwrap()
}

fn takes(job: &SceneJob, outcome: &Outcome) -> Vec<Take> {
    job.takes(outcome, TakeId::default).unwrap()
}

fn names(take: &Take) -> HashSet<&str> {
    let staged = take.shots.iter().flat_map(|shot| &shot.staging).map(|staged| staged.subject.as_str());
    staged.chain(take.dialogue.iter().map(|speech| speech.speaker.as_str())).collect()
}

#[test]
fn takes_name_only_the_bible_and_last_as_long_as_the_scene() {
    let board = board();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[1, 2, 3, 4])).unwrap();
    let outcome = run(&mut engine(), &job);
    let takes = takes(&job, &outcome);
    assert_eq!(takes.len(), 4);
    let bible: HashSet<&str> = ["MARA", "TOM", "BOTTLE"].into();
    for take in &takes {
        assert!(names(take).is_subset(&bible), "{take:?}");
        assert!((take.seconds().get() - 5.0).abs() < 0.01, "{take:?}");
        assert!(!take.shots.is_empty() && !take.action.is_empty(), "{take:?}");
        assert!(take.heading.as_ref().unwrap().contains("ROCKY SHORE"), "{take:?}");
    }
    let different: HashSet<&str> = takes.iter().map(|take| take.action.as_str()).collect();
    assert!(different.len() > 1, "four seeds wrote the same action");
}

#[test]
fn the_same_seeds_write_the_same_takes_cold_and_warm() {
    let board = board();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[7, 8])).unwrap();
    let mut engine = engine();
    let cold = run(&mut engine, &job);
    let mut again = job.clone();
    again.job.threads.clone_from(&cold.threads);
    // Something else in between leaves other cells behind.
    let mut longer = board.clone();
    longer.scenes[0].brief = Text::new("Tom waves from the boat, and the bottle is gone.").unwrap();
    run(&mut engine, &SceneJob::new(&longer, longer.scenes[0].id, &ask(&[9])).unwrap());
    let warm = run(&mut engine, &again);
    assert!(warm.stats.cached_tokens > 0, "{:?}", warm.stats);
    assert_eq!(warm.answers, cold.answers);
    let fresh = run(&mut self::engine(), &again);
    assert_eq!(fresh.answers, cold.answers);
    assert_eq!(fresh.prompt_sha256, cold.prompt_sha256);
}

#[test]
fn asking_the_same_again_reads_nothing_of_the_prompt() {
    let board = board();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[1])).unwrap();
    let mut engine = engine();
    let first = run(&mut engine, &job);
    let second = run(&mut engine, &SceneJob::new(&board, board.scenes[0].id, &ask(&[2])).unwrap());
    assert_eq!(first.stats.cached_tokens, 0);
    assert_eq!(second.stats.cached_tokens, second.stats.prompt_tokens);
}

#[test]
fn what_streams_is_what_comes_out_whole() {
    let board = board();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[3, 4])).unwrap();
    let mut texts = vec![String::new(); 2];
    let mut finished = Vec::new();
    let outcome = engine()
        .run(&job.job, &Cancel::default(), &mut |event| match event {
            Event::Piece { index, text } => texts[index] += &text,
            Event::Finished { index } => finished.push(index),
            _ => {}
        })
        .unwrap();
    let answers: Vec<String> = outcome.answers.iter().flatten().cloned().collect();
    assert_eq!(texts, answers);
    finished.sort_unstable();
    assert_eq!(finished, [0, 1]);
    assert_eq!(draft(&texts[0], &board.bible).shots, takes(&job, &outcome)[0].shots);
}

#[test]
fn a_locked_field_comes_back_as_it_was() {
    let mut board = board();
    let mut written = Take {
        id: "01J9Z0W1F3V7C2P5K8D4H6T9SA".parse().unwrap(),
        action: Text::new("MARA kneels, \"slowly\", by the bottle.").unwrap(),
        ..draft("", &board.bible)
    };
    written.sound = Text::new("surf").unwrap();
    board.scenes[0].takes.push(written.clone());
    let asked = SceneAsk { locked: vec![Field::Action.into()], ..ask(&[5]) };
    let job = SceneJob::new(&board, board.scenes[0].id, &asked).unwrap();
    let outcome = run(&mut engine(), &job);
    let take = &takes(&job, &outcome)[0];
    assert_eq!(take.action, written.action);
    assert_eq!(take.parent, Some(written.id));
    assert!(outcome.answers[0].as_ref().unwrap().starts_with(r#"{"action":"MARA kneels, \"slowly\""#));
}

#[test]
fn a_cancelled_job_stops_and_the_next_one_runs() {
    let board = board();
    let mut engine = engine();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[1, 2, 3, 4, 5, 6, 7, 8])).unwrap();
    let cancel = Cancel::default();
    let switch = cancel.clone();
    let stopped = engine.run(&job.job, &cancel, &mut |event| {
        if matches!(event, Event::Piece { .. }) {
            switch.cancel();
        }
    });
    assert_eq!(stopped, Err(EngineError::Cancelled));
    let process = engine.process_id();
    let next = SceneJob::new(&board, board.scenes[0].id, &ask(&[9])).unwrap();
    assert_eq!(takes(&next, &run(&mut engine, &next)).len(), 1);
    assert_eq!(engine.process_id(), process, "the same process went on");
}

#[cfg(unix)]
#[test]
fn an_engine_that_is_killed_is_reported_and_started_again() {
    let board = board();
    let mut engine = engine();
    engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
    let process = i32::try_from(engine.process_id().unwrap()).unwrap();
    let pid = rustix::process::Pid::from_raw(process).unwrap();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[1])).unwrap();
    let died = engine.run(&job.job, &Cancel::default(), &mut |event| {
        if matches!(event, Event::Piece { .. }) {
            // It may be gone already after the first piece's kill.
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    });
    assert!(matches!(died, Err(EngineError::Died(_))), "{died:?}");
    assert_eq!(takes(&job, &run(&mut engine, &job)).len(), 1);
}

#[cfg(unix)]
#[test]
fn no_process_is_left_behind() {
    let mut engine = engine();
    engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
    let process = i32::try_from(engine.process_id().unwrap()).unwrap();
    drop(engine);
    let pid = rustix::process::Pid::from_raw(process).unwrap();
    let until = Instant::now() + Duration::from_secs(5);
    while rustix::process::test_kill_process(pid).is_ok() {
        assert!(Instant::now() < until, "the engine process outlived the app");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The engine is in a session of its own, which Ctrl-Z in the app's terminal does not reach.
#[cfg(target_os = "linux")]
#[test]
fn an_engine_computes_nothing_while_the_app_is_stopped() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("board.yaml");
    std::fs::write(&file, slateboard::store::yaml::write(&board())).unwrap();
    let mut app = std::process::Command::new(env!("CARGO_BIN_EXE_slateboard"))
        .args(["generate", "--scene", "1", "--pool", "6", "--seed", "1"])
        .arg(&file)
        .stderr(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let stat = |process: &str| std::fs::read_to_string(format!("/proc/{process}/stat")).ok();
    let fields =
        |stat: &str| -> Vec<String> { stat.rsplit_once(") ").unwrap().1.split(' ').map(str::to_owned).collect() };
    // The fields that follow the name: state, parent, …, and from the twelfth on the ticks of processor time.
    let ticks = |process: &str| stat(process).map_or(0, |stat| fields(&stat)[11].parse::<u64>().unwrap());
    let parent = app.id().to_string();
    let child = || {
        let processes =
            std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut children = processes.filter(|process| {
            process.parse::<u32>().is_ok() && stat(process).is_some_and(|stat| fields(&stat)[1] == parent)
        });
        children.next()
    };
    let until = Instant::now() + Duration::from_secs(60);
    let engine = loop {
        assert!(Instant::now() < until, "the engine did not begin to compute");
        if let Some(engine) = child().filter(|engine| ticks(engine) > 50) {
            break engine;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let pid = rustix::process::Pid::from_child(&app);
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    // It looks every quarter of a second, between two steps.
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let before = ticks(&engine);
        std::thread::sleep(Duration::from_millis(500));
        if ticks(&engine) == before {
            break;
        }
        assert!(Instant::now() < until, "the engine goes on");
    }
    rustix::process::kill_process(pid, rustix::process::Signal::CONT).unwrap();
    assert!(app.wait().unwrap().success(), "it went on and came to its end");
}

#[test]
fn a_bible_too_big_for_the_context_names_what_to_cut() {
    let mut board = board();
    board.bible.characters[1].look = Text::new(&"a scar over the left eye, ".repeat(400)).unwrap();
    let job = SceneJob::new(&board, board.scenes[0].id, &ask(&[1])).unwrap();
    let refused = engine().run(&job.job, &Cancel::default(), &mut |_| {});
    let Err(EngineError::TooBig(words)) = refused else { panic!("{refused:?}") };
    assert!(words.contains("the bible's TOM"), "{words}");
}

#[test]
fn a_long_story_gives_way_from_its_beginning() {
    let mut board = board();
    let told = |number: usize| Scene {
        id: SceneId::new(ulid::Ulid::from_parts(number as u64 + 1, 1)),
        number: Line::new(&format!("0.{number}")).unwrap(),
        brief: Text::new(&format!("Day {number}. {}", "The sea rises and she waits. ".repeat(16))).unwrap(),
        ..Scene::default()
    };
    for number in 0..12 {
        board.scenes.insert(number, told(number));
    }
    let scene = board.scenes.last().unwrap().id;
    let job = SceneJob::new(&board, scene, &ask(&[1])).unwrap();
    let outcome = run(&mut engine(), &job);
    assert!(outcome.left_out.contains(&"scene 0.0".to_owned()), "{:?}", outcome.left_out);
    assert!(!outcome.left_out.contains(&"scene 0.11".to_owned()), "{:?}", outcome.left_out);
}

#[test]
fn an_outline_proposes_a_bible_and_as_many_scenes_as_asked() {
    let mut board = Storyboard {
        logline: Text::new("A lighthouse keeper finds a message that was written to her.").unwrap(),
        ..Storyboard::default()
    };
    let mut engine = engine();
    let bible = engine.run(&bible_job(&board, 1), &Cancel::default(), &mut |_| {}).unwrap();
    let proposals = read_bible(&board, bible.answers[0].as_ref().unwrap()).unwrap();
    assert!(!proposals.is_empty());
    for proposal in proposals {
        board.bible.list_mut(proposal.kind).push(proposal.entry);
    }
    let scenes = engine.run(&scenes_job(&board, 3, 0, 1), &Cancel::default(), &mut |_| {}).unwrap();
    let scenes = read_scenes(scenes.answers[0].as_ref().unwrap()).unwrap();
    assert_eq!(scenes.len(), 3);
    let places: Vec<String> = board.bible.places.iter().map(|place| place.name.to_string()).collect();
    for scene in scenes {
        assert!(places.iter().any(|place| scene.heading.contains(place.as_str())), "{scene:?} {places:?}");
    }
}

/// How an engine with that folder for copies keeps its weights.
fn weights(cache: &std::path::Path, asked: WeightsAsked) -> Result<Weights, EngineError> {
    let settings = Settings { context: 512, weights: asked, gpu_layers: GpuLayers::Count(0), ..Settings::default() };
    let mut engine = LocalEngine::new(Launch { cache: Some(cache.to_owned()), ..launch(settings) });
    engine.warm_up(&Cancel::default(), &mut |_| {}).map(|loaded| loaded.weights)
}

#[test]
#[cfg(target_arch = "x86_64")]
fn weights_that_compute_slowly_are_copied_once_to_the_cache() {
    let cache = tempfile::tempdir().unwrap();
    let asked = WeightsAsked::Auto;
    assert_eq!(weights(cache.path(), asked).unwrap(), Weights::EightBit);
    let made = || -> Vec<_> {
        let entries = std::fs::read_dir(cache.path().join("weights")).unwrap().map(|entry| entry.unwrap());
        entries.map(|entry| (entry.file_name(), entry.metadata().unwrap().modified().unwrap())).collect()
    };
    let first = made();
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!(weights(cache.path(), asked).unwrap(), Weights::EightBit);
    assert_eq!(made(), first, "the second engine found it there");
    assert_eq!(weights(cache.path(), WeightsAsked::Exactly(Weights::Stored)).unwrap(), Weights::Stored);
}

#[test]
fn where_no_copy_can_be_made_weights_stay_as_they_are_stored_unless_it_is_demanded() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert_eq!(weights(file.path(), WeightsAsked::Auto).unwrap(), Weights::Stored);
    let demanded = weights(file.path(), WeightsAsked::Exactly(Weights::EightBit)).unwrap_err();
    assert!(demanded.to_string().contains("a copy of its weights"), "{demanded}");
}
