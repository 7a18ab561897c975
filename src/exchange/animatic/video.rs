//! Video through ffmpeg: pictures go into its standard input, the file comes out under a temporary name.

use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Film;
use crate::board::Line;
use crate::exchange::order::{Credit, ExportError, Order, Watch};
use crate::exchange::reel::Reel;
use crate::exchange::source::Source;

/// A kind of video file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// H.264 in MP4.
    Mp4,
    /// VP9 in WebM.
    Webm,
}

impl Container {
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 => {
                &["-c:v", "libx264", "-preset", "medium", "-crf", "20", "-movflags", "+faststart", "-f", "mp4"]
            }
            Self::Webm => &[
                "-c:v",
                "libvpx-vp9",
                "-b:v",
                "0",
                "-crf",
                "32",
                "-deadline",
                "good",
                "-cpu-used",
                "5",
                "-row-mt",
                "1",
                "-f",
                "webm",
            ],
        }
    }
}

/// Writes the animatic to `path`, which may be there already.
///
/// # Errors
/// [`ExportError::Program`] where ffmpeg is missing or fails, else as the film.
pub fn write(order: &Order<'_>, container: Container, path: &Path, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let (pictures, per) = match order.options.motion_fps {
        Some(fps) => (fps.clamp(1, 240), 1),
        None => (reel.rate.numerator(), reel.rate.denominator()),
    };
    let film = Film::new(order, &reel, pictures, per)?;
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba"]);
    command.args(["-s", &format!("{}x{}", film.size.0, film.size.1), "-r", &format!("{pictures}/{per}")]);
    command.args(["-i", "pipe:0", "-an", "-pix_fmt", "yuv420p"]);
    command.args(["-metadata", &format!("title={}", order.board.title)]);
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().filter_map(|part| part.take));
        command.args(["-metadata", &format!("comment={} {}", source.sentence(), source.iptc())]);
    }
    command.args(container.arguments()).arg(path);
    // A pipe that nobody empties meanwhile could stop both programs; a file cannot.
    let mut said = tempfile::tempfile().map_err(|error| ExportError::Io(path.to_owned(), error))?;
    let err = said.try_clone().map_err(|error| ExportError::Io(path.to_owned(), error))?;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(err).spawn().map_err(|error| {
        let what = match error.kind() {
            std::io::ErrorKind::NotFound => "video is written by ffmpeg, and ffmpeg is not installed".to_owned(),
            _ => format!("ffmpeg could not be started: {error}"),
        };
        let hint = "install it (apt install ffmpeg, brew install ffmpeg), or export gif or webp, which need nothing";
        ExportError::Program { what, hint: hint.to_owned() }
    })?;
    let mut input = child.stdin.take();
    let mut last: Vec<u8> = Vec::new();
    let played = film.play(watch, |picture| {
        if let Some(picture) = picture {
            last.clear();
            last.extend_from_slice(picture.as_raw());
        }
        match &mut input {
            Some(input) => input.write_all(&last).map_err(|error| ExportError::Io(path.to_owned(), error)),
            None => Ok(()),
        }
    });
    drop(input);
    if matches!(played, Err(ExportError::Stopped | ExportError::Picture(_))) {
        // It may have ended by itself meanwhile.
        let _ = child.kill();
        let _ = child.wait();
        return played;
    }
    let ended = child.wait().map_err(|error| ExportError::Io(path.to_owned(), error))?;
    if !ended.success() {
        let mut words = String::new();
        // Where even that cannot be read, the exit status is all there is to tell.
        let _ = said.rewind().and_then(|()| said.read_to_string(&mut words));
        let words = Line::clipped(words.lines().last().unwrap_or_default(), 300);
        return Err(ExportError::Program {
            what: format!("ffmpeg failed ({ended}): {words}"),
            hint: "try another size, or an ffmpeg with libx264 and libvpx".to_owned(),
        });
    }
    played?;
    Ok(())
}
