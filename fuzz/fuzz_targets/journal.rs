//! The journal: any bytes beside a board, and the board opens; whatever is kept, kept aside or dropped, a second opening
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::journal::feed(bytes));
