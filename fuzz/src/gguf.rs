//! The look at a model file before llama.cpp sees it: any bytes are a model or refused in words.

use std::fs;

use super::PLACE;
use slateboard::board::text::clean;
use slateboard::engine::gguf;

/// Feeds it.
pub fn feed(bytes: &[u8]) {
    let file = PLACE.join("a.gguf");
    fs::write(&file, bytes).expect("a file");
    match gguf::inspect(&file) {
        Ok(model) => assert_eq!(clean(&model.architecture), model.architecture),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
