//! The draft of an agreement.

use entity::{partnership, partnership_party, vocabulary::PartnershipLanguage};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{Partnership, input::DraftPartnershipInput, parties::Parties};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        states::PARTNERSHIP,
        write::{Act, Faults, Refusal, Write},
    },
};

pub(super) const MAX_NUMBER: usize = 120;
pub(super) const MAX_TITLE: usize = 400;
pub(super) const MAX_SCOPE: usize = 2_000;

/// The verb `draftPartnership`.
#[derive(Clone, Debug)]
pub(super) struct Draft(pub(super) DraftPartnershipInput);

impl Act for Draft {
    const NOUN: &'static str = Partnership::NAME;

    fn verb(&self) -> &'static str {
        "draftPartnership"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let number = faults.line("number", &input.number, MAX_NUMBER).unwrap_or_default();
        let title = faults.line("title", &input.title, MAX_TITLE).unwrap_or_default();
        let parties = Parties::read(write, &mut faults, &input.parties).await?;
        let (from, until) = (input.effective_from.map(|day| day.0), input.effective_to.map(|day| day.0));
        faults.term("effectiveTo", from, until);
        let parent = write.reference::<Partnership>(&mut faults, "parent", input.parent.as_ref()).await?;
        let scope = input.scope.as_ref().and_then(|scope| faults.text("scope", scope, MAX_SCOPE));
        let value = input.value.as_ref().and_then(|value| faults.rupiah("value", value));
        faults.none()?;
        let Some(first) = parties.first() else { return faults.none().map(|()| id) };
        let of = parties.belonging(write).await?;
        write.demand(&of)?;
        parties.demand_living(write).await?;
        parties.number_once(write, &mut faults, &number, id).await?;
        faults.none()?;
        let row = partnership::ActiveModel {
            id: Set(id),
            first_party_id: Set(first),
            number: Set(number),
            title_fold: Set(fold(&title)),
            title: Set(title),
            kind: Set(input.kind),
            pattern: Set(input.pattern),
            status: Set(write.first(&PARTNERSHIP)?),
            signed_on: Set(None),
            effective_from: Set(from),
            effective_to: Set(until),
            parent_id: Set(parent),
            scope: Set(scope),
            value: Set(value),
            language: Set(input.language.unwrap_or(PartnershipLanguage::Indonesian)),
            contents: Set(input.contents.iter().flatten().copied().collect()),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        let transaction = write.transaction();
        transaction.insert::<partnership::Entity>(Self::NOUN, row).await?;
        let column = partnership_party::Column::PartnershipId;
        transaction.relink::<partnership_party::Entity>(column, id, &parties.rows(id)).await?;
        Ok(id)
    }
}
