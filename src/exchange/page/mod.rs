//! One self-contained HTML page: contact sheet, script, animatic. Nothing is fetched, and nothing of a board is run.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io::Write;
use std::ops::ControlFlow;

use base64::Engine as _;
use serde_json::json;

use super::order::{Credit, ExportError, Order, Watch};
use super::reel::{Part, Reel};
use super::{Source, picture, shot_note};
use crate::board::text::harmless_json;
use crate::board::{Entry, Passage, Take, aspect};

/// The pictures' width in pixels.
const WIDTH: u32 = 720;

/// What the page may do: show what is in it, and no more.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// Writes the page, picture by picture.
///
/// # Errors
/// [`ExportError`].
pub fn write(order: &Order<'_>, out: &mut dyn Write, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let (board, reel) = (order.board, Reel::new(order.board, order.selection));
    let ratio = aspect::ratio(&board.aspect).unwrap_or(16.0 / 9.0);
    let source = (order.options.credit == Credit::Said)
        .then(|| Source::of_takes(reel.scenes.iter().flat_map(|part| part.takes.iter().copied())));
    let title = if board.title.is_empty() { "Untitled".into() } else { text(&board.title) };
    let mut page = Page { out, order, ratio, done: 0, total: shots(&reel) };
    let about = source.map(|source| {
        format!(
            "<meta name=\"description\" content=\"{}\">\n<meta name=\"digital-source-type\" content=\"{}\">\n",
            source.sentence(),
            source.iptc()
        )
    });
    page.put(&format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}<title>{title}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n",
        text(&board.language),
        about.unwrap_or_default(),
        include_str!("page.css"),
    ))?;
    if !board.logline.is_empty() {
        page.put(&format!("<p>{}</p>\n", text(&board.logline)))?;
    }
    let seconds = reel.rate.seconds(reel.frames());
    page.put(&format!(
        "<p>{} scenes, {} shots, {}</p>\n</header>\n<nav>\n<a href=\"#scenes\">Scenes</a>\n<a href=\"#bible\">Bible</a>\n{}</nav>\n",
        reel.scenes.len(),
        reel.shots(),
        clock(seconds),
        if reel.shots() > 0 { "<button id=\"start\">Play the animatic (p)</button>\n" } else { "" },
    ))?;
    page.put("<div id=\"scenes\">\n")?;
    for part in &reel.scenes {
        page.scene(&reel, part, watch)?;
    }
    page.put("</div>\n")?;
    page.put(&bible(order))?;
    let said = source.map(Source::sentence).unwrap_or_default();
    page.put(&format!("<footer>{}</footer>\n</main>\n", text(said)))?;
    page.put(&player(&reel, ratio))?;
    page.put(&format!("<script>\n{}</script>\n</body>\n</html>\n", include_str!("page.js")))?;
    Ok(())
}

fn shots(reel: &Reel<'_>) -> usize {
    reel.scenes.iter().flat_map(|part| &part.takes).map(|take| take.shots.len()).sum()
}

struct Page<'a> {
    out: &'a mut dyn Write,
    order: &'a Order<'a>,
    ratio: f32,
    done: usize,
    total: usize,
}

impl Page<'_> {
    fn put(&mut self, words: &str) -> Result<(), ExportError> {
        self.out.write_all(words.as_bytes()).map_err(|error| ExportError::Io("the page".into(), error))
    }

    fn scene(&mut self, reel: &Reel<'_>, part: &Part<'_>, watch: &mut dyn Watch) -> Result<(), ExportError> {
        self.put(&format!(
            "<section>\n<h2><span class=\"number\">{}</span>{}</h2>\n",
            text(&part.scene.number),
            text(part.heading)
        ))?;
        if !part.scene.brief.trim().is_empty() {
            self.put(&format!("<p class=\"brief\">{}</p>\n", text(&part.scene.brief)))?;
        }
        for take in &part.takes {
            if part.takes.len() > 1 {
                let picked = if part.scene.picked == Some(take.id) { ", picked" } else { "" };
                self.put(&format!("<h3>Take {}{picked}</h3>\n", part.take_number(take)))?;
            }
            self.sheet(reel, part, take, watch)?;
            self.put(&script(take))?;
        }
        self.put("</section>\n")
    }

    fn sheet(
        &mut self,
        reel: &Reel<'_>,
        part: &Part<'_>,
        take: &Take,
        watch: &mut dyn Watch,
    ) -> Result<(), ExportError> {
        if take.shots.is_empty() {
            return Ok(());
        }
        self.put("<ol class=\"sheet\">\n")?;
        let stands = part.take.is_some_and(|stands| stands.id == take.id);
        for (at, shot) in take.shots.iter().enumerate() {
            if watch.step(self.done, self.total) == ControlFlow::Break(()) {
                return Err(ExportError::Stopped);
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a picture's side"
            )]
            let height = ((WIDTH as f32 / self.ratio).round() as u32).max(16);
            let drawn = self.order.studio.panel(part.scene, shot, WIDTH, height).map_err(ExportError::Picture)?;
            let bytes = picture::png(&drawn, None).map_err(ExportError::Picture)?;
            let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
            let id = format!("{}-{}", take.id, at + 1);
            let begins =
                part.cuts.get(at).filter(|_| stands).map(|cut| format!(" · {}", reel.rate.timecode(cut.start)));
            self.put(&format!(
                "<li><img id=\"{id}\" width=\"{WIDTH}\" height=\"{height}\" alt=\"{}\" src=\"data:image/png;base64,{encoded}\">\n\
                 <div class=\"framing\"><b>{}-{}</b>{}{}</div>\n<p>{}</p></li>\n",
                text(&shot.description),
                text(&part.scene.number),
                at + 1,
                text(&shot_note::framing(shot)),
                begins.unwrap_or_default(),
                text(&shot.description),
            ))?;
            self.done += 1;
        }
        self.put("</ol>\n")
    }
}

fn script(take: &Take) -> String {
    let mut out = String::from("<div class=\"script\">\n");
    // Writing to a `String` cannot fail.
    for passage in take.passages() {
        let _ = match passage {
            Passage::Action(words) => {
                let mut paragraphs = words.split("\n\n").filter(|words| !words.trim().is_empty());
                paragraphs.try_for_each(|words| writeln!(out, "<p>{}</p>", text(words)))
            }
            Passage::Speech(speech) => {
                writeln!(out, "<p class=\"speech\"><b>{}</b>{}</p>", text(&speech.cue()), text(&speech.line))
            }
        };
    }
    if !take.sound.trim().is_empty() {
        let _ = writeln!(out, "<p class=\"sound\">Sound: {}</p>", text(&take.sound));
    }
    out.push_str("</div>\n");
    out
}

fn bible(order: &Order<'_>) -> String {
    let bible = &order.board.bible;
    let mut out = String::from("<section id=\"bible\">\n<h2>Bible</h2>\n");
    for (name, list) in [("Characters", &bible.characters), ("Places", &bible.places), ("Props", &bible.props)] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<h3>{name}</h3>\n<dl>");
        for Entry { name, look, now, .. } in list {
            let now = now.as_ref().map(|now| format!("\nNow: {}", text(now))).unwrap_or_default();
            let _ = writeln!(out, "<dt>{}</dt><dd>{}{now}</dd>", text(name), text(look));
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</section>\n");
    out
}

fn player(reel: &Reel<'_>, ratio: f32) -> String {
    let ms = |frames: u64| reel.rate.milliseconds(frames);
    let cuts: Vec<_> = reel
        .cuts()
        .map(|(part, cut)| {
            json!({
                "img": format!("{}-{}", part.take.map(|take| take.id.to_string()).unwrap_or_default(), cut.index + 1),
                "ms": (ms(cut.start + cut.frames) - ms(cut.start)).max(1),
                "move": cut.shot.camera,
                "label": format!("{}-{}  {}", part.scene.number, cut.index + 1, part.heading),
            })
        })
        .collect();
    let cues: Vec<_> = reel
        .scenes
        .iter()
        .flat_map(|part| &part.cues)
        .map(|cue| {
            let speaker =
                if cue.speech.speaker.is_empty() { String::new() } else { format!("{}: ", cue.speech.speaker) };
            json!({ "from": ms(cue.start), "to": ms(cue.end), "text": format!("{speaker}{}", cue.speech.line) })
        })
        .collect();
    // Inside a script element only `<` could end it.
    let data = harmless_json(json!({ "ratio": ratio, "cuts": cuts, "cues": cues }).to_string()).replace('<', "\\u003c");
    format!(
        "<div id=\"player\" tabindex=\"-1\" role=\"dialog\" aria-label=\"Animatic\">\n<div id=\"view\"><div id=\"frame\"><img alt=\"\"></div></div>\n\
         <div id=\"caption\" aria-live=\"polite\"></div>\n<div id=\"bar\"><i></i></div>\n<div id=\"controls\">\n\
         <button id=\"previous\">Back (←)</button><button id=\"play\">Play</button><button id=\"next\">On (→)</button>\n\
         <span id=\"where\"></span>\n<button id=\"captions\">Captions (c)</button><button id=\"close\">Close (esc)</button>\n\
         </div>\n</div>\n<script type=\"application/json\" id=\"animatic\">{data}</script>\n"
    )
}

/// `1 min 20 s`.
fn clock(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "boards last hours, not ages")]
    let whole = seconds.round() as u64;
    if whole < 60 { format!("{whole} s") } else { format!("{} min {} s", whole / 60, whole % 60) }
}

/// Words as HTML shows them, in text and in attributes.
fn text(words: &str) -> String {
    super::xml::escaped(words).replace('\'', "&#39;")
}
