//! Bytes of frames on a line to a terminal that knows kitty's pictures: `show --frames` against what a program writes that
//! lets `image` make the same frame as small and `viuer` print it. Each runs on a pseudo-terminal which answers as kitty
//! does over SSH.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use image::imageops::FilterType;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The argument that makes the benchmark the program beside it: the picture's path follows, then its size.
pub(crate) const NAME: &str = "--bare-picture";

/// Cells of the terminal, and pixels of a cell.
const CELLS: (u16, u16) = (80, 40);
const CELL: (u16, u16) = (10, 20);
/// Pixels of a frame of 16:9 that is as wide as the terminal.
const SHOWN: (u32, u32) = (800, 460);

/// What a program asks, and what kitty over SSH answers: it takes pictures, and cannot read the other machine's files.
const ANSWERS: [(&str, &str); 6] = [
    ("a=q,t=d", "\x1b_Gi=31;OK\x1b\\"),
    ("a=q,t=t", "\x1b_Gi=31;EBADF: no such file\x1b\\"),
    ("\x1b[>0q", "\x1bP>|kitty(0.41.1)\x1b\\"),
    ("\x1b[16t", "\x1b[6;20;10t"),
    ("\x1b[5n", "\x1b[0n"),
    ("\x1b[c", "\x1b[?62;c"),
];

pub(crate) fn measure(place: &Path) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/twenty-four.yaml");
    let board = place.join("frames.yaml");
    fs::copy(source, &board).unwrap();
    let (board, slateboard) = (board.to_string_lossy().into_owned(), env!("CARGO_BIN_EXE_slateboard"));
    let out = place.join("frames");
    let drawn = std::process::Command::new(slateboard)
        .args(["frame", &board, "--out", &out.to_string_lossy()])
        .output()
        .unwrap();
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let mut pictures: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    pictures.sort();
    let words = written(slateboard, &["show", &board]);
    let ours = written(slateboard, &["show", &board, "--frames"]) - words;
    let myself = std::env::current_exe().unwrap();
    let viuer = |picture: &std::path::PathBuf| written(&myself.to_string_lossy(), &[NAME, &picture.to_string_lossy()]);
    let theirs: usize = pictures.iter().map(viuer).sum();
    let each = pictures.len() as f64 * 1e3;
    super::line(
        "bytes of a frame for kitty: show, image and viuer",
        "kB",
        ours as f64 / each,
        theirs as f64 / each,
        0.15,
    );
}

/// Prints a picture as a program does that has nothing but the two crates.
pub(crate) fn run(path: &str) {
    let picture = image::open(path).unwrap().resize_exact(SHOWN.0, SHOWN.1, FilterType::Triangle);
    let config = viuer::Config { absolute_offset: false, width: Some(CELLS.0.into()), ..viuer::Config::default() };
    viuer::print(&picture, &config).unwrap();
}

/// All bytes that a program writes to the terminal until it ends.
fn written(program: &str, arguments: &[&str]) -> usize {
    let (cols, rows) = CELLS;
    let size = PtySize { rows, cols, pixel_width: cols * CELL.0, pixel_height: rows * CELL.1 };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "xterm-kitty");
    for multiplexer in ["TMUX", "STY", "TERM_PROGRAM", "LC_TERMINAL"] {
        command.env_remove(multiplexer);
    }
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let (mut reader, mut writer) = (pty.master.try_clone_reader().unwrap(), pty.master.take_writer().unwrap());
    let (mut buffer, mut text, mut all) = (vec![0; 1 << 16], String::new(), 0);
    // The line ends with an error where the program has.
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        all += read;
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        while let Some((at, question, answer)) = first_question(&text) {
            writer.write_all(answer.as_bytes()).unwrap();
            text.drain(..at + question.len());
        }
        // A question may still be cut in two.
        let kept = text.char_indices().rev().nth(63).map_or(0, |(at, _)| at);
        text.drain(..kept);
    }
    assert!(child.wait().unwrap().success(), "{program} {arguments:?} ended with: {text}");
    all
}

fn first_question(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let found = ANSWERS.iter().filter_map(|&(question, answer)| Some((text.find(question)?, question, answer)));
    found.min_by_key(|(at, ..)| *at)
}
