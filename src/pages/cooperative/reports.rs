//! The annual reports of a cooperative: a chart for each of three figures, and a table.

use maud::{Markup, html};

use super::{
    Profile, cooperative::CooperativeCooperativeAnnualReportsNodes as Report, export, left_out, marked,
};
use crate::pages::{
    part::{Column, Table, downloads},
    picture::bars::{self, Bar, Bars},
    provenance,
    visit::Visit,
};

/// How many years before the latest a chart has.
const YEARS: i64 = 14;

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let reports = &profile.annual_reports.nodes;
    if reports.is_empty() {
        return None;
    }
    let language = visit.language;
    let (assets, turnover, surplus) =
        (language.text("report-assets"), language.text("report-turnover"), language.text("report-surplus"));
    let columns = "bookYear,meetingOn,attendeeCount,assets,equity,liabilities,turnover,surplus,healthStatus,healthIndex,\
                   source,asOf";
    let file = |format: &str| export(profile, "annualReports", format, columns);
    Some(html! {
        div.charts {
            (chart(visit, reports, "report-assets", &assets, |report| report.assets.as_ref()))
            (chart(visit, reports, "report-turnover", &turnover, |report| report.turnover.as_ref()))
            (chart(visit, reports, "report-surplus", &surplus, |report| report.surplus.as_ref()))
        }
        (table(visit, reports))
        (left_out(visit, profile.annual_reports.total_count, reports.len()))
        (downloads(visit, file))
        (provenance::of_block(visit, reports.iter().map(|report| (&report.source, report.as_of.as_ref()))))
    })
}

/// A figure over the years, the earliest first; years without a report have no bar.
fn chart(
    visit: &Visit,
    reports: &[Report],
    id: &str,
    title: &str,
    figure: impl Fn(&Report) -> Option<&String>,
) -> Markup {
    let years = || reports.iter().map(|report| report.book_year);
    let (first, last) = (years().min().unwrap_or(0), years().max().unwrap_or(0));
    let bars = (first.max(last - YEARS)..=last).map(|year| {
        let report = reports.iter().find(|report| report.book_year == year);
        let amount = report.and_then(&figure);
        Bar {
            label: year.to_string(),
            value: amount.and_then(|amount| amount.parse().ok()),
            shown: match amount {
                Some(amount) => visit.language.rupiah_exact(amount),
                None => visit.language.text("not-reported").into_owned(),
            },
            synthetic: report.is_some_and(|report| provenance::is_synthetic(&report.source)),
        }
    });
    bars::figure(&Bars { id, title, list: bars.collect() })
}

fn table(visit: &Visit, reports: &[Report]) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (year, meeting, attendees, assets, equity, turnover, surplus, health) = (
        text("report-year"),
        text("report-meeting"),
        text("report-attendees"),
        text("report-assets"),
        text("report-equity"),
        text("report-turnover"),
        text("report-surplus"),
        text("report-health"),
    );
    let amount =
        |amount: &Option<String>| language.known(amount.as_ref().map(|amount| language.amount(amount)));
    let rows = reports.iter().map(|report| {
        vec![
            marked(visit, &html! { (report.book_year) }, &report.source),
            language.known(report.meeting_on.as_ref().map(|day| language.day(day))),
            language.known(report.attendee_count.map(|attendees| language.whole(attendees))),
            amount(&report.assets),
            amount(&report.equity),
            amount(&report.turnover),
            amount(&report.surplus),
            html! { (visit.label(&report.health_status)) },
        ]
    });
    let numbers = [&attendees, &assets, &equity, &turnover, &surplus].map(|name| Column::number(name));
    let table = Table {
        caption: &text("reports-caption"),
        columns: [Column::text(&year), Column::text(&meeting)]
            .into_iter()
            .chain(numbers)
            .chain([Column::text(&health)])
            .collect(),
        rows: rows.collect(),
    };
    table.show()
}
