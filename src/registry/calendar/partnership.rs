//! Agreements that come into force or expire.

use chrono::NaiveDate;
use entity::{
    data_load,
    partnership::{Column, Entity, Model},
    vocabulary::PartnershipStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::MOST;
use crate::{
    graph::load::Noun,
    registry::{partnership::Partnership, states::PARTNERSHIP, write::Refusal},
    store::{WriteTransaction, clock::day_of},
};

/// The first keys after `last` of agreements for which a verb of the system is due, with that verb.
///
/// A load states how its rows were on that day, whatever their dates say. So of a row that no verb has written since, only
/// days after the load are due.
pub(super) async fn due(
    connection: &impl ConnectionTrait,
    today: NaiveDate,
    last: Option<Uuid>,
) -> Result<Vec<(Uuid, &'static str)>, DbErr> {
    let loaded = data_load::Entity::find()
        .select_only()
        .column(data_load::Column::LoadedAt)
        .order_by_desc(data_load::Column::LoadedAt)
        .limit(1)
        .into_tuple::<i64>()
        .one(connection)
        .await?
        .map(day_of);
    let written = || Expr::col(Alias::new("since_sequence")).gt(0);
    let since = |later: Option<Condition>| Condition::any().add(written()).add_option(later);
    let begins = Condition::all()
        .add(Column::Status.eq(PartnershipStatus::Signed))
        .add(Column::EffectiveFrom.lte(today))
        .add(since(loaded.map(|day| Condition::all().add(Column::EffectiveFrom.gt(day)))));
    let ends = Condition::all()
        .add(Column::Status.eq(PartnershipStatus::Active))
        .add(Column::EffectiveTo.lt(today))
        .add(since(loaded.map(|day| Condition::all().add(Column::EffectiveTo.gte(day)))));
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Status])
        .filter(Condition::any().add(begins).add(ends))
        .filter(Condition::all().add_option(last.map(|last| Column::Id.gt(last))))
        .order_by_asc(Column::Id)
        .limit(MOST)
        .into_tuple::<(Uuid, PartnershipStatus)>()
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|(key, status)| Some((key, arrow(status)?.0))).collect())
}

/// The verb of the system in a state, and where it leads.
fn arrow(status: PartnershipStatus) -> Option<(&'static str, PartnershipStatus)> {
    PARTNERSHIP.system.iter().find(|(from, ..)| *from == status).map(|(_, verb, to)| (*verb, *to))
}

/// Whether the day has come for what the system does next.
fn is_due(row: &Model, today: NaiveDate) -> bool {
    match row.status {
        PartnershipStatus::Signed => row.effective_from.is_some_and(|day| day <= today),
        PartnershipStatus::Active => row.effective_to.is_some_and(|day| day < today),
        _ => false,
    }
}

/// Changes an agreement, unless someone else did meanwhile.
pub(super) async fn change(
    transaction: &mut WriteTransaction,
    key: Uuid,
    verb: &'static str,
    today: NaiveDate,
) -> Result<bool, Refusal> {
    let Some(before) = transaction.row::<Entity>(key).await? else { return Ok(false) };
    let Some((_, status)) = arrow(before.status).filter(|(next, _)| *next == verb && is_due(&before, today))
    else {
        return Ok(false);
    };
    let mut row = before.clone().into_active_model();
    row.status = Set(status);
    transaction.update_by_system::<Entity>(Partnership::NAME, &before, row, verb).await?;
    Ok(true)
}
