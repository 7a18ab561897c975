//! Who writes takes, as a person names it in `config.yaml`: this machine, or a server in its stead.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::vocabulary::vocabulary;

vocabulary! {
    /// Who writes takes.
    EngineKind: "kind of engine" {
        /// This machine.
        Local = "local",
        /// A server that is asked as OpenAI's is.
        Openai = "openai",
    }
}

vocabulary! {
    /// Which fields beside OpenAI's a server understands. Named by the person, never found out by trying.
    Dialect: "kind of server" {
        /// OpenAI's own, which every server understands.
        Openai = "openai",
        /// llama.cpp's `llama-server`.
        Llama = "llama.cpp",
        /// vLLM.
        Vllm = "vllm",
        /// SGLang.
        Sglang = "sglang",
    }
}

vocabulary! {
    /// How a server is asked to keep to the form of an answer. Whatever it does, the answer is checked.
    Structure: "way to ask for a form" {
        /// By `response_format` with the JSON Schema.
        ResponseFormat = "response-format",
        /// By llama.cpp's own field `json_schema`.
        JsonSchema = "json-schema",
        /// By `response_format` for any JSON: the prompt's example shows the form.
        JsonObject = "json-object",
        /// Not at all: the prompt's example shows the form.
        None = "none",
    }
}

/// Who writes takes, and how it is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngineChoice {
    /// `local` for this machine, `openai` for a server.
    pub kind: EngineKind,
    /// Where the server is: `http://HOST:PORT`, behind which `/v1` is meant, or a whole address such as
    /// `https://HOST/api/v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The model by the server's name for it; else the first that the server lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The name of the environment's variable that holds the server's key. The key itself stands in no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_env: Option<String>,
    /// The most answers asked for at once; 4 where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1024))]
    pub max_parallel: Option<u16>,
    /// Which fields beside OpenAI's the server understands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<Dialect>,
    /// How the server is asked to keep to the form of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<Structure>,
    /// The most tokens a prompt and its answer may have together; else what the server says, else 8192.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 256))]
    pub context: Option<u32>,
    /// The most seconds one answer may take with everything tried for it; 600 where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 86400))]
    pub deadline: Option<u32>,
    /// The model that embeds texts for taste, by the server's name for it; else the one that writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embeddings: Option<String>,
    /// Fields that go into every request as they are, such as `chat_template_kwargs`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Map<String, Value>>,
}

impl EngineChoice {
    /// A server at that address, asked as everybody understands.
    #[must_use]
    pub fn at(url: String) -> Self {
        Self {
            kind: EngineKind::Openai,
            url: Some(url),
            model: None,
            key_env: None,
            max_parallel: None,
            server: None,
            structure: None,
            context: None,
            deadline: None,
            embeddings: None,
            extra: None,
        }
    }
}
