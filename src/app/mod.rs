//! The application as data: model, messages, update, actions. PURE.

pub mod buffer;
pub mod history;
pub mod key;
pub mod model;
pub mod msg;
pub mod now;
pub mod wrap;
