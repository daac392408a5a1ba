//! Names of cooperatives: the rule of the Merah Putih program, and readable keys.

use entity::{
    cooperative::{Column, Entity},
    region,
    vocabulary::CooperativeProgram,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    graph::fold::slug,
    registry::write::{Faults, Refusal, UserErrorCode, Write},
    store::WriteError,
};

/// The longest name.
pub(super) const LONGEST: usize = 160;

/// The longest slug before a suffix.
const SLUG: usize = 150;

/// The name that a cooperative of this program has in a region; none outside of the Merah Putih program.
pub(super) fn by_rule(program: CooperativeProgram, region: &region::Model) -> Option<String> {
    let kind = match program {
        CooperativeProgram::VillageMerahPutih => "Desa",
        CooperativeProgram::UrbanVillageMerahPutih => "Kelurahan",
        CooperativeProgram::General => return None,
    };
    Some(format!("Koperasi {kind} Merah Putih {}", region.name))
}

/// A legal name.
pub(super) fn read(faults: &mut Faults, text: &str) -> Option<String> {
    let name = faults.line("name", text, LONGEST)?;
    if name.chars().count() < 5 {
        let (en, id) = ("a name has at least 5 characters", "nama paling sedikit 5 karakter");
        faults.add(UserErrorCode::OutOfRange, "name", en, id);
        return None;
    }
    Some(name)
}

/// Refuses a name that is not the one by the program's rule.
pub(super) fn differs(faults: &mut Faults, name: &str) {
    let (en, id) = (
        format!("a cooperative of this program in this region is called {name}"),
        format!("koperasi program ini di wilayah ini bernama {name}"),
    );
    faults.add(UserErrorCode::Invalid, "name", en, id);
}

/// A slug that no other cooperative has: of the village and its code in the Merah Putih program, else of the name in daily use.
pub(super) async fn free_slug(
    write: &mut Write,
    program: CooperativeProgram,
    name: &str,
    region: &region::Model,
    id: Uuid,
) -> Result<String, Refusal> {
    let digits = region.code.replace('.', "");
    let mut plain = slug(name);
    plain.truncate(SLUG);
    let plain = if plain.is_empty() { "koperasi".to_owned() } else { plain };
    let in_region = format!("{plain}-{digits}");
    let own = format!("{in_region}-{}", id.simple());
    let candidates = match program {
        CooperativeProgram::General => vec![plain, in_region],
        _ => vec![format!("{}-{digits}", slug(&region.name))],
    };
    for candidate in candidates {
        let taken = Entity::find().filter(Column::Slug.eq(&candidate));
        let taken = taken.count(write.transaction().connection()).await.map_err(WriteError::from)?;
        if taken == 0 {
            return Ok(candidate);
        }
    }
    Ok(own)
}
