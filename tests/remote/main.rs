//! The remote engine against a small server of our own that behaves as real ones do on bad days; `llama_server.rs` has a real one.

#![expect(clippy::unwrap_used, reason = "a helper that cannot do its part has failed the test")]
#![allow(unreachable_pub, reason = "nothing of a test is reached from outside")]

mod engine;
mod llama;
mod llama_server;
mod server;
mod verbs;
