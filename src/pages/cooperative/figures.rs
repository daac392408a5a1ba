//! A cooperative in a few numbers, each a link to the block with its records.

use maud::{Markup, html};

use super::{Profile, missing};
use crate::pages::{
    part, provenance,
    visit::Visit,
    vocabulary::{Source, Word},
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let open = || profile.business_units.nodes.iter().filter(|unit| unit.status.value() == "OPEN");
    let demanded = missing::demanded(profile).len();
    let outlets = if demanded == 0 {
        language.text("cooperative-outlets-open").into_owned()
    } else {
        let there = demanded - missing::outlets(profile).len();
        let values = [("open", &*there.to_string()), ("all", &*demanded.to_string())];
        language.text_with("cooperative-outlets-demanded", &values)
    };
    let (sold, bought) = (&profile.sold, &profile.bought);
    let number = |number| language.number(number);
    let members = profile.member_count.map_or_else(|| language.text("unknown").into_owned(), number);
    html! {
        ul.figures {
            (figure(visit, &members, "#about", &language.text("members"), [&profile.source]))
            (figure(visit, &open().count().to_string(), "#outlets", &outlets, open().map(|unit| &unit.source)))
            (figure(visit, &number(sold.total_count), "#trade", &language.text("cooperative-sells"),
                sold.nodes.iter().map(|linkage| &linkage.source)))
            (figure(visit, &number(bought.total_count), "#trade", &language.text("cooperative-buys"),
                bought.nodes.iter().map(|linkage| &linkage.source)))
            @if let Some(report) = profile.annual_reports.nodes.first() {
                @if let Some(turnover) = &report.turnover {
                    @let year = report.book_year.to_string();
                    (figure(visit, &language.rupiah_in_short(turnover), "#reports",
                        &language.text_with("cooperative-turnover-of", &[("year", &year)]), [&report.source]))
                }
            }
        }
    }
}

/// A number, what it counts, and a mark if some of that is made up.
fn figure<'a>(
    visit: &Visit,
    number: &str,
    block: &str,
    name: &str,
    sources: impl IntoIterator<Item = &'a Source>,
) -> Markup {
    let is_word = !number.contains(|letter: char| letter.is_ascii_digit());
    let made_up = sources.into_iter().find(|source| provenance::is_synthetic(source));
    html! {
        li {
            b class=[is_word.then_some("unknown")] { (number) }
            @if number == "0" { (name) } @else { a href=(block) { (name) } }
            @if let Some(source) = made_up { " " (part::source(visit, source)) }
        }
    }
}
