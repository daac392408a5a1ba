//! Checks the limits of a document before it is parsed, in one pass over its text without recursion.
//!
//! The parser recurses for every bracket, so what is nested too deeply for the stack has to be found before.

use super::limit::{MAX_ALIASES, MAX_BRACKETS, MAX_BYTES, MAX_NAME_BYTES, MAX_TOKENS, check};
use crate::document::DocumentError;

/// Counts the tokens of a document. Refuses one that is too long, has too long a name, or is nested too deeply to be
/// parsed.
///
/// # Errors
/// `DOCUMENT_LIMIT_EXCEEDED`, `DEPTH_LIMIT_EXCEEDED`, or `GRAPHQL_PARSE_FAILED` for a block string without end.
pub fn scan(document: &str) -> Result<usize, DocumentError> {
    check("bytes", document.len() as u64, MAX_BYTES as u64)?;
    let Counts { tokens, aliases, brackets, name } = count(document.as_bytes())?;
    if brackets > MAX_BRACKETS {
        return Err(DocumentError::too_deep(format!(
            "brackets are nested {brackets} deep; at most {MAX_BRACKETS}"
        )));
    }
    check("tokens", tokens as u64, MAX_TOKENS as u64)?;
    check("aliases", aliases as u64, MAX_ALIASES as u64)?;
    check("bytes in one name", name as u64, MAX_NAME_BYTES as u64)?;
    Ok(tokens)
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    tokens: usize,
    aliases: usize,
    /// The greatest depth of brackets.
    brackets: usize,
    /// Bytes of the longest name.
    name: usize,
}

fn count(text: &[u8]) -> Result<Counts, DocumentError> {
    let mut counts = Counts::default();
    let (mut open, mut parentheses) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(&letter) = text.get(at) {
        let rest = &text[at..];
        let length = match letter {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += line(rest);
                continue;
            }
            b'"' if rest.starts_with(BLOCK) => block(rest)?,
            b'"' => string(rest),
            b'{' | b'[' | b'(' => {
                parentheses += usize::from(letter == b'(');
                open += 1;
                counts.brackets = counts.brackets.max(open);
                1
            }
            b'}' | b']' | b')' => {
                parentheses = parentheses.saturating_sub(usize::from(letter == b')'));
                open = open.saturating_sub(1);
                1
            }
            b':' => {
                // In parentheses it separates an argument from its value.
                counts.aliases += usize::from(parentheses == 0);
                1
            }
            b'.' => rest.iter().take(3).take_while(|letter| **letter == b'.').count(),
            b'-' | b'0'..=b'9' => 1 + rest[1..].iter().take_while(|letter| of_number(**letter)).count(),
            _ if of_name(letter) => {
                let length = rest.iter().take_while(|letter| of_name(**letter)).count();
                counts.name = counts.name.max(length);
                length
            }
            _ => 1,
        };
        counts.tokens += 1;
        at += length;
    }
    Ok(counts)
}

const BLOCK: &[u8] = b"\"\"\"";

fn of_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || letter == b'_'
}

fn of_number(letter: u8) -> bool {
    of_name(letter) || matches!(letter, b'.' | b'-' | b'+')
}

fn line(text: &[u8]) -> usize {
    text.iter().position(|letter| matches!(letter, b'\n' | b'\r')).unwrap_or(text.len())
}

fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(letter) = text.get(at) {
        match letter {
            b'"' => return at + 1,
            // A string ends with its line; the parser reports that.
            b'\n' | b'\r' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of a block string. One without end must not reach the parser of the library, which would read it as an
/// empty string, and go on from there.
fn block(text: &[u8]) -> Result<usize, DocumentError> {
    let mut at = BLOCK.len();
    while at < text.len() {
        if text[at..].starts_with(BLOCK) {
            return Ok(at + BLOCK.len());
        }
        at += if text[at..].starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    Err(DocumentError::parse("a block string is not terminated"))
}
