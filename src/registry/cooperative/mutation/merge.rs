//! Cooperatives that are merged into their successor.

use entity::{
    cooperative::{Column, Entity},
    vocabulary::CooperativeStatus,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use uuid::Uuid;

use super::{Cooperative, input::MergeCooperativesInput};
use crate::{
    graph::load::Noun,
    registry::{
        officer,
        states::COOPERATIVE,
        write::{Act, Faults, Message, Refusal, UserError, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The most cooperatives of one merger.
const MOST: usize = 50;

/// The verb `mergeCooperatives`.
#[derive(Clone, Debug)]
pub(super) struct Merge(pub(super) MergeCooperativesInput);

impl Act for Merge {
    const NOUN: &'static str = Cooperative::NAME;

    fn verb(&self) -> &'static str {
        "mergeCooperatives"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        if !(1..=MOST).contains(&input.cooperatives.len()) {
            let (en, id) = (format!("1 to {MOST} cooperatives"), format!("1 sampai {MOST} koperasi"));
            faults.add(UserErrorCode::OutOfRange, "cooperatives", en, id);
            faults.none()?;
        }
        let successor = write.existing::<Cooperative>(&input.successor, "successor").await?;
        write.demand(&write.parties(&[successor.id]).await?)?;
        let mut merged = Vec::new();
        for (place, one) in input.cooperatives.iter().enumerate() {
            let at = format!("cooperatives.{place}");
            let field = format!("{at}.id");
            let row = write.existing::<Cooperative>(&one.id, &field).await?;
            write.demand(&write.parties(&[row.id]).await?)?;
            Write::expect::<Cooperative>(&row, &one.id, one.expected_version)
                .map_err(|refusal| refusal.beneath(&at))?;
            if row.id == successor.id
                || merged.iter().any(|other: &entity::cooperative::Model| other.id == row.id)
            {
                faults.add(UserErrorCode::Invalid, &field, "it is named twice", "disebut dua kali");
            }
            merged.push(row);
        }
        faults.none()?;
        let goes_on =
            [CooperativeStatus::LegalEntity, CooperativeStatus::Operating, CooperativeStatus::Inactive];
        if !goes_on.contains(&successor.status) {
            let message = Message::new(
                "the successor is a legal entity that is not suspended, merged or dissolved",
                "penerus adalah badan hukum yang tidak dibekukan, digabung, atau dibubarkan",
            );
            return Err(UserError::new(UserErrorCode::NotEligible, &["successor"], message).into());
        }
        for (place, cooperative) in merged.iter().enumerate() {
            let status = write
                .next(&COOPERATIVE, cooperative.status)
                .map_err(|refusal| refusal.beneath(&format!("cooperatives.{place}")))?;
            let mut row = cooperative.clone().into_active_model();
            row.status = Set(status);
            row.successor_id = Set(Some(successor.id));
            write.transaction().update::<Entity>(Self::NOUN, cooperative, row).await?;
            officer::close_offices(write, cooperative.id).await?;
        }
        let ended: Vec<Uuid> = merged.iter().map(|cooperative| cooperative.id).collect();
        let earlier = Entity::find().filter(Column::SuccessorId.is_in(ended));
        let earlier = earlier.all(write.transaction().connection()).await.map_err(WriteError::from)?;
        for cooperative in earlier {
            let mut row = cooperative.clone().into_active_model();
            row.successor_id = Set(Some(successor.id));
            let transaction = write.transaction();
            transaction.update_by_system::<Entity>(Self::NOUN, &cooperative, row, "followSuccessor").await?;
        }
        Ok(successor.id)
    }
}
