//! The results of a search within a list, requested once per text without other arguments than the order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::{
    model::{Kind, Model, Noun, draw::Draw, order::screaming},
    support::Registry,
};

/// Ids by noun and text.
pub(super) struct Searches(BTreeMap<(&'static str, String), BTreeSet<String>>);

/// Matches no name.
const NOTHING: &str = "qzxqzx vjwvjw";

/// The lists that take a `search`.
const SEARCHABLE: [&str; 6] =
    ["Region", "Cooperative", "Commodity", "PartnerInstitution", "Partnership", "InternshipProgram"];

impl Searches {
    pub(super) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Asks for names that occur, and for one that does not.
    pub(super) async fn ask(registry: &Registry, model: &Model, draw: &mut Draw) -> Self {
        let mut found = BTreeMap::new();
        for name in SEARCHABLE {
            let noun = model.noun(name);
            let (prose, _) = noun.fields.iter().find(|(_, kind)| *kind == Kind::Prose).unwrap();
            let list = noun.list.unwrap();
            let document = format!(
                "query Search($text: String!) {{
                   {list}(search: $text, orderBy: [{{field: {}}}], first: 100) {{ totalCount nodes {{ id }} }} }}",
                screaming(noun.sortable[0])
            );
            for wanted in 0..8 {
                let row = draw.of(&noun.rows);
                let text = if wanted == 0 { NOTHING.to_owned() } else { row.prose[prose].clone() };
                let data = registry.ask_with(&document, json!({ "text": text })).await.data();
                let nodes = data[list]["nodes"].as_array().unwrap();
                let ids: BTreeSet<String> =
                    nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect();
                if data[list]["totalCount"].as_u64().unwrap() > 100 {
                    continue;
                }
                assert_eq!(wanted == 0, ids.is_empty(), "{name} by {text}");
                assert!(wanted == 0 || ids.contains(&row.id), "{name} by {text}");
                found.insert((noun.name, text), ids);
            }
        }
        Self(found)
    }

    /// A text that is known for a noun, if it can be searched.
    pub(super) fn draw(&self, draw: &mut Draw, noun: &Noun) -> Option<String> {
        let texts: Vec<&String> =
            self.0.keys().filter(|(name, _)| *name == noun.name).map(|(_, text)| text).collect();
        if texts.is_empty() {
            return None;
        }
        Some(if draw.one_in(3) { NOTHING.to_owned() } else { (*draw.of(&texts)).clone() })
    }

    /// The ids that a text finds.
    pub(super) fn found(&self, noun: &Noun, text: &str) -> &BTreeSet<String> {
        &self.0[&(noun.name, text.to_owned())]
    }
}

/// Whether it is known what a text finds under a condition: others may be near enough to the best of those that fit.
pub(super) fn is_known(text: Option<&String>, filter: Option<&Json>) -> bool {
    filter.is_none() || text.is_none_or(|text| text == NOTHING)
}
