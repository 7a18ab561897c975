//! The parts of a GGUF file: numbers, strings, arrays, the tables of types, and what a foreign file looks like.

use std::io::{BufReader, ErrorKind, Read, Seek};

use super::gguf::Fault;

/// Reads a GGUF header, never past `size` and never allocating more than a caller's cap.
pub(super) struct Reader<R> {
    source: BufReader<R>,
    at: u64,
    size: u64,
    /// The tensor that ends last: its name, and where, counted from the start of the data.
    furthest: (String, u64),
}

/// A value that is kept.
pub(super) enum Scalar {
    Word(String),
    Number(u64),
}

const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// The bytes of a value of fixed width.
fn width(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

impl<R: Read + Seek> Reader<R> {
    pub(super) fn new(source: BufReader<R>, at: u64, size: u64) -> Self {
        Self { source, at, size, furthest: (String::new(), 0) }
    }

    fn room(&self, bytes: u64, what: &str) -> Result<(), Fault> {
        let needed = self.at.saturating_add(bytes);
        if needed > self.size {
            return Err(Fault::Truncated { what: what.to_owned(), needed, size: self.size });
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8], what: &str) -> Result<(), Fault> {
        self.room(buffer.len() as u64, what)?;
        self.source.read_exact(buffer).map_err(|error| match error.kind() {
            // Another program shortened the file meanwhile.
            ErrorKind::UnexpectedEof => {
                Fault::Truncated { what: what.to_owned(), needed: self.at + buffer.len() as u64, size: self.size }
            }
            _ => Fault::Io(error),
        })?;
        self.at += buffer.len() as u64;
        Ok(())
    }

    fn skip(&mut self, bytes: u64, what: &str) -> Result<(), Fault> {
        self.room(bytes, what)?;
        let step = i64::try_from(bytes).map_err(|_| Fault::Absurd(format!("{what} has {bytes} bytes")))?;
        self.source.seek_relative(step).map_err(Fault::Io)?;
        self.at += bytes;
        Ok(())
    }

    pub(super) fn u32(&mut self, what: &str) -> Result<u32, Fault> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes, what)?;
        Ok(u32::from_le_bytes(bytes))
    }

    pub(super) fn u64(&mut self, what: &str) -> Result<u64, Fault> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes, what)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// A string of at most `cap` bytes.
    pub(super) fn text(&mut self, what: &str, cap: u64) -> Result<String, Fault> {
        let length = self.u64(what)?;
        self.room(length, what)?;
        if length > cap {
            return Err(Fault::Absurd(format!("{what} has {length} bytes, and at most {cap} are believed")));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        self.fill(&mut bytes, what)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// A value that is of use as a word or a whole number; `None` for one that is neither, or too long.
    pub(super) fn value(&mut self, kind: u32, key: &str, cap: u64) -> Result<Option<Scalar>, Fault> {
        match kind {
            STRING => {
                let length = self.u64(key)?;
                self.room(length, key)?;
                if length > cap {
                    self.skip(length, key)?;
                    return Ok(None);
                }
                let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
                self.fill(&mut bytes, key)?;
                Ok(Some(Scalar::Word(String::from_utf8_lossy(&bytes).into_owned())))
            }
            0 | 2 | 4 | 10 => self.number(kind, key, false).map(Some),
            1 | 3 | 5 | 11 => self.number(kind, key, true).map(Some),
            _ => self.skip_value(kind, key).map(|_| None),
        }
    }

    fn number(&mut self, kind: u32, key: &str, signed: bool) -> Result<Scalar, Fault> {
        let mut bytes = [0; 8];
        let width = width(kind).and_then(|width| usize::try_from(width).ok()).unwrap_or(8);
        self.fill(&mut bytes[..width], key)?;
        if signed && bytes[width - 1] & 0x80 != 0 {
            return Err(Fault::Absurd(format!("{key} is below zero")));
        }
        Ok(Scalar::Number(u64::from_le_bytes(bytes)))
    }

    /// Goes over a value; gives the number of its elements.
    pub(super) fn skip_value(&mut self, kind: u32, key: &str) -> Result<u64, Fault> {
        if let Some(width) = width(kind) {
            return self.skip(width, key).map(|()| 1);
        }
        match kind {
            STRING => {
                let length = self.u64(key)?;
                self.skip(length, key).map(|()| 1)
            }
            ARRAY => self.skip_array(key),
            other => Err(Fault::Absurd(format!("the value of {key} is of type {other}, which GGUF does not have"))),
        }
    }

    fn skip_array(&mut self, key: &str) -> Result<u64, Fault> {
        let kind = self.u32(key)?;
        let count = self.u64(key)?;
        if let Some(width) = width(kind) {
            let bytes = count.checked_mul(width);
            let bytes = bytes.ok_or_else(|| Fault::Absurd(format!("{key} announces {count} elements")))?;
            return self.skip(bytes, key).map(|()| count);
        }
        if kind != STRING {
            return Err(Fault::Absurd(format!("{key} is an array of type {kind}, which is not allowed")));
        }
        // A string takes eight bytes at least, so the loop below is bounded by the file.
        self.room(count.saturating_mul(8), key)?;
        for _ in 0..count {
            let length = self.u64(key)?;
            self.skip(length, key)?;
        }
        Ok(count)
    }

    /// Notes where a tensor's data will lie; held against the file once the header's end is known.
    pub(super) fn promise(&mut self, name: &str, offset: u64, bytes: u64) -> Result<(), Fault> {
        let end = offset.checked_add(bytes);
        let end = end.ok_or_else(|| Fault::Absurd(format!("the tensor {name} lies beyond all numbers")))?;
        if end > self.furthest.1 {
            self.furthest = (name.to_owned(), end);
        }
        Ok(())
    }

    /// Checks that every tensor's data lies within the file.
    pub(super) fn keep_promises(&self, alignment: u64) -> Result<(), Fault> {
        let (name, end) = &self.furthest;
        let start = self.at.checked_next_multiple_of(alignment).unwrap_or(u64::MAX);
        let needed = start.saturating_add(*end);
        if needed > self.size {
            return Err(Fault::Truncated { what: format!("the tensor {name}"), needed, size: self.size });
        }
        Ok(())
    }
}

/// A way to keep numbers: `block` of them in `bytes`. A block of 0 marks a number that ggml no longer uses.
pub(super) struct TensorType {
    pub(super) name: &'static str,
    pub(super) block: u64,
    pub(super) bytes: u64,
}

const fn t(name: &'static str, block: u64, bytes: u64) -> TensorType {
    TensorType { name, block, bytes }
}

/// ggml's tensor types by their number (`ggml_type` and the block structures of `ggml-common.h`).
pub(super) const TENSOR_TYPES: [TensorType; 43] = [
    t("F32", 1, 4),
    t("F16", 1, 2),
    t("Q4_0", 32, 18),
    t("Q4_1", 32, 20),
    t("", 0, 0),
    t("", 0, 0),
    t("Q5_0", 32, 22),
    t("Q5_1", 32, 24),
    t("Q8_0", 32, 34),
    t("Q8_1", 32, 36),
    t("Q2_K", 256, 84),
    t("Q3_K", 256, 110),
    t("Q4_K", 256, 144),
    t("Q5_K", 256, 176),
    t("Q6_K", 256, 210),
    t("Q8_K", 256, 292),
    t("IQ2_XXS", 256, 66),
    t("IQ2_XS", 256, 74),
    t("IQ3_XXS", 256, 98),
    t("IQ1_S", 256, 50),
    t("IQ4_NL", 32, 18),
    t("IQ3_S", 256, 110),
    t("IQ2_S", 256, 82),
    t("IQ4_XS", 256, 136),
    t("I8", 1, 1),
    t("I16", 1, 2),
    t("I32", 1, 4),
    t("I64", 1, 8),
    t("F64", 1, 8),
    t("IQ1_M", 256, 56),
    t("BF16", 1, 2),
    t("", 0, 0),
    t("", 0, 0),
    t("", 0, 0),
    t("TQ1_0", 256, 54),
    t("TQ2_0", 256, 66),
    t("", 0, 0),
    t("", 0, 0),
    t("", 0, 0),
    t("MXFP4", 32, 17),
    t("NVFP4", 64, 36),
    t("Q1_0", 128, 18),
    t("Q2_0", 64, 18),
];

/// The name of `general.file_type` (`llama_ftype`).
pub(super) fn file_type_name(code: u64) -> Option<&'static str> {
    Some(match code {
        0 => "F32",
        1 => "F16",
        2 => "Q4_0",
        3 => "Q4_1",
        7 => "Q8_0",
        8 => "Q5_0",
        9 => "Q5_1",
        10 => "Q2_K",
        11 => "Q3_K_S",
        12 => "Q3_K_M",
        13 => "Q3_K_L",
        14 => "Q4_K_S",
        15 => "Q4_K_M",
        16 => "Q5_K_S",
        17 => "Q5_K_M",
        18 => "Q6_K",
        19 => "IQ2_XXS",
        20 => "IQ2_XS",
        21 => "Q2_K_S",
        22 => "IQ3_XS",
        23 => "IQ3_XXS",
        24 => "IQ1_S",
        25 => "IQ4_NL",
        26 => "IQ3_S",
        27 => "IQ3_M",
        28 => "IQ2_S",
        29 => "IQ2_M",
        30 => "IQ4_XS",
        31 => "IQ1_M",
        32 => "BF16",
        36 => "TQ1_0",
        37 => "TQ2_0",
        38 => "MXFP4",
        39 => "NVFP4",
        40 => "Q1_0",
        41 => "Q2_0",
        _ => return None,
    })
}

/// What a file that is no GGUF looks like, and what to do about it.
pub(super) fn foreign(start: &[u8]) -> (&'static str, &'static str) {
    const CONVERT: &str = "look for the model's GGUF conversion";
    const AGAIN: &str = "fetch it again";
    if start.is_empty() {
        return ("an empty file", AGAIN);
    }
    if start.iter().all(|&byte| byte == 0) {
        return ("a file of zeros, perhaps a download that was never finished", AGAIN);
    }
    let begins = |magic: &[u8]| start.starts_with(magic);
    if begins(b"version https://git-lfs") {
        return (
            "a Git LFS pointer",
            "run `git lfs pull` where it came from, or fetch it with `slateboard model pull`",
        );
    }
    if begins(b"FUGG") {
        return ("a GGUF file with its bytes swapped", "take the little-endian conversion of the model");
    }
    if begins(b"lmgg") || begins(b"fmgg") || begins(b"tjgg") || begins(b"algg") {
        return ("a model in a format from before GGUF", CONVERT);
    }
    if begins(b"PK\x03\x04") {
        return (
            "a zip archive (a Python wheel or a PyTorch checkpoint perhaps)",
            "unpack it, or look for a .gguf file",
        );
    }
    if begins(&[0x1f, 0x8b]) || begins(b"\x28\xb5\x2f\xfd") || begins(b"\xfd7zXZ") || begins(b"BZh") {
        return ("a compressed file", "unpack it first");
    }
    if begins(&[0x80, 0x02]) || begins(&[0x80, 0x04]) {
        return ("a pickled PyTorch checkpoint", CONVERT);
    }
    if start.len() > 8 && start[8] == b'{' && start[4..8] == [0; 4] {
        return ("a safetensors file", CONVERT);
    }
    let text = String::from_utf8_lossy(&start[..start.len().min(256)]).trim_start().to_ascii_lowercase();
    if text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<?xml") {
        return ("a web page, perhaps a login or an error page", "open the link in a browser to see what it says");
    }
    if text.starts_with('{') {
        return ("a JSON document, perhaps a server's error", "read it to see what it says");
    }
    ("a file of an unknown kind", "look for the model's .gguf file")
}
