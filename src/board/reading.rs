//! What a model's own inside says of a take: where it lies among texts, and how likely the model found it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::number::finite_if_any;
use super::text::Line;

/// The most numbers an embedding may have; the widest models have a few thousand.
const WIDEST: usize = 1 << 16;

/// A take as the model that wrote it read it, taken from the computation that wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The model file's SHA-256, or a server's name for its model: readings of different models cannot be compared.
    pub model: Line,
    /// The mean of the model's hidden states over the take's prose, as far as the engine that wrote it saw them.
    pub embedding: Embedding,
    /// The mean natural logarithm of the probability that the model gave to each word of the take's prose, under the
    /// prompt the take was written from; 0 at the most. `None` where a server did not say.
    #[serde(default, deserialize_with = "finite_if_any", skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<f32>,
}

/// A point in a model's hidden space.
///
/// Each number is kept to the 16 bits of a bfloat16 (8 bits of precision), in memory too: what is computed from it is then
/// the same before and after it was on disk. In JSON it is one base64 string.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Embedding(Vec<f32>);

impl Embedding {
    /// The nearest embedding to these numbers; `None` where one of them is not finite or there are too many.
    #[must_use]
    pub fn new(numbers: &[f32]) -> Option<Self> {
        let sound = numbers.len() <= WIDEST && numbers.iter().all(|number| number.is_finite());
        sound.then(|| Self(numbers.iter().map(|&number| f32::from_bits(rounded(number) << 16)).collect()))
    }

    /// Its numbers.
    #[must_use]
    pub fn numbers(&self) -> &[f32] {
        &self.0
    }
}

/// The upper half of a number's bits, rounded to the nearest; never rounded up to infinity.
fn rounded(number: f32) -> u32 {
    let bits = number.to_bits();
    let up = (bits >> 15) & 1;
    let half = (bits >> 16) + up;
    if half & 0x7f80 == 0x7f80 { bits >> 16 } else { half }
}

impl Serialize for Embedding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let halves: Vec<u8> =
            self.0.iter().flat_map(|number| (number.to_bits() >> 16).to_le_bytes()[..2].to_vec()).collect();
        serializer.serialize_str(&STANDARD_NO_PAD.encode(halves))
    }
}

impl<'de> Deserialize<'de> for Embedding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refused = |why: &str| serde::de::Error::custom(format!("an embedding is expected: {why}"));
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        if text.len() > WIDEST * 3 {
            return Err(refused("this one is too long"));
        }
        let bytes = STANDARD_NO_PAD.decode(text.as_bytes()).map_err(|_| refused("base64 without padding"))?;
        let numbers: Vec<f32> = bytes
            .chunks_exact(2)
            .map(|half| f32::from_bits(u32::from(u16::from_le_bytes([half[0], half[1]])) << 16))
            .collect();
        if bytes.len() % 2 == 1 {
            return Err(refused("two bytes a number"));
        }
        Self::new(&numbers).ok_or_else(|| refused("numbers that are finite"))
    }
}

impl JsonSchema for Embedding {
    fn schema_name() -> Cow<'static, str> {
        "Embedding".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "contentEncoding": "base64" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_embedding_is_refused() {
        for text in ["\"AA\"", "\"????\"", "7", "\"gH8\""] {
            assert!(serde_json::from_str::<Embedding>(text).is_err(), "{text}");
        }
        assert_eq!(Embedding::new(&[1.0, f32::NAN]), None);
        assert_eq!(Embedding::new(&[f32::INFINITY]), None);
    }

    proptest! {
        #[test]
        fn an_embedding_is_the_same_after_it_was_on_disk(numbers in prop::collection::vec(-1e30_f32..1e30, 0..40)) {
            let embedding = Embedding::new(&numbers).unwrap();
            let text = serde_json::to_string(&embedding).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Embedding>(&text).unwrap(), &embedding);
            for (kept, number) in embedding.numbers().iter().zip(&numbers) {
                prop_assert!((kept - number).abs() <= number.abs() / 256.0);
            }
        }

        #[test]
        fn the_largest_numbers_stay_finite(number in prop::num::f32::NORMAL) {
            let embedding = Embedding::new(&[number]).unwrap();
            prop_assert!(embedding.numbers()[0].is_finite());
        }
    }
}
