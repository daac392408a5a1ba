//! The verbs of officers: appointed, suspended, and their offices ended, alone or as a board.

mod amend;
mod appoint;
mod board;
mod close;
mod input;
mod step;

use async_graphql::{Context, Object};

pub(in crate::registry) use self::close::close_offices;
use self::{
    input::{AmendOfficerInput, AppointOfficerInput, ChangeBoardInput, EndOfficeInput, OfficerInput},
    step::Step,
};
use super::{BY_ID, Officer};
use crate::{
    graph::{Result, inline::Inline},
    registry::{
        cooperative::{self, CooperativePayload},
        write::payload,
    },
};

payload! {
    /// Outcome of a verb on an officer [hasil].
    OfficerPayload {
        /// The officer as it is now; null when nothing was changed, unless someone else changed it meanwhile [pengurus].
        officer: Officer = BY_ID
    }
}

/// Verbs of officers.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfficerMutation;

#[Object]
impl OfficerMutation {
    /// Appoints a person to an office of a cooperative: the officer becomes ACTIVE. A seat for one person has one holder, nobody
    /// is on two bodies that exclude each other, and a term lasts at most five years. Where a seat alone would break the rules
    /// of the board, use `changeBoard` [angkat pengurus].
    async fn appoint_officer(
        &self,
        ctx: &Context<'_>,
        input: AppointOfficerInput,
    ) -> Option<Result<Inline<OfficerPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, appoint::Appoint(input), &key).await
    }

    /// Changes a board at once: ends offices, and appoints officers. The rules hold for the board as it is afterwards: that of a
    /// Merah Putih cooperative has an odd number of members, at least five, and a cooperative that operates keeps its chair
    /// [ganti pengurus].
    async fn change_board(
        &self,
        ctx: &Context<'_>,
        input: ChangeBoardInput,
    ) -> Option<Result<Inline<CooperativePayload>>> {
        let key = input.idempotency_key.clone();
        cooperative::answer(ctx, board::Change(input), &key).await
    }

    /// Ends an office on `endsOn`: from ACTIVE or SUSPENDED to ENDED. A cooperative that operates keeps its chair, and a
    /// participant of a batch keeps the office [akhiri jabatan].
    async fn end_office(
        &self,
        ctx: &Context<'_>,
        input: EndOfficeInput,
    ) -> Option<Result<Inline<OfficerPayload>>> {
        let EndOfficeInput { idempotency_key, id, expected_version, ends_on } = input;
        let step = Step { verb: "endOffice", id, expected_version, ends_on: Some(ends_on) };
        payload(ctx, step, &idempotency_key).await
    }

    /// Suspends an officer: from ACTIVE to SUSPENDED [nonaktifkan pengurus].
    async fn suspend_officer(
        &self,
        ctx: &Context<'_>,
        input: OfficerInput,
    ) -> Option<Result<Inline<OfficerPayload>>> {
        let OfficerInput { idempotency_key, id, expected_version } = input;
        let step = Step { verb: "suspendOfficer", id, expected_version, ends_on: None };
        payload(ctx, step, &idempotency_key).await
    }

    /// Ends the suspension of an officer: from SUSPENDED to ACTIVE, under the rules of `appointOfficer` [pulihkan pengurus].
    async fn reinstate_officer(
        &self,
        ctx: &Context<'_>,
        input: OfficerInput,
    ) -> Option<Result<Inline<OfficerPayload>>> {
        let OfficerInput { idempotency_key, id, expected_version } = input;
        let step = Step { verb: "reinstateOfficer", id, expected_version, ends_on: None };
        payload(ctx, step, &idempotency_key).await
    }

    /// Changes what is known of an office: absent fields stay as they are, and null empties one. The name is that of the
    /// person, which `correctPerson` changes. Once the office has ended, only an office of the registry amends it [ubah jabatan].
    async fn amend_officer(
        &self,
        ctx: &Context<'_>,
        input: AmendOfficerInput,
    ) -> Option<Result<Inline<OfficerPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }
}
