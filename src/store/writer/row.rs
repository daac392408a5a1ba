//! Changes of rows: each raises the version, keeps the row as it was in the history, and is noted for the log.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use chrono::Datelike;
use entity::vocabulary::{ChangeOperation, Source};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic,
    Iterable, ModelTrait, PrimaryKeyTrait, RelationTrait, RelationType, Statement, Value,
    sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{Constraint, Violation, WriteError, WriteTransaction, constraint, log::Change};

/// An entity of records: rows with an id, a version, times and a source.
pub trait Recorded: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>, Model: Send + Sync> {}

impl<E> Recorded for E where E: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>, Model: Send + Sync> {}

/// The sequence since which a row is as it is; entities do not have it, because only the log reads it.
pub(super) const SINCE: &str = "since_sequence";
pub(super) const UNTIL: &str = "to_sequence";

/// The keys of the rows that a row refers to, before and after a change, by table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched(BTreeMap<String, BTreeSet<String>>);

impl Touched {
    /// The rows that a model refers to.
    pub(super) fn of<E: EntityTrait>(&mut self, model: &E::Model) {
        for relation in E::Relation::iter() {
            let relation = relation.def();
            if relation.rel_type != RelationType::HasOne || relation.is_owner {
                continue;
            }
            for column in E::Column::iter() {
                let refers = relation.from_col.iter().any(|from| from.to_string() == column.as_str());
                let table = relation.to_tbl.sea_orm_table().to_string();
                let key = match model.get(column) {
                    Value::Uuid(Some(key)) if refers => key.simple().to_string(),
                    Value::String(Some(key)) if refers => key,
                    _ => continue,
                };
                self.0.entry(table).or_default().insert(key);
            }
        }
    }

    /// The keys by table.
    pub fn keys(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        self.0.iter().map(|(table, keys)| (table.as_str(), keys.iter().map(String::as_str)))
    }

    /// The keys that the other has not.
    pub(super) fn beyond(&self, other: &Self) -> Self {
        let of = |(table, keys): (&String, &BTreeSet<String>)| {
            let known = other.0.get(table);
            let keys = keys.iter().filter(|key| known.is_none_or(|known| !known.contains(*key)));
            (table.clone(), keys.cloned().collect())
        };
        Self(self.0.iter().map(of).collect())
    }

    /// Whether the log names all of them.
    pub(super) fn is_within(&self, told: &serde_json::Value) -> bool {
        self.0.iter().all(|(table, keys)| {
            let told = told.get(table).and_then(serde_json::Value::as_array);
            keys.iter().all(|key| told.is_some_and(|told| told.iter().any(|one| one.as_str() == Some(key))))
        })
    }

    /// Adds the keys of another.
    pub(super) fn add(&mut self, other: Self) {
        for (table, keys) in other.0 {
            self.0.entry(table).or_default().extend(keys);
        }
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::json!(self.0)
    }
}

pub(super) fn column<E: EntityTrait>(name: &str) -> Option<E::Column> {
    E::Column::iter().find(|column| column.as_str() == name)
}

impl WriteTransaction {
    /// The row with this key, as it is now.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn row<E: Recorded>(&self, key: Uuid) -> Result<Option<E::Model>, WriteError> {
        Ok(E::find_by_id(key).one(&self.transaction).await?)
    }

    /// Whether a statement returns a row.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn finds(&self, sql: String, values: Vec<Value>) -> Result<bool, WriteError> {
        let backend = self.transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        Ok(self.transaction.query_one_raw(statement).await?.is_some())
    }

    /// Inserts a row with version 1.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn insert<E: Recorded>(
        &mut self,
        noun: &'static str,
        row: E::ActiveModel,
    ) -> Result<Uuid, WriteError> {
        self.add::<E>(noun, row, true).await
    }

    /// The same, for a table without a history.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn insert_unkept<E: Recorded>(
        &mut self,
        noun: &'static str,
        row: E::ActiveModel,
    ) -> Result<Uuid, WriteError> {
        self.add::<E>(noun, row, false).await
    }

    async fn add<E: Recorded>(
        &mut self,
        noun: &'static str,
        mut row: E::ActiveModel,
        kept: bool,
    ) -> Result<Uuid, WriteError> {
        set::<E>(&mut row, "version", 1.into());
        set::<E>(&mut row, "created_at", self.at.into());
        self.stamp::<E>(&mut row, false);
        let (mut columns, mut values): (Vec<Alias>, Vec<SimpleExpr>) = given::<E>(&row).unzip();
        if kept {
            columns.push(Alias::new(SINCE));
            values.push(self.sequence.into());
        }
        let Some(key) = new_key::<E>(&row) else {
            return Err(WriteError::Database(sea_orm::DbErr::UnpackInsertId));
        };
        demand_days::<E>(&row, None)?;
        // Engines differ in which of two constraints they name.
        if self.row::<E>(key).await?.is_some() || kept && self.was_deleted::<E>(key).await? {
            return Err(violation(Constraint::Unique, "id"));
        }
        let mut insert = Query::insert();
        insert.into_table(E::default()).columns(columns).values_panic(values);
        let written = self.transaction.execute(&insert).await;
        written.map_err(|error| constraint::refused::<E>(error))?;
        let mut touched = Touched::default();
        if let Some(model) = self.row::<E>(key).await? {
            touched.of::<E>(&model);
        }
        let (operation, former, system) = (ChangeOperation::Created, Touched::default(), None);
        self.changes.push(Change { noun, key, operation, version: 1, touched, former, system });
        Ok(key)
    }

    /// Whether there was a row with this key: its history is not that of another one.
    async fn was_deleted<E: Recorded>(&self, key: Uuid) -> Result<bool, WriteError> {
        let mut select = Query::select();
        select
            .expr(Expr::val(1))
            .from(Alias::new(format!("{}_history", E::default().table_name())))
            .and_where(Expr::col(Alias::new("id")).eq(key))
            .limit(1);
        Ok(self.transaction.query_one(&select).await?.is_some())
    }

    /// Changes a row, and keeps it as it was in the history.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn update<E: Recorded>(
        &mut self,
        noun: &'static str,
        before: &E::Model,
        row: E::ActiveModel,
    ) -> Result<(), WriteError> {
        self.keep::<E>(key::<E>(before)?).await?;
        self.change::<E>(noun, before, row, Some(SINCE), None).await
    }

    /// The same, for a table without a history.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn update_unkept<E: Recorded>(
        &mut self,
        noun: &'static str,
        before: &E::Model,
        row: E::ActiveModel,
    ) -> Result<(), WriteError> {
        self.change::<E>(noun, before, row, None, None).await
    }

    /// The same, for what a counter does: it is logged with the actor `system` and this verb.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn update_by_system<E: Recorded>(
        &mut self,
        noun: &'static str,
        before: &E::Model,
        row: E::ActiveModel,
        verb: &'static str,
    ) -> Result<(), WriteError> {
        self.keep::<E>(key::<E>(before)?).await?;
        self.change::<E>(noun, before, row, Some(SINCE), Some(verb)).await
    }

    async fn change<E: Recorded>(
        &mut self,
        noun: &'static str,
        before: &E::Model,
        mut row: E::ActiveModel,
        since: Option<&str>,
        system: Option<&'static str>,
    ) -> Result<(), WriteError> {
        let (key, version) = (key::<E>(before)?, version::<E>(before) + 1);
        set::<E>(&mut row, "version", version.into());
        let source = column::<E>("source").map(|column| before.get(column));
        let made_up = source == Some(Source::Synthetic.to_value().into());
        // What the calendar or a counter does follows from the row, wherever that came from.
        self.stamp::<E>(&mut row, made_up || system.is_some());
        demand_days::<E>(&row, Some(before))?;
        let mut update = Query::update();
        update.table(E::default()).values(since.map(|since| (Alias::new(since), self.sequence.into())));
        for (column, value) in given::<E>(&row) {
            update.value(column, value);
        }
        update.and_where(Expr::col(Alias::new("id")).eq(key));
        let written = self.transaction.execute(&update).await;
        written.map_err(|error| constraint::refused::<E>(error))?;
        let (mut touched, mut kept) = (Touched::default(), Touched::default());
        touched.of::<E>(before);
        if let Some(after) = self.row::<E>(key).await? {
            kept.of::<E>(&after);
            touched.of::<E>(&after);
        }
        let (operation, former) = (ChangeOperation::Updated, touched.beyond(&kept));
        self.changes.push(Change { noun, key, operation, version, touched, former, system });
        Ok(())
    }

    /// Deletes a row, and keeps it as it was in the history.
    ///
    /// # Errors
    /// The error of the database, such as a reference to the row.
    pub async fn delete<E: Recorded>(
        &mut self,
        noun: &'static str,
        before: &E::Model,
    ) -> Result<(), WriteError> {
        let key = key::<E>(before)?;
        self.keep::<E>(key).await?;
        let mut delete = Query::delete();
        delete.from_table(E::default()).and_where(Expr::col(Alias::new("id")).eq(key));
        let written = self.transaction.execute(&delete).await;
        written.map_err(|error| constraint::refused::<E>(error))?;
        let mut touched = Touched::default();
        touched.of::<E>(before);
        let (operation, version) = (ChangeOperation::Deleted, version::<E>(before));
        let former = touched.clone();
        self.changes.push(Change { noun, key, operation, version, touched, former, system: None });
        Ok(())
    }

    /// Sets a column that follows from other rows, such as a count: the row's version stays.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn derive<E: Recorded>(
        &self,
        key: Uuid,
        column: E::Column,
        value: impl Into<Value> + Send,
    ) -> Result<(), WriteError> {
        let mut update = Query::update();
        update.table(E::default()).value(column, value.into()).and_where(Expr::col(Alias::new("id")).eq(key));
        self.transaction.execute(&update).await?;
        Ok(())
    }

    /// Inserts a row of a table that follows from other rows, unless it is there.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn derive_link<E: EntityTrait>(&self, row: E::ActiveModel) -> Result<(), WriteError> {
        let insert = E::insert(row).on_conflict_do_nothing();
        insert.exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    /// Copies the row into the history, unless this write made or changed it before.
    async fn keep<E: Recorded>(&self, key: Uuid) -> Result<(), WriteError> {
        let names = || E::Column::iter().map(|column| Alias::new(column.as_str())).chain([Alias::new(SINCE)]);
        let mut select = Query::select();
        select
            .columns(names())
            .expr(Expr::val(self.sequence))
            .from(E::default())
            .and_where(Expr::col(Alias::new("id")).eq(key))
            .and_where(Expr::col(Alias::new(SINCE)).lt(self.sequence));
        let history = format!("{}_history", E::default().table_name());
        let mut insert = Query::insert();
        insert.into_table(Alias::new(history)).columns(names().chain([Alias::new(UNTIL)]));
        insert.select_from(select).map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?;
        self.transaction.execute(&insert).await?;
        Ok(())
    }

    /// Sets what each change sets: the time, and that the row came by the API and not from what it referred to before. A row
    /// that `keeps` its source stays so.
    fn stamp<E: Recorded>(&self, row: &mut E::ActiveModel, keeps: bool) {
        set::<E>(row, "updated_at", self.at.into());
        if !keeps {
            set::<E>(row, "source", Source::Api.to_value().into());
            set::<E>(row, "source_reference", Value::String(None));
            set::<E>(row, "as_of", Value::ChronoDate(None));
        }
    }
}

fn set<E: EntityTrait>(row: &mut E::ActiveModel, name: &str, value: Value) {
    if let Some(column) = column::<E>(name) {
        row.set(column, value);
    }
}

/// The key of a row.
fn key<E: EntityTrait>(row: &E::Model) -> Result<Uuid, WriteError> {
    match column::<E>("id").map(|column| row.get(column)) {
        Some(Value::Uuid(Some(key))) => Ok(key),
        _ => Err(WriteError::Database(sea_orm::DbErr::UpdateGetPrimaryKey)),
    }
}

/// The version of a row.
fn version<E: EntityTrait>(row: &E::Model) -> i32 {
    match column::<E>("version").map(|column| row.get(column)) {
        Some(Value::Int(Some(version))) => version,
        _ => 0,
    }
}

/// The first and the last year of a day that a row may have.
pub const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Refuses a row with a day that no record has: years of three or five digits are mistyped, and no engine refuses them.
/// What the row had before, by a load, stays.
fn demand_days<E: EntityTrait>(row: &E::ActiveModel, before: Option<&E::Model>) -> Result<(), WriteError> {
    let odd = E::Column::iter().find(|column| match row.get(*column) {
        ActiveValue::Set(Value::ChronoDate(Some(day))) => {
            let had = before.map(|before| before.get(*column));
            !YEARS.contains(&day.year()) && had != Some(Value::ChronoDate(Some(day)))
        }
        _ => false,
    });
    odd.map_or(Ok(()), |column| Err(violation(Constraint::Day, column.as_str())))
}

fn violation(constraint: Constraint, column: &str) -> WriteError {
    WriteError::Constraint(Violation { constraint, column: Some(column.to_owned()), name: String::new() })
}

/// The key of a row that is to be inserted.
fn new_key<E: EntityTrait>(row: &E::ActiveModel) -> Option<Uuid> {
    match row.get(column::<E>("id")?) {
        ActiveValue::Set(Value::Uuid(key)) => key,
        _ => None,
    }
}

/// The columns that a row sets, with their values.
fn given<E: EntityTrait>(row: &E::ActiveModel) -> impl Iterator<Item = (Alias, SimpleExpr)> {
    E::Column::iter().filter_map(|column| match row.get(column) {
        ActiveValue::Set(value) => Some((Alias::new(column.as_str()), column.save_as(Expr::val(value)))),
        _ => None,
    })
}
