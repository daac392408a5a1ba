//! The columns of a table, and what the whole table is.

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Text,
    /// A code, an id or a telephone number: text, though it may consist of digits.
    Code,
    /// A value of an enum.
    Word,
    Boolean,
    /// A whole number of JSON.
    Integer,
    /// A floating-point number of JSON.
    Number,
    /// An exact decimal number as a string: the scalar `Decimal`.
    Decimal,
    /// A whole number of rupiah as a string: the scalar `Rupiah`.
    Rupiah,
    /// A day as a string, such as `2025-11-16`.
    Date,
    /// A date and time of RFC 3339 in UTC as a string.
    DateTime,
    /// Anything else, such as a list of scalars: written as JSON.
    Json,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Where the value is in an item of the list, such as `region.name`; the column's name in the file.
    pub path: String,
    pub kind: Kind,
    /// What it means.
    pub description: String,
    /// The values of a [`Kind::Word`].
    pub words: Vec<String>,
}

impl Column {
    /// A column without description.
    #[must_use]
    pub fn new(path: impl Into<String>, kind: Kind) -> Self {
        Self { path: path.into(), kind, description: String::new(), words: Vec::new() }
    }
}

/// What a table is; XLSX and Parquet keep it in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the rows are, such as `cooperatives`.
    pub noun: String,
    /// The GraphQL document.
    pub query: String,
    /// The variables of the document as JSON; empty where there are none.
    pub variables: String,
    /// When the rows were read, such as `2025-11-16T01:00:00Z`.
    pub date: String,
    /// Where the rows are from.
    pub source: String,
    pub licence: String,
}

impl About {
    /// Each part with its name, without the empty ones.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("rows", &self.noun),
            ("date", &self.date),
            ("source", &self.source),
            ("licence", &self.licence),
            ("query", &self.query),
            ("variables", &self.variables),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, text.as_str()))
    }
}
