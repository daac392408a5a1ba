//! What rests on an agreement: linkages, programs, and agreements under it.

use maud::{Markup, html};

use super::{Contract, link, party};
use crate::pages::{
    document::escaped,
    part::{self, Column, Table, downloads},
    provenance,
    visit::Visit,
};

/// The columns of files.
const LINKAGES: &str =
    "code,kind,status,supplier.name,buyer.name,commodity.name,annualVolume,unit,annualValue,source,asOf";
const PROGRAMS: &str = "code,name,kind,fiscalYear,participantCount,status,source,asOf";
const AGREEMENTS: &str = "number,title,kind,status,signedOn,source,asOf";

pub(super) fn show(visit: &Visit, contract: &Contract) -> Markup {
    let (linkages, programs, children) = (&contract.linkages, &contract.programs, &contract.children);
    let records = linkages
        .nodes
        .iter()
        .map(|linkage| (&linkage.source, linkage.as_of.as_ref()))
        .chain(programs.nodes.iter().map(|program| (&program.source, program.as_of.as_ref())))
        .chain(children.nodes.iter().map(|child| (&child.source, child.as_of.as_ref())));
    let left = |total, shown| part::left_out(visit, total, shown);
    let of_programs = format!("{{partnerships: {{some: {}}}}}", itself(contract));
    html! {
        @if linkages.nodes.is_empty() && programs.nodes.is_empty() && children.nodes.is_empty() {
            p { (visit.language.text("partnership-nothing")) }
        }
        @if !linkages.nodes.is_empty() {
            (linkage_table(visit, contract))
            (left(linkages.total_count, linkages.nodes.len()))
            (downloads(visit, |format| part::export("linkages", format, &related(contract, "partnership"), LINKAGES)))
        }
        @if !programs.nodes.is_empty() {
            (program_table(visit, contract))
            (left(programs.total_count, programs.nodes.len()))
            (downloads(visit, |format| part::export("internshipPrograms", format, &of_programs, PROGRAMS)))
        }
        @if !children.nodes.is_empty() {
            (agreement_table(visit, contract))
            (left(children.total_count, children.nodes.len()))
            (downloads(visit, |format| part::export("partnerships", format, &related(contract, "parent"), AGREEMENTS)))
        }
        (provenance::of_block(visit, records))
    }
}

/// The condition on this agreement.
pub(super) fn itself(contract: &Contract) -> String {
    let number = serde_json::Value::from(contract.number.as_str());
    format!("{{number: {{eq: {number}}}}}")
}

/// The condition on rows whose `relation` is this agreement.
fn related(contract: &Contract, relation: &str) -> String {
    format!("{{{relation}: {}}}", itself(contract))
}

fn linkage_table(visit: &Visit, contract: &Contract) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (linkage, supplier, buyer, goods, status, value) = (
        text("linkage"),
        text("supplier"),
        text("buyer"),
        text("linkage-goods"),
        text("status"),
        text("value"),
    );
    let rows = contract.linkages.nodes.iter().map(|of| {
        vec![
            html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&of.code)))) { (visit.label(&of.kind)) }
                " " (part::source(visit, &of.source)) },
            party(visit, &of.supplier),
            party(visit, &of.buyer),
            html! { @if let Some(commodity) = &of.commodity {
                a href=(visit.link(&format!("/komoditas/{}", escaped(&commodity.code)))) { (commodity.name) } } },
            html! { (visit.label(&of.status)) },
            language.known(of.annual_value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let texts = [&linkage, &supplier, &buyer, &goods, &status].map(|name| Column::text(name));
    let table = Table {
        caption: &text("linkages"),
        columns: texts.into_iter().chain([Column::number(&value)]).collect(),
        rows: rows.collect(),
    };
    table.show()
}

fn program_table(visit: &Visit, contract: &Contract) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (program, kind, year, participants, status) =
        (text("program"), text("kind"), text("year"), text("participants"), text("status"));
    let rows = contract.programs.nodes.iter().map(|of| {
        vec![
            html! { a href=(visit.link(&format!("/program/{}", escaped(&of.code)))) { (of.name) } " " (part::source(visit, &of.source)) },
            html! { (visit.label(&of.kind)) },
            html! { (of.fiscal_year) },
            language.whole(of.participant_count),
            html! { (visit.label(&of.status)) },
        ]
    });
    let table = Table {
        caption: &text("kind-program"),
        columns: vec![
            Column::text(&program),
            Column::text(&kind),
            Column::text(&year),
            Column::number(&participants),
            Column::text(&status),
        ],
        rows: rows.collect(),
    };
    table.show()
}

fn agreement_table(visit: &Visit, contract: &Contract) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (title, number, kind, signed, status) = (
        text("partnership"),
        text("partnership-number"),
        text("kind"),
        text("partnership-signed"),
        text("status"),
    );
    let rows = contract.children.nodes.iter().map(|child| {
        vec![
            link(visit, child),
            html! { (child.number) },
            html! { (visit.label(&child.kind)) },
            language.known(child.signed_on.as_ref().map(|day| language.day(day))),
            html! { (visit.label(&child.status)) },
        ]
    });
    let table = Table {
        caption: &text("partnership-children"),
        columns: [&title, &number, &kind, &signed, &status].map(|name| Column::text(name)).into(),
        rows: rows.collect(),
    };
    table.show()
}
