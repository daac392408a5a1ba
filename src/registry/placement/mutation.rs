//! The verbs of placements: nominated, verified, confirmed or waiting, attending, graduated, withdrawn.

mod input;
mod nominate;
mod owners;
mod record;
pub(in crate::registry) mod seats;
mod step;

use async_graphql::{Context, MaybeUndefined, Object};

pub use self::seats::waiting_since;
use self::{
    input::{
        AmendPlacementInput, GraduateInput, NominateInput, PlacementInput, PlanFollowUpInput,
        RecordAttendanceInput,
    },
    record::Record,
    step::Step,
};
use super::{BY_ID, Placement};
use crate::{
    graph::{Result, inline::Inline},
    registry::write::payload,
};

payload! {
    /// Outcome of a verb on a placement [hasil].
    PlacementPayload {
        /// The placement as it is now; null when nothing was changed, unless someone else changed it meanwhile, and where the
        /// caller may not see it [peserta magang].
        placement: Placement = BY_ID
    }
}

async fn step(
    ctx: &Context<'_>,
    verb: &'static str,
    input: PlacementInput,
) -> Option<Result<Inline<PlacementPayload>>> {
    let PlacementInput { idempotency_key, id, expected_version } = input;
    payload(ctx, Step { verb, id, expected_version }, &idempotency_key).await
}

/// Verbs of placements.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlacementMutation;

#[Object]
impl PlacementMutation {
    /// Nominates an active officer of a cooperative for a batch whose enrolment is open: the placement becomes NOMINATED.
    /// The cooperative is not the host, and nobody takes part in two batches at once [calonkan peserta].
    async fn nominate(
        &self,
        ctx: &Context<'_>,
        input: NominateInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let key = input.idempotency_key.clone();
        let NominateInput { id, batch, officer, .. } = input;
        payload(ctx, nominate::Nominate { id, batch, officer }, &key).await
    }

    /// Verifies a nominee: from NOMINATED to VERIFIED [verifikasi calon].
    async fn verify_nominee(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "verifyNominee", input).await
    }

    /// Rejects a nominee: from NOMINATED or VERIFIED to REJECTED [tolak calon].
    async fn reject_nominee(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "rejectNominee", input).await
    }

    /// Gives a verified nominee a seat: from VERIFIED to CONFIRMED, or to WAITLISTED where no seat is left, which is no
    /// error. The batch becomes FULL with its last seat [konfirmasi peserta].
    async fn confirm_placement(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "confirmPlacement", input).await
    }

    /// Withdraws a participant before or during the batch: to WITHDRAWN. A seat that becomes free goes to the first who waits
    /// [tarik peserta].
    async fn withdraw_placement(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "withdrawPlacement", input).await
    }

    /// Records how many days a participant attended, and a score: of one that is ATTENDING. Those who organise and host the
    /// batch do it, or the office of the cooperative's region [catat kehadiran].
    async fn record_attendance(
        &self,
        ctx: &Context<'_>,
        input: RecordAttendanceInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let mut record = Record::of("recordAttendance", input.id, input.expected_version);
        record.attendance_days = MaybeUndefined::Value(input.attendance_days);
        record.score = input.score;
        payload(ctx, record, &input.idempotency_key).await
    }

    /// Records that a participant graduated, with the certificate if there is one: from ATTENDING to GRADUATED [luluskan
    /// peserta].
    async fn graduate(
        &self,
        ctx: &Context<'_>,
        input: GraduateInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let mut record = Record::of("graduate", input.id, input.expected_version);
        record.attendance_days = input.attendance_days;
        record.score = input.score;
        record.certificate_number = input.certificate_number;
        payload(ctx, record, &input.idempotency_key).await
    }

    /// Records that a participant did not complete the batch: from ATTENDING to INCOMPLETE, from when the public does not
    /// see the placement [tandai tidak selesai].
    async fn mark_incomplete(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "markIncomplete", input).await
    }

    /// Records that a participant did not come: from CONFIRMED or ATTENDING to `NO_SHOW`, from when the public does not see
    /// the placement. Before the batch starts, the seat goes to the first who waits [tandai tidak hadir].
    async fn mark_no_show(
        &self,
        ctx: &Context<'_>,
        input: PlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        step(ctx, "markNoShow", input).await
    }

    /// Records what the cooperative will replicate: of a participant who is ATTENDING or GRADUATED. The cooperative or the
    /// office of its region does it [susun tindak lanjut].
    async fn plan_follow_up(
        &self,
        ctx: &Context<'_>,
        input: PlanFollowUpInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let mut record = Record::of("planFollowUp", input.id, input.expected_version);
        record.follow_up_plan = MaybeUndefined::Value(input.follow_up_plan);
        payload(ctx, record, &input.idempotency_key).await
    }

    /// Changes what was recorded of a participant: absent fields stay as they are, and null empties one. Attendance and score
    /// are of one that is ATTENDING, GRADUATED or INCOMPLETE. Only an office amends the follow-up plan, and all once the
    /// placement is over [ubah peserta].
    async fn amend_placement(
        &self,
        ctx: &Context<'_>,
        input: AmendPlacementInput,
    ) -> Option<Result<Inline<PlacementPayload>>> {
        let mut record = Record::of("amendPlacement", input.id, input.expected_version);
        record.attendance_days = input.attendance_days;
        record.score = input.score;
        record.certificate_number = input.certificate_number;
        record.follow_up_plan = input.follow_up_plan;
        payload(ctx, record, &input.idempotency_key).await
    }
}
