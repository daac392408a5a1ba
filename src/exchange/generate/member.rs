//! Generates cooperatives one after the other, each with all rows of its own.

use std::collections::HashSet;

use entity::{
    cooperative,
    vocabulary::{CooperativeStatus, CooperativeType},
};
use sea_orm::prelude::Uuid;

use super::{
    Stock, annual_report, application, business_class, business_unit, commodity,
    cooperative::{is_over, of_village, other, other_status, party_of, village_status},
    guest,
    linkage::{self, Market},
    officer,
    participant::{Member, wishes},
    partner::Partners,
    partnership,
    program::Host,
};
use crate::{
    exchange::{draw::Draw, gazetteer::GazetteerRegion, slug},
    store::bulk::{Bulk, BulkError},
};

/// Adds a cooperative with its people and records, and returns the number of its officers and its commodities.
pub(in crate::exchange) fn found(
    stock: &Stock,
    bulk: &mut Bulk,
    draw: &mut Draw,
    row: &cooperative::Model,
    key: &str,
) -> Result<(usize, Vec<usize>), BulkError> {
    bulk.add(&party_of(row))?;
    bulk.add(row)?;
    let officers = officer::add(stock, bulk, draw, row, key)?;
    business_unit::add(stock, bulk, draw, row, key)?;
    business_class::add(stock, bulk, draw, row)?;
    let produce = commodity::add(stock, bulk, draw, row, key)?;
    annual_report::add(stock, bulk, draw, row, key)?;
    Ok((officers, produce))
}

/// The data that cooperatives share while they are generated.
#[derive(Debug)]
pub(super) struct Society<'a> {
    stock: &'a Stock,
    partners: &'a Partners,
    members: Vec<Member>,
    /// Cooperatives that buy from others and host programs, with their regions.
    hubs: Vec<(Uuid, String)>,
    hosts: Vec<Host>,
    /// The last operating cooperative, which a later one may be merged into.
    heir: Option<Uuid>,
}

impl<'a> Society<'a> {
    pub(super) fn new(stock: &'a Stock, partners: &'a Partners, guests: &[cooperative::Model]) -> Self {
        // The model cooperative comes first, so that it hosts most programs.
        let mut models: Vec<&cooperative::Model> = guests.iter().collect();
        models.sort_by_key(|row| (row.slug != "kopontren-al-ittifaq", row.slug.clone()));
        let host = |row: &&cooperative::Model| Host { id: row.id, region: Some(row.region_code.clone()) };
        Self {
            stock,
            partners,
            members: Vec::new(),
            hubs: models.iter().map(|row| (row.id, row.region_code.clone())).collect(),
            hosts: models.iter().map(host).collect(),
            heir: None,
        }
    }

    /// Adds the generated rows around a cooperative that is in the database already.
    pub(super) fn welcome(&mut self, bulk: &mut Bulk, row: &cooperative::Model) -> Result<(), BulkError> {
        self.members.push(guest::add(self.stock, bulk, row, self.partners)?);
        Ok(())
    }

    /// Adds a cooperative outside the Merah Putih program.
    pub(super) fn add_other(
        &mut self,
        bulk: &mut Bulk,
        villages: &[&GazetteerRegion],
        ordinal: usize,
        slugs: &mut HashSet<String>,
    ) -> Result<(), BulkError> {
        let key = format!("G{ordinal}");
        let draw = &mut Draw::new("cooperative", &key, self.stock.seed);
        let village = villages[draw.index(villages.len())];
        let region = self.stock.gazetteer.region(village.within(8)).unwrap_or(village);
        let (status, successor) = self.fate(other_status(draw));
        let number = u64::try_from(ordinal).unwrap_or_default();
        let mut row = other(self.stock, draw, region, number, status, successor);
        let name = row.short_name.as_deref().unwrap_or(&row.name);
        row.slug = slug::unique(slugs, name, &[&region.code, &key]);
        if status == CooperativeStatus::Operating {
            self.heir = Some(row.id);
            if matches!(row.cooperative_type, CooperativeType::Producer | CooperativeType::Marketing) {
                self.hubs.push((row.id, row.region_code.clone()));
                self.hosts.push(Host { id: row.id, region: Some(row.region_code.clone()) });
            }
        }
        self.add(bulk, draw, &row, &key)
    }

    /// Adds the Merah Putih cooperative of a village.
    pub(super) fn add_village(
        &mut self,
        bulk: &mut Bulk,
        village: &GazetteerRegion,
        ordinal: usize,
    ) -> Result<(), BulkError> {
        let key = village.digits();
        let draw = &mut Draw::new("cooperative", &key, self.stock.seed);
        let (status, successor) = self.fate(village_status(draw));
        let number = u64::try_from(ordinal).unwrap_or_default();
        let row = of_village(self.stock, draw, village, number, status, successor);
        if status == CooperativeStatus::Operating {
            self.heir = Some(row.id);
        }
        self.add(bulk, draw, &row, &key)
    }

    pub(super) fn into_parts(self) -> (Vec<Member>, Vec<Host>) {
        (self.members, self.hosts)
    }

    /// The status, and the successor of a merged cooperative; without a possible successor it is dissolved instead.
    fn fate(&self, status: CooperativeStatus) -> (CooperativeStatus, Option<Uuid>) {
        match (status, self.heir) {
            (CooperativeStatus::Merged, None) => (CooperativeStatus::Dissolved, None),
            (CooperativeStatus::Merged, heir) => (status, heir),
            _ => (status, None),
        }
    }

    fn add(
        &mut self,
        bulk: &mut Bulk,
        draw: &mut Draw,
        row: &cooperative::Model,
        key: &str,
    ) -> Result<(), BulkError> {
        let (officers, produce) = found(self.stock, bulk, draw, row, key)?;
        let agreements = partnership::add(self.stock, bulk, draw, row, key, self.partners)?;
        let amount = linkage::count(draw, row.status);
        let market = Market { partners: self.partners, hub: self.hub(draw, row), exclusive: true };
        let won = linkage::add(self.stock, bulk, draw, row, key, amount, &agreements, &produce, market)?;
        application::add(self.stock, bulk, draw, row, key, self.partners, &won)?;
        if !is_over(row.status) {
            let province = row.region_code.get(..2).unwrap_or_default().into();
            let wishes = wishes(draw, officers);
            self.members.push(Member { id: row.id, key: key.into(), province, officers, wishes });
        }
        Ok(())
    }

    /// A hub of the same regency, of the same province or of the whole country; none if that area has no hub.
    fn hub(&self, draw: &mut Draw, row: &cooperative::Model) -> Option<Uuid> {
        let length = draw.weighted(&[(5, 40), (2, 50), (0, 10)]);
        let around = row.region_code.get(..length)?;
        let near: Vec<Uuid> = self
            .hubs
            .iter()
            .filter(|(id, region)| *id != row.id && region.starts_with(around))
            .map(|(id, _)| *id)
            .collect();
        (!near.is_empty()).then(|| near[draw.zipf(near.len(), 1.0)])
    }
}
