//! A take with every layer on a GPU: whatever Vulkan device there is, Mesa's software one included. `make test-gpu` runs it.

#![cfg(feature = "vulkan")]
#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails")]

use slateboard::board::{Entry, Line, Scene, Seconds, Storyboard, TakeId, Text};
use slateboard::engine::catalog::Models;
use slateboard::engine::{Cancel, Generator, GpuLayers, Launch, LocalEngine, SceneAsk, SceneJob, Settings};
use slateboard::store::Paths;

#[test]
fn a_take_is_written_with_all_layers_offloaded() {
    let paths = Paths::from_env().unwrap();
    let model = Models::new(&paths.data, &paths.state).resolve(None).expect("`make test-gpu` fetches the model first");
    // 99 layers are more than there are: all of them.
    let settings = Settings { gpu_layers: GpuLayers::Count(99), context: 2048, ..Settings::default() };
    let program = env!("CARGO_BIN_EXE_slateboard").into();
    let mut engine =
        LocalEngine::new(Launch { program, model, sha256: "0".repeat(64), settings, cache: None, log: None });
    let loaded = engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
    println!("{} of {} layers on {}", loaded.gpu_layers, loaded.layers, loaded.device);
    assert!(loaded.layers > 0 && loaded.gpu_layers == loaded.layers, "{loaded:?}");

    let mut board = Storyboard::default();
    board.bible.characters.push(Entry { name: Line::new("MARA").unwrap(), ..Entry::default() });
    board.scenes.push(Scene {
        id: "01J9Z0V5W6M4QK3T8E2C7R1XNB".parse().unwrap(),
        brief: Text::new("She finds a bottle.").unwrap(),
        seconds: Seconds::new(4.0),
        ..Scene::default()
    });
    let ask = SceneAsk { seeds: vec![1], ..SceneAsk::default() };
    let job = SceneJob::new(&board, board.scenes[0].id, &ask).unwrap();
    let outcome = engine.run(&job.job, &Cancel::default(), &mut |_| {}).unwrap();
    let takes = job.takes(&outcome, TakeId::default).unwrap();
    println!("{}\n{:?}", takes[0].action, outcome.stats);
    assert_eq!(takes.len(), 1);
}
