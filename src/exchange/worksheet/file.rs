//! A PDF file written object by object: what is written is not in memory any more.

use std::io::Write;

use pdf_writer::{Chunk, Ref};

use crate::exchange::order::ExportError;

/// A PDF being written.
pub(super) struct File<'o> {
    out: &'o mut dyn Write,
    at: u64,
    /// Where each object begins; the first has the number 1.
    offsets: Vec<u64>,
}

impl<'o> File<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Result<Self, ExportError> {
        let mut file = Self { out, at: 0, offsets: Vec::new() };
        // Four bytes over 127 say that this is no text.
        file.bytes(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")?;
        Ok(file)
    }

    /// A number for an object to come.
    pub(super) fn reserve(&mut self) -> Ref {
        self.offsets.push(0);
        // A file of two billion objects has long failed otherwise.
        Ref::new(i32::try_from(self.offsets.len()).unwrap_or(i32::MAX))
    }

    /// Writes one object; `chunk` holds it alone.
    pub(super) fn put(&mut self, id: Ref, chunk: &Chunk) -> Result<(), ExportError> {
        let at = self.at;
        if let Some(offset) = usize::try_from(id.get()).ok().and_then(|id| self.offsets.get_mut(id - 1)) {
            *offset = at;
        }
        self.bytes(chunk.as_bytes())
    }

    /// Writes the table of objects and the end.
    pub(super) fn finish(mut self, catalog: Ref, info: Ref) -> Result<(), ExportError> {
        let start = self.at;
        let mut end = format!("xref\n0 {}\n0000000000 65535 f\r\n", self.offsets.len() + 1);
        for offset in &self.offsets {
            end.push_str(&match offset {
                0 => "0000000000 65535 f\r\n".to_owned(),
                offset => format!("{offset:010} 00000 n\r\n"),
            });
        }
        end.push_str(&format!(
            "trailer\n<<\n  /Size {}\n  /Root {} 0 R\n  /Info {} 0 R\n>>\nstartxref\n{start}\n%%EOF\n",
            self.offsets.len() + 1,
            catalog.get(),
            info.get()
        ));
        self.bytes(end.as_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes).map_err(|error| ExportError::Io("the PDF".into(), error))
    }
}
