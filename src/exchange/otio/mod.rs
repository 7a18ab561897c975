//! OpenTimelineIO, both ways. Schemas: `Timeline.1`, `Stack.1`, `Track.1`, `Clip.2`, `Marker.2`, `ExternalReference.1`.
//!
//! A shot is a clip. Every take of its scene is one of the clip's media references, and the picked one is active. The whole
//! board lies in the timeline's metadata, so nothing is lost on the way back; what an editor changed since is taken from the
//! clips.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{Read, read};
pub use write::write;

/// Our key in metadata.
const OURS: &str = "slateboard";
