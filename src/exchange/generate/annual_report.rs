//! Generates annual reports: for 60 % of the cooperatives, most of them without turnover.

use chrono::{Datelike, Months, NaiveDate};
use entity::{annual_report, cooperative, vocabulary::HealthStatus};

use super::{Stock, cooperative::is_legal};
use crate::{
    exchange::{
        draw::Draw,
        identity::{Origin, day, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

const LAST_YEAR: i32 = 2025;

pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<(), BulkError> {
    let Some(founded) = row.established_on.filter(|_| is_legal(row.status)) else { return Ok(()) };
    if draw.chance(380) {
        return Ok(());
    }
    let first = founded.year().max(LAST_YEAR - draw.count(2, 7));
    for year in first..=LAST_YEAR {
        if year == LAST_YEAR || draw.chance(800) {
            bulk.add(&report(stock, draw, row, key, year))?;
        }
    }
    Ok(())
}

fn report(
    stock: &Stock,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
    year: i32,
) -> annual_report::Model {
    let id = id("annual_report", &format!("{key}.{year}"), stock.seed);
    // Cooperatives only grow, so that no earlier year has more members than the present one.
    let members = row.member_count.map(|now| (now - (LAST_YEAR - year) * now / 12).max(1));
    let women = members.map(|members| draw.count(0, members));
    let attendees = members.filter(|_| draw.chance(850)).map(|members| draw.count(members / 4, members));
    let works = draw.chance(380);
    let equity = draw.amount(24_000_000, 1.4, 400_000_000_000);
    let liabilities = if works { draw.amount(9_000_000, 1.9, 400_000_000_000) } else { 0 };
    let turnover = if works { draw.amount(60_000_000, 2.2, 900_000_000_000) } else { 0 };
    let told = draw.chance(880);
    let (health_status, index) = health(draw, works);
    record!(
        Origin::synthetic(id),
        annual_report {
            id,
            cooperative_id: row.id,
            book_year: year,
            meeting_on: draw.chance(900).then(|| meeting(draw, year)),
            attendee_count: attendees,
            female_member_count: women,
            male_member_count: members.zip(women).map(|(members, women)| members - women),
            assets: told.then_some(equity + liabilities),
            equity: told.then_some(equity),
            liabilities: told.then_some(liabilities),
            turnover: told.then_some(turnover),
            surplus: told.then(|| draw.between(-turnover / 25, turnover / 9)),
            health_status,
            health_index_milli: index,
        }
    )
}

fn meeting(draw: &mut Draw, year: i32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year + 1, 1, 5).unwrap_or(day(2026, 1, 5));
    draw.day(first, first + Months::new(5))
}

fn health(draw: &mut Draw, works: bool) -> (HealthStatus, Option<i64>) {
    use HealthStatus::{FairlyHealthy, Healthy, NotReported, UnderSpecialSupervision, UnderSupervision};
    if !works && draw.chance(700) {
        return (NotReported, None);
    }
    let index = draw.between(20_000, 96_000);
    let status = match index {
        80_000.. => Healthy,
        66_000.. => FairlyHealthy,
        51_000.. => UnderSupervision,
        _ => UnderSpecialSupervision,
    };
    (status, Some(index))
}
