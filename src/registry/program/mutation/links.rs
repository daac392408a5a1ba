//! The supporters of a program and the agreements that it is based on, as an input names them.

use async_graphql::ID;
use entity::{program_partnership, program_supporter};
use uuid::Uuid;

use super::input::ProgramSupporterInput;
use crate::registry::{
    institution::PartnerInstitution,
    partnership::Partnership,
    write::{Faults, Refusal, UserErrorCode, Write},
};

/// The most supporters or agreements of a program.
const MOST: usize = 100;

/// Reads the supporters of an input; a fault for each that does not exist or stands twice.
pub(super) async fn supporters(
    write: &Write,
    faults: &mut Faults,
    program_id: Uuid,
    input: &[ProgramSupporterInput],
) -> Result<Vec<program_supporter::Model>, Refusal> {
    let mut rows = Vec::new();
    limit(faults, "supporters", input.len());
    for (place, named) in input.iter().take(MOST).enumerate() {
        let field = format!("supporters.{place}.institution");
        let key = write.reference::<PartnerInstitution>(faults, &field, Some(&named.institution)).await?;
        let Some(institution_id) = key else { continue };
        let row = program_supporter::Model { program_id, institution_id, role: named.role };
        add(faults, &field, &mut rows, row);
    }
    Ok(rows)
}

/// Reads the agreements of an input; a fault for each that does not exist or stands twice.
pub(super) async fn partnerships(
    write: &Write,
    faults: &mut Faults,
    program_id: Uuid,
    input: &[ID],
) -> Result<Vec<program_partnership::Model>, Refusal> {
    let mut rows = Vec::new();
    limit(faults, "partnerships", input.len());
    for (place, id) in input.iter().take(MOST).enumerate() {
        let field = format!("partnerships.{place}");
        let key = write.reference::<Partnership>(faults, &field, Some(id)).await?;
        let Some(partnership_id) = key else { continue };
        add(faults, &field, &mut rows, program_partnership::Model { program_id, partnership_id });
    }
    Ok(rows)
}

fn limit(faults: &mut Faults, field: &str, named: usize) {
    if named > MOST {
        let (en, id) = (format!("at most {MOST}"), format!("paling banyak {MOST}"));
        faults.add(UserErrorCode::LimitReached, field, en, id);
    }
}

fn add<R: PartialEq>(faults: &mut Faults, field: &str, rows: &mut Vec<R>, row: R) {
    if rows.contains(&row) {
        faults.add(UserErrorCode::Invalid, field, "it is named twice", "disebut dua kali");
    } else {
        rows.push(row);
    }
}
