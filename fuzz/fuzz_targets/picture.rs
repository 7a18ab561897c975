//! Pictures that people and servers give: any bytes are a picture within the limits or refused in words.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| slateboard_fuzz::picture::feed(bytes));
