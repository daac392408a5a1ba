//! Evaluates a `where` on a row that is missing, at the end of a relation to one row.

use serde_json::{Map, Value as Json};

use super::{Model, Noun, Reach};

impl Model {
    /// Whether a `where` demands nothing, so that it is no condition.
    pub(crate) fn is_empty(&self, noun: &Noun, filter: &Json) -> bool {
        let parts = |parts: &Json| {
            let parts = parts.as_array().unwrap();
            (parts.len(), parts.iter().all(|part| self.is_empty(noun, part)))
        };
        fields(filter).iter().all(|(name, demand)| match name.as_str() {
            "and" => parts(demand).1,
            "or" => matches!(parts(demand), (1.., true)),
            "not" | "isNull" | "within" | "withinAny" => false,
            name => match noun.relation(name) {
                Some((Reach::One, other)) => self.is_empty(self.noun(other), demand),
                Some(_) => {
                    let quantifiers = ["some", "none", "every", "count"];
                    !fields(demand).keys().any(|name| quantifiers.contains(&name.as_str()))
                }
                None => fields(demand).is_empty(),
            },
        })
    }

    /// Whether a `where` holds without a row; unknown for whatever compares a value of the row.
    pub(crate) fn without(&self, noun: &Noun, filter: &Json) -> Option<bool> {
        let parts = |parts: &Json| -> Vec<Option<bool>> {
            parts.as_array().unwrap().iter().map(|part| self.without(noun, part)).collect()
        };
        let each = fields(filter).iter().map(|(name, demand)| match name.as_str() {
            "and" => all(parts(demand)),
            "or" => all(parts(demand).into_iter().map(not)).map(|none| !none),
            "not" => not(self.without(noun, demand)),
            "isNull" => demand.as_bool(),
            name => {
                let alone = Json::Object(Map::from_iter([(name.to_owned(), demand.clone())]));
                self.is_empty(noun, &alone).then_some(true)
            }
        });
        all(each)
    }
}

fn fields(filter: &Json) -> &Map<String, Json> {
    filter.as_object().unwrap()
}

fn not(holds: Option<bool>) -> Option<bool> {
    holds.map(|holds| !holds)
}

/// Whether all hold: false if one is, else unknown if one is.
fn all(each: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let each: Vec<Option<bool>> = each.into_iter().collect();
    if each.contains(&Some(false)) {
        return Some(false);
    }
    (!each.contains(&None)).then_some(true)
}
