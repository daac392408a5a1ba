//! What the rows of `seed/synonyms.csv` mean exists in the registry.

use std::collections::{BTreeMap, HashSet};

use entity::{commodity, cooperative, institution, internship_program, partnership, region, vocabulary};
use sea_orm::{EntityTrait, QuerySelect, sea_query::Expr};

use crate::support::{Registry, each_engine};

/// Kinds of regions that names are known without.
const KINDS: [&str; 6] = [
    "kabupaten administrasi",
    "kota administrasi",
    "kabupaten",
    "kota",
    "daerah khusus ibukota",
    "daerah istimewa",
];

/// A word that is put before names of districts.
const ADDED: &str = "kecamatan";

/// The vocabulary with the values of each kind of property.
const PROPERTIES: [(&str, &str); 6] = [
    ("COMMODITY_CATEGORY", "CommodityCategory"),
    ("COMMUNITY_BASE", "CommunityBase"),
    ("COOPERATIVE_PROGRAM", "CooperativeProgram"),
    ("COOPERATIVE_TYPE", "CooperativeType"),
    ("INSTITUTION_KIND", "InstitutionKind"),
    ("PROGRAM_KIND", "ProgramKind"),
];

fn words(text: &str) -> Vec<String> {
    let words = text.replace('\'', "");
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The words of the names of each noun's rows, by the kinds of synonyms that mean them.
async fn names(registry: &Registry) -> BTreeMap<&'static str, Vec<Vec<String>>> {
    type Names = (String, Option<String>);
    let database = &registry.database;
    let of = |rows: Vec<Names>| -> Vec<Vec<String>> {
        rows.into_iter()
            .map(|(name, other)| words(&format!("{name} {}", other.unwrap_or_default())))
            .collect()
    };
    macro_rules! read {
        ($noun:ident, $name:ident, $other:expr) => {
            of($noun::Entity::find()
                .select_only()
                .column($noun::Column::$name)
                .expr($other)
                .into_tuple::<Names>()
                .all(database)
                .await
                .unwrap())
        };
    }
    let none = || Expr::value(None::<String>);
    BTreeMap::from([
        ("REGION", read!(region, NameFold, none())),
        ("INSTITUTION", read!(institution, NameFold, Expr::col(institution::Column::ShortNameFold))),
        ("COOPERATIVE", read!(cooperative, NameFold, Expr::col(cooperative::Column::ShortNameFold))),
        ("COMMODITY", read!(commodity, NameFold, none())),
        ("PROGRAM", read!(internship_program, NameFold, none())),
        ("PARTNERSHIP", read!(partnership, TitleFold, none())),
    ])
}

#[tokio::test]
async fn what_every_synonym_means_exists() {
    each_engine(async |registry| {
        let names = names(registry).await;
        let has = |name: &str, value: &str| {
            let own = vocabulary::all().into_iter().find(|own| own.name == name);
            own.unwrap_or_else(|| panic!("no {name}")).values.iter().any(|word| word.value == value)
        };
        let mut regions: HashSet<String> = names["REGION"].iter().map(|name| name.join(" ")).collect();
        let short = |name: &String| {
            KINDS.iter().find_map(|kind| name.strip_prefix(kind)?.strip_prefix(' ').map(str::to_owned))
        };
        regions.extend(regions.iter().filter_map(short).collect::<Vec<_>>());
        let all: HashSet<&str> =
            names.values().flatten().flatten().map(String::as_str).chain([ADDED]).collect();
        let mut reader =
            csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/synonyms.csv")).unwrap();
        let mut astray = Vec::new();
        for row in reader.deserialize::<(String, String, String)>() {
            let (text, means, of) = row.unwrap();
            let wanted = words(&means);
            let exists = match of.as_str() {
                "REGION" | "ISLAND" => regions.contains(&wanted.join(" ")),
                "INSTITUTION" | "COOPERATIVE" | "COMMODITY" => {
                    names[of.as_str()].iter().any(|name| wanted.iter().all(|word| name.contains(word)))
                }
                "TITLE" | "WORD" => wanted.iter().all(|word| all.contains(word.as_str())),
                property => {
                    let vocabulary = PROPERTIES.iter().find(|(kind, _)| *kind == property);
                    vocabulary.is_some_and(|(_, name)| has(name, &means))
                }
            };
            if !exists {
                astray.push(format!("{text},{means},{of}"));
            }
        }
        assert!(astray.is_empty(), "these mean nothing that exists:\n{}", astray.join("\n"));
    })
    .await;
}
