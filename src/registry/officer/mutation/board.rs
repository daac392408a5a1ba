//! Changes of a board: offices that end and officers who are appointed, at once.

use entity::officer;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{Officer, appoint::Appointed, input::ChangeBoardInput};
use crate::{
    graph::load::Noun,
    registry::{
        cooperative::{self, Cooperative},
        states::OFFICER,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The most changes of one board.
const MOST: usize = 100;

/// The verb `changeBoard`.
#[derive(Clone, Debug)]
pub(super) struct Change(pub(super) ChangeBoardInput);

impl Act for Change {
    const NOUN: &'static str = Cooperative::NAME;

    fn verb(&self) -> &'static str {
        "changeBoard"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let cooperative = write.existing::<Cooperative>(&input.cooperative, "cooperative").await?;
        write.demand(&write.parties(&[cooperative.id]).await?)?;
        let before = cooperative::lacking(write, cooperative.id).await?;
        let mut faults = Faults::default();
        if !(1..=MOST).contains(&(input.ends.len() + input.appointments.len())) {
            let (en, id) =
                (format!("1 to {MOST} changes of the board"), format!("1 sampai {MOST} perubahan"));
            faults.add(UserErrorCode::OutOfRange, "appointments", en, id);
            faults.none()?;
        }
        let ended = self.ended(write, &mut faults, cooperative.id).await?;
        let mut appointed = Vec::new();
        for (place, appointment) in input.appointments.iter().enumerate() {
            let at = format!("appointments.{place}");
            appointed.push(Appointed::read(write, &mut faults, cooperative.id, appointment, &at).await?);
        }
        faults.none()?;
        for (before, row) in ended {
            write.transaction().update::<officer::Entity>(Officer::NAME, &before, row).await?;
        }
        for (place, appointment) in appointed.into_iter().enumerate() {
            appointment.write(write, cooperative.id, &format!("appointments.{place}")).await?;
        }
        cooperative::keep_needs(write, cooperative.id, &before).await?;
        Ok(cooperative.id)
    }
}

impl Change {
    /// The officers whose offices end, before and after that.
    async fn ended(
        &self,
        write: &mut Write,
        faults: &mut Faults,
        cooperative: Uuid,
    ) -> Result<Vec<(officer::Model, officer::ActiveModel)>, Refusal> {
        let mut ended: Vec<(officer::Model, officer::ActiveModel)> = Vec::new();
        for (place, end) in self.0.ends.iter().enumerate() {
            let at = format!("ends.{place}");
            let Some(key) = faults.key(&format!("{at}.officer"), Officer::NAME, &end.officer) else {
                continue;
            };
            let officer = write.row::<officer::Entity>(key).await?;
            let officer = officer.filter(|officer| {
                officer.cooperative_id == cooperative && ended.iter().all(|(other, _)| other.id != key)
            });
            let Some(officer) = officer else {
                let (en, id) =
                    ("the cooperative has no such officer", "koperasi ini tidak memiliki pengurus tersebut");
                faults.add(UserErrorCode::NotFound, &format!("{at}.officer"), en, id);
                continue;
            };
            if officer.version != end.expected_version {
                let (en, id) = (
                    format!("the officer has version {}", officer.version),
                    format!("pengurus ini berversi {}", officer.version),
                );
                faults.add(UserErrorCode::Conflict, &format!("{at}.expectedVersion"), en, id);
            }
            let mut row = officer.clone().into_active_model();
            if let Some(status) = OFFICER.after(officer.status, "changeBoard").next() {
                row.status = Set(status);
            } else {
                let (en, id) = ("the office has ended", "jabatan ini telah berakhir");
                faults.add(UserErrorCode::IllegalTransition, &format!("{at}.officer"), en, id);
            }
            let ends_on = format!("{at}.endsOn");
            row.ends_on = Set(faults.past(&ends_on, end.ends_on, write.today()));
            faults.term(&ends_on, officer.starts_on, Some(end.ends_on.0));
            ended.push((officer, row));
        }
        Ok(ended)
    }
}
