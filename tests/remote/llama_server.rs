//! llama.cpp's own `llama-server` with the default model. `make test-server` builds the one and fetches the other, and names
//! the program in `SLATEBOARD_LLAMA_SERVER`.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use slateboard::board::{Dialect, EngineChoice, Machine, Seconds, Structure, TakeId};
use slateboard::engine::remote::Endpoint;
use slateboard::engine::{Cancel, EngineError, Event, Generator, RemoteEngine, SceneAsk, SceneJob};
use slateboard::store::yaml;

use super::llama::Llama;
use super::verbs::Place;

/// A server with so many slots.
fn start(slots: usize) -> Llama {
    let program = std::env::var_os("SLATEBOARD_LLAMA_SERVER").expect("`make test-server` names the program");
    Llama::start(Path::new(&program), slots, 4096)
}

fn choice(llama: &Llama) -> EngineChoice {
    EngineChoice { server: Some(Dialect::Llama), max_parallel: Some(2), ..EngineChoice::at(llama.url()) }
}

fn is_busy(llama: &Llama) -> bool {
    let slots = ureq::get(format!("{}/slots", llama.url())).call().unwrap().body_mut().read_to_string().unwrap();
    let slots: Vec<Value> = serde_json::from_str(&slots).unwrap();
    slots.iter().any(|slot| slot["is_processing"] == true)
}

fn engine(choice: &EngineChoice) -> RemoteEngine {
    RemoteEngine::new(Endpoint::new(choice, |_| None).unwrap())
}

fn job(seeds: &[u32]) -> SceneJob {
    let mut board = yaml::read(include_bytes!("../../storyboards/the-keeper.yaml")).unwrap();
    // Short: a processor alone writes some ten tokens a second under llama.cpp's grammar.
    board.scenes[1].seconds = Seconds::new(4.0);
    SceneJob::new(&board, board.scenes[1].id, &SceneAsk { seeds: seeds.to_vec(), ..SceneAsk::default() }).unwrap()
}

#[test]
#[ignore = "needs llama-server: make test-server"]
fn a_real_server_writes_takes_of_the_form_however_it_is_asked_for_it() {
    let llama = start(2);
    for structure in [Structure::ResponseFormat, Structure::JsonSchema] {
        let mut engine = engine(&EngineChoice { structure: Some(structure), ..choice(&llama) });
        let (mut read, mut again) = (0, 0);
        let job = job(&[1, 2]);
        let outcome = engine.run(&job.job, &Cancel::default(), &mut |event| match event {
            Event::Prefill { .. } => read += 1,
            Event::Again { .. } => again += 1,
            _ => {}
        });
        let outcome = outcome.unwrap();
        println!("{structure}: {again} asked for anew, {:?}", outcome.stats);
        assert!(read > 0, "it says how far it has read");
        assert_eq!(outcome.model.context, 4096, "what one slot has");
        let takes = job.takes(&outcome, TakeId::default).unwrap();
        assert_eq!(takes.len(), 2);
        assert!(again <= 1, "its grammar keeps to the form");
        assert!(takes.iter().all(|take| take.provenance.machine == Machine::Remote && !take.shots.is_empty()));
    }
    // Both slots have read the prompt by now.
    let outcome = engine(&choice(&llama)).run(&job(&[3]).job, &Cancel::default(), &mut |_| {}).unwrap();
    assert!(outcome.stats.cached_tokens > 500, "later takes share the prompt of earlier ones");
}

#[test]
#[ignore = "needs llama-server: make test-server"]
fn a_real_server_stops_when_it_is_told_to() {
    let llama = start(1);
    let mut engine = engine(&choice(&llama));
    let cancel = Cancel::default();
    let result = engine.run(&job(&[1]).job, &cancel, &mut |event| {
        if matches!(event, Event::Piece { .. }) {
            cancel.cancel();
        }
    });
    assert_eq!(result.unwrap_err(), EngineError::Cancelled);
    let patience = Instant::now() + Duration::from_secs(5);
    while is_busy(&llama) {
        assert!(Instant::now() < patience, "it writes on for nobody");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[ignore = "needs llama-server: make test-server"]
fn a_real_server_writes_every_scene_and_an_outline() {
    let llama = start(2);
    let place = Place::new(3);
    let server = ["--engine", &llama.url(), "--server", "llama.cpp", "--max-parallel", "2"];
    place.done(&[&["generate", "board.yaml", "--all", "--takes", "1"], &server[..]].concat());
    assert_eq!(place.takes(), [1; 3]);
    let outline = place.done(&[&["outline", "board.yaml", "--json"], &server[..]].concat());
    let outline: Value = serde_json::from_str(&outline).unwrap();
    assert_eq!(outline["scenes"].as_array().unwrap().len(), 1);
}
