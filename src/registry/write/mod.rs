//! Writes by callers: who may, by which verb, under which rules, once for each idempotency key.
//!
//! A verb is an [`Act`]. It is executed in one transaction of [`Writer`]: the caller's claim is looked up, the act changes rows,
//! the rules of all touched rows are checked, and the log is written (`docs/writing.md`).

mod faults;
mod log;
mod patch;
mod payload;
mod perform;
mod policy;
mod reference;
mod rules;
mod system;
mod user_error;

use chrono::NaiveDate;
use entity::vocabulary::{InstitutionKind, PartyKind, Role};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

pub(super) use self::faults::Faults;
pub(super) use self::patch::{is_same, patch, unchanged};
pub(super) use self::payload::payload;
pub(super) use self::perform::{Act, Performed, perform};
pub(super) use self::system::by_system;
pub(super) use self::user_error::{Message, Refusal};
pub use self::{
    perform::Writes,
    policy::{Belonging, VERBS, Verb},
    user_error::{UserError, UserErrorCode},
};
use super::{
    owners::{self, Known, PartyIs, ReadParties},
    states::Machine,
};
use crate::{
    access::{Grant, GrantScope, Scope},
    graph::{
        Error,
        id::{GlobalId, KeyKind},
        load::{self, Noun},
        value::Value,
    },
    store::{Engine, WriteTransaction, clock, writer::Recorded},
};

/// One write: a transaction of one caller and one verb.
#[derive(Debug)]
pub(super) struct Write {
    transaction: WriteTransaction,
    verb: &'static Verb,
    /// The subject of the caller.
    actor: String,
    /// The grants of the caller that allow the verb, each within its scope.
    grants: Vec<Grant>,
    /// The rows that the caller may see.
    scope: Scope,
    /// The grant that allowed it.
    by: Option<Grant>,
}

impl Write {
    /// Refuses the write unless a grant of the caller covers the row. One as an office comes first: it may do more.
    pub(super) fn demand(&mut self, of: &Belonging) -> Result<(), Refusal> {
        let covers = |grant: &&Grant| of.is_within(grant.scope);
        let as_office = self.grants.iter().filter(covers).find(|grant| is_office(grant.role));
        let covering = as_office.or_else(|| self.grants.iter().find(covers));
        self.by = Some(*covering.ok_or_else(not_covered)?);
        Ok(())
    }

    /// Refuses the write unless a grant covers also what the row becomes: for who acts as an office, one as an office.
    pub(super) fn demand_after(&mut self, of: Belonging) -> Result<(), Refusal> {
        let parties = if self.is_by_office() { Vec::new() } else { of.parties };
        self.demand(&Belonging { parties, ..of })
    }

    /// Refuses the write unless the row has the version that the caller expects.
    pub(super) fn expect<N>(
        row: &<N::Entity as EntityTrait>::Model,
        id: &async_graphql::ID,
        version: i32,
    ) -> Result<(), Refusal>
    where
        N: Noun<Entity: Recorded>,
    {
        match sea_orm::ModelTrait::get(row, version_column::<N>()?) {
            sea_orm::Value::Int(Some(now)) if now == version => Ok(()),
            sea_orm::Value::Int(Some(now)) => Err(UserError::new(
                UserErrorCode::Conflict,
                &["expectedVersion"],
                Message::new(
                    format!("the record has version {now}, not {version}: someone changed it meanwhile"),
                    format!("catatan ini berversi {now}, bukan {version}: sudah diubah oleh pihak lain"),
                ),
            )
            .of_current(key_of(id, N::NAME)?)
            .into()),
            _ => Err(Refusal::Failed(Error::Internal(format!("{} has no version", N::NAME)))),
        }
    }

    /// The row with this global id, which the argument `field` of the input names. Only a caller whose grant is on everything
    /// is told that there is none: others are refused as for a row of others, which may be hidden.
    pub(super) async fn existing<N>(
        &self,
        id: &async_graphql::ID,
        field: &str,
    ) -> Result<<N::Entity as EntityTrait>::Model, Refusal>
    where
        N: Noun<Entity: Recorded>,
    {
        let found = self.transaction.row::<N::Entity>(key_of(id, N::NAME)?).await?;
        found.ok_or_else(|| self.missing(N::NAME, field))
    }

    /// The refusal of a verb for a row that is not there.
    pub(super) fn missing(&self, noun: &str, field: &str) -> Refusal {
        if self.grants.iter().any(|grant| grant.scope == GrantScope::Everything) {
            UserError::not_found(noun, field).into()
        } else {
            not_covered()
        }
    }

    /// Whether the caller may see the row with this key.
    pub(super) async fn sees<N: Noun>(&self, key: Uuid) -> Result<bool, Refusal> {
        let engine = Engine::of(self.transaction.connection());
        let (sql, values) = load::visible_row(engine, &self.scope, N::table(), key);
        Ok(self.transaction.finds(sql, values).await?)
    }

    /// The region with this code, which the argument `field` of the input names.
    pub(super) async fn region_by_code(
        &self,
        code: &str,
        field: &str,
    ) -> Result<entity::region::Model, Refusal> {
        let found = entity::region::Entity::find_by_id(code).one(self.transaction.connection()).await;
        let found = found.map_err(crate::store::WriteError::from)?;
        found.ok_or_else(|| UserError::not_found("Region", field).into())
    }

    /// Whether an office, and no party of the record, uses the verb.
    pub(super) fn is_by_office(&self) -> bool {
        self.by.is_some_and(|grant| is_office(grant.role))
    }

    /// Refuses a verb that leads to no other state, unless the record is in one of these states.
    pub(super) fn within<S>(&self, states: &[S], state: S) -> Result<(), Refusal>
    where
        S: Copy + PartialEq + sea_orm::ActiveEnum<Value = String>,
    {
        if states.contains(&state) {
            return Ok(());
        }
        let (verb, state) = (self.verb.name, state.to_value());
        let possible: Vec<String> = states.iter().map(sea_orm::ActiveEnum::to_value).collect();
        let possible = possible.join(", ");
        let en = format!("{verb} is not possible in the state {state}, only in {possible}");
        let id = format!("{verb} tidak mungkin dalam status {state}, hanya dalam {possible}");
        Err(Refusal::of(UserErrorCode::IllegalTransition, "id", en, id))
    }

    /// The state that the verb leads to from `from`, if it leads to one only.
    pub(super) fn next<S>(&self, machine: &Machine<S>, from: S) -> Result<S, Refusal>
    where
        S: Copy + PartialEq + sea_orm::ActiveEnum<Value = String>,
    {
        machine.after(from, self.verb.name).next().ok_or_else(|| {
            let (state, possible) = (from.to_value(), machine.possible(from).join(", "));
            let (en, id) = if possible.is_empty() {
                ("no verb is possible".to_owned(), "tidak ada tindakan yang mungkin".to_owned())
            } else {
                (format!("possible: {possible}"), format!("yang mungkin: {possible}"))
            };
            UserError::new(
                UserErrorCode::IllegalTransition,
                &["id"],
                Message::new(
                    format!("{} is not possible in the state {state}; {en}", self.verb.name),
                    format!("{} tidak mungkin dalam status {state}; {id}", self.verb.name),
                ),
            )
            .into()
        })
    }

    /// Whom a relation between these parties belongs to: themselves, and the regions of those that are cooperatives.
    pub(super) async fn parties(&self, parties: &[Uuid]) -> Result<Belonging, Refusal> {
        owners::of_parties(self, parties).await
    }

    /// The state that the verb makes a row in.
    pub(super) fn first<S: Copy + PartialEq>(&self, machine: &Machine<S>) -> Result<S, Refusal> {
        let start = machine.starts.iter().find(|(verb, _)| *verb == self.verb.name);
        start.map(|(_, state)| *state).ok_or_else(|| {
            Refusal::Failed(Error::Internal(format!("{} makes no {}", self.verb.name, machine.noun)))
        })
    }

    /// The subject of the caller.
    pub(super) fn actor(&self) -> &str {
        &self.actor
    }

    /// The day of the write in the registry's time zone, that of Jakarta.
    pub(super) fn today(&self) -> NaiveDate {
        clock::day_of(self.transaction.at())
    }

    /// A row by its key, as it is now.
    pub(super) async fn row<E: Recorded>(&self, key: Uuid) -> Result<Option<E::Model>, Refusal> {
        Ok(self.transaction.row::<E>(key).await?)
    }

    /// The connection of the transaction, for statements that read.
    pub(super) fn connection(&self) -> &DatabaseTransaction {
        self.transaction.connection()
    }

    /// The transaction, which changes rows.
    pub(super) fn transaction(&mut self) -> &mut WriteTransaction {
        &mut self.transaction
    }
}

impl ReadParties for Write {
    type Error = Refusal;

    async fn known(&self, keys: &[Uuid]) -> Result<Vec<Known>, Refusal> {
        use entity::{institution, party};
        let failed = crate::store::WriteError::from;
        let rows = party::Entity::find().filter(party::Column::Id.is_in(keys.iter().copied()));
        let rows = rows.all(self.transaction.connection()).await.map_err(failed)?;
        let ministries = institution::Entity::find()
            .filter(institution::Column::Id.is_in(keys.iter().copied()))
            .filter(institution::Column::Kind.eq(InstitutionKind::Ministry));
        let ministries = ministries.all(self.transaction.connection()).await.map_err(failed)?;
        let is = |party: &party::Model| match party.kind {
            PartyKind::Cooperative => PartyIs::Cooperative,
            PartyKind::Institution if ministries.iter().any(|ministry| ministry.id == party.id) => {
                PartyIs::Ministry
            }
            PartyKind::Institution => PartyIs::Institution,
        };
        Ok(rows.into_iter().map(|party| Known { is: is(&party), region: party.region_code }).collect())
    }
}

fn not_covered() -> Refusal {
    Refusal::Failed(Error::Forbidden("none of your roles allows this verb for this record"))
}

fn is_office(role: Role) -> bool {
    matches!(role, Role::Registrar | Role::Ministry)
}

fn version_column<N: Noun<Entity: Recorded>>() -> Result<<N::Entity as EntityTrait>::Column, Refusal> {
    use sea_orm::{IdenStatic, Iterable};
    <N::Entity as EntityTrait>::Column::iter()
        .find(|column| column.as_str() == "version")
        .ok_or_else(|| Refusal::Failed(Error::Internal(format!("{} has no version", N::NAME))))
}

/// The key in a global id of this noun.
pub(super) fn key_of(id: &async_graphql::ID, noun: &str) -> Result<Uuid, Refusal> {
    match GlobalId::key_of(id, noun, KeyKind::Uuid).map_err(Refusal::Failed)? {
        Value::Uuid(key) => Ok(key),
        _ => Err(Refusal::Failed(Error::bad_input("malformed id"))),
    }
}
