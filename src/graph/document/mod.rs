//! Documents, read: the grammar of GraphQL's specification of September 2025 for what can be executed.
//!
//! The library's own parser knows neither descriptions of operations nor escapes beyond four digits, forgets a field
//! of an input object that stands there twice, and takes `queryName` for `query Name`. This one makes the same tree, in
//! one pass over its letters. It calls itself for every bracket, of which not too many may be open.

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

/// How many brackets may be open: the door allows fewer, and says so before.
const MAX_DEPTH: usize = 100;

/// Reads a document.
///
/// # Errors
/// `GRAPHQL_PARSE_FAILED`; `GRAPHQL_VALIDATION_FAILED` where a name is taken twice, or there is nothing to execute.
pub fn read(text: &str) -> Result<ExecutableDocument, Box<ServerError>> {
    Reader::of(text).and_then(|mut reader| reader.document()).map_err(|fault| Box::new(fault.into()))
}

/// Why a text is no document.
#[derive(Debug)]
struct Fault {
    code: &'static str,
    message: String,
    at: Vec<Pos>,
}

impl Fault {
    /// What is read at this place fits no rule of the grammar.
    fn at(pos: Pos, message: impl Into<String>) -> Self {
        Self { code: "GRAPHQL_PARSE_FAILED", message: message.into(), at: vec![pos] }
    }

    /// The grammar is kept to, and something else is not.
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

/// A document under way, with one token looked at ahead.
struct Reader<'a> {
    tokens: Tokens<'a>,
    ahead: Token<'a>,
    /// Brackets that are open.
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

    /// Whether a sign is next.
    fn is(&self, sign: &str) -> bool {
        self.ahead.kind == Kind::Sign && self.ahead.letters == sign
    }

    /// Whether a word is next.
    fn is_word(&self, word: &str) -> bool {
        self.ahead.kind == Kind::Name && self.ahead.letters == word
    }

    /// Passes by a sign, if it is next.
    fn skip(&mut self, sign: &str) -> Result<bool, Fault> {
        let found = self.is(sign);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    /// Passes by an opening bracket, if it is next.
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

    /// The place of a sign that has to be next.
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

    /// One item after the other up to a closing sign, which is passed by.
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

    /// The same, where one item is the least.
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
