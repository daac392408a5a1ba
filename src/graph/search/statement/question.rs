//! Writes the SQL that finds what a question asks for: entries with properties, largest first, in a region or anywhere.

use std::fmt::Write;

use super::{FoundBy, PROVINCE, SearchWriter};
use crate::{
    graph::search::{
        CANDIDATES, SearchFilter,
        property::{Property, Trait},
        search_text::Reading,
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

/// The links of a thing for each linked row, roughly: a row is linked for several years.
const LINKS_FOR_EACH: u64 = 3;

impl SearchWriter<'_> {
    /// Selects what a reading asks for: with the properties in the region, then nearby and elsewhere, then without the
    /// properties in the region. Without `elsewhere`, another reading asks for these properties everywhere.
    pub(super) fn asked(&mut self, reading: &Reading, filter: &SearchFilter<'_>, elsewhere: bool) {
        let related =
            self.parties && reading.properties.iter().any(|mention| self.is_about_related(&mention.property));
        if related && !reading.asks {
            self.require_parties();
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
        // SQLite would rather look at all of a noun or a kind in the order of sizes than at all of a region.
        let small = !inside.is_empty() && !related;
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
                    writer.entries_of_index();
                    writer.inside(code);
                    writer.rest(filter, limit);
                });
            }
            return;
        };
        let leading = leading.0.iter().filter(|one| self.covers(one, filter));
        let leading: Vec<Trait> = leading.flat_map(Trait::by_value).collect();
        for one in &leading {
            if !inside.is_empty() && self.has_related(one) {
                self.require_parties();
            }
            let limit = if matches!(one, Trait::Linked(_)) { limit.min(LINKED) } else { limit };
            self.list(FoundBy::Words, limit, |writer| {
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
                let related = writer.has_related(one) && writer.selects_parties();
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
        let _ = write!(
            self.sql,
            "SELECT e.number FROM parties p JOIN {}_entry e ON e.number = p.number WHERE (",
            self.index
        );
        let about = reading.properties.iter().flat_map(|mention| &mention.property.0);
        let about: Vec<_> = about.filter(|one| self.has_related(one)).cloned().collect();
        for (at, one) in about.iter().enumerate() {
            self.sql.push_str(if at == 0 { "" } else { " OR " });
            self.holds(one);
        }
        self.sql.push(')');
        self.among(filter);
        self.fitting(filter);
        let position = match self.engine {
            Engine::Postgres => "strpos",
            Engine::Sqlite => "instr",
        };
        self.sql.push_str(" ORDER BY 0");
        for word in reading.words.iter().filter(|word| word.property.is_none()) {
            let word = self.bind(&word.text);
            let _ = write!(self.sql, " + CASE WHEN {position}(p.names, {word}) > 0 THEN 1 ELSE 0 END");
        }
        self.sql.push_str(" DESC, e.size DESC, e.name, e.noun, e.id, e.code");
        self.limit(SOME);
    }

    fn entries_of_index(&mut self) {
        let _ = write!(self.sql, "SELECT e.number FROM {}_entry e WHERE ", self.index);
    }

    /// Writes an equation whose entries an index has in the order of sizes. SQLite would rather read all entries and sort
    /// them if it holds for most, as it does not expect that the first of them are enough.
    fn by_index(&self, equation: &str) -> String {
        match self.engine {
            Engine::Sqlite if self.aside.is_empty() => format!("likelihood({equation}, 0.01)"),
            _ => format!("{}{equation}", self.aside),
        }
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

    /// Begins a list of the entries that have the leading trait.
    fn leads(&mut self, one: &Trait, properties: &[&Property], inside: &[String], limit: usize) {
        match one {
            // In a region below a province its entries are read; elsewhere the entries that are linked, unless they are many.
            Trait::Linked(codes)
                if inside.iter().any(|code| code.len() > PROVINCE)
                    || self.lexicon.properties.records(codes) > self.looked_at(properties, limit) =>
            {
                self.entries_of_index();
                self.holds(&Trait::Noun(self.search.links.noun));
                self.sql.push_str(" AND ");
                self.linked(codes, "e");
            }
            Trait::Linked(codes) => {
                let entries = self.all_linked(codes);
                let _ = write!(self.sql, "SELECT e.number FROM {entries} e WHERE 1 = 1");
            }
            one => {
                self.entries_of_index();
                self.holds(one);
            }
        }
    }

    /// Writes whether an entry has a trait.
    fn holds(&mut self, one: &Trait) {
        match one {
            Trait::Noun(noun) => {
                let noun = self.by_index(&format!("e.noun = '{noun}'"));
                self.sql.push_str(&noun);
            }
            // A single value is found by an index in the order of sizes.
            Trait::Column { noun, column, values } => {
                let held = match values.as_slice() {
                    [value] => {
                        let value = self.bind(value);
                        self.by_index(&format!("e.{column} = {value}"))
                    }
                    values => {
                        let values = self.bind_list(values);
                        format!("{}e.{column} {}", self.aside, self.any_of(&values))
                    }
                };
                let _ = write!(self.sql, "({held} AND {}e.noun = '{noun}')", self.aside);
            }
            Trait::Linked(codes) => self.linked(codes, "e"),
        }
    }
}
