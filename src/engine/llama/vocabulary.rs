//! The model's vocabulary as llguidance wants it: a trie of all tokens, and llama.cpp's own way of cutting text into
//! them, so that what the grammar forces is cut as the model was trained to see it.

use std::sync::Arc;

use llama_cpp_2::sampling::LlamaSampler;
use llguidance::toktrie::{TokEnv, TokTrie, TokenId, TokenizerEnv};

use super::model::Model;

struct Vocabulary {
    model: &'static Model,
    trie: TokTrie,
}

/// The vocabulary of `model`. Walks every token, so it is made once a model.
pub(super) fn vocabulary(model: &'static Model) -> TokEnv {
    let trie = LlamaSampler::llguidance_tok_env(&model.llama).tok_trie().clone();
    Arc::new(Vocabulary { model, trie })
}

impl TokenizerEnv for Vocabulary {
    fn tok_trie(&self) -> &TokTrie {
        &self.trie
    }

    fn tokenize_bytes(&self, bytes: &[u8]) -> Vec<TokenId> {
        // Some vocabularies put a space before the first word, and bytes within a character are no text at all: where
        // llama.cpp's tokens do not spell what was asked, the longest-match cut of the trie does.
        let Ok(text) = std::str::from_utf8(bytes) else { return self.trie.greedy_tokenize(bytes) };
        let tokens: Vec<TokenId> = self.model.tokens(text).iter().map(|token| token.0.cast_unsigned()).collect();
        let spelt: Vec<u8> = tokens.iter().flat_map(|&token| self.model.piece(token)).collect();
        if spelt == bytes { tokens } else { self.trie.greedy_tokenize(bytes) }
    }
}
