//! Spoken lines with their times: SubRip and WebVTT.

use std::fmt::Write as _;

use super::order::{Credit, Order, Report};
use super::reel::{Cue, Reel};
use super::source::Source;

/// SubRip. Times have a comma, lines are as they are.
#[must_use]
pub fn srt(order: &Order<'_>, report: &mut Report) -> String {
    let reel = Reel::new(order.board, order.selection);
    let mut out = String::new();
    let cues = cues(&reel, report);
    if cues.iter().any(|cue| cue.speech.line.contains("-->") || cue.speech.speaker.contains("-->")) {
        report.leave_out("the second dash of `-->`, which in this format stands between two times".to_owned());
    }
    for (at, cue) in cues.iter().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "{}\n{} --> {}\n{}\n",
            at + 1,
            time(&reel, cue.start, ','),
            time(&reel, cue.end, ','),
            spoken(cue, |line| line.replace("-->", "->"))
        );
    }
    out
}

/// WebVTT. A speaker is a voice; provenance is a note.
#[must_use]
pub fn vtt(order: &Order<'_>, report: &mut Report) -> String {
    let reel = Reel::new(order.board, order.selection);
    let mut out = String::from("WEBVTT\n\n");
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().filter_map(|part| part.take));
        let _ = writeln!(out, "NOTE {}\n", source.sentence());
    }
    for cue in cues(&reel, report) {
        let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let lines = lines(&cue.speech.line, escaped);
        // A voice has no line break, and may have its characters escaped as the text may.
        let speaker = escaped(cue.speech.speaker.trim());
        let voice = if speaker.is_empty() { String::new() } else { format!("<v {speaker}>") };
        let _ = writeln!(out, "{} --> {}\n{voice}{lines}\n", time(&reel, cue.start, '.'), time(&reel, cue.end, '.'));
    }
    out
}

fn cues<'a>(reel: &Reel<'a>, report: &mut Report) -> Vec<Cue<'a>> {
    let left: Vec<&str> = reel
        .scenes
        .iter()
        .filter(|part| part.cuts.is_empty() && part.take.is_some_and(|take| !take.dialogue.is_empty()))
        .map(|part| part.scene.number.as_str())
        .collect();
    if !left.is_empty() {
        report.leave_out(format!("what is said in scenes without shots, which have no time: {}", left.join(", ")));
    }
    reel.scenes.iter().flat_map(|part| part.cues.iter().copied()).collect()
}

fn spoken(cue: &Cue<'_>, escape: impl Fn(&str) -> String) -> String {
    let lines = lines(&cue.speech.line, &escape);
    match cue.speech.speaker.trim() {
        "" => lines,
        speaker => format!("{}: {lines}", escape(speaker)),
    }
}

/// The lines that are not empty: an empty one would end the cue.
fn lines(text: &str, escape: impl Fn(&str) -> String) -> String {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(escape).collect();
    lines.join("\n")
}

fn time(reel: &Reel<'_>, frame: u64, point: char) -> String {
    let ms = reel.rate.milliseconds(frame);
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{point}{:03}", ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::{self, Grey};
    use crate::exchange::{Options, Selection};

    #[test]
    fn lines_have_times_and_speakers() {
        let mut board = fixture::keeper();
        board.scenes[0].takes[0].dialogue[1].line = crate::board::Text::new("<b>\n\n--> & so").unwrap();
        let (selection, options) = (Selection::default(), Options::default());
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        assert_eq!(
            srt(&order, &mut Report::default()),
            "1\n00:00:00,000 --> 00:00:02,083\nMARA: Who are you, then?\n\n\
             2\n00:00:03,542 --> 00:00:05,250\nTHE BOY: <b>\n-> & so\n\n"
        );
        assert_eq!(
            vtt(&order, &mut Report::default()),
            "WEBVTT\n\nNOTE Written by hand; no text here comes from a model.\n\n\
             00:00:00.000 --> 00:00:02.083\n<v MARA>Who are you, then?\n\n\
             00:00:03.542 --> 00:00:05.250\n<v THE BOY>&lt;b&gt;\n--&gt; &amp; so\n\n"
        );
    }
}
