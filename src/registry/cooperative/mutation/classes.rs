//! The business classes of a cooperative.

use entity::{
    business_class,
    cooperative_business_class::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::input::CooperativeBusinessClassInput;
use crate::{
    graph::load::Noun,
    registry::{
        business_class::BusinessClass,
        write::{Faults, Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The most business classes of a cooperative.
const MOST: usize = 50;

/// The rows of the business classes in an input.
pub(super) async fn read(
    write: &mut Write,
    faults: &mut Faults,
    cooperative: Uuid,
    classes: &[CooperativeBusinessClassInput],
) -> Result<Vec<Model>, Refusal> {
    if classes.len() > MOST {
        let (en, id) = (format!("at most {MOST} business classes"), format!("paling banyak {MOST} KBLI"));
        faults.add(UserErrorCode::OutOfRange, "businessClasses", en, id);
        return Ok(Vec::new());
    }
    let mut rows: Vec<Model> = Vec::new();
    for (place, class) in classes.iter().enumerate() {
        let field = format!("businessClasses.{place}.businessClass");
        let Some(code) = faults.coded(&field, BusinessClass::NAME, &class.business_class) else { continue };
        let known = business_class::Entity::find_by_id(&code).one(write.transaction().connection()).await;
        if known.map_err(WriteError::from)?.is_none() {
            let (en, id) = ("there is no such business class", "KBLI ini tidak ada");
            faults.add(UserErrorCode::NotFound, &field, en, id);
        } else if rows.iter().any(|row| row.business_class_id == code) {
            faults.add(UserErrorCode::Invalid, &field, "it is named twice", "disebut dua kali");
        }
        rows.push(Model {
            cooperative_id: cooperative,
            business_class_id: code,
            is_primary: class.is_primary.unwrap_or(false),
        });
    }
    Ok(rows)
}

/// Whether a cooperative has other business classes than these.
pub(super) async fn differ(write: &mut Write, cooperative: Uuid, rows: &[Model]) -> Result<bool, Refusal> {
    let known = Entity::find().filter(Column::CooperativeId.eq(cooperative));
    let known = known.all(write.transaction().connection()).await.map_err(WriteError::from)?;
    Ok(known.len() != rows.len() || known.iter().any(|row| !rows.contains(row)))
}
