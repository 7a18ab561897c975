//! FCPXML 1.10 (Final Cut Pro, Resolve). Times are fractions of a second whose denominator the frame rate divides.

use std::fmt::Display;

use super::{Edit, clip_name};
use crate::exchange::Rate;
use crate::exchange::order::Report;
use crate::exchange::xml::Xml;

/// Writes the edit.
#[must_use]
pub fn write(edit: &Edit<'_, '_>, report: &mut Report) -> String {
    edit.leave_out(report);
    let (reel, rate) = (edit.reel, edit.reel.rate);
    let (width, height) = edit.order.options.size;
    let title = &edit.order.board.title;
    let mut xml = Xml::new("<!DOCTYPE fcpxml>\n");
    xml.within("fcpxml", &[("version", &"1.10")], |xml| {
        xml.within("resources", &[], |xml| {
            let frame = time(rate, 1);
            let format: [(&str, &dyn Display); 4] =
                [("id", &"r1"), ("frameDuration", &frame), ("width", &width), ("height", &height)];
            xml.empty("format", &format);
            for (at, (part, cut)) in reel.cuts().enumerate() {
                let (id, name) = (format!("a{}", at + 1), clip_name(part, cut));
                let asset: [(&str, &dyn Display); 5] =
                    [("id", &id), ("name", &name), ("start", &"0s"), ("duration", &"0s"), ("hasVideo", &"1")];
                xml.within("asset", &asset, |xml| {
                    let url = edit.url(part, cut).unwrap_or_else(|| format!("file:///missing/{}.png", at + 1));
                    xml.empty("media-rep", &[("kind", &"original-media"), ("src", &url)]);
                });
            }
        });
        xml.within("library", &[], |xml| {
            xml.within("event", &[("name", title)], |xml| {
                xml.within("project", &[("name", title)], |xml| sequence(edit, xml));
            });
        });
    });
    xml.finish()
}

fn sequence(edit: &Edit<'_, '_>, xml: &mut Xml) {
    let rate = edit.reel.rate;
    let whole = time(rate, edit.reel.frames());
    let sequence: [(&str, &dyn Display); 4] =
        [("format", &"r1"), ("duration", &whole), ("tcStart", &"0s"), ("tcFormat", &"NDF")];
    xml.within("sequence", &sequence, |xml| {
        if let Some(source) = edit.source() {
            xml.words("note", &[], source.sentence());
        }
        xml.within("spine", &[], |xml| {
            for (at, (part, cut)) in edit.reel.cuts().enumerate() {
                let (offset, duration) = (time(rate, cut.start), time(rate, cut.frames));
                let (id, name) = (format!("a{}", at + 1), clip_name(part, cut));
                let clip: [(&str, &dyn Display); 5] = [
                    ("name", &name),
                    ("offset", &offset),
                    ("start", &"0s"),
                    ("duration", &duration),
                    ("format", &"r1"),
                ];
                xml.within("clip", &clip, |xml| {
                    xml.words("note", &[], edit.note(part, cut));
                    xml.empty("video", &[("ref", &id), ("offset", &"0s"), ("start", &"0s"), ("duration", &duration)]);
                    if cut.index == 0 {
                        let frame = time(rate, 1);
                        let heading = format!("{} {}", part.scene.number, part.heading);
                        let mut marker: Vec<(&str, &dyn Display)> =
                            vec![("start", &"0s"), ("duration", &frame), ("value", &heading)];
                        if !part.scene.brief.trim().is_empty() {
                            marker.push(("note", &part.scene.brief));
                        }
                        xml.empty("marker", &marker);
                    }
                });
            }
        });
    });
}

/// A number of frames as seconds: `1001/24000s`.
fn time(rate: Rate, frames: u64) -> String {
    match frames * u64::from(rate.denominator()) {
        0 => "0s".to_owned(),
        over if over % u64::from(rate.numerator()) == 0 => format!("{}s", over / u64::from(rate.numerator())),
        over => format!("{over}/{}s", rate.numerator()),
    }
}
