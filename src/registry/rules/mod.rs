//! The rules of the domain as data: a code, a sentence in English and Indonesian, and SQL that selects the offenders,
//! which are the rows that break the rule.
//!
//! `doctor --rules` and the tests of generated data run every rule over all rows ([`Rule::count`]). For a write, the rules
//! of the changed nouns ([`of`]) run for the keys of the changed rows ([`Rule::offenders_among`]).
//!
//! Facts that were not published are null. A rule that demands a fact is therefore about synthetic rows only, and its SQL
//! says so.

mod annual_report;
mod application;
mod batch;
mod business_unit;
mod commodity;
mod cooperative;
mod finding;
mod institution;
mod linkage;
mod linkage_month;
mod officer;
mod partnership;
mod placement;
mod program;
mod region;
mod session;

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    graph::load::{Kind, Table},
    store::{Engine, Keys, keys::column},
};

/// The table of a noun, as in `Placement::table`.
pub type Of = fn() -> &'static Table;

/// A rule of the domain.
///
/// Its SQL runs on both engines. `{AND column}` is a placeholder for keys: it becomes the condition that the column is one of
/// the given keys, or nothing where the statement is about all rows. `{AND column | condition}` becomes that condition where
/// it is about all rows: a hint that makes the statement faster and selects the same rows. Put an `OR` beside a placeholder in
/// parentheses. `CURRENT_DATE` is the day in Jakarta. End an `EXISTS` with `LIMIT 1`: SQLite 3.51 loses rows of one without it (decision 0024).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What a breach is called, such as `SEATS_EXCEEDED`.
    pub code: &'static str,
    /// The noun whose rows break it.
    pub noun: Of,
    /// What holds, in English.
    pub en: &'static str,
    /// What holds, in Indonesian.
    pub id: &'static str,
    /// Selects the primary keys of the offenders. Its placeholders take keys of `noun`.
    pub offenders: &'static str,
    /// From rows of other nouns, and from other rows of the same noun, to the rows that break the rule when those change.
    pub ways: &'static [Way],
}

/// A query from changed rows to the rows of a rule's noun that may break the rule after the change.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The noun of the changed rows.
    pub from: Of,
    /// Selects keys of the rule's noun. Its placeholders take keys of `from`.
    pub keys: &'static str,
}

pub use finding::{AGREEMENT_EXPIRED, FINDINGS};

/// The rules of each noun.
const NOUNS: [&[Rule]; 15] = [
    region::RULES,
    cooperative::RULES,
    officer::RULES,
    business_unit::RULES,
    commodity::RULES,
    annual_report::RULES,
    institution::RULES,
    partnership::RULES,
    program::RULES,
    batch::RULES,
    session::RULES,
    placement::RULES,
    linkage::RULES,
    linkage_month::RULES,
    application::RULES,
];

/// Every rule, noun by noun.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    NOUNS.into_iter().flatten()
}

/// The rules that a change of rows of a noun can break.
pub fn of(noun: &Table) -> impl Iterator<Item = &'static Rule> {
    all().filter(|rule| rule.is_about(noun) || rule.ways_from(noun).next().is_some())
}

const EACH_ONCE: &str = "SELECT DISTINCT key FROM offender ORDER BY key";

impl Rule {
    /// The statement that counts the offenders among all rows.
    #[must_use]
    pub fn count(&self, engine: Engine) -> String {
        let count = format!(
            "{} SELECT count(*) FROM (SELECT DISTINCT key FROM offender) AS offenders",
            self.among_all()
        );
        dated(&count, engine)
    }

    /// The keys of the offenders among all rows.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn offenders(&self, connection: &impl ConnectionTrait) -> Result<Keys, DbErr> {
        self.select(connection, &format!("{} {EACH_ONCE}", self.among_all()), None).await
    }

    /// The keys of the offenders among these rows of `noun`, if the rule is about that noun, and among the rows that they
    /// lead to by its ways.
    ///
    /// A deleted row leads nowhere, and a row with a new parent leads to the new one only. Pass the keys of the former
    /// parents, too, as rows of their nouns.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn offenders_among(
        &self,
        connection: &impl ConnectionTrait,
        noun: &Table,
        keys: &Keys,
    ) -> Result<Keys, DbErr> {
        let engine = Engine::of(connection);
        let one_of = keys.condition(engine);
        let own = self.is_about(noun).then(|| restricted(self.offenders, one_of));
        let led = self.ways_from(noun).map(|way| {
            let way = restricted(way.keys, one_of);
            // PostgreSQL expects few keys in an array, and looks for each by an index instead of reading the table.
            restricted(
                self.offenders,
                &match engine {
                    Engine::Postgres => format!("= ANY(ARRAY({way}))"),
                    Engine::Sqlite => format!("IN ({way})"),
                },
            )
        });
        let selects: Vec<String> = own.into_iter().chain(led).collect();
        if selects.is_empty() || keys.is_empty() {
            return Ok(if self.has_uuids() { Keys::Uuids(Vec::new()) } else { Keys::Codes(Vec::new()) });
        }
        let sql = format!("WITH offender(key) AS ({}) {EACH_ONCE}", selects.join(" UNION ALL "));
        self.select(connection, &sql, Some(keys)).await
    }

    /// Whether rows of this noun can be offenders.
    fn is_about(&self, noun: &Table) -> bool {
        (self.noun)().noun == noun.noun
    }

    fn ways_from(&self, noun: &Table) -> impl Iterator<Item = &'static Way> {
        self.ways.iter().filter(|way| (way.from)().noun == noun.noun)
    }

    /// The offenders among all rows as a common table expression, `offender(key)`.
    fn among_all(&self) -> String {
        format!(
            "WITH offender(key) AS ({})",
            fill_placeholders(self.offenders, |_, hint| hint.map(ToOwned::to_owned))
        )
    }

    fn has_uuids(&self) -> bool {
        (self.noun)().key.iter().all(|key| key.kind == Kind::Uuid)
    }

    async fn select(
        &self,
        connection: &impl ConnectionTrait,
        sql: &str,
        among: Option<&Keys>,
    ) -> Result<Keys, DbErr> {
        let sql = dated(sql, Engine::of(connection));
        Ok(if self.has_uuids() {
            Keys::Uuids(column(connection, &sql, among).await?)
        } else {
            Keys::Codes(column(connection, &sql, among).await?)
        })
    }
}

/// The statement with the day in the registry's time zone, that of Jakarta, for `CURRENT_DATE`, which each engine takes from its
/// own time zone.
fn dated(sql: &str, engine: Engine) -> String {
    let today = match engine {
        Engine::Sqlite => "date('now', '+7 hours')",
        Engine::Postgres => "CAST(now() AT TIME ZONE 'Asia/Jakarta' AS date)",
    };
    sql.replace("CURRENT_DATE", today)
}

/// The statement with a condition on the column of each placeholder.
fn restricted(sql: &str, condition: &str) -> String {
    fill_placeholders(sql, |column, _| Some(format!("{column} {condition}")))
}

/// The statement with what `fill` makes of each placeholder, which is a column and the hint that may stand beside it.
fn fill_placeholders(sql: &str, fill: impl Fn(&str, Option<&str>) -> Option<String>) -> String {
    let mut pieces = sql.split("{AND ");
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (placeholder, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let (column, hint) = match placeholder.split_once(" | ") {
            Some((column, hint)) => (column, Some(hint)),
            None => (placeholder, None),
        };
        if let Some(condition) = fill(column, hint) {
            written.push_str("AND ");
            written.push_str(&condition);
        }
        written.push_str(rest);
    }
    written
}
