//! Makes a failing document smaller, one step at a time.

use serde_json::Value as Json;

use super::tree::{Arguments, Directive, Document, Field, Figures, Given, Passing, Place, Trap, What};

/// The document with its `number`th simplification; none where there are fewer.
pub(super) fn simpler(document: &Document, number: usize) -> Option<Document> {
    let mut smaller = document.clone();
    let mut edit = Edit { left: number, done: false, keeps_filters: document.trap == Trap::Malformed };
    edit.fields(&mut smaller.roots, 1);
    edit.done.then_some(smaller)
}

/// Makes one of all the edits that could be made.
struct Edit {
    left: usize,
    done: bool,
    /// Whether conditions stay, because one of them holds the malformed value.
    keeps_filters: bool,
}

impl Edit {
    /// Whether this edit is the one.
    fn is_here(&mut self, applies: bool) -> bool {
        if self.done || !applies {
            return false;
        }
        self.done = self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.done
    }

    fn fields(&mut self, fields: &mut Vec<Field>, least: usize) {
        for at in 0..fields.len() {
            if self.is_here(fields.len() > least) {
                fields.remove(at);
                return;
            }
        }
        for field in fields {
            self.field(field);
        }
    }

    fn field(&mut self, field: &mut Field) {
        if self.is_here(field.directive != Directive::None) {
            field.directive = Directive::None;
        }
        if self.is_here(field.place != Place::Plain) {
            field.place = Place::Plain;
        }
        match &mut field.what {
            What::Leaf(_) => {}
            What::One(_, _, fields) | What::Node(_, _, fields) => self.fields(fields, 0),
            What::Party(_, parts) => parts.iter_mut().for_each(|part| self.fields(part, 0)),
            What::Figures(figures) => self.figures(figures),
            What::Many(many) => {
                for flag in [&mut many.total, &mut many.page_info, &mut many.split] {
                    if self.is_here(*flag) {
                        *flag = false;
                    }
                }
                self.arguments(&mut many.arguments);
                self.fields(&mut many.nodes, 0);
                self.fields(&mut many.edges, 0);
            }
        }
    }

    fn arguments(&mut self, arguments: &mut Arguments) {
        if self.is_here(arguments.side.is_some()) {
            arguments.side = None;
        }
        self.filter(&mut arguments.filter);
        self.given(&mut arguments.search);
        if self.is_here(arguments.order.value.as_ref().is_some_and(|order| order.len() > 1)) {
            let _ = arguments.order.value.as_mut().and_then(Vec::pop);
        }
        // A search without an order is another question.
        if arguments.search.value.is_none() {
            self.given(&mut arguments.order);
        }
        if arguments.forward {
            self.given(&mut arguments.size);
        }
        self.given(&mut arguments.cursor);
    }

    fn figures(&mut self, figures: &mut Figures) {
        if self.is_here(figures.order.is_some()) {
            figures.order = None;
        }
        if self.is_here(!figures.measures.is_empty()) {
            figures.measures.clear();
        }
        self.filter(&mut figures.filter);
        self.filter(&mut figures.having);
        if self.is_here(figures.by.value.as_ref().is_some_and(|by| by.len() > 1)) {
            let _ = figures.by.value.as_mut().and_then(Vec::pop);
        }
        if self.is_here(figures.by.value.as_ref().is_some_and(|by| by.len() > 1)) {
            figures.by.value.as_mut().unwrap().remove(0);
        }
        self.given(&mut figures.by);
        self.given(&mut figures.size);
    }

    fn given<T>(&mut self, given: &mut Given<T>) {
        if self.is_here(given.value.is_some() || given.passing != Passing::Literal || given.null) {
            *given = Given::absent();
        }
        if self.is_here(given.passing != Passing::Literal) {
            given.passing = Passing::Literal;
        }
    }

    fn filter(&mut self, given: &mut Given<Json>) {
        if self.keeps_filters {
            return;
        }
        self.given(given);
        if let Some(filter) = &mut given.value {
            self.json(filter);
        }
    }

    /// Takes out a field, or an item of a list.
    fn json(&mut self, json: &mut Json) {
        match json {
            Json::Object(fields) => {
                let names: Vec<String> = fields.keys().cloned().collect();
                for name in &names {
                    if self.is_here(names.len() > 1) {
                        fields.remove(name);
                        return;
                    }
                }
                fields.values_mut().for_each(|value| self.json(value));
            }
            Json::Array(items) => {
                for at in 0..items.len() {
                    if self.is_here(true) {
                        items.remove(at);
                        return;
                    }
                }
                for item in items {
                    self.json(item);
                }
            }
            _ => {}
        }
    }
}
