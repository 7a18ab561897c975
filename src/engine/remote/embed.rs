//! Where answers lie among texts, by the server's own embeddings, where it has them.

use std::time::Duration;

use serde_json::{Value, json};

use super::http::{Trouble, Wire};
use crate::board::{Embedding, Line, Reading};
use crate::engine::job::Cancel;

/// How long embeddings may take.
const WITHIN: Duration = Duration::from_secs(60);

/// Embeds texts with `model`, in their order.
///
/// # Errors
/// [`Trouble`]; an answer that is none is [`Trouble::Passing`].
pub(super) fn embed(wire: &Wire, model: &str, texts: &[String], cancel: &Cancel) -> Result<Vec<Embedding>, Trouble> {
    let answer = wire.post("/embeddings", &json!({ "model": model, "input": texts }), WITHIN, cancel)?;
    let value = wire.json(answer, cancel)?;
    let strange = || wire.strange(value.to_string().as_bytes());
    let data = value["data"].as_array().filter(|data| data.len() == texts.len()).ok_or_else(strange)?;
    let mut all = vec![None; texts.len()];
    for (at, one) in data.iter().enumerate() {
        let place = one["index"].as_u64().and_then(|index| usize::try_from(index).ok()).unwrap_or(at);
        *all.get_mut(place).ok_or_else(strange)? = point(&one["embedding"]);
    }
    all.into_iter().collect::<Option<Vec<Embedding>>>().ok_or_else(strange)
}

#[expect(clippy::cast_possible_truncation, reason = "kept to 16 bits in any case")]
fn point(numbers: &Value) -> Option<Embedding> {
    // Some servers put a point for each text into a list of its own.
    let numbers = numbers.as_array()?;
    let numbers = numbers.first().and_then(Value::as_array).unwrap_or(numbers);
    let numbers: Vec<f32> = numbers.iter().map(|number| number.as_f64().map(|n| n as f32)).collect::<Option<_>>()?;
    Embedding::new(&numbers).filter(|_| !numbers.is_empty())
}

/// What embeddings say of answers; nothing of those that are none, and nothing at all where the server fails: taste then
/// goes by structure.
pub(super) fn readings(wire: &Wire, model: &str, answers: &[Option<String>], cancel: &Cancel) -> Vec<Option<Reading>> {
    let texts: Vec<String> = answers.iter().flatten().map(|answer| prose(answer)).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let Ok(points) = embed(wire, model, &texts, cancel) else { return Vec::new() };
    let mut points = points.into_iter();
    let name = Line::clipped(&format!("{model} on {}", wire.endpoint.host()), 200);
    let reading = |embedding| Reading { model: name.clone(), embedding, likelihood: None };
    answers.iter().map(|answer| answer.as_ref().and_then(|_| points.next()).map(reading)).collect()
}

/// The words of an answer, without its form.
fn prose(answer: &str) -> String {
    fn collect(value: &Value, words: &mut Vec<String>) {
        match value {
            Value::String(text) => words.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
            Value::Object(fields) => fields.values().for_each(|field| collect(field, words)),
            _ => {}
        }
    }
    let mut words = Vec::new();
    collect(&serde_json::from_str(answer).unwrap_or_default(), &mut words);
    words.join("\n")
}
