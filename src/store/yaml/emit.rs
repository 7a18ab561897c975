//! From the storyboard to YAML text, without a tree between.
//!
//! The bare crate writes `yes`, `1:30` and `2001-12-14` without quotes, which YAML 1.1 readers (PyYAML, Ruby) take for
//! something else than strings, and 1e30 without the point they look for. Here lists stand two columns in, text of more
//! than one line is a literal block, and a map key that is no scalar is written as flow after `? `.

use std::fmt::{Display, Write};

use serde::ser::{self, Impossible, Serialize};

use super::scalar;

/// The longest key written before its colon, in bytes; readers stop looking for the colon after 1024 characters.
const SIMPLE_KEY: usize = 512;

/// What cannot be written: bytes, and variants with content.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unwritable(String);

impl ser::Error for Unwritable {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Done = Result<(), Unwritable>;

/// Writes a document.
pub(super) fn document(value: &impl Serialize) -> Result<String, Unwritable> {
    let mut out = String::with_capacity(16 * 1024);
    value.serialize(Value { out: &mut out, column: 0, place: Place::Root })?;
    out.push('\n');
    Ok(out)
}

/// Where a value stands. A value begins behind what its place has written, and ends without a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is the document.
    Root,
    /// Behind `key:`.
    Entry,
    /// Behind `-`.
    Item,
    /// It is a key itself: all in one line.
    Key,
    /// Inside `[` or `{`.
    Flow,
}

/// Writes one value; lines of its own begin at `column`.
struct Value<'a> {
    out: &'a mut String,
    column: usize,
    place: Place,
}

impl<'a> Value<'a> {
    /// Where a scalar goes: behind a space where something stands before it.
    fn scalar(self) -> &'a mut String {
        if matches!(self.place, Place::Entry | Place::Item) {
            self.out.push(' ');
        }
        self.out
    }

    fn number(self, number: impl Display) -> Done {
        write!(self.scalar(), "{number}").map_err(ser::Error::custom)
    }

    fn collection(self, brackets: [char; 2]) -> Collection<'a> {
        Collection { out: self.out, column: self.column, place: self.place, brackets, empty: true, is_rate: false }
    }
}

impl<'a> ser::Serializer for Value<'a> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Collection<'a>;
    type SerializeTuple = Collection<'a>;
    type SerializeTupleStruct = Collection<'a>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Collection<'a>;
    type SerializeStruct = Collection<'a>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, v: bool) -> Done {
        self.number(v)
    }
    fn serialize_i8(self, v: i8) -> Done {
        self.number(v)
    }
    fn serialize_i16(self, v: i16) -> Done {
        self.number(v)
    }
    fn serialize_i32(self, v: i32) -> Done {
        self.number(v)
    }
    fn serialize_i64(self, v: i64) -> Done {
        self.number(v)
    }
    fn serialize_i128(self, v: i128) -> Done {
        self.number(v)
    }
    fn serialize_u8(self, v: u8) -> Done {
        self.number(v)
    }
    fn serialize_u16(self, v: u16) -> Done {
        self.number(v)
    }
    fn serialize_u32(self, v: u32) -> Done {
        self.number(v)
    }
    fn serialize_u64(self, v: u64) -> Done {
        self.number(v)
    }
    fn serialize_u128(self, v: u128) -> Done {
        self.number(v)
    }
    fn serialize_f32(self, v: f32) -> Done {
        scalar::float(self.scalar(), &v.to_string(), &format!("{v:e}"));
        Ok(())
    }
    fn serialize_f64(self, v: f64) -> Done {
        scalar::float(self.scalar(), &v.to_string(), &format!("{v:e}"));
        Ok(())
    }
    fn serialize_char(self, v: char) -> Done {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, words: &str) -> Done {
        let (place, column) = (self.place, self.column);
        let out = self.scalar();
        match place {
            Place::Flow => scalar::escaped(out, words),
            Place::Root | Place::Key => scalar::write(out, words, None),
            Place::Entry | Place::Item => scalar::write(out, words, Some(column)),
        }
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(ser::Error::custom("bytes cannot be written as YAML"))
    }
    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Done {
        self.scalar().push_str("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: ?Sized + Serialize>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        Err(ser::Error::custom("variants with content cannot be written as YAML"))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Collection<'a>, Unwritable> {
        Ok(self.collection(['[', ']']))
    }
    fn serialize_tuple(self, _: usize) -> Result<Collection<'a>, Unwritable> {
        Ok(self.collection(['[', ']']))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Collection<'a>, Unwritable> {
        Ok(self.collection(['[', ']']))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(ser::Error::custom("variants with content cannot be written as YAML"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Collection<'a>, Unwritable> {
        Ok(self.collection(['{', '}']))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collection<'a>, Unwritable> {
        Ok(self.collection(['{', '}']))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        Err(ser::Error::custom("variants with content cannot be written as YAML"))
    }
}

/// Writes a list or a mapping.
struct Collection<'a> {
    out: &'a mut String,
    column: usize,
    place: Place,
    brackets: [char; 2],
    empty: bool,
    /// Whether the entry is the frame rate: frames are counted, so a whole rate is written as people write it.
    is_rate: bool,
}

impl Collection<'_> {
    fn is_flow(&self) -> bool {
        matches!(self.place, Place::Key | Place::Flow)
    }

    /// Goes to where the next entry begins.
    fn next(&mut self) {
        let first = std::mem::replace(&mut self.empty, false);
        match (self.place, first) {
            (Place::Key | Place::Flow, true) => self.out.push(self.brackets[0]),
            (Place::Key | Place::Flow, false) => self.out.push_str(", "),
            (Place::Root, true) => {}
            (Place::Item, true) => self.out.push(' '),
            _ => self.new_line(),
        }
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.column));
    }

    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.next();
        if self.is_flow() {
            return value.serialize(Value { out: self.out, column: 0, place: Place::Flow });
        }
        self.out.push('-');
        value.serialize(Value { out: self.out, column: self.column + 2, place: Place::Item })
    }

    fn key<T: ?Sized + Serialize>(&mut self, key: &T) -> Done {
        self.next();
        let start = self.out.len();
        if self.is_flow() {
            key.serialize(Value { out: self.out, column: 0, place: Place::Flow })?;
        } else {
            key.serialize(Value { out: self.out, column: 0, place: Place::Key })?;
            // A scalar that begins like a collection is quoted, so the first byte tells.
            let is_collection = self.out[start..].starts_with(['[', '{']);
            if is_collection || self.out.len() - start > SIMPLE_KEY {
                self.out.insert_str(start, "? ");
                self.new_line();
            }
        }
        self.is_rate = self.place == Place::Root && &self.out[start..] == "fps";
        self.out.push(':');
        Ok(())
    }

    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        if self.is_flow() {
            self.out.push(' ');
            return value.serialize(Value { out: self.out, column: 0, place: Place::Flow });
        }
        value.serialize(Value { out: self.out, column: self.column + 2, place: Place::Entry })?;
        if self.is_rate && self.out.ends_with(".0") {
            self.out.truncate(self.out.len() - 2);
        }
        Ok(())
    }

    fn close(self) -> Done {
        if self.is_flow() || self.empty {
            if self.empty {
                if matches!(self.place, Place::Entry | Place::Item) {
                    self.out.push(' ');
                }
                self.out.push(self.brackets[0]);
            }
            self.out.push(self.brackets[1]);
        }
        Ok(())
    }
}

impl ser::SerializeSeq for Collection<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.item(value)
    }
    fn end(self) -> Done {
        self.close()
    }
}

impl ser::SerializeTuple for Collection<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.item(value)
    }
    fn end(self) -> Done {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Collection<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.item(value)
    }
    fn end(self) -> Done {
        self.close()
    }
}

impl ser::SerializeMap for Collection<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Done {
        self.key(key)
    }
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.value(value)
    }
    fn end(self) -> Done {
        self.close()
    }
}

impl ser::SerializeStruct for Collection<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Done {
        self.key(key)?;
        self.value(value)
    }
    fn end(self) -> Done {
        self.close()
    }
}
