//! Exchange: scripts and boards of other programs in, boards out. One file a format.
//!
//! In: a format gives a [`Script`] (or a whole board), [`merge`] puts it onto a board without losing anything.
//! Out: an [`Order`] says what goes out, [`Reel`] puts the shots in a row with their frames, a format writes them through
//! [`deliver`], and a [`Report`] says what the format could not carry.
//!
//! Knows files and other programs' formats. Knows no screen, no engine and no renderer: pictures and YAML come in through
//! [`Studio`], identities through a closure.

pub mod animatic;
pub mod archive;
mod carries;
pub mod contact_sheet;
pub mod decode;
pub mod deliver;
mod dialogue_cell;
pub mod editorial;
pub mod export;
pub mod fdx;
pub mod format;
pub mod fountain;
pub mod frames;
pub mod given;
pub mod import;
pub mod merge;
mod opening;
pub mod order;
pub mod otio;
pub mod outline;
pub mod page;
pub mod picture;
pub mod rate;
pub mod reel;
pub mod script;
pub mod shot_list;
pub mod shot_note;
pub mod source;
pub mod storyboarder;
pub mod subtitles;
pub mod treatment;
pub mod worksheet;
mod xml;
mod xml_read;

pub use export::export;
pub use format::Format;
pub use order::{ExportError, Options, Order, Report, Selection, Studio, Takes, Watch};
pub use rate::Rate;
pub use reel::Reel;
pub use script::Script;
pub use source::Source;

#[cfg(test)]
mod fixture;
