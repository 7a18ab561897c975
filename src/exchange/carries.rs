//! What a board holds, and what of it each format has no place for. One table, so that an export says what was left out of
//! this board, and neither more nor less.

use super::Format;
use super::order::{Order, Pictures, Report};
use super::reel::{Part, Reel};
use super::script::field;
use super::worksheet::Caption;
use crate::board::{Scene, Speech, Take};

/// Something that a board holds and a format may have no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Briefs,
    Action,
    Speech,
    /// That action goes on after somebody spoke.
    Turns,
    /// V.O., O.S. and so on.
    Extensions,
    /// That two speak at once.
    Duals,
    Sound,
    Shots,
    Staging,
    /// Notes and sections that came with a script.
    Notes,
    Frames,
    Bible,
    /// Takes other than the one that stands for its scene.
    OtherTakes,
    Verdicts,
}

impl Content {
    const fn words(self) -> &'static str {
        match self {
            Self::Briefs => "briefs",
            Self::Action => "action",
            Self::Speech => "speech",
            Self::Turns => "the turns of action and speech",
            Self::Extensions => "what stands behind a speaker's name, as V.O.",
            Self::Duals => "who speaks at the same time",
            Self::Sound => "sound",
            Self::Shots => "shots",
            Self::Staging => "staging",
            Self::Notes => "notes of the script",
            Self::Frames => "frames",
            Self::Bible => "the bible",
            Self::OtherTakes => "takes other than the picked one of each scene",
            Self::Verdicts => "verdicts",
        }
    }

    /// Whether there is any of it in what was selected.
    fn is_in(self, order: &Order<'_>, reel: &Reel<'_>) -> bool {
        let take = |holds: &dyn Fn(&Take) -> bool| reel.scenes.iter().filter_map(|part| part.take).any(holds);
        let speech = |name: &str| take(&|take| take.dialogue.iter().any(|speech| speech.extra.contains_key(name)));
        let scene = |holds: &dyn Fn(&Part<'_>) -> bool| reel.scenes.iter().any(holds);
        match self {
            Self::Briefs => scene(&|part| !part.scene.brief.trim().is_empty()),
            Self::Action => take(&|take| !take.action.trim().is_empty()),
            Self::Speech => take(&|take| !take.dialogue.is_empty()),
            Self::Extensions => speech(Speech::EXTENSION),
            Self::Duals => speech(Speech::DUAL),
            Self::Turns => take(&|take| take.dialogue.iter().any(|speech| speech.after.is_some())),
            Self::Sound => take(&|take| !take.sound.trim().is_empty()),
            Self::Shots | Self::Frames => reel.shots() > 0,
            Self::Staging => take(&|take| take.shots.iter().any(|shot| !shot.staging.is_empty())),
            Self::Notes => scene(&|part| {
                part.scene.extra.contains_key(Scene::NOTES) || part.scene.extra.contains_key(field::SECTIONS)
            }),
            Self::Bible => !order.board.bible.is_empty(),
            Self::OtherTakes => scene(&|part| part.scene.takes.len() > 1),
            Self::Verdicts => order.verdicts.iter().any(|record| order.selection.has(record.scene)),
        }
    }
}

/// What a format has no place for, or was told to leave out.
fn left_by(to: Format, order: &Order<'_>) -> Vec<Content> {
    use Content::*;
    let frames = order.options.pictures == Pictures::Absent;
    let unless_beside = |mut left: Vec<Content>| {
        if frames {
            left.push(Frames);
        }
        left
    };
    match to {
        // Frames can be drawn from a board again.
        Format::Yaml | Format::Json => vec![Verdicts],
        Format::Fountain => vec![Frames, Bible, OtherTakes, Verdicts],
        Format::Fdx => vec![Sound, Shots, Staging, Notes, Frames, Bible, OtherTakes, Verdicts],
        Format::Storyboarder => vec![Bible, OtherTakes, Verdicts],
        Format::Otio => unless_beside(Vec::new()),
        Format::Fcpxml | Format::Xmeml | Format::Edl => {
            unless_beside(vec![Action, Extensions, Duals, Staging, Notes, Bible, OtherTakes, Verdicts])
        }
        Format::Csv => vec![Turns, Extensions, Duals, Notes, Frames, Bible, Verdicts],
        Format::Srt | Format::Vtt => {
            vec![Briefs, Action, Extensions, Duals, Sound, Shots, Staging, Notes, Frames, Bible, OtherTakes, Verdicts]
        }
        Format::Pdf => {
            let shown = &order.options.pages.captions;
            let unshown = [
                (Caption::Action, Action),
                (Caption::Dialogue, Speech),
                (Caption::Sound, Sound),
                (Caption::Staging, Staging),
            ];
            let unshown =
                unshown.into_iter().filter(|(caption, _)| !shown.contains(caption)).map(|(_, content)| content);
            unshown.chain([Turns, Extensions, Duals, Briefs, Notes, Bible, Verdicts]).collect()
        }
        Format::Html => vec![Duals, Staging, Notes, Verdicts],
        Format::Md => vec![Duals, Staging, Notes, Frames, Verdicts],
        Format::Png => vec![Briefs, Action, Speech, Sound, Staging, Notes, Bible, Verdicts],
        Format::Gif | Format::Webp | Format::Mp4 | Format::Webm => {
            let mut left = vec![Briefs, Action, Sound, Staging, Notes, Bible, OtherTakes, Verdicts];
            if order.options.captions == super::order::Captions::Absent {
                left.insert(2, Speech);
            }
            left
        }
        Format::Zip => Vec::new(),
    }
}

/// Says what of this board a format leaves out.
pub(super) fn report(to: Format, order: &Order<'_>, report: &mut Report) {
    let reel = Reel::new(order.board, order.selection);
    let left: Vec<&str> = left_by(to, order)
        .into_iter()
        .filter(|content| content.is_in(order, &reel))
        .map(|content| content.words())
        .collect();
    match left.as_slice() {
        [] => {}
        [only] => report.leave_out(*only),
        [first @ .., last] => report.leave_out(format!("{} and {last}", first.join(", "))),
    }
}
