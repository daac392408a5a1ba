//! Decodes the columns of a row.

use std::{fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, SeqAccess, Visitor},
};

use crate::graph::{
    aggregate::{FigureRow, Grouped},
    load::{AnyRow, Table, column::Kind, column_set::ColumnSet, json_cell::Cell, question::Question},
    value::Value,
};

/// The columns of a row: of a table, or of an aggregate query.
#[derive(Clone, Copy)]
pub(super) enum Columns<'a> {
    Table(&'static Table, ColumnSet),
    Group(&'a Arc<Grouped>),
}

impl Columns<'_> {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Table(table, _) => table.name.as_str(),
            Self::Group(_) => "figures",
        }
    }
}

impl<'de> DeserializeSeed<'de> for Columns<'_> {
    type Value = AnyRow;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<AnyRow, D::Error> {
        let grouped = match self {
            Self::Table(table, read) => {
                // A function pointer cannot be generic over deserializers, so the cells are read first.
                let cells = from.deserialize_seq(Cells { most: read.len().min(table.columns.len()) })?;
                let synthetic = table.is_synthetic(&cells, read);
                let row = (table.decode)(cells, &table.columns, read).map_err(D::Error::custom)?;
                return Ok(row.marked(synthetic));
            }
            Self::Group(grouped) => grouped,
        };
        let read = Vec::<Cell<'_>>::deserialize(from)?;
        let mut values = vec![Value::Null; grouped.width()];
        for (column, value) in grouped.columns().iter().zip(&read) {
            values[column.index] = value.value(column.kind);
        }
        Ok(AnyRow::new(FigureRow { grouped: Arc::clone(grouped), values }))
    }
}

/// The types of the values that are read along with each row of a list: the link's columns, then computed sort
/// values.
pub(super) fn extra_kinds(question: &Question) -> Vec<Kind> {
    let link = question.edge.link().iter().map(|column| column.kind);
    let computed =
        question.arguments.order.iter().filter(|term| term.by.computed()).map(|term| term.by.kind());
    link.chain(computed).collect()
}

/// Reads the values of one row, at most `most`.
struct Cells {
    most: usize,
}

impl<'de> Visitor<'de> for Cells {
    type Value = Vec<Cell<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of columns")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<Cell<'de>>, A::Error> {
        let mut cells = Vec::with_capacity(self.most);
        while let Some(cell) = array.next_element()? {
            cells.push(cell);
        }
        Ok(cells)
    }
}
