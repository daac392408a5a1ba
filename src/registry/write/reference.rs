//! References of an input to other records, which must exist.

use async_graphql::ID;
use entity::{commodity, party, region, vocabulary::PartyKind};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Faults, Refusal, UserErrorCode, Write};
use crate::{
    graph::{
        id::{GlobalId, KeyKind},
        load::Noun,
        value::Value,
    },
    store::WriteError,
};

impl Write {
    /// The key of the record of this noun that a field names; a fault if there is none that the caller may see.
    pub(in crate::registry) async fn reference<N>(
        &self,
        faults: &mut Faults,
        field: &str,
        id: Option<&ID>,
    ) -> Result<Option<Uuid>, Refusal>
    where
        N: Noun,
    {
        let Some(key) = id.and_then(|id| faults.key(field, N::NAME, id)) else { return Ok(None) };
        if self.sees::<N>(key).await? {
            return Ok(Some(key));
        }
        faults.missing(field, N::NAME);
        Ok(None)
    }

    /// The key of the cooperative or institution that a field names; a fault if it does not exist.
    pub(in crate::registry) async fn party(
        &self,
        faults: &mut Faults,
        field: &str,
        id: Option<&ID>,
    ) -> Result<Option<Uuid>, Refusal> {
        let Some((id, key)) = id.and_then(|id| faults.party(field, id).map(|key| (id, key))) else {
            return Ok(None);
        };
        let noun = GlobalId::decode(id).map(|id| id.noun).unwrap_or_default();
        let kind = if noun == "Cooperative" { PartyKind::Cooperative } else { PartyKind::Institution };
        if self.row::<party::Entity>(key).await?.is_some_and(|party| party.kind == kind) {
            return Ok(Some(key));
        }
        faults.missing(field, &noun);
        Ok(None)
    }

    /// The code of the commodity that a field names; a fault if it does not exist.
    pub(in crate::registry) async fn commodity(
        &self,
        faults: &mut Faults,
        field: &str,
        id: Option<&ID>,
    ) -> Result<Option<String>, Refusal> {
        let Some(code) = id.and_then(|id| faults.commodity(field, id)) else { return Ok(None) };
        let found = commodity::Entity::find_by_id(code.clone());
        let found = found.one(self.transaction.connection()).await.map_err(WriteError::from)?;
        if found.is_none() {
            faults.missing(field, "Commodity");
        }
        Ok(found.map(|_| code))
    }

    /// The region that a field names; a fault if it does not exist.
    pub(in crate::registry) async fn region(
        &self,
        faults: &mut Faults,
        field: &str,
        id: Option<&ID>,
    ) -> Result<Option<region::Model>, Refusal> {
        let Some(id) = id else { return Ok(None) };
        let Ok(Value::Text(code)) = GlobalId::key_of(id, "Region", KeyKind::Text) else {
            let (en, id) = ("this is not the id of a region", "ini bukan id wilayah");
            faults.add(UserErrorCode::Invalid, field, en, id);
            return Ok(None);
        };
        let found = region::Entity::find_by_id(code.as_ref().to_owned());
        let found = found.one(self.transaction.connection()).await.map_err(WriteError::from)?;
        if found.is_none() {
            faults.missing(field, "Region");
        }
        Ok(found)
    }
}
