//! Pictures by an image server: `POST /sdapi/v1/txt2img` and `img2img` (the shape of A1111, stable-diffusion.cpp,
//! KoboldCpp and Draw Things), or `POST /v1/images/generations` (OpenAI's shape). Which of them a server speaks is said in
//! the settings and never guessed. The first starts from our own sketch, so the composition the writer approved is kept.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{ImageReader, RgbaImage};
use serde::Deserialize;
use serde_json::{Value, json};

use super::picture::{FrameError, Origin, Size, Source, png};
use crate::board::{Shot, Storyboard};

/// An answer larger than this is not read: a picture of 8192 by 8192 pixels is smaller.
const MOST_BYTES: u64 = 96 << 20;
/// A picture with more pixels than this is not decoded.
const MOST_SIDE: u32 = 8192;

/// Which requests a server understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// `/sdapi/v1/img2img` and `txt2img`.
    A1111,
    /// `/v1/images/generations`.
    Openai,
}

/// The `images:` part of `config.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the server is, without a path: `http://127.0.0.1:7860`.
    pub server: String,
    /// Which requests it understands.
    pub shape: Shape,
    /// Words before every prompt.
    #[serde(default = "Settings::usual_prompt")]
    pub prompt: String,
    /// What is not wanted; only for servers of the first shape.
    #[serde(default)]
    pub negative_prompt: String,
    /// Steps.
    #[serde(default = "Settings::usual_steps")]
    pub steps: u32,
    /// How far a picture may go from our sketch, from 0 to 1; 1 starts from nothing.
    #[serde(default = "Settings::usual_denoising")]
    pub denoising_strength: f32,
    /// The model's name; only for servers of the second shape.
    #[serde(default)]
    pub model: Option<String>,
    /// Seconds until an answer is no longer waited for.
    #[serde(default = "Settings::usual_timeout")]
    pub timeout: u64,
}

impl Settings {
    fn usual_prompt() -> String {
        "storyboard frame, rough pencil drawing".into()
    }

    const fn usual_steps() -> u32 {
        20
    }

    const fn usual_denoising() -> f32 {
        0.6
    }

    const fn usual_timeout() -> u64 {
        300
    }
}

/// Why a server gave no picture.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// It could not be reached, or broke off.
    #[error("the image server {server} did not answer: {why}")]
    Unreached {
        /// Where it should be.
        server: String,
        /// What happened.
        why: String,
    },
    /// It refused.
    #[error("the image server {server} answered {status}: {said}")]
    Refused {
        /// Where it is.
        server: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of what it said.
        said: String,
    },
    /// Its answer holds no picture.
    #[error("the answer of the image server {server} is no picture: {why}")]
    NoPicture {
        /// Where it is.
        server: String,
        /// What is wrong with it.
        why: String,
    },
    /// Our own sketch could not be made.
    #[error(transparent)]
    Frame(#[from] FrameError),
}

/// What is asked for one shot.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// What the picture shows.
    pub prompt: String,
    /// Pixels.
    pub size: Size,
    /// The sampling's seed; servers of OpenAI's shape have none.
    pub seed: u32,
}

impl Ask {
    /// What is asked for a shot: how it is framed, what it shows, how those in it look.
    #[must_use]
    pub fn new(settings: &Settings, board: &Storyboard, heading: &str, shot: &Shot, size: Size, seed: u32) -> Self {
        let mut parts = vec![
            settings.prompt.clone(),
            format!("{} shot, {} angle", shot.size, shot.angle),
            shot.description.to_string(),
            heading.to_owned(),
        ];
        for staged in &shot.staging {
            let look = board.bible.find(&staged.subject).map(|(_, entry)| entry.look.to_string()).unwrap_or_default();
            let pose = staged.pose.as_ref().map(|pose| format!(", {pose}")).unwrap_or_default();
            parts.push(format!("{} ({look}){pose} at the {}", staged.subject, staged.position));
        }
        parts.retain(|part| !part.trim().is_empty());
        Self { prompt: parts.join(". "), size, seed }
    }
}

/// Asks a server for a picture of what a sketch shows, and says where it came from.
///
/// # Errors
/// [`ServerError`]; the sketch is then still the frame.
pub fn picture(settings: &Settings, ask: &Ask, sketch: &RgbaImage) -> Result<(RgbaImage, Origin), ServerError> {
    let from_sketch = settings.shape == Shape::A1111 && settings.denoising_strength < 1.0;
    let (path, body) = match settings.shape {
        Shape::A1111 => {
            let mut body = json!({
                "prompt": ask.prompt,
                "negative_prompt": settings.negative_prompt,
                "width": round(ask.size.width()),
                "height": round(ask.size.height()),
                "steps": settings.steps,
                "seed": ask.seed,
                "batch_size": 1,
            });
            if from_sketch {
                let start = png(sketch, &Origin::sketch("", ""))?;
                body["init_images"] = json!([STANDARD.encode(start)]);
                body["denoising_strength"] = json!(settings.denoising_strength.clamp(0.0, 1.0));
            }
            (if from_sketch { "/sdapi/v1/img2img" } else { "/sdapi/v1/txt2img" }, body)
        }
        Shape::Openai => {
            let mut body = json!({
                "prompt": ask.prompt,
                "n": 1,
                "size": format!("{}x{}", ask.size.width(), ask.size.height()),
                "output_format": "png",
            });
            if let Some(model) = &settings.model {
                body["model"] = json!(model);
            }
            ("/v1/images/generations", body)
        }
    };
    let server = Server::new(settings);
    let answer: Value = serde_json::from_slice(&server.post(path, &body)?).map_err(|error| server.no_picture(error))?;
    let bytes = match settings.shape {
        Shape::A1111 => server.decoded(answer["images"][0].as_str())?,
        Shape::Openai => match (answer["data"][0]["b64_json"].as_str(), answer["data"][0]["url"].as_str()) {
            (Some(text), _) => server.decoded(Some(text))?,
            (None, Some(url)) => server.get(url)?,
            (None, None) => return Err(server.no_picture("it has neither b64_json nor url")),
        },
    };
    let picture = open(&bytes).map_err(|why| server.no_picture(why))?;
    let mut notes = vec![
        ("Software", concat!("slateboard ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("slateboard:renderer", "server".to_owned()),
        ("slateboard:server", settings.server.clone()),
        ("slateboard:prompt", ask.prompt.clone()),
    ];
    if settings.shape == Shape::A1111 {
        notes.push(("slateboard:seed", ask.seed.to_string()));
    }
    Ok((picture, Origin { source: if from_sketch { Source::ModelFromSketch } else { Source::Model }, notes }))
}

/// Diffusion models want sides of whole eights.
fn round(side: u32) -> u32 {
    (side / 8 * 8).max(64)
}

/// Opens a picture file's bytes: PNG, JPEG or WebP as far as this build reads them, its size looked at before its pixels.
///
/// # Errors
/// In words, where it is none or too large.
pub fn open(bytes: &[u8]) -> Result<RgbaImage, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(512 << 20);
    reader.limits(limits);
    reader.decode().map(|picture| picture.into_rgba8()).map_err(|error| error.to_string())
}

/// A server while it is asked.
struct Server<'a> {
    at: &'a str,
    agent: ureq::Agent,
}

impl<'a> Server<'a> {
    fn new(settings: &'a Settings) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(settings.timeout.clamp(1, 3600))))
            .http_status_as_error(false)
            .build();
        Self { at: settings.server.trim_end_matches('/'), agent: config.into() }
    }

    fn unreached(&self, why: impl ToString) -> ServerError {
        ServerError::Unreached { server: self.at.to_owned(), why: why.to_string() }
    }

    fn no_picture(&self, why: impl ToString) -> ServerError {
        ServerError::NoPicture { server: self.at.to_owned(), why: why.to_string() }
    }

    fn post(&self, path: &str, body: &Value) -> Result<Vec<u8>, ServerError> {
        let text = body.to_string();
        let request = self.agent.post(format!("{}{path}", self.at)).header("content-type", "application/json");
        self.read(request.send(text.as_bytes()))
    }

    fn get(&self, url: &str) -> Result<Vec<u8>, ServerError> {
        // A server may name a picture by a path of its own.
        let whole = if url.starts_with('/') { format!("{}{url}", self.at) } else { url.to_owned() };
        self.read(self.agent.get(whole).call())
    }

    fn read(&self, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Vec<u8>, ServerError> {
        let mut answer = answer.map_err(|error| self.unreached(error))?;
        let status = answer.status().as_u16();
        let mut bytes = Vec::new();
        answer
            .body_mut()
            .as_reader()
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.unreached(error))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(self.no_picture(format!("it is longer than {MOST_BYTES} bytes")));
        }
        if !(200..300).contains(&status) {
            let said =
                crate::board::Line::clipped(&String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]), 200).to_string();
            return Err(ServerError::Refused { server: self.at.to_owned(), status, said });
        }
        Ok(bytes)
    }

    /// Base64, perhaps with a `data:` prefix.
    fn decoded(&self, text: Option<&str>) -> Result<Vec<u8>, ServerError> {
        let text = text.ok_or_else(|| self.no_picture("it lists no picture"))?;
        let plain =
            if text.starts_with("data:") { text.split_once(',').map_or(text, |(_, plain)| plain) } else { text };
        STANDARD.decode(plain.trim()).map_err(|error| self.no_picture(error))
    }
}

#[cfg(test)]
mod tests;
