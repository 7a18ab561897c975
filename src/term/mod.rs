//! The terminal: taking it, drawing on it, giving it back. Knows nothing of storyboards.
//!
//! Only this module writes to the terminal. Whatever ends the program, [`Session`] has given the terminal back before.

pub mod input;
pub mod session;
pub mod signals;

pub use input::{Input, InputThread};
pub use session::Session;
pub use signals::{Signal, watch};
