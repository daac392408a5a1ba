//! The linkages of a party as the lines of a picture: what goes between the same two parties is one line.

use super::{
    picture::network::{Line, Side},
    visit::Visit,
};

/// How many lines a side of a picture has.
const DRAWN: usize = 9;

/// A linkage with the party at its other end.
#[derive(Debug)]
pub(super) struct Deal<'a> {
    pub(super) name: &'a str,
    pub(super) address: String,
    /// What is traded.
    pub(super) goods: &'a str,
    /// In rupiah a year, as the API writes it.
    pub(super) value: Option<&'a str>,
    pub(super) synthetic: bool,
}

/// A line while its deals are added up.
struct Sum<'a> {
    name: &'a str,
    address: String,
    goods: Vec<&'a str>,
    value: Option<i64>,
    synthetic: bool,
    deals: usize,
}

/// The lines of a side: deals with the same party and of the same origin are one; what was published is first, then what
/// is worth most. Of all deals there are `total`.
pub(super) fn side<'a>(visit: &Visit, deals: impl Iterator<Item = Deal<'a>>, total: i64) -> Side {
    let mut sums: Vec<Sum<'_>> = Vec::new();
    for Deal { name, address, goods, value, synthetic } in deals {
        let value = value.and_then(|value| value.parse().ok());
        match sums.iter_mut().find(|sum| sum.address == address && sum.synthetic == synthetic) {
            Some(sum) => {
                sum.value = match (sum.value, value) {
                    (Some(sum), Some(value)) => Some(i64::saturating_add(sum, value)),
                    (sum, value) => sum.or(value),
                };
                sum.deals += 1;
                if !sum.goods.contains(&goods) {
                    sum.goods.push(goods);
                }
            }
            None => sums.push(Sum { name, address, goods: vec![goods], value, synthetic, deals: 1 }),
        }
    }
    sums.sort_by_key(|sum| (sum.synthetic, std::cmp::Reverse(sum.value)));
    sums.truncate(DRAWN);
    let drawn: usize = sums.iter().map(|sum| sum.deals).sum();
    let lines = sums.into_iter().map(|sum| Line {
        name: sum.name.to_owned(),
        detail: detail(visit, &sum),
        address: sum.address,
        value: sum.value,
        synthetic: sum.synthetic,
    });
    Side { lines: lines.collect(), others: total - i64::try_from(drawn).unwrap_or(total) }
}

/// For how much a year, and what.
fn detail(visit: &Visit, sum: &Sum<'_>) -> String {
    let goods = sum.goods.join(", ");
    match sum.value {
        Some(value) => format!("{} · {goods}", visit.language.rupiah_in_short(&value.to_string())),
        None => goods,
    }
}
