//! What the verbs of annual reports change.

use chrono::Datelike;
use entity::{annual_report, vocabulary::HealthStatus};
use sea_orm::{IntoActiveModel, NotSet, Set};
use uuid::Uuid;

use super::{
    AnnualReport,
    input::{AmendAnnualReportInput, FileAnnualReportInput},
};
use crate::{
    graph::{Error, load::Noun, scalar::Decimal},
    registry::{
        cooperative::{Cooperative, demand_living_party},
        write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
    },
};

/// The first book year.
const FIRST: i32 = 1900;

/// The verb `fileAnnualReport`.
#[derive(Clone, Debug)]
pub(super) struct File(pub(super) FileAnnualReportInput);

impl Act for File {
    const NOUN: &'static str = AnnualReport::NAME;

    fn verb(&self) -> &'static str {
        "fileAnnualReport"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let today = write.today();
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        faults.between("bookYear", input.book_year, FIRST, today.year() - 1);
        let meeting_on = input.meeting_on.and_then(|day| faults.past("meetingOn", day, today));
        let mut count = |field, count: Option<i32>| count.and_then(|count| faults.count(field, count));
        let attendees = count("attendeeCount", input.attendee_count);
        let female = count("femaleMemberCount", input.female_member_count);
        let male = count("maleMemberCount", input.male_member_count);
        let mut amount =
            |field, sum: &Option<_>| sum.as_ref().and_then(|amount| faults.rupiah(field, amount));
        let (assets, equity) = (amount("assets", &input.assets), amount("equity", &input.equity));
        let liabilities = amount("liabilities", &input.liabilities);
        let turnover = amount("turnover", &input.turnover);
        let surplus = input.surplus.as_ref().and_then(|sum| faults.signed_rupiah("surplus", sum));
        let index = input.health_index.as_ref().and_then(|index| health_index(&mut faults, index));
        faults.none()?;
        let cooperative = write.existing::<Cooperative>(&input.cooperative, "cooperative").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        demand_living_party(write, cooperative.id, "cooperative").await?;
        if input.health_status.is_some() || input.health_index.is_some() {
            assessed_by_office(write)?;
        }
        let row = annual_report::ActiveModel {
            id: Set(id),
            cooperative_id: Set(cooperative.id),
            book_year: Set(input.book_year),
            meeting_on: Set(meeting_on),
            attendee_count: Set(attendees),
            female_member_count: Set(female),
            male_member_count: Set(male),
            assets: Set(assets),
            equity: Set(equity),
            liabilities: Set(liabilities),
            turnover: Set(turnover),
            surplus: Set(surplus),
            health_status: Set(input.health_status.unwrap_or(HealthStatus::NotReported)),
            health_index_milli: Set(index),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        Ok(write.transaction().insert::<annual_report::Entity>(Self::NOUN, row).await?)
    }
}

/// The verb `amendAnnualReport`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendAnnualReportInput);

impl Act for Amend {
    const NOUN: &'static str = AnnualReport::NAME;

    fn verb(&self) -> &'static str {
        "amendAnnualReport"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let report = write.existing::<AnnualReport>(&input.id, "id").await?;
        write.demand(&write.parties(&[report.cooperative_id]).await?)?;
        Write::expect::<AnnualReport>(&report, &input.id, input.expected_version)?;
        demand_living_party(write, report.cooperative_id, "id").await?;
        let assesses = !input.health_status.is_undefined() || !input.health_index.is_undefined();
        if assesses || report.health_status != HealthStatus::NotReported {
            assessed_by_office(write)?;
        }
        let today = write.today();
        let mut faults = Faults::default();
        let mut row = report.clone().into_active_model();
        patch(&mut row.meeting_on, &input.meeting_on, |day| faults.past("meetingOn", *day, today));
        for (column, field, count) in [
            (&mut row.attendee_count, "attendeeCount", &input.attendee_count),
            (&mut row.female_member_count, "femaleMemberCount", &input.female_member_count),
            (&mut row.male_member_count, "maleMemberCount", &input.male_member_count),
        ] {
            patch(column, count, |count| faults.count(field, *count));
        }
        for (column, field, amount) in [
            (&mut row.assets, "assets", &input.assets),
            (&mut row.equity, "equity", &input.equity),
            (&mut row.liabilities, "liabilities", &input.liabilities),
            (&mut row.turnover, "turnover", &input.turnover),
        ] {
            patch(column, amount, |amount| faults.rupiah(field, amount));
        }
        patch(&mut row.surplus, &input.surplus, |sum| faults.signed_rupiah("surplus", sum));
        faults.demanded("healthStatus", &input.health_status, &mut row.health_status);
        patch(&mut row.health_index_milli, &input.health_index, |index| health_index(&mut faults, index));
        faults.none()?;
        write.amend::<AnnualReport>(&report, row).await?;
        Ok(report.id)
    }
}

fn assessed_by_office(write: &Write) -> Result<(), Refusal> {
    if write.is_by_office() {
        return Ok(());
    }
    Err(Refusal::Failed(Error::Forbidden("only an office assesses the health of a cooperative")))
}

fn health_index(faults: &mut Faults, index: &Decimal) -> Option<i64> {
    let thousandths = faults.thousandths("healthIndex", index)?;
    if thousandths <= 100_000 {
        return Some(thousandths);
    }
    let (en, id) = ("it is between 0 and 100", "antara 0 dan 100");
    faults.add(UserErrorCode::OutOfRange, "healthIndex", en, id);
    None
}
