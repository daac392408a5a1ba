//! Writes the SQL that reads the entries which the lists of an index have, each once.

use std::fmt::Write;

use super::{COMPOUND, SearchWriter};
use crate::store::Engine;

/// The columns of each entry, in the order of [`crate::graph::search::rank::Candidate`]; links and names of related rows
/// follow.
const COLUMNS: [&str; 10] =
    ["noun", "id", "code", "name", "other_name", "region_code", "size", "kind", "community_base", "program"];

impl SearchWriter<'_> {
    /// Returns the columns of this index, and adds the table of its lists: the entries, and how many lists were cut off.
    pub(super) fn entries(&mut self) -> [String; 2] {
        let lists = std::mem::take(&mut self.lists);
        if lists.is_empty() {
            return ["CAST(NULL AS TEXT)", "CAST(0 AS BIGINT)"].map(str::to_owned);
        }
        let found = format!("{}_found", self.index);
        let compounds = lists.chunks(COMPOUND).map(|lists| lists.join(" UNION ALL "));
        let compounds: Vec<String> = compounds.collect();
        self.table(&found, |writer| match compounds.as_slice() {
            [compound] => writer.sql.push_str(compound),
            compounds => {
                let compounds = compounds.iter().enumerate();
                let compounds = compounds.map(|(at, compound)| format!("SELECT * FROM ({compound}) c{at}"));
                writer.sql.push_str(&compounds.collect::<Vec<_>>().join(" UNION ALL "));
            }
        });
        let (list, array) = match self.engine {
            Engine::Postgres => ("json_agg", "json_build_array"),
            Engine::Sqlite => ("json_group_array", "json_array"),
        };
        let _ = write!(self.sql, "CAST((SELECT {list}({array}(c.found, {array}(");
        for column in COLUMNS {
            match (self.engine, column) {
                (Engine::Sqlite, "id") => self.sql.push_str("hex(f.id)"),
                (_, "region_code") => self.place(),
                _ => {
                    let _ = write!(self.sql, "f.{column}");
                }
            }
            self.sql.push_str(", ");
        }
        self.sql.push('0');
        if self.nouns.iter().any(|noun| noun.table().name.as_str() == self.search.links.noun) {
            for (bit, codes) in self.links.clone().iter().enumerate() {
                let _ = write!(self.sql, " + CASE WHEN f.noun = '{}' AND ", self.search.links.noun);
                self.linked(codes, "f");
                let _ = write!(self.sql, " THEN {} ELSE 0 END", 1 << bit);
            }
        }
        self.sql.push_str(", ");
        self.related();
        // Each entry is looked up by its number: a join may read the whole index instead.
        let index = self.index;
        let looked_up = match self.engine {
            Engine::Postgres => {
                format!(
                    "CROSS JOIN LATERAL (SELECT e.* FROM {index}_entry e WHERE e.number = c.number LIMIT 1) f"
                )
            }
            Engine::Sqlite => format!("CROSS JOIN {index}_entry f ON f.number = c.number"),
        };
        let parties = if self.selects_parties() { " LEFT JOIN parties p ON p.number = c.number" } else { "" };
        let _ = write!(
            self.sql,
            "))) FROM (SELECT number, min(found) AS found FROM {found} GROUP BY number) c {looked_up}{parties}) AS TEXT)"
        );
        let entries = std::mem::take(&mut self.sql);
        let cut = format!(
            "(SELECT count(*) FROM (SELECT 1 AS cut FROM {found} GROUP BY list, most HAVING count(*) >= most) c)"
        );
        [entries, cut]
    }
}
