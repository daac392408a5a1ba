//! Some columns of a table, and which fields read a column.

use super::Column;

/// Some columns of a table, by their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask(u64);

impl Mask {
    pub(super) const ALL: Self = Self(u64::MAX);
    /// How many columns a table may have.
    pub(super) const MOST: usize = u64::BITS as usize;

    pub(super) fn of<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Self {
        columns.into_iter().fold(Self::default(), |mask, column| mask.with(column.index))
    }

    fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many columns they are.
    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(super) fn has(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }
}

/// What fields may be called that read this column and nothing else: as it is itself, without the unit that it is
/// kept in, or without what makes it a key.
pub(super) fn readers(column: &Column) -> impl Iterator<Item = String> {
    const SUFFIXES: [&str; 4] = ["", "_id", "_code", "_milli"];
    let name = column.name;
    SUFFIXES.iter().filter_map(move |suffix| name.strip_suffix(suffix)).map(in_camel_case)
}

fn in_camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut field = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        field.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        field.push_str(letters.as_str());
    }
    field
}
