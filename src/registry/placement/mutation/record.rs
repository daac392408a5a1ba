//! What is recorded of a participant: attendance, score, certificate, and the plan of the cooperative.

use async_graphql::{ID, MaybeUndefined};
use entity::{
    internship_batch, placement,
    vocabulary::PlacementStatus::{self, Attending, Graduated, Incomplete},
};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{Placement, owners, seats};
use crate::{
    graph::{Error, load::Noun, scalar::Decimal},
    registry::{
        states::PLACEMENT,
        write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
    },
};

/// The longest plan, and the longest certificate number.
const MAX_PLAN: usize = 2_000;
const MAX_NUMBER: usize = 100;

/// The greatest score, in thousandths.
const MAX_SCORE: i64 = 100_000;

/// A verb, with what it records.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) attendance_days: MaybeUndefined<i32>,
    pub(super) score: MaybeUndefined<Decimal>,
    pub(super) certificate_number: MaybeUndefined<String>,
    pub(super) follow_up_plan: MaybeUndefined<String>,
}

impl Record {
    /// A verb that records nothing yet.
    pub(super) fn of(verb: &'static str, id: ID, expected_version: i32) -> Self {
        Self {
            verb,
            id,
            expected_version,
            attendance_days: MaybeUndefined::Undefined,
            score: MaybeUndefined::Undefined,
            certificate_number: MaybeUndefined::Undefined,
            follow_up_plan: MaybeUndefined::Undefined,
        }
    }

    /// The status after the verb, if the verb is possible in this one.
    fn status(&self, write: &Write, status: PlacementStatus) -> Result<PlacementStatus, Refusal> {
        match self.verb {
            "graduate" => return write.next(&PLACEMENT, status),
            "recordAttendance" => write.within(&[Attending], status)?,
            "planFollowUp" => write.within(&[Attending, Graduated], status)?,
            _ if PLACEMENT.possible(status).is_empty() && !write.is_by_office() => {
                let refusal = "only an office amends a placement that is over";
                return Err(Refusal::Failed(Error::Forbidden(refusal)));
            }
            _ => {
                if !self.attendance_days.is_undefined() || !self.score.is_undefined() {
                    write.within(&[Attending, Graduated, Incomplete], status)?;
                }
                if !self.follow_up_plan.is_undefined() && !write.is_by_office() {
                    let refusal =
                        "the cooperative records its plan by planFollowUp; only an office amends it";
                    return Err(Refusal::Failed(Error::Forbidden(refusal)));
                }
            }
        }
        Ok(status)
    }

    fn patch(&self, faults: &mut Faults, batch: &internship_batch::Model, row: &mut placement::ActiveModel) {
        let dates = batch.starts_on.zip(batch.ends_on);
        let days = dates.and_then(|(from, until)| i32::try_from((until - from).num_days() + 1).ok());
        patch(&mut row.attendance_days, &self.attendance_days, |attended| {
            faults.between("attendanceDays", *attended, 0, days.unwrap_or(366))
        });
        patch(&mut row.score_milli, &self.score, |score| {
            let score = faults.thousandths("score", score)?;
            if score > MAX_SCORE {
                let (en, id) = ("a score is between 0 and 100", "nilai antara 0 dan 100");
                faults.add(UserErrorCode::OutOfRange, "score", en, id);
            }
            Some(score)
        });
        patch(&mut row.certificate_number, &self.certificate_number, |number| {
            faults.line("certificateNumber", number, MAX_NUMBER)
        });
        patch(&mut row.follow_up_plan, &self.follow_up_plan, |plan| {
            faults.text("followUpPlan", plan, MAX_PLAN)
        });
    }
}

impl Act for Record {
    const NOUN: &'static str = Placement::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let before = write.existing::<Placement>(&self.id, "id").await?;
        let (batch, program) = owners::of_placement(write, &before).await?;
        let of = owners::belonging(write, self.verb, &before, &batch, &program).await?;
        write.demand(&of)?;
        Write::expect::<Placement>(&before, &self.id, self.expected_version)?;
        let status = self.status(write, before.status)?;
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        self.patch(&mut faults, &batch, &mut row);
        if status != Graduated && matches!(self.certificate_number, MaybeUndefined::Value(_)) {
            let en = "only a participant who graduated has a certificate";
            let id = "hanya peserta yang lulus memiliki sertifikat";
            faults.add(UserErrorCode::PrerequisiteMissing, "certificateNumber", en, id);
        }
        faults.none()?;
        row.status = Set(status);
        write.amend::<Placement>(&before, row).await?;
        seats::count(write, &batch, &program).await?;
        Ok(before.id)
    }
}
