//! A cooperative in a few numbers, each a link to the block with its records.

use maud::{Markup, html};

use super::{Profile, missing};
use crate::pages::{visit::Visit, vocabulary::Word};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let open = profile.business_units.nodes.iter().filter(|unit| unit.status.value() == "OPEN").count();
    let open = i64::try_from(open).unwrap_or(0);
    let demanded = missing::demanded(profile);
    let outlets = if demanded.is_empty() {
        language.counted("cooperative-outlets-open", open)
    } else {
        let missing = missing::outlets(profile).len();
        let (all, there) = (demanded.len(), demanded.len() - missing);
        language.text_with(
            "cooperative-outlets-demanded",
            &[("open", &there.to_string()), ("all", &all.to_string())],
        )
    };
    let latest = profile.annual_reports.nodes.first();
    html! {
        ul.figures {
            @if let Some(members) = profile.member_count {
                li { b { (language.number(members)) } a href="#about" { (language.text("members")) } }
            }
            li { b { (language.number(open)) } a href="#outlets" { (outlets) } }
            li { b { (language.number(profile.sold.total_count)) } a href="#trade" { (language.text("cooperative-sells")) } }
            li { b { (language.number(profile.bought.total_count)) } a href="#trade" { (language.text("cooperative-buys")) } }
            @if let Some((report, turnover)) = latest.and_then(|report| Some((report, report.turnover.as_ref()?))) {
                li { b { (language.rupiah_in_short(turnover)) }
                    a href="#reports" { (language.text_with("cooperative-turnover-of", &[("year", &report.book_year.to_string())])) } }
            }
        }
    }
}
