//! What is asked of a server: the same conversation that the local engine reads, in OpenAI's shape.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::endpoint::Endpoint;
use super::portable::portable;
use crate::board::{Dialect, Leaning, Structure};
use crate::engine::fit::{Fitted, Measure, fit};
use crate::engine::job::{Job, Role};

/// Bytes of a token, at the least: what a server counts is its own affair, and a prompt that is taken for longer than it is
/// leaves room, one taken for shorter is refused. Of the sample boards SmolLM2's tokens have 3.6 bytes, in the mean.
const BYTES_A_TOKEN: usize = 3;
/// Tokens that the frame around a message costs.
const FRAME: usize = 8;

/// Measures prompts by their bytes.
struct Ruler;

impl Measure for Ruler {
    type Prompt = Vec<(Role, String)>;

    fn prompt(&self, messages: &[(Role, String)]) -> Self::Prompt {
        messages.to_vec()
    }

    fn length(&self, prompt: &Self::Prompt) -> usize {
        prompt.iter().map(|(_, words)| FRAME + self.words(words)).sum()
    }

    fn words(&self, text: &str) -> usize {
        text.len().div_ceil(BYTES_A_TOKEN)
    }
}

/// What all answers of a job ask, but for their seeds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Request {
    body: Map<String, Value>,
    structure: Structure,
    /// SHA-256 of the conversation and the form, in hexadecimal.
    pub(super) sha256: String,
    /// Names of the sections that were shortened or left out.
    pub(super) left_out: Vec<String>,
}

impl Request {
    /// Asks `model` for what `job` says, in a prompt of `room` tokens.
    ///
    /// # Errors
    /// In words, where the prompt does not fit whatever gives way.
    pub(super) fn new(endpoint: &Endpoint, model: &str, job: &Job, room: usize) -> Result<Self, String> {
        let Fitted { mut prompt, left_out } = fit(&Ruler, &job.sections, room)?;
        if let (Some((_, words)), Some(avoid)) = (prompt.last_mut(), avoided(&job.leaning)) {
            words.push('\n');
            words.push_str(&avoid);
        }
        let messages: Vec<Value> =
            prompt.iter().map(|(role, words)| json!({ "role": spoken(*role), "content": words })).collect();
        let sha256 = Sha256::digest(asked(&messages, job).to_string());
        let mut body = endpoint.extra.clone();
        body.insert("model".into(), model.into());
        body.insert("messages".into(), messages.into());
        body.insert("max_tokens".into(), job.max_tokens.into());
        body.insert("stream".into(), true.into());
        body.insert("stream_options".into(), json!({ "include_usage": true }));
        sampler(endpoint.dialect, job, &mut body);
        Ok(Self {
            body,
            structure: endpoint.structure,
            sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            left_out,
        })
    }

    /// The request for the answer of one seed, which follows `schema`.
    pub(super) fn of(&self, seed: u32, schema: &Value) -> Value {
        let mut body = self.body.clone();
        form(self.structure, schema, &mut body);
        // Some servers read a signed number of 32 bits.
        body.insert("seed".into(), (seed & 0x7fff_ffff).into());
        Value::Object(body)
    }
}

/// What is hashed: as it was before forms were dealt where none is.
fn asked(messages: &[Value], job: &Job) -> Value {
    match &job.dealing {
        Some(dealing) => json!([messages, job.schema, dealing]),
        None => json!([messages, job.schema]),
    }
}

fn spoken(role: Role) -> &'static str {
    match role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

/// What the local engine leans away from token by token. Servers have no common way to ask for that, so it is said.
fn avoided(leaning: &[Leaning]) -> Option<String> {
    let phrases: Vec<&str> = leaning.iter().filter(|one| one.by < 0.0).map(|one| one.phrase.as_str()).collect();
    (!phrases.is_empty()).then(|| format!("Do not use these words: {}.", phrases.join("; ")))
}

fn form(structure: Structure, schema: &Value, body: &mut Map<String, Value>) {
    match structure {
        Structure::ResponseFormat => {
            let format = json!({ "name": "answer", "strict": true, "schema": portable(schema) });
            body.insert("response_format".into(), json!({ "type": "json_schema", "json_schema": format }));
        }
        Structure::JsonSchema => drop(body.insert("json_schema".into(), portable(schema))),
        Structure::JsonObject => drop(body.insert("response_format".into(), json!({ "type": "json_object" }))),
        Structure::None => {}
    }
}

/// How tokens are drawn, as far as the server has fields for it.
fn sampler(dialect: Dialect, job: &Job, body: &mut Map<String, Value>) {
    let sampler = job.sampler;
    let mut put = |name: &str, value: Value| drop(body.insert(name.into(), value));
    put("temperature", rounded(sampler.temperature));
    put("top_p", rounded(sampler.top_p));
    if dialect == Dialect::Openai {
        return;
    }
    put("min_p", rounded(sampler.min_p));
    match dialect {
        Dialect::Llama => {
            put("top_k", sampler.top_k.into());
            put("repeat_penalty", rounded(sampler.repeat_penalty));
            put("repeat_last_n", sampler.repeat_last.into());
            put("cache_prompt", true.into());
            put("return_progress", true.into());
        }
        Dialect::Vllm | Dialect::Sglang => {
            // There -1 is for all.
            put("top_k", if sampler.top_k == 0 { (-1).into() } else { sampler.top_k.into() });
            put("repetition_penalty", rounded(sampler.repeat_penalty));
        }
        Dialect::Openai => {}
    }
}

/// A number as a person would write it: `0.8`, not `0.800000011920929`.
fn rounded(number: f32) -> Value {
    format!("{number}").parse::<f64>().map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{EngineChoice, Line, Sampler};
    use crate::engine::job::{Fit, Section};

    fn job() -> Job {
        let section = |role, text: &str, fit| Section { role, name: text.into(), text: text.repeat(30), fit };
        Job {
            sections: vec![
                section(Role::System, "Be short. ", Fit::Keep),
                section(Role::User, "Long ago. ", Fit::Yield("Ago.".into())),
                section(Role::User, "Now. ", Fit::Keep),
            ],
            schema: json!({ "type": "object" }),
            dealing: None,
            seeds: vec![0xffff_ffff],
            sampler: Sampler::default(),
            leaning: vec![
                Leaning { phrase: Line::new("dark sea").unwrap(), by: -1.0 },
                Leaning { phrase: Line::new("bottle").unwrap(), by: 0.8 },
            ],
            max_tokens: 100,
            threads: Vec::new(),
        }
    }

    fn asked(choice: EngineChoice, room: usize) -> (Value, Request) {
        let request = Request::new(&Endpoint::new(&choice, |_| None).unwrap(), "m", &job(), room).unwrap();
        (request.of(0xffff_ffff, &job().schema), request)
    }

    #[test]
    fn a_request_has_the_fields_that_its_server_knows_and_no_others() {
        let at = EngineChoice::at("http://gpu".into());
        let (plain, _) = asked(at.clone(), 8192);
        assert_eq!(plain["temperature"], json!(0.8));
        assert_eq!(plain["seed"], json!(0x7fff_ffff));
        assert_eq!(plain["response_format"]["json_schema"]["schema"], json!({ "type": "object" }));
        assert!(plain.get("top_k").is_none() && plain.get("repeat_penalty").is_none());
        let (llama, _) = asked(
            EngineChoice { server: Some(Dialect::Llama), structure: Some(Structure::JsonSchema), ..at.clone() },
            8192,
        );
        assert_eq!((&llama["repeat_last_n"], &llama["json_schema"]), (&json!(64), &json!({ "type": "object" })));
        assert!(llama.get("response_format").is_none());
        let (vllm, _) =
            asked(EngineChoice { server: Some(Dialect::Vllm), structure: Some(Structure::None), ..at }, 8192);
        assert_eq!((&vllm["repetition_penalty"], &vllm["top_k"]), (&json!(1.1), &json!(40)));
        assert!(vllm.get("response_format").is_none() && vllm.get("cache_prompt").is_none());
    }

    #[test]
    fn what_gives_way_is_named_and_what_is_leant_away_from_is_said() {
        let at = EngineChoice::at("http://gpu".into());
        let (whole, request) = asked(at.clone(), 8192);
        assert_eq!(request.left_out, Vec::<String>::new());
        let last = whole["messages"][1]["content"].as_str().unwrap();
        assert!(last.ends_with("\nDo not use these words: dark sea."), "{last}");
        let (short, cut) = asked(at.clone(), 200);
        assert_eq!(cut.left_out, ["Long ago. "]);
        assert!(short["messages"][1]["content"].as_str().unwrap().starts_with("Ago.\nNow."));
        assert_ne!(cut.sha256, request.sha256);
        let none = Request::new(&Endpoint::new(&at, |_| None).unwrap(), "m", &job(), 50).unwrap_err();
        assert!(none.contains("room for 50"), "{none}");
    }
}
