//! Running a job: one prompt, several answers sampled together, each held to the grammar.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::constraint::{BadGrammar, Constraint, Constraints};
use super::draw::{Bent, Chance, Recent, Scratch, Used, draw};
use super::leaning::{Leanings, Leant};
use super::model::Model;
use super::reading::{Read, reading};
use super::session::{Following, Session};
use crate::board::{Reading, Sampler, ThreadsFrom};
use crate::engine::fit::fit;
use crate::engine::job::{EngineError, Event, Job, Stats};

/// How often the pace is told.
const PACE_EVERY: Duration = Duration::from_millis(250);
/// A draw among more tokens than this is prose; among fewer it is vocabulary or punctuation, which may repeat.
const PROSE: usize = 200;
/// What the temperature is multiplied with where a vocabulary's word is drawn that is to vary.
const FLATTER: f32 = 1.5;

/// What a job left.
pub(super) struct Written {
    pub(super) answers: Vec<Option<String>>,
    pub(super) readings: Vec<Option<Reading>>,
    pub(super) prompt_sha256: String,
    pub(super) left_out: Vec<String>,
    pub(super) threads: Vec<ThreadsFrom>,
    pub(super) stats: Stats,
}

/// Runs `job`, telling `on` what happens; stops with [`EngineError::Cancelled`] as soon as `stopped` says so.
pub(super) fn run(
    model: &'static Model,
    session: &mut Session,
    constraints: &Constraints,
    job: &Job,
    model_sha256: &str,
    stopped: &dyn Fn() -> bool,
    on: &mut dyn FnMut(Event),
) -> Result<Written, EngineError> {
    let clock = Instant::now();
    let mut first = constraints.start(&job.schema).map_err(|error| EngineError::Job(error.to_string()))?;
    let opening = first.forced();
    let answer_tokens = job.max_tokens as usize;
    let room = session.window().saturating_sub(answer_tokens);
    let fitted = fit(model, &job.sections, room).map_err(EngineError::TooBig)?;
    let prompt_sha256 = fingerprint(&fitted.prompt, job);
    // What every answer begins with is read once, as part of the prompt.
    let mut prompt = fitted.prompt;
    prompt.extend(opening.iter().map(|&token| llama_cpp_2::token::LlamaToken(token.cast_signed())));

    let failed = |error: &dyn std::fmt::Display| EngineError::Job(error.to_string());
    let cached = session
        .read(&prompt, |done| {
            on(Event::Prefill { done, total: prompt.len() });
            !stopped()
        })
        .map_err(|error| failed(&error))?
        .ok_or(EngineError::Cancelled)?;
    let mut stats = Stats {
        prompt_tokens: prompt.len(),
        cached_tokens: cached,
        prefill_ms: millis(clock.elapsed()),
        device: model.device.clone(),
        ..Stats::default()
    };

    let opening_text = text_of(model, &opening);
    session.start_writing(&job.threads);
    let decoding = Instant::now();
    let leanings = Leanings::new(model, &job.leaning);
    let begin = |seed: u32, leant: Leant| -> Result<Answer, EngineError> {
        let constraint = match job.schema_of(seed) {
            Cow::Borrowed(_) => first.fork(),
            Cow::Owned(dealt) => begun(constraints, &dealt, &opening).map_err(|error| failed(&error))?,
        };
        Ok(Answer::new(constraint, seed, job, opening.len(), leant))
    };
    let mut answers: Vec<Answer> = Vec::with_capacity(job.seeds.len());
    let abreast = session.abreast(prompt.len(), answer_tokens);
    let mut writer = Writer { model, job, leanings, scratch: Scratch::default(), first_token: None, tokens: 0 };
    let mut paced = (Instant::now(), 0);
    let all = (0..job.seeds.len()).collect::<Vec<_>>();
    for group in all.chunks(abreast) {
        for (slot, &index) in group.iter().enumerate() {
            // Each has a grammar of its own to build: the first word does not wait for those of the others.
            answers.push(begin(job.seeds[index], writer.leanings.begin())?);
            session.begin(slot).map_err(|error| failed(&error))?;
            answers[index].position = prompt.len();
            on(Event::Piece { index, text: opening_text.clone() });
            answers[index].text.push_str(&opening_text);
            let logits = session.prompt_logits();
            writer.write(&mut answers[index], logits, index, on)?;
            writer.first_token.get_or_insert_with(|| clock.elapsed());
        }
        loop {
            if stopped() {
                session.forget_answers().map_err(|error| failed(&error))?;
                return Err(EngineError::Cancelled);
            }
            let following: Vec<Vec<u32>> =
                group.iter().map(|&index| std::mem::take(&mut answers[index].following)).collect();
            let next: Vec<Following<'_>> = group
                .iter()
                .enumerate()
                .filter(|&(_, &index)| !answers[index].over)
                .map(|(slot, &index)| Following {
                    answer: slot,
                    position: answers[index].position,
                    tokens: &following[slot],
                })
                .collect();
            if next.is_empty() {
                break;
            }
            let mut result = Ok(());
            let mut ended = Vec::new();
            session
                .advance(&next, |slot, logits| {
                    let index = group[slot];
                    let answer = &mut answers[index];
                    answer.position += following[slot].len();
                    if result.is_ok() {
                        result = writer.write(answer, logits, index, on);
                    }
                    if answer.over {
                        ended.push(slot);
                    }
                })
                .map_err(|error| failed(&error))?;
            result?;
            for slot in ended {
                session.end(slot).map_err(|error| failed(&error))?;
            }
            if paced.0.elapsed() >= PACE_EVERY {
                let tokens_per_s = rate(writer.tokens - paced.1, paced.0.elapsed());
                #[expect(clippy::cast_possible_truncation, reason = "a rate for the eye")]
                on(Event::Pace { tokens_per_s: tokens_per_s as f32, threads: session.threads() });
                paced = (Instant::now(), writer.tokens);
            }
        }
        session.forget_answers().map_err(|error| failed(&error))?;
    }
    stats.tokens = writer.tokens;
    stats.first_token_ms = writer.first_token.map(millis).unwrap_or_default();
    stats.decode_ms = millis(decoding.elapsed());
    stats.tokens_per_s = rate(writer.tokens, decoding.elapsed());
    stats.threads = session.threads();
    let read = |answer: &Answer| if answer.whole { reading(&answer.read, model_sha256) } else { None };
    let readings = answers.iter().map(read).collect();
    let answers = answers.into_iter().map(|answer| answer.whole.then_some(answer.text)).collect();
    let threads = session.stop_writing();
    Ok(Written { answers, readings, prompt_sha256, left_out: fitted.left_out, threads, stats })
}

/// A constraint at the end of the `opening` that every answer of the job has.
fn begun(constraints: &Constraints, schema: &Value, opening: &[u32]) -> Result<Constraint, BadGrammar> {
    let mut constraint = constraints.start(schema)?;
    for &token in opening {
        constraint.step(token)?;
    }
    Ok(constraint)
}

/// One answer in the making.
struct Answer {
    constraint: Constraint,
    chance: Chance,
    recent: Recent,
    used: Used,
    leant: Leant,
    read: Read,
    /// Tokens drawn or forced and not computed yet.
    following: Vec<u32>,
    /// The position of the first of them.
    position: usize,
    tokens: usize,
    text: String,
    /// Bytes of a character whose end has not come yet.
    partial: Vec<u8>,
    over: bool,
    whole: bool,
}

impl Answer {
    /// An answer that has its `opening` tokens already: they are part of what it may have.
    fn new(constraint: Constraint, seed: u32, job: &Job, opening: usize, leant: Leant) -> Self {
        Self {
            constraint,
            chance: Chance::new(seed),
            recent: Recent::new(job.sampler.repeat_last),
            used: Used::default(),
            leant,
            read: Read::default(),
            following: Vec::new(),
            position: 0,
            tokens: opening,
            text: String::new(),
            partial: Vec::new(),
            over: false,
            whole: false,
        }
    }

    /// Whether the next token goes on with a string: with how a shot is framed, or how a subject stands. What begins a
    /// string is a name, and what ends it or follows it is punctuation.
    fn is_within_a_string(&self) -> bool {
        self.text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ' ' | ':' | '-'))
    }
}

/// What a token is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    /// A word of free text.
    Prose,
    /// A word of a vocabulary: how a shot is framed, how a subject stands.
    Wording,
    /// A name, punctuation, or the end of a list.
    Structure,
}

/// How a vocabulary's word is drawn where words are to vary.
fn flatter(sampler: Sampler) -> Sampler {
    let by = if sampler.vary > 0.0 { FLATTER } else { 1.0 };
    Sampler { temperature: sampler.temperature * by, ..sampler }
}

/// Turns logits into text.
struct Writer<'a> {
    model: &'static Model,
    job: &'a Job,
    leanings: Leanings,
    scratch: Scratch,
    first_token: Option<Duration>,
    tokens: usize,
}

impl Writer<'_> {
    /// Draws the next token of `answer` and steps over what the grammar forces after it.
    fn write(
        &mut self,
        answer: &mut Answer,
        logits: &[f32],
        index: usize,
        on: &mut dyn FnMut(Event),
    ) -> Result<(), EngineError> {
        let failed = |error: &dyn std::fmt::Display| EngineError::Job(error.to_string());
        let allowed = answer.constraint.allowed().map_err(|error| failed(&error))?;
        let drawn = match allowed.num_set() > PROSE {
            true => Drawn::Prose,
            false if answer.is_within_a_string() => Drawn::Wording,
            false => Drawn::Structure,
        };
        let (leaning, sampler) = match drawn {
            Drawn::Prose => (self.leanings.next(&answer.leant), self.job.sampler),
            Drawn::Wording => (answer.used.leaning(self.job.sampler.vary), flatter(self.job.sampler)),
            Drawn::Structure => (Vec::new(), self.job.sampler),
        };
        let bent = Bent { recent: &answer.recent, leaning: &leaning };
        let token = draw(logits, &allowed, &bent, &sampler, &mut answer.chance, &mut self.scratch)
            .ok_or_else(|| failed(&"the grammar leaves no token to go on with"))?;
        if drawn == Drawn::Prose {
            answer.read.word(logits, token);
        }
        self.tokens += 1;
        answer.tokens += 1;
        let vocabulary = self.model.llama.vocab();
        if vocabulary.is_eog(llama_cpp_2::token::LlamaToken(token.cast_signed())) {
            self.finish(answer, index, on);
            return Ok(());
        }
        answer.constraint.step(token).map_err(|error| failed(&error))?;
        match drawn {
            Drawn::Prose => answer.recent.push(token),
            Drawn::Wording => answer.used.count(token),
            Drawn::Structure => {}
        }
        answer.following.push(token);
        let forced = answer.constraint.forced();
        for &token in std::iter::once(&token).chain(&forced) {
            self.leanings.step(&mut answer.leant, token);
        }
        self.tokens += forced.len();
        answer.tokens += forced.len();
        answer.following.extend(forced);
        self.tell(answer, index, on);
        if answer.constraint.is_over() {
            self.finish(answer, index, on);
            return Ok(());
        }
        if answer.tokens >= self.job.max_tokens as usize {
            answer.over = true;
        }
        Ok(())
    }

    fn finish(&self, answer: &mut Answer, index: usize, on: &mut dyn FnMut(Event)) {
        answer.over = true;
        answer.whole = true;
        on(Event::Finished { index });
    }

    /// Tells the characters that `following` adds.
    fn tell(&self, answer: &mut Answer, index: usize, on: &mut dyn FnMut(Event)) {
        let mut bytes = std::mem::take(&mut answer.partial);
        for &token in &answer.following {
            bytes.extend(self.model.piece(token));
        }
        let whole = match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(error) => error.valid_up_to(),
        };
        answer.partial = bytes.split_off(whole);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if !text.is_empty() {
            answer.text.push_str(&text);
            on(Event::Piece { index, text });
        }
    }
}

fn text_of(model: &Model, tokens: &[u32]) -> String {
    let bytes: Vec<u8> = tokens.iter().flat_map(|&token| model.piece(token)).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// SHA-256 over the prompt's tokens, the grammar, and what prose leans towards.
fn fingerprint(prompt: &[llama_cpp_2::token::LlamaToken], job: &Job) -> String {
    let mut hash = Sha256::new();
    for token in prompt {
        hash.update(token.0.to_le_bytes());
    }
    hash.update(job.schema.to_string());
    if let Some(dealing) = &job.dealing {
        hash.update(serde_json::to_vec(dealing).unwrap_or_default());
    }
    for leaning in &job.leaning {
        hash.update(leaning.phrase.as_bytes());
        hash.update(leaning.by.to_le_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[expect(clippy::cast_precision_loss, reason = "a count of tokens")]
fn rate(tokens: usize, duration: Duration) -> f64 {
    tokens as f64 / duration.as_secs_f64().max(1e-9)
}
