//! The project in one archive: board, frames, given pictures, feedback and how every take came to be. `slateboard import` reads it.

use std::io::{Seek, Write};
use std::ops::ControlFlow;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::frames::drawn;
use super::order::{Credit, ExportError, Order, Report, Watch};
use super::reel::Reel;
use super::source;
use crate::board::text::harmless_json;

/// Writes the archive.
///
/// # Errors
/// [`ExportError`].
pub fn write<W: Write + Seek>(
    order: &Order<'_>,
    board: &crate::board::Storyboard,
    out: W,
    report: &mut Report,
    watch: &mut dyn Watch,
) -> Result<(), ExportError> {
    let failed = |error: std::io::Error| ExportError::Io("the archive".into(), error);
    let broken = |error: zip::result::ZipError| failed(std::io::Error::other(error));
    let text = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // PNG is packed already.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(out);
    zip.start_file("board.yaml", text).map_err(broken)?;
    zip.write_all(order.studio.yaml(board).as_bytes()).map_err(failed)?;
    if !order.verdicts.is_empty() {
        zip.start_file("feedback.jsonl", text).map_err(broken)?;
        for record in order.verdicts.iter().filter(|record| order.selection.has(record.scene)) {
            let line = serde_json::to_string(record).map_err(|error| failed(std::io::Error::other(error)))?;
            let line = harmless_json(line);
            writeln!(zip, "{line}").map_err(failed)?;
        }
    }
    if order.options.credit == Credit::Said {
        zip.start_file("manifest.json", text).map_err(broken)?;
        write!(zip, "{:#}", source::manifest(board)).map_err(failed)?;
    }
    let reel = Reel::new(order.board, order.selection);
    drawn(order, &reel, order.options.size, watch, |name, bytes| {
        zip.start_file(format!("frames/{name}"), stored).map_err(broken)?;
        zip.write_all(bytes).map_err(failed)
    })?;
    for (name, bytes) in order.studio.given(board) {
        zip.start_file(format!("pictures/{name}"), stored).map_err(broken)?;
        zip.write_all(&bytes).map_err(failed)?;
    }
    if watch.step(1, 1) == ControlFlow::Break(()) {
        return Err(ExportError::Stopped);
    }
    zip.finish().map_err(broken)?;
    report.leave_out("the journal and prompts");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::exchange::fixture::{self, Grey};
    use crate::exchange::{Options, Selection};

    #[test]
    fn an_archive_holds_board_frames_and_manifest() {
        let board = fixture::keeper();
        let (selection, options) = (Selection::default(), Options { size: (64, 36), ..Options::default() });
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        let mut bytes = Cursor::new(Vec::new());
        let mut watch = |_: usize, _: usize| ControlFlow::Continue(());
        write(&order, &board, &mut bytes, &mut Report::default(), &mut watch).unwrap();
        let archive = zip::ZipArchive::new(bytes).unwrap();
        let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort_unstable();
        assert_eq!(names, ["board.yaml", "frames/scene-1-shot-01.png", "frames/scene-1-shot-02.png", "manifest.json"]);
    }

    /// Grey frames, and one picture that was given.
    struct Given;

    impl crate::exchange::Studio for Given {
        fn panel(
            &self,
            scene: &crate::board::Scene,
            shot: &crate::board::Shot,
            width: u32,
            height: u32,
        ) -> Result<image::RgbaImage, String> {
            Grey.panel(scene, shot, width, height)
        }
        fn given(&self, _: &crate::board::Storyboard) -> Vec<(String, Vec<u8>)> {
            let bytes = drawing();
            vec![(crate::exchange::given::name(&bytes), bytes)]
        }
        fn yaml(&self, board: &crate::board::Storyboard) -> String {
            serde_yaml::to_string(board).unwrap()
        }
    }

    fn drawing() -> Vec<u8> {
        let picture = image::RgbaImage::from_pixel(8, 8, image::Rgba([9, 8, 7, 255]));
        crate::exchange::picture::png(&picture, None).unwrap()
    }

    #[test]
    fn pictures_that_were_given_go_along_and_come_back() {
        let mut board = fixture::keeper();
        let name = crate::exchange::given::name(&drawing());
        crate::exchange::given::note(&mut board.scenes[0].takes[0].shots[0], Some(&name));
        let (selection, options) = (Selection::default(), Options { size: (64, 36), ..Options::default() });
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Given };
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("project.zip");
        let mut watch = |_: usize, _: usize| ControlFlow::Continue(());
        let file = std::fs::File::create(&path).unwrap();
        write(&order, &board, file, &mut Report::default(), &mut watch).unwrap();
        let read_board = |bytes: &[u8]| serde_yaml::from_slice(bytes).map_err(|error| error.to_string());
        let zip = crate::exchange::import::From::Zip;
        let back = crate::exchange::import::read(&path, zip, &read_board, &mut ulid::Ulid::new, &mut watch);
        let back = back.unwrap();
        assert_eq!(back.pictures.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [name.as_str()]);
        assert_eq!(back.board.scenes[0].takes[0].shots, board.scenes[0].takes[0].shots);
    }
}
