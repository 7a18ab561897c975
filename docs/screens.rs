//! Makes the pictures of README.md: the program runs on a pseudo-terminal with a copy of the sample board, keys are
//! pressed, and what the terminal shows is written as SVG. `make screens` runs it; the model writes what it writes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a picture that cannot be made is a command that fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// What is shown: the picture's name, its columns and rows, the theme, and what is done before it is taken.
const SCREENS: &[(&str, u16, u16, &str, &[Step])] = &[
    ("stage", 100, 30, "night", &[Shows("EXT. ROCKY SHORE"), Shows("CPU")]),
    ("writing", 100, 30, "night", &[Shows("EXT. ROCKY SHORE"), Press("j"), Press("g"), Shows("tok/s"), Wait(1000)]),
    ("review", 100, 30, "dusk", &[Shows("EXT. ROCKY SHORE"), Press("v"), Press("e"), Wait(500)]),
    ("sheet", 100, 30, "night", &[Shows("EXT. ROCKY SHORE"), Press("v"), Press("s"), Wait(500)]),
    ("themes", 100, 30, "night", &[Shows("EXT. ROCKY SHORE"), Press(","), Press("t"), Shows("contrast"), Press("pap")]),
];

/// The longest that anything may take: the model is loaded meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pixels of a cell.
const CELL: (f32, f32) = (8.4, 18.0);

#[derive(Clone, Copy)]
enum Step {
    Press(&'static str),
    Shows(&'static str),
    /// Milliseconds.
    Wait(u64),
}
use Step::{Press, Shows, Wait};

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(program), Some(folder)) = (arguments.next(), arguments.next()) else {
        panic!("the program and a folder for the pictures are expected");
    };
    let program = fs::canonicalize(program).unwrap();
    fs::create_dir_all(&folder).unwrap();
    for (name, columns, rows, theme, steps) in SCREENS {
        let mut run = Run::start(&program, *columns, *rows, theme);
        for step in *steps {
            match step {
                Press(keys) => run.press(keys),
                Shows(words) => run.shows(words),
                Wait(millis) => run.settle(Duration::from_millis(*millis)),
            }
        }
        run.settle(Duration::from_millis(400));
        let file = folder.join(format!("{name}.svg"));
        fs::write(&file, svg(run.screen.screen())).unwrap();
        println!("{}", file.display());
    }
}

/// A run of the program.
struct Run {
    _place: tempfile::TempDir,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Run {
    fn start(program: &Path, columns: u16, rows: u16, theme: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml");
        fs::copy(sample, place.path().join("the-keeper.yaml")).unwrap();
        fs::create_dir_all(place.path().join("config")).unwrap();
        fs::write(place.path().join("config/config.yaml"), format!("theme: {theme}\n")).unwrap();
        let pty =
            native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.arg("the-keeper.yaml");
        command.cwd(place.path());
        for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        for name in ["CONFIG", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), place.path().join(name.to_lowercase()));
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let _master = pty.master;
            let mut buffer = [0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { _place: place, child, writer, bytes, screen: vt100::Parser::new(rows, columns, 0) }
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self.settle(Duration::from_millis(200));
    }

    fn shows(&mut self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(words) {
            assert!(Instant::now() < until, "`{words}` never showed:\n{}", self.screen.screen().contents());
            self.take_in(Duration::from_millis(50));
        }
    }

    /// Takes in what comes for so long.
    fn settle(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.take_in(Duration::from_millis(20));
        }
    }

    fn take_in(&mut self, patience: Duration) {
        if let Ok(bytes) = self.bytes.recv_timeout(patience) {
            self.screen.process(&bytes);
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Its board is a copy, and goes with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A stretch of a row that looks the same.
struct Stretch {
    column: u16,
    columns: u16,
    text: String,
    look: Look,
}

#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: vt100::Color,
    ground: vt100::Color,
    bold: bool,
    italic: bool,
    underlined: bool,
}

fn svg(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (width, height) = (f32::from(columns) * CELL.0, f32::from(rows) * CELL.1);
    let ground = screen.cell(0, 0).map_or(vt100::Color::Default, vt100::Cell::bgcolor);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" \
         shape-rendering=\"crispEdges\">\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        colour(ground, "#15171c")
    );
    for row in 0..rows {
        for stretch in stretches(screen, row, columns) {
            let (x, y) = (f32::from(stretch.column) * CELL.0, f32::from(row) * CELL.1);
            let wide = f32::from(stretch.columns) * CELL.0;
            if stretch.look.ground != ground {
                let fill = colour(stretch.look.ground, "#15171c");
                writeln!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{}\" fill=\"{fill}\"/>",
                    CELL.1
                )
                .unwrap();
            }
            if stretch.text.trim().is_empty() {
                continue;
            }
            // A cell of a picture: its upper half in one colour over its ground.
            if stretch.text == "▀" {
                let (high, fill) = (CELL.1 / 2.0, colour(stretch.look.ink, "#d9dce2"));
                writeln!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high}\" fill=\"{fill}\"/>"
                )
                .unwrap();
                continue;
            }
            let mut style = String::new();
            for (on, words) in [
                (stretch.look.bold, " font-weight=\"bold\""),
                (stretch.look.italic, " font-style=\"italic\""),
                (stretch.look.underlined, " text-decoration=\"underline\""),
            ] {
                style.push_str(if on { words } else { "" });
            }
            // Viewers collapse plain spaces.
            let text =
                stretch.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}");
            let (base, ink) = (y + CELL.1 * 0.75, colour(stretch.look.ink, "#d9dce2"));
            writeln!(
                out,
                "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{wide:.1}\" fill=\"{ink}\"{style}>{text}</text>"
            )
            .unwrap();
        }
    }
    out.push_str("</svg>\n");
    out
}

fn stretches(screen: &vt100::Screen, row: u16, columns: u16) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else { continue };
        let (mut ink, mut ground) = (cell.fgcolor(), cell.bgcolor());
        if cell.inverse() {
            std::mem::swap(&mut ink, &mut ground);
        }
        let (bold, italic, underlined) = (cell.bold(), cell.italic(), cell.underline());
        let look = Look { ink, ground, bold, italic, underlined };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let wide = if cell.is_wide() { 2 } else { 1 };
        // Drawn characters stand by themselves, so that each is in its column whatever the font.
        let plain = |text: &str| text.is_ascii();
        match all.last_mut() {
            Some(last) if last.look == look && plain(text) && plain(&last.text) => {
                last.text.push_str(text);
                last.columns += wide;
            }
            _ => all.push(Stretch { column, columns: wide, text: text.to_owned(), look }),
        }
    }
    for stretch in &mut all {
        let trailing = stretch.text.len() - stretch.text.trim_end().len();
        if stretch.look.ground == vt100::Color::Default && trailing < stretch.text.len() {
            stretch.text.truncate(stretch.text.len() - trailing);
            stretch.columns -= u16::try_from(trailing).unwrap();
        }
    }
    all
}

fn colour(colour: vt100::Color, default: &str) -> String {
    match colour {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        vt100::Color::Idx(at) => {
            const NAMED: [&str; 16] = [
                "#1b1d22", "#d16969", "#7fb97f", "#d7ba7d", "#6a9fd8", "#b48ead", "#6cc3d5", "#c9ccd3", "#5a6070",
                "#f29b90", "#8ccf88", "#f2c14e", "#8fb8e8", "#cfa8c9", "#8fdcea", "#ffffff",
            ];
            NAMED.get(usize::from(at)).map_or(default, |name| name).to_owned()
        }
    }
}
