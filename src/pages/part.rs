//! Parts that pages share: sections, facts, tables, marks of where a record comes from.

use maud::{Markup, html};

use super::{
    document::escaped,
    language::Language,
    visit::Visit,
    vocabulary::{Source, is_synthetic},
};

/// A section of a page, with its heading in the margin.
pub(super) fn section(id: &str, heading: &str, content: &Markup) -> Markup {
    html! {
        section #(id) aria-labelledby={ (id) "-heading" } {
            div.margin { h2 #{ (id) "-heading" } { (heading) } }
            div.leaf { (content) }
        }
    }
}

/// A list of facts: names and values. Those without a value are left out.
pub(super) fn facts(facts: &[(&str, Option<Markup>)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in facts {
                @if let Some(value) = value { div { dt { (name) } dd { (value) } } }
            }
        }
    }
}

/// Where a record comes from. What is made up cannot be overlooked.
pub(super) fn source(visit: &Visit, source: &Source) -> Markup {
    let label = visit.label(source);
    let meaning = visit.labels.description(source);
    html! {
        @if is_synthetic(source) {
            mark title=[meaning] { (label) }
        } @else {
            span.source title=[meaning] { (label) }
        }
    }
}

/// The mark of figures that are made up, wholly or in part.
pub(super) fn made_up_mark(language: Language) -> Markup {
    html! { mark { (language.text("made-up-mark")) } }
}

/// The warning of a page on which something is made up.
pub(super) fn made_up(language: Language) -> Markup {
    html! { div.pencil role="note" { p { strong { (language.text("made-up")) } " " (language.text("made-up-more")) } } }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    /// Whether it has numbers, which stand at the right.
    pub(super) numeric: bool,
}

impl<'a> Column<'a> {
    pub(super) fn text(name: &'a str) -> Self {
        Self { name, numeric: false }
    }

    pub(super) fn number(name: &'a str) -> Self {
        Self { name, numeric: true }
    }
}

/// A table whose first column names the row.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) caption: &'a str,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) rows: Vec<Vec<Markup>>,
}

impl Table<'_> {
    pub(super) fn show(&self) -> Markup {
        html! {
            div.scroll role="region" aria-label=(self.caption) tabindex="0" {
                table {
                    caption { span { (self.caption) } }
                    thead { tr { @for column in &self.columns { th scope="col" class=[column.numeric.then_some("right")] { (column.name) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for (at, cell) in row.iter().enumerate() {
                                    @let right = self.columns.get(at).is_some_and(|column| column.numeric).then_some("right");
                                    @if at == 0 { th scope="row" { (cell) } } @else { td class=[right] { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many records a block leaves out, if any.
pub(super) fn left_out(visit: &Visit, total: i64, shown: usize) -> Markup {
    let left = total - i64::try_from(shown).unwrap_or(total);
    html! { @if left > 0 { p.soft { (visit.language.counted("rows-left-out", left)) } } }
}

/// Links to files with all rows; none where the node executes only documents that it knows.
pub(super) fn downloads(visit: &Visit, address: impl Fn(&str) -> String) -> Markup {
    downloads_of(visit, &visit.language.text("download"), address)
}

/// Links to files with all rows, after what these are called.
pub(super) fn downloads_of(visit: &Visit, name: &str, address: impl Fn(&str) -> String) -> Markup {
    html! {
        @if visit.has_exports() {
            p.files {
                (name) ": "
                a href=(address("csv")) download rel="nofollow" { "CSV" } " · "
                a href=(address("xlsx")) download rel="nofollow" { "Excel" }
            }
        }
    }
}

/// The address of a file of a list at the root: its rows that match a condition, and these columns.
pub(super) fn export(list: &str, format: &str, condition: &str, columns: &str) -> String {
    format!("/export/{list}.{format}?where={}&columns={columns}", escaped(condition))
}

/// The address of a file of figures: the rows that match a condition, grouped, and figures of each group.
pub(super) fn figures(
    aggregate: &str,
    format: &str,
    condition: &str,
    (groups, figures): (&str, &str),
) -> String {
    let columns = format!("keys.value,keys.label,{figures}");
    format!("{}&groupBy={groups}", export(aggregate, format, condition, &columns))
}

/// The address of a file with a row for each item of the list beneath the rows of a document.
pub(super) fn expanded(format: &str, document: &str, list: &str) -> String {
    format!("/export/{format}?query={}&expand={list}", escaped(document))
}
