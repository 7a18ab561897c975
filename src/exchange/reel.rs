//! The shots in a row: what an edit, a subtitle track or an animatic is made from.
//!
//! Shots begin on whole frames. A shot begins at the frame nearest to the sum of the seconds before it, so rounding never
//! adds up: after 10,000 shots the last one is still within half a frame of where the seconds say.

use crate::board::{Line, Scene, SceneId, Shot, Speech, Storyboard, Take};

use super::order::{Selection, Takes};
use super::rate::Rate;
use unicode_width::UnicodeWidthStr as _;

/// What goes out, in order, with its times in frames.
#[derive(Debug)]
pub struct Reel<'a> {
    /// The board.
    pub board: &'a Storyboard,
    /// Its frame rate.
    pub rate: Rate,
    /// The scenes selected.
    pub scenes: Vec<Part<'a>>,
}

/// One scene of a reel.
#[derive(Debug)]
pub struct Part<'a> {
    /// The scene.
    pub scene: &'a Scene,
    /// The heading in force.
    pub heading: &'a Line,
    /// The take that stands for it: the picked one, else the newest.
    pub take: Option<&'a Take>,
    /// The takes asked for: that one, or all.
    pub takes: Vec<&'a Take>,
    /// The shots of that take, in time.
    pub cuts: Vec<Cut<'a>>,
    /// The lines of that take, in time.
    pub cues: Vec<Cue<'a>>,
    /// The frame it begins at.
    pub start: u64,
}

/// A shot in time.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    /// The shot.
    pub shot: &'a Shot,
    /// Which of its take, from 0.
    pub index: usize,
    /// The frame it begins at.
    pub start: u64,
    /// How many frames it lasts: one at least.
    pub frames: u64,
}

/// A spoken line in time.
#[derive(Debug, Clone, Copy)]
pub struct Cue<'a> {
    /// What is said.
    pub speech: &'a Speech,
    /// Its first frame.
    pub start: u64,
    /// The frame after its last.
    pub end: u64,
}

impl<'a> Reel<'a> {
    /// Lays out what was selected.
    #[must_use]
    pub fn new(board: &'a Storyboard, selection: &Selection) -> Self {
        let rate = Rate::of(board.fps);
        let mut seconds = 0.0;
        let mut at = 0;
        let mut scenes = Vec::with_capacity(board.scenes.len());
        for scene in board.scenes.iter().filter(|scene| selection.has(scene.id)) {
            let start = at;
            let take = scene.leading_take();
            let shots = take.map(|take| take.shots.as_slice()).unwrap_or_default();
            let mut cuts = Vec::with_capacity(shots.len());
            for (index, shot) in shots.iter().enumerate() {
                seconds += f64::from(shot.seconds.get());
                let end = rate.frame_at(seconds).max(at + 1);
                cuts.push(Cut { shot, index, start: at, frames: end - at });
                at = end;
            }
            let takes = match selection.takes {
                Takes::Picked => take.into_iter().collect(),
                Takes::All => scene.takes.iter().collect(),
            };
            let heading = take.and_then(|take| take.heading.as_ref()).unwrap_or(&scene.heading);
            let cues = take.map(|take| cues(take, rate, start, at - start)).unwrap_or_default();
            scenes.push(Part { scene, heading, take, takes, cuts, cues, start });
        }
        Self { board, rate, scenes }
    }

    /// How many frames it has.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.scenes.last().map_or(0, Part::end)
    }

    /// How many shots it has.
    #[must_use]
    pub fn shots(&self) -> usize {
        self.scenes.iter().map(|part| part.cuts.len()).sum()
    }

    /// Every shot with its scene.
    pub fn cuts(&self) -> impl Iterator<Item = (&Part<'a>, &Cut<'a>)> {
        self.scenes.iter().flat_map(|part| part.cuts.iter().map(move |cut| (part, cut)))
    }

    /// The numbers of scenes that have no shots and so no time.
    #[must_use]
    pub fn without_shots(&self) -> Vec<&'a str> {
        self.scenes.iter().filter(|part| part.cuts.is_empty()).map(|part| part.scene.number.as_str()).collect()
    }
}

impl<'a> Part<'a> {
    /// The frame after its last.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.cuts.last().map_or(self.start, |cut| cut.start + cut.frames)
    }

    /// The take that stands for the scene with its place among the scene's takes, from 1.
    #[must_use]
    pub fn take_number(&self, take: &Take) -> usize {
        self.scene.takes.iter().position(|other| other.id == take.id).map_or(1, |at| at + 1)
    }

    /// The lines that begin while a shot is seen.
    #[must_use]
    pub fn cues_of(&self, cut: &Cut<'_>) -> &[Cue<'a>] {
        let begun_before = |frame: u64| self.cues.partition_point(|cue| cue.start < frame);
        let last = self.cuts.last().is_some_and(|last| last.start == cut.start);
        let end = if last { self.cues.len() } else { begun_before(cut.start + cut.frames) };
        &self.cues[begun_before(cut.start)..end]
    }
}

/// When each line of a take is spoken: they begin one after the other over the scene's frames, as their lengths among them say,
/// for a board does not say it more exactly. A line stands no longer than it takes to say it: until the next one at most.
fn cues(take: &Take, rate: Rate, start: u64, frames: u64) -> Vec<Cue<'_>> {
    let spoken: Vec<&Speech> = take.dialogue.iter().filter(|speech| !speech.line.trim().is_empty()).collect();
    if frames == 0 || spoken.is_empty() {
        return Vec::new();
    }
    // A short word still needs a moment, so every line counts for ten letters more than it has.
    let weight = |speech: &Speech| speech.line.chars().count() as u64 + 10;
    let whole: u64 = spoken.iter().map(|speech| weight(speech)).sum();
    let mut before = 0;
    let mut at = start;
    let mut cues = Vec::with_capacity(spoken.len());
    for speech in spoken {
        before += weight(speech);
        let next = (start + frames * before / whole).max(at + 1);
        let end = next.min(at + rate.frame_at(saying(&speech.line)).max(1));
        cues.push(Cue { speech, start: at, end });
        at = next;
    }
    cues
}

/// How many seconds it takes to say a line, and to read it: fourteen columns a second, as subtitlers reckon, and a moment to
/// find it. A Chinese or Japanese character has two columns.
fn saying(line: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a line has at most thousands of columns")]
    let columns = line.width() as f64;
    columns / 14.0 + 0.8
}

impl Selection {
    /// Whether a scene is selected.
    #[must_use]
    pub fn has(&self, scene: SceneId) -> bool {
        self.scenes.as_ref().is_none_or(|scenes| scenes.contains(&scene))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::board::Seconds;
    use crate::exchange::fixture;

    #[test]
    fn rounding_never_adds_up() {
        let mut board = fixture::keeper();
        board.fps = 29.97;
        let take = &mut board.scenes[0].takes[0];
        let shot = Shot { seconds: Seconds::clamped(0.51), ..take.shots[0].clone() };
        take.shots = vec![shot; 10_000];
        let reel = Reel::new(&board, &Selection::default());
        let said = 10_000.0 * f64::from(0.51_f32);
        let laid = reel.rate.seconds(reel.frames());
        assert!((said - laid).abs() < 1.0 / 29.0, "{said} against {laid}");
        let gapless = reel.scenes[0].cuts.windows(2).all(|pair| pair[0].start + pair[0].frames == pair[1].start);
        assert!(gapless);
    }

    #[test]
    fn a_shot_of_no_time_still_has_a_frame() {
        let mut board = fixture::keeper();
        for shot in &mut board.scenes[0].takes[0].shots {
            shot.seconds = Seconds::default();
        }
        let reel = Reel::new(&board, &Selection::default());
        assert!(reel.cuts().all(|(_, cut)| cut.frames == 1));
    }

    #[test]
    fn spoken_lines_follow_each_other_and_stand_as_long_as_it_takes_to_say_them() {
        let mut board = fixture::keeper();
        board.scenes[0].takes[0].dialogue[1].line = crate::board::Text::new(&"word ".repeat(100)).unwrap();
        let reel = Reel::new(&board, &Selection::default());
        for part in &reel.scenes {
            let cues = &part.cues;
            assert!(cues.windows(2).all(|pair| pair[0].start < pair[0].end && pair[0].end <= pair[1].start));
            assert!(cues.last().is_none_or(|cue| cue.end <= part.end()));
        }
        board.scenes[0].takes[0].dialogue.truncate(1);
        board.scenes[0].takes[0].shots[0].seconds = Seconds::clamped(60.0);
        let reel = Reel::new(&board, &Selection::default());
        let cues = &reel.scenes[0].cues;
        assert_eq!((cues[0].start, cues[0].end), (0, 50), "four words of a minute's scene");
    }
}
