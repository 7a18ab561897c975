//! The app's side: the engine's jobs, run in this process.

use std::path::{Path, PathBuf};

use serde_json::json;
use slateboard::board::{Deal, Sampler, Storyboard};
use slateboard::engine::catalog::Models;
use slateboard::engine::llama::{Llama, Source};
use slateboard::engine::{
    Cancel, Event, Fit, GpuLayers, Job, Launch, Outcome, Role, SceneAsk, SceneJob, Section, Settings, weights,
};
use slateboard::store::{Paths, yaml};

/// The loaded model, with a fixed number of threads: changing threads is measured by itself.
pub(crate) struct App {
    llama: Llama,
    pub(crate) model: PathBuf,
    /// What it computes from: the model, or its copy in the cache.
    pub(crate) weights: PathBuf,
}

impl App {
    pub(crate) fn load() -> Self {
        super::bare::silence();
        let launch = launch(Some(threads()));
        let chosen = weights::choose(&launch, &Cancel::default()).unwrap();
        let source = Source { file: &chosen.file, name: "", sha256: &launch.sha256, weights: chosen.weights };
        let llama = Llama::load(source, &launch.settings, |_| {}).unwrap();
        Self { llama, model: launch.model, weights: chosen.file }
    }

    pub(crate) fn run(&mut self, job: &Job) -> Outcome {
        self.run_told(job, &mut |_| {})
    }

    pub(crate) fn run_told(&mut self, job: &Job, on: &mut dyn FnMut(Event)) -> Outcome {
        self.llama.run(job, &|| false, on).unwrap()
    }

    /// Leaves another prompt in the cache, so that the next job is cold.
    pub(crate) fn forget(&mut self) {
        self.run(&free(&[1], 1));
    }
}

/// The model of the tests.
pub(crate) fn model() -> PathBuf {
    let paths = Paths::from_env().unwrap();
    let wanted = std::env::var("SLATEBOARD_MODEL").ok();
    Models::new(&paths.data, &paths.state).resolve(wanted.as_deref()).expect("`slateboard model pull` fetches it")
}

/// On the processor whatever was built in: the bare loop computes there too.
fn settings(threads: Option<usize>) -> Settings {
    Settings { threads, gpu_layers: GpuLayers::Count(0), ..Settings::default() }
}

/// The engine as the app starts it, with the copy of the weights that it makes for itself.
pub(crate) fn launch(threads: Option<usize>) -> Launch {
    let model = model();
    let paths = Paths::from_env().unwrap();
    Launch {
        program: env!("CARGO_BIN_EXE_slateboard").into(),
        sha256: Models::new(&paths.data, &paths.state).sha256(&model).unwrap(),
        model,
        settings: settings(threads),
        cache: Some(paths.cache),
        log: None,
    }
}

/// Threads for both sides of a pair. `SLATEBOARD_BENCH_THREADS` sets fewer on a machine that others compute on: more
/// threads than idle cores measure the scheduler.
pub(crate) fn threads() -> usize {
    std::env::var("SLATEBOARD_BENCH_THREADS").ok().and_then(|number| number.parse().ok()).unwrap_or_else(cores)
}

/// As many threads as the app takes on an idle machine.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(16)
}

/// A string of letters that cannot end before `tokens` are written and in which nothing is forced: every token is
/// drawn and computed alone, as in a loop without a grammar.
pub(crate) fn free(seeds: &[u32], tokens: u32) -> Job {
    let text = "Tell of an old lighthouse, its keeper, the sea around it and the message in the bottle. ".repeat(12);
    Job {
        sections: vec![Section { role: Role::User, name: "all".into(), text, fit: Fit::Keep }],
        dealing: None,
        schema: json!({ "type": "string", "minLength": 2000 }),
        seeds: seeds.to_vec(),
        sampler: Sampler::default(),
        leaning: Vec::new(),
        max_tokens: tokens,
        threads: Vec::new(),
    }
}

/// The first scene of the sample board.
pub(crate) fn scene(seeds: &[u32]) -> Job {
    let board = sample();
    let ask = SceneAsk { seeds: seeds.to_vec(), deal: Some(Deal::default()), ..SceneAsk::default() };
    SceneJob::new(&board, board.scenes[0].id, &ask).unwrap().job
}

pub(crate) fn sample() -> Storyboard {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml");
    yaml::read(&std::fs::read(path).unwrap()).unwrap()
}
