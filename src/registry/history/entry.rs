//! An entry of a history: what one write did to a record.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::{change, vocabulary::Role};
use futures_util::future::try_join_all;

use super::{
    History, States,
    linked::{self, Member},
    of,
    told::Written,
};
use crate::{
    graph::{
        Error, Result, id,
        inline::{Items, inline_object},
        list_size::list_size,
        load::{Column, Graph, Noun, One, Table},
        scalar::DateTime,
    },
    registry::{cooperative::Cooperative, edges, institution::PartnerInstitution, party::Party, reads},
};

/// A row of the change log, as an entry of a record's history.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    row: Arc<change::Model>,
}

impl Noun for HistoryEntry {
    type Entity = change::Entity;

    const NAME: &'static str = "HistoryEntry";

    fn table() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<HistoryEntry>);
        &TABLE
    }

    fn reads() -> Vec<(&'static str, Vec<Column>)> {
        reads! { change {
            "actor": Role, Noun, Key, Version;
            "verb": Verb, Noun, Key, Version;
            "changes": Noun, Key, Version, Sequence;
        } }
    }

    fn from_row(row: Arc<change::Model>) -> Self {
        Self { row }
    }
}

edges! {
    PARTY: One<Party> = One::root("party of a history");
}

/// Who made a change, by role [pelaku].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum HistoryActor {
    /// A cooperative [koperasi].
    Cooperative,
    /// A partner institution [lembaga mitra].
    Partner,
    /// The registrar of a region [pendaftar].
    Registrar,
    /// An analyst [analis].
    Analyst,
    /// The ministry [kementerian].
    Ministry,
    /// An administrator [admin].
    Admin,
    /// The registry itself, by its clock or a counter [sistem].
    System,
}

/// The change of one field [perubahan].
#[derive(Clone, Debug, SimpleObject)]
pub struct FieldChange {
    /// Name of the field, such as `annualValue`; the name of the relation for a related record.
    field: String,
    /// Value before the change, as text; null when it was empty, or when the record is new.
    before: Option<String>,
    /// Value after the change, as text: the global id of a related record, the word of an enum value, a list as JSON, with
    /// `id` and `role` of each related record; null when it is empty.
    after: Option<String>,
}

inline_object! { HistoryEntry, FieldChange }

/// What one write did to a record [catatan riwayat].
#[Object]
impl HistoryEntry {
    /// Number of the write in the change log [nomor urut].
    async fn sequence(&self) -> i64 {
        self.row.sequence
    }

    /// Time of the write [waktu].
    async fn at(&self) -> DateTime {
        DateTime::from_micros(self.row.at)
    }

    /// Role of who made the change; null when the caller may not see the record as it was then [pelaku].
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<HistoryActor>> {
        let actor = match self.row.role {
            Some(Role::Cooperative) => HistoryActor::Cooperative,
            Some(Role::Partner) => HistoryActor::Partner,
            Some(Role::Registrar) => HistoryActor::Registrar,
            Some(Role::Analyst) => HistoryActor::Analyst,
            Some(Role::Ministry) => HistoryActor::Ministry,
            Some(Role::Admin) => HistoryActor::Admin,
            None => HistoryActor::System,
        };
        self.if_told(ctx, actor).await.transpose()
    }

    /// Name of the verb, such as `amendLinkage`; null when the caller may not see the record as it was then [tindakan].
    async fn verb(&self, ctx: &Context<'_>) -> Option<Result<&str>> {
        self.if_told(ctx, self.row.verb.as_str()).await.transpose()
    }

    /// Fields that the write changed, and for a new record all that have a value. Fields that the caller may not see are
    /// left out, and all of them when the caller may not see the record as it was then [perubahan].
    #[graphql(directive = list_size::apply(25))]
    async fn changes(&self, ctx: &Context<'_>) -> Result<Items<FieldChange>> {
        let history = self.history()?;
        let States { before, after: Some(after) } = self.states(history, ctx).await? else {
            return Ok(Items(Vec::new()));
        };
        let viewer = Graph::of(ctx)?.reader().viewer();
        let told = history.told.iter().filter(|told| told.permitted(viewer)).filter_map(|told| {
            let before = before.as_ref().and_then(|before| told.write(before.stored(told.index)));
            let after = told.write(after.stored(told.index));
            (before != after).then_some((&told.field, before, after))
        });
        let changes = told.map(async |(field, before, after)| {
            let (before, after) = (text(ctx, before).await?, text(ctx, after).await?);
            Ok::<_, Error>(FieldChange { field: field.clone(), before, after })
        });
        let mut changes = try_join_all(changes).await?;
        if linked::has_lists(&self.row.noun) {
            let before = match &before {
                Some(before) => Some(history.sequence_of(ctx, self.row.key, before).await?),
                None => None,
            };
            for list in linked::changes(ctx, viewer, &self.row, before).await? {
                let field = list.list.to_owned();
                let (before, after) = (named(ctx, list.before).await?, named(ctx, list.after).await?);
                changes.push(FieldChange { field, before: linked::json(before), after: linked::json(after) });
            }
        }
        Ok(Items(changes))
    }
}

impl HistoryEntry {
    /// The number of the write.
    pub(super) fn number(&self) -> i64 {
        self.row.sequence
    }

    fn history(&self) -> Result<&'static History> {
        of(&self.row.noun).ok_or_else(|| Error::Internal(format!("{} has no history", self.row.noun)))
    }

    async fn states(&self, history: &History, ctx: &Context<'_>) -> Result<States> {
        (history.states)(ctx, self.row.key.into(), self.row.version).await
    }

    /// The value, if the request's scope shows the record as the write left it.
    async fn if_told<T>(&self, ctx: &Context<'_>, value: T) -> Result<Option<T>> {
        let history = self.history()?;
        let told = history.public || self.states(history, ctx).await?.after.is_some();
        Ok(told.then_some(value))
    }
}

/// The members of a list by their global ids; those that the caller may not see are left out.
async fn named(ctx: &Context<'_>, members: Vec<Member>) -> Result<Vec<(String, String)>> {
    let named = members.into_iter().map(async |member| {
        let (of, role) = member.into_parts();
        Ok::<_, Error>((text(ctx, Some(of)).await?, role))
    });
    let named = try_join_all(named).await?;
    Ok(named.into_iter().filter_map(|(id, role)| Some((id?, role))).collect())
}

/// A value as text; a party by its global id.
async fn text(ctx: &Context<'_>, value: Option<Written>) -> Result<Option<String>> {
    let key = match value {
        Some(Written::Party(key)) => key,
        Some(Written::Text(text)) => return Ok(Some(text)),
        None => return Ok(None),
    };
    let noun = PARTY.ask().row(ctx, key).await?.map(|party| match party {
        Party::Cooperative(_) => Cooperative::NAME,
        Party::PartnerInstitution(_) => PartnerInstitution::NAME,
    });
    Ok(noun.map(|noun| id::encode(noun, &key.into()).0))
}
