//! A LoRA adapter: a small file of weights that is added to a model's.

use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::board::{Adapter, Line};

/// Which adapter, and how strongly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lora {
    /// The GGUF file.
    pub file: PathBuf,
    /// What its weights are multiplied with; 1 as it was trained.
    pub scale: f32,
    /// The file's SHA-256, in hexadecimal; empty until it was read.
    #[serde(default)]
    pub sha256: String,
}

impl Lora {
    /// As a take's plan records it.
    #[must_use]
    pub fn as_recorded(&self) -> Adapter {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        Adapter { name: Line::clipped(&name, 120), sha256: Line::clipped(&self.sha256, 64), scale: self.scale }
    }
}

/// Text that names no adapter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no adapter: FILE or FILE:SCALE is expected, with a scale from -10 to 10")]
pub struct NoAdapter(Line);

impl FromStr for Lora {
    type Err = NoAdapter;

    /// `FILE` or `FILE:SCALE`. A file whose name ends in a colon and a number is named with its scale behind that.
    fn from_str(raw: &str) -> Result<Self, NoAdapter> {
        let scaled = raw.rsplit_once(':').and_then(|(file, scale)| Some((file, scale.parse::<f32>().ok()?)));
        let (file, scale) = scaled.unwrap_or((raw, 1.0));
        let is_sound = !file.is_empty() && (-10.0..=10.0).contains(&scale);
        let lora = Self { file: PathBuf::from(file), scale, sha256: String::new() };
        is_sound.then_some(lora).ok_or_else(|| NoAdapter(Line::clipped(raw, 200)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adapter_is_a_file_with_or_without_a_scale() {
        let read = |raw: &str| raw.parse::<Lora>().map(|lora| (lora.file.to_string_lossy().into_owned(), lora.scale));
        let cases = [
            ("style.gguf", Ok(("style.gguf".to_owned(), 1.0))),
            ("style.gguf:0.5", Ok(("style.gguf".to_owned(), 0.5))),
            ("c:/models/style.gguf", Ok(("c:/models/style.gguf".to_owned(), 1.0))),
            ("a:2.gguf:-1", Ok(("a:2.gguf".to_owned(), -1.0))),
        ];
        for (raw, expected) in cases {
            assert_eq!(read(raw), expected, "{raw}");
        }
        for raw in ["", ":0.5", "style.gguf:nan", "style.gguf:1e9"] {
            assert!(read(raw).is_err(), "{raw}");
        }
    }
}
