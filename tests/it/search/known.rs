//! What the registry knows about an answer, to compare with what is expected of it.

use std::collections::{HashMap, HashSet};

use entity::{commodity, cooperative, cooperative_commodity, institution, internship_program, region};
use sea_orm::{ActiveEnum, DatabaseConnection, EntityTrait, prelude::Uuid};
use serde_json::Value;

/// The rows of the searched nouns.
pub(super) struct Known {
    cooperatives: HashMap<String, cooperative::Model>,
    institutions: HashMap<String, institution::Model>,
    programs: HashMap<String, internship_program::Model>,
    commodities: HashMap<String, commodity::Model>,
    regions: HashMap<String, region::Model>,
    grows: HashMap<Uuid, HashSet<String>>,
    names: HashMap<Uuid, String>,
    places: HashMap<Uuid, String>,
}

/// The value of a condition.
fn value_of(part: &str) -> &str {
    part.split_once(':').map_or("", |(_, value)| value)
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

impl Known {
    pub(super) async fn read(database: &DatabaseConnection) -> Self {
        let cooperatives = cooperative::Entity::find().all(database).await.unwrap();
        let institutions = institution::Entity::find().all(database).await.unwrap();
        let names = cooperatives.iter().map(|row| (row.id, row.name.clone()));
        let names = names.chain(institutions.iter().map(|row| (row.id, row.name.clone()))).collect();
        let places = cooperatives.iter().map(|row| (row.id, row.region_code.clone()));
        let places = places
            .chain(institutions.iter().filter_map(|row| Some((row.id, row.region_code.clone()?))))
            .collect();
        let mut grows: HashMap<Uuid, HashSet<String>> = HashMap::new();
        let records = cooperative_commodity::Entity::find().all(database).await.unwrap();
        let mut latest: HashMap<Uuid, i32> = HashMap::new();
        for row in &records {
            let year = latest.entry(row.cooperative_id).or_insert(row.year);
            *year = row.year.max(*year);
        }
        for row in records.into_iter().filter(|row| latest[&row.cooperative_id] == row.year) {
            grows.entry(row.cooperative_id).or_default().insert(row.commodity_code);
        }
        let programs = internship_program::Entity::find().all(database).await.unwrap();
        let commodities = commodity::Entity::find().all(database).await.unwrap();
        let regions = region::Entity::find().all(database).await.unwrap();
        Self {
            cooperatives: cooperatives.into_iter().map(|row| (row.slug.clone(), row)).collect(),
            institutions: institutions.into_iter().map(|row| (row.slug.clone(), row)).collect(),
            programs: programs.into_iter().map(|row| (row.code.clone(), row)).collect(),
            commodities: commodities.into_iter().map(|row| (row.code.clone(), row)).collect(),
            regions: regions.into_iter().map(|row| (row.code.clone(), row)).collect(),
            grows,
            names,
            places,
        }
    }

    /// Whether a node is of one of these types and fits any of the alternatives.
    pub(super) fn is(&self, node: &Value, types: &[String], expected: &str) -> bool {
        let kind = match node["__typename"].as_str().unwrap() {
            "Cooperative" => "COOPERATIVE",
            "PartnerInstitution" => "INSTITUTION",
            "InternshipProgram" => "PROGRAM",
            "Commodity" => "COMMODITY",
            _ => "REGION",
        };
        types.iter().any(|known| known == kind)
            && expected.split('|').any(|one| one.split('+').all(|part| self.fits(node, part)))
    }

    fn fits(&self, node: &Value, part: &str) -> bool {
        let text = |field: &str| node[field].as_str().unwrap_or_default();
        let name = lower(text("name"));
        let words = || name.split(|letter: char| !letter.is_alphanumeric());
        let cooperative = self.cooperatives.get(text("slug"));
        let institution = self.institutions.get(text("slug"));
        let program = self.programs.get(text("code"));
        let region = self.regions.get(text("code"));
        let lies =
            |place: &str| place == value_of(part) || place.starts_with(&format!("{}.", value_of(part)));
        let party = |id: Option<Uuid>| id.and_then(|id| self.names.get(&id)).map(|name| lower(name));
        let Some((what, value)) = part.split_once(':') else {
            return match part.strip_prefix('~') {
                _ if part == "any" => true,
                Some(inner) => name.contains(&lower(inner)),
                None => name == lower(part),
            };
        };
        match what {
            "code" => text("code") == value,
            "postal" => region.is_some_and(|row| row.postal_code.as_deref() == Some(value)),
            "within" => {
                let place = cooperative.map(|row| row.region_code.as_str());
                let place = place.or_else(|| institution.and_then(|row| row.region_code.as_deref()));
                let place = place.or_else(|| region.map(|row| row.code.as_str()));
                place.is_some_and(lies)
            }
            "hostwithin" => {
                let host = program.and_then(|row| row.host_id);
                host.and_then(|host| self.places.get(&host)).is_some_and(|place| lies(place))
            }
            "base" => cooperative.is_some_and(|row| row.community_base.to_value() == value),
            "type" => cooperative.is_some_and(|row| row.cooperative_type.to_value() == value),
            "program" => cooperative.is_some_and(|row| row.program.to_value() == value),
            "kind" => {
                institution.is_some_and(|row| row.kind.to_value() == value)
                    || program.is_some_and(|row| row.kind.to_value() == value)
                    || region.is_some_and(|row| row.kind.to_value() == value)
            }
            "category" => {
                self.commodities.get(text("code")).is_some_and(|row| row.category.to_value() == value)
            }
            "grows" => self.grown(cooperative).any(|code| code == value),
            "growscategory" => {
                self.grown(cooperative).any(|code| self.commodities[code].category.to_value() == value)
            }
            "host" => {
                program.and_then(|row| party(row.host_id)).is_some_and(|host| host.contains(&lower(value)))
            }
            "organiser" => program
                .and_then(|row| party(Some(row.organiser_id)))
                .is_some_and(|organiser| organiser.contains(&lower(value))),
            "begins" => words().any(|word| word.starts_with(value)),
            "ends" => words().any(|word| word.ends_with(value)),
            _ => panic!("`{part}` is no condition"),
        }
    }

    fn grown(&self, cooperative: Option<&cooperative::Model>) -> impl Iterator<Item = &String> {
        cooperative.and_then(|row| self.grows.get(&row.id)).into_iter().flatten()
    }
}
