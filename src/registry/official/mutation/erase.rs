//! Erasure of the name of an official, from the row and from its earlier states.

use entity::official::{Column, Entity};
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{EraseOfficialInput, Official};
use crate::{
    graph::{fold::fold, load::Noun},
    registry::{
        institution,
        person::ERASED,
        write::{Act, Refusal, Write, key_of},
    },
};

/// The verb `eraseOfficial`.
#[derive(Clone, Debug)]
pub(super) struct Erase(pub(super) EraseOfficialInput);

impl Act for Erase {
    const NOUN: &'static str = Official::NAME;
    const ERASED: &'static [&'static str] = &["official", "official_history"];

    fn verb(&self) -> &'static str {
        "eraseOfficial"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let key = key_of(&self.0.id, Self::NOUN)?;
        erase_name(write, key, "id").await?;
        Ok(key)
    }
}

/// Erases the name of an official, who may have been ended. The argument `field` of the input names the official.
pub(in crate::registry) async fn erase_name(
    write: &mut Write,
    key: Uuid,
    field: &str,
) -> Result<(), Refusal> {
    let official = write.row::<Entity>(key).await?;
    let ended = write.transaction().ended::<Entity>(key).await?;
    let Some(last) = official.as_ref().or(ended.as_ref()) else {
        return Err(write.missing(Official::NAME, field));
    };
    let of = institution::belonging(write, last.institution_id).await?;
    write.demand(&of)?;
    if let Some(official) = official.filter(|official| official.name != ERASED) {
        let mut row = official.clone().into_active_model();
        row.name = Set(ERASED.to_owned());
        row.name_fold = Set(fold(ERASED));
        write.transaction().update::<Entity>(Official::NAME, &official, row).await?;
    }
    let names = [(Column::Name, ERASED.into()), (Column::NameFold, fold(ERASED).into())];
    Ok(write.transaction().rewrite_history::<Entity>(Column::Id, key, &names).await?)
}
