//! Which linkages a list keeps.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{
    linkage::Column,
    vocabulary::{LinkageKind, LinkageStatus},
};

use crate::graph::{
    Result,
    filter::{Condition, EnumFilter, Where, operand},
    load::Arguments,
};

/// Conditions on linkages; all must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LinkageWhere {
    /// What it is about [jenis keterhubungan].
    kind: MaybeUndefined<EnumFilter<LinkageKind>>,
    /// Stage [status].
    status: MaybeUndefined<EnumFilter<LinkageStatus>>,
}

impl Where for LinkageWhere {
    fn read(arguments: &Arguments<'_>) -> Result<Option<Self>> {
        arguments.read("where")
    }

    fn condition(&self) -> Result<Condition> {
        let mut all = Condition::always();
        if let Some(kind) = operand("kind", &self.kind)? {
            all = all.and(kind.on(Column::Kind)?);
        }
        if let Some(status) = operand("status", &self.status)? {
            all = all.and(status.on(Column::Status)?);
        }
        Ok(all)
    }
}
