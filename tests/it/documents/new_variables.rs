//! Repeats a document with other variables.

use std::collections::BTreeMap;

use super::{
    draw::Drawing,
    searches::is_known,
    tree::{Cursor, Directive, Document, Field, Figures, Given, Many, Passing, Trap, What},
};

/// Cursors that an answer had, by the number of their list.
pub(super) type Cursors = BTreeMap<usize, Vec<Cursor>>;

impl Drawing<'_> {
    /// Changes only the values of variables.
    pub(super) fn again(&mut self, document: &Document, cursors: &Cursors) -> Document {
        let mut document = document.clone();
        match document.trap {
            Trap::Malformed => {}
            Trap::Foreign => self.change_root(&mut document.roots, cursors),
            Trap::None => {
                self.change_all(&mut document.roots, cursors);
                if self.draw.one_in(6) {
                    self.change_root(&mut document.roots, cursors);
                }
            }
        }
        document
    }

    fn change_all(&mut self, fields: &mut [Field], cursors: &Cursors) {
        for field in fields {
            if let Directive::Given { variable: true, there, .. } = &mut field.directive {
                *there ^= self.draw.one_in(2);
            }
            match &mut field.what {
                What::Leaf(_) => {}
                What::One(_, _, fields) | What::Node(_, _, fields) => self.change_all(fields, cursors),
                What::Party(_, parts) => parts.iter_mut().for_each(|part| self.change_all(part, cursors)),
                What::Figures(figures) => self.change_figures(figures),
                What::Many(many) => {
                    self.change(many, cursors);
                    self.change_all(&mut many.nodes, cursors);
                    self.change_all(&mut many.edges, cursors);
                }
            }
        }
    }

    fn change(&mut self, many: &mut Many, cursors: &Cursors) {
        let (noun, arguments) = (self.model.noun(many.noun), &mut many.arguments);
        if free(&arguments.size) && self.draw.one_in(2) {
            arguments.size.value = Some(self.draw.below(6));
        }
        let own = cursors.get(&many.number).filter(|_| free(&arguments.cursor));
        // A cursor goes with the conditions and the order that it came with.
        if let Some(own) = own.filter(|_| self.draw.one_in(2)) {
            arguments.cursor.value = Some(self.draw.of(own).clone());
            return;
        }
        let (filter, search) = (arguments.filter.value.clone(), arguments.search.value.clone());
        if free(&arguments.search) && arguments.order.value.is_some() {
            arguments.search.value = self.searches.draw(&mut self.draw, noun);
        }
        if free(&arguments.filter) && self.draw.one_in(2) {
            arguments.filter.value = (!self.draw.one_in(4)).then(|| self.filter(noun, 2));
        }
        if !is_known(arguments.search.value.as_ref(), arguments.filter.value.as_ref()) {
            (arguments.filter.value, arguments.search.value) = (filter, search);
        }
        if free(&arguments.order) && self.draw.one_in(2) {
            arguments.order.value = Some(self.orders(noun));
        }
    }

    fn change_figures(&mut self, figures: &mut Figures) {
        let noun = self.model.noun(figures.figured.noun);
        if free(&figures.filter) {
            figures.filter.value = (!self.draw.one_in(4)).then(|| self.filter(noun, 2));
        }
        if free(&figures.by) {
            figures.by.value = (!self.draw.one_in(4)).then(|| self.dimensions(figures.figured));
        }
        if free(&figures.having) {
            figures.having.value = (!self.draw.one_in(4)).then(|| self.having(figures.figured));
        }
    }

    /// Gives a list at the root the cursor of another one.
    fn change_root(&mut self, roots: &mut [Field], cursors: &Cursors) {
        let mut known = Vec::new();
        listed("Query", roots, &mut known);
        for field in roots {
            let What::Many(many) = &mut field.what else { continue };
            // Lists of the same field are one.
            let own = ("Query", many.field);
            let foreign = known.iter().filter(|(number, list)| *list != own && cursors.contains_key(number));
            let foreign: Vec<_> = foreign.flat_map(|(number, _)| &cursors[number]).collect();
            if free(&many.arguments.cursor) && !foreign.is_empty() && field.directive == Directive::None {
                many.arguments.cursor.value = Some((*self.draw.of(&foreign)).clone());
                return;
            }
        }
    }
}

fn free<T>(given: &Given<T>) -> bool {
    given.passing == Passing::Variable
}

/// Number, owner and field of each list.
fn listed(owner: &'static str, fields: &[Field], found: &mut Vec<(usize, (&'static str, &'static str))>) {
    for field in fields {
        match &field.what {
            What::Leaf(_) | What::Figures(_) => {}
            What::One(_, noun, fields) | What::Node(noun, _, fields) => listed(noun, fields, found),
            What::Party(_, [any, cooperative, institution]) => {
                for (noun, fields) in
                    [("Party", any), ("Cooperative", cooperative), ("PartnerInstitution", institution)]
                {
                    listed(noun, fields, found);
                }
            }
            What::Many(many) => {
                found.push((many.number, (owner, many.field)));
                listed(many.noun, &many.nodes, found);
                listed(many.noun, &many.edges, found);
            }
        }
    }
}
