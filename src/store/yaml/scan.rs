//! Limits before belief: one cheap pass over the text before the YAML crate sees it.
//!
//! The crate takes 0.4 s to refuse 100,000 `[`, keeps every event of a document in memory, and lets an alias to a large
//! node be repeated at no price. This pass follows the same rules as libyaml's scanner as far as they decide where a
//! scalar ends, so brackets in honest text are text. It builds nothing; what it cannot make sense of it lets pass, for
//! the parser to refuse.

use std::collections::HashMap;

use super::refused::{Refused, position};

/// How deep lists and mappings may nest. A storyboard of ours has nine levels.
const MAX_DEPTH: usize = 64;
/// How many entries of lists and mappings a document may have; an honest one of 64 MiB has about four million.
const MAX_ENTRIES: usize = 8_000_000;
/// What aliases may stand for in all, in bytes of the text they repeat.
const MAX_EXPANDED: usize = 16 * 1024 * 1024;

/// What a pass finds besides faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Findings {
    /// Whether there are comments below the first lines.
    pub(super) comments: bool,
}

/// Looks through a document of which the first `head` bytes are comment lines.
pub(super) fn look(text: &str, head: usize) -> Result<Findings, Refused> {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
        line_start: 0,
        fresh: true,
        indents: Vec::new(),
        flow: 0,
        entries: 0,
        key: None,
        after_dash: false,
        document: Document::Before,
        comments: false,
        anchors: HashMap::new(),
        open: Vec::new(),
        expanded: 0,
    };
    match scan.run(head) {
        Ok(()) => Ok(Findings { comments: scan.comments }),
        Err(fault) => {
            let (line, column) = position(text, scan.at);
            Err(Refused::at(line, column, fault))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Document {
    Before,
    Marked,
    Inside,
    Ended,
}

/// An anchor whose node is not over.
struct Open<'a> {
    name: &'a [u8],
    start: usize,
    expanded: usize,
    /// The block it stands in, and whether it stands behind a dash there.
    indent: Option<usize>,
    after_dash: bool,
    flow: usize,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    line_start: usize,
    /// Whether nothing but spaces came before on this line.
    fresh: bool,
    /// Columns of the block collections around.
    indents: Vec<usize>,
    flow: usize,
    entries: usize,
    /// Where a key may have begun on this line, and where the scalar that may be it ended.
    key: Option<(usize, usize)>,
    after_dash: bool,
    document: Document,
    comments: bool,
    /// What each anchor's node stands for, in bytes.
    anchors: HashMap<&'a [u8], usize>,
    open: Vec<Open<'a>>,
    expanded: usize,
}

type Fault = String;

impl<'a> Scan<'a> {
    fn run(&mut self, head: usize) -> Result<(), Fault> {
        while self.seek_token(head) {
            self.token()?;
            self.fresh = false;
        }
        Ok(())
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), b' ' | b'\t' | b'\n' | b'\r')
    }

    fn column(&self) -> usize {
        self.at - self.line_start
    }

    fn new_line(&mut self) {
        self.line_start = self.at;
        self.fresh = true;
        self.key = None;
    }

    /// Goes past spaces, breaks and comments; false at the end.
    fn seek_token(&mut self, head: usize) -> bool {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.new_line();
                }
                b'#' if self.fresh || matches!(self.bytes[self.at - 1], b' ' | b'\t') => {
                    self.comments |= self.at >= head;
                    self.skip_line();
                }
                _ => return true,
            }
        }
        false
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    }

    fn token(&mut self) -> Result<(), Fault> {
        let (byte, column) = (self.bytes[self.at], self.column());
        if column == 0 && self.marker()? {
            return Ok(());
        }
        if self.document == Document::Ended {
            return Err("a second document begins here; one is expected".to_owned());
        }
        self.document = Document::Inside;
        if self.flow == 0 {
            let dash = byte == b'-' && self.is_blank(1);
            if self.fresh {
                self.close_anchors(column, dash);
            }
            while self.indents.last().is_some_and(|&indent| indent > column) && self.fresh {
                self.indents.pop();
            }
            match byte {
                b'-' | b'?' if self.is_blank(1) => {
                    self.at += 1;
                    self.key = None;
                    self.after_dash = dash;
                    return self.block_entry(column);
                }
                b'|' | b'>' => {
                    self.block_scalar();
                    return Ok(());
                }
                _ => {}
            }
        }
        self.node(byte)
    }

    /// `---`, `...` and `%` at the left margin.
    fn marker(&mut self) -> Result<bool, Fault> {
        let rest = &self.bytes[self.at..];
        if rest[0] == b'%' && self.document == Document::Before {
            self.skip_line();
            return Ok(true);
        }
        if rest.starts_with(b"---") && self.is_blank(3) {
            if self.document != Document::Before {
                return Err("a second document begins here; one is expected".to_owned());
            }
            self.document = Document::Marked;
        } else if rest.starts_with(b"...") && self.is_blank(3) {
            self.document = Document::Ended;
        } else {
            return Ok(false);
        }
        self.at += 3;
        Ok(true)
    }

    /// What can stand in a line of a block and inside brackets alike.
    fn node(&mut self, byte: u8) -> Result<(), Fault> {
        let start = self.at;
        match byte {
            b'[' | b'{' => {
                self.may_be_key(start);
                self.flow += 1;
                self.at += 1;
                self.after_dash = false;
                return self.entry();
            }
            b']' | b'}' => {
                self.close_flow_anchors();
                self.flow = self.flow.saturating_sub(1);
                self.at += 1;
            }
            b',' if self.flow > 0 => {
                self.close_flow_anchors();
                self.at += 1;
                return self.entry();
            }
            b':' if self.is_blank(1) || self.flow > 0 => return self.colon(),
            b'&' | b'*' | b'!' => {
                self.may_be_key(start);
                self.at += 1;
                while !self.ends_name() {
                    self.at += 1;
                }
                let name = &self.bytes[start + 1..self.at];
                match byte {
                    b'&' => self.anchor(name, start),
                    b'*' => return self.alias(name),
                    _ => {}
                }
            }
            b'"' | b'\'' => {
                self.may_be_key(start);
                self.quoted(byte);
            }
            _ => {
                self.may_be_key(start);
                self.plain();
            }
        }
        if let Some((_, end)) = &mut self.key {
            *end = self.at;
        }
        Ok(())
    }

    /// Whether the name of an anchor, an alias or a tag ends here.
    fn ends_name(&self) -> bool {
        self.is_blank(0) || (self.flow > 0 && matches!(self.peek(0), b',' | b'[' | b']' | b'{' | b'}'))
    }

    fn may_be_key(&mut self, start: usize) {
        self.key.get_or_insert((start, start));
    }

    fn colon(&mut self) -> Result<(), Fault> {
        let key = self.key.take();
        if let Some((start, _)) = key.filter(|&(start, end)| &self.bytes[start..end] == b"<<") {
            self.at = start;
            return Err("merge keys (`<<`) are not read; write the fields out".to_owned());
        }
        self.at += 1;
        self.after_dash = false;
        if self.flow > 0 {
            return Ok(());
        }
        let column = key.map_or(self.at - 1, |(start, _)| start) - self.line_start;
        self.block_entry(column)
    }

    /// An entry of a block collection that stands at `column`.
    fn block_entry(&mut self, column: usize) -> Result<(), Fault> {
        if self.indents.last().is_none_or(|&indent| indent < column) {
            self.indents.push(column);
        }
        self.entry()
    }

    fn entry(&mut self) -> Result<(), Fault> {
        self.entries += 1;
        if self.indents.len() + self.flow > MAX_DEPTH {
            return Err(format!("this is nested deeper than {MAX_DEPTH} levels"));
        }
        if self.entries > MAX_ENTRIES {
            return Err(format!("this document has more than {MAX_ENTRIES} entries"));
        }
        Ok(())
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' if quote == b'"' && self.peek(0) != b'\n' => self.at += 1,
                b'\n' => self.new_line(),
                b'\'' if quote == b'\'' && self.peek(0) == b'\'' => self.at += 1,
                byte if byte == quote => break,
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
        self.fresh = false;
    }

    /// A scalar without quotes: ends at `: `, at ` #`, inside brackets at one of them, and at a line that stands no
    /// deeper than the block around it.
    fn plain(&mut self) {
        loop {
            self.plain_line();
            let end = self.at;
            // Where the next line with something on it is, and whether the scalar goes on there.
            let mut next = self.at;
            let mut line = None;
            while let Some(&byte) = self.bytes.get(next) {
                match byte {
                    b'\n' => line = Some(next + 1),
                    b' ' | b'\t' | b'\r' => {}
                    _ => break,
                }
                next += 1;
            }
            let (Some(line_start), Some(&byte)) = (line, self.bytes.get(next)) else { return };
            let column = next - line_start;
            let is_marker =
                column == 0 && (self.bytes[next..].starts_with(b"---") || self.bytes[next..].starts_with(b"..."));
            let is_outside = self.flow == 0 && self.indents.last().is_some_and(|&indent| column <= indent);
            if byte == b'#' || is_outside || is_marker {
                self.at = end;
                return;
            }
            self.at = next;
            self.new_line();
            self.line_start = line_start;
            self.fresh = false;
            if self.ends_plain(next) {
                return;
            }
        }
    }

    fn plain_line(&mut self) {
        let start = self.at;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\n' => return,
                b'#' if self.at > start && matches!(self.bytes[self.at - 1], b' ' | b'\t') => return,
                b':' | b',' | b'[' | b']' | b'{' | b'}' if self.ends_plain(self.at) => {
                    // What ends a scalar cannot also be its first character, or nothing would move.
                    if self.at > start {
                        return;
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn ends_plain(&self, at: usize) -> bool {
        let next = self.bytes.get(at + 1).copied().unwrap_or(b'\n');
        match self.bytes[at] {
            b':' if matches!(next, b' ' | b'\t' | b'\n' | b'\r') => true,
            b':' => self.flow > 0 && matches!(next, b',' | b'[' | b']' | b'{' | b'}'),
            b',' | b'[' | b']' | b'{' | b'}' => self.flow > 0,
            _ => false,
        }
    }

    /// Goes past a `|` or `>` block: every line deeper than what is around it, or as deep as its first.
    fn block_scalar(&mut self) {
        let header = self.at;
        self.skip_line();
        let digit = self.bytes[header..self.at].iter().take(3).find(|byte| (b'1'..=b'9').contains(byte));
        let around = self.indents.last().map_or(0, |&indent| indent + 1);
        let mut column = digit.map(|digit| around.saturating_sub(1) + usize::from(digit - b'0'));
        let mut deepest = around.max(1);
        while self.at < self.bytes.len() {
            let line = self.at + 1;
            let rest = self.bytes.get(line..).unwrap_or_default();
            let spaces = rest.iter().position(|&byte| byte != b' ').unwrap_or(rest.len());
            let is_empty = matches!(rest.get(spaces), None | Some(b'\n' | b'\r'));
            if is_empty {
                deepest = deepest.max(spaces);
            } else if spaces < *column.get_or_insert(deepest.max(spaces)) {
                return;
            }
            self.at = line.min(self.bytes.len());
            self.skip_line();
        }
    }

    fn anchor(&mut self, name: &'a [u8], start: usize) {
        let (indent, flow) = (self.indents.last().copied(), self.flow);
        let after_dash = self.after_dash;
        self.open.push(Open { name, start, expanded: self.expanded, indent, after_dash, flow });
    }

    fn alias(&mut self, name: &[u8]) -> Result<(), Fault> {
        let unfinished = self.open.iter().rev().find(|open| open.name == name);
        let cost = match unfinished {
            Some(open) => self.cost(open),
            // An alias to nothing is for the parser to refuse.
            None => self.anchors.get(name).copied().unwrap_or(0),
        };
        self.expanded = self.expanded.saturating_add(cost);
        if self.expanded > MAX_EXPANDED {
            return Err(format!("the aliases here stand for more than {} MiB", MAX_EXPANDED / 1024 / 1024));
        }
        Ok(())
    }

    fn cost(&self, open: &Open<'_>) -> usize {
        self.at - open.start + (self.expanded - open.expanded)
    }

    /// Closes the anchors whose node ends where a line begins at `column`.
    fn close_anchors(&mut self, column: usize, dash: bool) {
        while let Some(open) = self.open.last() {
            let inside = match open.indent {
                None => true,
                // `key:` and its list may stand in the same column.
                Some(indent) => column > indent || (column == indent && dash && !open.after_dash),
            };
            if inside {
                return;
            }
            self.close_last();
        }
    }

    /// Closes the anchors whose node ends with `,` or a closing bracket.
    fn close_flow_anchors(&mut self) {
        while self.open.last().is_some_and(|open| open.flow > 0 && open.flow >= self.flow) {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some(open) = self.open.pop() {
            self.anchors.insert(open.name, self.cost(&open));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<Refused> {
        look(text, 0).err()
    }

    #[test]
    fn brackets_and_dashes_in_honest_text_are_text() {
        let many = "[{".repeat(200);
        for text in [
            format!("a: who {many} knows\nb: 1\n"),
            format!("a: |\n  {many}\n  - - - -\nb: 1\n"),
            format!("a: >-\n\n    {many}\n    x\n  \nb: 1\n"),
            format!("a: \"{many} \\\" {many}\"\nb: '{many} '' {many}'\n"),
            format!("a: text\n  {many}\n\n  more {many}\nb: 1\n"),
            format!("- # {many}\n  a: b # {many}\n"),
            format!("a: don't {many}\nb: it's\n"),
            format!("x:\n- |2\n     {many}\n   {many}\n- {{a: \"{many}\", b: c}}\n"),
        ] {
            assert_eq!(fault(&text), None, "{text}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused_where_it_is() {
        let stairs: String = (0..70).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        for (text, line) in [
            ("[".repeat(100_000), 1),
            (format!("a: 1\nb: {}", "{a: ".repeat(65)), 2),
            ("- ".repeat(100), 1),
            ("? ".repeat(100), 1),
            (format!("a: |\n  x\nb: {}", "[".repeat(65)), 3),
            (format!("a: 'x'\nb: \"y\"\nc: plain\n  more\nd: {}", "[".repeat(65)), 5),
            (stairs, 65),
        ] {
            let refused = fault(&text).unwrap_or_else(|| panic!("{}", &text[..40]));
            assert_eq!(refused.line, line, "{refused}");
            assert!(refused.message.contains("64 levels"), "{refused}");
        }
    }

    #[test]
    fn aliases_may_repeat_a_little_and_not_without_end() {
        assert_eq!(fault("a: &x foo\nb: *x\nc: [&y 1, *y]\nd:\n- &z {q: 1}\n- *z\n"), None);
        let laughs: String = (1..30).map(|n| format!("k{n}: &k{n} [*k{0}, *k{0}]\n", n - 1)).collect();
        let refused = fault(&format!("k0: &k0 [lol, lol]\n{laughs}")).unwrap();
        assert!(refused.message.contains("16 MiB") && refused.line > 10, "{refused}");
        let large = format!("k0: &k0\n- {}\nk1: [{}]\n", "x".repeat(1 << 20), "*k0, ".repeat(20));
        assert!(fault(&large).is_some());
    }

    #[test]
    fn one_document_is_read_and_merge_keys_are_not() {
        assert_eq!(fault("%YAML 1.1\n---\na: b\n...\n"), None);
        assert_eq!(fault("a: b\n---\nc: d\n").unwrap().line, 2);
        assert_eq!(fault("a: b\n...\nc: d\n").unwrap().line, 3);
        assert_eq!(fault("a: &x {}\nb:\n  <<: *x\n").unwrap().line, 3);
        assert_eq!(fault("\"<<\": 1\n"), None);
    }

    #[test]
    fn comments_are_noticed_and_hashes_in_text_are_not_comments() {
        for (text, comments) in [
            ("# head\na: b\n", false),
            ("# head\na: b # c\n", true),
            ("# head\na: b#c\n", false),
            ("# head\na: |\n  # text\n", false),
            ("# head\na: 'x # y'\nb: \"# z\"\n", false),
            ("# head\n\n# more\na: b\n", true),
        ] {
            assert_eq!(look(text, "# head\n".len()).unwrap().comments, comments, "{text:?}");
        }
    }
}
