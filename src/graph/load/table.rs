//! What the loader knows of a table: its columns, read from sea-orm's entity, and the fields that lead on from it.

use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering as Memory},
    },
};

use super::{
    Arguments, Ask, Noun,
    cell::Cell,
    mask::{self, Mask},
    masked,
    row::AnyRow,
};
use crate::{
    access::{Scope, Shape as ScopeShape},
    graph::{Error, Result, filter::Condition},
};
use sea_orm::{ColumnTrait, ColumnType, EntityTrait, Iterable};

/// How a column's values look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Uuid,
    Text,
    Integer,
    Boolean,
    Date,
    Json,
}

/// A column of a table, or of the link that leads to its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column {
    pub name: &'static str,
    /// Its place among the table's columns, or among the link's.
    pub index: usize,
    pub kind: Kind,
    pub nullable: bool,
    /// Whether it stands in the link table rather than in the row.
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
    /// A column of the link table, the `index`th that comes along with each row.
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

/// How many tables there are so far.
static TABLES: AtomicUsize = AtomicUsize::new(0);

/// The name of a table. Only `statement/source.rs` writes it into SQL, beside the condition of visible rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableName(&'static str);

impl TableName {
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as a key of maps, and as search indexes hold it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The name as SQL has it.
    pub(super) fn in_sql(self) -> &'static str {
        self.0
    }
}

impl<E: EntityTrait> From<E> for TableName {
    fn from(entity: E) -> Self {
        // Tables live as long as the process, and so may their names.
        Self(Box::leak(entity.table_name().to_owned().into_boxed_str()))
    }
}

type Decode = for<'de> fn(Vec<Cell<'de>>, &[Column], Mask) -> serde_json::Result<AnyRow>;

/// A table as the loader reads it.
pub struct Table {
    /// Its place among all tables.
    pub(super) place: usize,
    /// GraphQL name of its noun.
    pub noun: &'static str,
    pub name: TableName,
    pub columns: Vec<Column>,
    /// What orders rows at last: the primary key.
    pub key: Vec<Column>,
    /// The fields that lead on to other rows.
    pub fields: Vec<Field>,
    /// Which of its rows a scope shows.
    visible: fn(&Scope) -> Condition,
    /// The same for each shape whose scopes bind no values.
    fixed: [OnceLock<Condition>; ScopeShape::ALL.len()],
    /// Which columns each field reads.
    pub(super) reads: HashMap<String, Mask>,
    pub(super) decode: Decode,
}

impl Table {
    /// How many tables there may be.
    pub(super) const MOST: usize = 64;

    /// The table behind a noun.
    ///
    /// # Panics
    /// When it has more columns than a mask can tell apart, or comes after [`Table::MOST`] others.
    #[must_use]
    pub fn of<N: Noun>() -> Self {
        use sea_orm::PrimaryKeyToColumn;
        let key =
            <N::Entity as EntityTrait>::PrimaryKey::iter().map(|key| key.into_column().into()).collect();
        let columns: Vec<Column> = <N::Entity as EntityTrait>::Column::iter().map(Into::into).collect();
        assert!(columns.len() <= Mask::MOST, "{} has more columns than a mask", N::NAME);
        let place = TABLES.fetch_add(1, Memory::Relaxed);
        assert!(place < Self::MOST, "{} is a table too many", N::NAME);
        Self {
            place,
            noun: N::NAME,
            name: N::Entity::default().into(),
            reads: reads(&columns, N::reads()),
            columns,
            key,
            fields: N::fields(),
            visible: N::visible,
            fixed: Default::default(),
            decode: |cells, columns, mask| {
                let row: <N::Entity as EntityTrait>::Model = masked::model(cells, columns, mask)?;
                Ok(AnyRow::new(row))
            },
        }
    }

    /// Which of its rows a scope shows.
    pub(super) fn visible(&self, scope: &Scope) -> Cow<'_, Condition> {
        if scope.has_values() {
            return Cow::Owned((self.visible)(scope));
        }
        let fixed = &self.fixed[scope.shape().index()];
        Cow::Borrowed(fixed.get_or_init(|| (self.visible)(scope)))
    }

    /// Whether every scope shows all of its rows.
    pub(super) fn is_public(&self) -> bool {
        ScopeShape::ALL.into_iter().all(|shape| self.visible(&shape.example()).is_always())
    }

    /// Whether a field looks at the column, or it is of the key.
    pub(super) fn reads(&self, column: &Column) -> bool {
        self.key.contains(column) || self.reads.values().any(|mask| mask.has(column.index))
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// What fields read that are named after columns, and what others do that are `declared`.
fn reads(columns: &[Column], declared: Vec<(&'static str, Vec<Column>)>) -> HashMap<String, Mask> {
    let mut reads: HashMap<String, Mask> = HashMap::new();
    let mut add = |field: String, mask| {
        let known = reads.entry(field).or_default();
        *known = known.and(mask);
    };
    for column in columns {
        mask::readers(column).for_each(|field| add(field, Mask::of([column])));
    }
    for (field, columns) in &declared {
        add((*field).to_owned(), Mask::of(columns));
    }
    for (field, _) in declared.into_iter().filter(|(_, columns)| columns.is_empty()) {
        reads.insert(field.to_owned(), Mask::default());
    }
    reads
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Table {}

impl PartialOrd for Table {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Table {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl Hash for Table {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("noun", &self.noun).field("name", &self.name).finish_non_exhaustive()
    }
}

/// How the answer to a field is shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// One row or none; the selection is the row's.
    Row,
    /// A bounded list of rows; the selection is the row's.
    List,
    /// A connection: the rows stand under `nodes` and `edges { node }`.
    Connection,
    /// Rows that a statement of their own answers.
    Apart,
}

/// A GraphQL field that leads on to other rows, and how its arguments become a question.
#[derive(Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub(super) shape: Shape,
    pub(super) ask: fn(&Arguments<'_>) -> Result<Ask<()>>,
}

impl Field {
    /// One row or none.
    #[must_use]
    pub fn row(name: &'static str, ask: fn(&Arguments<'_>) -> Result<Ask<()>>) -> Self {
        Self { name, shape: Shape::Row, ask }
    }

    /// A bounded list.
    #[must_use]
    pub fn list(name: &'static str, ask: fn(&Arguments<'_>) -> Result<Ask<()>>) -> Self {
        Self { name, shape: Shape::List, ask }
    }

    /// A field that a statement of its own answers; the planner leaves it out.
    #[must_use]
    pub fn apart(name: &'static str) -> Self {
        let ask = |_: &Arguments<'_>| Err(Error::Internal("an edge that is not planned".into()));
        Self { name, shape: Shape::Apart, ask }
    }

    /// A connection.
    #[must_use]
    pub fn page(name: &'static str, ask: fn(&Arguments<'_>) -> Result<Ask<()>>) -> Self {
        Self { name, shape: Shape::Connection, ask }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("name", &self.name).field("shape", &self.shape).finish_non_exhaustive()
    }
}
