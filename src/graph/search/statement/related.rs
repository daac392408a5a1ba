//! Writes the SQL about related rows, such as the organiser and the host of a program: their names, and where they are.

use std::fmt::Write;

use super::{SearchWriter, key};
use crate::{
    graph::{
        filter::Condition,
        load::{Table, VisibleRows},
        search::{
            Indexed, RelatedNames,
            property::{Property, Trait},
        },
    },
    store::Engine,
};

impl<'a> SearchWriter<'a> {
    /// Writes the code of the region of the entry `f`, or of its related row.
    pub(super) fn place(&mut self) {
        match self.noun_with_related() {
            None => self.sql.push_str("f.region_code"),
            Some(_) if self.has_parties => self.sql.push_str("coalesce(f.region_code, p.place)"),
            Some(noun) => {
                self.sql.push_str("coalesce(f.region_code, ");
                self.of_related(noun, |writer| writer.place_of(noun));
                self.sql.push(')');
            }
        }
    }

    /// Writes the names of the related rows of the entry `f` as one text; null for an entry without such rows.
    pub(super) fn related(&mut self) {
        match self.noun_with_related() {
            None => self.sql.push_str("NULL"),
            Some(_) if self.has_parties => self.sql.push_str("p.names"),
            Some(noun) => self.of_related(noun, |writer| writer.names_of(noun)),
        }
    }

    /// Adds the table `parties` of all entries with related rows, unless it is there: their numbers, the code of their
    /// region or of that of a related row, and the names of the related rows. It is selected once, whatever the number of
    /// lists from it.
    pub(super) fn require_parties(&mut self) {
        let Some(noun) = self.noun_with_related().filter(|_| !self.has_parties) else { return };
        self.has_parties = true;
        self.table("parties", |writer| {
            let (table, entry_key) = (noun.table(), key(noun.table()));
            let (mut joins, mut places, mut names) = (String::new(), String::new(), String::from("''"));
            for (at, related) in noun.related.iter().enumerate() {
                let row = format!("r{at}");
                let other = writer.joined((related.table)(), &row, &format!("o.{}", related.column));
                let _ = write!(joins, " LEFT JOIN {other}");
                if let Some(region) = related.region {
                    let _ = write!(places, ", {row}.{region}");
                }
                for name in &related.names {
                    let _ = write!(names, " || coalesce({row}.{name}, '') || ' '");
                }
            }
            let own = writer.joined(table, "o", &format!("y.{entry_key}"));
            let _ = write!(
                writer.sql,
                "SELECT y.number, coalesce(y.region_code{places}, NULL) AS place, {names} AS names \
                 FROM {}_entry y JOIN {own}{joins} WHERE y.noun = '{}'",
                writer.index,
                table.name.as_str()
            );
        });
    }

    /// The visible row of a table with this key as an operand of a join. It is looked up by its key: a join may read the
    /// whole table instead.
    fn joined(&mut self, table: &'static Table, row: &str, key: &str) -> String {
        let (source, visible) = self.seen(table, row);
        let own = table.key[0].name;
        match self.engine {
            Engine::Postgres => format!(
                "LATERAL (SELECT {row}.* FROM {source} WHERE {row}.{own} = {key}{visible} LIMIT 1) {row} ON TRUE"
            ),
            Engine::Sqlite => format!("{source} ON {row}.{own} = {key}{visible}"),
        }
    }

    /// Whether the entries that are read have their names and places in the table `parties`.
    pub(super) fn selects_parties(&self) -> bool {
        self.has_parties && self.noun_with_related().is_some()
    }

    /// Restricts entries to those whose related row lies in a region, as the host of a program does.
    pub(super) fn hosted(&mut self, region: &str) {
        let region = self.bind(region);
        let _ = write!(
            self.sql,
            "e.number IN (SELECT p.number FROM parties p WHERE p.place >= {region} AND p.place < {region} || '/')"
        );
    }

    /// Whether a property holds for rows whose related rows have names.
    pub(super) fn is_about_related(&self, property: &Property) -> bool {
        property.0.iter().any(|one| self.has_related(one))
    }

    /// Whether a trait holds for rows whose related rows have names.
    pub(super) fn has_related(&self, one: &Trait) -> bool {
        let Trait::Column { noun, .. } = one else { return false };
        let mut nouns = self.search.indexes.iter().flat_map(|index| &index.nouns);
        nouns.any(|indexed| indexed.table().name.as_str() == *noun && !indexed.related.is_empty())
    }

    /// The noun of this index whose rows have related rows, if it is searched.
    fn noun_with_related(&self) -> Option<&'a Indexed> {
        let own = self.search.indexes.iter().find(|own| own.name == self.index);
        let related = own.into_iter().flat_map(|index| &index.nouns).find(|noun| !noun.related.is_empty());
        related.filter(|_| self.parties)
    }

    /// Writes what is selected from the row `o` of the entry `f` if it has related rows; null for other entries.
    fn of_related(&mut self, noun: &Indexed, select: impl FnOnce(&mut Self)) {
        let (table, entry_key) = (noun.table(), key(noun.table()));
        let _ = write!(self.sql, "CASE WHEN f.noun = '{}' THEN (SELECT ", table.name.as_str());
        select(self);
        let (source, visible) = self.seen(table, "o");
        let own = table.key[0].name;
        let _ = write!(self.sql, " FROM {source} WHERE o.{own} = f.{entry_key}{visible}) END");
    }

    /// Writes the code of the region of the related row of a row `o`.
    fn place_of(&mut self, noun: &Indexed) {
        self.sql.push_str("coalesce(NULL");
        for related in &noun.related {
            if let Some(region) = related.region {
                self.sql.push_str(", ");
                self.related_row(related, &format!("r.{region}"));
            }
        }
        self.sql.push_str(", NULL)");
    }

    /// Writes the names of the related rows of a row `o`.
    fn names_of(&mut self, noun: &Indexed) {
        self.sql.push_str("''");
        for related in &noun.related {
            let names = related.names.iter().map(|name| format!("coalesce(r.{name}, '') || ' '"));
            self.sql.push_str(" || coalesce(");
            self.related_row(related, &names.collect::<Vec<_>>().join(" || "));
            self.sql.push_str(", '')");
        }
    }

    /// Writes what is selected from the related row `r` of a row `o`.
    fn related_row(&mut self, related: &RelatedNames, selected: &str) {
        let other = (related.table)();
        let (source, visible) = self.seen(other, "r");
        let (own, column) = (other.key[0].name, related.column);
        let _ = write!(self.sql, "(SELECT {selected} FROM {source} WHERE r.{own} = o.{column}{visible})");
    }

    /// The source of the visible rows of a table, and the further condition on them.
    fn seen(&mut self, table: &'static Table, alias: &str) -> (String, String) {
        let always = Condition::always();
        let rows = VisibleRows::of(self.engine, &self.scope, (table, alias), &always, &mut self.values);
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        (rows.source, visible)
    }
}
