//! Fonts in a PDF: only the glyphs used, with what they stand for, so that words can be searched and copied.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish as _, Name, Rect, Ref, Str};
use rustybuzz::ttf_parser::{GlyphId, Tag};
use subsetter::GlyphRemapper;

use super::file::File;
use crate::exchange::order::ExportError;
use crate::lettering::{FontFiles, Glyph, Typesetter};

const INFO: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// One font as it is used so far.
pub(super) struct Font {
    pub(super) id: Ref,
    glyphs: GlyphRemapper,
    /// What each new glyph stands for, and how wide it is in thousandths.
    said: BTreeMap<u16, (String, f32)>,
}

impl Font {
    pub(super) fn new(id: Ref) -> Self {
        Self { id, glyphs: GlyphRemapper::new(), said: BTreeMap::new() }
    }

    /// The number under which the page names a glyph.
    pub(super) fn take(&mut self, glyph: &Glyph, typesetter: &Typesetter<'_>) -> u16 {
        let new = self.glyphs.remap(glyph.id);
        self.said.entry(new).or_insert_with(|| {
            let width = typesetter.face(glyph.font).map_or(0.0, |face| {
                let advance = face.glyph_hor_advance(GlyphId(glyph.id)).unwrap_or(0);
                #[expect(clippy::cast_precision_loss, reason = "font units are small")]
                let per_em = face.units_per_em() as f32;
                f32::from(advance) * 1000.0 / per_em
            });
            // One empty box stands for everything that no font has.
            let text = if glyph.id == 0 { String::new() } else { glyph.text.clone() };
            (text, width)
        });
        new
    }

    /// Writes the font.
    pub(super) fn write(
        &self,
        file: &mut File<'_>,
        at: usize,
        files: &FontFiles,
        typesetter: &Typesetter<'_>,
    ) -> Result<(), ExportError> {
        let broken = || ExportError::Picture("a font could not be put into the PDF".to_owned());
        let face = typesetter.face(at).ok_or_else(broken)?;
        let subset = subsetter::subset(files.bytes(at), 0, &self.glyphs).map_err(|_| broken())?;
        let cff = face.raw_face().table(Tag::from_bytes(b"CFF ")).is_some();
        let name = format!("SLATE{}+Worksheet{at}", char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        let [cid, descriptor, data, cmap] = std::array::from_fn(|_| file.reserve());

        let mut chunk = Chunk::new();
        chunk
            .type0_font(self.id)
            .base_font(Name(name.as_bytes()))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(cmap);
        file.put(self.id, &chunk)?;

        let mut chunk = Chunk::new();
        let mut font = chunk.cid_font(cid);
        font.subtype(if cff { CidFontType::Type0 } else { CidFontType::Type2 });
        font.base_font(Name(name.as_bytes())).system_info(INFO).font_descriptor(descriptor).default_width(0.0);
        if !cff {
            font.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let mut widths = font.widths();
        for (glyph, (_, width)) in &self.said {
            widths.consecutive(*glyph, [*width]);
        }
        widths.finish();
        font.finish();
        file.put(cid, &chunk)?;

        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let scaled = |units: i16| f32::from(units) * 1000.0 / face.units_per_em() as f32;
        let bounds = face.global_bounding_box();
        let mut chunk = Chunk::new();
        let mut described = chunk.font_descriptor(descriptor);
        described
            .name(Name(name.as_bytes()))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(scaled(bounds.x_min), scaled(bounds.y_min), scaled(bounds.x_max), scaled(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(scaled(face.ascender()))
            .descent(scaled(face.descender()))
            .cap_height(scaled(face.capital_height().unwrap_or(face.ascender())))
            .stem_v(90.0);
        if cff {
            described.font_file3(data);
        } else {
            described.font_file2(data);
        }
        described.finish();
        file.put(descriptor, &chunk)?;

        let packed = deflate(&subset);
        let mut chunk = Chunk::new();
        let mut stream = chunk.stream(data, &packed);
        stream.filter(Filter::FlateDecode);
        if cff {
            stream.pair(Name(b"Subtype"), Name(b"OpenType"));
        }
        stream.finish();
        file.put(data, &chunk)?;

        let mut unicode = UnicodeCmap::new(Name(b"Custom"), INFO);
        for (glyph, (text, _)) in &self.said {
            if !text.is_empty() {
                unicode.pair_with_multiple(*glyph, text.chars());
            }
        }
        let packed = deflate(&unicode.finish());
        let mut chunk = Chunk::new();
        chunk.cmap(cmap, &packed).filter(Filter::FlateDecode);
        file.put(cmap, &chunk)
    }
}

/// Bytes as PDF's FlateDecode has them.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to a `Vec` cannot fail.
    let _ = std::io::Write::write_all(&mut encoder, bytes);
    encoder.finish().unwrap_or_default()
}
