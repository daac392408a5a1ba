//! Tests that personal data is guarded as a dimension, a distinct count and a measure.

use super::*;
use crate::{
    access::Personal,
    graph::{
        aggregate::{Label, Linked, Measure},
        filter::Operator,
        load::{Kind, TableName},
        personal_data::guarded,
    },
};

const SECRET: Personal = Personal::hidden("a secret", &[]);

const COLUMN: Column = Column { name: "x", index: 0, kind: Kind::Integer, nullable: true, on_link: false };

fn figures() -> &'static Figures {
    let linked =
        || Linked { table: TableName::new("pairs"), parent: COLUMN, value: COLUMN, position: COLUMN };
    let figures = Figures::of("Tree", "trees")
        .by("PLAIN", "", COLUMN, Label::Itself)
        .by("SECRET", "", guarded(&SECRET, COLUMN), Label::Itself)
        .by_row("SECRET_ROW", "", "Tree", guarded(&SECRET, COLUMN))
        .by_rung("SECRET_RUNG", "", guarded(&SECRET, COLUMN), 2)
        .by_calendar(
            [("SECRET_YEAR", ""), ("SECRET_QUARTER", ""), ("SECRET_MONTH", "")],
            guarded(&SECRET, COLUMN),
        )
        .distinct("plainCount", "", COLUMN)
        .distinct("secretCount", "", guarded(&SECRET, COLUMN))
        .distinct_linked("secretLinkedCount", "", guarded(&SECRET, linked()))
        .measure("plain", "", Measure::int(COLUMN))
        .measure("secretInt", "", Measure::int(guarded(&SECRET, COLUMN)))
        .measure("secretRupiah", "", Measure::rupiah(guarded(&SECRET, COLUMN)))
        .measure("secretDecimal", "", Measure::decimal(guarded(&SECRET, COLUMN), 3).in_unit(COLUMN));
    Box::leak(Box::new(figures))
}

fn refused(
    figures: &'static Figures,
    by: Vec<usize>,
    having: Condition,
    order: &[Term],
    chosen: &[Chosen<'_>],
) -> bool {
    let asked = Grouped::new(figures, by, having, order, chosen);
    asked.is_err_and(|error| error.to_string().contains("personal data is not public"))
}

#[test]
fn no_figure_of_personal_data_is_computed() {
    let figures = figures();
    let none = Condition::always;
    for (at, dimension) in figures.dimensions.iter().enumerate() {
        let secret = dimension.name.starts_with("SECRET");
        assert_eq!(refused(figures, vec![at], none(), &[], &[]), secret, "{}", dimension.name);
        assert_eq!(refused(figures, vec![0, at], none(), &[], &[]), secret, "{}", dimension.name);
    }
    let distinct = figures.distinct.iter().map(|distinct| (distinct.name, "", distinct.column));
    let shown = [
        (Statistic::SumHigh, "sum"),
        (Statistic::SumLow, "sum"),
        (Statistic::Average, "average"),
        (Statistic::Minimum, "minimum"),
        (Statistic::Maximum, "maximum"),
        (Statistic::Count, "count"),
        (Statistic::Median, "median"),
    ];
    let measures = figures.measures.iter().flat_map(|measured| {
        shown.map(|(statistic, field)| (measured.name, field, measured.column(statistic)))
    });
    let mut tried = 0;
    for (name, field, column) in distinct.chain(measures) {
        let secret = name.starts_with("secret");
        let chosen = [Chosen::plain(name, vec![Chosen::plain(field, Vec::new())])];
        assert_eq!(refused(figures, vec![0], none(), &[], &chosen), secret, "{name} {field} as a field");
        let having = Condition::Compare(column.into(), Operator::Less, 3_i64.into());
        assert_eq!(
            refused(figures, vec![0], having.negated(), &[], &[]),
            secret,
            "{name} {field} in `having`"
        );
        let order = [Term::descending(column)];
        assert_eq!(refused(figures, vec![0], none(), &order, &[]), secret, "{name} {field} in an order");
        tried += 1;
    }
    assert_eq!(tried, 3 + 4 * 7);
}
