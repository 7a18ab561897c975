//! The form of an answer as servers' grammars understand it.
//!
//! llama.cpp, xgrammar and the like read a part of JSON Schema, and of patterns: no classes of Unicode, no list that has
//! both a beginning and a rest. So classes become ranges, and such lists alternatives. Where a range says more than its
//! class did, the answer's check says the rest.

use serde_json::{Map, Value, json};

use crate::engine::scene::SPACING;

/// The letters, marks and digits of the languages with capitals, and of those without, as ranges. Where capitals and small
/// letters take turns (Ā ā), both ranges have both.
const CLASSES: &[(&str, &str)] = &[
    (r"\p{Lu}", "A-ZÀ-ÖØ-ÞĀ-ſΆ-ΏΑ-ΫЀ-Я"),
    (r"\p{Ll}", "a-zß-öø-ÿĀ-ſά-ώа-џ"),
    (r"\p{Lo}", LETTERS_WITHOUT_CASE),
    (r"\p{M}", "\u{300}-\u{36f}\u{64b}-\u{65f}\u{900}-\u{903}\u{93c}-\u{94d}\u{e31}-\u{e3a}\u{e47}-\u{e4e}"),
    (r"\p{N}", "0-9"),
];
const LETTERS_WITHOUT_CASE: &str = "ªºא-תء-يऄ-हก-ะぁ-ゖァ-ヺ一-鿿가-힣";

/// The most alternatives that a list becomes.
const MOST: u64 = 64;

/// A schema that says the same in fewer words.
pub(super) fn portable(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(fields) = schema.as_object_mut() {
        // It is said to llguidance alone.
        fields.remove(SPACING);
    }
    simplify(&mut schema);
    schema
}

fn simplify(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get_mut("pattern") {
                *text = pattern(text);
            }
            for (key, field) in fields.iter_mut() {
                // What stands there is data, not a form.
                if !["const", "enum", "pattern", "required"].contains(&key.as_str()) {
                    simplify(field);
                }
            }
            if let Some(Value::Array(beginning)) = fields.get("prefixItems") {
                *value = list(beginning.clone(), fields);
            }
        }
        _ => {}
    }
}

/// A list that begins so: of just these parts, or one alternative for each length it may have.
fn list(beginning: Vec<Value>, fields: &Map<String, Value>) -> Value {
    let tuple = |parts: Vec<Value>| {
        let count = parts.len();
        json!({ "type": "array", "prefixItems": parts, "minItems": count, "maxItems": count })
    };
    let Some(rest) = fields.get("items").filter(|rest| rest.is_object()) else { return tuple(beginning) };
    let bound = |key: &str| fields.get(key).and_then(Value::as_u64);
    let given = beginning.len() as u64;
    let least = bound("minItems").unwrap_or(given).max(given);
    let most = bound("maxItems").unwrap_or(least).clamp(least, least + MOST);
    let ways = (least..=most).map(|count| {
        let more = usize::try_from(count - given).unwrap_or_default();
        tuple(beginning.iter().cloned().chain(std::iter::repeat_n(rest.clone(), more)).collect())
    });
    json!({ "anyOf": ways.collect::<Vec<_>>() })
}

/// A pattern with ranges in the place of classes, and without escapes that say nothing.
fn pattern(text: &str) -> String {
    let all: String =
        CLASSES.iter().filter(|(class, _)| *class != r"\p{M}" && *class != r"\p{N}").map(|(_, r)| *r).collect();
    let mut plain = String::new();
    let mut in_brackets = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let class = CLASSES.iter().map(|&(class, range)| (class, range)).chain([(r"\p{L}", all.as_str())]);
        if let Some((class, range)) = class.into_iter().find(|(class, _)| rest.starts_with(class)) {
            plain.push_str(&if in_brackets { range.to_owned() } else { format!("[{range}]") });
            rest = &rest[class.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().unwrap_or('\\');
                rest = &rest[escaped.len_utf8().min(rest.len())..];
                if r"^$.*+?()[]{}|\".contains(escaped) || escaped.is_ascii_alphanumeric() {
                    plain.push('\\');
                }
                plain.push(escaped);
            }
            // A bracket in brackets needs its escape everywhere.
            '[' if in_brackets => plain.push_str(r"\["),
            _ => {
                in_brackets = (in_brackets || c == '[') && c != ']';
                plain.push(c);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_become_ranges_and_needless_escapes_go() {
        let range = |class: &str| CLASSES.iter().find(|(known, _)| *known == class).unwrap().1;
        assert_eq!(
            pattern(r"^\p{Lu}[\p{Ll}'-]{0,3}\.$"),
            format!(r"^[{}][{}'-]{{0,3}}\.$", range(r"\p{Lu}"), range(r"\p{Ll}"))
        );
        assert_eq!(pattern(r"^O\'BRIEN \- 7$"), "^O'BRIEN - 7$");
        assert_eq!(pattern(r"^[\p{N}「]$"), "^[0-9「]$");
        assert_eq!(pattern(r"^3\.5 (wide|close)$"), r"^3\.5 (wide|close)$");
    }

    #[test]
    fn a_list_with_a_beginning_and_a_rest_becomes_one_way_for_each_length() {
        let form = json!({ "type": "array", "prefixItems": [{ "const": 1 }], "items": { "const": 2 }, "minItems": 1, "maxItems": 3 });
        let ways = portable(&form);
        let lengths: Vec<_> =
            ways["anyOf"].as_array().unwrap().iter().map(|way| way["maxItems"].as_u64().unwrap()).collect();
        assert_eq!(lengths, [1, 2, 3]);
        assert_eq!(ways["anyOf"][2]["prefixItems"], json!([{ "const": 1 }, { "const": 2 }, { "const": 2 }]));
        let fixed = json!({ "type": "array", "prefixItems": [{}, {}], "items": false, "minItems": 2 });
        assert_eq!(portable(&fixed), json!({ "type": "array", "prefixItems": [{}, {}], "minItems": 2, "maxItems": 2 }));
    }

    #[test]
    fn constants_are_left_as_they_are() {
        let form = json!({ "const": { "prefixItems": [1], "pattern": r"\p{Lu}" }, SPACING: {} });
        assert_eq!(portable(&form), json!({ "const": { "prefixItems": [1], "pattern": r"\p{Lu}" } }));
    }
}
