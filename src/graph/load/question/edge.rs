//! Edges as data: how rows are found from a parent row, or at the root.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use super::{Arcs, Field, Fields, Steps};
use crate::{
    access::Scope,
    graph::{
        filter::Expression,
        load::{Column, Table, TableName},
        order::Term,
    },
};

/// How the rows of an edge are found.
#[derive(Clone, Debug)]
pub enum Reach {
    /// All rows of the table.
    All,
    /// The row whose primary key is the parent's foreign key.
    Key,
    /// The row whose primary key is the beginning of the parent's code, of this length; none for a shorter code.
    Prefix(usize),
    /// The rows whose primary key is in either of two columns of the parent, which is a row of `table` with this
    /// `key`.
    TwoKeys { table: TableName, key: Column, columns: [Column; 2] },
    /// Rows whose column is the parent's key.
    Column(Column),
    /// Rows in which one of two columns is the parent's key. Never both are.
    Either(Column, Column),
    /// Rows whose region code lies in the subtree of the parent's code, including that code.
    Subtree(Column),
    /// Regions above the parent's code.
    Above(Column),
    /// Rows linked by a join table, whose own columns are read along with each row.
    Link { table: TableName, parent: Column, child: Column, columns: Vec<Column> },
    /// Rows that a join table links, by any of `columns`, to a region in the subtree of the parent's code. Each row
    /// is returned once.
    LinkedSubtree { table: TableName, region: Column, child: Column, columns: Vec<Column> },
    /// Arcs, followed from the parent and then from where the arcs before led. The distance and the path to each are
    /// read along with it.
    Walk { arcs: Arcs, columns: Vec<Column> },
}

impl Reach {
    /// Whether it finds a list beneath each parent.
    pub(in crate::graph::load) fn is_list(&self) -> bool {
        !matches!(self, Self::All | Self::Walk { .. }) && !self.is_one()
    }

    /// Whether it finds one row, or none.
    pub(in crate::graph::load) fn is_one(&self) -> bool {
        matches!(self, Self::Key | Self::Prefix(_))
    }

    /// Whether it finds rows by the subtree of the parent's code.
    pub(in crate::graph::load) fn is_subtree(&self) -> bool {
        matches!(self, Self::Subtree(_) | Self::LinkedSubtree { .. })
    }
}

/// The tables that an edge leads to, and for each the fields that lead on from its rows.
type Targets = (&'static [fn() -> &'static Table], &'static [Fields]);

/// An edge, without the types at its ends.
pub struct Edge {
    /// `Noun.field`. It is unique, and batches are sorted by it.
    pub name: &'static str,
    /// The tables of its rows; several for a party.
    pub tables: &'static [fn() -> &'static Table],
    /// The fields that lead on from the rows of each table.
    pub(in crate::graph::load) fields: &'static [Fields],
    /// The column of the parent's row that rows are found by; none at the root.
    pub from: Option<Column>,
    pub reach: Reach,
    /// The two sides of [`Reach::Either`].
    pub(in crate::graph::load) either: Vec<Reach>,
    /// The index of the table that has most of its rows.
    pub(in crate::graph::load) likely: usize,
    /// Whether it is declared that every scope that shows a row also shows the row that it leads to.
    pub(in crate::graph::load) assured: bool,
    /// Whether the parent's column may hold a key that is not in the table.
    pub(in crate::graph::load) lacking: bool,
    /// Whether some parents have very many of these rows.
    pub(in crate::graph::load) uneven: bool,
    /// The fields of the steps of a walk, which lie between a page and its rows.
    pub(in crate::graph::load) steps: Option<Steps>,
    /// The default order. The primary key is appended to it.
    pub order: Vec<Term>,
}

impl Edge {
    /// Creates an edge to rows of these tables, from which these fields lead on.
    pub(in crate::graph::load) fn new(
        name: &'static str,
        (tables, fields): Targets,
        from: Option<Column>,
        reach: Reach,
    ) -> Self {
        let either = match reach {
            Reach::Either(one, other) => vec![Reach::Column(one), Reach::Column(other)],
            _ => Vec::new(),
        };
        Self {
            name,
            tables,
            fields,
            from,
            reach,
            either,
            likely: 0,
            assured: false,
            lacking: false,
            uneven: false,
            steps: None,
            order: Vec::new(),
        }
    }

    /// The complete order of a list: the caller's or the edge's own, followed by columns that make it total.
    pub(in crate::graph::load) fn total_order(&self, wished: Option<Vec<Term>>) -> Vec<Term> {
        let mut order = wished.filter(|terms| !terms.is_empty()).unwrap_or_else(|| self.order.clone());
        // A repeated expression has no effect on the order.
        let mut seen: Vec<Expression> = Vec::new();
        order.retain(|term| {
            !seen.contains(&term.by) && {
                seen.push(term.by.clone());
                true
            }
        });
        let descending = order.last().is_some_and(|term| term.descending);
        for &column in (self.tables[0])().key.iter().chain(self.link()) {
            let by = Expression::Column(column);
            if !seen.contains(&by) {
                order.push(Term { by, descending, nulls_first: false });
            }
        }
        order
    }

    /// How many levels of rows meet in one row: 0 where each row leads to rows of its own, 1 where several rows may lead
    /// to the same row, 2 where all rows below a region lead to it, over several levels.
    pub(in crate::graph::load) fn meets(&self) -> u8 {
        let key = (self.tables[0])().key.first().map(|key| key.name);
        match self.reach {
            Reach::Column(_) | Reach::Either(..) => 0,
            // A row that shares its key with another is the only one that leads to it.
            Reach::Key => u8::from(key != self.from.map(|from| from.name)),
            Reach::Prefix(_) => 2,
            _ => 1,
        }
    }

    /// The key of the row that an edge by prefix finds for this code.
    #[must_use]
    pub fn prefix_of<'c>(&self, code: &'c str) -> Option<&'c str> {
        match self.reach {
            Reach::Prefix(length) => code.get(..length),
            _ => None,
        }
    }

    /// The columns of the link that are read along with each row.
    #[must_use]
    pub fn link(&self) -> &[Column] {
        match &self.reach {
            Reach::Link { columns, .. } | Reach::Walk { columns, .. } => columns,
            _ => &[],
        }
    }

    /// The reaches that are read one after the other: both sides of [`Reach::Either`], else the reach itself.
    pub(in crate::graph::load) fn sides(&self) -> &[Reach] {
        if self.either.is_empty() { std::slice::from_ref(&self.reach) } else { &self.either }
    }

    /// The indexes of its tables, beginning with the table that has most rows.
    pub(in crate::graph::load) fn by_likelihood(&self) -> impl Iterator<Item = usize> + use<> {
        let likely = self.likely;
        std::iter::once(likely).chain((0..self.tables.len()).filter(move |index| *index != likely))
    }

    /// The number of parents that one column of a statement answers for. It is limited for walks, because their text
    /// is long for each parent.
    pub(in crate::graph::load) fn most_parents(&self) -> usize {
        if matches!(self.reach, Reach::Walk { .. }) { 100 } else { usize::MAX }
    }

    /// Whether every scope that shows a row also shows the row that it leads to.
    pub(in crate::graph::load) fn assured(&self) -> bool {
        self.assured || self.tables.iter().all(|table| table().is_public())
    }

    /// Whether a scope shows none of its rows, so that nothing has to be read to know that there is none.
    pub(in crate::graph::load) fn closed_in(&self, scope: &Scope) -> bool {
        self.tables.iter().all(|table| table().closed_in(scope))
    }

    /// The field of this name that leads on from rows of the table at index `table`.
    pub(in crate::graph::load) fn field(&self, table: usize, name: &str) -> Option<&'static Field> {
        self.fields.get(table)?().iter().find(|field| field.name == name)
    }

    /// Whether each of its keys refers to an existing row, which is visible if the parent is.
    pub(in crate::graph) fn certain(&self) -> bool {
        !self.lacking && self.assured()
    }

    /// The primary key that it finds rows by, and the columns that may hold it.
    pub(in crate::graph) fn keys(&self) -> Option<(Column, Vec<Column>)> {
        let [table] = self.tables else { return None };
        let from = match &self.reach {
            Reach::Key => vec![self.from?],
            Reach::TwoKeys { columns, .. } => columns.to_vec(),
            _ => return None,
        };
        Some((table().key[0], from))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Edge {}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Edge {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
