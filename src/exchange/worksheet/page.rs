//! Pages of panels.

use std::io::Write;

use image::RgbaImage;
use pdf_writer::writers::Catalog;
use pdf_writer::{Chunk, Content, Filter, Finish as _, Name, Rect, Ref, Str, TextStr};

use super::file::File;
use super::font::{Font, deflate};
use super::{Caption, Pages, Panel, Reading};
use crate::exchange::order::{ExportError, Order, Report};
use crate::exchange::reel::Reel;
use crate::exchange::source::Source;
use crate::exchange::{dialogue_cell, shot_note};
use crate::lettering::{FontFiles, SetLine, Typesetter, Weight};

/// Around the panels, in points.
const MARGIN: f32 = 30.0;
/// Between them.
const GAP: f32 = 12.0;
/// For header and footer each.
const BAND: f32 = 20.0;
/// Pixels of a picture for a point of paper: 180 to an inch.
const SHARPNESS: f32 = 2.5;

/// A worksheet being written.
pub(super) struct Book<'a, 'o> {
    order: &'a Order<'a>,
    pages: &'a Pages,
    typesetter: &'a Typesetter<'a>,
    files: &'a FontFiles,
    ratio: f32,
    source: Option<Source>,
    file: File<'o>,
    fonts: Vec<Font>,
    tree: Ref,
    written: Vec<Ref>,
    content: Content,
    pictures: Vec<(String, Ref)>,
    cut: usize,
    missing: Vec<char>,
}

impl<'a, 'o> Book<'a, 'o> {
    pub(super) fn new(
        order: &'a Order<'a>,
        pages: &'a Pages,
        typesetter: &'a Typesetter<'a>,
        files: &'a FontFiles,
        ratio: f32,
        source: Option<Source>,
        out: &'o mut dyn Write,
    ) -> Result<Self, ExportError> {
        let mut file = File::new(out)?;
        let fonts = (0..files.count()).map(|_| Font::new(file.reserve())).collect();
        let tree = file.reserve();
        Ok(Self {
            order,
            pages,
            typesetter,
            files,
            ratio,
            source,
            file,
            fonts,
            tree,
            written: Vec::new(),
            content: Content::new(),
            pictures: Vec::new(),
            cut: 0,
            missing: Vec::new(),
        })
    }

    /// Begins a page with its header and footer.
    pub(super) fn begin_page(&mut self, number: usize, of: usize, sheet: &[Panel<'_, '_>]) -> Result<(), ExportError> {
        self.content = Content::new();
        self.pictures.clear();
        let (width, height) = self.pages.size();
        let room = width - 2.0 * MARGIN;
        let top = height - MARGIN - 9.0;
        let title = self.pages.header.clone().unwrap_or_else(|| self.order.board.title.clone());
        self.words(&title, Weight::Bold, 10.0, MARGIN, top, room * 0.45, 1);
        if let (Some(first), Some(last)) = (sheet.first(), sheet.last()) {
            let place = match first.part.scene.id == last.part.scene.id {
                true => format!("{}  {}", first.part.scene.number, first.part.heading),
                false => format!("{}–{}  {} …", first.part.scene.number, last.part.scene.number, first.part.heading),
            };
            self.words_right(&place, Weight::Regular, 9.0, width - MARGIN, top, room * 0.5);
        }
        self.rule(MARGIN, height - MARGIN - BAND + 5.0, width - MARGIN);
        let foot = MARGIN - 6.0;
        let said = self.source.map(Source::sentence).unwrap_or_default();
        let footer = match &self.pages.footer {
            Some(footer) if said.is_empty() => footer.to_string(),
            Some(footer) => format!("{footer}  ·  {said}"),
            None => said.to_owned(),
        };
        self.words(&footer, Weight::Regular, 7.5, MARGIN, foot, room * 0.8, 1);
        self.words_right(&format!("{number}/{of}"), Weight::Regular, 7.5, width - MARGIN, foot, room * 0.2);
        Ok(())
    }

    /// Draws a panel with its captions in the place that is `at` in reading order.
    pub(super) fn panel(&mut self, reel: &Reel<'_>, at: usize, panel: &Panel<'_, '_>) -> Result<(), ExportError> {
        let (page_width, page_height) = self.pages.size();
        let (columns, rows) = self.pages.grid();
        let (column, row) = match self.pages.reading {
            Reading::LeftToRight => (at % columns, at / columns),
            Reading::Japanese => (columns - 1 - at / rows, at % rows),
        };
        #[expect(clippy::cast_precision_loss, reason = "at most four columns and rows")]
        let (columns, rows, column, row) = (columns as f32, rows as f32, column as f32, row as f32);
        let cell_width = (page_width - 2.0 * MARGIN - GAP * (columns - 1.0)) / columns;
        let cell_height = (page_height - 2.0 * MARGIN - 2.0 * BAND + 8.0 - GAP * (rows - 1.0)) / rows;
        let left = MARGIN + column * (cell_width + GAP);
        let top = page_height - MARGIN - BAND - row * (cell_height + GAP);
        // Words get a third of the cell at least, and more where the picture is flat.
        let picture_height = (cell_width / self.ratio).min(cell_height * 0.66);
        let picture_width = picture_height * self.ratio;
        let inset = left + (cell_width - picture_width) / 2.0;
        self.picture(panel, inset, top - picture_height, picture_width, picture_height)?;
        self.captions(reel, panel, left, top - picture_height - 2.0, cell_width, cell_height - picture_height - 2.0);
        Ok(())
    }

    fn picture(&mut self, panel: &Panel<'_, '_>, x: f32, y: f32, width: f32, height: f32) -> Result<(), ExportError> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a page, 2,000 pixels")]
        let pixels = ((width * SHARPNESS) as u32).max(16);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a page, 2,000 pixels")]
        let lines = ((height * SHARPNESS) as u32).max(16);
        let shot = &panel.take.shots[panel.index];
        let drawn = self.order.studio.panel(panel.part.scene, shot, pixels, lines).map_err(ExportError::Picture)?;
        let id = self.embed(&drawn)?;
        let name = format!("P{}", self.pictures.len() + 1);
        self.content.save_state().transform([width, 0.0, 0.0, height, x, y]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
        self.content.set_line_width(0.5).set_stroke_gray(0.45).rect(x, y, width, height).stroke();
        self.pictures.push((name, id));
        Ok(())
    }

    fn embed(&mut self, picture: &RgbaImage) -> Result<Ref, ExportError> {
        let id = self.file.reserve();
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        let grey = picture.pixels().all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        let samples: Vec<u8> = match grey {
            true => picture.pixels().map(|pixel| pixel[0]).collect(),
            false => picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
        };
        let packed = deflate(&samples);
        let mut chunk = Chunk::new();
        let mut object = chunk.image_xobject(id, &packed);
        object.filter(Filter::FlateDecode);
        object.width(side(picture.width())).height(side(picture.height())).bits_per_component(8);
        match grey {
            true => object.color_space().device_gray(),
            false => object.color_space().device_rgb(),
        }
        object.finish();
        self.file.put(id, &chunk)?;
        Ok(id)
    }

    fn captions(&mut self, reel: &Reel<'_>, panel: &Panel<'_, '_>, x: f32, top: f32, width: f32, room: f32) {
        let size = match self.pages.panels {
            0..=2 => 10.0,
            3..=4 => 9.0,
            5..=6 => 8.0,
            _ => 6.5,
        };
        let leading = size * 1.25;
        let mut y = top - size;
        let mut left = room;
        for (words, weight) in self.caption_words(reel, panel) {
            if words.trim().is_empty() {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell has few lines")]
            let most = (left / leading).max(0.0) as usize;
            if most == 0 {
                self.cut += 1;
                return;
            }
            let lines = self.words(&words, weight, size, x, y, width, most);
            #[expect(clippy::cast_precision_loss, reason = "a cell has few lines")]
            let used = lines as f32 * leading;
            y -= used;
            left -= used;
        }
    }

    fn caption_words(&self, reel: &Reel<'_>, panel: &Panel<'_, '_>) -> Vec<(String, Weight)> {
        let shot = &panel.take.shots[panel.index];
        let stands = panel.part.take.is_some_and(|take| take.id == panel.take.id);
        let cut = stands.then(|| panel.part.cuts.get(panel.index)).flatten();
        let first = panel.index == 0;
        let mut heads = Vec::new();
        let mut rest = Vec::new();
        for caption in &self.pages.captions {
            match caption {
                Caption::Shot => {
                    let take = match panel.part.takes.len() {
                        1 => String::new(),
                        _ => format!(" (take {})", panel.part.take_number(panel.take)),
                    };
                    heads.push(format!("{}-{}{take}", panel.part.scene.number, panel.index + 1));
                }
                Caption::Framing => heads.push(format!("{} · {} · {}", shot.size, shot.angle, shot.camera)),
                Caption::Seconds => heads.push(match cut {
                    Some(cut) => format!("{} ({})", shot.seconds, reel.rate.timecode(cut.start)),
                    None => shot.seconds.to_string(),
                }),
                Caption::Description => rest.push(shot.description.to_string()),
                Caption::Dialogue => {
                    let said = match cut {
                        Some(cut) => dialogue_cell::write(panel.part.cues_of(cut).iter().map(|cue| cue.speech)),
                        None if first => dialogue_cell::write(&panel.take.dialogue),
                        None => String::new(),
                    };
                    rest.push(said);
                }
                Caption::Staging => rest.push(shot_note::staging(shot)),
                Caption::Action if first => rest.push(panel.take.action.to_string()),
                // Without the word it reads as more of what is seen.
                Caption::Sound if first && !panel.take.sound.trim().is_empty() => {
                    rest.push(format!("Sound: {}", panel.take.sound.trim()));
                }
                Caption::Action | Caption::Sound => {}
            }
        }
        let mut words = vec![(heads.join("   "), Weight::Bold)];
        words.extend(rest.into_iter().map(|words| (words, Weight::Regular)));
        words
    }

    /// Sets words from `y` downwards, and answers how many lines there are.
    #[expect(clippy::too_many_arguments, reason = "a place has four numbers and words have three")]
    fn words(&mut self, words: &str, weight: Weight, size: f32, x: f32, y: f32, width: f32, most: usize) -> usize {
        let set = self.typesetter.set(words, weight, size, width, most);
        self.cut += usize::from(set.cut);
        for c in set.missing {
            if !self.missing.contains(&c) {
                self.missing.push(c);
            }
        }
        for (at, line) in set.lines.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a page has few lines")]
            let down = at as f32 * size * 1.25;
            let from = if line.rtl { x + width - line.width } else { x };
            self.line(line, size, from, y - down);
        }
        set.lines.len()
    }

    fn words_right(&mut self, words: &str, weight: Weight, size: f32, right: f32, y: f32, width: f32) {
        let set = self.typesetter.set(words, weight, size, width, 1);
        if let Some(line) = set.lines.first() {
            self.line(line, size, right - line.width, y);
        }
    }

    fn line(&mut self, line: &SetLine, size: f32, x: f32, y: f32) {
        self.content.set_fill_gray(0.1).begin_text();
        let mut current = None;
        for glyph in &line.glyphs {
            let Some(font) = self.fonts.get_mut(glyph.font) else { continue };
            let id = font.take(glyph, self.typesetter);
            if current != Some(glyph.font) {
                current = Some(glyph.font);
                self.content.set_font(Name(format!("F{}", glyph.font).as_bytes()), size);
            }
            self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x + glyph.x, y + glyph.y]);
            self.content.show(Str(&id.to_be_bytes()));
        }
        self.content.end_text();
    }

    fn rule(&mut self, left: f32, y: f32, right: f32) {
        self.content.set_line_width(0.5).set_stroke_gray(0.6);
        self.content.move_to(left, y).line_to(right, y).stroke();
    }

    /// Writes the page.
    pub(super) fn end_page(&mut self) -> Result<(), ExportError> {
        let (width, height) = self.pages.size();
        let (page, content) = (self.file.reserve(), self.file.reserve());
        let drawn = std::mem::replace(&mut self.content, Content::new()).finish();
        let packed = deflate(&drawn);
        let mut chunk = Chunk::new();
        chunk.stream(content, &packed).filter(Filter::FlateDecode);
        self.file.put(content, &chunk)?;
        let mut chunk = Chunk::new();
        let mut object = chunk.page(page);
        object.parent(self.tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
        let mut resources = object.resources();
        let mut fonts = resources.fonts();
        for (at, font) in self.fonts.iter().enumerate() {
            fonts.pair(Name(format!("F{at}").as_bytes()), font.id);
        }
        fonts.finish();
        let mut pictures = resources.x_objects();
        for (name, id) in &self.pictures {
            pictures.pair(Name(name.as_bytes()), *id);
        }
        pictures.finish();
        resources.finish();
        object.finish();
        self.file.put(page, &chunk)?;
        self.written.push(page);
        Ok(())
    }

    /// Writes the fonts and the end, and says what did not fit.
    pub(super) fn finish(mut self, report: &mut Report) -> Result<(), ExportError> {
        for (at, font) in self.fonts.iter().enumerate() {
            font.write(&mut self.file, at, self.files, self.typesetter)?;
        }
        let mut chunk = Chunk::new();
        chunk
            .pages(self.tree)
            .kids(self.written.iter().copied())
            .count(i32::try_from(self.written.len()).unwrap_or(i32::MAX));
        self.file.put(self.tree, &chunk)?;
        let [catalog, info, metadata] = std::array::from_fn(|_| self.file.reserve());
        let board = self.order.board;
        let mut chunk = Chunk::new();
        let mut root = chunk.indirect(catalog).start::<Catalog<'_>>();
        root.pages(self.tree).lang(TextStr(&board.language));
        root.viewer_preferences().display_doc_title(true);
        if self.source.is_some() {
            root.metadata(metadata);
        }
        root.finish();
        self.file.put(catalog, &chunk)?;
        if let Some(source) = self.source {
            let xmp = source.xmp(&board.title);
            let mut chunk = Chunk::new();
            chunk.metadata(metadata, xmp.as_bytes());
            self.file.put(metadata, &chunk)?;
        }
        let mut chunk = Chunk::new();
        let mut about = chunk.indirect(info).dict();
        about.pair(Name(b"Title"), TextStr(&board.title));
        if let Some(source) = self.source {
            about.pair(Name(b"Subject"), TextStr(source.sentence()));
            about.pair(Name(b"Creator"), TextStr(concat!("slateboard ", env!("CARGO_PKG_VERSION"))));
        }
        about.finish();
        self.file.put(info, &chunk)?;
        self.file.finish(catalog, info)?;
        if self.cut > 0 {
            report.leave_out(format!(
                "the ends of {} captions that did not fit; fewer panels a page leave more room",
                self.cut
            ));
        }
        if !self.missing.is_empty() {
            let some: String = self.missing.iter().take(20).collect();
            report.leave_out(format!(
                "{} characters that no font on this machine has ({some}); --font FILE brings one that does, or install one \
                 (Noto has every script)",
                self.missing.len()
            ));
        }
        Ok(())
    }
}
