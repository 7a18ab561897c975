//! Numbers that have to be numbers: YAML knows `.nan` and `.inf`, JSON has no words for them, so what would hold one could be
//! written to the journal and never be read again.

use serde::{Deserialize, Deserializer};

/// Reads a finite number.
pub(super) fn finite<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    let number = f32::deserialize(deserializer)?;
    if number.is_finite() { Ok(number) } else { Err(serde::de::Error::custom("a finite number is expected")) }
}

/// Reads a finite number where there is one.
pub(super) fn finite_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f32>, D::Error> {
    match Option::<f32>::deserialize(deserializer)? {
        Some(number) if !number.is_finite() => Err(serde::de::Error::custom("a finite number is expected")),
        number => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use crate::board::{Chosen, Leaning, Sampler};

    #[test]
    fn a_number_that_the_journal_could_not_hold_is_refused() {
        for wrong in [".nan", ".inf", "-.inf", "1e39"] {
            let refused = |error: serde_yaml::Error| assert!(error.to_string().contains("finite number"), "{error}");
            refused(serde_yaml::from_str::<Leaning>(&format!("{{phrase: a, by: {wrong}}}")).unwrap_err());
            let chosen = format!("{{place: 1, of: 1, by: taste, probability: {wrong}}}");
            refused(serde_yaml::from_str::<Chosen>(&chosen).unwrap_err());
            let sampler = serde_yaml::to_string(&Sampler::default()).unwrap();
            let line = sampler.lines().find(|line| line.starts_with("temperature")).unwrap();
            refused(
                serde_yaml::from_str::<Sampler>(&sampler.replace(line, &format!("temperature: {wrong}"))).unwrap_err(),
            );
        }
        assert!(serde_yaml::from_str::<Leaning>("{phrase: a, by: -0.7}").is_ok());
    }
}
