//! Pictures that a person or an import gave for shots: which files are taken, and how one fills a frame.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::imageops::FilterType;
use image::{ImageFormat, ImageReader, Limits, RgbaImage};

use super::decode::{self, ImportError};
use super::script::field;
use crate::board::{Shot, Storyboard};

/// The largest picture file that is read, in bytes.
const MOST_BYTES: u64 = 64 << 20;
/// The longest side, in pixels.
const MOST_PIXELS: u32 = 8192;
/// The most memory decoding may take: four bytes for each pixel of the largest, and half as much again.
const MOST_MEMORY: u64 = MOST_PIXELS as u64 * MOST_PIXELS as u64 * 6;

/// The folder in a board's `NAME.slate/` that given pictures are in.
#[must_use]
pub fn folder(sidecar: &Path) -> PathBuf {
    sidecar.join("pictures")
}

/// Reads a PNG, JPEG or WebP file. What a picture says of its size is checked before it is unpacked.
///
/// # Errors
/// [`ImportError`] where it is none of these, or too large.
pub fn read(path: &Path) -> Result<RgbaImage, ImportError> {
    let bytes = decode::read(path, MOST_BYTES)?;
    let broken = |what: String| ImportError::Broken { format: "picture", what };
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| broken(error.to_string()))?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Err(broken("PNG, JPEG and WebP are read".to_owned()));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    Ok(reader.decode().map_err(|error| broken(error.to_string()))?.into_rgba8())
}

/// The name under which a picture is kept, by what is in it, so that one is never taken for another.
#[must_use]
pub fn name(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    let hash: String = sha2::Sha256::digest(bytes).iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("{hash}.png")
}

/// The picture that was given for a shot, fitted into a size on a ground of that colour; `None` where none was, or it
/// cannot be read any more.
#[must_use]
pub fn picture(folder: &Path, shot: &Shot, (width, height): (u32, u32), ground: [u8; 3]) -> Option<RgbaImage> {
    let whole = read(&folder.join(name_in(shot)?)).ok()?;
    let fitted = image::DynamicImage::from(whole).resize(width, height, FilterType::Triangle).into_rgba8();
    let [red, green, blue] = ground;
    let mut canvas = RgbaImage::from_pixel(width, height, image::Rgba([red, green, blue, 255]));
    let (left, top) = ((width - fitted.width()) / 2, (height - fitted.height()) / 2);
    image::imageops::overlay(&mut canvas, &fitted, left.into(), top.into());
    Some(canvas)
}

/// The name of the picture that was given for a shot.
fn name_in(shot: &Shot) -> Option<&str> {
    let name = shot.extra.get(field::PICTURE)?.as_str()?;
    // Only names that we give: a board from elsewhere must not name other files.
    let ours = |stem: &str| !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_alphanumeric());
    name.strip_suffix(".png").is_some_and(ours).then_some(name)
}

/// The files of all pictures that were given for a board's shots, each once, by their names. One that cannot be read is not
/// among them.
#[must_use]
pub fn all(folder: &Path, board: &Storyboard) -> Vec<(String, Vec<u8>)> {
    let shots = board.scenes.iter().flat_map(|scene| &scene.takes).flat_map(|take| &take.shots);
    let names: BTreeSet<&str> = shots.filter_map(name_in).collect();
    let file = |name: &str| {
        let path = folder.join(name);
        read(&path).ok()?;
        decode::read(&path, MOST_BYTES).ok()
    };
    names.into_iter().filter_map(|name| Some((name.to_owned(), file(name)?))).collect()
}

/// Notes in a shot that a picture was given for it; `None` takes that back.
pub fn note(shot: &mut Shot, name: Option<&str>) {
    match name {
        Some(name) => shot.extra.insert(field::PICTURE.to_owned(), name.into()),
        None => shot.extra.remove(field::PICTURE),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(40, 20, |x, _| image::Rgb([x as u8 * 6, 90, 30]));
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_of_three_formats_are_read_and_others_refused() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("picture");
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            std::fs::write(&path, file(format)).unwrap();
            assert_eq!(read(&path).unwrap().dimensions(), (40, 20), "{format:?}");
        }
        for wrong in [b"GIF89a\x01\x00\x01\x00".as_slice(), b"", b"<svg/>", &file(ImageFormat::Png)[..40]] {
            std::fs::write(&path, wrong).unwrap();
            assert!(matches!(read(&path), Err(ImportError::Broken { .. })));
        }
    }

    #[test]
    fn a_picture_that_lies_about_its_size_is_refused_before_it_is_unpacked() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("large.png");
        let mut bytes = file(ImageFormat::Png);
        // Width and height of the header, and its checksum.
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = {
            let mut crc = flate2::Crc::new();
            crc.update(&bytes[12..29]);
            crc.sum()
        };
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        std::fs::write(&path, bytes).unwrap();
        assert!(read(&path).is_err());
    }

    #[test]
    fn a_given_picture_fills_its_frame_and_a_board_can_name_no_other_file() {
        let place = tempfile::tempdir().unwrap();
        let bytes = file(ImageFormat::Png);
        let name = name(&bytes);
        std::fs::write(place.path().join(&name), &bytes).unwrap();
        let mut shot: Shot = serde_yaml::from_str("{size: wide, seconds: 1}").unwrap();
        assert!(picture(place.path(), &shot, (64, 64), [1, 2, 3]).is_none());
        note(&mut shot, Some(&name));
        let framed = picture(place.path(), &shot, (64, 64), [1, 2, 3]).unwrap();
        assert_eq!(framed.get_pixel(0, 0).0, [1, 2, 3, 255], "beside it");
        assert_eq!(framed.get_pixel(32, 32)[1], 90);
        for outside in ["../picture.png", "/etc/passwd", "a/b.png"] {
            note(&mut shot, Some(outside));
            assert!(picture(place.path(), &shot, (64, 64), [1, 2, 3]).is_none(), "{outside}");
        }
        note(&mut shot, None);
        assert!(shot.extra.is_empty());
    }
}
