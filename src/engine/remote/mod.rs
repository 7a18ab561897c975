//! The remote engine: a server of OpenAI's shape writes in this machine's stead, one for as many people as it can carry.
//!
//! It is asked for the same conversations in the same form as the local engine, and believed in nothing: what it answers is
//! held to the grammar here, and asked for anew where it is not of it. How work is put onto GPUs is the server's own affair;
//! here is only said how many answers are out at once.

mod answer;
mod check;
mod embed;
mod endpoint;
mod http;
mod patience;
mod permits;
mod portable;
mod request;
mod stream;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

pub use endpoint::{Endpoint, EndpointError};

use self::answer::{Errand, News, Written};
use self::check::Form;
use self::http::{Trouble, Wire};
use self::patience::Patience;
use self::permits::Permits;
use self::request::Request;
use self::stream::Told;
use super::job::{Cancel, EngineError, Event, Generator, Job, Loaded, Outcome, Stats};
use crate::board::{Dialect, Line, Machine, Weights};

/// How often a waiting call looks at its cancel switch.
const LOOK: Duration = Duration::from_millis(10);
/// How often the pace is told.
const PACE_EVERY: Duration = Duration::from_millis(250);
/// How long a server that does not answer yet is asked what it has.
const GREETING: Duration = Duration::from_secs(6);
/// Tokens of a prompt and its answer where neither the person nor the server says how many.
const CONTEXT: usize = 8192;
/// How often a prompt is shortened that the server finds too long, at most.
const SHORTER: usize = 6;

/// Runs jobs on a server. Each hold on it runs one job at a time; all together keep to the most answers at once.
pub struct RemoteEngine {
    shared: Arc<Shared>,
    wire: Wire,
}

/// What all holds on a server share.
struct Shared {
    endpoint: Arc<Endpoint>,
    permits: Permits,
    known: Mutex<Option<Known>>,
    /// How often prompts had to be made shorter than their bytes told, for this model's tokens: the next need not be refused
    /// first.
    shorter: AtomicUsize,
}

/// What the server said of itself.
#[derive(Debug, Clone)]
struct Known {
    loaded: Loaded,
    /// The model by the server's name for it.
    model: String,
    /// The model that embeds, where one does.
    embeds: Option<String>,
}

impl RemoteEngine {
    /// An engine that asks its server for the first time when it is needed.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        let endpoint = Arc::new(endpoint);
        let wire = Wire::new(Arc::clone(&endpoint));
        let permits = Permits::new(endpoint.parallel);
        Self {
            shared: Arc::new(Shared { endpoint, permits, known: Mutex::new(None), shorter: AtomicUsize::new(0) }),
            wire,
        }
    }

    /// Whether the server embeds texts, once it was asked.
    #[must_use]
    pub fn embeds(&self) -> Option<bool> {
        self.known().map(|known| known.embeds.is_some())
    }

    fn known(&self) -> Option<Known> {
        self.shared.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Does something that blocks in a thread of its own, and stops it as soon as that is asked.
    fn aside<T: Send + 'static>(
        &mut self,
        cancel: &Cancel,
        work: impl FnOnce(&Wire, &Cancel) -> T + Send + 'static,
    ) -> Result<T, EngineError> {
        let (done, result) = channel();
        let (wire, halt) = (self.wire.clone(), Cancel::default());
        let stop = halt.clone();
        // Whoever was stopped listens no more. Where no thread can be had, nobody ever sends.
        let begun = std::thread::Builder::new().spawn(move || drop(done.send(work(&wire, &halt))));
        begun.map_err(|error| EngineError::Job(format!("no thread to ask the server with: {error}")))?;
        loop {
            match result.recv_timeout(LOOK) {
                Ok(value) => return Ok(value),
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => {
                    stop.cancel();
                    self.hang_up();
                    return Err(EngineError::Cancelled);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(EngineError::Job("the question to the server was lost".into()));
                }
            }
        }
    }

    /// Ends what is under way, and takes a new line.
    fn hang_up(&mut self) {
        self.wire.hang_up();
        self.wire = Wire::new(Arc::clone(&self.shared.endpoint));
    }

    /// What the server has, asked once.
    fn ready(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Known, EngineError> {
        if let Some(known) = self.known() {
            return Ok(known);
        }
        let known = self.aside(cancel, greet)?.map_err(|trouble| match trouble {
            Trouble::Stopped => EngineError::Cancelled,
            Trouble::Passing(words, _) => EngineError::Unreachable(words),
            Trouble::TooLong(words) | Trouble::NotOffered(words) | Trouble::Lasting(words) => EngineError::Model(words),
        })?;
        *self.shared.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        on(Event::Loaded(known.loaded.clone()));
        Ok(known)
    }

    /// Asks for all answers of a job, and waits until each is over.
    fn ask(
        &mut self,
        job: &Job,
        request: Request,
        cancel: &Cancel,
        on: &mut dyn FnMut(Event),
    ) -> Result<Heard, EngineError> {
        let (sender, news) = channel();
        let halt = Cancel::default();
        let request = Arc::new(request);
        let forms: Result<Vec<Form>, String> = job.seeds.iter().map(|&seed| Form::new(&job.schema_of(seed))).collect();
        for ((index, &seed), form) in job.seeds.iter().enumerate().zip(forms.map_err(EngineError::Job)?) {
            self.send_out(index, seed, &request, form, &halt, &sender);
        }
        drop(sender);
        let mut listening = Listening::new(job.seeds.len());
        match listening.listen(&news, cancel, on) {
            true => Ok(Heard {
                all: listening.over.into_iter().map(|one| one.unwrap_or(Err(lost()))).collect(),
                first: listening.first,
            }),
            false => {
                halt.cancel();
                self.hang_up();
                Err(EngineError::Cancelled)
            }
        }
    }

    fn send_out(
        &self,
        index: usize,
        seed: u32,
        request: &Arc<Request>,
        form: Form,
        halt: &Cancel,
        news: &Sender<(usize, News)>,
    ) {
        let (shared, wire) = (Arc::clone(&self.shared), self.wire.clone());
        let (request, halt, news) = (Arc::clone(request), halt.clone(), news.clone());
        // Where no thread can be had, the answer is lost, as is said of one whose sender is gone.
        let _ = std::thread::Builder::new().spawn(move || {
            let errand = Errand { wire: &wire, permits: &shared.permits, request: &request, form, cancel: &halt };
            errand.run(index, seed, &news);
        });
    }
}

impl Generator for RemoteEngine {
    fn warm_up(&mut self, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Loaded, EngineError> {
        self.ready(cancel, on).map(|known| known.loaded)
    }

    fn run(&mut self, job: &Job, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Result<Outcome, EngineError> {
        let known = self.ready(cancel, on)?;
        let clock = Instant::now();
        let whole = known.loaded.context.saturating_sub(job.max_tokens as usize);
        let mut shorter = self.shared.shorter.load(Ordering::Relaxed);
        let (request, all, first) = loop {
            // A fifth each time.
            let room = (0..shorter).fold(whole, |room, _| room - room / 5);
            let endpoint = Arc::clone(&self.shared.endpoint);
            let request = Request::new(&endpoint, &known.model, job, room).map_err(EngineError::TooBig)?;
            let Heard { all, first } = self.ask(job, request.clone(), cancel, on)?;
            // A prompt may fit and leave the answer less than it may have: then the server breaks the answer off.
            let too_long = all.iter().any(|one| match one {
                Err(Trouble::TooLong(_)) => true,
                Ok(written) => written.text.is_err() && written.prompt.0 > whole,
                Err(_) => false,
            });
            if !too_long {
                self.shared.shorter.fetch_max(shorter, Ordering::Relaxed);
            }
            if !too_long || shorter >= SHORTER {
                break (request, all, first);
            }
            // What was measured by bytes was more tokens than that.
            shorter += 1;
        };
        let answers = answers(&all)?;
        let mut stats = Stats { device: known.loaded.device.clone(), ..Stats::default() };
        for written in all.iter().flatten() {
            stats.tokens = stats.tokens.saturating_add(written.tokens);
            stats.prompt_tokens = stats.prompt_tokens.max(written.prompt.0);
            stats.cached_tokens = stats.cached_tokens.max(written.prompt.1);
        }
        let first = first.unwrap_or_else(|| clock.elapsed());
        stats.first_token_ms = millis(first);
        stats.prefill_ms = millis(first);
        stats.decode_ms = millis(clock.elapsed().saturating_sub(first));
        #[expect(clippy::cast_precision_loss, reason = "counts of tokens")]
        if stats.decode_ms > 0.0 {
            stats.tokens_per_s = stats.tokens as f64 * 1000.0 / stats.decode_ms;
        }
        let readings = match known.embeds {
            Some(model) => {
                let read = answers.clone();
                self.aside(cancel, move |wire, halt| embed::readings(wire, &model, &read, halt))?
            }
            None => Vec::new(),
        };
        Ok(Outcome {
            answers,
            readings,
            prompt_sha256: request.sha256,
            left_out: request.left_out,
            threads: Vec::new(),
            model: known.loaded,
            stats,
        })
    }

    fn abreast(&self) -> usize {
        self.shared.endpoint.parallel
    }

    fn another(&self) -> Option<Box<dyn Generator>> {
        let wire = Wire::new(Arc::clone(&self.shared.endpoint));
        Some(Box::new(Self { shared: Arc::clone(&self.shared), wire }))
    }
}

/// The answers that are of the form. Where there is none, why.
fn answers(all: &[Result<Written, Trouble>]) -> Result<Vec<Option<String>>, EngineError> {
    let answers: Vec<Option<String>> =
        all.iter().map(|one| one.as_ref().ok().and_then(|written| written.text.clone().ok())).collect();
    if answers.iter().any(Option::is_some) {
        return Ok(answers);
    }
    match all.iter().find_map(|one| one.as_ref().err()) {
        Some(Trouble::Stopped) => Err(EngineError::Cancelled),
        Some(Trouble::Passing(words, _)) => Err(EngineError::Unreachable(words.clone())),
        Some(Trouble::TooLong(words)) => Err(EngineError::TooBig(words.clone())),
        Some(Trouble::NotOffered(words) | Trouble::Lasting(words)) => Err(EngineError::Job(words.clone())),
        None => {
            let why = all.iter().flatten().find_map(|written| written.text.as_ref().err());
            let why = why.map_or("it wrote none", String::as_str);
            Err(EngineError::Job(format!(
                "no answer of the server keeps to the form asked for; of the last one: {why}. A server that does not know \
                 `response_format` may know another `structure`"
            )))
        }
    }
}

/// A thread that ended without a word.
fn lost() -> Trouble {
    Trouble::Passing("the question to the server was lost".into(), None)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// What came of a job's answers.
struct Heard {
    /// In the order of their seeds.
    all: Vec<Result<Written, Trouble>>,
    /// From the beginning to the first words.
    first: Option<Duration>,
}

/// Hearing a job's answers out.
struct Listening {
    clock: Instant,
    over: Vec<Option<Result<Written, Trouble>>>,
    /// From the beginning to the first words.
    first: Option<Duration>,
    pieces: usize,
    paced: (Instant, usize),
}

impl Listening {
    fn new(answers: usize) -> Self {
        let clock = Instant::now();
        let over = (0..answers).map(|_| None).collect();
        Self { clock, over, first: None, pieces: 0, paced: (clock, 0) }
    }

    /// Tells on what is heard until every answer is over; false where it was stopped.
    fn listen(&mut self, news: &Receiver<(usize, News)>, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> bool {
        loop {
            if cancel.is_cancelled() {
                return false;
            }
            match news.recv_timeout(LOOK) {
                Ok((index, item)) => self.hear(index, item, on),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return true,
            }
            self.pace(on);
        }
    }

    fn hear(&mut self, index: usize, item: News, on: &mut dyn FnMut(Event)) {
        match item {
            // All answers have one prompt.
            News::Told(Told::Reading(done, total)) if self.first.is_none() => on(Event::Prefill { done, total }),
            News::Told(Told::Reading(..)) => {}
            News::Told(Told::Words(text)) => {
                self.first.get_or_insert_with(|| self.clock.elapsed());
                self.pieces += 1;
                on(Event::Piece { index, text });
            }
            News::Again => on(Event::Again { index }),
            News::Over(result) => {
                if result.as_ref().is_ok_and(|written| written.text.is_ok()) {
                    on(Event::Finished { index });
                }
                if let Some(over) = self.over.get_mut(index) {
                    *over = Some(result);
                }
            }
        }
    }

    /// A piece is about a token.
    #[expect(clippy::cast_precision_loss, reason = "a rate for the eye")]
    fn pace(&mut self, on: &mut dyn FnMut(Event)) {
        let (since, before) = self.paced;
        if since.elapsed() >= PACE_EVERY && self.pieces > before {
            let tokens_per_s = (self.pieces - before) as f32 / since.elapsed().as_secs_f32();
            on(Event::Pace { tokens_per_s, threads: 0 });
            self.paced = (Instant::now(), self.pieces);
        }
    }
}

/// Asks a server what it has. One that is busy, or still reading its model, is asked again for a while.
fn greet(wire: &Wire, cancel: &Cancel) -> Result<Known, Trouble> {
    let endpoint = &wire.endpoint;
    let mut patience = Patience::until(Instant::now() + GREETING.min(endpoint.deadline));
    let listed = loop {
        match wire.get(&format!("{}/models", endpoint.base), cancel) {
            Ok(listed) => break listed,
            Err(Trouble::NotOffered(_)) if endpoint.model.is_some() => break Value::Null,
            Err(Trouble::Passing(words, after)) => {
                if !patience.wait(after, cancel) {
                    return Err(Trouble::Passing(words, after));
                }
            }
            Err(trouble) => return Err(trouble),
        }
    };
    let entries = listed["data"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |entry: &&Value| endpoint.model.as_deref().is_none_or(|model| entry["id"].as_str() == Some(model));
    let entry = entries.iter().find(named);
    let listed = entry.and_then(|entry| entry["id"].as_str()).map(str::to_owned);
    let Some(model) = endpoint.model.clone().or(listed) else {
        return Err(Trouble::Lasting(format!("the server {} names no model: say which", endpoint.host)));
    };
    let context = endpoint.context.or_else(|| window(wire, entry, cancel)).unwrap_or(CONTEXT).max(256);
    let embeds = endpoint.embeddings.clone().unwrap_or_else(|| model.clone());
    let embeds = embed::embed(wire, &embeds, &["storyboard".to_owned()], cancel).is_ok().then_some(embeds);
    let without = if embeds.is_none() { ", no embeddings" } else { "" };
    let loaded = Loaded {
        name: recorded(&model),
        sha256: None,
        machine: Machine::Remote,
        context,
        gpu_layers: 0,
        layers: 0,
        device: format!("{}{without}", endpoint.host),
        adapter: None,
        weights: Weights::Stored,
    };
    Ok(Known { loaded, model, embeds })
}

/// The tokens that one request may have, where the server says it.
fn window(wire: &Wire, entry: Option<&Value>, cancel: &Cancel) -> Option<usize> {
    let size = |value: &Value| value.as_u64().filter(|&tokens| tokens > 0).and_then(|n| usize::try_from(n).ok());
    if wire.endpoint.dialect == Dialect::Llama {
        let props = wire.get(&format!("{}/props", wire.endpoint.root), cancel).ok()?;
        return size(&props["default_generation_settings"]["n_ctx"]);
    }
    let entry = entry?;
    // vLLM and SGLang say the first, others the second.
    size(&entry["max_model_len"]).or_else(|| size(&entry["context_length"]))
}

/// A model's name as takes record it: of a file only what tells it apart, not where the server keeps it.
fn recorded(model: &str) -> String {
    let name = match model.strip_suffix(".gguf") {
        Some(path) => path.rsplit(['/', '\\']).next().unwrap_or(path),
        None => model,
    };
    Line::clipped(name, 120).to_string()
}
