//! What an engine may say: any line is a reply or nothing, and any answer of a model is a draft and perhaps a take.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::wire::feed(bytes));
