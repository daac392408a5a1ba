//! Where the records come from: how many of each noun are made up, and how many are not.

use maud::{Markup, html};

use super::{
    super::{
        language::Language,
        part::{self, Column, Table},
        visit::Visit,
        vocabulary::Word,
    },
    home::{self, HomeRegistryCounts as Count},
};

pub(super) fn is_made_up(count: &Count) -> bool {
    count.source.value() == "SYNTHETIC"
}

pub(super) fn any_is_made_up(data: &home::ResponseData) -> bool {
    data.registry.counts.iter().any(|count| count.count > 0 && is_made_up(count))
}

pub(super) fn show(visit: &Visit, data: &home::ResponseData) -> Markup {
    let language = visit.language;
    let mut nouns: Vec<(&str, i64, i64)> = Vec::new();
    for count in &data.registry.counts {
        let (real, made_up) = if is_made_up(count) { (0, count.count) } else { (count.count, 0) };
        match nouns.iter_mut().find(|(noun, ..)| *noun == count.noun) {
            Some(known) => *known = (known.0, known.1 + real, known.2 + made_up),
            None => nouns.push((&count.noun, real, made_up)),
        }
    }
    let rows = nouns.iter().map(|(noun, real, made_up)| {
        vec![
            html! { (name(language, noun)) },
            language.whole(*real),
            html! { (language.whole(*made_up)) @if *made_up > 0 { " " (part::made_up_mark(language)) } },
        ]
    });
    let (what, real, made_up) =
        (language.text("origin-what"), language.text("origin-real"), language.text("origin-made-up"));
    let table = Table {
        caption: &language.text("origin-caption"),
        columns: vec![Column::text(&what), Column::number(&real), Column::number(&made_up)],
        rows: rows.collect(),
    };
    let (all_real, all_made_up) =
        nouns.iter().fold((0, 0), |(all, more), (_, real, made_up)| (all + real, more + made_up));
    let more = match all_made_up {
        0 => "origin-real-more",
        made_up if made_up > all_real => "origin-more",
        _ => "origin-some-more",
    };
    html! {
        p { (language.text(more)) }
        (table.show())
        p.files { a href=(visit.link("/data")) { (language.text("data-catalogue")) } }
    }
}

/// What the records of a noun are called.
fn name(language: Language, noun: &str) -> String {
    let text = match noun {
        "Cooperative" => language.text("kind-cooperative"),
        "Officer" => language.text("noun-officer"),
        "BusinessUnit" => language.text("noun-outlet"),
        "CooperativeCommodity" => language.text("data-volumes"),
        "AnnualReport" => language.text("noun-report"),
        "PartnerInstitution" => language.text("kind-institution"),
        "Official" => language.text("noun-official"),
        "Partnership" => language.text("noun-partnership"),
        "InternshipProgram" => language.text("kind-program"),
        "InternshipBatch" => language.text("batches"),
        "TrainingSession" => language.text("noun-session"),
        "Placement" => language.text("data-placements"),
        "BusinessLinkage" => language.text("linkages"),
        "LinkageMonth" => language.text("data-months"),
        "PartnershipApplication" => language.text("noun-application"),
        other => return other.to_owned(),
    };
    text.into_owned()
}
