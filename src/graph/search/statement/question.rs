//! Writes the SQL that finds what a question asks for: entries with properties, largest first, in a region or anywhere.

use std::fmt::Write;

use super::{FoundBy, SearchWriter, key};
use crate::{
    graph::{
        filter::Condition,
        load::VisibleRows,
        search::{
            CANDIDATES, SearchFilter,
            property::{Property, Trait},
            search_text::{Reading, SearchText},
        },
    },
    store::Engine,
};

/// The most entries of each list, where a question has several.
const SOME: usize = 150;

/// The most links of a thing that are all read to find the largest linked rows.
const FEW: u64 = 1_000;

impl SearchWriter<'_> {
    /// Selects the regions that any reading names.
    pub(super) fn mentioned(&mut self, search_text: &SearchText, filter: &SearchFilter<'_>) {
        let mentions = search_text.readings.iter().flat_map(|reading| &reading.mentions);
        let mut codes: Vec<String> =
            mentions.flat_map(|mention| mention.codes.iter().take(SOME).cloned()).collect();
        codes.sort();
        codes.dedup();
        if codes.is_empty() {
            return;
        }
        self.list(FoundBy::Words, usize::MAX, |writer| {
            let codes = writer.bind_list(&codes);
            let codes = writer.any_of(&codes);
            let _ = write!(writer.sql, "SELECT e.* FROM {}_entry e WHERE e.code {codes}", writer.index);
            writer.among(filter);
            writer.fitting(filter);
        });
    }

    /// Selects what a reading asks for: with the properties in the region, then nearby and elsewhere, then without the
    /// properties in the region.
    pub(super) fn asked(&mut self, reading: &Reading, filter: &SearchFilter<'_>) {
        let related =
            self.parties && reading.properties.iter().any(|mention| self.is_about_related(&mention.property));
        if related && !reading.asks {
            self.list(FoundBy::Words, SOME, |writer| writer.of_parties(reading, filter));
        }
        if !reading.asks {
            return;
        }
        let properties = reading.asked();
        let telling = properties.iter().any(|property| property.is_telling());
        let inside = &reading.inside;
        if properties.is_empty() || inside.is_empty() {
            return self.having(&properties, inside, filter, CANDIDATES);
        }
        self.having(&properties, inside, filter, if telling { SOME } else { CANDIDATES });
        if telling {
            let mut provinces: Vec<String> =
                inside.iter().filter_map(|code| code.get(..2)).map(str::to_owned).collect();
            provinces.dedup();
            if provinces != *inside {
                self.having(&properties, &provinces, filter, SOME);
            }
            self.having(&properties, &[], filter, SOME);
            self.having(&[], inside, filter, SOME);
        }
    }

    /// A list of the entries with these properties in any of these regions, for each trait of the first property: each
    /// has an index.
    fn having(
        &mut self,
        properties: &[&Property],
        inside: &[String],
        filter: &SearchFilter<'_>,
        limit: usize,
    ) {
        // The most selective one leads.
        let first = properties.iter().position(|property| property.is_telling()).unwrap_or(0);
        let Some(leading) = properties.get(first) else {
            for code in inside {
                self.list(FoundBy::Words, limit, |writer| {
                    writer.entries();
                    writer.inside(code);
                    writer.rest(filter, limit);
                });
            }
            return;
        };
        let leading: Vec<&Trait> = leading.0.iter().filter(|one| self.covers(one, filter)).collect();
        for one in leading {
            self.list(FoundBy::Words, limit, |writer| {
                writer.entries();
                writer.leads(one);
                for other in
                    properties.iter().enumerate().filter(|(at, _)| *at != first).map(|(_, other)| other)
                {
                    writer.sql.push_str(" AND (");
                    for (at, one) in other.0.iter().enumerate() {
                        writer.sql.push_str(if at == 0 { "" } else { " OR " });
                        writer.holds(one);
                    }
                    writer.sql.push(')');
                }
                for (at, code) in inside.iter().enumerate() {
                    writer.sql.push_str(if at == 0 { " AND (" } else { " OR " });
                    writer.inside(code);
                }
                writer.sql.push_str(if inside.is_empty() { "" } else { ")" });
                writer.rest(filter, limit);
            });
        }
    }

    /// Programs whose related rows have names with most of the other words.
    fn of_parties(&mut self, reading: &Reading, filter: &SearchFilter<'_>) {
        self.sql.push_str("SELECT e.* FROM (SELECT e.*, ");
        self.related("e");
        let _ = write!(self.sql, " AS parties FROM {}_entry e WHERE ", self.index);
        let about = reading.properties.iter().flat_map(|mention| &mention.property.0);
        let about: Vec<_> = about.filter(|one| self.has_related(one)).cloned().collect();
        for (at, one) in about.iter().enumerate() {
            self.sql.push_str(if at == 0 { "(" } else { " OR " });
            self.holds(one);
        }
        self.sql.push(')');
        self.among(filter);
        self.fitting(filter);
        let position = match self.engine {
            Engine::Postgres => "strpos",
            Engine::Sqlite => "instr",
        };
        self.sql.push_str(") e ORDER BY 0");
        for word in reading.words.iter().filter(|word| word.property.is_none()) {
            let word = self.bind(&word.text);
            let _ = write!(self.sql, " + CASE WHEN {position}(e.parties, {word}) > 0 THEN 1 ELSE 0 END");
        }
        self.sql.push_str(" DESC, e.size DESC, e.name, e.noun, e.id, e.code");
        self.limit(SOME);
    }

    fn entries(&mut self) {
        let _ = write!(self.sql, "SELECT e.* FROM {}_entry e WHERE ", self.index);
    }

    fn rest(&mut self, filter: &SearchFilter<'_>, limit: usize) {
        self.among(filter);
        self.fitting(filter);
        self.sql.push_str(" ORDER BY e.size DESC, e.name, e.noun, e.id, e.code");
        self.limit(limit);
    }

    /// Whether a trait can hold for what is searched.
    fn covers(&self, one: &Trait, filter: &SearchFilter<'_>) -> bool {
        let noun = match one {
            Trait::Noun(noun) | Trait::Column { noun, .. } => noun,
            Trait::Linked(_) => self.search.links.noun,
        };
        filter.tables.iter().any(|table| table.name.as_str() == noun)
    }

    /// Writes the condition that entries are found by.
    fn leads(&mut self, one: &Trait) {
        match one {
            // Of many linked rows, the largest are found soonest one by one.
            Trait::Linked(codes) if self.lexicon.properties.records(codes) > FEW => {
                let _ = write!(self.sql, "e.noun = '{}' AND ", self.search.links.noun);
                self.linked(codes, "e");
            }
            Trait::Linked(codes) => {
                let (table, row, code) = self.search.links.table;
                let codes = self.bind_list(codes);
                let codes = self.any_of(&codes);
                let rows = self.rows(table(), &Condition::always());
                let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
                let _ = write!(
                    self.sql,
                    "e.id IN (SELECT x.{row} FROM {} WHERE x.{code} {codes}{visible})",
                    rows.source
                );
            }
            one => self.holds(one),
        }
    }

    /// Writes whether an entry has a trait.
    fn holds(&mut self, one: &Trait) {
        match one {
            Trait::Noun(noun) => {
                let _ = write!(self.sql, "e.noun = '{noun}'");
            }
            // A single value is found by an index in the order of sizes.
            Trait::Column { noun, column, values } => {
                let values = match values.as_slice() {
                    [value] => format!("= {}", self.bind(value)),
                    values => {
                        let values = self.bind_list(values);
                        self.any_of(&values)
                    }
                };
                let _ = write!(self.sql, "(e.{column} {values} AND e.noun = '{noun}')");
            }
            Trait::Linked(codes) => self.linked(codes, "e"),
        }
    }

    /// Writes whether an entry is linked with any of these things.
    pub(super) fn linked(&mut self, codes: &[String], entry: &str) {
        let (table, row, code) = self.search.links.table;
        let codes = self.bind_list(codes);
        let codes = self.any_of(&codes);
        let rows = self.rows(table(), &Condition::always());
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        let _ = write!(
            self.sql,
            "EXISTS (SELECT 1 FROM {} WHERE x.{row} = {entry}.id AND x.{code} {codes}{visible} LIMIT 1)",
            rows.source
        );
    }

    /// Whether it holds for rows whose related rows have names.
    fn has_related(&self, one: &Trait) -> bool {
        let Trait::Column { noun, .. } = one else { return false };
        let mut nouns = self.search.indexes.iter().flat_map(|index| &index.nouns);
        nouns.any(|indexed| indexed.table().name.as_str() == *noun && !indexed.related.is_empty())
    }

    fn is_about_related(&self, property: &Property) -> bool {
        property.0.iter().any(|one| self.has_related(one))
    }

    /// Writes the names of an entry's related rows as one text; null for an entry without such rows.
    pub(super) fn related(&mut self, entry: &str) {
        let (search, index) = (self.search, self.index);
        let own = search.indexes.iter().find(|own| own.name == index);
        let related = own.into_iter().flat_map(|index| &index.nouns).find(|noun| !noun.related.is_empty());
        let Some(noun) = related.filter(|_| self.parties) else {
            self.sql.push_str("NULL");
            return;
        };
        let (table, entry_key) = (noun.table(), key(noun.table()));
        let _ = write!(self.sql, "CASE WHEN {entry}.noun = '{}' THEN (SELECT ''", table.name.as_str());
        for related in &noun.related {
            let other = (related.table)();
            let rows = VisibleRows::of(
                self.engine,
                &self.scope,
                (other, "r"),
                &Condition::always(),
                &mut self.values,
            );
            let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
            let names = related.names.iter().map(|name| format!("coalesce(r.{name}, '') || ' '"));
            let _ = write!(
                self.sql,
                " || coalesce((SELECT {} FROM {} WHERE r.{} = o.{}{visible}), '')",
                names.collect::<Vec<_>>().join(" || "),
                rows.source,
                other.key[0].name,
                related.column
            );
        }
        let rows =
            VisibleRows::of(self.engine, &self.scope, (table, "o"), &Condition::always(), &mut self.values);
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        let own = table.key[0].name;
        let _ = write!(self.sql, " FROM {} WHERE o.{own} = {entry}.{entry_key}{visible}) END", rows.source);
    }
}
