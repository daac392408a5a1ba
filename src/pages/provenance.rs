//! Where a record, or the records of a block, come from; and the addresses of the parties that they name.

use maud::{Markup, html};

pub(super) use super::vocabulary::is_synthetic;
use super::{part, visit::Visit, vocabulary::Source};

/// Where one record comes from, with the date of its data.
pub(super) fn of_record(
    visit: &Visit,
    source: &Source,
    reference: Option<&str>,
    as_of: Option<&str>,
) -> Markup {
    html! {
        p.source {
            (visit.language.text("origin")) ": " (part::source(visit, source))
            @if let Some(reference) = reference {
                ", "
                @if let Some(host) = host(reference) { a href=(reference) rel="noreferrer" { (host) } }
                @else { (reference) }
            }
            (date(visit, as_of))
        }
    }
}

/// Where the records of a block come from: each source with the number of its records, and the latest date of their data.
pub(super) fn of_block<'a>(
    visit: &Visit,
    records: impl IntoIterator<Item = (&'a Source, Option<&'a String>)>,
) -> Markup {
    let mut sources: Vec<(&Source, i64)> = Vec::new();
    let mut latest: Option<&str> = None;
    for (source, as_of) in records {
        match sources.iter_mut().find(|(known, _)| *known == source) {
            Some((_, count)) => *count += 1,
            None => sources.push((source, 1)),
        }
        latest = latest.max(as_of.map(String::as_str));
    }
    html! {
        @if !sources.is_empty() {
            p.source {
                (visit.language.text("origin")) ": "
                @for (at, (source, count)) in sources.iter().enumerate() {
                    @if at > 0 { ", " }
                    (part::source(visit, source)) " (" (visit.language.number(*count)) ")"
                }
                (date(visit, latest))
            }
        }
    }
}

fn date(visit: &Visit, as_of: Option<&str>) -> Markup {
    html! {
        @if let Some(as_of) = as_of { " · " (visit.language.text_with("as-of", &[("date", &visit.language.date(as_of))])) }
    }
}

/// The host of a web address; none for other texts.
fn host(reference: &str) -> Option<&str> {
    let rest = reference.strip_prefix("https://").or_else(|| reference.strip_prefix("http://"))?;
    let host = rest.split('/').next()?;
    (!host.is_empty()).then_some(host.strip_prefix("www.").unwrap_or(host))
}

/// The address of the page of a party: a cooperative, or an institution.
pub(super) fn party_address(visit: &Visit, is_cooperative: bool, slug: &str) -> String {
    visit.link(&format!("/{}/{slug}", if is_cooperative { "koperasi" } else { "lembaga" }))
}

/// The pages of the regions around a record: names and codes, the outermost first.
pub(super) fn trail<'a>(
    visit: &Visit,
    regions: impl Iterator<Item = (&'a String, &'a String)>,
) -> Vec<(String, String)> {
    regions.map(|(name, code)| (name.clone(), visit.link(&format!("/wilayah/{code}")))).collect()
}

/// A party as a link to its page.
pub(super) fn party(visit: &Visit, is_cooperative: bool, slug: &str, name: &str) -> Markup {
    html! { a href=(party_address(visit, is_cooperative, slug)) { (name) } }
}

/// A party as a link to its page, with the name of its place.
pub(super) fn party_at(party: &Markup, place: Option<&str>) -> Markup {
    html! { (party) @if let Some(place) = place { " " small.at { (place) } } }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(host("https://www.bps.go.id/x?y"), Some("bps.go.id"));
        assert_eq!(host("javascript:alert(1)"), None);
        assert_eq!(host("https:///x"), None);
        assert_eq!(host("a file of 2025"), None);
    }
}
