//! A time line: a row for each span of days, above an axis of months.

use maud::{Markup, html};

use crate::pages::language::Language;

/// Spans of days, in the order in which they are shown.
#[derive(Debug)]
pub(in crate::pages) struct Timeline<'a> {
    /// The id of the picture's name, which is unique on the page.
    pub(in crate::pages) id: &'a str,
    pub(in crate::pages) title: &'a str,
    pub(in crate::pages) spans: Vec<Span>,
}

/// A row of the time line.
#[derive(Debug)]
pub(in crate::pages) struct Span {
    /// What it is and when, in words.
    pub(in crate::pages) label: String,
    /// Its first and last day, `2025-11-16`. Without the first nothing is drawn; without the last, one day.
    pub(in crate::pages) from: Option<String>,
    pub(in crate::pages) to: Option<String>,
    /// A day within it that is marked.
    pub(in crate::pages) marked: Option<String>,
    pub(in crate::pages) synthetic: bool,
}

const WIDTH: i64 = 350;
const ROW: i64 = 40;
/// The most months that are named on the axis.
const NAMED: i64 = 4;

/// The time line with its name; nothing where no span has a day.
pub(in crate::pages) fn figure(language: Language, timeline: &Timeline<'_>) -> Markup {
    let days = || {
        let texts = timeline.spans.iter().flat_map(|span| [&span.from, &span.to]);
        texts.filter_map(|text| Day::read(text.as_deref()?))
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Markup::default() };
    let (start, end) = (first.month(), last.month() + 1);
    let axis = Axis { start: Day::first_of(start).number, end: Day::first_of(end).number };
    let bottom = ROW * i64::try_from(timeline.spans.len()).unwrap_or(0) + 6;
    let step = (end - start + NAMED - 1) / NAMED;
    html! {
        figure.timeline {
            figcaption #(timeline.id) { (timeline.title) }
            svg.picture viewBox={ "0 0 " (WIDTH) " " (bottom + 22) } role="img" aria-labelledby=(timeline.id) {
                @for month in (start..end).step_by(usize::try_from(step).unwrap_or(1)) {
                    @let x = axis.at(Day::first_of(month).number);
                    path.axis d={ "M" (x) " 0V" (bottom) } {}
                    text.soft x=(x + 4) y=(bottom + 14) { (language.month_in_short(&Day::first_of(month).text())) }
                }
                path.axis d={ "M0 " (bottom) "H" (WIDTH) } {}
                @for (span, top) in timeline.spans.iter().zip((0..).step_by(40)) { (row(&axis, span, top)) }
            }
        }
    }
}

fn row(axis: &Axis, span: &Span, top: i64) -> Markup {
    let from = span.from.as_deref().and_then(Day::read);
    let to = span.to.as_deref().and_then(Day::read).or(from);
    let class = if span.synthetic { "bar made-up" } else { "bar" };
    html! {
        text x="4" y=(top + 15) { (span.label) }
        @if let (Some(from), Some(to)) = (from, to) {
            @let x = axis.at(from.number);
            // The last day belongs to the span.
            rect class=(class) x=(x) y=(top + 21) width=((axis.at(to.number + 1) - x).max(3)) height="12" {}
            @if let Some(marked) = span.marked.as_deref().and_then(Day::read) {
                @let x = axis.at(marked.number);
                path.mark d={ "M" (x) " " (top + 18) "v18" } {}
            }
        }
    }
}

/// The days from the first of a month to the first of another.
struct Axis {
    start: i64,
    end: i64,
}

impl Axis {
    fn at(&self, day: i64) -> i64 {
        (day - self.start) * WIDTH / (self.end - self.start).max(1)
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    /// Days since the first of January of the year 0.
    number: i64,
    year: i64,
    month: i64,
}

impl Day {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        (1..=12).contains(&month).then(|| Self::of(year, month, day))
    }

    fn of(year: i64, month: i64, day: i64) -> Self {
        const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let years = year * 365 + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        let months = BEFORE.get(usize::try_from(month - 1).unwrap_or(0)).copied().unwrap_or(0);
        Self { number: years + months + i64::from(leap && month > 2) + day - 1, year, month }
    }

    /// The months since the year 0.
    fn month(self) -> i64 {
        self.year * 12 + self.month - 1
    }

    fn first_of(month: i64) -> Self {
        Self::of(month / 12, month % 12 + 1, 1)
    }

    fn text(self) -> String {
        format!("{:04}-{:02}-01", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Span, Timeline, figure};
    use crate::pages::language::Language;

    #[test]
    fn days_are_numbered_as_in_the_calendar() {
        let number = |text| Day::read(text).unwrap().number;
        assert_eq!(number("2025-01-01") - number("2024-01-01"), 366);
        assert_eq!(number("2024-03-01") - number("2024-02-28"), 2);
        assert_eq!(number("1900-03-01") - number("1900-02-28"), 1);
        assert_eq!(number("2025-11-22") - number("2025-11-15"), 7);
        assert!(Day::read("2025-13-01").is_none() && Day::read("soon").is_none());
    }

    #[test]
    fn spans_stand_above_their_months() {
        let span = |label: &str, from: Option<&str>, to: Option<&str>, synthetic| Span {
            label: label.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            marked: from.map(|_| "2025-11-16".to_owned()),
            synthetic,
        };
        let timeline = Timeline {
            id: "batches-picture",
            title: "Batches",
            spans: vec![
                span("Batch 1 <first>", Some("2025-11-15"), Some("2025-11-22"), false),
                span("Batch 2", Some("2026-01-05"), None, true),
                span("Batch 3, not scheduled", None, None, false),
            ],
        };
        let picture = figure(Language::English, &timeline).into_string().replace("><", ">\n<");
        insta::assert_snapshot!(picture);
        let undated = Timeline { spans: vec![span("Batch 1", None, None, false)], ..timeline };
        assert_eq!(figure(Language::English, &undated).into_string(), "");
    }
}
