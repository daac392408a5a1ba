//! A search in the schema: types, fields, arguments and words whose names or descriptions have the text.

use std::collections::BTreeMap;

use super::{read::Schema, types::Type};

/// How many results are shown.
pub(super) const MOST: usize = 100;

/// A result: a type, or something in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found<'a> {
    /// How well the name fits: the same, its beginning, a part, or only the description.
    fit: u8,
    pub(super) member: Option<&'a str>,
    pub(super) owner: &'a str,
    pub(super) description: Option<&'a str>,
}

impl Schema {
    /// The results of a search, the best first, and how many there are in all.
    pub(super) fn search(&self, text: &str) -> (Vec<Found<'_>>, usize) {
        let text = text.trim().to_lowercase();
        let fitting = self.candidates.iter().filter_map(|one| {
            Some(Found {
                fit: one.fit(&text)?,
                member: one.member.as_deref(),
                owner: &one.owner,
                description: one.description.as_deref(),
            })
        });
        let mut found: Vec<_> = fitting.collect();
        found.sort_by_key(|one| (one.fit, one.member.is_some(), one.owner, one.member));
        let all = found.len();
        found.truncate(MOST);
        (found, all)
    }
}

/// What a search may find: a type or something in it, with its texts in lower case.
#[derive(Debug)]
pub(super) struct Candidate {
    member: Option<String>,
    owner: String,
    description: Option<String>,
    plain_name: String,
    plain_description: String,
}

/// All that a search may find in these types.
pub(super) fn candidates(types: &BTreeMap<String, Type>) -> Vec<Candidate> {
    types.values().flat_map(of_type).collect()
}

fn of_type(each: &Type) -> Vec<Candidate> {
    let fields = each.fields.iter().flatten().map(|field| (field.name.as_str(), &field.description));
    let inputs = each.input_fields.iter().flatten().map(|field| (field.name.as_str(), &field.description));
    let words = each.enum_values.iter().flatten().map(|word| (word.name.as_str(), &word.description));
    let members = fields.chain(inputs).chain(words).map(|(name, description)| (Some(name), description));
    let itself = [(None, &each.description)];
    let all = itself.into_iter().chain(members).map(|(member, description)| Candidate {
        member: member.map(str::to_owned),
        owner: each.name.clone(),
        description: description.clone(),
        plain_name: member.unwrap_or(&each.name).to_lowercase(),
        plain_description: description.as_deref().unwrap_or_default().to_lowercase(),
    });
    all.collect()
}

impl Candidate {
    /// How well it fits a text in lower case; `None` if it does not.
    fn fit(&self, text: &str) -> Option<u8> {
        let name = &self.plain_name;
        if name == text {
            Some(0)
        } else if name.starts_with(text) {
            Some(1)
        } else if name.contains(text) {
            Some(2)
        } else {
            self.plain_description.contains(text).then_some(3)
        }
    }
}
