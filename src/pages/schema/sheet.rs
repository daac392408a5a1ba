//! `/schema/{Type}`: a type's description, its fields with their arguments, its words, and who uses it.

use maud::{Markup, html};

use super::{
    INDEX, address, inline, list, prose,
    read::{Schema, Use},
    types::{Field, Input, Named, Reference, Type, Word},
};
use crate::pages::{layout::Page, visit::Visit};

pub(super) fn page(visit: &Visit, schema: &Schema, each: &Type) -> Page {
    let language = visit.language;
    let uses = schema.uses_of(&each.name);
    let implemented = each.interfaces.as_deref().unwrap_or_default();
    let possible = each.possible_types.as_deref().unwrap_or_default();
    let main = html! {
        section.lead {
            h1 { (each.name) }
            p.soft { (language.text(each.kind.text())) }
            (prose(each.description.as_deref()))
            (list::form(visit, ""))
        }
        div.names {
            (names(visit, "schema-implements", implemented))
            (names(visit, "schema-possible", possible))
        }
        (part(visit, "schema-fields", each.fields.iter().flatten().map(|field| self::field(visit, field)).collect()))
        (part(visit, "schema-input-fields", each.input_fields.iter().flatten().map(|field| input(visit, field, Some(&field.name))).collect()))
        (part(visit, "schema-words", each.enum_values.iter().flatten().map(|each| word(visit, each)).collect()))
        (used(visit, uses))
    };
    let description = each.description.as_deref().and_then(|text| text.lines().next()).unwrap_or_default();
    Page {
        title: each.name.clone(),
        description: description.to_owned(),
        main,
        trail: vec![(language.text("schema-title").into_owned(), visit.link(INDEX))],
        ..Page::default()
    }
}

fn names(visit: &Visit, text: &'static str, named: &[Named]) -> Markup {
    html! {
        @if !named.is_empty() {
            p { (visit.language.text(text)) ": "
                @for (at, one) in named.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(address(visit, &one.name)) { code { (one.name) } }
                }
            }
        }
    }
}

/// A section with a list, where there is anything in it.
fn part(visit: &Visit, text: &'static str, entries: Vec<Markup>) -> Markup {
    html! {
        @if !entries.is_empty() {
            section aria-labelledby=(text) {
                div.margin { h2 #(text) { (visit.language.text(text)) } }
                div.leaf { dl.fields-of { @for entry in entries { (entry) } } }
            }
        }
    }
}

fn field(visit: &Visit, field: &Field) -> Markup {
    html! {
        div #(field.name) {
            dt { code { (field.name) @if !field.args.is_empty() { "(…)" } ": " (reference(visit, &field.of)) } }
            dd {
                (prose(field.description.as_deref()))
                (deprecated(visit, field.deprecation_reason.as_deref()))
                @if !field.args.is_empty() {
                    dl.arguments aria-label=(visit.language.text("schema-arguments")) {
                        @for argument in &field.args { (input(visit, argument, None)) }
                    }
                }
            }
        }
    }
}

/// An argument, or a field of an input object.
fn input(visit: &Visit, input: &Input, id: Option<&str>) -> Markup {
    html! {
        div id=[id] {
            dt { code { (input.name) ": " (reference(visit, &input.of))
                @if let Some(default) = &input.default_value { " = " (default) } } }
            dd { (prose(input.description.as_deref())) }
        }
    }
}

fn word(visit: &Visit, word: &Word) -> Markup {
    html! {
        div #(word.name) {
            dt { code { (word.name) } }
            dd { (prose(word.description.as_deref())) (deprecated(visit, word.deprecation_reason.as_deref())) }
        }
    }
}

fn deprecated(visit: &Visit, reason: Option<&str>) -> Markup {
    html! {
        @if let Some(reason) = reason {
            p { strong { (visit.language.text("schema-deprecated")) } " " span lang="en" { (inline(reason)) } }
        }
    }
}

/// A type with its lists and exclamation marks, linked to its page.
fn reference(visit: &Visit, of: &Reference) -> Markup {
    let (before, after) = of.wrapping();
    html! { (before) a href=(address(visit, of.named())) { (of.named()) } (after) }
}

/// Who uses the type.
fn used(visit: &Visit, uses: &[Use]) -> Markup {
    let entry = |one: &Use| {
        let page = address(visit, &one.owner);
        html! {
            li {
                a href=(one.field.as_ref().map_or_else(|| page.clone(), |field| format!("{page}#{field}"))) {
                    code { (one.owner) @if let Some(field) = &one.field { "." (field) } }
                }
                @if let Some(argument) = &one.argument { " (" code { (argument) } ")" }
            }
        }
    };
    html! {
        @if !uses.is_empty() {
            section aria-labelledby="used" {
                div.margin { h2 #used { (visit.language.text("schema-used")) } }
                div.leaf { ul.uses { @for one in uses { (entry(one)) } } }
            }
        }
    }
}
