//! Figures of the model: groups of rows, and their counts, sums, averages, extremes and percentiles.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    Cell, Kind, Model, Noun, Row,
    dimensions::{Dimension, Key},
    order::{compare, numbers, plain_key},
};

/// A dimension's key: as groups are sorted by it, and as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeyOf {
    sorted: String,
    pub(crate) shown: String,
}

/// A group's keys, in the order of its dimensions.
pub(crate) type Keys = Vec<Option<KeyOf>>;

/// The rows in groups.
pub(crate) fn grouped<'m>(
    model: &'m Model,
    noun: &'m Noun,
    rows: Vec<&'m Row>,
    by: &[Dimension],
) -> BTreeMap<Keys, Vec<&'m Row>> {
    let mut groups: BTreeMap<Keys, Vec<&Row>> = BTreeMap::new();
    if by.is_empty() {
        groups.insert(Vec::new(), rows);
        return groups;
    }
    for row in rows {
        let keys = by.iter().map(|(_, path, key)| key_of(model, noun, row, path, *key)).collect();
        groups.entry(keys).or_default().push(row);
    }
    groups
}

/// The row that relations lead to, and its noun.
fn reached<'m>(model: &'m Model, noun: &'m Noun, row: &'m Row, path: &[&str]) -> Option<(&'m Noun, &'m Row)> {
    path.iter().try_fold((noun, row), |(noun, row), relation| {
        let (_, other) = noun.relation(relation)?;
        let other = model.noun(other);
        Some((other, &other.rows[*row.related(relation, None).first()?]))
    })
}

fn key_of(model: &Model, noun: &Noun, row: &Row, path: &[&str], key: Key) -> Option<KeyOf> {
    let (noun, row) = reached(model, noun, row, path)?;
    let row_key = |row: &Row| Some(KeyOf { sorted: plain_key(&row.id), shown: row.id.clone() });
    let field = |name: &str| match row.fields.get(name)? {
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(flag.to_string()),
    };
    let text = match key {
        Key::Field(name) => field(name)?,
        Key::Rung(length) => field("code")?.get(..length)?.to_owned(),
        Key::Year(name) => field(name)?[..4].to_owned(),
        Key::Month(name) => field(name)?[..7].to_owned(),
        Key::Quarter(name) => {
            let day = field(name)?;
            let month: u8 = day[5..7].parse().unwrap();
            format!("{}-Q{}", &day[..4], month.div_ceil(3))
        }
        Key::Row if noun.name == "Party" => {
            let end = |relation: &'static str| reached(model, noun, row, &[relation]);
            let (_, party) = end("cooperative").or_else(|| end("institution"))?;
            return row_key(party);
        }
        Key::Row => return row_key(row),
    };
    Some(KeyOf { sorted: text.clone(), shown: text })
}

/// The statistics of a measure in a group, in its smallest unit; the average in hundredths.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Taken {
    /// All values, sorted.
    values: Vec<i128>,
    pub(crate) sum: i128,
    pub(crate) average: i128,
    pub(crate) minimum: i128,
    pub(crate) maximum: i128,
}

impl Taken {
    /// The smallest value such that so many per cent of the values, in hundredths, are not greater.
    pub(crate) fn percentile(&self, hundredths: usize) -> i128 {
        let enough = |value: &&i128| {
            let not_greater = self.values.partition_point(|other| other <= *value);
            not_greater * 10_000 >= self.values.len() * hundredths
        };
        *self.values.iter().find(enough).unwrap()
    }
}

/// The number of rows with a value.
pub(crate) fn held(rows: &[&Row], field: &str) -> usize {
    rows.iter().filter(|row| row.fields.contains_key(field)).count()
}

/// The statistics of a group; none if no row has a value, or if units or years are mixed.
pub(crate) fn taken(
    model: &Model,
    noun: &Noun,
    rows: &[&Row],
    (field, kind, unit): (&'static str, Kind, Option<&[&str]>),
) -> Option<Taken> {
    let held: Vec<&Row> = rows.iter().copied().filter(|row| row.fields.contains_key(field)).collect();
    let numbers = numbers(held.iter().copied(), field);
    let unit_of = |row: &&Row| unit.and_then(|path| key_of(model, noun, row, path, Key::Field("unit")));
    let mut units: Vec<_> = held.iter().map(unit_of).collect();
    units.sort();
    units.dedup();
    // A commodity record is about a whole year.
    let year_of = |row: &&Row| (noun.name == "CooperativeCommodity").then(|| row.fields.get("year").cloned());
    let mut years: Vec<_> = held.iter().map(year_of).collect();
    years.sort();
    years.dedup();
    if numbers.is_empty() || units.len() > 1 || years.len() > 1 {
        return None;
    }
    let sum: i128 = numbers.iter().sum();
    let divisor = i128::try_from(numbers.len()).unwrap() * 10_i128.pow(places(kind));
    let (whole, rest) = ((sum * 100).div_euclid(divisor), (sum * 100).rem_euclid(divisor));
    let up = rest * 2 > divisor || rest * 2 == divisor && whole % 2 != 0;
    let mut values = numbers.clone();
    values.sort_unstable();
    Some(Taken {
        values,
        sum,
        average: whole + i128::from(up),
        minimum: *numbers.iter().min().unwrap(),
        maximum: *numbers.iter().max().unwrap(),
    })
}

/// Decimal places of a kind of number.
pub(crate) fn places(kind: Kind) -> u32 {
    if let Kind::Decimal(places) = kind { places } else { 0 }
}

/// The order of groups by their keys, nulls last.
pub(crate) fn by_keys(a: &Keys, b: &Keys) -> Ordering {
    let cell = |key: &Option<KeyOf>| key.as_ref().map(|key| Cell::Text(key.sorted.clone()));
    let keys = a.iter().zip(b).map(|(a, b)| compare(cell(a).as_ref(), cell(b).as_ref(), false, false));
    keys.fold(Ordering::Equal, Ordering::then)
}
