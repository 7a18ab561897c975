//! `slateboard frame`: the picked takes' shots as PNG files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, ValueEnum};
use image::RgbaImage;

use super::{Code, Failure, boards, export, out};
use crate::board::{Line, Scene, Shot, Storyboard};
use crate::exchange::deliver::Overwrite;
use crate::exchange::given;
use crate::frame::figure::hash;
use crate::frame::overlay::{self, Guide};
use crate::frame::picture::Origin;
use crate::frame::server::{self, Ask, Settings};
use crate::frame::{FrameError, Size, Stage, Style, compose, png, render, scene};
use crate::lettering::Fonts;
use crate::run::styles;
use crate::store::{Access, Opened, Paths};

/// Draw shots into PNG files
#[derive(Debug, Args)]
pub struct Frame {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// Only the scene of this number or id
    #[arg(long, value_name = "N")]
    scene: Option<String>,
    /// Only this shot of each scene, from 1
    #[arg(long, value_name = "M")]
    shot: Option<usize>,
    /// The folder to write to; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Width and height in pixels, each from 16 to 8192
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    /// The style: pencil, ink, noir, marker, blueprint, storyboard-blue or one of yours; else the scene's, else the board's
    #[arg(long, value_name = "NAME")]
    style: Option<String>,
    /// Draw guides over each frame
    #[arg(long, value_name = "GUIDE")]
    guide: Vec<Guides>,
    /// Let the image server of images.yaml draw, from our sketch where it can
    #[arg(long)]
    server: bool,
    /// Give the one shot that is named a picture of your own, PNG, JPEG or WebP, in place of the sketch; `sketch` takes it
    /// back
    #[arg(long, value_name = "FILE", requires = "scene", requires = "shot")]
    picture: Option<PathBuf>,
    /// Also draw all frames on one sheet of that many columns: sheet.png
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u32).range(1..=12))]
    sheet: Option<u32>,
}

/// Guides by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Guides {
    /// Lines at each third
    Thirds,
    /// The parts every screen shows
    Safe,
    /// A cross in the middle
    Center,
}

impl From<Guides> for Guide {
    fn from(guide: Guides) -> Self {
        match guide {
            Guides::Thirds => Self::Thirds,
            Guides::Safe => Self::Safe,
            Guides::Center => Self::Center,
        }
    }
}

/// One frame to draw.
struct Wanted<'a> {
    shot: &'a Shot,
    stage: Stage<'a>,
    style: Style,
    heading: String,
    /// For an image server: of the shot's place in the scene, so that a frame drawn again starts from the same noise.
    seed: u32,
    path: PathBuf,
}

impl Frame {
    /// Draws them, one file a shot: `scene-1-shot-01.png`.
    ///
    /// # Errors
    /// Where the board cannot be read, has no such shot or style, or a file cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        if let Some(picture) = &self.picture {
            self.give(picture)?;
        }
        let opened = boards::open(&self.board, Access::ReadOnly)?;
        let board = &opened.board;
        let pictures = given::folder(opened.file.sidecar());
        fs::create_dir_all(&self.out).map_err(|error| {
            Failure::failed(format!("the folder {} could not be made: {error}", boards::shown(&self.out)))
        })?;
        let mut wanted = Vec::new();
        for scene in boards::scenes(board, self.scene.as_deref())? {
            let style = scene_style(board, scene, self.style.as_deref())?;
            let Some(take) = scene.leading_take() else { continue };
            let fonts = Fonts::for_words(&Stage::names(board, &take.shots));
            let stage = Stage::new(board, scene.current_heading()).with_newcomers(&take.newcomers).with_fonts(fonts);
            for (at, shot) in
                take.shots.iter().enumerate().filter(|(at, _)| self.shot.is_none_or(|only| only == at + 1))
            {
                let path = self.out.join(format!("scene-{}-shot-{:02}.png", file_name(scene, board), at + 1));
                let heading = scene.current_heading().to_string();
                let seed = hash(&format!("{} {at}", take.id)) >> 1;
                wanted.push(Wanted { shot, stage: stage.clone(), style: style.clone(), heading, seed, path });
            }
        }
        if wanted.is_empty() {
            return Err(Failure::usage("there is no such shot to draw")
                .hint("a scene is drawn from its picked take, else from its newest; `slateboard show` lists them"));
        }
        let guides: Vec<Guide> = self.guide.iter().copied().map(Guide::from).collect();
        let server = if self.server { Some(image_server()?) } else { None };
        let drawn = side_by_side(&wanted, |frame| {
            let sides = (self.size.width(), self.size.height());
            if let Some(given) = given::picture(&pictures, frame.shot, sides, frame.style.surround.0) {
                export::write(&frame.path, Overwrite::Replace, &png(&given, &Origin::given(&frame.shot.description))?)?;
                return Ok(self.sheet.is_some().then_some(given));
            }
            let mut drawing = scene::draw(&compose(frame.shot, &frame.stage));
            guides.iter().for_each(|&guide| overlay::guide(&mut drawing, guide));
            let sketch = render::render(&drawing, self.size, &frame.style)?;
            let origin = Origin::sketch(&frame.style.name, &frame.shot.description);
            let (picture, origin) = match &server {
                Some(settings) => asked(settings, board, frame, sketch, origin, self.size)?,
                None => (sketch, origin),
            };
            export::write(&frame.path, Overwrite::Replace, &png(&picture, &origin)?)?;
            Ok(self.sheet.is_some().then_some(picture))
        })?;
        for frame in &wanted {
            out::print(&format!("{}\n", boards::shown(&frame.path)))?;
        }
        if let Some(columns) = self.sheet {
            let style = &wanted[0].style;
            sheet(&drawn.into_iter().flatten().collect::<Vec<_>>(), columns, style, &self.out.join("sheet.png"))?;
        }
        Ok(())
    }
}

impl Frame {
    /// Gives a shot a picture, or takes it back, on the board.
    fn give(&self, picture: &Path) -> Result<(), Failure> {
        let Opened { mut file, mut board, .. } = boards::open(&self.board, Access::Write)?;
        let id = boards::scene(&board, self.scene.as_deref().unwrap_or_default())?.id;
        let leading = board.scene(id).and_then(|scene| scene.leading_take()).map(|take| take.id);
        let at = self.shot.and_then(|shot| shot.checked_sub(1));
        let takes = board.scenes.iter_mut().filter(|scene| scene.id == id).flat_map(|scene| &mut scene.takes);
        let take = takes.into_iter().find(|take| Some(take.id) == leading);
        let shot = take.zip(at).and_then(|(take, at)| take.shots.get_mut(at));
        let shot = shot.ok_or_else(|| Failure::usage("there is no such shot to give a picture"))?;
        if picture == Path::new("sketch") {
            given::note(shot, None);
        } else {
            let origin = Origin::given(&shot.description);
            let bytes = png(&given::read(picture)?, &origin)?;
            let folder = given::folder(file.sidecar());
            fs::create_dir_all(&folder).map_err(|error| {
                Failure::failed(format!("the folder {} could not be made: {error}", boards::shown(&folder)))
            })?;
            let name = given::name(&bytes);
            export::write(&folder.join(&name), Overwrite::Replace, &bytes)?;
            given::note(shot, Some(&name));
        }
        boards::save(&mut file, &board)
    }
}

/// The picture of a server; the sketch where it fails, and why on stderr.
fn asked(
    settings: &Settings,
    board: &Storyboard,
    frame: &Wanted<'_>,
    sketch: RgbaImage,
    origin: Origin,
    size: Size,
) -> Result<(RgbaImage, Origin), Failure> {
    let clean = render::render(&scene::draw_bare(&compose(frame.shot, &frame.stage)), size, &frame.style)?;
    let ask = Ask::new(settings, board, &frame.heading, frame.shot, size, frame.seed);
    Ok(server::picture(settings, &ask, &clean).unwrap_or_else(|error| {
        boards::tell(&format!("{error}; the sketch is written instead"));
        (sketch, origin)
    }))
}

/// The settings in `images.yaml`.
fn image_server() -> Result<Settings, Failure> {
    let path = Paths::from_env()?.config.join("images.yaml");
    let hint = "it says `server: http://…` and `shape: a1111` or `shape: openai`; README.md tells the rest";
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", boards::shown(&path))).hint(hint))?;
    serde_yaml::from_str(&text).map_err(|error| Failure::usage(format!("{}: {error}", boards::shown(&path))).hint(hint))
}

/// Does something to each, as many at a time as there are cores; results keep their order.
fn side_by_side<T: Sync, R: Send>(
    all: &[T],
    work: impl Fn(&T) -> Result<R, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(all.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<R, Failure>)>> = Mutex::new(Vec::with_capacity(all.len()));
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(at) else { break };
                    let result = work(one);
                    // A lock is poisoned only where another worker panicked; the scope passes that on.
                    if let Ok(mut done) = done.lock() {
                        done.push((at, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// All frames on one picture, in rows, each half as large.
fn sheet(pictures: &[RgbaImage], columns: u32, style: &Style, path: &Path) -> Result<(), Failure> {
    let Some(first) = pictures.first() else { return Ok(()) };
    let (wide, high) = ((first.width() / 2).max(1), (first.height() / 2).max(1));
    let gap = (wide / 60).max(2);
    let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
    let rows = count.div_ceil(columns);
    let (across, down) = (gap + columns * (wide + gap), gap + rows * (high + gap));
    if u64::from(across) * u64::from(down) > 200_000_000 {
        return Err(Failure::usage(format!("a sheet of {across}x{down} pixels is too large"))
            .hint("draw smaller frames (--size 640x360), or more columns, or one scene (--scene)"));
    }
    let [red, green, blue] = style.surround.0;
    let mut sheet = RgbaImage::from_pixel(across, down, image::Rgba([red, green, blue, 255]));
    for (at, picture) in (0_u32..).zip(pictures) {
        let small = image::imageops::resize(picture, wide, high, image::imageops::FilterType::Triangle);
        let (x, y) = (gap + at % columns * (wide + gap), gap + at / columns * (high + gap));
        image::imageops::replace(&mut sheet, &small, i64::from(x), i64::from(y));
    }
    export::write(path, Overwrite::Replace, &png(&sheet, &Origin::sketch(&style.name, ""))?)?;
    out::print(&format!("{}\n", boards::shown(path)))
}

/// The style of that name, else the scene's, else the board's, else pencil.
pub(super) fn scene_style(board: &Storyboard, scene: &Scene, wanted: Option<&str>) -> Result<Style, Failure> {
    style(board, wanted.or(scene.style.as_deref()))
}

/// The style of that name, else the board's, else pencil.
pub(super) fn style(board: &Storyboard, wanted: Option<&str>) -> Result<Style, Failure> {
    let name = wanted.or(board.style.as_deref()).unwrap_or("pencil");
    styles::named(&Paths::from_env()?, name).map_err(Failure::usage)?.ok_or_else(|| {
        let names: Vec<&str> = Style::names().collect();
        Failure::usage(format!("there is no frame style {}", Line::clipped(name, 40)))
            .hint(format!("the styles are {}, and yours in styles/ of the configuration folder", names.join(", ")))
    })
}

/// A scene's number as part of a file name: letters and digits alone, for a number comes from the board's file. Where
/// nothing else is left, or two scenes would share it, its id.
fn file_name(scene: &Scene, board: &Storyboard) -> String {
    let safe = |scene: &Scene| scene.number.chars().filter(|c| c.is_ascii_alphanumeric()).take(20).collect::<String>();
    let name = safe(scene);
    let shared = board.scenes.iter().filter(|other| safe(other).eq_ignore_ascii_case(&name)).count() > 1;
    if name.is_empty() || shared { scene.id.to_string() } else { name }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        let code = match error {
            FrameError::Size(_) => Code::Usage,
            _ => Code::Failed,
        };
        Self::new(code, error.to_string())
    }
}
