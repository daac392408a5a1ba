//! Labels and descriptions of vocabularies as data, in English and Indonesian.

/// An enum of the schema with its values, as interfaces show them.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Name of the enum in the schema.
    pub name: &'static str,
    pub words: Words,
    pub values: Vec<Word>,
}

/// An enum that has a vocabulary.
pub trait Labelled {
    /// The name of its vocabulary.
    const NAME: &str;
}

/// One value of a vocabulary.
#[derive(Clone, Debug)]
pub struct Word {
    /// The value as the database and the API spell it.
    pub value: String,
    pub words: Words,
}

/// The label and the description of one value or vocabulary.
#[derive(Clone, Debug)]
pub struct Words {
    /// What an interface shows, in a few words with a capital letter.
    pub label: Text,
    /// One sentence.
    pub description: Text,
}

/// The same text in both languages.
#[derive(Clone, Debug)]
pub struct Text {
    pub english: String,
    pub indonesian: String,
}

impl Words {
    /// Creates the words from a doc comment such as `Sells to its members [konsumen].`: an English sentence with the
    /// Indonesian term in brackets. A comma ends the label; an abbreviation may follow it.
    #[must_use]
    pub fn new(doc: &[&str], label: &str, indonesian: &str) -> Self {
        let doc = doc.concat();
        let (sentence, term) = doc.rsplit_once('[').unwrap_or((&doc, ""));
        let term = term.split([',', ']']).next().unwrap_or_default();
        Self {
            label: Text { english: label.to_owned(), indonesian: capitalised(term) },
            description: Text {
                english: format!("{}.", sentence.trim().trim_end_matches('.')),
                indonesian: indonesian.to_owned(),
            },
        }
    }
}

fn capitalised(term: &str) -> String {
    let mut letters = term.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_indonesian_label_is_the_term_in_brackets() {
        let words = Words::new(
            &[" Decree of several", " authorities [surat keputusan bersama, SKB]."],
            "Joint decree",
            "",
        );
        assert_eq!(words.label.indonesian, "Surat keputusan bersama");
        assert_eq!(words.description.english, "Decree of several authorities.");
    }
}
