//! The shots as an edit, for other programs' timelines: FCPXML, Final Cut Pro 7 XML, CMX 3600. Every cut lies on the frame
//! that [`Reel`] says, as a fraction or a count, never as a decimal.

mod edl;
mod fcpxml;
#[cfg(test)]
mod tests;
mod xmeml;

use std::path::Path;

use super::frames::{Frames, percent};
use super::order::{Credit, Order, Report};
use super::reel::{Cut, Part, Reel};
use super::{Source, dialogue_cell, shot_note};

pub use edl::write as edl;
pub use fcpxml::write as fcpxml;
pub use xmeml::write as xmeml;

/// What a writer of an edit is given.
#[derive(Clone, Copy)]
pub struct Edit<'a, 'b> {
    /// The order.
    pub order: &'b Order<'a>,
    /// The shots in time.
    pub reel: &'b Reel<'a>,
    /// Where their pictures are.
    pub frames: &'b Frames,
    /// The folder that relative names of pictures start from; absolute.
    pub folder: &'b Path,
}

impl Edit<'_, '_> {
    /// The picture of a shot as an absolute URL; edits are opened from anywhere.
    fn url(&self, part: &Part<'_>, cut: &Cut<'_>) -> Option<String> {
        let relative = part.take.and_then(|take| self.frames.url(take.id, cut.index))?;
        let folder = self.folder.to_string_lossy().replace('\\', "/");
        let folder: Vec<String> = folder.split('/').map(percent).collect();
        let folder = folder.join("/");
        let slash = if folder.starts_with('/') { "" } else { "/" };
        Some(format!("file://{slash}{}/{relative}", folder.trim_end_matches('/')))
    }

    /// What an edit's note says of a shot; at a scene's first also what is heard in it.
    fn note(&self, part: &Part<'_>, cut: &Cut<'_>) -> String {
        let mut note = shot_note::framing(cut.shot);
        if !cut.shot.description.is_empty() {
            note.push_str(". ");
            note.push_str(&cut.shot.description);
        }
        let cues = part.cues_of(cut);
        if !cues.is_empty() {
            note.push('\n');
            note.push_str(&dialogue_cell::write(cues.iter().map(|cue| cue.speech)));
        }
        let sound = part.take.map(|take| take.sound.trim()).filter(|sound| cut.index == 0 && !sound.is_empty());
        if let Some(sound) = sound {
            note.push_str("\nSound: ");
            note.push_str(sound);
        }
        note
    }

    /// Whose text the edit is drawn from, where that is to be said.
    fn source(&self) -> Option<Source> {
        (self.order.options.credit == Credit::Said)
            .then(|| Source::of_takes(self.reel.scenes.iter().filter_map(|part| part.take)))
    }

    /// Says what no edit carries.
    fn leave_out(&self, report: &mut Report) {
        let left = self.reel.without_shots();
        if !left.is_empty() {
            report.leave_out(format!("scenes without shots: {}", left.join(", ")));
        }
    }
}

/// The name of a shot's clip: `1-2` is the second shot of scene 1.
fn clip_name(part: &Part<'_>, cut: &Cut<'_>) -> String {
    format!("{}-{}", part.scene.number, cut.index + 1)
}
