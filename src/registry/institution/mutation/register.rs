//! A new partner institution.

use entity::{
    institution::{ActiveModel, Column, Entity},
    party,
    vocabulary::PartyKind,
};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{PartnerInstitution, attested_in, domain, input::RegisterInstitutionInput, name};
use crate::{
    graph::{
        fold::{fold, slug},
        load::Noun,
    },
    registry::{
        region::Region,
        write::{Act, Faults, Refusal, UserError, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The longest slug before a suffix.
const SLUG: usize = 150;

/// The verb `registerInstitution`.
#[derive(Clone, Debug)]
pub(super) struct Register(pub(super) RegisterInstitutionInput);

impl Act for Register {
    const NOUN: &'static str = PartnerInstitution::NAME;

    fn verb(&self) -> &'static str {
        "registerInstitution"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let name = name(&mut faults, &input.name).unwrap_or_default();
        let mut line = |field, text: &Option<String>, most| {
            text.as_ref().and_then(|text| faults.line(field, text, most))
        };
        let short_name = line("shortName", &input.short_name, 200);
        let official_code = line("officialCode", &input.official_code, 60);
        let domain = input.domain.as_ref().and_then(|text| domain(&mut faults, text));
        let region = input.region.as_ref().and_then(|id| faults.coded("region", Region::NAME, id));
        let parent = input.parent.as_ref().and_then(|id| faults.key("parent", Self::NOUN, id));
        if parent == Some(id) {
            let (en, id) = ("it is no part of itself", "bukan bagian dari dirinya sendiri");
            faults.add(UserErrorCode::Invalid, "parent", en, id);
        }
        if write.row::<party::Entity>(id).await?.is_some() {
            faults.add(UserErrorCode::Invalid, "id", "this id is in use", "id ini sudah dipakai");
        }
        faults.none()?;
        let region = match region {
            Some(code) => Some(write.region_by_code(&code, "region").await?.code),
            None => None,
        };
        write.demand(&attested_in(input.kind, region.as_ref()))?;
        if let Some(parent) = parent
            && write.row::<Entity>(parent).await?.is_none()
        {
            return Err(UserError::not_found(Self::NOUN, "parent").into());
        }
        let row = ActiveModel {
            id: Set(id),
            slug: Set(free_slug(write, &name, domain.as_deref(), id).await?),
            name_fold: Set(fold(&name)),
            name: Set(name),
            short_name_fold: Set(short_name.as_deref().map(fold)),
            short_name: Set(short_name),
            kind: Set(input.kind),
            ownership: Set(input.ownership),
            official_code: Set(official_code),
            domain: Set(domain),
            active: Set(true),
            region_code: Set(region),
            parent_id: Set(parent),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
        };
        let party = party::ActiveModel {
            id: Set(id),
            kind: Set(PartyKind::Institution),
            name_fold: row.name_fold.clone(),
            region_code: row.region_code.clone(),
        };
        write.transaction().derive_link::<party::Entity>(party).await?;
        Ok(write.transaction().insert::<Entity>(Self::NOUN, row).await?)
    }
}

/// A slug that no other institution has: of the name, with the domain where that is taken.
async fn free_slug(write: &mut Write, name: &str, domain: Option<&str>, id: Uuid) -> Result<String, Refusal> {
    let mut plain = slug(name);
    plain.truncate(SLUG);
    let own = format!("{plain}-{}", id.simple());
    let with_domain = domain.map(|domain| format!("{plain}-{}", slug(domain)));
    let fits = |candidate: &String| !candidate.is_empty() && candidate.len() <= 200;
    for candidate in std::iter::once(plain.clone()).chain(with_domain).filter(fits) {
        let taken = Entity::find().filter(Column::Slug.eq(&candidate));
        let taken = taken.count(write.transaction().connection()).await.map_err(WriteError::from)?;
        if taken == 0 {
            return Ok(candidate);
        }
    }
    Ok(own)
}
