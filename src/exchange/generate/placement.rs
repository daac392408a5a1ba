//! Generates placements in batches.

use entity::{
    placement,
    vocabulary::{BatchStatus, PlacementStatus},
};
use sea_orm::prelude::Uuid;

use super::{Stock, participant::Participant};
use crate::exchange::{
    draw::Draw,
    identity::{Origin, id, record},
};

const PLANS: [&str; 5] = [
    "Membuka gerai sembako dengan pasokan anggota",
    "Menjadi pengumpul sayuran untuk ritel modern",
    "Menyusun SOP sortasi dan pengemasan",
    "Mendirikan unit simpan pinjam",
    "Membangun gudang bersama dengan desa tetangga",
];

/// What placements need to know of their batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacementBatch<'a> {
    pub(super) id: Uuid,
    pub(super) key: &'a str,
    pub(super) code: &'a str,
    pub(super) number: i32,
    pub(super) status: BatchStatus,
    pub(super) capacity: i32,
    pub(super) days: i32,
    pub(super) announced: bool,
}

/// Whether a placement of this status takes one of the seats of the batch.
pub(super) fn takes_seat(status: PlacementStatus) -> bool {
    use PlacementStatus::{Attending, Confirmed, Graduated};
    matches!(status, Confirmed | Attending | Graduated)
}

/// The n-th placement of a batch.
pub(super) fn of(
    stock: &Stock,
    draw: &mut Draw,
    batch: &PlacementBatch<'_>,
    n: usize,
    person: &Participant<'_>,
) -> placement::Model {
    use PlacementStatus::{Attending, Graduated, Incomplete};
    let status = status(draw, batch, n);
    let id = id("placement", &format!("{}.{n}", batch.key), stock.seed);
    let graduated = status == Graduated;
    record!(
        Origin::synthetic(id),
        placement {
            id,
            batch_id: batch.id,
            cooperative_id: person.member.id,
            person_id: person.person,
            status,
            attendance_days: match status {
                Graduated => Some(batch.days - draw.count(0, 1)),
                Incomplete => Some(draw.count(1, batch.days / 2)),
                Attending => Some(draw.count(0, batch.days / 2)),
                _ => None,
            },
            score_milli: (graduated && !draw.chance(80)).then(|| 500 * draw.between(120, 198)),
            certificate_number: (graduated && !draw.chance(60)).then(|| format!(
                "SERT/{}/{}/{:03}",
                batch.code,
                batch.number,
                n + 1
            )),
            follow_up_plan: (graduated && draw.chance(400)).then(|| draw.pick(&PLANS).to_owned()),
            program_visible: batch.announced,
        }
    )
}

fn status(draw: &mut Draw, batch: &PlacementBatch<'_>, n: usize) -> PlacementStatus {
    use PlacementStatus::{
        Attending, Confirmed, Graduated, Incomplete, NoShow, Nominated, Rejected, Verified, Waitlisted,
        Withdrawn,
    };
    match batch.status {
        BatchStatus::Completed => draw.weighted(&[
            (Graduated, 900),
            (Incomplete, 40),
            (Withdrawn, 30),
            (NoShow, 20),
            (Rejected, 10),
        ]),
        BatchStatus::Running => draw.weighted(&[(Attending, 94), (Withdrawn, 3), (NoShow, 3)]),
        BatchStatus::Full if n < usize::try_from(batch.capacity).unwrap_or_default() => Confirmed,
        BatchStatus::Full => Waitlisted,
        BatchStatus::Enrolling => {
            draw.weighted(&[(Nominated, 30), (Verified, 22), (Confirmed, 43), (Rejected, 5)])
        }
        BatchStatus::Planned | BatchStatus::Cancelled | BatchStatus::Postponed => Nominated,
    }
}
