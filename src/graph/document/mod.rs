//! Parser for executable documents, by the GraphQL specification of September 2025.
//!
//! The library's own parser does not support descriptions of operations or escapes beyond four digits, silently drops a
//! field that an input object has twice, and takes `queryName` for `query Name`. This one builds the same tree, in one
//! pass. It is recursive for every bracket, so the nesting of brackets is limited.

mod definition;
mod selection;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod value;

use std::fmt::Display;

use async_graphql::{Name, Pos, Positioned, ServerError, parser::types::ExecutableDocument};

use self::token::{Kind, Token, Tokens};

/// The deepest nesting of brackets. The depth limit is lower and reports the error first.
const MAX_DEPTH: usize = 100;

/// Parses a document.
///
/// # Errors
/// `GRAPHQL_PARSE_FAILED`; `GRAPHQL_VALIDATION_FAILED` when a name is used twice, or there is no operation.
pub fn read(text: &str) -> Result<ExecutableDocument, Box<ServerError>> {
    Reader::of(text).and_then(|mut reader| reader.document()).map_err(|fault| Box::new(fault.into()))
}

/// Why a text is not a valid document.
#[derive(Debug)]
struct Fault {
    code: &'static str,
    message: String,
    at: Vec<Pos>,
}

impl Fault {
    /// A syntax error at this position.
    fn at(pos: Pos, message: impl Into<String>) -> Self {
        Self { code: "GRAPHQL_PARSE_FAILED", message: message.into(), at: vec![pos] }
    }

    /// A violation of another rule than the grammar.
    fn invalid(at: Vec<Pos>, message: impl Into<String>) -> Self {
        Self { code: "GRAPHQL_VALIDATION_FAILED", message: message.into(), at }
    }
}

impl From<Fault> for ServerError {
    fn from(Fault { code, message, at }: Fault) -> Self {
        let mut error = ServerError::new(message, None);
        error.locations = at;
        error.extensions.get_or_insert_default().set("code", code);
        error
    }
}

/// A parser with one token of lookahead.
struct Reader<'a> {
    tokens: Tokens<'a>,
    ahead: Token<'a>,
    /// Number of open brackets.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str) -> Result<Self, Fault> {
        let mut tokens = Tokens::of(text);
        let ahead = tokens.next()?;
        Ok(Self { tokens, ahead, depth: 0 })
    }

    fn next(&mut self) -> Result<Token<'a>, Fault> {
        let after = self.tokens.next()?;
        Ok(std::mem::replace(&mut self.ahead, after))
    }

    /// Whether this punctuator is next.
    fn is(&self, sign: &str) -> bool {
        self.ahead.kind == Kind::Sign && self.ahead.letters == sign
    }

    /// Whether this name is next.
    fn is_word(&self, word: &str) -> bool {
        self.ahead.kind == Kind::Name && self.ahead.letters == word
    }

    /// Skips this punctuator, if it is next.
    fn skip(&mut self, sign: &str) -> Result<bool, Fault> {
        let found = self.is(sign);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    /// Skips this opening bracket, if it is next.
    fn open(&mut self, sign: &str) -> Result<bool, Fault> {
        let found = self.is(sign);
        if found {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(Fault::at(
                    self.ahead.pos,
                    format!("brackets are nested more than {MAX_DEPTH} deep"),
                ));
            }
            self.next()?;
        }
        Ok(found)
    }

    /// Expects this punctuator and returns its position.
    fn sign(&mut self, sign: &str) -> Result<Pos, Fault> {
        if self.is(sign) { Ok(self.next()?.pos) } else { Err(self.unexpected(format!("`{sign}`"))) }
    }

    fn name(&mut self, of: &str) -> Result<Positioned<Name>, Fault> {
        if self.ahead.kind != Kind::Name {
            return Err(self.unexpected(of));
        }
        let Token { letters, pos, .. } = self.next()?;
        Ok(Positioned::new(Name::new(letters), pos))
    }

    /// Parses items up to a closing punctuator, which is skipped.
    fn until<T>(
        &mut self,
        sign: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut items = Vec::new();
        while !self.skip(sign)? {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// The same, with at least one item.
    fn some_until<T>(
        &mut self,
        sign: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut items = vec![item(self)?];
        items.extend(self.until(sign, item)?);
        Ok(items)
    }

    fn unexpected(&self, expected: impl Display) -> Fault {
        let Token { kind, letters, pos } = self.ahead;
        let found = match kind {
            Kind::End => "unexpected end of the document".to_owned(),
            Kind::Text | Kind::Block => "unexpected string".to_owned(),
            Kind::Sign | Kind::Name | Kind::Number => format!("unexpected `{letters}`"),
        };
        Fault::at(pos, format!("{found}; expected {expected}"))
    }
}
