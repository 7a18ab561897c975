//! Storyboarder in: one `.storyboarder` file, or a project's folder with its script.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Component, Path};

use image::{ImageReader, Limits, Rgba, RgbaImage};

use crate::board::{Line, Text};
use crate::exchange::decode::{self, ImportError};
use crate::exchange::order::Watch;
use crate::exchange::script::{Script, ScriptScene};
use crate::exchange::{fdx, fountain};

use super::panel::{self, Panel};

/// The largest picture that is read, a side in pixels.
const SIDE: u32 = 8192;
/// The most bytes a picture may need once it is unpacked.
const PIXELS: u64 = 512 << 20;
/// The most scenes a project may have.
const SCENES: usize = 10_000;

/// Reads one scene's file.
///
/// # Errors
/// [`ImportError`] in words; also for a picture that is none.
pub fn read_file(path: &Path) -> Result<Script, ImportError> {
    let mut script = Script { title: title_of(path), ..Script::default() };
    let heading = script.title.clone();
    let scene = scene(path, ScriptScene { heading, ..ScriptScene::default() }, &mut script)?;
    script.scenes.push(scene);
    Ok(script)
}

/// Reads a project's folder.
///
/// # Errors
/// As [`read_file`], and where there is neither a script nor a scene in it.
pub fn read_project(folder: &Path, watch: &mut dyn Watch) -> Result<Script, ImportError> {
    let failed = |error| ImportError::Io(folder.to_owned(), error);
    let files: Vec<_> = fs::read_dir(folder).map_err(failed)?.flatten().map(|entry| entry.path()).collect();
    let with = |ending: &str| {
        files.iter().find(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending)))
    };
    let text = |path: &Path| decode::text(decode::read(path, decode::MAX_BYTES)?);
    let mut script = match (with("fountain"), with("fdx"), with("storyboarder")) {
        (Some(path), _, _) => fountain::read(&text(path)?),
        (_, Some(path), _) => fdx::read(&text(path)?)?,
        (_, _, Some(path)) => return read_file(path),
        _ => return Err(ImportError::Unknown(folder.to_owned())),
    };
    if script.title.is_empty() {
        script.title = title_of(folder);
    }
    let mut drawn = scene_files(&folder.join("storyboards"));
    let mut scenes = std::mem::take(&mut script.scenes);
    let all = drawn.len();
    let mut step = |left: usize| match watch.step(all.saturating_sub(left), all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ImportError::Stopped),
    };
    for written in &mut scenes {
        step(drawn.len())?;
        let Some(id) = written.number.as_ref().map(ToString::to_string) else { continue };
        let found = drawn.iter().position(|(name, _)| name.ends_with(&format!("-{id}")));
        let numbered = id.rsplit_once('-').filter(|(number, mark)| !number.is_empty() && mark.len() == 5);
        if let Some((number, _)) = numbered {
            written.number = Some(Line::clipped(number, 40));
        }
        if let Some(at) = found {
            let (_, path) = drawn.remove(at);
            *written = scene(&path, std::mem::take(written), &mut script)?;
        }
    }
    // A scene that was drawn and is no longer in the script is not thrown away.
    let mut left = drawn.len();
    for (name, path) in drawn {
        step(left)?;
        left -= 1;
        let heading = Line::clipped(&name.replace('-', " "), 200);
        scenes.push(scene(&path, ScriptScene { heading, ..ScriptScene::default() }, &mut script)?);
    }
    script.scenes = scenes;
    Ok(script)
}

/// The scenes' folders by name, each with its `.storyboarder` file.
fn scene_files(folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .take(SCENES)
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let file = entry.path().join(format!("{name}.storyboarder"));
            file.is_file().then_some((name, file))
        })
        .collect();
    found.sort();
    found
}

/// A scene with its panels, added to what the script says of it.
fn scene(path: &Path, mut scene: ScriptScene, script: &mut Script) -> Result<ScriptScene, ImportError> {
    let text = decode::text(decode::read(path, decode::MAX_BYTES)?)?;
    let read = panel::read(&text)?;
    let images = path.parent().unwrap_or(Path::new(".")).join("images");
    let scripted = !scene.dialogue.is_empty();
    // Without a script the panels tell what happens.
    let untold = scene.action.is_empty() && scene.synopsis.is_empty();
    scene.shots.clear();
    for mut panel in read.panels {
        if !scripted {
            scene.dialogue.append(&mut panel.dialogue);
        }
        if untold && !panel.action.trim().is_empty() {
            scene.synopsis = Text::clipped(format!("{} {}", scene.synopsis, panel.action.trim()).trim(), 600);
        }
        if let Some(picture) = composite(&panel, &images)? {
            let name = format!("storyboarder-{:04}.png", script.pictures.len() + 1);
            panel.shot.extra.insert(crate::exchange::script::field::PICTURE.to_owned(), name.clone().into());
            script.pictures.push((name, picture));
        }
        scene.shots.push(panel.shot);
    }
    if let Some(aspect) = read.aspect {
        script.aspect = Some(aspect);
    }
    if let Some(fps) = read.fps {
        script.fps = Some(fps);
    }
    Ok(scene)
}

/// The layers that are there, over white; `None` where nothing was drawn.
fn composite(panel: &Panel, images: &Path) -> Result<Option<Vec<u8>>, ImportError> {
    let mut canvas: Option<RgbaImage> = None;
    for (name, opacity) in &panel.layers {
        let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain {
            return Err(broken(name, "it leads out of the project's folder"));
        }
        let path = images.join(name);
        if !path.is_file() {
            continue;
        }
        let mut layer = decode_picture(&path, name)?;
        let (width, height) = layer.dimensions();
        let canvas = canvas.get_or_insert_with(|| RgbaImage::from_pixel(width, height, Rgba([255; 4])));
        if *opacity < 1.0 {
            for pixel in layer.pixels_mut() {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
                let faded = (f32::from(pixel[3]) * opacity) as u8;
                pixel[3] = faded;
            }
        }
        image::imageops::overlay(canvas, &layer, 0, 0);
    }
    let Some(canvas) = canvas else { return Ok(None) };
    let picture = crate::exchange::picture::png(&canvas, None);
    picture.map(Some).map_err(|what| ImportError::Broken { format: "Storyboarder", what })
}

fn decode_picture(path: &Path, name: &str) -> Result<RgbaImage, ImportError> {
    let failed = |error| ImportError::Io(path.to_owned(), error);
    let mut reader = ImageReader::open(path).map_err(failed)?.with_guessed_format().map_err(failed)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(PIXELS);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| broken(name, &error.to_string()))?;
    Ok(picture.into_rgba8())
}

fn broken(name: &str, why: &str) -> ImportError {
    ImportError::Broken { format: "Storyboarder", what: format!("the picture {}: {why}", Line::clipped(name, 100)) }
}

/// `the-keeper.storyboarder` becomes "The keeper".
fn title_of(path: &Path) -> Line {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    Line::clipped(&(first + letters.as_str()), 200)
}
