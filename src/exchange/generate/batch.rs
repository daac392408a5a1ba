//! Generates the batches of a program, with their sessions and placements.

use chrono::{Days, NaiveDate};
use entity::{
    batch_province, internship_batch, placement, training_session,
    vocabulary::{BatchStatus, LearningMethod, ProgramStatus},
};
use sea_orm::prelude::Uuid;

use super::{
    Stock,
    participant::{Participant, Waiting},
    placement::{self as seat, takes_seat},
    program::{Host, TOPICS},
};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, id, record},
    },
    graph::fold::fold,
    registry::placement::HIDDEN,
    store::bulk::{Bulk, BulkError},
};

/// The program that the batches belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) program: Uuid,
    pub(super) key: &'a str,
    pub(super) code: &'a str,
    pub(super) status: ProgramStatus,
    pub(super) announced: bool,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) host: &'a Host,
}

/// A batch with its rows, which are added after its program.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) row: internship_batch::Model,
    provinces: Vec<batch_province::Model>,
    sessions: Vec<training_session::Model>,
    placements: Vec<placement::Model>,
}

impl Planned {
    pub(super) fn add(self, bulk: &mut Bulk) -> Result<(), BulkError> {
        bulk.add(&self.row)?;
        self.provinces.iter().try_for_each(|row| bulk.add(row))?;
        self.sessions.iter().try_for_each(|row| bulk.add(row))?;
        self.placements.iter().try_for_each(|row| bulk.add(row))
    }
}

/// Generates the consecutive batches of a program.
pub(super) fn plan<'a>(
    stock: &Stock,
    draw: &mut Draw,
    frame: &Frame<'_>,
    provinces: &[&'a str],
    waiting: &mut Waiting<'a>,
) -> Vec<Planned> {
    if frame.status == ProgramStatus::Draft {
        return Vec::new();
    }
    let amount = draw.weighted(&[(1, 14), (2, 22), (3, 24), (4, 18), (5, 14), (8, 16)]);
    let pace = (frame.ends_on - frame.starts_on).num_days() / amount;
    (0..amount)
        .map(|n| {
            let first = frame.starts_on + Days::new(u64::try_from(n * pace).unwrap_or_default());
            let length = u64::try_from(draw.between(3, (pace - 1).min(11))).unwrap_or(3);
            let number = i32::try_from(n + 1).unwrap_or(1);
            batch(stock, draw, frame, number, (first, first + Days::new(length)), provinces, waiting)
        })
        .collect()
}

fn batch<'a>(
    stock: &Stock,
    draw: &mut Draw,
    frame: &Frame<'_>,
    number: i32,
    (first, last): (NaiveDate, NaiveDate),
    provinces: &[&'a str],
    waiting: &mut Waiting<'a>,
) -> Planned {
    let key = format!("{}.{number}", frame.key);
    let id = id("batch", &key, stock.seed);
    let capacity = draw.weighted(&[(38, 45), (40, 25), (30, 10), (35, 8), (45, 7), (50, 5)]);
    let mut status = status(draw, frame.status, first, last);
    let wanted = usize::try_from(invited(draw, status, capacity)).unwrap_or_default();
    let people = waiting.seat(provinces, wanted, (first, last), Some(frame.host.id));
    if status == BatchStatus::Full && people.len() < usize::try_from(capacity).unwrap_or_default() {
        status = BatchStatus::Enrolling;
    }
    let days = i32::try_from((last - first).num_days() + 1).unwrap_or(1);
    let placements: Vec<placement::Model> = people
        .iter()
        .enumerate()
        .map(|(n, person)| {
            let batch = seat::PlacementBatch {
                id,
                key: &key,
                code: frame.code,
                number,
                status,
                capacity,
                days,
                announced: frame.announced,
            };
            seat::of(stock, draw, &batch, n, person)
        })
        .collect();
    let seated = placements.iter().filter(|placement| takes_seat(placement.status)).count();
    let begun = matches!(status, BatchStatus::Running | BatchStatus::Completed);
    let row = record!(
        Origin::synthetic(id),
        internship_batch {
            id,
            program_id: frame.program,
            number,
            starts_on: Some(first),
            opened_on: begun.then_some(first),
            ends_on: Some(last),
            capacity: Some(capacity),
            participant_count: i32::try_from(seated).unwrap_or_default(),
            status,
            host_id: Some(frame.host.id),
            place_code: frame.host.region.clone(),
            program_visible: frame.announced,
        }
    );
    let sessions = if status == BatchStatus::Cancelled {
        Vec::new()
    } else {
        sessions(stock, draw, &key, &row, first, last)
    };
    let provinces = provinces_of(id, &people, &placements, provinces);
    Planned { row, provinces, sessions, placements }
}

/// The number of participants invited. Not all of them take a seat.
fn invited(draw: &mut Draw, status: BatchStatus, capacity: i32) -> i32 {
    match status {
        BatchStatus::Full => capacity + draw.count(0, 6),
        BatchStatus::Completed | BatchStatus::Running => capacity * draw.count(95, 100) / 100,
        BatchStatus::Enrolling => capacity * draw.count(20, 80) / 100,
        BatchStatus::Postponed => draw.count(0, 12),
        BatchStatus::Planned | BatchStatus::Cancelled => 0,
    }
}

fn status(draw: &mut Draw, program: ProgramStatus, first: NaiveDate, last: NaiveDate) -> BatchStatus {
    use BatchStatus::{Cancelled, Completed, Enrolling, Full, Planned, Postponed, Running};
    match program {
        ProgramStatus::Cancelled => Cancelled,
        ProgramStatus::Draft | ProgramStatus::Published => Planned,
        _ if last < ANCHOR => draw.weighted(&[(Completed, 97), (Cancelled, 3)]),
        _ if first <= ANCHOR => Running,
        _ => draw.weighted(&[(Enrolling, 45), (Full, 30), (Planned, 20), (Postponed, 5)]),
    }
}

/// The provinces of the publicly visible participants; if there are none, the provinces that are invited.
fn provinces_of(
    batch_id: Uuid,
    people: &[Participant<'_>],
    placements: &[placement::Model],
    invited: &[&str],
) -> Vec<batch_province::Model> {
    let seated = people.iter().zip(placements).filter(|(_, placement)| !HIDDEN.contains(&placement.status));
    let mut provinces: Vec<&str> = seated.map(|(person, _)| &*person.member.province).collect();
    if provinces.is_empty() {
        provinces.extend(invited);
    }
    provinces.sort_unstable();
    provinces.dedup();
    let row = |province: &str| batch_province::Model { batch_id, region_code: province.to_owned() };
    provinces.into_iter().map(row).collect()
}

fn sessions(
    stock: &Stock,
    draw: &mut Draw,
    key: &str,
    batch: &internship_batch::Model,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<training_session::Model> {
    use LearningMethod::{Classroom, Mentoring, OnTheJobTraining, Online, StudyVisit};
    let amount = draw.count(3, 8);
    (0..amount)
        .map(|n| {
            let topic = draw.pick(&TOPICS);
            let id = id("training_session", &format!("{key}.{n}"), stock.seed);
            record!(
                Origin::synthetic(id),
                training_session {
                    id,
                    batch_id: batch.id,
                    topic_fold: fold(topic),
                    topic: topic.to_owned(),
                    method: draw.weighted(&[
                        (OnTheJobTraining, 40),
                        (StudyVisit, 20),
                        (Classroom, 25),
                        (Online, 5),
                        (Mentoring, 10)
                    ]),
                    hours_milli: 500 * draw.between(2, 16),
                    held_on: draw.day(first, last),
                    program_visible: batch.program_visible,
                }
            )
        })
        .collect()
}
