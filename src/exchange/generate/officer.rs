//! Generates officers: boards, supervisors and managers, and their predecessors.

use chrono::{Days, Months, NaiveDate};
use entity::{
    cooperative, officer,
    vocabulary::{CooperativeProgram, CooperativeStatus, OfficerBody, OfficerRole, OfficerStatus},
};

use super::{Stock, cooperative::is_over, person};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, id, record},
    },
    store::bulk::{Bulk, BulkError},
};

type Seat = (OfficerBody, OfficerRole, &'static str);

const BOARD: [Seat; 5] = [
    (OfficerBody::Board, OfficerRole::Chair, "Ketua"),
    (OfficerBody::Board, OfficerRole::Secretary, "Sekretaris"),
    (OfficerBody::Board, OfficerRole::Treasurer, "Bendahara"),
    (OfficerBody::Board, OfficerRole::ViceChairBusiness, "Wakil Ketua Bidang Usaha"),
    (OfficerBody::Board, OfficerRole::ViceChairMembership, "Wakil Ketua Bidang Keanggotaan"),
];
const BOARD_MEMBER: Seat = (OfficerBody::Board, OfficerRole::Staff, "Anggota Pengurus");
const SUPERVISORY_CHAIR: Seat = (OfficerBody::Supervisory, OfficerRole::SupervisoryChair, "Ketua Pengawas");
const SUPERVISOR: Seat = (OfficerBody::Supervisory, OfficerRole::SupervisoryMember, "Anggota Pengawas");
const MANAGER: Seat = (OfficerBody::Management, OfficerRole::Manager, "Manajer");
const STAFF: Seat = (OfficerBody::Management, OfficerRole::Staff, "Staf");

/// Adds a cooperative's officers, and returns how many are in office: the first persons of that cooperative.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<usize, BulkError> {
    if row.status == CooperativeStatus::Planned {
        return Ok(0);
    }
    let over = is_over(row.status);
    let seats = seats(draw, row);
    let term = term(draw, row, over);
    for (n, seat) in seats.iter().enumerate() {
        let holder = person::make(draw, key, n, stock.seed);
        bulk.add(&holder)?;
        let status = if over { OfficerStatus::Ended } else { OfficerStatus::Active };
        bulk.add(&officer(stock, row, key, n, *seat, &holder, term, status))?;
    }
    if let Some(before) = earlier(draw, row, term) {
        let n = seats.len();
        let index = draw.index(n);
        let holder = person::make(draw, key, n, stock.seed);
        bulk.add(&holder)?;
        let seat = seats[index];
        bulk.add(&officer(stock, row, key, n, seat, &holder, Some(before), OfficerStatus::Ended))?;
    }
    Ok(if over { 0 } else { seats.len() })
}

/// Adds two staff members to a cooperative whose officers are known, and returns their number.
pub(super) fn add_staff(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<usize, BulkError> {
    for n in 0..2 {
        let holder = person::make(draw, key, n, stock.seed);
        bulk.add(&holder)?;
        bulk.add(&officer(stock, row, key, n, STAFF, &holder, None, OfficerStatus::Active))?;
    }
    Ok(2)
}

fn seats(draw: &mut Draw, row: &cooperative::Model) -> Vec<Seat> {
    let mut seats = BOARD.to_vec();
    if row.program == CooperativeProgram::General {
        seats.truncate(draw.weighted(&[(3, 70), (5, 30)]));
        seats.push(SUPERVISORY_CHAIR);
        seats.extend([SUPERVISOR; 2]);
        seats.extend(draw.chance(600).then_some(MANAGER));
        seats.extend((0..draw.count(0, 3)).map(|_| STAFF));
        return seats;
    }
    seats.extend((0..draw.weighted(&[(0, 80), (2, 16), (4, 4)])).map(|_| BOARD_MEMBER));
    seats.push(SUPERVISORY_CHAIR);
    seats.extend((0..draw.weighted(&[(2, 80), (4, 20)])).map(|_| SUPERVISOR));
    seats.extend((row.status == CooperativeStatus::Operating && draw.chance(300)).then_some(MANAGER));
    seats
}

/// First and last day of the present term, or of the last one of a cooperative that has ended.
fn term(draw: &mut Draw, row: &cooperative::Model, over: bool) -> Option<(NaiveDate, NaiveDate)> {
    let first = row.established_on?.max(ANCHOR - Months::new(48));
    let first = draw.day(first, first + Days::new(200)).min(ANCHOR - Days::new(60));
    let last =
        if over { draw.day(first, ANCHOR - Days::new(1)) } else { first + Months::new(60) - Days::new(1) };
    Some((first, last))
}

/// The term before the present one: for half of the cooperatives that are old enough.
fn earlier(
    draw: &mut Draw,
    row: &cooperative::Model,
    term: Option<(NaiveDate, NaiveDate)>,
) -> Option<(NaiveDate, NaiveDate)> {
    let (present, _) = term?;
    let first = row.established_on?.max(present - Months::new(36));
    ((present - first).num_days() > 30 && draw.chance(500)).then(|| (first, present - Days::new(1)))
}

#[expect(clippy::too_many_arguments, reason = "one for each thing that makes an office")]
fn officer(
    stock: &Stock,
    row: &cooperative::Model,
    key: &str,
    n: usize,
    (body, role, title): Seat,
    holder: &entity::person::Model,
    term: Option<(NaiveDate, NaiveDate)>,
    status: OfficerStatus,
) -> officer::Model {
    let id = id("officer", &format!("{key}.{n}"), stock.seed);
    record!(
        Origin::synthetic(id),
        officer {
            id,
            cooperative_id: row.id,
            person_id: holder.id,
            name: holder.name.clone(),
            name_fold: holder.name_fold.clone(),
            title: Some(title.to_owned()),
            body,
            role,
            // By the program's rules, the head of the village chairs the supervisory board.
            ex_officio: role == OfficerRole::SupervisoryChair && row.program != CooperativeProgram::General,
            starts_on: term.map(|(first, _)| first),
            ends_on: term.map(|(_, last)| last),
            status,
        }
    )
}
