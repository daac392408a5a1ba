//! Writes the SQL that finds what a question asks for: entries with properties, largest first, in a region or anywhere.

use std::fmt::Write;

use super::{FoundBy, PROVINCE, SearchWriter, key};
use crate::{
    graph::{
        filter::Condition,
        load::{Table, VisibleRows},
        search::{
            CANDIDATES, Indexed, RelatedNames, SearchFilter,
            property::{Property, Trait},
            search_text::{Reading, SearchText},
        },
    },
    store::Engine,
};

/// The most entries of each list, where a question has several.
const SOME: usize = 150;

/// The most entries of the lists around the place of a question, and of lists of linked rows without a place: to find
/// the largest of these, many rows are looked at.
const AROUND: usize = 60;
const LINKED: usize = 150;

/// The least entries of each list where a question is about several provinces.
const FEWEST_OF_A_PROVINCE: usize = 12;

/// The most things that are looked up one by one in the links of an entry.
const MANY_THINGS: usize = 4;

/// The links of a thing for each linked row, roughly: a row is linked for several years.
const LINKS_FOR_EACH: u64 = 3;

impl<'a> SearchWriter<'a> {
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
    /// properties in the region. Without `elsewhere`, another reading asks for these properties everywhere.
    pub(super) fn asked(&mut self, reading: &Reading, filter: &SearchFilter<'_>, elsewhere: bool) {
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
        let around_province = inside.iter().any(|code| code.len() == PROVINCE);
        let most = if around_province { AROUND } else { SOME };
        self.having(&properties, inside, filter, if telling { most } else { CANDIDATES });
        if telling {
            // As for the score, only the provinces of the largest regions are near.
            let largest = inside.iter().map(String::len).min().unwrap_or_default();
            let largest = inside.iter().filter(|code| code.len() == largest);
            let mut provinces: Vec<String> =
                largest.filter_map(|code| code.get(..PROVINCE)).map(str::to_owned).collect();
            provinces.dedup();
            if !around_province {
                self.having(&properties, &provinces, filter, AROUND);
            }
            if elsewhere {
                self.having(&properties, &[], filter, AROUND);
            }
            self.having(&[], inside, filter, AROUND);
        }
    }

    /// Lists of the entries with these properties in each of these regions.
    fn having(
        &mut self,
        properties: &[&Property],
        inside: &[String],
        filter: &SearchFilter<'_>,
        limit: usize,
    ) {
        // Indexes have the entries of one region, those of one province in the order of sizes.
        let related = properties.iter().any(|property| self.is_about_related(property));
        if inside.len() > 1 && !related {
            let provinces = inside.iter().all(|code| code.len() == PROVINCE);
            let limit = if provinces { (limit / inside.len()).max(FEWEST_OF_A_PROVINCE) } else { limit };
            return inside.chunks(1).for_each(|code| self.having(properties, code, filter, limit));
        }
        // SQLite would rather look at all of a noun in the order of sizes than at all of a small region.
        let small = inside.first().is_some_and(|code| code.len() > PROVINCE) && !related;
        self.aside = if small && self.engine == Engine::Sqlite { "+" } else { "" };
        self.in_place(properties, inside, filter, limit);
        self.aside = "";
    }

    /// A list of the entries with these properties, for each trait of the leading one.
    fn in_place(
        &mut self,
        properties: &[&Property],
        inside: &[String],
        filter: &SearchFilter<'_>,
        limit: usize,
    ) {
        let first = self.leading(properties);
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
        let leading = leading.0.iter().filter(|one| self.covers(one, filter));
        let leading: Vec<Trait> = leading.flat_map(Trait::by_value).collect();
        for one in &leading {
            let limit = if matches!(one, Trait::Linked(_)) { limit.min(LINKED) } else { limit };
            self.list(FoundBy::Words, limit, |writer| {
                writer.entries();
                writer.leads(one, properties, inside, limit);
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
                let related = writer.has_related(one);
                for (at, code) in inside.iter().enumerate() {
                    writer.sql.push_str(if at == 0 { " AND (" } else { " OR " });
                    if related {
                        writer.hosted(code);
                    } else {
                        writer.inside(code);
                    }
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

    /// The property that entries are found by: of those that say more than the noun, one of a column, which an index
    /// serves in the order of sizes, or the one with the fewest links.
    fn leading(&self, properties: &[&Property]) -> usize {
        let telling = properties.iter().enumerate().filter(|(_, property)| property.is_telling());
        let links =
            |property: &Property| property.links().map_or(0, |codes| self.lexicon.properties.records(codes));
        telling.min_by_key(|(_, property)| links(property)).map_or(0, |(at, _)| at)
    }

    /// How many entries are looked at from the largest on, by estimate, until there are enough with all properties by
    /// links.
    fn looked_at(&self, properties: &[&Property], limit: usize) -> u64 {
        let names = u64::from(self.lexicon.frequencies(self.index).names());
        let rows =
            properties.iter().filter_map(|property| property.links()).fold(limit as u64, |rows, codes| {
                let linked = self.lexicon.properties.records(codes) / LINKS_FOR_EACH;
                rows.saturating_mul(names) / linked.clamp(1, names.max(1))
            });
        rows.min(names)
    }

    /// Writes the condition that entries are found by.
    fn leads(&mut self, one: &Trait, properties: &[&Property], inside: &[String], limit: usize) {
        match one {
            // In a region, its entries are looked at; anywhere, the largest of many linked rows.
            Trait::Linked(codes)
                if !inside.is_empty()
                    || self.lexicon.properties.records(codes) > self.looked_at(properties, limit) =>
            {
                let _ = write!(self.sql, "{}e.noun = '{}' AND ", self.aside, self.search.links.noun);
                self.linked(codes, "e");
            }
            Trait::Linked(codes) => {
                let (table, row, code) = self.search.links.table;
                let codes = self.bind_list(codes);
                let codes = self.any_of(&codes);
                let rows = self.rows(table(), &(self.search.links.considered)());
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
                let _ = write!(self.sql, "{}e.noun = '{noun}'", self.aside);
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
        // PostgreSQL would make EXISTS a join that reads all links of the things, and takes an equation for rarely true.
        // SQLite would look up each thing of an entry by itself: for many, reading all of the entry takes less time.
        let aside = if self.engine == Engine::Sqlite && codes.len() > MANY_THINGS { "+" } else { "" };
        let codes = self.bind_list(codes);
        let codes = self.any_of(&codes);
        let rows = self.rows(table(), &(self.search.links.considered)());
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        let _ = write!(
            self.sql,
            "(SELECT 1 FROM {} WHERE x.{row} = {entry}.id AND {aside}x.{code} {codes}{visible} LIMIT 1) IS NOT NULL",
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

    /// Restricts entries to those whose related row lies in a region, as the host of a program does.
    fn hosted(&mut self, region: &str) {
        let region = self.bind(region);
        self.sql.push_str("EXISTS (SELECT 1 FROM (SELECT ");
        self.place("e");
        let _ = write!(self.sql, " AS code) p WHERE p.code >= {region} AND p.code < {region} || '/')");
    }

    /// Writes the code of the region of an entry, or of its related row.
    pub(super) fn place(&mut self, entry: &str) {
        let Some(noun) = self.noun_with_related() else {
            let _ = write!(self.sql, "{entry}.region_code");
            return;
        };
        let _ = write!(self.sql, "coalesce({entry}.region_code, ");
        self.of_related(entry, noun, |writer| {
            writer.sql.push_str("coalesce(NULL");
            for related in &noun.related {
                if let Some(region) = related.region {
                    writer.sql.push_str(", ");
                    writer.related_row(related, &format!("r.{region}"));
                }
            }
            writer.sql.push_str(", NULL)");
        });
        self.sql.push(')');
    }

    /// Writes the names of an entry's related rows as one text; null for an entry without such rows.
    pub(super) fn related(&mut self, entry: &str) {
        let Some(noun) = self.noun_with_related() else {
            self.sql.push_str("NULL");
            return;
        };
        self.of_related(entry, noun, |writer| {
            writer.sql.push_str("''");
            for related in &noun.related {
                let names = related.names.iter().map(|name| format!("coalesce(r.{name}, '') || ' '"));
                writer.sql.push_str(" || coalesce(");
                writer.related_row(related, &names.collect::<Vec<_>>().join(" || "));
                writer.sql.push_str(", '')");
            }
        });
    }

    /// The noun of this index whose rows have related rows, if it is searched.
    fn noun_with_related(&self) -> Option<&'a Indexed> {
        let own = self.search.indexes.iter().find(|own| own.name == self.index);
        let related = own.into_iter().flat_map(|index| &index.nouns).find(|noun| !noun.related.is_empty());
        related.filter(|_| self.parties)
    }

    /// Writes what is selected from the row `o` of an entry with related rows; null for other entries.
    fn of_related(&mut self, entry: &str, noun: &Indexed, select: impl FnOnce(&mut Self)) {
        let (table, entry_key) = (noun.table(), key(noun.table()));
        let _ = write!(self.sql, "CASE WHEN {entry}.noun = '{}' THEN (SELECT ", table.name.as_str());
        select(self);
        let (source, visible) = self.seen(table, "o");
        let own = table.key[0].name;
        let _ = write!(self.sql, " FROM {source} WHERE o.{own} = {entry}.{entry_key}{visible}) END");
    }

    /// Writes what is selected from the related row `r` of a row `o`.
    fn related_row(&mut self, related: &RelatedNames, selected: &str) {
        let other = (related.table)();
        let (source, visible) = self.seen(other, "r");
        let (own, column) = (other.key[0].name, related.column);
        let _ = write!(self.sql, "(SELECT {selected} FROM {source} WHERE r.{own} = o.{column}{visible})");
    }

    /// The source of the visible rows of a table, and the further condition on them.
    fn seen(&mut self, table: &'static Table, alias: &'static str) -> (String, String) {
        let always = Condition::always();
        let rows = VisibleRows::of(self.engine, &self.scope, (table, alias), &always, &mut self.values);
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        (rows.source, visible)
    }
}
