//! `slateboard replay`: makes a take again from its provenance, and says whether it is the same.

use std::path::PathBuf;

use clap::Args;

use super::engine_options::EngineOptions;
use super::{Code, Failure, boards, generate, out};
use crate::board::{Machine, Plan, Scene, Storyboard, Take, TakeId, ThreadsFrom};
use crate::engine::{Generator, Loaded, SceneAsk, SceneJob, WeightsAsked};
use crate::store::{Access, BoardFile, Opened, Paths, Prompts};

/// Make a take again from its provenance
#[derive(Debug, Args)]
pub struct Replay {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The scene's number or id
    scene: String,
    /// The take's id, or its index from 1
    take: String,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Replay {
    /// Makes it again; done only where it is the same.
    ///
    /// # Errors
    /// Where the take is not the model's, was made with another model or of another prompt, or came out otherwise.
    pub fn run(self) -> Result<(), Failure> {
        let Opened { file, board, .. } = boards::open(&self.board, Access::ReadOnly)?;
        let scene = boards::scene(&board, &self.scene)?;
        let (_, take) = boards::take(scene, &self.take)?;
        let record = Record::of(take)?;
        let job = job(&file, &board, scene, &record)?;
        let weights = Some(WeightsAsked::Exactly(record.plan.weights));
        let options = EngineOptions { weights, ..self.engine.clone() };
        let mut engine = options.engine(&Paths::from_env()?)?;
        let loaded = engine.warm_up(&Default::default(), &mut |_| {})?;
        record.model.compare(&loaded)?;
        if loaded.adapter != record.plan.adapter {
            let made = record.plan.adapter.as_ref();
            let with = made.map_or("no adapter".to_owned(), |adapter| format!("{} at {}", adapter.name, adapter.scale));
            return Err(Failure::new(Code::Engine, format!("the take was made with {with}"))
                .hint("say the same with --lora FILE:SCALE, or leave it out"));
        }
        let outcome = generate::run(&mut engine, &job, &board, scene.id)?;
        if outcome.prompt_sha256 != record.prompt_sha256 {
            return Err(Failure::failed("the take was made of another prompt than this board gives now")
                .hint("the board has changed since, and the prompt of then is not beside it"));
        }
        let again = job
            .takes(&outcome, TakeId::default)
            .map_err(|error| Failure::new(Code::Engine, format!("the answer could not be read: {error}")))?;
        let again = again.iter().find(|other| other.provenance.plan == take.provenance.plan);
        let different = again.map(|again| differences(take, again)).unwrap_or_else(|| vec!["everything"]);
        if different.is_empty() {
            return out::print(&format!("scene {}: take {} came out the same\n", scene.number, take.id));
        }
        let what = format!("scene {}: take {} came out otherwise in {}", scene.number, take.id, different.join(", "));
        let edited: Vec<&str> = take.provenance.edited.iter().map(|field| field.word()).collect();
        Err(match edited.is_empty() {
            true if matches!(record.model, Made::OnServer(_)) => Failure::failed(what).hint(
                "it was changed after it was made, or the server computed it otherwise: what it computes together with others' \
                 requests is rounded otherwise, and now and then another word comes",
            ),
            true => {
                Failure::failed(what).hint("it was changed after it was made, or this machine computes differently")
            }
            false => Failure::failed(what).hint(format!("a person has edited its {} since", edited.join(", "))),
        })
    }
}

/// What a take's provenance says, where it is enough to make the take again.
struct Record<'a> {
    model: Made<'a>,
    prompt_sha256: &'a str,
    plan: &'a Plan,
    seeds: &'a [u32],
    threads: &'a [ThreadsFrom],
}

impl<'a> Record<'a> {
    fn of(take: &'a Take) -> Result<Self, Failure> {
        let provenance = &take.provenance;
        let incomplete = |what: &str| {
            Failure::failed(format!("take {} cannot be made again: its provenance {what}", take.id))
                .hint("only takes that the model wrote, with their whole provenance, can be replayed")
        };
        let model = match provenance.machine {
            Machine::Local => provenance.model_sha256.as_deref().map(Made::Here),
            Machine::Remote => provenance.model.as_deref().map(Made::OnServer),
        };
        let (Some(model), Some(prompt), Some(plan), Some(seed)) =
            (model, &provenance.prompt_sha256, &provenance.plan, provenance.seed)
        else {
            return Err(incomplete("names no model, prompt, plan or seed"));
        };
        let batch = plan.batch.as_ref().ok_or_else(|| incomplete("does not say how it was batched"))?;
        if batch.seeds.get(batch.index as usize) != Some(&seed) {
            return Err(incomplete("names a seed that is not the one of its place in the batch"));
        }
        Ok(Self { model, prompt_sha256: prompt, plan, seeds: &batch.seeds, threads: &batch.threads })
    }
}

/// Which model made a take.
enum Made<'a> {
    /// A file's, by its SHA-256.
    Here(&'a str),
    /// A server's, by the server's name for it.
    OnServer(&'a str),
}

impl Made<'_> {
    /// Whether the model that is there is the one, as far as that can be known.
    fn compare(&self, loaded: &Loaded) -> Result<(), Failure> {
        let other = |hint: String| {
            let what = format!("the take was made with another model than {}", loaded.name);
            Err(Failure::new(Code::Engine, what).hint(hint))
        };
        match (self, &loaded.sha256) {
            (Self::Here(made), Some(sha256)) if made == sha256 => Ok(()),
            (Self::Here(made), Some(_)) => {
                other(format!("its SHA-256 begins with {}; name that model with --model", prefix(made)))
            }
            (Self::Here(_), None) => other("it was made without a server: --engine local".into()),
            (Self::OnServer(made), None) if *made == loaded.name => Ok(()),
            (Self::OnServer(made), _) => other(format!("a server made it with {made}: name the server with --engine")),
        }
    }
}

/// The job the take came from: the one kept beside the board, else the one the board gives now.
fn job(file: &BoardFile, board: &Storyboard, scene: &Scene, record: &Record<'_>) -> Result<SceneJob, Failure> {
    let kept = Prompts::beside(file.sidecar()).get(record.prompt_sha256)?;
    let mut job = match kept {
        Some(kept) => serde_json::from_value(kept)?,
        None => SceneJob::new(board, scene.id, &SceneAsk::of(record.plan, record.seeds.to_vec()))?,
    };
    job.job.seeds = record.seeds.to_vec();
    job.job.sampler = record.plan.sampler;
    job.job.threads = record.threads.to_vec();
    Ok(job)
}

/// The fields in which two takes differ.
fn differences(take: &Take, again: &Take) -> Vec<&'static str> {
    let same = [
        ("heading", take.heading == again.heading),
        ("action", take.action == again.action),
        ("dialogue", take.dialogue == again.dialogue),
        ("sound", take.sound == again.sound),
        ("shots", take.shots == again.shots),
        ("newcomers", take.newcomers == again.newcomers),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
}

fn prefix(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}
