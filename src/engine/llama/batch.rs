//! A batch that cannot be overfilled.
//!
//! `LlamaBatch::add` does not check the number of sequences against what the batch was made for and writes past its
//! end; here a token has exactly one sequence, which every batch has room for.

use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;

/// A token that does not fit.
#[derive(Debug, thiserror::Error)]
#[error("a batch of {cap} tokens is full")]
pub(super) struct BatchError {
    cap: usize,
}

/// Tokens to be computed together.
pub(super) struct Batch {
    llama: LlamaBatch<'static>,
    cap: usize,
    len: usize,
}

impl Batch {
    pub(super) fn new(cap: usize) -> Self {
        Self { llama: LlamaBatch::new(cap, 1), cap, len: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.llama.clear();
        self.len = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The index of the token added last, by which its logits are found.
    pub(super) fn last_index(&self) -> i32 {
        i32::try_from(self.len).unwrap_or(i32::MAX) - 1
    }

    /// Adds a token of `sequence` at `position`; with `logits` where they are wanted after it.
    pub(super) fn add(
        &mut self,
        token: LlamaToken,
        position: usize,
        sequence: i32,
        logits: bool,
    ) -> Result<(), BatchError> {
        let full = BatchError { cap: self.cap };
        if self.len == self.cap {
            return Err(full);
        }
        let Ok(position) = i32::try_from(position) else { return Err(full) };
        self.llama.add(token, position, &[sequence], logits).map_err(|_| full)?;
        self.len += 1;
        Ok(())
    }

    pub(super) fn llama(&mut self) -> &mut LlamaBatch<'static> {
        &mut self.llama
    }
}
