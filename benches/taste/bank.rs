//! Takes sampled once and used by every arm and reviewer: in the cache folder, by what they were asked with.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use slateboard::board::{Reading, Take, TakeId};
use slateboard::engine::catalog::Models;
use slateboard::engine::llama::{Llama, Source};
use slateboard::engine::{Cancel, Launch, SceneJob, Settings, weights};
use slateboard::store::Paths;
use slateboard::taste::Candidate;
use ulid::Ulid;

/// Takes sampled together, at the most.
const ABREAST: usize = 12;

/// The sampled takes, and the model that samples more until its time is up.
pub(crate) struct Bank {
    folder: PathBuf,
    model: PathBuf,
    sha256: String,
    until: Instant,
    llama: RefCell<Option<Llama>>,
    known: RefCell<HashMap<String, Vec<Candidate>>>,
    missing: RefCell<usize>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    take: Take,
    reading: Option<Reading>,
}

impl Bank {
    /// A bank that may sample for so long.
    pub(crate) fn open(budget: Duration) -> Self {
        let paths = Paths::from_env().unwrap();
        let models = Models::new(&paths.data, &paths.state);
        let model = models
            .resolve(std::env::var("SLATEBOARD_MODEL").ok().as_deref())
            .expect("`slateboard model pull` fetches it");
        let sha256 = models.sha256(&model).unwrap();
        let folder = paths.cache.join("bench-taste").join(&sha256[..12]);
        fs::create_dir_all(&folder).unwrap();
        Self {
            folder,
            model,
            sha256,
            until: Instant::now() + budget,
            llama: RefCell::default(),
            known: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    pub(crate) fn model(&self) -> &Path {
        &self.model
    }

    /// Takes asked for and not there when time was up.
    pub(crate) fn missing(&self) -> usize {
        *self.missing.borrow()
    }

    /// At least `count` takes of a job, sampled where they are not kept yet; fewer where time is up. The job's own seeds
    /// do not matter.
    pub(crate) fn takes(&self, job: &SceneJob, count: usize) -> Vec<Candidate> {
        let key = key(job);
        let path = self.folder.join(format!("{key}.jsonl"));
        let mut known = self.known.borrow_mut();
        let takes = known.entry(key).or_insert_with(|| read(&path));
        while takes.len() < count && Instant::now() < self.until {
            let from = u32::try_from(takes.len()).unwrap();
            let sampled = self.sample(job, from, (count - takes.len()).min(ABREAST));
            keep(&path, &sampled);
            takes.extend(sampled);
        }
        *self.missing.borrow_mut() += count.saturating_sub(takes.len());
        takes.clone()
    }

    /// The engine as the app starts it.
    pub(crate) fn launch(&self) -> Launch {
        Launch {
            program: env!("CARGO_BIN_EXE_slateboard").into(),
            model: self.model.clone(),
            sha256: self.sha256.clone(),
            settings: Settings { context: 4096, ..Settings::default() },
            cache: Some(Paths::from_env().unwrap().cache),
            log: None,
        }
    }

    fn sample(&self, job: &SceneJob, from: u32, count: usize) -> Vec<Candidate> {
        let mut llama = self.llama.borrow_mut();
        let llama = llama.get_or_insert_with(|| {
            let launch = self.launch();
            let chosen = weights::choose(&launch, &Cancel::default()).unwrap();
            let source = Source { file: &chosen.file, name: "", sha256: &self.sha256, weights: chosen.weights };
            Llama::load(source, &launch.settings, |_| {}).unwrap()
        });
        let mut job = job.clone();
        // Each job has seeds of its own: by the same ones its takes would be dealt the same forms.
        let first = (id_of(&job) as u32).wrapping_add(from);
        job.job.seeds = (0..count as u32).map(|at| first.wrapping_add(at)).collect();
        let outcome = llama.run(&job.job, &|| false, &mut |_| {}).unwrap();
        eprintln!("  sampled {count} takes, {:.0} tokens/s", outcome.stats.tokens_per_s);
        let id = |at: u32| TakeId::new(Ulid::from_parts(u64::from(from + at) + 1, id_of(&job)));
        let mut at = 0;
        job.candidates(&outcome, || {
            at += 1;
            id(at)
        })
        .unwrap()
    }
}

/// Different jobs give different ids.
fn id_of(job: &SceneJob) -> u128 {
    u128::from_str_radix(&key(job)[..16], 16).unwrap()
}

/// What a job asks, without its seeds.
fn key(job: &SceneJob) -> String {
    let mut job = job.clone();
    job.job.seeds.clear();
    let asked = serde_json::to_string(&job.job).unwrap();
    Sha256::digest(asked).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> Vec<Candidate> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Kept>(line).ok());
    lines.map(|kept| Candidate { take: kept.take, reading: kept.reading }).collect()
}

fn keep(path: &Path, candidates: &[Candidate]) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
    for candidate in candidates {
        let kept = Kept { take: candidate.take.clone(), reading: candidate.reading.clone() };
        writeln!(file, "{}", serde_json::to_string(&kept).unwrap()).unwrap();
    }
}
