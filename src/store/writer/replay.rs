//! Replays the log: compares the changes that it tells with the rows and their earlier states.

use std::collections::HashMap;

use entity::{change, vocabulary::ChangeOperation};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Value,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    Recorded, Touched,
    row::{SINCE, column},
};
use crate::store::number;

/// The rows that are compared at once.
const AT_ONCE: u64 = 500;

/// The first and the newest write of the log, and what is wrong with their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Changes up to this write may be deleted.
    pub horizon: i64,
    pub newest: i64,
    /// Writes without the one before them.
    pub gaps: i64,
    /// Writes whose changes are not numbered from 0, or have not one last.
    pub parts: i64,
    /// Writes before the time of the one before them.
    pub backwards: i64,
}

/// Compares the numbers of the log.
///
/// # Errors
/// The error of the database.
pub async fn numbers(connection: &impl ConnectionTrait) -> Result<Numbers, DbErr> {
    let horizon = number(connection, "SELECT max(sequence) FROM change_horizon").await?;
    let kept = format!("FROM change WHERE sequence > {horizon}");
    let writes = format!(
        "SELECT sequence, at, lag(sequence) OVER (ORDER BY sequence) AS former,
             lag(at) OVER (ORDER BY sequence) AS before_at FROM (SELECT sequence, min(at) AS at {kept} GROUP BY sequence) AS w"
    );
    let count = |which: String| format!("SELECT count(*) FROM ({which}) AS offenders");
    Ok(Numbers {
        horizon,
        newest: number(connection, "SELECT coalesce(max(sequence), 0) FROM change").await?,
        gaps: number(
            connection,
            &count(format!(
                "SELECT sequence FROM ({writes}) AS o WHERE sequence <> coalesce(former, {horizon}) + 1"
            )),
        )
        .await?,
        parts: number(
            connection,
            &count(format!(
                "SELECT sequence {kept} GROUP BY sequence HAVING min(position) <> 0 OR max(position) <> count(*) - 1
                 OR sum(CASE WHEN last THEN 1 ELSE 0 END) <> 1 OR max(CASE WHEN last THEN position ELSE 0 END) <> max(position)"
            )),
        )
        .await?,
        backwards: number(
            connection,
            &count(format!("SELECT sequence FROM ({writes}) AS o WHERE at < before_at")),
        )
        .await?,
    })
}

/// How many rows of a noun do not agree with the log.
///
/// A row that was changed after the horizon has the version that its newest change tells, and refers to rows that this
/// change names. The newest change of each row is that since which the row is as it is, or tells that it was deleted. Each
/// earlier state is followed by another, by the row, or by its deletion.
///
/// # Errors
/// The error of the database.
pub async fn disagreements<E: Recorded>(
    connection: &impl ConnectionTrait,
    noun: &str,
    horizon: i64,
) -> Result<i64, DbErr> {
    let table = E::default().table_name().to_owned();
    let told = format!(
        "SELECT count(*) FROM change c WHERE c.noun = '{noun}' AND c.sequence > {horizon} AND c.operation <> 'DELETED'
         AND NOT EXISTS (SELECT 1 FROM change d WHERE d.noun = c.noun AND d.key = c.key AND d.sequence > c.sequence LIMIT 1)
         AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.key AND t.since_sequence = c.sequence LIMIT 1)"
    );
    let kept = format!(
        "SELECT count(*) FROM {table}_history h
         WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = h.id AND t.since_sequence = h.to_sequence LIMIT 1)
         AND NOT EXISTS (SELECT 1 FROM {table}_history n WHERE n.id = h.id AND n.since_sequence = h.to_sequence LIMIT 1)
         AND NOT EXISTS (SELECT 1 FROM change d WHERE d.noun = '{noun}' AND d.key = h.id
             AND d.sequence = h.to_sequence AND d.operation = 'DELETED' LIMIT 1)
         AND h.to_sequence > {horizon}"
    );
    Ok(rows::<E>(connection, noun, horizon).await?
        + number(connection, &told).await?
        + number(connection, &kept).await?)
}

/// How many rows are not as their newest change tells.
async fn rows<E: Recorded>(
    connection: &impl ConnectionTrait,
    noun: &str,
    horizon: i64,
) -> Result<i64, DbErr> {
    let (Some(id), Some(version)) = (column::<E>("id"), column::<E>("version")) else { return Ok(0) };
    let changed = E::find().filter(Expr::col(Alias::new(SINCE)).gt(horizon)).order_by_asc(id);
    let mut pages = changed.paginate(connection, AT_ONCE);
    let mut wrong = 0;
    while let Some(page) = pages.fetch_and_next().await? {
        let key = |model: &E::Model| match model.get(id) {
            Value::Uuid(key) => key,
            _ => None,
        };
        let keys: Vec<Uuid> = page.iter().filter_map(key).collect();
        let told = change::Entity::find()
            .filter(change::Column::Noun.eq(noun))
            .filter(change::Column::Key.is_in(keys))
            .order_by_asc(change::Column::Sequence)
            .order_by_asc(change::Column::Position)
            .all(connection)
            .await?;
        let newest: HashMap<Uuid, change::Model> =
            told.into_iter().map(|change| (change.key, change)).collect();
        let agrees = |model: &E::Model| {
            let mut refers = Touched::default();
            refers.of::<E>(model);
            let told = key(model).and_then(|key| newest.get(&key));
            told.is_some_and(|told| {
                told.operation != ChangeOperation::Deleted
                    && model.get(version) == Value::from(told.version)
                    && refers.is_within(&told.touched)
            })
        };
        wrong += page.iter().filter(|model| !agrees(model)).count();
    }
    Ok(i64::try_from(wrong).unwrap_or(i64::MAX))
}
