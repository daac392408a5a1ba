//! Changes of linked rows, which belong to a record and have no version: the parties of an agreement, the supporters of a
//! program.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{
    WriteError, WriteTransaction, constraint,
    row::{SINCE, Touched, UNTIL},
};

impl WriteTransaction {
    /// Makes `rows` the linked rows of a record, of which `column` holds the key, and returns whether that changed any. Rows
    /// that were changed or removed are kept in the history. The record itself must have been inserted or changed before by
    /// this write: its change in the log names all records that the rows refer to.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn relink<E>(
        &mut self,
        column: E::Column,
        key: Uuid,
        rows: &[E::Model],
    ) -> Result<bool, WriteError>
    where
        E: EntityTrait<Model: PartialEq + Send + Sync>,
    {
        let known = E::find().filter(column.eq(key)).all(&self.transaction).await?;
        let changed = self.replace_links::<E>(&known, rows).await?;
        let (mut touched, mut kept) = (Touched::default(), Touched::default());
        known.iter().chain(rows).for_each(|row| touched.of::<E>(row));
        for row in rows {
            kept.of::<E>(row);
        }
        match self.changes.iter_mut().rev().find(|change| change.key == key) {
            Some(change) => {
                change.former.add(touched.beyond(&kept));
                change.touched.add(touched);
                Ok(changed)
            }
            None if changed => {
                Err(WriteError::Database(DbErr::Custom("the record of linked rows was not changed".into())))
            }
            None => Ok(false),
        }
    }

    /// The same for rows that follow from other records, so that the record itself need not change with them: the provinces
    /// of a batch.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn relink_derived<E>(
        &self,
        column: E::Column,
        key: Uuid,
        rows: &[E::Model],
    ) -> Result<bool, WriteError>
    where
        E: EntityTrait<Model: PartialEq + Send + Sync>,
    {
        let known = E::find().filter(column.eq(key)).all(&self.transaction).await?;
        self.replace_links::<E>(&known, rows).await
    }

    /// Makes `rows` of the `known` ones, and returns whether that changed any.
    async fn replace_links<E>(&self, known: &[E::Model], rows: &[E::Model]) -> Result<bool, WriteError>
    where
        E: EntityTrait<Model: PartialEq + Send + Sync>,
    {
        let mut changed = false;
        for row in known.iter().filter(|row| !rows.contains(row)) {
            self.keep_link::<E>(row).await?;
            E::delete_many().filter(one::<E>(row)).exec(&self.transaction).await?;
            changed = true;
        }
        for row in rows.iter().filter(|row| !known.contains(row)) {
            self.insert_link::<E>(row).await?;
            changed = true;
        }
        Ok(changed)
    }

    /// Adds one such row, unless it is there.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn link_derived<E>(&self, row: &E::Model) -> Result<(), WriteError>
    where
        E: EntityTrait<Model: Send + Sync>,
    {
        if E::find().filter(one::<E>(row)).one(&self.transaction).await?.is_none() {
            self.insert_link::<E>(row).await?;
        }
        Ok(())
    }

    /// Copies a linked row into the history, unless this write made it.
    async fn keep_link<E: EntityTrait>(&self, row: &E::Model) -> Result<(), WriteError> {
        let names = || E::Column::iter().map(|column| Alias::new(column.as_str())).chain([Alias::new(SINCE)]);
        let mut select = Query::select();
        select
            .columns(names())
            .expr(Expr::val(self.sequence))
            .from(E::default())
            .cond_where(one::<E>(row))
            .and_where(Expr::col(Alias::new(SINCE)).lt(self.sequence));
        let mut insert = Query::insert();
        insert
            .into_table(Alias::new(format!("{}_history", E::default().table_name())))
            .columns(names().chain([Alias::new(UNTIL)]));
        insert.select_from(select).map_err(|error| DbErr::Custom(error.to_string()))?;
        self.transaction.execute(&insert).await?;
        Ok(())
    }

    async fn insert_link<E: EntityTrait>(&self, row: &E::Model) -> Result<(), WriteError> {
        let (mut columns, mut values): (Vec<Alias>, Vec<SimpleExpr>) = E::Column::iter()
            .map(|column| (Alias::new(column.as_str()), column.save_as(Expr::val(row.get(column)))))
            .unzip();
        columns.push(Alias::new(SINCE));
        values.push(self.sequence.into());
        let mut insert = Query::insert();
        insert.into_table(E::default()).columns(columns).values_panic(values);
        let written = self.transaction.execute(&insert).await;
        written.map_err(|error| constraint::refused::<E>(error))?;
        Ok(())
    }
}

/// The condition that selects one linked row, by its primary key.
fn one<E: EntityTrait>(row: &E::Model) -> Condition {
    E::PrimaryKey::iter().fold(Condition::all(), |condition, key| {
        let column = key.into_column();
        condition.add(column.eq(row.get(column)))
    })
}
