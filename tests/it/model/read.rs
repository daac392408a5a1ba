//! Reading the rows.

use std::collections::HashMap;

use entity::{
    annual_report, business_unit, commodity, cooperative, institution, linkage, linkage_month, party,
    placement, region,
};
use sea_orm::{ActiveEnum, DatabaseConnection, EntityTrait, Iterable, PrimaryKeyToColumn, QueryOrder};
use simpul::graph::{fold::fold, id::encode, value::Value};

use super::{
    Cell, Kind, Model, Noun, Reach, Row,
    inside::{above, below, grouped},
};
use crate::support::Registry;

/// What a field holds, if anything.
trait Held {
    fn cell(self) -> Option<Cell>;
}

macro_rules! held {
    ($($kind:ty => |$value:ident| $cell:expr),* $(,)?) => {
        $(impl Held for $kind {
            fn cell(self) -> Option<Cell> {
                let $value = self;
                Some($cell)
            }
        })*
    };
}

held! {
    i32 => |number| Cell::Number(number.into()),
    i64 => |number| Cell::Number(number.into()),
    bool => |flag| Cell::Flag(flag),
    String => |text| Cell::Text(text),
    chrono::NaiveDate => |day| Cell::Text(day.to_string()),
}

impl<T: Held> Held for Option<T> {
    fn cell(self) -> Option<Cell> {
        self.and_then(Held::cell)
    }
}

/// A word of a vocabulary.
fn word<E: ActiveEnum<Value = String>>(word: &E) -> Cell {
    Cell::Text(word.to_value())
}

fn fields<const N: usize>(held: [(&'static str, Option<Cell>); N]) -> HashMap<&'static str, Cell> {
    held.into_iter().filter_map(|(name, cell)| Some((name, cell?))).collect()
}

fn uuid(noun: &str, id: uuid::Uuid) -> String {
    encode(noun, &Value::Uuid(id)).0
}

/// All rows of a table by their keys, so that both engines draw the same questions.
async fn all<E: EntityTrait>(db: &DatabaseConnection) -> Vec<E::Model> {
    let key = E::PrimaryKey::iter().next().unwrap().into_column();
    E::find().order_by_asc(key).all(db).await.unwrap()
}

/// Where the rows of a table are, by key.
fn places<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> HashMap<K, usize> {
    keys.enumerate().map(|(place, key)| (key, place)).collect()
}

/// Reads what the tests ask about.
#[expect(clippy::too_many_lines, reason = "a list of what the registry holds")]
pub(crate) async fn read(registry: &Registry) -> Model {
    let db = &registry.database;
    let regions = all::<region::Entity>(db).await;
    let commodities = all::<commodity::Entity>(db).await;
    let cooperatives = all::<cooperative::Entity>(db).await;
    let institutions = all::<institution::Entity>(db).await;
    let parties = all::<party::Entity>(db).await;
    let linkages = all::<linkage::Entity>(db).await;
    let months = all::<linkage_month::Entity>(db).await;
    let mut placements = all::<placement::Entity>(db).await;
    // The registry of the demonstration has no batch that is hidden, but seats that are.
    placements.retain(|row| {
        use entity::vocabulary::PlacementStatus::{Incomplete, NoShow, Rejected, Withdrawn};
        !matches!(row.status, Rejected | Withdrawn | Incomplete | NoShow)
    });
    let reports = all::<annual_report::Entity>(db).await;
    let units = all::<business_unit::Entity>(db).await;

    let region_at = places(regions.iter().map(|row| row.code.clone()));
    let commodity_at = places(commodities.iter().map(|row| row.code.clone()));
    let cooperative_at = places(cooperatives.iter().map(|row| row.id));
    let institution_at = places(institutions.iter().map(|row| row.id));
    let party_at = places(parties.iter().map(|row| row.id));
    let linkage_at = places(linkages.iter().map(|row| row.id));

    let children = grouped(regions.iter().map(|row| row.parent_code.as_deref().into_iter().collect()));
    let cooperatives_inside = grouped(cooperatives.iter().map(|row| above(&row.region_code)));
    let institutions_inside =
        grouped(institutions.iter().map(|row| row.region_code.as_deref().map(above).unwrap_or_default()));

    let mut model = Model {
        nouns: vec![
            Noun {
                name: "Region",
                list: Some("regions"),
                fields: vec![("name", Kind::Prose), ("level", Kind::Word), ("code", Kind::Code)],
                relations: vec![
                    ("parent", Reach::One, "Region"),
                    ("children", Reach::Many, "Region"),
                    ("cooperatives", Reach::Many, "Cooperative"),
                    ("institutions", Reach::Many, "PartnerInstitution"),
                ],
                rows: regions
                    .iter()
                    .map(|row| Row {
                        id: encode("Region", &row.code.as_str().into()).0,
                        fields: fields([
                            ("name", row.name_fold.clone().cell()),
                            ("level", Some(word(&row.level))),
                            ("code", row.code.clone().cell()),
                        ]),
                        related: [
                            ("parent", row.parent_code.iter().map(|code| region_at[code]).collect()),
                            ("children", below(&children, &row.code)),
                            ("cooperatives", below(&cooperatives_inside, &row.code)),
                            ("institutions", below(&institutions_inside, &row.code)),
                        ]
                        .into(),
                    })
                    .collect(),
            },
            Noun {
                name: "Commodity",
                list: Some("commodities"),
                fields: vec![("name", Kind::Prose), ("code", Kind::Code), ("category", Kind::Word)],
                relations: vec![("linkages", Reach::Many, "BusinessLinkage")],
                rows: commodities
                    .iter()
                    .map(|row| Row {
                        id: encode("Commodity", &row.code.as_str().into()).0,
                        fields: fields([
                            ("name", row.name_fold.clone().cell()),
                            ("code", row.code.clone().cell()),
                            ("category", Some(word(&row.category))),
                        ]),
                        ..Row::default()
                    })
                    .collect(),
            },
            Noun {
                name: "Cooperative",
                list: Some("cooperatives"),
                fields: vec![
                    ("name", Kind::Prose),
                    ("slug", Kind::Code),
                    ("status", Kind::Word),
                    ("formationModel", Kind::Word),
                    ("memberCount", Kind::Int),
                    ("principalSaving", Kind::Rupiah),
                    ("establishedOn", Kind::Day),
                    ("registrationNumber", Kind::Code),
                ],
                relations: vec![
                    ("region", Reach::One, "Region"),
                    ("linkages", Reach::Sides, "BusinessLinkage"),
                    ("annualReports", Reach::Many, "AnnualReport"),
                    ("placements", Reach::Many, "Placement"),
                    ("businessUnits", Reach::Many, "BusinessUnit"),
                ],
                rows: cooperatives
                    .iter()
                    .map(|row| Row {
                        id: uuid("Cooperative", row.id),
                        fields: fields([
                            ("name", fold(&row.name).cell()),
                            ("slug", row.slug.clone().cell()),
                            ("status", Some(word(&row.status))),
                            ("formationModel", row.formation_model.as_ref().map(word)),
                            ("memberCount", row.member_count.cell()),
                            ("principalSaving", row.principal_saving.cell()),
                            ("establishedOn", row.established_on.cell()),
                            ("registrationNumber", row.registration_number.clone().cell()),
                        ]),
                        related: [("region", vec![region_at[&row.region_code]])].into(),
                    })
                    .collect(),
            },
            Noun {
                name: "PartnerInstitution",
                list: Some("institutions"),
                fields: vec![
                    ("name", Kind::Prose),
                    ("kind", Kind::Word),
                    ("ownership", Kind::Word),
                    ("active", Kind::Flag),
                    ("domain", Kind::Code),
                ],
                relations: vec![
                    ("region", Reach::One, "Region"),
                    ("parent", Reach::One, "PartnerInstitution"),
                    ("linkages", Reach::Sides, "BusinessLinkage"),
                ],
                rows: institutions
                    .iter()
                    .map(|row| Row {
                        id: uuid("PartnerInstitution", row.id),
                        fields: fields([
                            ("name", fold(&row.name).cell()),
                            ("kind", Some(word(&row.kind))),
                            ("ownership", row.ownership.as_ref().map(word)),
                            ("active", row.active.cell()),
                            ("domain", row.domain.clone().cell()),
                        ]),
                        related: [
                            ("region", row.region_code.iter().map(|code| region_at[code]).collect()),
                            ("parent", row.parent_id.iter().map(|id| institution_at[id]).collect()),
                        ]
                        .into(),
                    })
                    .collect(),
            },
            Noun {
                name: "Party",
                list: None,
                fields: vec![("name", Kind::Prose)],
                relations: vec![
                    ("region", Reach::One, "Region"),
                    ("cooperative", Reach::One, "Cooperative"),
                    ("institution", Reach::One, "PartnerInstitution"),
                ],
                rows: parties
                    .iter()
                    .map(|row| Row {
                        id: row.id.to_string(),
                        fields: fields([("name", row.name_fold.clone().cell())]),
                        related: [
                            ("region", row.region_code.iter().map(|code| region_at[code]).collect()),
                            ("cooperative", cooperative_at.get(&row.id).copied().into_iter().collect()),
                            ("institution", institution_at.get(&row.id).copied().into_iter().collect()),
                        ]
                        .into(),
                    })
                    .collect(),
            },
            Noun {
                name: "BusinessLinkage",
                list: Some("linkages"),
                fields: vec![
                    ("code", Kind::Code),
                    ("kind", Kind::Word),
                    ("status", Kind::Word),
                    ("annualValue", Kind::Rupiah),
                    ("annualVolume", Kind::Decimal(3)),
                    ("unit", Kind::Word),
                    ("startsOn", Kind::Day),
                    ("endsOn", Kind::Day),
                    ("exclusive", Kind::Flag),
                    ("paymentTermDays", Kind::Int),
                ],
                relations: vec![
                    ("supplier", Reach::One, "Party"),
                    ("buyer", Reach::One, "Party"),
                    ("party", Reach::One, "Party"),
                    ("commodity", Reach::One, "Commodity"),
                    ("months", Reach::Many, "LinkageMonth"),
                ],
                rows: linkages
                    .iter()
                    .map(|row| Row {
                        id: uuid("BusinessLinkage", row.id),
                        fields: fields([
                            ("code", row.code.clone().cell()),
                            ("kind", Some(word(&row.kind))),
                            ("status", Some(word(&row.status))),
                            ("annualValue", row.annual_value.cell()),
                            ("annualVolume", row.annual_volume_milli.cell()),
                            ("unit", row.unit.as_ref().map(word)),
                            ("startsOn", row.starts_on.cell()),
                            ("endsOn", row.ends_on.cell()),
                            ("exclusive", row.exclusive.cell()),
                            ("paymentTermDays", row.payment_term_days.cell()),
                        ]),
                        related: [
                            ("supplier", vec![party_at[&row.supplier_id]]),
                            ("buyer", vec![party_at[&row.buyer_id]]),
                            ("party", vec![party_at[&row.supplier_id], party_at[&row.buyer_id]]),
                            ("commodity", row.commodity_code.iter().map(|code| commodity_at[code]).collect()),
                        ]
                        .into(),
                    })
                    .collect(),
            },
            Noun {
                name: "LinkageMonth",
                list: None,
                fields: vec![
                    ("month", Kind::Day),
                    ("value", Kind::Rupiah),
                    ("volume", Kind::Decimal(3)),
                    ("rejectedPercent", Kind::Decimal(2)),
                    ("deliveryCount", Kind::Int),
                ],
                relations: vec![("linkage", Reach::One, "BusinessLinkage")],
                rows: months
                    .iter()
                    .map(|row| Row {
                        id: uuid("LinkageMonth", row.id),
                        fields: fields([
                            ("month", row.month.cell()),
                            ("value", row.value.cell()),
                            ("volume", row.volume_milli.cell()),
                            ("rejectedPercent", row.rejected_bp.cell()),
                            ("deliveryCount", row.delivery_count.cell()),
                        ]),
                        related: [("linkage", vec![linkage_at[&row.linkage_id]])].into(),
                    })
                    .collect(),
            },
            Noun {
                name: "Placement",
                list: Some("placements"),
                fields: vec![("status", Kind::Word)],
                relations: vec![("cooperative", Reach::One, "Cooperative")],
                rows: placements
                    .iter()
                    .map(|row| Row {
                        id: uuid("Placement", row.id),
                        fields: fields([("status", Some(word(&row.status)))]),
                        related: [("cooperative", vec![cooperative_at[&row.cooperative_id]])].into(),
                    })
                    .collect(),
            },
            Noun {
                name: "AnnualReport",
                list: Some("annualReports"),
                fields: vec![
                    ("bookYear", Kind::Int),
                    ("meetingOn", Kind::Day),
                    ("surplus", Kind::Rupiah),
                    ("assets", Kind::Rupiah),
                    ("healthStatus", Kind::Word),
                    ("healthIndex", Kind::Decimal(3)),
                    ("attendeeCount", Kind::Int),
                ],
                relations: vec![("cooperative", Reach::One, "Cooperative")],
                rows: reports
                    .iter()
                    .map(|row| Row {
                        id: uuid("AnnualReport", row.id),
                        fields: fields([
                            ("bookYear", row.book_year.cell()),
                            ("meetingOn", row.meeting_on.cell()),
                            ("surplus", row.surplus.cell()),
                            ("assets", row.assets.cell()),
                            ("healthStatus", Some(word(&row.health_status))),
                            ("healthIndex", row.health_index_milli.cell()),
                            ("attendeeCount", row.attendee_count.cell()),
                        ]),
                        related: [("cooperative", vec![cooperative_at[&row.cooperative_id]])].into(),
                    })
                    .collect(),
            },
            Noun {
                name: "BusinessUnit",
                list: Some("businessUnits"),
                fields: vec![
                    ("kind", Kind::Word),
                    ("status", Kind::Word),
                    ("hasPower", Kind::Flag),
                    ("openedOn", Kind::Day),
                    ("buildProgress", Kind::Int),
                ],
                relations: vec![("cooperative", Reach::One, "Cooperative")],
                rows: units
                    .iter()
                    .map(|row| Row {
                        id: uuid("BusinessUnit", row.id),
                        fields: fields([
                            ("kind", Some(word(&row.kind))),
                            ("status", Some(word(&row.status))),
                            ("hasPower", row.has_power.cell()),
                            ("openedOn", row.opened_on.cell()),
                            ("buildProgress", row.build_progress.cell()),
                        ]),
                        related: [("cooperative", vec![cooperative_at[&row.cooperative_id]])].into(),
                    })
                    .collect(),
            },
        ],
    };
    back(&mut model, "BusinessLinkage", "supplier", "cooperative", "Cooperative", "sales");
    back(&mut model, "BusinessLinkage", "buyer", "cooperative", "Cooperative", "purchases");
    back(&mut model, "BusinessLinkage", "supplier", "institution", "PartnerInstitution", "sales");
    back(&mut model, "BusinessLinkage", "buyer", "institution", "PartnerInstitution", "purchases");
    back(&mut model, "BusinessLinkage", "commodity", "", "Commodity", "linkages");
    back(&mut model, "LinkageMonth", "linkage", "", "BusinessLinkage", "months");
    back(&mut model, "AnnualReport", "cooperative", "", "Cooperative", "annualReports");
    back(&mut model, "Placement", "cooperative", "", "Cooperative", "placements");
    back(&mut model, "BusinessUnit", "cooperative", "", "Cooperative", "businessUnits");
    model
}

/// Fills in a relation to many from the relation to one that it turns round, through a party where `via` says so.
fn back(model: &mut Model, from: &str, relation: &'static str, via: &str, to: &str, name: &'static str) {
    let mut found: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, row) in model.noun(from).rows.iter().enumerate() {
        for end in row.related(relation, None) {
            let ends =
                if via.is_empty() { vec![end] } else { model.noun("Party").rows[end].related(via, None) };
            for end in ends {
                found.entry(end).or_default().push(place);
            }
        }
    }
    let noun = model.nouns.iter_mut().find(|noun| noun.name == to).unwrap();
    for (place, row) in noun.rows.iter_mut().enumerate() {
        row.related.insert(name, found.remove(&place).unwrap_or_default());
    }
}
