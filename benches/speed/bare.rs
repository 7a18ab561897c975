//! What the app is measured against: the shortest loop that llama.cpp can be driven with.

use std::mem::ManuallyDrop;
use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;

/// Tokens of the prompt read at once, and the most sequences.
const BATCH: usize = 512;
const SEQUENCES: usize = 8;

/// A model and a context of its own beside the app's.
pub(crate) struct Bare {
    context: LlamaContext<'static>,
    batch: LlamaBatch<'static>,
    word: LlamaToken,
}

impl Bare {
    /// To be called after the app has started llama.cpp, which starts once in a process.
    pub(crate) fn load(path: &Path, threads: usize) -> Self {
        let backend = started();
        let params = LlamaModelParams::default().with_n_gpu_layers(0);
        let model: &'static LlamaModel =
            Box::leak(Box::new(LlamaModel::load_from_file(&backend, path, &params).unwrap()));
        let threads = i32::try_from(threads).unwrap();
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(8192))
            .with_n_batch(BATCH as u32)
            .with_n_ubatch(BATCH as u32)
            .with_n_seq_max(SEQUENCES as u32)
            .with_kv_unified(true)
            // Plain attention, as the app computes on a processor: the faster way there.
            .with_flash_attention_policy(0)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let context = model.new_context(&backend, params).unwrap();
        let word = model.vocab().tokenize(b" the", false, false)[0];
        Self { context, batch: LlamaBatch::new(BATCH, 1), word }
    }

    /// Reads a prompt of that length, then writes `tokens` tokens in each of `sequences`, the likeliest each time, one
    /// of each sequence a step. Answers how long the writing took.
    pub(crate) fn write(&mut self, prompt: usize, sequences: usize, tokens: usize) -> Duration {
        assert!(sequences <= SEQUENCES, "the context was made for {SEQUENCES}");
        self.context.clear_kv_cache();
        let mut last = 0;
        for start in (0..prompt).step_by(BATCH) {
            let end = prompt.min(start + BATCH);
            self.batch.clear();
            for at in start..end {
                self.batch.add(self.word, i32::try_from(at).unwrap(), &[0], at + 1 == prompt).unwrap();
            }
            self.context.decode(&mut self.batch).unwrap();
            last = i32::try_from(end - start - 1).unwrap();
        }
        let begun = Instant::now();
        for sequence in 1..sequences {
            self.context.copy_kv_cache_seq(0, i32::try_from(sequence).unwrap(), None, None).unwrap();
        }
        let mut next = vec![likeliest(self.context.get_logits_ith(last)); sequences];
        // The last token is drawn and not computed, as in the app.
        for step in 1..tokens {
            self.batch.clear();
            let position = i32::try_from(prompt + step - 1).unwrap();
            for (sequence, &token) in next.iter().enumerate() {
                self.batch.add(token, position, &[i32::try_from(sequence).unwrap()], true).unwrap();
            }
            self.context.decode(&mut self.batch).unwrap();
            for (sequence, token) in next.iter_mut().enumerate() {
                *token = likeliest(self.context.get_logits_ith(i32::try_from(sequence).unwrap()));
            }
        }
        begun.elapsed()
    }
}

/// llama.cpp's log would stand between the lines of the table.
pub(crate) fn silence() {
    // Fails only where there is a subscriber already, and then nothing is printed by ours.
    let _ = tracing::subscriber::set_global_default(tracing::subscriber::NoSubscriber::default());
    started().void_logs();
}

/// The app holds the one backend; this stands for it, and must not stop it when dropped.
fn started() -> ManuallyDrop<LlamaBackend> {
    ManuallyDrop::new(LlamaBackend {})
}

fn likeliest(logits: &[f32]) -> LlamaToken {
    let mut best = 0;
    for (token, &logit) in logits.iter().enumerate() {
        if logit > logits[best] {
            best = token;
        }
    }
    LlamaToken(i32::try_from(best).unwrap())
}
