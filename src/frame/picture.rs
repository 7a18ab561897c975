//! A picture's size, where it came from, and its bytes as PNG.

use std::str::FromStr;

use image::RgbaImage;
use png::{BitDepth, ColorType, Compression, Encoder};

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A size that is none, or out of bounds.
    #[error("`{0}` is no picture size; WIDTHxHEIGHT is expected, each from 16 to 8192, such as 1280x720")]
    Size(crate::board::Line),
    /// There is no memory for a picture of that size.
    #[error("there is no memory for a picture of {0}x{1}")]
    Memory(u32, u32),
    /// A style that cannot be read.
    #[error("the style cannot be used: {0}")]
    Style(String),
    /// The picture could not be encoded.
    #[error("the picture could not be encoded: {0}")]
    Encode(String),
}

/// Width and height in pixels, each from 16 to 8192.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    width: u32,
    height: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { width: 1280, height: 720 }
    }
}

impl Size {
    /// A size; `None` where a side is out of bounds.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let bounds = 16..=8192;
        (bounds.contains(&width) && bounds.contains(&height)).then_some(Self { width, height })
    }

    /// Pixels across.
    #[must_use]
    pub const fn width(self) -> u32 {
        self.width
    }

    /// Pixels down.
    #[must_use]
    pub const fn height(self) -> u32 {
        self.height
    }
}

impl FromStr for Size {
    type Err = FrameError;
    fn from_str(raw: &str) -> Result<Self, FrameError> {
        let sides = raw.split_once(['x', 'X']).and_then(|(w, h)| Self::new(w.parse().ok()?, h.parse().ok()?));
        sides.ok_or_else(|| FrameError::Size(crate::board::Line::clipped(raw, 40)))
    }
}

/// How a picture came to be, in the IPTC's words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Drawn by a program that learned from no pictures.
    Algorithm,
    /// Made by a model that learned from pictures.
    Model,
    /// Made by such a model from a drawing of ours.
    ModelFromSketch,
    /// Brought by a person, who knows how it came to be.
    Given,
}

impl Source {
    /// The IPTC's term, where one can be known; from <http://cv.iptc.org/newscodes/digitalsourcetype/>.
    #[must_use]
    pub const fn term(self) -> Option<&'static str> {
        Some(match self {
            Self::Algorithm => "algorithmicMedia",
            Self::Model => "trainedAlgorithmicMedia",
            Self::ModelFromSketch => "compositeWithTrainedAlgorithmicMedia",
            Self::Given => return None,
        })
    }
}

/// Where a picture came from, as it is written into its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// How it came to be.
    pub source: Source,
    /// What is kept of it: a keyword of Latin letters, and its text.
    pub notes: Vec<(&'static str, String)>,
}

impl Origin {
    /// A sketch of ours, in a style, of what a description tells.
    #[must_use]
    pub fn sketch(style: &str, description: &str) -> Self {
        let mut notes = vec![
            ("Software", concat!("slateboard ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("slateboard:renderer", "sketch".to_owned()),
            ("slateboard:style", style.to_owned()),
        ];
        if !description.is_empty() {
            notes.push(("Description", description.to_owned()));
        }
        Self { source: Source::Algorithm, notes }
    }

    /// A sketch that only this program reads again.
    #[must_use]
    pub const fn cached() -> Self {
        Self { source: Source::Algorithm, notes: Vec::new() }
    }

    /// A picture that a person gave.
    #[must_use]
    pub fn given(description: &str) -> Self {
        let mut notes = vec![
            ("Software", concat!("slateboard ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("slateboard:renderer", "given".to_owned()),
        ];
        if !description.is_empty() {
            notes.push(("Description", description.to_owned()));
        }
        Self { source: Source::Given, notes }
    }

    /// The XMP packet that programs which handle pictures look for.
    fn xmp(&self) -> Option<String> {
        let term = self.source.term()?;
        Some(format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"><Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{}</Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
            term
        ))
    }
}

/// The picture as PNG, without its alpha: frames are opaque. Where it came from stands in it.
///
/// # Errors
/// [`FrameError::Encode`].
pub fn png(picture: &RgbaImage, origin: &Origin) -> Result<Vec<u8>, FrameError> {
    let failed = |error: png::EncodingError| FrameError::Encode(error.to_string());
    let rgb: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    for (keyword, text) in &origin.notes {
        encoder.add_itxt_chunk((*keyword).to_owned(), text.clone()).map_err(failed)?;
    }
    if let Some(xmp) = origin.xmp() {
        encoder.add_itxt_chunk("XML:com.adobe.xmp".to_owned(), xmp).map_err(failed)?;
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&rgb).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_outside_the_bounds_are_refused() {
        assert_eq!("640x360".parse::<Size>().unwrap(), Size::new(640, 360).unwrap());
        for wrong in ["", "640", "15x360", "640x8193", "-1x20", "640x360x2", "axb"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_says_where_its_picture_came_from_and_keeps_its_pixels() {
        let picture = RgbaImage::from_fn(20, 16, |x, y| image::Rgba([x as u8 * 9, y as u8 * 7, 40, 255]));
        let bytes = png(&picture, &Origin::sketch("ink", "Elle rit. <é>")).unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().into_rgba8(), picture);
        let reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let texts: Vec<(String, String)> =
            reader.info().utf8_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap())).collect();
        let of = |keyword: &str| texts.iter().find(|(known, _)| known == keyword).unwrap().1.clone();
        assert_eq!(of("slateboard:style"), "ink");
        assert_eq!(of("Description"), "Elle rit. <é>");
        assert!(of("XML:com.adobe.xmp").contains("digitalsourcetype/algorithmicMedia"));
    }
}
