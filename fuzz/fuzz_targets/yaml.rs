//! The YAML loader: any bytes are a board or a refusal in words, and a board survives being written and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::yaml::feed(bytes));
