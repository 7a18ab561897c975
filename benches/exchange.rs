//! Exchange as ratios taken in one run: `cargo bench --bench exchange`. Needs python3 with pip and ffmpeg.
//!
//! A film's script of 1,000 scenes against the Fountain parsers of PyPI; how the time of an export grows from 1,000 to
//! 30,000 shots; the memory of a PDF of 60 and of 600 panels; a GIF against ffmpeg's palettegen and paletteuse on the same pictures.

#![expect(clippy::unwrap_used, reason = "a bench that cannot do its part has failed")]

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use image::RgbaImage;
use slateboard::board::{Scene, Shot, Storyboard};
use slateboard::exchange::deliver::Overwrite;
use slateboard::exchange::order::Pictures;
use slateboard::exchange::{Format, Options, Order, Selection, Studio, export, fountain};

/// Draws nothing: what is measured is the format.
struct Blank;

impl Studio for Blank {
    fn panel(&self, _: &Scene, _: &Shot, width: u32, height: u32) -> Result<RgbaImage, String> {
        Ok(RgbaImage::new(width, height))
    }
    fn yaml(&self, board: &Storyboard) -> String {
        slateboard::store::yaml::write(board)
    }
}

/// The best of some runs, in seconds.
fn best(runs: u32, mut work: impl FnMut()) -> f64 {
    let times = (0..runs).map(|_| {
        let begin = Instant::now();
        work();
        begin.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn keeper() -> Storyboard {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml");
    slateboard::store::yaml::read(&fs::read(path).unwrap()).unwrap()
}

/// A board with so many shots, four to a scene.
fn board_of(shots: usize) -> Storyboard {
    let mut board = keeper();
    let scene = board.scenes[0].clone();
    board.scenes = (0..shots / 4)
        .map(|at| {
            let mut scene = scene.clone();
            scene.id = slateboard::board::SceneId::new((at as u128 + 1).into());
            scene.number = slateboard::board::Line::clipped(&(at + 1).to_string(), 20);
            scene
        })
        .collect();
    board
}

fn python(code: &str, words: &[&str]) -> String {
    let readers = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/readers")).output().unwrap();
    let readers = String::from_utf8(readers.stdout).unwrap();
    let output =
        Command::new("python3").env("PYTHONPATH", readers.trim()).args(["-c", code]).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The numbers of shots that exports are timed with.
const SHOTS: [usize; 4] = [1000, 3000, 10_000, 30_000];

/// How the time of an export grows with the shots. Sizes are taken in turn in every round, so that a busy moment hits all of
/// them, and the best of each counts. The exponent is the slope of a line through the logarithms: 1 is linear.
fn growth(place: &Path) {
    let boards = SHOTS.map(board_of);
    let selection = Selection::default();
    let options = Options { pictures: Pictures::Absent, ..Options::default() };
    let formats = [
        Format::Csv,
        Format::Fountain,
        Format::Fdx,
        Format::Vtt,
        Format::Md,
        Format::Otio,
        Format::Fcpxml,
        Format::Xmeml,
        Format::Edl,
    ];
    for format in formats {
        let mut times = [f64::INFINITY; SHOTS.len()];
        for _ in 0..5 {
            for (board, time) in boards.iter().zip(&mut times) {
                let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Blank };
                let out = place.join("growth");
                let mut watch = |_, _| ControlFlow::Continue(());
                *time = time.min(best(1, || {
                    export::export(&order, format, &out, Overwrite::Replace, &mut watch).unwrap();
                }));
            }
        }
        let points: Vec<(f64, f64)> = SHOTS.iter().zip(times).map(|(n, time)| ((*n as f64).ln(), time.ln())).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
        let (x, y) = (mean(|point| point.0), mean(|point| point.1));
        let slope = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum::<f64>()
            / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>();
        println!(
            "{format}: 10,000 shots {:.1} ms; / 1,000 shots {:.1}; 30,000 / 3,000 {:.1}; exponent {slope:.2}",
            times[2] * 1e3,
            times[2] / times[0],
            times[3] / times[1],
        );
    }
}

fn main() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).display().to_string();

    let mut script = String::from("Title: Long\n\n");
    for n in 0..1000 {
        let _ = write!(
            script,
            "INT. ROOM {n} - NIGHT #{n}#\n\nMARA walks in and looks at the *wall*. It has been painted again.\n\n\
             MARA\n(quietly)\nWho did this?\n\nJOSEF (O.S.)\nNobody you know.\n\n[[remember the hat]]\n\nShe sits down.\n\n"
        );
    }
    fs::write(at("long.fountain"), &script).unwrap();
    let ours = best(5, || drop(fountain::read(&script)));
    let code = "import sys, time, io\nbest = 1e9\nfor _ in range(3):\n    \
        text = open(sys.argv[1]).read(); t = time.perf_counter()\n    \
        from screenplain.parsers import fountain; list(fountain.parse(io.StringIO(text)))\n    \
        best = min(best, time.perf_counter() - t)\nprint(best)";
    let screenplain: f64 = python(code, &[&at("long.fountain")]).parse().unwrap();
    let code = "import sys, time\nfrom jouvence.parser import JouvenceParser\nbest = 1e9\nfor _ in range(3):\n    \
        t = time.perf_counter(); JouvenceParser().parse(sys.argv[1]); best = min(best, time.perf_counter() - t)\nprint(best)";
    let jouvence: f64 = python(code, &[&at("long.fountain")]).parse().unwrap();
    println!(
        "fountain, 1,000 scenes: {:.1} ms; / screenplain {:.4}; / jouvence {:.4}",
        ours * 1e3,
        ours / screenplain,
        ours / jouvence
    );

    growth(place.path());

    let binary = env!("CARGO_BIN_EXE_slateboard");
    let memory = |shots: usize| -> f64 {
        let (yaml, pdf) = (at(&format!("{shots}.yaml")), at(&format!("{shots}.pdf")));
        fs::write(&yaml, slateboard::store::yaml::write(&board_of(shots))).unwrap();
        let code = "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n\
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
        python(code, &[binary, "export", &yaml, "--to", "pdf", "--out", &pdf, "--panels", "6"]).parse().unwrap()
    };
    let (few, many) = (memory(60), memory(600));
    println!("pdf: 600 panels {:.0} MiB at most; / 60 panels {:.2}", many / 1024.0, many / few);

    let board = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml").display().to_string();
    let run = |to: &str, out: &str| {
        let status = Command::new(binary)
            .args(["export", &board, "--to", to, "--out", out, "--size", "640x268"])
            .output()
            .unwrap();
        assert!(status.status.success());
    };
    let begin = Instant::now();
    run("gif", &at("ours.gif"));
    let ours = begin.elapsed().as_secs_f64();
    run("webp", &at("film.webp"));
    let code = "import sys\nfrom PIL import Image\nfilm = Image.open(sys.argv[1])\nn = 0\nfor i in range(film.n_frames):\n    film.seek(i)\n    \
        picture = film.convert('RGB')\n    for _ in range(round(film.info['duration'] * 12 / 1000)):\n        \
        picture.save(f'{sys.argv[2]}/f{n:05}.png', compress_level=1); n += 1";
    let frames = at("frames");
    fs::create_dir(&frames).unwrap();
    python(code, &[&at("film.webp"), &frames]);
    let begin = Instant::now();
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-framerate", "12", "-i", &format!("{frames}/f%05d.png")])
        .args(["-vf", "split[a][b];[a]palettegen[p];[b][p]paletteuse", &at("theirs.gif")])
        .status()
        .unwrap();
    assert!(status.success());
    let theirs = begin.elapsed().as_secs_f64();
    let size = |name: &str| fs::metadata(at(name)).unwrap().len();
    println!(
        "gif: {} bytes in {ours:.2} s; / ffmpeg's bytes {:.2}, / its time without drawing {:.2}",
        size("ours.gif"),
        size("ours.gif") as f64 / size("theirs.gif") as f64,
        ours / theirs
    );
    // A program under another licence (`cargo install gifski`): where somebody installed it, it is measured too.
    let begin = Instant::now();
    let pictures: Vec<String> = {
        let mut names: Vec<String> =
            fs::read_dir(&frames).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
        names.sort();
        names
    };
    let gifski =
        Command::new("gifski").args(["--quiet", "--fps", "12", "-o", &at("gifski.gif")]).args(&pictures).status();
    if gifski.is_ok_and(|status| status.success()) {
        println!(
            "gif: / gifski's time {:.2}, / its bytes {:.2}",
            ours / begin.elapsed().as_secs_f64(),
            size("ours.gif") as f64 / size("gifski.gif") as f64
        );
    }
}
