//! Words of the schema's vocabularies, and their labels in the language of the reader.

use std::collections::HashMap;

use graphql_client::GraphQLQuery;
use serde::{Deserialize, Serialize};

use super::{document::execute_for_the_node, language::Language};
use crate::http::{Node, Once};

/// A word of a vocabulary, as an answer has it.
pub(super) trait Word {
    /// The name of the vocabulary in the schema.
    const VOCABULARY: &'static str;

    fn value(&self) -> &str;
}

macro_rules! vocabularies {
    ($($name:ident)*) => { $(
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(String);

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self(word.to_owned())
            }
        }

        impl Word for $name {
            const VOCABULARY: &'static str = stringify!($name);

            fn value(&self) -> &str {
                &self.0
            }
        }
    )* };
}

vocabularies! {
    AgreementContent
    BatchStatus
    BusinessUnitKind
    BusinessUnitStatus
    CommodityCategory
    CommunityBase
    CooperativeForm
    CooperativeProgram
    CooperativeStatus
    CooperativeType
    CountPrecision
    FormationModel
    HealthStatus
    InstitutionKind
    InstitutionOwnership
    LearningMethod
    LinkageKind
    LinkageStatus
    LocationPrecision
    OfficerBody
    OfficerRole
    Ownership
    PartnershipKind
    PartnershipLanguage
    PartnershipPattern
    PartnershipStatus
    PartyRole
    PlacementStatus
    ProgramKind
    ProgramStatus
    RegionKind
    RegionLevel
    SearchField
    SearchType
    Sector
    Source
    SupporterRole
    Unit
}

/// Whether a record with this source is made up.
pub(super) fn is_synthetic(source: &Source) -> bool {
    source.value() == "SYNTHETIC"
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/vocabulary.graphql",
    response_derives = "Debug",
    extern_enums("Language")
)]
struct Labels;

pub(super) const DOCUMENT: &str = labels::QUERY;

/// The labels of all words in a language.
#[derive(Debug, Default)]
pub(super) struct Vocabularies {
    meanings: HashMap<(String, String), Meaning>,
    /// The words of each vocabulary, in the order of the schema.
    words: HashMap<String, Vec<String>>,
}

/// What a word is called and means.
#[derive(Debug)]
struct Meaning {
    label: String,
    description: String,
}

static LOADED: [Once<Vocabularies>; 2] = [const { Once::new() }; 2];

impl Vocabularies {
    /// The labels in a language, which the node asks for once.
    pub(super) async fn of(node: &Node, language: Language) -> &'static Self {
        static NONE: std::sync::LazyLock<Vocabularies> = std::sync::LazyLock::new(Vocabularies::default);
        let at = usize::from(language == Language::English);
        let load = async {
            let variables = labels::Variables { language };
            let answer = execute_for_the_node::<Labels>(node, variables).await?;
            let mut all = Self::default();
            for labels::LabelsVocabularies { name, values } in answer.vocabularies {
                let words = all.words.entry(name.clone()).or_default();
                for labels::LabelsVocabulariesValues { value, label, description } in values {
                    words.push(value.clone());
                    all.meanings.insert((name.clone(), value), Meaning { label, description });
                }
            }
            Some(all)
        };
        LOADED[at].get(load).await.unwrap_or(&NONE)
    }

    /// The label of a word; the word itself where it has none.
    pub(super) fn label<'a, W: Word>(&'a self, word: &'a W) -> &'a str {
        self.meaning(word).map_or(word.value(), |meaning| &meaning.label)
    }

    /// What a word means.
    pub(super) fn description<'a, W: Word>(&'a self, word: &'a W) -> Option<&'a str> {
        self.meaning(word).map(|meaning| meaning.description.as_str())
    }

    /// The words of a vocabulary with their labels, in the order of the schema.
    pub(super) fn words(&self, vocabulary: &str) -> impl Iterator<Item = (&str, &str)> {
        let words = self.words.get(vocabulary).into_iter().flatten();
        let name = vocabulary.to_owned();
        words.map(move |value| {
            let meaning = self.meanings.get(&(name.clone(), value.clone()));
            (value.as_str(), meaning.map_or(value.as_str(), |meaning| &meaning.label))
        })
    }

    fn meaning<W: Word>(&self, word: &W) -> Option<&Meaning> {
        self.meanings.get(&(W::VOCABULARY.to_owned(), word.value().to_owned()))
    }
}
