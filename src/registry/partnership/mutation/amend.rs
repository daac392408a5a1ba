//! Changes to an agreement.

use async_graphql::MaybeUndefined;
use entity::{partnership, partnership_party, vocabulary::PartnershipStatus};
use sea_orm::{ActiveValue, IntoActiveModel, Set};
use uuid::Uuid;

use super::{
    Partnership,
    draft::{MAX_NUMBER, MAX_SCOPE, MAX_TITLE},
    input::AmendPartnershipInput,
    parties::Parties,
};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::write::{Act, Faults, Refusal, UserErrorCode, Write, is_same, patch, unchanged},
};

/// The verb `amendPartnership`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendPartnershipInput);

impl Amend {
    /// The parties that the input names, which change only while the agreement is a draft.
    async fn parties(
        &self,
        write: &Write,
        faults: &mut Faults,
        status: PartnershipStatus,
    ) -> Result<Option<Parties>, Refusal> {
        let named = match &self.0.parties {
            MaybeUndefined::Undefined => return Ok(None),
            MaybeUndefined::Null => {
                faults.add(UserErrorCode::Required, "parties", "it may not be null", "tidak boleh kosong");
                return Ok(None);
            }
            MaybeUndefined::Value(named) => named,
        };
        if status != PartnershipStatus::Draft {
            let en = "the parties of an agreement change only while it is a draft";
            let id = "para pihak hanya berubah selama naskah masih rancangan";
            faults.add(UserErrorCode::IllegalTransition, "parties", en, id);
            return Ok(None);
        }
        Parties::read(write, faults, named).await.map(Some)
    }

    /// Sets what the input names besides parties and parent.
    fn patch(&self, faults: &mut Faults, row: &mut partnership::ActiveModel) {
        let Self(input) = self;
        patch(&mut row.signed_on, &input.signed_on, |day| Some(day.0));
        patch(&mut row.effective_from, &input.effective_from, |day| Some(day.0));
        patch(&mut row.effective_to, &input.effective_to, |day| Some(day.0));
        if let (Some(from), Some(until)) = (row.effective_from.try_as_ref(), row.effective_to.try_as_ref()) {
            faults.term("effectiveTo", *from, *until);
        }
        patch(&mut row.scope, &input.scope, |scope| faults.text("scope", scope, MAX_SCOPE));
        patch(&mut row.value, &input.value, |value| faults.rupiah("value", value));
        faults.demanded("language", &input.language, &mut row.language);
        if !input.contents.is_undefined() {
            row.contents = Set(input.contents.value().into_iter().flatten().copied().collect());
        }
    }
}

impl Act for Amend {
    const NOUN: &'static str = Partnership::NAME;

    fn verb(&self) -> &'static str {
        "amendPartnership"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<Partnership>(&input.id, "id").await?;
        let known = Parties::of(write, before.id).await?;
        let of = known.belonging(write).await?;
        write.demand(&of)?;
        Write::expect::<Partnership>(&before, &input.id, input.expected_version)?;
        if before.status != PartnershipStatus::Draft && !write.is_by_office() {
            let refusal = "only an office amends an agreement that was submitted";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        faults.replace("number", &input.number, &mut row.number, |faults, number| {
            faults.line("number", number, MAX_NUMBER)
        });
        faults.replace("title", &input.title, &mut row.title, |faults, title| {
            faults.line("title", title, MAX_TITLE)
        });
        if let ActiveValue::Set(title) = &row.title {
            row.title_fold = Set(fold(title));
        }
        faults.demanded("kind", &input.kind, &mut row.kind);
        patch(&mut row.pattern, &input.pattern, |pattern| Some(*pattern));
        let parties = self.parties(write, &mut faults, before.status).await?;
        if let MaybeUndefined::Value(day) = &input.signed_on {
            faults.past("signedOn", *day, write.today());
        }
        self.patch(&mut faults, &mut row);
        let parent = write.reference::<Partnership>(&mut faults, "parent", input.parent.value()).await?;
        if parent == Some(before.id) {
            let (en, id) = ("it does not carry itself out", "bukan pelaksanaan dari dirinya sendiri");
            faults.add(UserErrorCode::Invalid, "parent", en, id);
        }
        patch(&mut row.parent_id, &input.parent, |_| parent);
        faults.none()?;
        if let Some(parties) = &parties {
            let of = parties.belonging(write).await?;
            write.demand_after(of)?;
            row.first_party_id = Set(parties.first().unwrap_or(before.first_party_id));
        }
        if let ActiveValue::Set(number) | ActiveValue::Unchanged(number) = &row.number {
            parties.as_ref().unwrap_or(&known).number_once(write, &mut faults, number, before.id).await?;
        }
        faults.none()?;
        let same = is_same::<Partnership>(&before, &row);
        let transaction = write.transaction();
        transaction.update::<partnership::Entity>(Self::NOUN, &before, row).await?;
        let mut relinked = false;
        if let Some(parties) = parties {
            let (column, rows) = (partnership_party::Column::PartnershipId, parties.rows(before.id));
            relinked = transaction.relink::<partnership_party::Entity>(column, before.id, &rows).await?;
        }
        if same && !relinked { Err(unchanged()) } else { Ok(before.id) }
    }
}
