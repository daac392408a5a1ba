//! The provinces of a batch, as an input names them.

use async_graphql::ID;
use entity::{batch_province, vocabulary::RegionLevel};
use uuid::Uuid;

use crate::registry::write::{Faults, Refusal, UserErrorCode, Write};

/// The number of provinces of the country.
const MOST: usize = 38;

/// Reads the provinces of an input; a fault for each that is none or stands twice.
pub(super) async fn read(
    write: &Write,
    faults: &mut Faults,
    batch_id: Uuid,
    input: Option<&Vec<ID>>,
) -> Result<Vec<batch_province::Model>, Refusal> {
    let input = input.map(Vec::as_slice).unwrap_or_default();
    let mut rows: Vec<batch_province::Model> = Vec::new();
    if input.len() > MOST {
        let (en, id) = (format!("at most {MOST}"), format!("paling banyak {MOST}"));
        faults.add(UserErrorCode::LimitReached, "provinces", en, id);
    }
    for (place, id) in input.iter().take(MOST).enumerate() {
        let field = format!("provinces.{place}");
        let Some(region) = write.region(faults, &field, Some(id)).await? else { continue };
        let row = batch_province::Model { batch_id, region_code: region.code };
        if region.level != RegionLevel::Province {
            let (en, id) = ("this is no province", "ini bukan provinsi");
            faults.add(UserErrorCode::Invalid, &field, en, id);
        } else if rows.contains(&row) {
            faults.add(UserErrorCode::Invalid, &field, "it is named twice", "disebut dua kali");
        } else {
            rows.push(row);
        }
    }
    Ok(rows)
}
