//! Figures: bodies in space, and how they are drawn.

pub mod animal;
pub mod body;
mod hat;
pub mod head;
pub mod person;
pub mod robot;
pub mod skeleton;

pub use body::Lit;
pub use person::{Person, colour, hash, mood};
pub use skeleton::{Frame, Skeleton};
