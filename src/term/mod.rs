//! The terminal: taking it, drawing on it, giving it back. Knows nothing of storyboards.
//!
//! Only this module writes to the terminal. Whatever ends the program, [`Session`] has given the terminal back before.

pub mod graphics;
pub mod input;
mod parse;
pub mod probe;
pub mod reply;
mod sequence;
pub mod session;
pub mod signals;

pub use input::{Input, InputThread, Mouse, MouseKind};
pub use reply::{Capabilities, Reply};
pub use sequence::{Ask, Notification};
pub use session::{Manners, Session};
pub use signals::{Signal, watch};
