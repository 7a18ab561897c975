//! The look at a model file before llama.cpp sees it: any bytes are a model or refused in words.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::gguf::feed(bytes));
