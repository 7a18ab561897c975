//! The look at a model file before llama.cpp sees it: any bytes are a model or refused in words.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use slateboard::board::text::clean;
use slateboard::engine::gguf;
use slateboard_fuzz::PLACE;

fuzz_target!(|bytes: &[u8]| {
    let file = PLACE.join("a.gguf");
    fs::write(&file, bytes).expect("a file");
    match gguf::inspect(&file) {
        Ok(model) => assert_eq!(clean(&model.architecture), model.architecture),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
