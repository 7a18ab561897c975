//! Deflate (RFC 1951) for pictures with a palette, in the zlib form (RFC 1950) that PNG wants.
//!
//! A sketch is flat paper, lines, and grain that hardly repeats: what repeats is the pixel before and the row above, so
//! nothing else is looked for; a general compressor spends most of its time on looking farther back. What is left are pixels
//! by themselves, and their codes are made anew for each stretch of the picture: a dark street has other tones than the sky
//! above it.

/// Bytes in a row that are worth a repeat, at least: grain repeats three now and then, for which three codes are as short.
const SHORTEST: usize = 4;
/// The longest repeat the format has.
const LONGEST: usize = 258;
/// The farthest repeat the format has.
const FARTHEST: usize = 1 << 15;

/// Words with the same codes: some thirty rows of a frame in a terminal.
const BLOCK: usize = 16 << 10;

/// What is said of a picture's bytes: a byte, or how many follow that are as those before or above.
///
/// Below [`RUN`] it is the byte itself; from there on the length less 3 of a run; from [`ABOVE`] on, of a repeat of the row
/// above.
type Word = u16;
const RUN: usize = 256;
const ABOVE: usize = 512;
const WORDS: usize = 768;

/// Symbols of bytes, the end and lengths.
const SYMBOLS: usize = 286;
const END: usize = 256;

/// The bytes as a zlib stream, where `row` bytes are a row of the picture.
#[must_use]
pub(super) fn zlib(bytes: &[u8], row: usize) -> Vec<u8> {
    let row = Some(row).filter(|&row| (2..=FARTHEST).contains(&row));
    let words = words(bytes, row);
    let mut out = Writer::default();
    out.make_room(16);
    out.put(Bits::new(0x0178, 16));
    let mut blocks = words.chunks(BLOCK).peekable();
    loop {
        let words = blocks.next().unwrap_or_default();
        let last = blocks.peek().is_none();
        // With codes of its own; the last one says that it is.
        block(words, row, Bits::new(if last { 0b101 } else { 0b100 }, 3), &mut out);
        if last {
            break;
        }
    }
    let mut out = out.done();
    out.extend(simd_adler32::adler32(&bytes).to_be_bytes());
    out
}

/// Words with codes of their own.
fn block(words: &[Word], row: Option<usize>, begin: Bits, out: &mut Writer) {
    let (fours, rest) = words.as_chunks::<4>();
    // Counted in four places: two words alike that follow each other do not wait for one another.
    let mut said = [[0_u32; WORDS]; 4];
    for four in fours {
        said.iter_mut().zip(four).for_each(|(said, &word)| said[usize::from(word)] += 1);
    }
    rest.iter().for_each(|&word| said[0][usize::from(word)] += 1);
    let said: [u32; WORDS] = std::array::from_fn(|word| said.iter().map(|said| said[word]).sum());
    let mut counts = [0_u32; SYMBOLS];
    counts[END] = 1;
    for (word, times) in said.into_iter().enumerate() {
        counts[symbol(word).0] += times;
    }
    let lengths = code_lengths(&counts, 15);
    let codes = codes(&lengths);
    let (run, above) = (distance(1), distance(row.unwrap_or(1)));
    // Both distances are one bit; the nearer has the lower symbol and so the lower code.
    let phrases: Vec<Bits> = (0..WORDS)
        .map(|word| {
            let (symbol, more) = symbol(word);
            let length = codes[symbol].then(more);
            match word {
                ..RUN => length,
                RUN..ABOVE => length.then(Bits::new(0, 1)).then(run.1),
                _ => length.then(Bits::new(1, 1)).then(above.1),
            }
        })
        .collect();
    let bits: u64 = phrases.iter().zip(said).map(|(phrase, times)| u64::from(phrase.long) * u64::from(times)).sum();
    out.make_room(bits as usize / 8 + 1024);
    out.put(begin);
    head(&lengths, above.0, out);
    for four in fours {
        let four = four.map(|word| phrases[usize::from(word)]);
        // Each `put` waits for the one before: few of them, as long as their bits fit.
        let [one, two, three, last] = four;
        if one.long + two.long + three.long + last.long <= Writer::MOST {
            out.put(one.then(two).then(three.then(last)));
        } else {
            four.into_iter().for_each(|phrase| out.put(phrase));
        }
    }
    rest.iter().for_each(|&word| out.put(phrases[usize::from(word)]));
    out.put(codes[END]);
}

/// Finds what repeats.
fn words(bytes: &[u8], row: Option<usize>) -> Vec<Word> {
    let mut words = Vec::with_capacity(bytes.len());
    let four = |at: usize| bytes.get(at..at + SHORTEST);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(grain) = grain(bytes, at, row) {
            words.extend(grain.map(Word::from));
            at += grain.len();
            continue;
        }
        let here = four(at);
        let repeats = |back: usize| here.is_some() && at >= back && here == four(at - back);
        let run = if repeats(1) { alike(bytes, at, 1) } else { 0 };
        let above = row.filter(|&row| run < LONGEST && repeats(row)).map_or(0, |row| alike(bytes, at, row));
        let (word, long) = match run.max(above) {
            0 => (usize::from(byte), 1),
            long if run >= above => (RUN + long - 3, long),
            long => (ABOVE + long - 3, long),
        };
        words.push(word as Word);
        at += long;
    }
    words
}

/// The next four bytes, where no repeat begins at any of them: most of a sketch is grain, and four are looked at in the time
/// of one.
fn grain(bytes: &[u8], at: usize, row: Option<usize>) -> Option<[u8; 4]> {
    /// A bit in each of the first four bytes.
    const FOUR: u64 = 0x8080_8080;
    let eight = |at: usize| bytes.get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight));
    let here = eight(at)?;
    // The highest bit of each byte that is as the one so far back.
    let alike = |back: usize| {
        let differs = here ^ eight(at.checked_sub(back)?)?;
        Some(!(((differs & !(FOUR | FOUR << 32)) + !(FOUR | FOUR << 32)) | differs) & (FOUR | FOUR << 32))
    };
    let begins = |alike: u64| alike & alike >> 8 & alike >> 16 & alike >> 24 & FOUR;
    let repeats = begins(alike(1)?) | row.and_then(alike).map_or(0, begins);
    (repeats == 0).then_some([here as u8, (here >> 8) as u8, (here >> 16) as u8, (here >> 24) as u8])
}

/// How many bytes are as those so far back.
fn alike(bytes: &[u8], at: usize, back: usize) -> usize {
    let here = &bytes[at..bytes.len().min(at + LONGEST)];
    let there = &bytes[at - back..];
    let eights = here.chunks_exact(8).zip(there.chunks_exact(8)).take_while(|(one, other)| one == other).count() * 8;
    eights + here[eights..].iter().zip(&there[eights..]).take_while(|(one, other)| one == other).count()
}

/// Some bits, the first the lowest.
#[derive(Debug, Clone, Copy, Default)]
struct Bits {
    bits: u64,
    long: u32,
}

impl Bits {
    const fn new(bits: u64, long: u32) -> Self {
        Self { bits, long }
    }

    const fn then(self, next: Self) -> Self {
        Self { bits: self.bits | next.bits << self.long, long: self.long + next.long }
    }
}

/// The symbol of a word, and what follows it.
fn symbol(word: usize) -> (usize, Bits) {
    let Some(length) = word.checked_sub(RUN).map(|repeat| repeat % RUN) else { return (word, Bits::default()) };
    match length {
        0..8 => (257 + length, Bits::default()),
        255 => (285, Bits::default()),
        // Four symbols a power of two, told apart by the two bits below the highest.
        _ => {
            let more = length.ilog2() - 2;
            (257 + 4 * more as usize + (length >> more), Bits::new((length & ((1 << more) - 1)) as u64, more))
        }
    }
}

/// The symbol of a distance, and what follows it.
fn distance(back: usize) -> (usize, Bits) {
    match back - 1 {
        near @ 0..4 => (near, Bits::default()),
        far => {
            let more = far.ilog2() - 1;
            (2 * more as usize + (far >> more), Bits::new((far & ((1 << more) - 1)) as u64, more))
        }
    }
}

/// How long the code of each symbol is, after Huffman, none longer than the limit; 0 for what does not occur.
fn code_lengths(counts: &[u32], limit: usize) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let mut used: Vec<usize> = (0..counts.len()).filter(|&symbol| counts[symbol] > 0).collect();
    used.sort_by_key(|&symbol| (counts[symbol], symbol));
    if used.len() < 2 {
        // A lone code still takes a bit.
        used.iter().for_each(|&symbol| lengths[symbol] = 1);
        return lengths;
    }
    // Leaves come first, then the pairs in the order they were made: the lightest two are at the front of either.
    let leaves = used.len();
    let mut weights: Vec<u64> = used.iter().map(|&symbol| u64::from(counts[symbol])).collect();
    let mut parents = vec![0; 2 * leaves - 1];
    let (mut leaf, mut pair) = (0, leaves);
    for new in leaves..2 * leaves - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let lightest =
                if leaf < leaves && (pair >= new || weights[leaf] <= weights[pair]) { &mut leaf } else { &mut pair };
            weight += weights[*lightest];
            parents[*lightest] = new;
            *lightest += 1;
        }
        weights.push(weight);
    }
    let mut depths = vec![0_usize; 2 * leaves - 1];
    for at in (0..2 * leaves - 2).rev() {
        depths[at] = depths[parents[at]] + 1;
    }
    let mut of_length = vec![0_usize; limit + 1];
    depths[..leaves].iter().for_each(|&depth| of_length[depth.min(limit)] += 1);
    // Codes that were cut short take more room than there is: a shorter one is split until it fits.
    let room = |of_length: &[usize]| (1..=limit).map(|length| of_length[length] << (limit - length)).sum::<usize>();
    let mut taken = room(&of_length);
    while taken > 1 << limit {
        of_length[limit] -= 1;
        if let Some(split) = (1..limit).rev().find(|&length| of_length[length] > 0) {
            of_length[split] -= 1;
            of_length[split + 1] += 2;
        }
        taken -= 1;
    }
    let shortest_first = (1..=limit).flat_map(|length| std::iter::repeat_n(length as u8, of_length[length]));
    for (&symbol, length) in used.iter().rev().zip(shortest_first) {
        lengths[symbol] = length;
    }
    lengths
}

/// The codes that such lengths give (RFC 1951, 3.2.2), first bit lowest.
fn codes(lengths: &[u8]) -> Vec<Bits> {
    let mut next = [0_u64; 16];
    let mut code = 0;
    for (shorter, next) in (0..).zip(&mut next[1..]) {
        let count = lengths.iter().filter(|&&length| length == shorter && length > 0).count();
        code = (code + count as u64) << 1;
        *next = code;
    }
    let code = |&length: &u8| {
        if length == 0 {
            return Bits::default();
        }
        let code = next[usize::from(length)];
        next[usize::from(length)] += 1;
        Bits::new(code.reverse_bits() >> (64 - u32::from(length)), length.into())
    };
    lengths.iter().map(code).collect()
}

/// How the codes are made: the lengths of those of bytes and lengths, and of the two distances.
fn head(lengths: &[u8], above: usize, out: &mut Writer) {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let distances = (0..=above).map(|symbol| u8::from(symbol == 0 || symbol == above));
    let all: Vec<u8> = lengths.iter().copied().chain(distances).collect();
    let mut counts = [0_u32; 19];
    all.iter().for_each(|&length| counts[usize::from(length)] += 1);
    let meta = code_lengths(&counts, 7);
    let meta_codes = codes(&meta);
    out.put(Bits::new(SYMBOLS as u64 - 257, 5));
    out.put(Bits::new(above as u64, 5));
    out.put(Bits::new(ORDER.len() as u64 - 4, 4));
    ORDER.iter().for_each(|&at| out.put(Bits::new(meta[at].into(), 3)));
    all.iter().for_each(|&length| out.put(meta_codes[usize::from(length)]));
}

/// Bits become bytes, eight at a time, in room that was made before.
#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    /// Whole bytes written.
    at: usize,
    /// What is not a whole byte yet.
    rest: Bits,
}

impl Writer {
    /// Bits that can be put at once.
    const MOST: u32 = 56;

    fn make_room(&mut self, bytes: usize) {
        self.out.resize(self.at + bytes + 8, 0);
    }

    /// At most [`Self::MOST`] bits.
    #[inline]
    fn put(&mut self, bits: Bits) {
        let all = self.rest.then(bits);
        self.out[self.at..self.at + 8].copy_from_slice(&all.bits.to_le_bytes());
        let whole = all.long / 8;
        self.at += whole as usize;
        self.rest = Bits::new(all.bits >> (8 * whole), all.long % 8);
    }

    fn done(mut self) -> Vec<u8> {
        self.out.truncate(self.at + self.rest.long.div_ceil(8) as usize);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Read as _;

    fn unpacked(zlib: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(zlib).read_to_end(&mut bytes).unwrap();
        bytes
    }

    proptest! {
        #[test]
        fn whatever_is_packed_is_unpacked_as_it_was(
            runs in prop::collection::vec((any::<u8>(), 1_usize..700), 0..60),
            grain in prop::collection::vec(0_u8..12, 0..3000),
            row in 0_usize..900,
        ) {
            let mut bytes: Vec<u8> = runs.iter().flat_map(|&(byte, long)| std::iter::repeat_n(byte, long)).collect();
            bytes.extend(grain);
            // As much again, so that the row above repeats too.
            bytes.extend_from_within(..);
            prop_assert_eq!(unpacked(&zlib(&bytes, row)), bytes);
        }
    }

    #[test]
    fn every_length_and_the_farthest_rows_come_back() {
        for long in 1..600 {
            let mut bytes = vec![7; long];
            bytes.extend([1, 2, 3]);
            assert_eq!(unpacked(&zlib(&bytes, 40)), bytes, "{long}");
        }
        for row in [1, 2, 3, 5, 4097, 8193, FARTHEST, FARTHEST + 1] {
            let grain: Vec<u8> = (0..row as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
            let bytes = grain.repeat(3);
            let packed = zlib(&bytes, row);
            assert_eq!(unpacked(&packed), bytes, "{row}");
            assert!(
                !(100..=FARTHEST).contains(&row) || packed.len() < bytes.len() / 2,
                "{row}: the rows above are found"
            );
        }
    }

    #[test]
    fn codes_are_never_longer_than_the_format_lets_them_be() {
        // Each as frequent as the two before it together: the tree that is deepest.
        let (mut one, mut other) = (1_u32, 1_u32);
        let counts: Vec<u32> = (0..40)
            .map(|_| {
                (one, other) = (other, one + other);
                one
            })
            .collect();
        for limit in [7, 15] {
            let lengths = code_lengths(&counts, limit);
            let room: f64 = lengths.iter().map(|&length| 0.5_f64.powi(length.into())).sum();
            assert!(lengths.iter().all(|&length| (1..=limit as u8).contains(&length)), "{lengths:?}");
            assert!((room - 1.0).abs() < 1e-9, "{lengths:?}");
        }
    }
}
