//! Where a record comes from, with its reference and its day.

use maud::{Markup, html};

use super::{
    part,
    visit::Visit,
    vocabulary::{Source, Word},
};

/// Whether a record is made up.
pub(super) fn is_synthetic(source: &Source) -> bool {
    source.value() == "SYNTHETIC"
}

/// The origin of a block: its source, a link to its reference where that is an address, and the day of the data.
pub(super) fn line(visit: &Visit, source: &Source, reference: Option<&str>, as_of: Option<&str>) -> Markup {
    let language = visit.language;
    html! {
        p.soft.provenance {
            (language.text("provenance-source")) ": " (part::source(visit, source))
            @if let Some(reference) = reference {
                ", "
                @match host(reference) {
                    Some(host) => a href=(reference) rel="noopener" { (host) },
                    None => span { (reference) },
                }
            }
            @if let Some(day) = as_of { ", " (language.text_with("provenance-as-of", &[("date", &language.date(day))])) }
        }
    }
}

/// The host of a web address; none for other texts.
fn host(reference: &str) -> Option<&str> {
    let rest = reference.strip_prefix("https://").or_else(|| reference.strip_prefix("http://"))?;
    let host = rest.split('/').next()?;
    (!host.is_empty()).then_some(host.strip_prefix("www.").unwrap_or(host))
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
