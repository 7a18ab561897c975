//! `Text`: whatever goes in, what comes out holds nothing that a terminal obeys, and cleaning it again changes nothing.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::text::feed(bytes));
