//! Frames that were drawn once, on disk: a board that is opened again shows its pictures at once.
//!
//! They lie in `frames/` beside the board, or in the cache folder where the board's own may not be written. Whatever goes
//! wrong here costs a drawing and nothing else: what cannot be read is drawn anew, and the folder can be deleted at any time.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder as _, RgbaImage};

use crate::frame::picture::Origin;
use crate::frame::{Size, png};

/// Bytes that are kept, at most; then the oldest go until a quarter is free.
const MOST: u64 = 64 << 20;
/// Pictures written between two looks at how much there is.
const ROUND: u32 = 32;
/// The largest file that is one of ours.
const LARGEST: u64 = 32 << 20;

/// A folder of frames; by default none, where nothing is found and nothing kept.
#[derive(Debug, Default)]
pub(super) struct FrameCache {
    /// What lies beside the board; empty where there is none.
    sidecar: PathBuf,
    /// The cache folder, which stands in for it.
    cache: Option<PathBuf>,
    /// The one of them that can be written. Found out in the thread that draws, when it wants its first frame: the screen
    /// does not wait for the disk.
    folder: OnceLock<Option<PathBuf>>,
    written: AtomicU32,
}

impl FrameCache {
    /// The frames beside a board, else those in the cache folder.
    pub(super) fn beside(sidecar: &Path, cache: Option<&Path>) -> Self {
        Self { sidecar: sidecar.to_owned(), cache: cache.map(Path::to_owned), ..Self::default() }
    }

    fn folder(&self) -> Option<&Path> {
        let find = || {
            let beside = self.sidecar.is_dir().then_some(&self.sidecar);
            let mut folders = beside.into_iter().chain(&self.cache).map(|place| place.join("frames"));
            folders.find(|folder| is_writable(folder))
        };
        self.folder.get_or_init(find).as_deref()
    }

    /// The picture of that name, where it is there, whole and of that size.
    pub(super) fn picture(&self, name: &str, size: Size) -> Option<RgbaImage> {
        let path = self.path(name)?;
        if fs::metadata(&path).ok()?.len() > LARGEST {
            return None;
        }
        let decoder = PngDecoder::new(Cursor::new(fs::read(path).ok()?)).ok()?;
        let fits = decoder.dimensions() == (size.width(), size.height());
        fits.then(|| DynamicImage::from_decoder(decoder).ok()).flatten().map(DynamicImage::into_rgba8)
    }

    /// Keeps a picture: it is there whole or not at all.
    pub(super) fn keep(&self, name: &str, picture: &RgbaImage) {
        let (Some(folder), Some(path)) = (self.folder(), self.path(name)) else { return };
        let Ok(bytes) = png(picture, &Origin::cached()) else { return };
        let write = || {
            let mut file = tempfile::Builder::new().prefix(".frame").tempfile_in(folder)?;
            file.write_all(&bytes)?;
            file.persist(path).map_err(|error| error.error)
        };
        // A full disk or a folder that was taken away: the frame is drawn again next time.
        if write().is_ok() && self.written.fetch_add(1, Ordering::Relaxed).is_multiple_of(ROUND) {
            prune(folder, MOST);
        }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(name).with_extension("png"))
    }
}

fn is_writable(folder: &Path) -> bool {
    fs::create_dir_all(folder).is_ok() && tempfile::Builder::new().prefix(".frame").tempfile_in(folder).is_ok()
}

/// Lets the oldest go where there are more bytes than that. Only what has a frame's name is touched.
fn prune(folder: &Path, most: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let ours = |path: &Path| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        path.extension().is_some_and(|ending| ending == "png")
            && stem.len() == 32
            && stem.chars().all(|c| c.is_ascii_hexdigit())
    };
    let mut all: Vec<(SystemTime, u64, PathBuf)> = entries
        .flatten()
        .filter(|entry| ours(&entry.path()))
        .filter_map(|entry| entry.metadata().ok().map(|data| (data, entry.path())))
        .filter_map(|(data, path)| Some((data.modified().ok()?, data.len(), path)))
        .collect();
    let mut bytes: u64 = all.iter().map(|(_, bytes, _)| bytes).sum();
    if bytes <= most {
        return;
    }
    all.sort();
    for (_, own, path) in all {
        if bytes <= most / 4 * 3 {
            break;
        }
        if fs::remove_file(path).is_ok() {
            bytes -= own;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "00112233445566778899aabbccddeeff";

    fn picture() -> (RgbaImage, Size) {
        (RgbaImage::from_fn(40, 20, |x, y| image::Rgba([x as u8, y as u8, 7, 255])), Size::new(40, 20).unwrap())
    }

    #[test]
    fn a_frame_comes_back_as_it_was_drawn_and_only_at_its_size() {
        let place = tempfile::tempdir().unwrap();
        let cache = FrameCache::beside(place.path(), None);
        let (picture, size) = picture();
        assert_eq!(cache.picture(NAME, size), None);
        cache.keep(NAME, &picture);
        assert_eq!(cache.picture(NAME, size), Some(picture));
        assert_eq!(cache.picture(NAME, Size::new(40, 21).unwrap()), None);
        assert_eq!(fs::read_dir(place.path().join("frames")).unwrap().count(), 1, "nothing half written stays");
    }

    #[test]
    fn what_was_cut_off_or_is_no_picture_is_drawn_anew() {
        let place = tempfile::tempdir().unwrap();
        let cache = FrameCache::beside(place.path(), None);
        let (picture, size) = picture();
        cache.keep(NAME, &picture);
        let path = place.path().join("frames").join(NAME).with_extension("png");
        let whole = fs::read(&path).unwrap();
        for long in [0, 10, whole.len() / 2, whole.len() - 20] {
            fs::write(&path, &whole[..long]).unwrap();
            assert_eq!(cache.picture(NAME, size), None, "{long} bytes");
        }
        fs::write(&path, b"no picture").unwrap();
        assert_eq!(cache.picture(NAME, size), None);
        cache.keep(NAME, &picture);
        assert!(cache.picture(NAME, size).is_some());
    }

    #[test]
    fn without_a_place_beside_the_board_frames_are_kept_in_the_cache_folder_or_nowhere() {
        let place = tempfile::tempdir().unwrap();
        let (picture, size) = picture();
        let cache = FrameCache::beside(&place.path().join("nowhere"), Some(place.path()));
        cache.keep(NAME, &picture);
        assert!(cache.picture(NAME, size).is_some() && place.path().join("frames").is_dir());
        let none = FrameCache::beside(&place.path().join("nowhere"), None);
        none.keep(NAME, &picture);
        assert!(none.picture(NAME, size).is_none());
    }

    #[test]
    fn the_oldest_frames_go_and_nothing_that_is_not_one() {
        let place = tempfile::tempdir().unwrap();
        for n in 0..8_u64 {
            let path = place.path().join(format!("{n:032x}.png"));
            fs::write(&path, [0; 100]).unwrap();
            let when = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 + n);
            fs::File::options().write(true).open(&path).unwrap().set_modified(when).unwrap();
        }
        fs::write(place.path().join("mine.png"), [0; 1000]).unwrap();
        prune(place.path(), 800);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 9, "as many as there may be");
        prune(place.path(), 600);
        let mut left: Vec<String> = fs::read_dir(place.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        assert_eq!(left.len(), 5);
        assert!(left.contains(&"mine.png".into()) && left[0].ends_with("4.png"), "{left:?}");
    }
}
