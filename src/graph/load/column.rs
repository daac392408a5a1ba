//! Columns and names of tables, read from sea-orm's entities.

use sea_orm::{ColumnTrait, ColumnType, EntityTrait};

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Uuid,
    Text,
    Integer,
    Boolean,
    Date,
    Json,
}

/// A column of a table, or of a link between two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column {
    pub name: &'static str,
    /// Its index among the table's columns, or among the link's.
    pub index: usize,
    pub kind: Kind,
    pub nullable: bool,
    /// Whether it is a column of the link, not of the row.
    pub on_link: bool,
}

impl<C: ColumnTrait> From<C> for Column {
    fn from(column: C) -> Self {
        let name = column.as_str();
        let definition = column.def();
        Self {
            name,
            index: C::iter().position(|other| other.as_str() == name).unwrap_or_default(),
            kind: Kind::of(definition.get_column_type()),
            nullable: definition.is_null(),
            on_link: false,
        }
    }
}

impl Column {
    /// A column of the link table, as the `index`th of those that are read along with each row.
    #[must_use]
    pub fn link(column: impl ColumnTrait, index: usize) -> Self {
        Self { index, on_link: true, ..column.into() }
    }
}

impl Kind {
    fn of(column: &ColumnType) -> Self {
        match column {
            ColumnType::Uuid => Self::Uuid,
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Date => Self::Date,
            ColumnType::Json | ColumnType::JsonBinary => Self::Json,
            ColumnType::TinyInteger
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger => Self::Integer,
            _ => Self::Text,
        }
    }
}

/// The name of a table. Only `statement/source.rs` writes it into SQL, together with the condition of visible rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableName(&'static str);

impl TableName {
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as a key of maps and in search indexes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The name in SQL.
    pub(super) fn in_sql(self) -> &'static str {
        self.0
    }
}

impl<E: EntityTrait> From<E> for TableName {
    fn from(entity: E) -> Self {
        // The name may be leaked, because tables live as long as the process.
        Self(Box::leak(entity.table_name().to_owned().into_boxed_str()))
    }
}
