//! Seeds synthetic cooperatives and people as the participants of the first batch, whose names were not published.

use entity::vocabulary::{CooperativeStatus, PlacementStatus};
use sea_orm::prelude::Uuid;

use crate::{
    exchange::{
        ExchangeError,
        draw::Draw,
        gazetteer::GazetteerRegion,
        generate::{cooperative::of_village, found, person_id},
        identity::{Origin, id, record},
        stock::{Stock, villages_of_participants},
    },
    store::bulk::Bulk,
};

pub(super) fn add(bulk: &mut Bulk, stock: &Stock, batch_id: Uuid) -> Result<(), ExchangeError> {
    let all: Vec<&GazetteerRegion> = stock.gazetteer.villages().collect();
    for ordinal in villages_of_participants(&stock.gazetteer) {
        let key = all[ordinal].digits();
        let draw = &mut Draw::new("cooperative", &key, stock.seed);
        let number = u64::try_from(ordinal).unwrap_or_default();
        let row = of_village(stock, draw, all[ordinal], number, CooperativeStatus::Operating, None);
        found(stock, bulk, draw, &row, &key)?;
        let id = id("placement", &key, stock.seed);
        bulk.add(&record!(
            Origin::synthetic(id),
            placement {
                id,
                batch_id,
                cooperative_id: row.id,
                // The first person of a cooperative is its chair.
                person_id: person_id(&key, 0, stock.seed),
                status: PlacementStatus::Attending,
                attendance_days: None,
                score_milli: None,
                certificate_number: None,
                follow_up_plan: None,
                program_visible: true,
            }
        ))?;
    }
    Ok(())
}
