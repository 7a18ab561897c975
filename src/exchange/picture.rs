//! Pictures as PNG with their provenance inside.

use image::RgbaImage;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::source::Source;

/// The picture as an opaque PNG; where it is said whose text it was drawn from, that is inside as XMP and as text.
///
/// # Errors
/// In words.
pub fn png(picture: &RgbaImage, source: Option<Source>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let said = |error: png::EncodingError| error.to_string();
    let palette = Palette::of(picture);
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_compression(Compression::Balanced);
    encoder.set_depth(BitDepth::Eight);
    if let Some(source) = source {
        encoder.add_itxt_chunk("XML:com.adobe.xmp".to_owned(), source.xmp("")).map_err(said)?;
        encoder.add_itxt_chunk("Comment".to_owned(), source.sentence().to_owned()).map_err(said)?;
        encoder
            .add_itxt_chunk("Software".to_owned(), concat!("slateboard ", env!("CARGO_PKG_VERSION")).to_owned())
            .map_err(said)?;
    }
    let samples: Vec<u8> = match &palette {
        Some(palette) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette.colours.concat());
            encoder.set_filter(Filter::NoFilter);
            palette.indices.clone()
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_filter(Filter::Adaptive);
            picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        }
    };
    let mut writer = encoder.write_header().map_err(said)?;
    writer.write_image_data(&samples).map_err(said)?;
    writer.finish().map_err(said)?;
    Ok(bytes)
}

/// A picture of at most 256 colours by its palette: a quarter of the bytes, and nothing lost.
struct Palette {
    colours: Vec<[u8; 3]>,
    indices: Vec<u8>,
}

impl Palette {
    fn of(picture: &RgbaImage) -> Option<Self> {
        let mut known = std::collections::HashMap::with_capacity(256);
        let mut colours = Vec::new();
        let mut indices = Vec::with_capacity(picture.pixels().len());
        let mut last = None;
        for pixel in picture.pixels() {
            let colour = [pixel[0], pixel[1], pixel[2]];
            let index = match last {
                Some((before, index)) if before == colour => index,
                _ => {
                    let next = colours.len();
                    let index = *known.entry(colour).or_insert_with(|| {
                        colours.push(colour);
                        next
                    });
                    if index > 255 {
                        return None;
                    }
                    index
                }
            };
            last = Some((colour, index));
            indices.push(u8::try_from(index).ok()?);
        }
        Some(Self { colours, indices })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn few_colours_and_many_both_come_back_as_they_were() {
        let few = RgbaImage::from_fn(40, 30, |x, y| Rgba([(x * 5) as u8, 9, (y % 2) as u8, 255]));
        let many = RgbaImage::from_fn(40, 30, |x, y| Rgba([(x * 6) as u8, (y * 8) as u8, 7, 255]));
        for picture in [few, many] {
            let bytes = png(&picture, Some(Source::Composite)).unwrap();
            assert_eq!(image::load_from_memory(&bytes).unwrap().into_rgba8(), picture);
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.contains("compositeWithTrainedAlgorithmicMedia"));
        }
    }

    #[test]
    fn without_provenance_nothing_is_said() {
        let bytes = png(&RgbaImage::new(2, 2), None).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("slateboard"));
    }
}
