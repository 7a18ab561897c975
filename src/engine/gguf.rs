//! A model file looked at in safe Rust, before llama.cpp sees it.
//!
//! llama.cpp aborts the process on some hostile files and explains little about the rest. Here every count, length and
//! offset is held against the file's real size before anything is done with it, nothing is allocated by what the file
//! claims, and what is wrong is said in words. This module may not know who asks: it takes a path and gives an answer.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::gguf_read::{Reader, Scalar, TENSOR_TYPES, file_type_name, foreign};
use crate::board::Line;
use crate::board::text::clean;

/// The most key-value pairs a header may have. Real ones have about thirty.
const PAIRS_MAX: u64 = 16_384;
/// The most tensors. The largest models of today have a few thousand.
const TENSORS_MAX: u64 = 65_536;
/// llama.cpp's own limit on layers.
const LAYERS_MAX: u64 = 512;
/// llama.cpp's own limit on a tensor's name, in bytes.
const TENSOR_NAME_MAX: u64 = 64;
/// The longest key, in bytes.
const KEY_MAX: u64 = 1_024;
/// The longest value that is kept, in bytes; longer ones are skipped where they need not be understood.
const VALUE_MAX: u64 = 4_096;

/// What a model file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gguf {
    /// The file's size in bytes.
    pub bytes: u64,
    /// The format's version, 2 or 3.
    pub version: u32,
    /// The network's kind, as llama.cpp names it: "llama", "qwen3".
    pub architecture: String,
    /// The model's name, where it has one.
    pub name: Option<String>,
    /// How the weights are kept: "Q4_1". The commonest tensor type where the file does not say.
    pub quantization: String,
    /// Numbers in all tensors together.
    pub parameters: u64,
    /// Layers; 0 where the file does not say.
    pub layers: u64,
    /// The longest context the model was trained for, in tokens; 0 where the file does not say.
    pub context: u64,
    /// The width of its embeddings; 0 where the file does not say.
    pub embedding: u64,
    /// Tokens it knows; 0 where the file does not say.
    pub vocabulary: u64,
    /// Whether it brings a chat template. Base models bring none.
    pub chat_template: bool,
    /// The licence it names.
    pub licence: Option<String>,
    /// In how many files it comes; 1 for a whole one.
    pub parts: u64,
}

/// Why a file cannot be used as a model.
#[derive(Debug, thiserror::Error)]
pub enum GgufError {
    /// It could not be read at all.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is something else.
    #[error("{}: this is {what}, not a GGUF model; {hint}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// It ends before what it announces.
    #[error(
        "{}: the file is cut short: {what} would end at byte {needed}, and the file has {size}; fetch it again",
        path.display()
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// What did not fit.
        what: String,
        /// Where it would end.
        needed: u64,
        /// The file's size.
        size: u64,
    },
    /// It announces what cannot be.
    #[error("{}: the file is damaged or not to be trusted: {what}; fetch it again from its source", path.display())]
    Absurd {
        /// The file.
        path: PathBuf,
        /// What cannot be.
        what: String,
    },
    /// Its version or a part of it is unknown here.
    #[error("{}: {what}; {hint}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What is unknown.
        what: String,
        /// What to do.
        hint: &'static str,
    },
}

/// What went wrong inside a file, before its path is added.
#[derive(Debug)]
pub(super) enum Fault {
    Io(io::Error),
    Foreign(&'static str, &'static str),
    Truncated { what: String, needed: u64, size: u64 },
    Absurd(String),
    Unknown(String, &'static str),
}

impl Fault {
    fn at(self, path: &Path) -> GgufError {
        let path = path.to_owned();
        // It may name what the file says of itself.
        let clean = |what: String| clean(&what).into_owned();
        match self {
            Self::Io(source) => GgufError::Unreadable { path, source },
            Self::Foreign(what, hint) => GgufError::Foreign { path, what, hint },
            Self::Truncated { what, needed, size } => GgufError::Truncated { path, what: clean(what), needed, size },
            Self::Absurd(what) => GgufError::Absurd { path, what: clean(what) },
            Self::Unknown(what, hint) => GgufError::Unknown { path, what: clean(what), hint },
        }
    }
}

/// Reads a model file's header and checks every length in it against the file.
///
/// The weights themselves are not read, so this takes milliseconds for a file of any size.
///
/// # Errors
/// [`GgufError`] in words for the person.
pub fn inspect(path: &Path) -> Result<Gguf, GgufError> {
    let unreadable = |source| GgufError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(Fault::Foreign("no regular file", "name the .gguf file itself").at(path));
    }
    examine(BufReader::with_capacity(1 << 16, file), about.len()).map_err(|fault| fault.at(path))
}

/// The same for anything that can be read and sought; `size` is its real size.
pub(super) fn examine<R: Read + Seek>(mut source: R, size: u64) -> Result<Gguf, Fault> {
    let mut start = Vec::new();
    source.by_ref().take(512).read_to_end(&mut start).map_err(Fault::Io)?;
    if !start.starts_with(b"GGUF") {
        let (what, hint) = foreign(&start);
        return Err(Fault::Foreign(what, hint));
    }
    source.seek(SeekFrom::Start(4)).map_err(Fault::Io)?;
    let mut reader = Reader::new(BufReader::new(source), 4, size);
    let version = reader.u32("the version")?;
    check_version(version)?;
    let tensors = bounded(reader.u64("the number of tensors")?, TENSORS_MAX, "tensors")?;
    let pairs = bounded(reader.u64("the number of key-value pairs")?, PAIRS_MAX, "key-value pairs")?;
    let header = Header::read(&mut reader, pairs)?;
    let weights = Weights::read(&mut reader, tensors, header.alignment)?;
    header.describe(version, size, &weights)
}

fn check_version(version: u32) -> Result<(), Fault> {
    match version {
        2 | 3 => Ok(()),
        1 => Err(Fault::Unknown("this is GGUF version 1, of 2023".into(), "take a newer conversion of the model")),
        other if other.swap_bytes() <= 3 => Err(Fault::Unknown(
            "this GGUF is written for big-endian machines".into(),
            "take the little-endian conversion of the model",
        )),
        other => Err(Fault::Unknown(
            format!("this is GGUF version {other}, and versions 2 and 3 are known"),
            "take another conversion of the model, or a newer slateboard",
        )),
    }
}

fn bounded(count: u64, most: u64, what: &str) -> Result<u64, Fault> {
    if count > most {
        Err(Fault::Absurd(format!("it announces {count} {what}, and at most {most} are believed")))
    } else {
        Ok(count)
    }
}

/// The values of the header that are of use here.
struct Header {
    words: HashMap<String, String>,
    numbers: HashMap<String, u64>,
    tokens: u64,
    chat_template: bool,
    alignment: u64,
}

impl Header {
    fn read<R: Read + Seek>(reader: &mut Reader<R>, pairs: u64) -> Result<Self, Fault> {
        let mut header =
            Self { words: HashMap::new(), numbers: HashMap::new(), tokens: 0, chat_template: false, alignment: 32 };
        for _ in 0..pairs {
            let key = reader.text("a key", KEY_MAX)?;
            let kind = reader.u32("a value's type")?;
            match key.as_str() {
                "tokenizer.chat_template" => {
                    header.chat_template = true;
                    reader.skip_value(kind, &key)?;
                }
                "tokenizer.ggml.tokens" => header.tokens = reader.skip_value(kind, &key)?,
                _ if wanted(&key) => header.keep(reader.value(kind, &key, VALUE_MAX)?, key)?,
                _ => {
                    reader.skip_value(kind, &key)?;
                }
            }
        }
        if let Some(&alignment) = header.numbers.get("general.alignment") {
            if !alignment.is_power_of_two() || alignment > 1 << 20 {
                return Err(Fault::Absurd(format!("an alignment of {alignment} bytes")));
            }
            header.alignment = alignment;
        }
        Ok(header)
    }

    fn keep(&mut self, value: Option<Scalar>, key: String) -> Result<(), Fault> {
        let again = match value {
            Some(Scalar::Word(word)) => self.words.insert(key.clone(), word).is_some(),
            Some(Scalar::Number(number)) => self.numbers.insert(key.clone(), number).is_some(),
            None => false,
        };
        if again { Err(Fault::Absurd(format!("the key {key} stands there twice"))) } else { Ok(()) }
    }

    fn describe(&self, version: u32, bytes: u64, weights: &Weights) -> Result<Gguf, Fault> {
        let Some(architecture) = self.word("general.architecture") else {
            return Err(Fault::Absurd("it names no architecture".into()));
        };
        let of = |what: &str| self.numbers.get(&format!("{architecture}.{what}")).copied().unwrap_or(0);
        let layers = bounded(of("block_count"), LAYERS_MAX, "layers")?;
        let stated = self.numbers.get("general.file_type").and_then(|&code| file_type_name(code));
        Ok(Gguf {
            bytes,
            version,
            name: self.word("general.name"),
            quantization: stated.unwrap_or(weights.commonest).to_owned(),
            parameters: weights.parameters,
            layers,
            context: of("context_length"),
            embedding: of("embedding_length"),
            vocabulary: if self.tokens > 0 { self.tokens } else { of("vocab_size") },
            chat_template: self.chat_template,
            licence: self.word("general.license"),
            parts: self.numbers.get("split.count").copied().unwrap_or(1).max(1),
            architecture,
        })
    }

    /// A word of the header, cleaned: it comes from a stranger and ends on a terminal.
    fn word(&self, key: &str) -> Option<String> {
        let clean = Line::clipped(self.words.get(key)?, 120);
        (!clean.is_empty()).then(|| clean.as_str().to_owned())
    }
}

/// Whether a key's value is kept. The architecture's own keys may stand before it is known, so they go by their end.
fn wanted(key: &str) -> bool {
    const WHOLE: [&str; 6] = [
        "general.architecture",
        "general.name",
        "general.file_type",
        "general.license",
        "general.alignment",
        "split.count",
    ];
    const ENDS: [&str; 4] = [".block_count", ".context_length", ".embedding_length", ".vocab_size"];
    WHOLE.contains(&key) || ENDS.iter().any(|end| key.ends_with(end))
}

/// What the tensors come to.
struct Weights {
    parameters: u64,
    commonest: &'static str,
}

impl Weights {
    fn read<R: Read + Seek>(reader: &mut Reader<R>, count: u64, alignment: u64) -> Result<Self, Fault> {
        if count == 0 {
            return Err(Fault::Absurd("it holds no weights at all".into()));
        }
        let mut parameters = 0_u64;
        let mut by_type: HashMap<u32, u64> = HashMap::new();
        // Tensors follow one another without gaps but for alignment; llama.cpp relies on it, so it is held here.
        let mut end = 0_u64;
        for _ in 0..count {
            let tensor = Tensor::read(reader)?;
            let Tensor { name, kind, elements, bytes, offset } = tensor;
            if offset != end {
                return Err(Fault::Absurd(format!("the tensor {name} begins at {offset}, where {end} is its place")));
            }
            end = bytes
                .checked_next_multiple_of(alignment)
                .and_then(|padded| end.checked_add(padded))
                .ok_or_else(|| Fault::Absurd(format!("the tensor {name} has a size beyond all numbers")))?;
            parameters = parameters.saturating_add(elements);
            *by_type.entry(kind).or_default() += elements;
            reader.promise(&name, offset, bytes)?;
        }
        reader.keep_promises(alignment)?;
        let commonest = by_type.into_iter().max_by_key(|&(kind, elements)| (elements, kind));
        let commonest = commonest.and_then(|(kind, _)| TENSOR_TYPES.get(kind as usize)).map_or("?", |known| known.name);
        Ok(Self { parameters, commonest })
    }
}

struct Tensor {
    name: String,
    kind: u32,
    elements: u64,
    bytes: u64,
    offset: u64,
}

impl Tensor {
    fn read<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Self, Fault> {
        let name = reader.text("a tensor's name", TENSOR_NAME_MAX)?;
        let dimensions = reader.u32("a tensor's number of dimensions")?;
        if dimensions == 0 || dimensions > 4 {
            return Err(Fault::Absurd(format!("the tensor {name} has {dimensions} dimensions")));
        }
        let mut elements = 1_u64;
        let mut row = 0;
        for dimension in 0..dimensions {
            let length = reader.u64("a tensor's shape")?;
            row = if dimension == 0 { length } else { row };
            elements = elements
                .checked_mul(length)
                .filter(|&product| product > 0 && i64::try_from(product).is_ok())
                .ok_or_else(|| Fault::Absurd(format!("the tensor {name} has an impossible shape")))?;
        }
        let kind = reader.u32("a tensor's type")?;
        let offset = reader.u64("a tensor's place")?;
        let known = TENSOR_TYPES.get(kind as usize).filter(|known| known.block > 0).ok_or_else(|| {
            Fault::Unknown(
                format!("the tensor {name} is of type {kind}, which is not known here"),
                "take another quantization of the model, or a newer slateboard",
            )
        })?;
        if row % known.block != 0 {
            return Err(Fault::Absurd(format!("the tensor {name} has rows of {row} in {}", known.name)));
        }
        let bytes = (elements / known.block)
            .checked_mul(known.bytes)
            .ok_or_else(|| Fault::Absurd(format!("the tensor {name} has a size beyond all numbers")))?;
        Ok(Self { name, kind, elements, bytes, offset })
    }
}

/// The SHA-256 of a file in hexadecimal, told piece by piece: bytes done and bytes in all.
///
/// # Errors
/// What the system says where the file cannot be read.
pub fn sha256(path: &Path, on: &mut dyn FnMut(u64, u64)) -> io::Result<String> {
    let mut file = File::open(path)?;
    let total = file.metadata()?.len();
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut done = 0;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..read]);
        done += read as u64;
        on(done, total.max(done));
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_file_says_of_itself_is_cleaned_before_it_is_told() {
        let fault = Fault::Absurd("the tensor blk\u{200b}.27\u{7} has 9 dimensions".into());
        let said = fault.at(Path::new("a.gguf")).to_string();
        assert!(said.contains("the tensor blk.27 has 9 dimensions"), "{said}");
    }

    fn string(words: &str) -> Vec<u8> {
        [&(words.len() as u64).to_le_bytes(), words.as_bytes()].concat()
    }

    fn word(key: &str, value: &str) -> Vec<u8> {
        [string(key), 8_u32.to_le_bytes().to_vec(), string(value)].concat()
    }

    fn number(key: &str, value: u32) -> Vec<u8> {
        [string(key), 4_u32.to_le_bytes().to_vec(), value.to_le_bytes().to_vec()].concat()
    }

    fn tensor(name: &str, rows: &[u64], kind: u32, offset: u64) -> Vec<u8> {
        let mut out = string(name);
        out.extend((rows.len() as u32).to_le_bytes());
        rows.iter().for_each(|row| out.extend(row.to_le_bytes()));
        out.extend(kind.to_le_bytes());
        out.extend(offset.to_le_bytes());
        out
    }

    fn file(pairs: &[Vec<u8>], tensors: &[Vec<u8>], data: usize) -> Vec<u8> {
        let mut out = b"GGUF\x03\0\0\0".to_vec();
        out.extend((tensors.len() as u64).to_le_bytes());
        out.extend((pairs.len() as u64).to_le_bytes());
        out.extend(pairs.concat());
        out.extend(tensors.concat());
        out.resize(out.len().next_multiple_of(32) + data, 0);
        out
    }

    fn small() -> Vec<u8> {
        let tokens =
            [string("tokenizer.ggml.tokens"), [9_u32, 8].map(u32::to_le_bytes).concat(), 2_u64.to_le_bytes().into()];
        file(
            &[
                number("llama.block_count", 2),
                number("llama.context_length", 8192),
                word("general.architecture", "llama"),
                word("general.name", "A\u{1b}[2J name"),
                word("general.license", "apache-2.0"),
                word("tokenizer.chat_template", "{{ messages }}"),
                [tokens.concat(), string("a"), string("b")].concat(),
            ],
            &[tensor("one", &[32, 2], 3, 0), tensor("two", &[4], 0, 64)],
            64 + 16,
        )
    }

    fn look(bytes: &[u8]) -> Result<Gguf, GgufError> {
        examine(Cursor::new(bytes), bytes.len() as u64).map_err(|fault| fault.at(Path::new("m.gguf")))
    }

    #[test]
    fn a_sound_file_tells_what_it_is() {
        let found = look(&small()).unwrap();
        assert_eq!(found.architecture, "llama");
        assert_eq!(found.name.as_deref(), Some("A[2J name"), "control characters are gone");
        assert_eq!((found.layers, found.context, found.vocabulary, found.parameters), (2, 8192, 2, 68));
        assert_eq!((found.quantization.as_str(), found.chat_template, found.parts), ("Q4_1", true, 1));
        assert_eq!(found.licence.as_deref(), Some("apache-2.0"));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_as_cut() {
        let whole = small();
        for length in 8..whole.len() {
            assert!(matches!(look(&whole[..length]), Err(GgufError::Truncated { .. })), "cut at {length}");
        }
    }

    #[test]
    fn a_foreign_file_is_named() {
        let cases: [(&[u8], &str); 7] = [
            (b"", "an empty file"),
            (b"PK\x03\x04rest", "a zip archive"),
            (b"<!DOCTYPE html><title>Sign in", "a web page"),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "a Git LFS pointer"),
            (b"\x10\x01\0\0\0\0\0\0{\"a\"", "a safetensors file"),
            (b"tjgg\x03\0\0\0", "from before GGUF"),
            (&[0; 64], "a file of zeros"),
        ];
        for (bytes, expected) in cases {
            let words = look(bytes).unwrap_err().to_string();
            assert!(words.contains(expected), "{words}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let llama = word("general.architecture", "llama");
        let huge = [string("x"), [9_u32, 0].map(u32::to_le_bytes).concat(), u64::MAX.to_le_bytes().into()].concat();
        let mut many = small();
        many[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
        let mut swapped = small();
        swapped[4..8].copy_from_slice(&3_u32.to_be_bytes());
        let mut newer = small();
        newer[4..8].copy_from_slice(&9_u32.to_le_bytes());
        let cases = [
            (many, "18446744073709551615 tensors"),
            (swapped, "big-endian"),
            (newer, "version 9"),
            (file(std::slice::from_ref(&llama), &[], 64), "no weights"),
            (file(&[], &[tensor("a", &[32], 0, 0)], 128), "no architecture"),
            (file(&[huge], &[tensor("a", &[32], 0, 0)], 128), "cut short"),
            (file(std::slice::from_ref(&llama), &[tensor("a", &[1 << 40, 1 << 40], 0, 0)], 128), "impossible shape"),
            (file(std::slice::from_ref(&llama), &[tensor("a", &[31], 3, 0)], 128), "rows of 31"),
            (file(std::slice::from_ref(&llama), &[tensor("a", &[32], 5, 0)], 128), "type 5"),
            (file(std::slice::from_ref(&llama), &[tensor("a", &[32], 0, 32)], 256), "begins at 32"),
            (file(&[llama.clone(), llama.clone()], &[tensor("a", &[32], 0, 0)], 128), "twice"),
            (
                file(&[llama.clone(), number("general.alignment", 7)], &[tensor("a", &[32], 0, 0)], 128),
                "alignment of 7",
            ),
            (file(&[llama, number("llama.block_count", 9999)], &[tensor("a", &[32], 0, 0)], 128), "9999 layers"),
        ];
        for (bytes, expected) in cases {
            let words = look(&bytes).unwrap_err().to_string();
            assert!(words.contains(expected), "expected {expected}: {words}");
        }
    }

    #[test]
    fn a_hash_is_that_of_the_bytes() {
        let place = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(place.path(), "abc").unwrap();
        let mut seen = (0, 0);
        let hash = sha256(place.path(), &mut |done, total| seen = (done, total)).unwrap();
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(seen, (3, 3));
    }

    proptest! {
        #[test]
        fn no_mutation_makes_it_panic(at in 0_usize..400, with in any::<[u8; 8]>(), cut in 0_usize..600) {
            let mut bytes = small();
            let at = at.min(bytes.len() - 8);
            bytes[at..at + 8].copy_from_slice(&with);
            bytes.truncate(bytes.len().saturating_sub(cut));
            let _ = look(&bytes);
        }
    }
}
