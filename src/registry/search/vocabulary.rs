//! What people type for names and kinds: the data of `seed/synonyms.csv`.

use std::sync::LazyLock;

use crate::graph::search::{Named, Vocabulary};

const SYNONYMS: &str = include_str!("../../../seed/synonyms.csv");

/// The vocabulary of search.
pub(super) fn read() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
        let mut vocabulary = Vocabulary::default();
        let mut reader = csv::Reader::from_reader(SYNONYMS.as_bytes());
        // A test reads every row.
        for (text, means, of) in reader.deserialize::<(String, String, String)>().flatten() {
            add(&mut vocabulary, &text, &means, &of);
        }
        vocabulary
    });
    &VOCABULARY
}

fn add(vocabulary: &mut Vocabulary, text: &str, means: &str, of: &str) {
    let column = |noun, column| Named::Column { noun, column, value: means.to_owned() };
    // A title before the words of a property is read as a title.
    let own = text.strip_prefix("koperasi ").unwrap_or(text);
    let mut names = |named| vocabulary.properties.push((own.to_owned(), named));
    match of {
        "COMMODITY_CATEGORY" => {
            names(column("commodity", "kind"));
            names(Named::Category(means.to_owned()));
        }
        "COMMUNITY_BASE" => {
            names(column("cooperative", "community_base"));
            if means == "FISHER" {
                names(Named::Category("FISHERY".to_owned()));
            }
        }
        "COOPERATIVE_TYPE" => names(column("cooperative", "kind")),
        "COOPERATIVE_PROGRAM" => names(column("cooperative", "program")),
        "PROGRAM_KIND" => names(column("internship_program", "kind")),
        "INSTITUTION_KIND" => names(column("institution", "kind")),
        "COMMODITY" => {
            names(Named::Thing(means.to_owned()));
            vocabulary.synonyms.add(text, means);
        }
        "ISLAND" => vocabulary.areas.push((text.to_owned(), means.to_owned())),
        // A part of the title itself: the rest of it would be left over.
        "TITLE" if means.split(' ').any(|word| word == text) => {}
        "REGION" | "INSTITUTION" | "COOPERATIVE" | "TITLE" | "WORD" => vocabulary.synonyms.add(text, means),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fold::fold;

    const KINDS: [&str; 13] = [
        "COMMODITY",
        "COMMODITY_CATEGORY",
        "COMMUNITY_BASE",
        "COOPERATIVE",
        "COOPERATIVE_PROGRAM",
        "COOPERATIVE_TYPE",
        "INSTITUTION",
        "INSTITUTION_KIND",
        "ISLAND",
        "PROGRAM_KIND",
        "REGION",
        "TITLE",
        "WORD",
    ];

    #[test]
    fn every_row_is_a_folded_text_of_a_known_kind() {
        let mut reader = csv::Reader::from_reader(SYNONYMS.as_bytes());
        let rows: Vec<(String, String, String)> = reader.deserialize().map(Result::unwrap).collect();
        for (text, means, of) in &rows {
            assert!(
                fold(text) == *text && !means.is_empty() && KINDS.contains(&of.as_str()),
                "{text},{means},{of}"
            );
        }
        assert!(rows.len() > 1_000 && read().properties.len() > 500);
    }
}
