//! A search in the schema: types, fields, arguments and words whose names or descriptions have the text.

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
        let mut found: Vec<_> = self.types.values().flat_map(|each| candidates(each, &text)).collect();
        found.sort_by_key(|one| (one.fit, one.member.is_some(), one.owner, one.member));
        let all = found.len();
        found.truncate(MOST);
        (found, all)
    }
}

fn candidates<'a>(each: &'a Type, text: &str) -> Vec<Found<'a>> {
    let fields = each.fields.iter().flatten().map(|field| (field.name.as_str(), &field.description));
    let inputs = each.input_fields.iter().flatten().map(|field| (field.name.as_str(), &field.description));
    let words = each.enum_values.iter().flatten().map(|word| (word.name.as_str(), &word.description));
    let members = fields.chain(inputs).chain(words).map(|(name, description)| (Some(name), description));
    let itself = [(None, &each.description)];
    let all = itself.into_iter().chain(members).filter_map(|(member, description)| {
        let fit = fit(member.unwrap_or(&each.name), description.as_deref(), text)?;
        Some(Found { fit, member, owner: &each.name, description: description.as_deref() })
    });
    all.collect()
}

/// How well a name with its description fits a text in lower case; `None` if it does not.
fn fit(name: &str, description: Option<&str>, text: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == text {
        Some(0)
    } else if name.starts_with(text) {
        Some(1)
    } else if name.contains(text) {
        Some(2)
    } else {
        description.is_some_and(|description| description.to_lowercase().contains(text)).then_some(3)
    }
}
