//! Sets of columns, and the fields that read a column by default.

use super::Column;

/// A set of columns of a table, by index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnSet(u64);

impl ColumnSet {
    pub(super) const ALL: Self = Self(u64::MAX);
    /// The maximum number of columns of a table.
    pub(super) const MOST: usize = u64::BITS as usize;

    pub(super) fn of<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Self {
        columns.into_iter().fold(Self::default(), |set, column| set.with(column.index))
    }

    fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The number of columns in the set.
    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The position of a column among those in the set, if it is one of them.
    pub(super) fn position(self, index: usize) -> Option<usize> {
        let before = (1 << index) - 1;
        self.has(index).then(|| Self(self.0 & before).len())
    }

    pub(super) fn has(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }
}

/// The names of fields that read only this column: its own name, the name without its unit of storage, and the name
/// without the suffix of a key.
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
