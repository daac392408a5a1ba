//! Parses arguments and values.

use async_graphql::{
    Name, Positioned, Value as Constant,
    indexmap::{IndexMap, map::Entry},
};
use async_graphql_value::{Number, Value};

use super::{
    DocumentError, Parser, error_at,
    token::{Kind, Token},
};

/// Whether a value may hold variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variables {
    Allowed,
    Banned,
}

type Arguments = Vec<(Positioned<Name>, Positioned<Value>)>;

impl Parser<'_> {
    /// The arguments in parentheses, if there are any.
    pub(super) fn arguments(&mut self, variables: Variables) -> Result<Arguments, DocumentError> {
        if !self.skip("(")? {
            return Ok(Vec::new());
        }
        self.some_until(")", |parser| {
            let name = parser.name("an argument")?;
            parser.sign(":")?;
            Ok((name, parser.value(variables)?))
        })
    }

    /// A value without variables.
    pub(super) fn constant(&mut self) -> Result<Positioned<Constant>, DocumentError> {
        let Positioned { node, pos } = self.value(Variables::Banned)?;
        // There are no variables to be replaced.
        Ok(Positioned::new(node.into_const().unwrap_or_default(), pos))
    }

    fn value(&mut self, variables: Variables) -> Result<Positioned<Value>, DocumentError> {
        let pos = self.ahead.pos;
        let value = match self.ahead.kind {
            Kind::Text | Kind::Block => Value::String(self.text()?),
            Kind::Number => self.number()?,
            Kind::Name => match self.next()?.letters {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                "null" => Value::Null,
                word => Value::Enum(Name::new(word)),
            },
            Kind::Sign if self.is("$") && variables == Variables::Allowed => {
                self.next()?;
                Value::Variable(self.name("the name of a variable")?.node)
            }
            Kind::Sign if self.is("$") => return Err(self.unexpected("a value without variables")),
            _ if self.is("[") => self.list(variables)?,
            _ if self.is("{") => self.object(variables)?,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Positioned::new(value, pos))
    }

    fn list(&mut self, variables: Variables) -> Result<Value, DocumentError> {
        self.open("[")?;
        let items = self.until("]", |parser| Ok(parser.value(variables)?.node))?;
        self.depth -= 1;
        Ok(Value::List(items))
    }

    fn object(&mut self, variables: Variables) -> Result<Value, DocumentError> {
        self.open("{")?;
        let mut fields = IndexMap::new();
        let mut twice = None;
        while !self.skip("}")? {
            let Positioned { node: name, pos } = self.name("a field of an input object, or `}`")?;
            self.sign(":")?;
            let value = self.value(variables)?.node;
            match fields.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(value)),
                Entry::Occupied(entry) => {
                    let message = format!("the input object field `{}` is given twice", entry.key());
                    twice.get_or_insert(DocumentError::invalid(message).at([pos]));
                }
            }
        }
        self.depth -= 1;
        twice.map_or(Ok(Value::Object(fields)), Err)
    }

    fn number(&mut self) -> Result<Value, DocumentError> {
        let Token { letters, pos, .. } = self.next()?;
        // As a number of JSON this has a fraction.
        let letters = if letters == "-0" { "0" } else { letters };
        let number: Result<Number, _> = letters.parse();
        number.map(Value::Number).map_err(|_| error_at(pos, format!("the number `{letters}` is too large")))
    }
}
