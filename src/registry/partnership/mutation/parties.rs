//! The parties of an agreement, as an input names them, and whom it belongs to.

use entity::{partnership, partnership_party, vocabulary::PartyRole};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::input::PartnershipPartyInput;
use crate::{
    registry::{
        cooperative::demand_living_party,
        owners,
        write::{Belonging, Faults, Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The most parties of an agreement.
const MOST: usize = 20;

/// The parties of an agreement.
#[derive(Clone, Debug)]
pub(super) struct Parties(Vec<(Uuid, PartyRole)>);

impl Parties {
    /// Reads the parties of an input; a fault for each that does not exist or stands twice, and unless one is FIRST.
    pub(super) async fn read(
        write: &Write,
        faults: &mut Faults,
        input: &[PartnershipPartyInput],
    ) -> Result<Self, Refusal> {
        let mut parties: Vec<(Uuid, PartyRole)> = Vec::new();
        for (place, named) in input.iter().take(MOST).enumerate() {
            let field = format!("parties.{place}.party");
            let Some(key) = write.party(faults, &field, Some(&named.party)).await? else { continue };
            if parties.iter().any(|(known, _)| *known == key) {
                let (en, id) = ("this party is named twice", "pihak ini disebut dua kali");
                faults.add(UserErrorCode::Invalid, &field, en, id);
            } else {
                parties.push((key, named.role));
            }
        }
        if input.len() > MOST {
            let en = format!("an agreement has at most {MOST} parties");
            let id = format!("naskah memiliki paling banyak {MOST} pihak");
            faults.add(UserErrorCode::LimitReached, "parties", en, id);
        }
        if input.iter().filter(|named| named.role == PartyRole::First).count() != 1 {
            let (en, id) = ("exactly one party is FIRST", "tepat satu pihak berperan FIRST");
            faults.add(UserErrorCode::Composition, "parties", en, id);
        }
        Ok(Self(parties))
    }

    /// Refuses parties that were merged or dissolved, unless an office names them.
    pub(super) async fn demand_living(&self, write: &Write) -> Result<(), Refusal> {
        for (place, (party, _)) in self.0.iter().enumerate() {
            demand_living_party(write, *party, &format!("parties.{place}.party")).await?;
        }
        Ok(())
    }

    /// The parties of an agreement as they are now.
    pub(super) async fn of(write: &Write, partnership: Uuid) -> Result<Self, Refusal> {
        let rows = partnership_party::Entity::find()
            .filter(partnership_party::Column::PartnershipId.eq(partnership))
            .all(write.connection())
            .await
            .map_err(WriteError::from)?;
        Ok(Self(rows.into_iter().map(|row| (row.party_id, row.role)).collect()))
    }

    /// The first party.
    pub(super) fn first(&self) -> Option<Uuid> {
        self.0.iter().find(|(_, role)| *role == PartyRole::First).map(|(key, _)| *key)
    }

    /// Whom an agreement of these parties belongs to: those that are no witnesses, and their regions.
    pub(super) async fn belonging(&self, write: &Write) -> Result<Belonging, Refusal> {
        owners::of_agreement(write, &self.0).await
    }

    /// Adds a fault if the first party gave the number to another agreement.
    pub(super) async fn number_once(
        &self,
        write: &Write,
        faults: &mut Faults,
        number: &str,
        of: Uuid,
    ) -> Result<(), Refusal> {
        let Some(first) = self.first() else { return Ok(()) };
        let others = partnership::Entity::find()
            .filter(partnership::Column::FirstPartyId.eq(first))
            .filter(partnership::Column::Number.eq(number))
            .filter(partnership::Column::Id.ne(of))
            .count(write.connection())
            .await
            .map_err(WriteError::from)?;
        if others > 0 {
            let en = "the first party gave this number to another agreement";
            let id = "pihak kesatu sudah memberikan nomor ini kepada naskah lain";
            faults.add(UserErrorCode::Taken, "number", en, id);
        }
        Ok(())
    }

    /// The rows of these parties.
    pub(super) fn rows(&self, partnership_id: Uuid) -> Vec<partnership_party::Model> {
        let row = |(position, (party_id, role)): (i32, &(Uuid, PartyRole))| partnership_party::Model {
            partnership_id,
            party_id: *party_id,
            role: *role,
            position,
        };
        (0..).zip(&self.0).map(row).collect()
    }
}
