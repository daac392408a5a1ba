//! The lexer: the tokens of a document, with their positions (GraphQL's specification, 2.1).

use async_graphql::Pos;

use super::{DocumentError, error_at, text};

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A punctuator.
    Sign,
    Name,
    Number,
    /// A string in quotes.
    Text,
    /// A block string.
    Block,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// Its text, quotes included.
    pub(super) letters: &'a str,
    pub(super) pos: Pos,
}

/// The lexer: the rest of a document.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    pos: Pos,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(document: &'a str) -> Self {
        Self { rest: document, pos: Pos { line: 1, column: 1 } }
    }

    /// The next token.
    ///
    /// # Errors
    /// When no token starts with this character.
    pub(super) fn next(&mut self) -> Result<Token<'a>, DocumentError> {
        self.skip();
        let pos = self.pos;
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token { kind: Kind::End, letters: "", pos });
        };
        let (kind, length) = match first {
            '!' | '$' | '&' | '(' | ')' | ':' | '=' | '@' | '[' | ']' | '{' | '|' | '}' => (Kind::Sign, 1),
            '.' if self.rest.starts_with("...") => (Kind::Sign, 3),
            'A'..='Z' | 'a'..='z' | '_' => (Kind::Name, name_length(self.rest)),
            '-' | '0'..='9' => (Kind::Number, number_length(self.rest).map_err(|what| error_at(pos, what))?),
            '"' if self.rest.starts_with(text::BLOCK) => {
                let length = text::block_length(self.rest);
                (Kind::Block, length.ok_or_else(|| error_at(pos, "a block string is not terminated"))?)
            }
            '"' => {
                let length = text::length(self.rest);
                (Kind::Text, length.ok_or_else(|| error_at(pos, "a string is not terminated on its line"))?)
            }
            other => return Err(error_at(pos, format!("unexpected character `{}`", other.escape_debug()))),
        };
        let letters = self.take(length);
        Ok(Token { kind, letters, pos })
    }

    /// Skips ignored tokens: blanks, line ends, commas, comments.
    fn skip(&mut self) {
        while let Some(first) = self.rest.chars().next() {
            let length = match first {
                ' ' | '\t' | '\n' | '\r' | ',' | '\u{feff}' => first.len_utf8(),
                '#' => self.rest.find(['\n', '\r']).unwrap_or(self.rest.len()),
                _ => return,
            };
            self.take(length);
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        let mut letters = taken.chars().chain(rest.chars().next()).peekable();
        for _ in 0..taken.chars().count() {
            match letters.next() {
                // The line ends after the second of both.
                Some('\r') if letters.peek() == Some(&'\n') => {}
                Some('\n' | '\r') => self.pos = Pos { line: self.pos.line + 1, column: 1 },
                _ => self.pos.column += 1,
            }
        }
        self.rest = rest;
        taken
    }
}

fn name_length(rest: &str) -> usize {
    rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len())
}

fn number_length(rest: &str) -> Result<usize, &'static str> {
    let letters = rest.as_bytes();
    let digits = |at: usize| letters[at..].iter().take_while(|letter| letter.is_ascii_digit()).count();
    let mut at = usize::from(letters[0] == b'-');
    let whole = digits(at);
    if whole == 0 {
        return Err("a number has no digit");
    }
    if whole > 1 && letters[at] == b'0' {
        return Err("a number must not start with 0");
    }
    at += whole;
    if letters.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return Err("a number has no digits after its point");
        }
        at += 1 + fraction;
    }
    if matches!(letters.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(letters.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return Err("the exponent of a number has no digits");
        }
        at += exponent;
    }
    match letters.get(at) {
        Some(b'.' | b'_' | b'A'..=b'Z' | b'a'..=b'z') => {
            Err("a number must not be followed by a name or a point")
        }
        _ => Ok(at),
    }
}
