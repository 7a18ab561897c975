//! Pictures that a file names: where they lie beside it, one for each shot that goes out.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use crate::board::{Scene, Storyboard, TakeId};

use super::deliver::{self, Overwrite};
use super::order::{Credit, ExportError, Order, Watch};
use super::reel::Reel;
use super::{Source, picture};

/// Where pictures are, as relative URLs.
#[derive(Debug, Default)]
pub struct Frames {
    urls: HashMap<(TakeId, usize), String>,
    /// The pictures' size in pixels.
    pub size: (u32, u32),
}

impl Frames {
    /// The picture of a take's shot, counted from 0.
    #[must_use]
    pub fn url(&self, take: TakeId, shot: usize) -> Option<&str> {
        self.urls.get(&(take, shot)).map(String::as_str)
    }

    /// Draws the shots of every take that goes out into `folder`, which other exports of the board may have filled before.
    ///
    /// # Errors
    /// [`ExportError`]; what was in the folder before stays then.
    pub fn draw(
        order: &Order<'_>,
        reel: &Reel<'_>,
        folder: &Path,
        overwrite: Overwrite,
        watch: &mut dyn Watch,
    ) -> Result<Self, ExportError> {
        let size = order.options.size;
        let mut urls = HashMap::new();
        deliver::added(folder, overwrite, |additions| {
            urls = drawn(order, reel, size, watch, |name, bytes| additions.put(name, bytes))?;
            Ok(())
        })?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for url in urls.values_mut() {
            *url = format!("{}/{url}", percent(&name));
        }
        Ok(Self { urls, size })
    }
}

/// Draws every shot into a folder that is there, and answers the names.
///
/// # Errors
/// [`ExportError`].
pub fn draw_into(
    order: &Order<'_>,
    reel: &Reel<'_>,
    place: &Path,
    size: (u32, u32),
    watch: &mut dyn Watch,
) -> Result<HashMap<(TakeId, usize), String>, ExportError> {
    fs::create_dir_all(place).map_err(|error| ExportError::Io(place.to_owned(), error))?;
    drawn(order, reel, size, watch, |name, bytes| deliver::put(&place.join(name), bytes))
}

/// Whether a file in a folder of frames has the name of a frame or of a contact sheet.
#[must_use]
pub fn is_ours(name: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(name) = name.strip_suffix(".png") else { return false };
    let is_frame = name.starts_with("scene-") && name.rsplit_once("-shot-").is_some_and(|(_, shot)| digits(shot));
    let sheet = name.strip_prefix("contact-sheet");
    is_frame || sheet.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
}

/// Draws every shot as a PNG file, gives each to `put` with its name, and answers the names.
///
/// # Errors
/// [`ExportError`].
pub fn drawn(
    order: &Order<'_>,
    reel: &Reel<'_>,
    size: (u32, u32),
    watch: &mut dyn Watch,
    mut put: impl FnMut(&str, &[u8]) -> Result<(), ExportError>,
) -> Result<HashMap<(TakeId, usize), String>, ExportError> {
    let shots = || {
        reel.scenes
            .iter()
            .flat_map(|part| part.takes.iter().map(move |take| (part, take)))
            .flat_map(|(part, take)| take.shots.iter().enumerate().map(move |(at, shot)| (part, take, at, shot)))
    };
    let total = shots().count();
    let numbers = Numbers::of(order.board);
    let mut names = HashMap::with_capacity(total);
    for (done, (part, take, at, shot)) in shots().enumerate() {
        if watch.step(done, total) == ControlFlow::Break(()) {
            return Err(ExportError::Stopped);
        }
        let credit = (order.options.credit == Credit::Said).then(|| Source::of_take(take));
        let drawn = order.studio.panel(part.scene, shot, size.0, size.1).map_err(ExportError::Picture)?;
        let bytes = picture::png(&drawn, credit).map_err(ExportError::Picture)?;
        let scene = numbers.name(part.scene);
        let name = match part.takes.len() {
            1 => format!("scene-{scene}-shot-{:02}.png", at + 1),
            _ => format!("scene-{scene}-take-{}-shot-{:02}.png", part.take_number(take), at + 1),
        };
        put(&name, &bytes)?;
        names.insert((take.id, at), name);
    }
    Ok(names)
}

/// The numbers of a board's scenes as parts of file names.
struct Numbers {
    /// How many scenes have a number, in lower case.
    shared: HashMap<String, usize>,
}

impl Numbers {
    fn of(board: &Storyboard) -> Self {
        let mut shared = HashMap::with_capacity(board.scenes.len());
        for scene in &board.scenes {
            *shared.entry(Self::safe(scene).to_ascii_lowercase()).or_default() += 1;
        }
        Self { shared }
    }

    /// Letters and digits alone.
    fn safe(scene: &Scene) -> String {
        scene.number.chars().filter(char::is_ascii_alphanumeric).take(20).collect()
    }

    /// A scene's number; where nothing else is left of it, or two scenes share it, its id.
    fn name(&self, scene: &Scene) -> String {
        let name = Self::safe(scene);
        let shared = self.shared.get(&name.to_ascii_lowercase()).is_some_and(|&scenes| scenes > 1);
        if name.is_empty() || shared { scene.id.to_string() } else { name }
    }
}

/// A name as part of a URL.
#[must_use]
pub fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
