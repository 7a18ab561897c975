//! Boards, file names and pastes full of what terminals obey: every byte that the program writes is parsed, and nothing of
//! it is among them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use slateboard::board::text::clean;

use crate::harness::{Start, Tui};

/// Escape sequences of every kind, each with the number 666 in it, and characters that mislead the eye.
const HOSTILE: &str = "\u{1b}[666;31m\u{1b}]666;x\u{7}\u{1b}]52;c;NjY2\u{7}\u{1b}]8;;http://666\u{1b}\\\u{1b}P666q\u{1b}\\\
    \u{1b}_666\u{1b}\\\u{1b}^666\u{1b}\\\u{1b}X666\u{1b}\\\u{9b}666m\u{9d}666;x\u{9c}\u{90}666\u{9c}\u{7}\u{8}\u{e}\u{1b}c\
    \u{202e}\u{2066}\u{200b}\u{200f}\u{e0041}\u{e0001}\u{10eeee}\u{feff}";

/// The same as YAML writes it.
fn quoted(words: &str) -> String {
    let escaped: String = format!("{words}{HOSTILE}")
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && c != '"' && c != '\\' || c == ' ' {
                c.to_string()
            } else {
                format!("\\U{:08x}", u32::from(c))
            }
        })
        .collect();
    format!("\"{escaped}\"")
}

fn board() -> String {
    let q = quoted;
    format!(
        "slateboard: 1\ntitle: {}\nlogline: {}\ntone: {}\nbible:\n  characters: [{{name: {}, look: {}}}]\nscenes:\n\
         - id: 01J9Z0V5W6M4QK3T8E2C7R1XNB\n  number: {}\n  heading: {}\n  brief: {}\n  {}: {}\n  takes:\n\
         \x20 - id: 01J9Z0W1F3V7C2P5K8D4H6T9SA\n    action: {}\n    dialogue: [{{speaker: {}, line: {}}}]\n    sound: {}\n\
         \x20   shots: [{{size: wide, angle: eye, move: static, seconds: 2, description: {}}}]\n\
         \x20   provenance: {{origin: model, model: {}}}\n",
        q("The Keeper"),
        q("log"),
        q("tone"),
        q("MARA"),
        q("look"),
        q("1"),
        q("EXT. SHORE - DAWN"),
        q("She finds the bottle."),
        q("unknown"),
        q("field"),
        q("She walks."),
        q("MARA"),
        q("Yes."),
        q("surf"),
        q("A shore."),
        q("m"),
    )
}

/// What a terminal would have done: every sequence with what it says, and every character shown.
#[derive(Default)]
struct Obeyed {
    sequences: Vec<String>,
    shown: String,
}

impl vte::Perform for Obeyed {
    fn print(&mut self, c: char) {
        self.shown.push(c);
    }
    fn execute(&mut self, byte: u8) {
        // Line feeds, returns, backspaces and tabs move a cursor; a bell, shifts and C1 controls do more.
        if !matches!(byte, b'\n' | b'\r' | b'\t' | 8) {
            self.sequences.push(format!("control {byte}"));
        }
    }
    fn hook(&mut self, params: &vte::Params, _: &[u8], _: bool, action: char) {
        self.sequences.push(format!("DCS {params:?}{action}"));
    }
    fn put(&mut self, byte: u8) {
        if let Some(last) = self.sequences.last_mut() {
            last.push(char::from(byte));
        }
    }
    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        let words: Vec<_> = params.iter().map(|param| String::from_utf8_lossy(param)).collect();
        self.sequences.push(format!("OSC {}", words.join(";")));
    }
    fn csi_dispatch(&mut self, params: &vte::Params, _: &[u8], _: bool, action: char) {
        self.sequences.push(format!("CSI {params:?}{action}"));
    }
    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        self.sequences.push(format!("ESC {}", char::from(byte)));
    }
}

/// Nothing of what is hostile was obeyed or shown.
fn assert_harmless(bytes: &[u8], what: &str) {
    let mut obeyed = Obeyed::default();
    vte::Parser::new().advance(&mut obeyed, bytes);
    for sequence in &obeyed.sequences {
        let ours = sequence.starts_with("OSC 0;") || sequence.starts_with("OSC 2;");
        // A window's title is words, and words may be anything that is only words.
        let words = clean(sequence) == *sequence && ours;
        assert!(words || !sequence.contains("666"), "{what}: a terminal obeyed {sequence}");
        assert!(!sequence.starts_with("OSC 8;") && sequence != "ESC c", "{what}: a terminal obeyed {sequence}");
        assert!(!sequence.starts_with("control 7") && !sequence.starts_with("control 1"), "{what}: {sequence}");
    }
    let harmful: Vec<char> = obeyed.shown.chars().filter(|c| clean(&c.to_string()).is_empty()).collect();
    assert!(harmful.is_empty(), "{what}: {harmful:?} are shown");
}

/// What the clipboard of a terminal was given.
fn copied(bytes: &[u8]) -> Vec<String> {
    use base64::Engine as _;
    let mut obeyed = Obeyed::default();
    vte::Parser::new().advance(&mut obeyed, bytes);
    let clips = obeyed.sequences.iter().filter_map(|sequence| sequence.strip_prefix("OSC 52;c;"));
    clips.map(|clip| String::from_utf8(base64::prelude::BASE64_STANDARD.decode(clip).unwrap()).unwrap()).collect()
}

/// Goes everywhere a key leads without leaving.
fn visit(tui: &mut Tui) {
    for keys in ["vs", "va", "vb", "vo", "vh", "vl", "vt", "vc", "ve"] {
        tui.keys(keys);
        tui.settle(Duration::from_millis(150));
        tui.keys("\u{1b}");
        tui.settle(Duration::from_millis(100));
        tui.keys("\u{1b}");
        tui.settle(Duration::from_millis(100));
    }
}

#[test]
fn nothing_in_a_board_reaches_terminal_title_or_clipboard_as_more_than_words() {
    let mut tui = Start::new().board(&board()).run();
    tui.shows("She walks.");
    visit(&mut tui);
    for keys in ["yt", "ys", "yy", "d", "r", "u", "w"] {
        tui.keys(keys);
        tui.settle(Duration::from_millis(100));
    }
    tui.keys("e");
    tui.shows("Edit the brief");
    tui.keys(&format!("\u{1b}[200~{}\u{1b}[201~", HOSTILE.replace("\u{1b}[201~", "")));
    tui.settle(Duration::from_millis(200));
    tui.keys("\u{13}wq");
    tui.settle(Duration::from_millis(500));
    assert_harmless(tui.raw(), "the board");
    for clip in copied(tui.raw()) {
        assert_eq!(clean(&clip), clip, "what is copied is words");
    }
    let place = tui.gone();
    for file in everything(place.path()) {
        let bytes = fs::read(&file).unwrap();
        let texts = if file.extension().is_some_and(|extension| extension == "png") {
            texts(&bytes)
        } else {
            // The lines of a log may be ended by a tab or not; nothing else that is obeyed is in a file.
            vec![String::from_utf8_lossy(&bytes).into_owned()]
        };
        for text in texts {
            assert_eq!(clean(&text), text, "{}", file.display());
        }
    }
}

/// What is text in a picture: the rest of it is numbers, which no terminal is sent. XMP begins with a byte order mark, by its
/// standard.
fn texts(picture: &[u8]) -> Vec<String> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    reader.finish().unwrap();
    let info = reader.info();
    let plain = info.uncompressed_latin1_text.iter().map(|chunk| chunk.text.clone());
    let packed = info.compressed_latin1_text.iter().map(|chunk| chunk.get_text().unwrap());
    let unicode =
        info.utf8_text.iter().map(|chunk| chunk.get_text().unwrap().replacen("begin=\"\u{feff}\"", "begin=\"\"", 1));
    plain.chain(packed).chain(unicode).collect()
}

/// Every file in a folder.
fn everything(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(everything(&path)) } else { all.push(path) }
    }
    all
}

#[test]
fn nothing_in_a_files_name_reaches_the_terminal_as_more_than_words() {
    let name: String = HOSTILE.chars().filter(|c| !matches!(c, '/' | '\0')).take(70).collect();
    let name = format!("{name}.yaml");
    // A sound board, one that is none, and one that is not there.
    for before in ["mv board.yaml \"$NAME\"", "echo 'slateboard: [' > \"$NAME\"", "true"] {
        let mut tui = Start::new()
            .variable("NAME", &name)
            .inside(&format!("{before}; export P=\"${{TUI% board.yaml}}\"; $P \"$NAME\"; $P show \"$NAME\"; $P check \"$NAME\"; echo over"))
            .run();
        tui.until("the program is there", Tui::alternate_screen);
        tui.settle(Duration::from_millis(400));
        tui.keys("dw");
        tui.settle(Duration::from_millis(300));
        tui.keys("\u{1b}Q");
        tui.settle(Duration::from_millis(300));
        tui.keys("q");
        tui.shows("over");
        assert_harmless(tui.raw(), before);
    }
}

#[test]
fn nothing_in_a_board_or_a_script_reaches_what_verbs_print_or_export() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("board.yaml"), board()).unwrap();
    fs::write(
        place.path().join("script.fountain"),
        format!("Title: x{HOSTILE}\n\nINT. ROOM{HOSTILE} - DAY\n\nHe{HOSTILE} goes.\n\nBOB{HOSTILE}\nYes{HOSTILE}.\n"),
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slateboard"));
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), place.path().join(name.to_lowercase()));
        }
        let output = command.current_dir(place.path()).args(arguments).output().unwrap();
        let what = arguments.join(" ");
        assert_harmless(&output.stdout, &what);
        assert_harmless(&output.stderr, &what);
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(clean(&text), text, "{what}");
        }
    };
    for arguments in [
        &["show", "board.yaml"][..],
        &["show", "board.yaml", "--json"],
        &["check", "board.yaml"],
        &["check", "board.yaml", "--json"],
        &["taste", "board.yaml"],
        &["verdict", "board.yaml", "1", "1", "reject", "--reason", HOSTILE],
        &["verdict", "board.yaml", "1", HOSTILE, "accept"],
        &["generate", "board.yaml", "--scene", HOSTILE],
        &["import", "script.fountain", "--out", "in.yaml"],
        &["import", HOSTILE, "--out", "in2.yaml"],
        &["show", "in.yaml"],
        &["feedback", "board.yaml", "--format", "jsonl", "--out", "out.jsonl"],
        &["feedback", "board.yaml", "--format", "kto", "--out", "kto.jsonl"],
        &["model", "use", HOSTILE],
        &[HOSTILE],
    ] {
        run(arguments);
    }
    for format in [
        "fountain",
        "fdx",
        "csv",
        "otio",
        "html",
        "edl",
        "srt",
        "md",
        "yaml",
        "json",
        "storyboarder",
        "fcpxml",
        "vtt",
        "xmeml",
    ] {
        let out = format!("export/{format}");
        fs::create_dir_all(place.path().join("export")).unwrap();
        run(&["export", "board.yaml", "--to", format, "--out", &out]);
    }
    let mut exported = 0;
    for file in everything(place.path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if ["board.yaml", "script.fountain"].contains(&name.as_str()) {
            continue;
        }
        assert_eq!(clean(&name), name, "a file is called so");
        // Pictures, archives and documents are read by what is made for them.
        if let Ok(text) = String::from_utf8(fs::read(&file).unwrap()) {
            let text = text.replace(['\t', '\r'], "").replace('\u{feff}', "");
            assert_eq!(clean(&text), text, "{}", file.display());
            exported += usize::from(file.starts_with(place.path().join("export")));
        }
    }
    assert!(exported > 5, "{exported} exports were looked at");
}
