//! What an operating cooperative needs: an open business unit, a chair, and supervisors in the Merah Putih program.
//!
//! The rules of the registry demand it of synthetic rows only, because nobody published it of others. A verb may not take
//! away what is there.

use entity::{
    business_unit, cooperative, officer,
    vocabulary::{
        BusinessUnitStatus, CooperativeProgram, CooperativeStatus, OfficerBody, OfficerRole, OfficerStatus,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    registry::write::{Message, Refusal, UserError, UserErrorCode, Write},
    store::WriteError,
};

/// The fewest supervisors in the Merah Putih program.
const SUPERVISORS: u64 = 3;

/// Something that an operating cooperative needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::registry) enum Need {
    OpenUnit,
    Chair,
    Supervisors,
}

impl Need {
    fn error(self) -> UserError {
        let (en, id) = match self {
            Self::OpenUnit => (
                "a cooperative that operates has an open business unit",
                "koperasi yang beroperasi memiliki gerai yang buka",
            ),
            Self::Chair => (
                "a cooperative that operates has an active chair",
                "koperasi yang beroperasi memiliki ketua aktif",
            ),
            Self::Supervisors => (
                "a Merah Putih cooperative that operates has at least three supervisors",
                "Koperasi Merah Putih yang beroperasi memiliki paling sedikit tiga pengawas",
            ),
        };
        UserError::new(UserErrorCode::PrerequisiteMissing, &[], Message::new(en, id))
    }
}

/// Refuses a write about a cooperative that was merged or dissolved; `field` of the input names it.
pub(in crate::registry) fn demand_living(
    cooperative: &cooperative::Model,
    field: &str,
) -> Result<(), Refusal> {
    if !matches!(cooperative.status, CooperativeStatus::Merged | CooperativeStatus::Dissolved) {
        return Ok(());
    }
    let message = Message::new(
        "the cooperative was merged or dissolved",
        "koperasi ini telah digabung atau dibubarkan",
    );
    Err(UserError::new(UserErrorCode::NotEligible, &[field], message).into())
}

/// Refuses a write by a party about a party that was merged or dissolved; an office records what is left to record.
pub(in crate::registry) async fn demand_living_party(
    write: &Write,
    party: Uuid,
    field: &str,
) -> Result<(), Refusal> {
    if write.is_by_office() {
        return Ok(());
    }
    let cooperative = write.row::<cooperative::Entity>(party).await?;
    cooperative.map_or(Ok(()), |cooperative| demand_living(&cooperative, field))
}

/// What a cooperative lacks; nothing unless it operates.
pub(in crate::registry) async fn lacking(write: &mut Write, cooperative: Uuid) -> Result<Vec<Need>, Refusal> {
    let Some(row) = write.row::<cooperative::Entity>(cooperative).await? else { return Ok(Vec::new()) };
    if row.status != CooperativeStatus::Operating {
        return Ok(Vec::new());
    }
    let connection = write.transaction().connection();
    let units = business_unit::Entity::find()
        .filter(business_unit::Column::CooperativeId.eq(cooperative))
        .filter(business_unit::Column::Status.eq(BusinessUnitStatus::Open));
    let active = officer::Entity::find()
        .filter(officer::Column::CooperativeId.eq(cooperative))
        .filter(officer::Column::Status.eq(OfficerStatus::Active));
    let chairs = active.clone().filter(officer::Column::Role.eq(OfficerRole::Chair));
    let supervisors = active.filter(officer::Column::Body.eq(OfficerBody::Supervisory));
    let mut lacking = Vec::new();
    if units.count(connection).await.map_err(WriteError::from)? == 0 {
        lacking.push(Need::OpenUnit);
    }
    if chairs.count(connection).await.map_err(WriteError::from)? == 0 {
        lacking.push(Need::Chair);
    }
    if row.program != CooperativeProgram::General
        && supervisors.count(connection).await.map_err(WriteError::from)? < SUPERVISORS
    {
        lacking.push(Need::Supervisors);
    }
    Ok(lacking)
}

/// Refuses a write after which a cooperative lacks what it did not lack before.
pub(in crate::registry) async fn keep_needs(
    write: &mut Write,
    cooperative: Uuid,
    before: &[Need],
) -> Result<(), Refusal> {
    let lacking = lacking(write, cooperative).await?;
    let new: Vec<UserError> =
        lacking.into_iter().filter(|need| !before.contains(need)).map(Need::error).collect();
    if new.is_empty() { Ok(()) } else { Err(Refusal::Errors(new)) }
}
