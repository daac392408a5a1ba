//! Ends all offices of a cooperative that ends.

use entity::{
    officer::{Column, Entity},
    vocabulary::OfficerStatus,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use super::Officer;
use crate::{
    graph::load::Noun,
    registry::write::{Refusal, Write},
    store::WriteError,
};

/// Ends the offices of a cooperative today, unless their terms ended before. It is logged with the actor `system`.
pub(in crate::registry) async fn close_offices(write: &mut Write, cooperative: Uuid) -> Result<(), Refusal> {
    let held = Entity::find()
        .filter(Column::CooperativeId.eq(cooperative))
        .filter(Column::Status.ne(OfficerStatus::Ended))
        .order_by_asc(Column::Id);
    let held = held.all(write.transaction().connection()).await.map_err(WriteError::from)?;
    let today = write.today();
    for officer in held {
        let mut row = officer.clone().into_active_model();
        row.status = Set(OfficerStatus::Ended);
        row.ends_on = Set(Some(officer.ends_on.map_or(today, |last| last.min(today))));
        write.transaction().update_by_system::<Entity>(Officer::NAME, &officer, row, "closeOffice").await?;
    }
    Ok(())
}
