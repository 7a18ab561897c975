//! CMX 3600 edit decision lists: one video track, cuts alone, names in comments. The record side begins at one hour.

use std::fmt::Write as _;

use super::{Edit, clip_name};
use crate::exchange::order::Report;

/// The most events that the format numbers.
const EVENTS: usize = 999;

/// Writes the edit.
#[must_use]
pub fn write(edit: &Edit<'_, '_>, report: &mut Report) -> String {
    edit.leave_out(report);
    report.leave_out("pictures' places other than by name");
    let rate = edit.reel.rate;
    let events = edit.reel.shots();
    if events > EVENTS {
        report.leave_out(format!(
            "numbers of three digits: CMX 3600 has {EVENTS} events, this has {events}, and some programs stop there"
        ));
    }
    let hour = u64::from(rate.nominal()) * 3600;
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "TITLE: {}\nFCM: NON-DROP FRAME\n", plain(&edit.order.board.title, 70));
    for (at, (part, cut)) in edit.reel.cuts().enumerate() {
        let times =
            [0, cut.frames, hour + cut.start, hour + cut.start + cut.frames].map(|frames| rate.timecode(frames));
        let _ = writeln!(out, "{:03}  {:8} V     C        {}", at + 1, "AX", times.join(" "));
        let _ = writeln!(out, "* FROM CLIP NAME: {}", plain(&clip_name(part, cut), 200));
        if let Some(file) = edit.url(part, cut).as_deref().and_then(|url| url.rsplit('/').next()) {
            let _ = writeln!(out, "* SOURCE FILE: {file}");
        }
        if cut.index == 0 {
            let _ = writeln!(out, "* COMMENT: {}", plain(&format!("{} {}", part.scene.number, part.heading), 200));
            for line in part.scene.brief.lines().filter(|line| !line.trim().is_empty()) {
                let _ = writeln!(out, "* COMMENT: {}", plain(line, 200));
            }
        }
        for line in edit.note(part, cut).lines() {
            let _ = writeln!(out, "* COMMENT: {}", plain(line, 200));
        }
        out.push('\n');
    }
    if let Some(source) = edit.source() {
        let _ = writeln!(out, "* COMMENT: {}", source.sentence());
    }
    out
}

/// Words on one line.
fn plain(words: &str, most: usize) -> String {
    crate::board::Line::clipped(words, most).to_string()
}
