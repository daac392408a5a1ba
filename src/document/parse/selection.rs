//! Parses selection sets: fields, fragment spreads, inline fragments and directives.

use async_graphql::{
    Positioned,
    parser::types::{Directive, Field, FragmentSpread, InlineFragment, Selection, SelectionSet},
};

use super::{DocumentError, Parser, token::Kind, value::Variables};

impl Parser<'_> {
    pub(super) fn selection_set(&mut self) -> Result<Positioned<SelectionSet>, DocumentError> {
        let pos = self.ahead.pos;
        if !self.open("{")? {
            return Err(self.unexpected("`{`"));
        }
        let items = self.some_until("}", Self::selection)?;
        self.depth -= 1;
        Ok(Positioned::new(SelectionSet { items }, pos))
    }

    fn selection(&mut self) -> Result<Positioned<Selection>, DocumentError> {
        let pos = self.ahead.pos;
        let selection = if !self.skip("...")? {
            Selection::Field(Positioned::new(self.field()?, pos))
        } else if self.ahead.kind == Kind::Name && !self.is_word("on") {
            let fragment_name = self.name("the name of a fragment")?;
            let directives = self.directives(Variables::Allowed)?;
            Selection::FragmentSpread(Positioned::new(FragmentSpread { fragment_name, directives }, pos))
        } else {
            let type_condition = if self.is_word("on") { Some(self.type_condition()?) } else { None };
            let directives = self.directives(Variables::Allowed)?;
            let selection_set = self.selection_set()?;
            let fragment = InlineFragment { type_condition, directives, selection_set };
            Selection::InlineFragment(Positioned::new(fragment, pos))
        };
        Ok(Positioned::new(selection, pos))
    }

    fn field(&mut self) -> Result<Field, DocumentError> {
        let first = self.name("a field, `...` or `}`")?;
        let (alias, name) =
            if self.skip(":")? { (Some(first), self.name("the name of a field")?) } else { (None, first) };
        let arguments = self.arguments(Variables::Allowed)?;
        let directives = self.directives(Variables::Allowed)?;
        let selection_set = if self.is("{") { self.selection_set()? } else { Positioned::default() };
        Ok(Field { alias, name, arguments, directives, selection_set })
    }

    pub(super) fn directives(
        &mut self,
        variables: Variables,
    ) -> Result<Vec<Positioned<Directive>>, DocumentError> {
        let mut directives = Vec::new();
        while self.is("@") {
            let pos = self.next()?.pos;
            let name = self.name("the name of a directive")?;
            let arguments = self.arguments(variables)?;
            directives.push(Positioned::new(Directive { name, arguments }, pos));
        }
        Ok(directives)
    }
}
