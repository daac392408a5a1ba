//! The field `vocabularies`: the enums of the domain and of answers as data, with labels and descriptions.

mod answers;

use std::{collections::BTreeMap, sync::LazyLock};

use async_graphql::Object;
use entity::vocabulary::{
    self,
    label::{Text, Word},
};
use serde_json::{Value as Json, json};

use crate::graph::{
    inline::{Items, inline_object},
    label::Language,
    list_size::list_size,
};

/// The vocabularies that are enums of the schema.
static VOCABULARIES: LazyLock<Vec<vocabulary::label::Vocabulary>> = LazyLock::new(|| {
    let all = vocabulary::all().into_iter().filter(|vocabulary| vocabulary.name != NOT_IN_THE_SCHEMA);
    let mut all: Vec<_> = all.chain(answers::all()).collect();
    all.sort_by_key(|vocabulary| vocabulary.name);
    all
});

/// Tells in the tables whether a party is a cooperative or an institution; the schema has a type for each.
const NOT_IN_THE_SCHEMA: &str = "PartyKind";

/// All vocabularies, sorted by name.
#[must_use]
pub fn all() -> &'static [vocabulary::label::Vocabulary] {
    &VOCABULARIES
}

/// The label of the value of an enum; `None` for another name or value.
pub(super) fn label(name: &str, value: &str, language: Language) -> Option<&'static str> {
    let vocabulary = VOCABULARIES.iter().find(|vocabulary| vocabulary.name == name)?;
    let word = vocabulary.values.iter().find(|word| word.value == value)?;
    Some(language.of(&word.words.label))
}

/// All vocabularies as JSON, sorted by name: each with the label and the description of the enum and of its values, in
/// both languages.
#[must_use]
pub fn json() -> Json {
    let texts = |text: &Text| json!({ "id": text.indonesian, "en": text.english });
    let words = |words: &vocabulary::label::Words| json!({ "label": texts(&words.label), "description": texts(&words.description) });
    let all: BTreeMap<&str, Json> = VOCABULARIES
        .iter()
        .map(|vocabulary| {
            let values = vocabulary.values.iter().map(|word| {
                let mut value = words(&word.words);
                value["value"] = word.value.as_str().into();
                value
            });
            let mut entry = words(&vocabulary.words);
            entry["values"] = values.collect();
            (vocabulary.name, entry)
        })
        .collect();
    json!(all)
}

/// An enum of the domain with its values, as interfaces show them [kosakata].
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    of: &'static vocabulary::label::Vocabulary,
    language: Language,
}

/// An enum of the domain with its values, as interfaces show them [kosakata].
#[Object]
impl Vocabulary {
    /// Name of the enum in this schema.
    async fn name(&self) -> &str {
        self.of.name
    }

    /// What an interface shows for it, such as a column heading [sebutan].
    async fn label(&self) -> &str {
        self.language.of(&self.of.words.label)
    }

    /// What it means, in one sentence [keterangan].
    async fn description(&self) -> &str {
        self.language.of(&self.of.words.description)
    }

    /// Its values, in the order in which the schema declares them.
    #[graphql(directive = list_size::apply(9))]
    async fn values(&self) -> Items<VocabularyValue> {
        let language = self.language;
        Items(self.of.values.iter().map(|of| VocabularyValue { of, language }).collect())
    }
}

/// One value of a vocabulary [kata].
#[derive(Clone, Copy, Debug)]
pub struct VocabularyValue {
    of: &'static Word,
    language: Language,
}

/// One value of a vocabulary [kata].
#[Object]
impl VocabularyValue {
    /// The enum value.
    async fn value(&self) -> &str {
        &self.of.value
    }

    /// What an interface shows for the value, capitalised [sebutan].
    async fn label(&self) -> &str {
        self.language.of(&self.of.words.label)
    }

    /// What the value means, in one sentence [keterangan].
    async fn description(&self) -> &str {
        self.language.of(&self.of.words.description)
    }
}

inline_object! { Vocabulary, VocabularyValue }

/// Root field of the vocabularies.
#[derive(Clone, Copy, Debug, Default)]
pub struct VocabularyQuery;

#[Object]
impl VocabularyQuery {
    /// The enums of the domain and of answers with labels and descriptions, sorted by name; `GET /labels.json` has the same in both
    /// languages [kosakata].
    #[graphql(directive = list_size::apply(45))]
    async fn vocabularies(&self, language: Option<Language>) -> Items<Vocabulary> {
        let language = language.unwrap_or_default();
        Items(VOCABULARIES.iter().map(|of| Vocabulary { of, language }).collect())
    }
}
