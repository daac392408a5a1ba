//! A verb that leads a program to another status.

use async_graphql::ID;
use entity::internship_program;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{InternshipProgram, owners};
use crate::{
    graph::load::Noun,
    registry::{
        states::PROGRAM,
        write::{Act, Refusal, Write},
    },
};

/// A verb on one program.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
}

impl Act for Step {
    const NOUN: &'static str = InternshipProgram::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let before = write.existing::<InternshipProgram>(&self.id, "id").await?;
        let of = owners::of_program(write, &before).await?;
        write.demand(&of)?;
        Write::expect::<InternshipProgram>(&before, &self.id, self.expected_version)?;
        let mut row = before.clone().into_active_model();
        row.status = Set(write.next(&PROGRAM, before.status)?);
        write.transaction().update::<internship_program::Entity>(Self::NOUN, &before, row).await?;
        Ok(before.id)
    }
}
