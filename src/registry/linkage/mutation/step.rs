//! A verb that leads a linkage to another status.

use async_graphql::ID;
use chrono::NaiveDate;
use entity::linkage;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{BusinessLinkage, agreement, amend::dates};
use crate::{
    graph::load::Noun,
    registry::{
        cooperative::demand_living_party,
        states::LINKAGE,
        write::{Act, Faults, Message, Refusal, UserError, UserErrorCode, Write},
    },
};

/// The verbs by which parties go on with a linkage.
const BEGINS: [&str; 3] = ["negotiateLinkage", "startTrial", "resumeLinkage"];

/// A verb, with the dates that it sets.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
    pub(super) starts_on: Option<NaiveDate>,
    pub(super) ends_on: Option<NaiveDate>,
}

impl Act for Step {
    const NOUN: &'static str = BusinessLinkage::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let linkage = write.existing::<BusinessLinkage>(&self.id, "id").await?;
        write.demand(&write.parties(&[linkage.supplier_id, linkage.buyer_id]).await?)?;
        Write::expect::<BusinessLinkage>(&linkage, &self.id, self.expected_version)?;
        let status = write.next(&LINKAGE, linkage.status)?;
        if self.ends_on.is_some_and(|day| day > write.today()) {
            let message = Message::new("the end is in the future", "tanggal akhir di masa depan");
            return Err(UserError::new(UserErrorCode::OutOfRange, &["endsOn"], message).into());
        }
        if BEGINS.contains(&self.verb) {
            demand_living_party(write, linkage.supplier_id, "id").await?;
            demand_living_party(write, linkage.buyer_id, "id").await?;
        }
        let mut row = linkage.clone().into_active_model();
        row.status = Set(status);
        if let Some(day) = self.starts_on {
            row.starts_on = Set(Some(day));
        }
        if let Some(day) = self.ends_on {
            row.ends_on = Set(Some(day));
        }
        if self.starts_on.is_none() {
            let mut faults = Faults::default();
            dates(&mut faults, linkage.starts_on, self.ends_on);
            faults.none()?;
        }
        let after = linkage::Model { status, ..linkage.clone() };
        agreement::demand(write, &linkage, &after, "id").await?;
        write.transaction().update::<linkage::Entity>(Self::NOUN, &linkage, row).await?;
        Ok(linkage.id)
    }
}
