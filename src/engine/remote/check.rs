//! Holding a server's answer to the form that was asked for: the same grammar that the local engine samples by.

use llguidance::api::TopLevelGrammar;
use llguidance::toktrie::{ApproximateTokEnv, InferenceCapabilities};
use llguidance::{Matcher, ParserFactory};
use serde_json::{Map, Value};

use crate::board::Line;
use crate::engine::scene::{SPACING, spacing};

/// The form of a job's answers.
pub(super) struct Form {
    matcher: Matcher,
    schema: Value,
}

impl Form {
    /// The form that a schema describes, byte by byte; how its JSON is spaced is left to the server.
    ///
    /// # Errors
    /// In words, where the schema is none.
    pub(super) fn new(schema: &Value) -> Result<Self, String> {
        let mut compact = schema.clone();
        if let Some(object) = compact.as_object_mut() {
            object.insert(SPACING.into(), spacing(",", ":"));
        }
        let bytes = ApproximateTokEnv::single_byte_env();
        let mut factory = ParserFactory::new(&bytes, InferenceCapabilities::default(), &[])
            .map_err(|error| format!("no grammar can be made here: {error}"))?;
        factory.quiet();
        let matcher = Matcher::new(factory.create_parser(TopLevelGrammar::from_json_schema(compact)));
        match matcher.get_error() {
            Some(error) => Err(format!("this form cannot be checked: {error}")),
            None => Ok(Self { matcher, schema: schema.clone() }),
        }
    }

    /// The schema it was made from.
    pub(super) fn schema(&self) -> &Value {
        &self.schema
    }

    /// The answer as the local engine would have written it: without blanks, its keys in the form's order.
    ///
    /// # Errors
    /// Where it is not of the form: what is wrong, in words.
    pub(super) fn check(&self, answer: &str) -> Result<String, String> {
        let plain = without_fence(answer);
        let value: Value = serde_json::from_str(plain).map_err(|error| format!("it is no JSON: {error}"))?;
        let text = ordered(value, &self.schema).to_string();
        let mut matcher = self.matcher.deep_clone();
        let bytes: Vec<u32> = text.bytes().map(u32::from).collect();
        let good = matcher.validate_tokens(&bytes).map_err(|error| error.to_string())?;
        if good < bytes.len() {
            return Err(format!("it is not of the form asked for behind \u{201c}{}\u{201d}", before(&text, good)));
        }
        matcher.consume_tokens(&bytes).map_err(|error| error.to_string())?;
        match matcher.is_accepting() {
            Ok(true) => Ok(text),
            Ok(false) => Err("it ends before the form does".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The words between marks of code, as chat models like to write them.
fn without_fence(answer: &str) -> &str {
    let answer = answer.trim();
    let Some(fenced) = answer.strip_prefix("```").and_then(|rest| rest.strip_suffix("```")) else { return answer };
    fenced.split_once('\n').map_or(fenced, |(_, words)| words).trim()
}

/// The last characters before a place in bytes, fit to be shown.
fn before(text: &str, at: usize) -> String {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text[..end].char_indices().rev().nth(30).map_or(0, |(start, _)| start);
    Line::clipped(&text[start..end], 60).to_string()
}

/// A value with the keys of its objects in the order that a schema names them; those it does not name come last.
fn ordered(value: Value, schema: &Value) -> Value {
    match (value, schema["properties"].as_object()) {
        (Value::Object(mut fields), Some(named)) => {
            let mut sorted = Map::new();
            for (key, form) in named {
                if let Some(field) = fields.remove(key) {
                    sorted.insert(key.clone(), ordered(field, form));
                }
            }
            sorted.extend(fields);
            Value::Object(sorted)
        }
        (Value::Array(items), _) => {
            let form = |at: usize| schema["prefixItems"].get(at).unwrap_or(&schema["items"]);
            Value::Array(items.into_iter().enumerate().map(|(at, item)| ordered(item, form(at))).collect())
        }
        (value, _) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn form() -> Form {
        Form::new(&json!({
            "type": "object", "required": ["action", "shots"], "additionalProperties": false,
            "properties": {
                "action": { "type": "string", "pattern": r"^\p{Lu}[\p{Ll} ]{2,30}[.]$" },
                "shots": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "enum": ["wide", "close"] } },
            },
            SPACING: spacing(",", ":"),
        }))
        .unwrap()
    }

    #[test]
    fn an_answer_of_the_form_is_taken_however_it_is_spaced_ordered_or_fenced() {
        for answer in [
            r#"{"action":"Ärgerlich.","shots":["wide"]}"#,
            "{\n  \"shots\": [ \"wide\" ],\n  \"action\": \"Ärgerlich.\"\n}\n",
            "```json\n{\"action\": \"Ärgerlich.\", \"shots\": [\"wide\"]}\n```",
        ] {
            assert_eq!(form().check(answer).as_deref(), Ok(r#"{"action":"Ärgerlich.","shots":["wide"]}"#));
        }
    }

    #[test]
    fn what_is_not_of_the_form_is_said_with_its_place() {
        for (answer, said) in [
            ("Sure! Here it is.", "no JSON"),
            (r#"{"action":"she waits.","shots":["wide"]}"#, "behind \u{201c}{\"action\":\"\u{201d}"),
            (r#"{"action":"She waits.","shots":["far"]}"#, "\"shots\":[\"\u{201d}"),
            (r#"{"action":"She waits.","shots":[]}"#, "behind"),
            (r#"{"action":"She waits.","shots":["wide"],"more":1}"#, "behind"),
            (r#"{"action":"She waits."}"#, "behind"),
            ("[]", "behind"),
        ] {
            let why = form().check(answer).unwrap_err();
            assert!(why.contains(said), "{answer}: {why}");
        }
    }
}
