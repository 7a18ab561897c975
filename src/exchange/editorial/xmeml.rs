//! Final Cut Pro 7 XML, version 5 (Premiere, Resolve, Avid by conversion). Times are frames.

use std::fmt::Display;

use super::{Edit, clip_name};
use crate::exchange::order::Report;
use crate::exchange::reel::{Cut, Part};
use crate::exchange::xml::Xml;

/// Writes the edit.
#[must_use]
pub fn write(edit: &Edit<'_, '_>, report: &mut Report) -> String {
    edit.leave_out(report);
    let mut xml = Xml::new("<!DOCTYPE xmeml>\n");
    xml.within("xmeml", &[("version", &"5")], |xml| {
        xml.within("sequence", &[("id", &"sequence-1")], |xml| {
            xml.words("name", &[], &edit.order.board.title);
            xml.words("duration", &[], edit.reel.frames());
            rate(edit, xml);
            if let Some(source) = edit.source() {
                xml.within("comments", &[], |xml| xml.words("mastercomment1", &[], source.sentence()));
            }
            xml.within("timecode", &[], |xml| {
                rate(edit, xml);
                xml.words("string", &[], "00:00:00:00");
                xml.words("frame", &[], 0);
                xml.words("displayformat", &[], "NDF");
            });
            xml.within("media", &[], |xml| {
                xml.within("video", &[], |xml| {
                    xml.within("format", &[], |xml| {
                        xml.within("samplecharacteristics", &[], |xml| {
                            rate(edit, xml);
                            size(edit, xml);
                            xml.words("pixelaspectratio", &[], "square");
                        });
                    });
                    xml.within("track", &[], |xml| {
                        for (at, (part, cut)) in edit.reel.cuts().enumerate() {
                            clip(edit, at + 1, part, cut, xml);
                        }
                    });
                });
            });
        });
    });
    xml.finish()
}

fn clip(edit: &Edit<'_, '_>, number: usize, part: &Part<'_>, cut: &Cut<'_>, xml: &mut Xml) {
    let (id, file) = (format!("clipitem-{number}"), format!("file-{number}"));
    let attributes: [(&str, &dyn Display); 1] = [("id", &id)];
    xml.within("clipitem", &attributes, |xml| {
        xml.words("name", &[], clip_name(part, cut));
        xml.words("enabled", &[], "TRUE");
        xml.words("duration", &[], cut.frames);
        rate(edit, xml);
        xml.words("start", &[], cut.start);
        xml.words("end", &[], cut.start + cut.frames);
        xml.words("in", &[], 0);
        xml.words("out", &[], cut.frames);
        xml.words("stillframe", &[], "TRUE");
        xml.within("file", &[("id", &file)], |xml| {
            let url = edit.url(part, cut);
            let name = url.as_deref().and_then(|url| url.rsplit('/').next()).unwrap_or_default().to_owned();
            xml.words("name", &[], name);
            if let Some(url) = url {
                // This format writes the host.
                xml.words("pathurl", &[], url.replacen("file:///", "file://localhost/", 1));
            }
            rate(edit, xml);
            xml.words("duration", &[], cut.frames);
            xml.within("media", &[], |xml| {
                xml.within("video", &[], |xml| xml.within("samplecharacteristics", &[], |xml| size(edit, xml)));
            });
        });
        if cut.index == 0 {
            xml.within("marker", &[], |xml| {
                xml.words("name", &[], format!("{} {}", part.scene.number, part.heading));
                xml.words("comment", &[], &part.scene.brief);
                xml.words("in", &[], 0);
                xml.words("out", &[], -1);
            });
        }
        xml.within("comments", &[], |xml| xml.words("mastercomment1", &[], edit.note(part, cut)));
    });
}

fn rate(edit: &Edit<'_, '_>, xml: &mut Xml) {
    let rate = edit.reel.rate;
    xml.within("rate", &[], |xml| {
        xml.words("timebase", &[], rate.nominal());
        xml.words("ntsc", &[], if rate.is_ntsc() { "TRUE" } else { "FALSE" });
    });
}

fn size(edit: &Edit<'_, '_>, xml: &mut Xml) {
    let (width, height) = edit.order.options.size;
    xml.words("width", &[], width);
    xml.words("height", &[], height);
}
