//! Strings of a document: their length and their value (GraphQL's specification, 2.9.4).

use async_graphql::Pos;

use super::{DocumentError, error_at};

/// The delimiter of a block string.
pub(super) const BLOCK: &str = "\"\"\"";

/// Bytes of the string at the beginning of a text, quotes included.
pub(super) fn length(rest: &str) -> Option<usize> {
    let letters = rest.as_bytes();
    let mut at = 1;
    loop {
        match letters.get(at)? {
            b'"' => return Some(at + 1),
            b'\n' | b'\r' => return None,
            b'\\' if !matches!(letters.get(at + 1), Some(b'\n' | b'\r')) => at += 2,
            _ => at += 1,
        }
    }
}

/// Bytes of the block string at the beginning of a text, quotes included.
pub(super) fn block_length(rest: &str) -> Option<usize> {
    let mut at = BLOCK.len();
    loop {
        let end = at + rest.get(at..)?.find(BLOCK)?;
        if !rest[..end].ends_with('\\') {
            return Some(end + BLOCK.len());
        }
        at = end + BLOCK.len();
    }
}

/// The value of a string.
///
/// # Errors
/// When an escape is no character, such as a surrogate without its other half.
pub(super) fn value(letters: &str, pos: Pos) -> Result<String, DocumentError> {
    let inner = &letters[1..letters.len() - 1];
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((letter, length)) = escape(rest) else {
            let before = 1 + inner[..inner.len() - rest.len()].chars().count();
            let pos = Pos { column: pos.column + before, ..pos };
            let shown: String = rest.chars().take_while(|letter| *letter != ' ').take(12).collect();
            return Err(error_at(pos, format!("`{shown}` is not a valid escape sequence")));
        };
        value.push(letter);
        rest = &rest[length..];
    }
    value.push_str(rest);
    Ok(value)
}

/// The character of an escape, and the bytes of the escape.
fn escape(rest: &str) -> Option<(char, usize)> {
    let letter = match rest.as_bytes().get(1)? {
        letter @ (b'"' | b'\\' | b'/') => char::from(*letter),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(rest),
        _ => return None,
    };
    Some((letter, 2))
}

fn unicode(rest: &str) -> Option<(char, usize)> {
    if let Some(braced) = rest.strip_prefix("\\u{") {
        let digits = &braced[..braced.find('}')?];
        return Some((char::from_u32(hexadecimal(digits)?)?, digits.len() + 4));
    }
    let unit = |at: usize| hexadecimal(rest.get(at..at + 4)?);
    let first = unit(2)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = Some(unit(8)?).filter(|_| rest[6..].starts_with("\\u"))?;
    let low = Some(second).filter(|second| (0xdc00..0xe000).contains(second))? - 0xdc00;
    Some((char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)?, 12))
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if plain { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// The value of a block string: without common indentation, and without leading and trailing blank lines.
pub(super) fn block_value(letters: &str) -> String {
    let inner = letters[BLOCK.len()..letters.len() - BLOCK.len()].replace("\\\"\"\"", BLOCK);
    let inner = inner.replace("\r\n", "\n");
    let blank = |letter: char| matches!(letter, ' ' | '\t');
    let mut lines: Vec<&str> = inner.split(['\n', '\r']).collect();
    let indents = lines.iter().skip(1).filter_map(|line| line.find(|letter| !blank(letter)));
    let indent = indents.min().unwrap_or(0);
    for line in lines.iter_mut().skip(1) {
        *line = line.get(indent..).unwrap_or_default();
    }
    let full = |line: &&str| !line.chars().all(blank);
    let first = lines.iter().position(full).unwrap_or(lines.len());
    let last = lines.iter().rposition(full).map_or(first, |last| last + 1);
    lines[first..last].join("\n")
}
