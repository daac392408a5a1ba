//! Parses operations, fragments and variable definitions.

use std::collections::{HashMap, hash_map::Entry};

use async_graphql::{
    Name, Positioned,
    parser::types::{
        BaseType, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition,
        OperationType, Type, TypeCondition, VariableDefinition,
    },
};

use super::{DocumentError, Parser, text, token::Kind, value::Variables};

type Operation = (Option<Name>, Positioned<OperationDefinition>);

impl Parser<'_> {
    pub(super) fn document(&mut self) -> Result<ExecutableDocument, DocumentError> {
        let (mut operations, mut fragments) = (Vec::new(), Vec::new());
        loop {
            let described = self.description()?;
            let pos = self.ahead.pos;
            if self.is_word("fragment") {
                let (name, fragment) = self.fragment()?;
                fragments.push((name, Positioned::new(fragment, pos)));
            } else {
                let (name, operation) = self.operation(described)?;
                operations.push((name, Positioned::new(operation, pos)));
            }
            if self.ahead.kind == Kind::End {
                let (operations, fragments) = (all_operations(operations)?, by_name("fragment", fragments)?);
                return Ok(ExecutableDocument { operations, fragments });
            }
        }
    }

    /// Skips a description, if one is next.
    fn description(&mut self) -> Result<bool, DocumentError> {
        let found = matches!(self.ahead.kind, Kind::Text | Kind::Block);
        if found {
            self.text()?;
        }
        Ok(found)
    }

    /// The value of a string, which is next.
    pub(super) fn text(&mut self) -> Result<String, DocumentError> {
        let token = self.next()?;
        match token.kind {
            Kind::Block => Ok(text::block_value(token.letters)),
            _ => text::value(token.letters, token.pos),
        }
    }

    fn operation(&mut self, described: bool) -> Result<(Option<Name>, OperationDefinition), DocumentError> {
        let ty = match self.ahead.letters {
            "query" => OperationType::Query,
            "mutation" => OperationType::Mutation,
            "subscription" => OperationType::Subscription,
            "{" if !described => {
                let (variable_definitions, directives) = (Vec::new(), Vec::new());
                let selection_set = self.selection_set()?;
                let ty = OperationType::Query;
                return Ok((
                    None,
                    OperationDefinition { ty, variable_definitions, directives, selection_set },
                ));
            }
            _ => {
                return Err(self.unexpected("`query`, `mutation`, `subscription`, `fragment` or a selection"));
            }
        };
        self.next()?;
        let named = self.ahead.kind == Kind::Name;
        let name = if named { Some(self.name("a name")?.node) } else { None };
        let variable_definitions =
            if self.skip("(")? { self.some_until(")", Self::variable_definition)? } else { Vec::new() };
        let directives = self.directives(Variables::Allowed)?;
        let selection_set = self.selection_set()?;
        Ok((name, OperationDefinition { ty, variable_definitions, directives, selection_set }))
    }

    fn variable_definition(&mut self) -> Result<Positioned<VariableDefinition>, DocumentError> {
        self.description()?;
        let pos = self.sign("$")?;
        let name = self.name("the name of a variable")?;
        self.sign(":")?;
        let at = self.ahead.pos;
        let var_type = Positioned::new(self.type_()?, at);
        let default_value = if self.skip("=")? { Some(self.constant()?) } else { None };
        let directives = self.directives(Variables::Banned)?;
        Ok(Positioned::new(VariableDefinition { name, var_type, directives, default_value }, pos))
    }

    fn type_(&mut self) -> Result<Type, DocumentError> {
        let base = if self.open("[")? {
            let inner = self.type_()?;
            self.sign("]")?;
            self.depth -= 1;
            BaseType::List(Box::new(inner))
        } else {
            BaseType::Named(self.name("a type")?.node)
        };
        let nullable = !self.skip("!")?;
        Ok(Type { base, nullable })
    }

    fn fragment(&mut self) -> Result<(Name, FragmentDefinition), DocumentError> {
        self.next()?;
        if self.is_word("on") {
            return Err(self.unexpected("a name other than `on`"));
        }
        let name = self.name("the name of a fragment")?.node;
        let type_condition = self.type_condition()?;
        let directives = self.directives(Variables::Allowed)?;
        let selection_set = self.selection_set()?;
        Ok((name, FragmentDefinition { type_condition, directives, selection_set }))
    }

    /// Parses `on` and a type.
    pub(super) fn type_condition(&mut self) -> Result<Positioned<TypeCondition>, DocumentError> {
        if !self.is_word("on") {
            return Err(self.unexpected("`on`"));
        }
        let pos = self.next()?.pos;
        Ok(Positioned::new(TypeCondition { on: self.name("a type")? }, pos))
    }
}

/// Checks that there is an operation, and that several are named.
fn all_operations(mut operations: Vec<Operation>) -> Result<DocumentOperations, DocumentError> {
    let unnamed = operations.iter().position(|(name, _)| name.is_none());
    match unnamed {
        Some(_) if operations.len() == 1 => Ok(DocumentOperations::Single(operations.remove(0).1)),
        Some(unnamed) => {
            let other = usize::from(unnamed == 0);
            let at = [operations[unnamed].1.pos, operations[other].1.pos];
            Err(DocumentError::invalid("an anonymous operation must be the only operation").at(at))
        }
        None if operations.is_empty() => Err(DocumentError::invalid("the document has no operation")),
        None => {
            let named = operations.into_iter().filter_map(|(name, operation)| Some((name?, operation)));
            by_name("operation", named.collect()).map(DocumentOperations::Multiple)
        }
    }
}

/// Checks that no two have one name.
fn by_name<T>(
    what: &str,
    items: Vec<(Name, Positioned<T>)>,
) -> Result<HashMap<Name, Positioned<T>>, DocumentError> {
    let mut named: HashMap<Name, Positioned<T>> = HashMap::with_capacity(items.len());
    for (name, item) in items {
        match named.entry(name) {
            Entry::Occupied(first) => {
                let message = format!("two {what}s have the name `{}`", first.key());
                return Err(DocumentError::invalid(message).at([first.get().pos, item.pos]));
            }
            Entry::Vacant(entry) => drop(entry.insert(item)),
        }
    }
    Ok(named)
}
