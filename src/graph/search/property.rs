//! Properties that words name, such as a type of cooperative or a commodity: what rows they hold for.

use std::{collections::HashMap, ops::Range};

use super::{Search, synonyms::Synonyms};
use crate::graph::{filter::Condition, load::Table};

/// What words stand for and name, as data.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub synonyms: Synonyms,
    /// Texts that name properties.
    pub properties: Vec<(String, Named)>,
    /// Areas that are no regions, such as islands, each with the name of a region in it.
    pub areas: Vec<(String, String)>,
}

/// What a row has or is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trait {
    /// It is a row of this table.
    Noun(&'static str),
    /// A column of its entry has one of these values.
    Column { noun: &'static str, column: &'static str, values: Vec<String> },
    /// It is linked with a thing of one of these codes.
    Linked(Vec<String>),
}

impl Trait {
    /// The trait for each value by itself, of which an index has the rows in an order.
    pub(super) fn by_value(&self) -> Vec<Self> {
        match self {
            Self::Column { noun, column, values } => {
                let of = |value: &String| Self::Column { noun, column, values: vec![value.clone()] };
                values.iter().map(of).collect()
            }
            one => vec![one.clone()],
        }
    }
}

/// A property: one of these traits, the strongest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Property(pub(super) Vec<Trait>);

/// What a text of the vocabulary names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Rows with this value in a column of their entry.
    Column { noun: &'static str, column: &'static str, value: String },
    /// Rows linked with the things of this category.
    Category(String),
    /// Rows linked with the things whose names have these words.
    Thing(String),
}

/// The things that rows are linked with, such as the commodities of cooperatives.
#[derive(Debug)]
pub struct Links {
    /// The table of links, its column with the key of the row, and its column with the code of the thing.
    pub table: (fn() -> &'static Table, &'static str, &'static str),
    /// The condition on the links that count, such as those of the latest year.
    pub considered: fn() -> Condition,
    /// The table whose rows are linked.
    pub noun: &'static str,
    /// The table of the things, with its columns of the code, the two folded names and the category.
    pub things: (fn() -> &'static Table, [&'static str; 4]),
}

/// The number of things from which their common first word says too little.
const COMMON: usize = 8;

/// A thing that rows are linked with: its code, its two names, its category, and how many links it has.
pub(super) type Thing = (String, String, String, String, u64);

/// Properties by the words that name them.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    by_words: HashMap<String, Property>,
    longest: usize,
    /// How many links each thing has, when the lexicon was read.
    records: HashMap<String, u64>,
}

/// Words of a search text that name a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PropertyMention {
    pub(super) words: Range<usize>,
    pub(super) property: Property,
}

impl Properties {
    /// Makes the properties that a vocabulary names, with the things of this registry.
    pub(super) fn of(vocabulary: &[(String, Named)], things: &[Thing]) -> Self {
        let mut properties = Self::default();
        let words = |name: &str| super::words::split(&name.to_lowercase());
        let codes = |fits: &dyn Fn(&Thing) -> bool| -> Vec<String> {
            things.iter().filter(|thing| fits(thing)).map(|thing| thing.0.clone()).collect()
        };
        for (text, named) in vocabulary {
            let found = match named {
                Named::Column { noun, column, value } => {
                    Trait::Column { noun, column, values: vec![value.clone()] }
                }
                Named::Category(category) => Trait::Linked(codes(&|thing| thing.3 == *category)),
                Named::Thing(name) => {
                    let wanted = words(name);
                    let holds = |thing: &Thing| {
                        let own = words(&thing.1);
                        wanted.iter().all(|word| own.contains(word))
                    };
                    let codes = codes(&holds);
                    properties.add(name, Trait::Linked(codes.clone()));
                    Trait::Linked(codes)
                }
            };
            properties.add(text, found);
        }
        for (code, name, other, _, records) in things {
            properties.records.insert(code.clone(), *records);
            for name in [name, other] {
                properties.add(&words(name).join(" "), Trait::Linked(vec![code.clone()]));
            }
            // `kopi` names all things that begin with it; where it is very common, as `ikan`, the rest is a name.
            if let [first, rest @ ..] = words(name).as_slice() {
                let codes = codes(&|thing| words(&thing.1).first() == Some(first));
                if codes.len() >= COMMON && !rest.is_empty() {
                    properties.add(&rest.join(" "), Trait::Linked(vec![code.clone()]));
                }
                properties.add(first, Trait::Linked(codes));
            }
        }
        properties
    }

    /// The property whose strongest trait this is, with its other traits.
    pub(super) fn with(&self, strongest: Trait) -> Property {
        let same = |(_, property): &(&String, &Property)| property.0.first() == Some(&strongest);
        let known =
            self.by_words.iter().filter(same).max_by_key(|(text, property)| (property.0.len(), *text));
        known.map_or_else(|| Property(vec![strongest]), |(_, property)| property.clone())
    }

    fn add(&mut self, text: &str, found: Trait) {
        if matches!(&found, Trait::Linked(codes) if codes.is_empty()) {
            return;
        }
        let words = super::words::split(text);
        self.longest = self.longest.max(words.len());
        let traits = &mut self.by_words.entry(words.join(" ")).or_default().0;
        for known in traits.iter_mut() {
            match (known, &found) {
                (Trait::Linked(codes), Trait::Linked(more)) => return extend(codes, more),
                (
                    Trait::Column { noun, column, values },
                    Trait::Column { noun: own, column: same, values: more },
                ) if *noun == *own && *column == *same => return extend(values, more),
                _ => {}
            }
        }
        traits.push(found);
    }

    /// Finds the properties named in a list of words: from the left, the longest text first.
    pub(super) fn among(&self, words: &[String]) -> Vec<PropertyMention> {
        let mut mentions = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let longest = words.len().min(from + self.longest);
            let named = (from + 1..=longest).rev().find_map(|to| {
                let property = self.by_words.get(&words[from..to].join(" "))?.clone();
                Some(PropertyMention { words: from..to, property })
            });
            from = named.as_ref().map_or(from + 1, |mention| mention.words.end);
            mentions.extend(named);
        }
        mentions
    }

    /// How many links these things have together.
    pub(super) fn records(&self, codes: &[String]) -> u64 {
        codes.iter().filter_map(|code| self.records.get(code)).sum()
    }

    /// Whether it is a word that names a property by itself.
    pub(super) fn has(&self, word: &str) -> bool {
        self.by_words.contains_key(word)
    }
}

fn extend(values: &mut Vec<String>, more: &[String]) {
    for value in more {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
}

impl Property {
    /// Whether a row of any of these tables can have it.
    pub(super) fn is_of(&self, search: &Search, nouns: &[&str]) -> bool {
        self.0.iter().any(|one| match one {
            Trait::Noun(noun) | Trait::Column { noun, .. } => nouns.contains(noun),
            Trait::Linked(_) => {
                nouns.contains(&search.links.noun) || nouns.contains(&(search.links.things.0)().name.as_str())
            }
        })
    }

    /// The things that rows with it are linked with, if that is its strongest trait.
    pub(super) fn links(&self) -> Option<&[String]> {
        match self.0.first() {
            Some(Trait::Linked(codes)) => Some(codes),
            _ => None,
        }
    }

    /// Whether it says more than what kind of row it is.
    pub(super) fn is_telling(&self) -> bool {
        self.0.iter().any(|one| !matches!(one, Trait::Noun(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn properties() -> Properties {
        let column = |value: &str| Named::Column { noun: "cooperative", column: "kind", value: value.into() };
        let vocabulary = [
            ("simpan pinjam".to_owned(), column("SAVINGS")),
            ("cabe".to_owned(), Named::Thing("cabai".into())),
            ("sayur".to_owned(), Named::Category("VEGETABLE".into())),
            ("pinjam".to_owned(), column("SAVINGS")),
            ("pinjam".to_owned(), column("SERVICE")),
        ];
        let thing = |code: &str, name: &str, other: &str, category: &str| {
            (code.to_owned(), name.to_owned(), other.to_owned(), category.to_owned(), 1)
        };
        let things = [
            thing("K018", "cabai besar", "Chili", "VEGETABLE"),
            thing("K019", "cabai rawit", "Bird's eye chili", "VEGETABLE"),
            thing("K062", "kopi arabika", "arabica coffee", "ESTATE_CROP"),
        ];
        Properties::of(&vocabulary, &things)
    }

    fn among(text: &str) -> Vec<(Range<usize>, Property)> {
        let mentions = properties().among(&super::super::words::split(text));
        mentions.into_iter().map(|mention| (mention.words, mention.property)).collect()
    }

    #[test]
    fn a_thing_is_known_by_its_names_and_their_synonyms() {
        let linked =
            |codes: &[&str]| Property(vec![Trait::Linked(codes.iter().map(|code| (*code).into()).collect())]);
        assert_eq!(among("cabe bandung"), [(0..1, linked(&["K018", "K019"]))]);
        assert_eq!(among("cabai rawit"), [(0..2, linked(&["K019"]))]);
        assert_eq!(
            among("sayur cabai"),
            [(0..1, linked(&["K018", "K019"])), (1..2, linked(&["K018", "K019"]))]
        );
        assert_eq!(among("arabica coffee"), [(0..2, linked(&["K062"]))]);
    }

    #[test]
    fn values_of_one_column_are_one_trait() {
        let values = vec!["SAVINGS".to_owned(), "SERVICE".to_owned()];
        let column = |values| Property(vec![Trait::Column { noun: "cooperative", column: "kind", values }]);
        assert_eq!(among("pinjam"), [(0..1, column(values))]);
        assert_eq!(among("simpan pinjam"), [(0..2, column(vec!["SAVINGS".to_owned()]))]);
        assert_eq!(among("simpan"), []);
    }
}
