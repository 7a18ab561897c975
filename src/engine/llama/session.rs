//! One context kept from job to job: the prompt's prefix stays, answers are sampled together and then dropped.
//!
//! The arithmetic must not depend on what was kept. So the prompt is read in chunks that begin at multiples of
//! [`CHUNK`] whatever is in the cache already, a kept prefix is cut back to such a multiple, and after a job nothing but
//! the prompt stays: each token then meets the same cells in the same batches as in a cold run.

use std::num::NonZeroU32;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::{KvCacheType, LlamaContextParams};
use llama_cpp_2::token::LlamaToken;

use super::batch::Batch;
use super::carry;
use super::model::{LoadError, Model};
use super::threads::{Step, Threads, cpu_time};
use crate::board::{ThreadsFrom, Weights};

/// Tokens of the prompt read at once.
pub(super) const CHUNK: usize = 128;
/// Tokens computed in one batch at most.
pub(super) const BATCH: usize = 512;
/// llama.cpp's names for how attention is computed: as the backend likes, or without flash attention.
const ATTENTION_AUTO: i32 = -1;
const ATTENTION_PLAIN: i32 = 0;
/// Sequences in the cache: the prompt and the answers beside each other.
pub(super) const SEQUENCES: u32 = 33;
/// Answers sampled together at most.
pub(super) const ANSWERS: usize = SEQUENCES as usize - 1;
/// The sequence that holds the prompt.
const PROMPT: i32 = 0;
/// Cells for answers beside the first, so that a pool fits beside a full prompt.
const ROOM_FOR_ANSWERS: usize = 6144;

/// Something llama.cpp refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ComputeError {
    #[error("llama.cpp could not compute: {0}")]
    Decode(#[from] llama_cpp_2::DecodeError),
    #[error("llama.cpp could not read the batch: {0}")]
    Batch(#[from] super::batch::BatchError),
    #[error("llama.cpp could not arrange its cache")]
    Cache,
    #[error(transparent)]
    Context(#[from] LoadError),
}

/// A context over one model.
pub(super) struct Session {
    model: &'static Model,
    context: LlamaContext<'static>,
    batch: Batch,
    threads: Threads,
    /// The threads the context computes with.
    computing: usize,
    /// A number of threads to change to before the next batch, when no logits of this one are needed any more.
    change_to: Option<usize>,
    /// Steps of writing so far in this job, and the threads they ran with.
    step: u32,
    history: Vec<ThreadsFrom>,
    /// The threads prescribed for this job, step by step.
    prescribed: Vec<ThreadsFrom>,
    /// The most tokens a prompt and one answer may have together.
    window: usize,
    /// All cells there are.
    cells: usize,
    /// The prompt that sequence [`PROMPT`] holds.
    kept: Vec<LlamaToken>,
    /// The logits after the last token of `kept`, where it was read to its end.
    kept_logits: Option<Vec<f32>>,
}

impl Session {
    pub(super) fn new(model: &'static Model, context: u32, threads: Option<usize>) -> Result<Self, LoadError> {
        let window = (context as usize).min(model.trained_context()).max(CHUNK);
        let cells = (window + ROOM_FOR_ANSWERS).next_multiple_of(256);
        let threads = Threads::new(threads);
        let computing = threads.current();
        let context = make_context(model, cells, computing)?;
        Ok(Self {
            model,
            context,
            batch: Batch::new(BATCH),
            threads,
            computing,
            change_to: None,
            step: 0,
            history: Vec::new(),
            prescribed: Vec::new(),
            window,
            cells,
            kept: Vec::new(),
            kept_logits: None,
        })
    }

    pub(super) fn window(&self) -> usize {
        self.window
    }

    pub(super) fn threads(&self) -> usize {
        self.computing
    }

    /// How many answers of at most `tokens` tokens fit beside each other after a prompt.
    pub(super) fn abreast(&self, prompt: usize, tokens: usize) -> usize {
        (self.cells.saturating_sub(prompt) / tokens.max(1)).clamp(1, ANSWERS)
    }

    /// Reads the prompt, as far as it is not kept. Answers how many tokens were kept, or `None` where `go_on` said no.
    pub(super) fn read(
        &mut self,
        prompt: &[LlamaToken],
        mut go_on: impl FnMut(usize) -> bool,
    ) -> Result<Option<usize>, ComputeError> {
        let shared = self.kept.iter().zip(prompt).take_while(|(a, b)| a == b).count();
        let whole = shared == prompt.len() && shared == self.kept.len() && self.kept_logits.is_some();
        let mut done = if whole { shared } else { shared.min(prompt.len() - 1) / CHUNK * CHUNK };
        self.forget_answers()?;
        if !whole {
            done = self.cut(done)?;
        }
        let cached = done;
        while done < prompt.len() {
            if !go_on(done) {
                return Ok(None);
            }
            let end = (done + CHUNK).min(prompt.len());
            self.batch.clear();
            for (at, &token) in prompt.iter().enumerate().take(end).skip(done) {
                self.batch.add(token, at, PROMPT, at + 1 == prompt.len())?;
            }
            self.compute()?;
            self.kept.extend_from_slice(&prompt[done..end]);
            done = end;
        }
        if !whole {
            let last = self.batch.last_index();
            self.kept_logits = Some(self.context.get_logits_ith(last).to_vec());
        }
        go_on(done);
        Ok(Some(cached))
    }

    /// The logits after the prompt.
    pub(super) fn prompt_logits(&self) -> &[f32] {
        self.kept_logits.as_deref().unwrap_or_default()
    }

    /// Begins to write: with the threads prescribed step by step, or with those the machine has to spare.
    pub(super) fn start_writing(&mut self, prescribed: &[ThreadsFrom]) {
        self.step = 0;
        self.history.clear();
        self.prescribed = prescribed.to_vec();
    }

    /// The threads that wrote since then. Ends the prescription.
    pub(super) fn stop_writing(&mut self) -> Vec<ThreadsFrom> {
        self.prescribed.clear();
        std::mem::take(&mut self.history)
    }

    /// Gives `answer` (from 0) the prompt as its beginning; no cell is copied.
    pub(super) fn begin(&mut self, answer: usize) -> Result<(), ComputeError> {
        self.context.copy_kv_cache_seq(PROMPT, sequence(answer), None, None).map_err(|_| ComputeError::Cache)
    }

    /// Computes the tokens that follow in several answers, packed into as few batches as hold them. After each batch
    /// `after` gets the logits of every answer whose last token was in it.
    pub(super) fn advance(
        &mut self,
        following: &[Following<'_>],
        mut after: impl FnMut(usize, &[f32]),
    ) -> Result<(), ComputeError> {
        let mut ends: Vec<(usize, i32)> = Vec::with_capacity(following.len());
        self.batch.clear();
        for next in following {
            let fits = self.batch.len() + next.tokens.len() <= BATCH;
            if !fits && self.batch.len() > 0 {
                self.flush(&mut ends, &mut after)?;
            }
            for (offset, &token) in next.tokens.iter().enumerate() {
                if self.batch.len() == BATCH {
                    self.flush(&mut ends, &mut after)?;
                }
                let last = offset + 1 == next.tokens.len();
                self.batch.add(LlamaToken(token.cast_signed()), next.position + offset, sequence(next.answer), last)?;
            }
            ends.push((next.answer, self.batch.last_index()));
        }
        self.flush(&mut ends, &mut after)
    }

    fn flush(
        &mut self,
        ends: &mut Vec<(usize, i32)>,
        after: &mut impl FnMut(usize, &[f32]),
    ) -> Result<(), ComputeError> {
        if self.batch.len() > 0 {
            self.write_step()?;
        }
        for (answer, index) in ends.drain(..) {
            after(answer, self.context.get_logits_ith(index));
        }
        self.batch.clear();
        Ok(())
    }

    /// Drops an answer that is whole, so that the others attend to less.
    pub(super) fn end(&mut self, answer: usize) -> Result<(), ComputeError> {
        self.context.kv_cache_seq_rm(sequence(answer), None, None).map_err(|_| ComputeError::Cache)
    }

    /// Drops all answers.
    pub(super) fn forget_answers(&mut self) -> Result<(), ComputeError> {
        (0..ANSWERS).try_for_each(|answer| self.end(answer))
    }

    /// Keeps the first `length` tokens of the prompt at most, and answers how many are left.
    fn cut(&mut self, length: usize) -> Result<usize, ComputeError> {
        self.kept_logits = None;
        if length >= self.kept.len() {
            return Ok(self.kept.len());
        }
        let from = u32::try_from(length).map_err(|_| ComputeError::Cache)?;
        if self.context.kv_cache_seq_rm(PROMPT, Some(from), None).is_ok() {
            self.kept.truncate(length);
        } else {
            // Recurrent models cannot go back: they begin again.
            self.context.clear_kv_cache();
            self.kept.clear();
        }
        Ok(self.kept.len())
    }

    /// Computes a batch of answers' tokens, and keeps the record of threads that making them again takes.
    fn write_step(&mut self) -> Result<(), ComputeError> {
        if let Some(last) = self.prescribed.iter().rev().find(|from| from.step <= self.step) {
            let threads = last.threads.max(1) as usize;
            self.change_to = (threads != self.computing).then_some(threads);
        }
        self.compute()?;
        let threads = u32::try_from(self.computing).unwrap_or(u32::MAX);
        if self.history.last().is_none_or(|last| last.threads != threads) {
            self.history.push(ThreadsFrom { step: self.step, threads });
        }
        self.step += 1;
        Ok(())
    }

    fn compute(&mut self) -> Result<(), ComputeError> {
        if let Some(threads) = self.change_to.take().filter(|&threads| threads != self.computing) {
            let mut context = make_context(self.model, self.cells, threads)?;
            carry::state(&self.context, &mut context).map_err(|_| ComputeError::Cache)?;
            self.context = context;
            self.computing = threads;
        }
        let (clock, cpu) = (Instant::now(), cpu_time());
        self.context.decode(self.batch.llama())?;
        if self.prescribed.is_empty() {
            let step = Step { wall: clock.elapsed(), cpu: cpu_time().saturating_sub(cpu) };
            self.threads.judge(step, Instant::now());
            self.change_to = Some(self.threads.current());
        }
        Ok(())
    }
}

/// Tokens that follow in one answer.
pub(super) struct Following<'a> {
    /// Which answer, from 0.
    pub(super) answer: usize,
    /// The position of the first of them.
    pub(super) position: usize,
    /// The tokens.
    pub(super) tokens: &'a [u32],
}

fn sequence(answer: usize) -> i32 {
    i32::try_from(answer + 1).unwrap_or(i32::MAX)
}

fn make_context(model: &'static Model, cells: usize, threads: usize) -> Result<LlamaContext<'static>, LoadError> {
    let threads = i32::try_from(threads).unwrap_or(1);
    let params = |keys| {
        LlamaContextParams::default()
            .with_type_k(keys)
            .with_n_ctx(NonZeroU32::new(u32::try_from(cells).unwrap_or(u32::MAX)))
            .with_n_batch(BATCH as u32)
            // Plain attention keeps scores of each token with each cell: four times as many tokens, four times the memory.
            .with_n_ubatch(CHUNK as u32)
            .with_n_seq_max(SEQUENCES)
            .with_kv_unified(true)
            .with_flash_attention_policy(attention(model))
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
    };
    let make = |keys| model.llama.new_context(&model.backend, params(keys));
    let made = match model.weights {
        Weights::Stored => make(KvCacheType::F16),
        // A head whose size is no multiple of 32 has no keys at eight bits.
        Weights::EightBit => make(KvCacheType::Q8_0).or_else(|_| make(KvCacheType::F16)),
    };
    let mut context = made.map_err(|error| LoadError::Context(error.to_string()))?;
    model.adapt(&mut context)?;
    Ok(context)
}

/// On a processor llama.cpp's flash attention goes through the cells once for each token and each head, where plain
/// attention is a matrix product over all of them. After a prompt of 1,500 tokens on two cores a step of one answer took
/// 0.8 to 0.96 of the time without it, a step of eight 0.67 to 0.8, and the prompt 1.0 to 1.07.
fn attention(model: &Model) -> i32 {
    if model.layers.0 == 0 { ATTENTION_PLAIN } else { ATTENTION_AUTO }
}
