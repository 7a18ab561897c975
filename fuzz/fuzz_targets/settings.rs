//! A person's own files: keys, themes, styles of frames, settings. Each is read, or what is wrong in it is said.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::settings::feed(bytes));
