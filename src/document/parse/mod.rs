//! The parser of executable documents, by GraphQL's specification of September 2025.
//!
//! The library's own parser supports neither descriptions of operations nor escapes of more than four digits, drops a
//! duplicate field of an input object, and reads `queryName` as `query Name`. This one makes the same tree by recursive
//! descent, in one pass over the text. The depth of brackets is bounded.

mod definition;
mod selection;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod value;

use std::fmt::Display;

use async_graphql::{Name, Pos, Positioned, Value as Constant, parser::types::ExecutableDocument};

use self::token::{Kind, Token, Tokens};
use super::DocumentError;

/// How deep brackets may be nested. `cost::scan` allows fewer, and runs before.
const MAX_DEPTH: usize = 100;

/// Parses a document.
///
/// # Errors
/// `GRAPHQL_PARSE_FAILED`; `GRAPHQL_VALIDATION_FAILED` where a name is defined twice, or there is no operation.
pub fn parse(text: &str) -> Result<ExecutableDocument, DocumentError> {
    Parser::of(text)?.document()
}

/// Parses a text that is exactly one value without variables.
///
/// # Errors
/// `GRAPHQL_PARSE_FAILED`.
pub fn value(text: &str) -> Result<Constant, DocumentError> {
    let mut parser = Parser::of(text)?;
    let value = parser.constant()?.node;
    if parser.ahead.kind == Kind::End { Ok(value) } else { Err(parser.unexpected("nothing after the value")) }
}

/// The token at this position is a syntax error.
fn error_at(pos: Pos, message: impl Into<String>) -> DocumentError {
    DocumentError::parse(message).at([pos])
}

/// The parser, with one token of lookahead.
struct Parser<'a> {
    tokens: Tokens<'a>,
    ahead: Token<'a>,
    /// How many brackets are open.
    depth: usize,
}

impl<'a> Parser<'a> {
    fn of(text: &'a str) -> Result<Self, DocumentError> {
        let mut tokens = Tokens::of(text);
        let ahead = tokens.next()?;
        Ok(Self { tokens, ahead, depth: 0 })
    }

    fn next(&mut self) -> Result<Token<'a>, DocumentError> {
        let after = self.tokens.next()?;
        Ok(std::mem::replace(&mut self.ahead, after))
    }

    /// Whether the next token is this punctuator.
    fn is(&self, sign: &str) -> bool {
        self.ahead.kind == Kind::Sign && self.ahead.letters == sign
    }

    /// Whether the next token is this name.
    fn is_word(&self, word: &str) -> bool {
        self.ahead.kind == Kind::Name && self.ahead.letters == word
    }

    /// Skips this punctuator, if it is next.
    fn skip(&mut self, sign: &str) -> Result<bool, DocumentError> {
        let found = self.is(sign);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    /// Skips an opening bracket, if it is next.
    fn open(&mut self, sign: &str) -> Result<bool, DocumentError> {
        let found = self.is(sign);
        if found {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(error_at(
                    self.ahead.pos,
                    format!("brackets are nested more than {MAX_DEPTH} deep"),
                ));
            }
            self.next()?;
        }
        Ok(found)
    }

    /// Expects this punctuator, and returns its position.
    fn sign(&mut self, sign: &str) -> Result<Pos, DocumentError> {
        if self.is(sign) { Ok(self.next()?.pos) } else { Err(self.unexpected(format!("`{sign}`"))) }
    }

    fn name(&mut self, of: &str) -> Result<Positioned<Name>, DocumentError> {
        if self.ahead.kind != Kind::Name {
            return Err(self.unexpected(of));
        }
        let Token { letters, pos, .. } = self.next()?;
        Ok(Positioned::new(Name::new(letters), pos))
    }

    /// Items up to a closing bracket, which is skipped.
    fn until<T>(
        &mut self,
        sign: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, DocumentError>,
    ) -> Result<Vec<T>, DocumentError> {
        let mut items = Vec::new();
        while !self.skip(sign)? {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// One item or more up to a closing bracket, which is skipped.
    fn some_until<T>(
        &mut self,
        sign: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, DocumentError>,
    ) -> Result<Vec<T>, DocumentError> {
        let mut items = vec![item(self)?];
        items.extend(self.until(sign, item)?);
        Ok(items)
    }

    fn unexpected(&self, expected: impl Display) -> DocumentError {
        let Token { kind, letters, pos } = self.ahead;
        let found = match kind {
            Kind::End => "unexpected end of the document".to_owned(),
            Kind::Text | Kind::Block => "unexpected string".to_owned(),
            Kind::Sign | Kind::Name | Kind::Number => format!("unexpected `{letters}`"),
        };
        error_at(pos, format!("{found}; expected {expected}"))
    }
}
