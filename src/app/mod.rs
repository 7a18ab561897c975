//! The application as data: model, messages, update, actions. PURE.

pub mod buffer;
pub mod key;
pub mod now;
pub mod wrap;
