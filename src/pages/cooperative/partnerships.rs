//! The agreements of a cooperative.

use maud::{Markup, html};

use super::{Profile, left_out, marked, party};
use crate::pages::{
    document::escaped,
    part::{self, Column, Table, downloads},
    provenance,
    visit::Visit,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let agreements = &profile.partnerships.nodes;
    if agreements.is_empty() {
        return None;
    }
    let language = visit.language;
    let text = |id| language.text(id);
    let (title, kind, with, signed, until, status, value) = (
        text("partnership"),
        text("kind"),
        text("partnership-with"),
        text("partnership-signed"),
        text("partnership-until"),
        text("status"),
        text("amount"),
    );
    let rows = agreements.iter().map(|agreement| {
        let address = visit.link(&format!("/kemitraan/{}", escaped(&agreement.id)));
        let others = agreement.parties.iter().map(|of| &of.party).filter(|party| party.slug != profile.slug);
        vec![
            marked(visit, &html! { a href=(address) { (agreement.title) } }, &agreement.source),
            html! { (visit.label(&agreement.kind)) },
            html! { @for (at, other) in others.enumerate() { @if at > 0 { ", " } (party(visit, other)) } },
            language.known(agreement.signed_on.as_ref().map(|day| language.day(day))),
            agreement
                .effective_to
                .as_ref()
                .map_or_else(|| html! { (text("no-end")) }, |day| language.day(day)),
            html! { (visit.label(&agreement.status)) },
            language.known(agreement.value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let texts = [&title, &kind, &with, &signed, &until, &status].map(|name| Column::text(name));
    let table = Table {
        caption: &text("cooperative-agreements"),
        columns: texts.into_iter().chain([Column::number(&value)]).collect(),
        rows: rows.collect(),
    };
    let condition = format!("{{parties: {{some: {{cooperative: {{slug: {{eq: \"{}\"}}}}}}}}}}", profile.slug);
    let columns = "number,title,kind,status,signedOn,effectiveFrom,effectiveTo,value,source,asOf";
    Some(html! {
        (table.show())
        (left_out(visit, profile.partnerships.total_count, agreements.len()))
        (downloads(visit, |format| part::export("partnerships", format, &condition, columns)))
        (provenance::of_block(visit, agreements.iter().map(|agreement| (&agreement.source, agreement.as_of.as_ref()))))
    })
}
