//! What is new: the records that were updated last.

use maud::{Markup, html};

use super::{
    super::{part, visit::Visit, vocabulary::Source},
    home,
};

pub(super) fn show(visit: &Visit, data: &home::ResponseData) -> Markup {
    let language = visit.language;
    let linkages = data.linkages.nodes.iter().map(|linkage| {
        let name = format!("{} → {}", linkage.supplier.name, linkage.buyer.name);
        item(visit, &format!("/keterhubungan/{}", linkage.code), &name, &linkage.source, &linkage.updated_at)
    });
    let programs = data.internship_programs.nodes.iter().map(|program| {
        let address = format!("/program/{}", program.code);
        item(visit, &address, &program.name, &program.source, &program.updated_at)
    });
    let cooperatives = data.cooperatives.nodes.iter().map(|cooperative| {
        let name = format!("{}, {}", cooperative.name, cooperative.region.name);
        let address = format!("/koperasi/{}", cooperative.slug);
        item(visit, &address, &name, &cooperative.source, &cooperative.updated_at)
    });
    html! {
        div.columns {
            (list(&language.text("linkages"), linkages.collect()))
            (list(&language.text("kind-program"), programs.collect()))
            (list(&language.text("kind-cooperative"), cooperatives.collect()))
        }
    }
}

fn list(heading: &str, items: Vec<Markup>) -> Markup {
    html! {
        @if !items.is_empty() {
            div { h3 { (heading) } ul.list { @for item in items { (item) } } }
        }
    }
}

fn item(visit: &Visit, path: &str, name: &str, source: &Source, updated: &str) -> Markup {
    html! {
        li {
            a href=(visit.link(path)) { (name) }
            br; small { (visit.language.text_with("updated-on", &[("date", &visit.language.date(updated))])) } " " (part::source(visit, source))
        }
    }
}
