//! The registry in figures, each with its date.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::{
    super::{part, visit::Visit, vocabulary::is_synthetic},
    coverage, home, is_made_up, total,
};

pub(super) fn show(visit: &Visit, data: &home::ResponseData, at: DateTime<Utc>) -> Markup {
    let language = visit.language;
    let operating = data.statuses.nodes.iter().filter(|node| node.key.value.as_deref() == Some("OPERATING"));
    let operating: i64 = operating.map(|node| node.count).sum();
    let members: i64 = data.statuses.nodes.iter().filter_map(|node| node.member_count.sum).sum();
    let (covered, villages) = coverage::country(data);
    let linked = data.linked.nodes.first();
    let value = linked.and_then(|linked| linked.annual_value.sum.as_deref());
    let participants = &data.participants.nodes;
    let participants_made_up = participants
        .iter()
        .any(|group| group.key.value.as_deref().is_some_and(|source| is_synthetic(&source.into())));
    let statuses_on = data.statuses.as_of.as_deref();
    html! {
        ul.figures {
            (figure(visit, &language.number(total(data, "Cooperative")), &language.text("kind-cooperative"),
                &html! { (language.counted("home-operating", operating)) }, statuses_on, is_made_up(data, "Cooperative")))
            (figure(visit, &language.number(members), &language.text("members"), &html! {}, statuses_on, is_made_up(data, "Cooperative")))
            (figure(visit, &language.percent(covered, villages).unwrap_or_default(), &language.text("villages-covered"),
                &html! { (language.text_with("covered-of", &[("covered", &language.number(covered)), ("villages", &language.number(villages))])) },
                data.villages.as_of.as_deref(), is_made_up(data, "Cooperative")))
            (figure(visit, &language.number(total(data, "PartnerInstitution")), &language.text("kind-institution"), &html! {}, None,
                is_made_up(data, "PartnerInstitution")))
            (figure(visit, &language.number(linked.map_or(0, |linked| linked.count)), &language.text("active-linkages"),
                &html! { @if let Some(value) = value { (language.rupiah(value)) " " (language.text("a-year")) } },
                data.linked.as_of.as_deref(), is_made_up(data, "BusinessLinkage")))
            (figure(visit, &language.number(participants.iter().map(|group| group.count).sum()), &language.text("noun-placement"),
                &html! { (language.counted("home-programs", total(data, "InternshipProgram"))) },
                data.participants.as_of.as_deref(), participants_made_up))
        }
        p.soft { (language.text_with("computed-at", &[("time", &language.time(at))])) }
    }
}

/// A figure with its name, more of it, and its date.
fn figure(
    visit: &Visit,
    number: &str,
    name: &str,
    more: &Markup,
    as_of: Option<&str>,
    made_up: bool,
) -> Markup {
    let language = visit.language;
    html! {
        li {
            b { (number) }
            (name) @if made_up { " " (part::made_up_mark(language)) }
            @if !more.0.is_empty() { br; small { (more) } }
            @if let Some(day) = as_of { br; small { (language.text_with("as-of-date", &[("date", &language.date(day))])) } }
        }
    }
}
