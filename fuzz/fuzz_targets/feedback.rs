//! The feedback log: any lines are records or counted as unreadable, and taste folds whatever records there are.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::feedback::feed(bytes));
