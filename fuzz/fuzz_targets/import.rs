//! Every importer: any file is a board or refused in words, and what comes in can be saved and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::imports::feed(bytes));
