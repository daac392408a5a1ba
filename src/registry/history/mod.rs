//! The history of records: what each write did to a record, field by field.
//!
//! An entry is a row of the change log. Its fields are compared with the state before it: the log keeps the earlier states
//! of each record in a table of their own, which the loader reads with the visible rows of the noun.

mod entry;
mod linked;
mod state;
mod told;

use std::sync::LazyLock;

use async_graphql::Context;
use entity::change;
use futures_util::{future::BoxFuture, try_join};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use self::entry::{FieldChange, HistoryActor, HistoryEntry};
use self::{
    state::{Current, Kept, State, States},
    told::Told,
};
use super::{
    annual_report::AnnualReport, application::PartnershipApplication, batch::InternshipBatch,
    business_unit::BusinessUnit, commodity::CooperativeCommodity, cooperative::Cooperative, edges,
    institution::PartnerInstitution, linkage::BusinessLinkage, linkage_month::LinkageMonth, may,
    officer::Officer, official::Official, partnership::Partnership, placement::Placement,
    program::InternshipProgram, session::TrainingSession,
};
use crate::graph::{
    Result,
    filter::{Condition, Operator},
    load::{Ask, Column, Field, FieldArguments, Many, Noun, One, Reach, Table},
    order::Term,
    page::Window,
    value::Value,
};
use crate::store::writer::disagreements;

/// The field of records with their history.
const HISTORY: &str = "history";

/// The history of a noun's records.
#[derive(Debug)]
pub struct History {
    noun: &'static str,
    /// Whether every scope shows all records of the noun.
    public: bool,
    entries: Many<HistoryEntry>,
    told: Vec<Told>,
    /// The column of versions.
    version: Column,
    states: for<'a> fn(&'a Context<'_>, Value, i32) -> BoxFuture<'a, Result<States>>,
}

/// A noun whose records have a history.
trait Recorded: Noun {
    fn history() -> &'static History;

    /// The table of earlier states.
    fn states() -> &'static Table;

    fn kept() -> &'static Many<Kept<Self>>;

    fn current() -> &'static One<Current<Self>>;
}

edges! {
    NEWEST: Many<HistoryEntry> = Many::root("registry.sequence").ordered([
        Term::descending(change::Column::Sequence),
        Term::descending(change::Column::Position),
    ]);
}

/// The number of the newest write in the log; 0 when there is none.
pub(super) async fn newest(ctx: &Context<'_>) -> Result<i64> {
    let newest = NEWEST.first(Condition::always()).only(ctx).await?;
    Ok(newest.map_or(0, |newest| newest.number()))
}

macro_rules! histories {
    ($($noun:ident),* $(,)?) => {
        $(impl Recorded for $noun {
            fn history() -> &'static History {
                static HISTORY: LazyLock<History> = LazyLock::new(|| History::of::<$noun>(
                    concat!(stringify!($noun), ".history"),
                    |ctx, key, version| Box::pin(states::<$noun>(ctx, key, version)),
                ));
                &HISTORY
            }

            fn states() -> &'static Table {
                static TABLE: LazyLock<Table> =
                    LazyLock::new(|| told::reading(Table::of_states::<$noun>(), $noun::table().name.as_str()));
                &TABLE
            }

            fn kept() -> &'static Many<Kept<Self>> {
                static KEPT: LazyLock<Many<Kept<$noun>>> =
                    LazyLock::new(|| kept(concat!(stringify!($noun), ".history, earlier states")));
                &KEPT
            }

            fn current() -> &'static One<Current<Self>> {
                static CURRENT: LazyLock<One<Current<$noun>>> =
                    LazyLock::new(|| One::root(concat!(stringify!($noun), ".history, the current state")));
                &CURRENT
            }
        })*

        /// The history of a noun, if its records have one.
        #[must_use]
        pub fn of(noun: &str) -> Option<&'static History> {
            match noun {
                $(<$noun as Noun>::NAME => Some(<$noun as Recorded>::history()),)*
                _ => None,
            }
        }

        /// The tables of records with a history, and those of their earlier states.
        pub(super) fn tables() -> Vec<[&'static Table; 2]> {
            vec![$([<$noun as Noun>::table(), <$noun as Recorded>::states()]),*]
        }

        /// How many rows of each noun do not agree with the log.
        ///
        /// # Errors
        /// The error of the database.
        pub async fn replay(
            connection: &impl ConnectionTrait,
            horizon: i64,
        ) -> std::result::Result<Vec<(&'static str, i64)>, DbErr> {
            Ok(vec![$((
                <$noun as Noun>::NAME,
                disagreements::<<$noun as Noun>::Entity>(connection, <$noun as Noun>::NAME, horizon).await?,
            )),*])
        }

        /// The declaration of the field `history` of a noun for the planner.
        fn field(noun: &str) -> Option<Field> {
            match noun {
                $(<$noun as Noun>::NAME => Some(Field::page(HISTORY, |arguments| {
                    Ok(<$noun as Recorded>::history().ask(&window(arguments)?)?.plain())
                })),)*
                _ => None,
            }
        }
    };
}

histories! {
    Cooperative, Officer, BusinessUnit, CooperativeCommodity, AnnualReport, PartnerInstitution, Official, Partnership,
    InternshipProgram, InternshipBatch, TrainingSession, Placement, BusinessLinkage, LinkageMonth,
    PartnershipApplication,
}

/// The table of a noun. If its records have a history, this reads all that is told of a record.
pub(super) fn table<N: Noun>() -> Table {
    let table = may::reading(Table::of::<N>());
    if field(N::NAME).is_none() {
        return table;
    }
    let name = table.name.as_str();
    told::reading(table, name)
}

/// The fields that lead on from a noun's rows, its history among them.
pub(super) fn fields<N: Noun>() -> Vec<Field> {
    N::fields().into_iter().chain(field(N::NAME)).collect()
}

fn window(arguments: &FieldArguments<'_>) -> Result<Window> {
    Ok(Window { first: arguments.read("first")?, after: arguments.read("after")?, ..Window::default() })
}

/// The edge from a record to its earlier states, the latest first.
fn kept<N: Recorded>(name: &'static str) -> Many<Kept<N>> {
    let [key, version] = ["id", "version"].map(|name| told::column(N::table(), name));
    Many::new(name, key, Reach::Column(key)).ordered([Term::descending(version)])
}

/// The states before and after the change that left this version, as far as the request's scope shows them.
async fn states<N: Recorded>(ctx: &Context<'_>, key: Value, version: i32) -> Result<States> {
    let number = told::column(N::table(), "version");
    let up_to = |version: i32| Condition::Compare(number.into(), Operator::LessOrEqual, version.into());
    let before = N::kept().first(up_to(version - 1));
    let kept = N::kept().first(up_to(version));
    let current = N::current().ask();
    let (before, kept, current) =
        try_join!(before.first(ctx, key.clone()), kept.first(ctx, key.clone()), current.row(ctx, key))?;
    let of_version = |state: &State| state.value(number) == version.into();
    let after = current.map(Current::state).filter(of_version);
    Ok(States {
        before: before.map(Kept::state),
        after: after.or_else(|| kept.map(Kept::state).filter(of_version)),
    })
}

impl History {
    fn of<N: Recorded>(
        name: &'static str,
        states: for<'a> fn(&'a Context<'_>, Value, i32) -> BoxFuture<'a, Result<States>>,
    ) -> Self {
        let key = told::column(N::table(), "id");
        let entries = Many::new(name, key, Reach::Column(change::Column::Key.into()));
        let entries = entries.ordered([
            Term::descending(change::Column::Sequence),
            Term::descending(change::Column::Position),
        ]);
        let version = told::column(N::table(), "version");
        let public = N::table().is_public();
        Self { noun: N::NAME, public, entries, told: told::of::<N>(), version, states }
    }

    /// The write that left an earlier state of a record; 0 for one that was loaded.
    async fn sequence_of(&'static self, ctx: &Context<'_>, key: Uuid, state: &State) -> Result<i64> {
        let version = state.value(self.version);
        let left = Condition::equal(change::Column::Noun, self.noun)
            .and(Condition::equal(change::Column::Version, version));
        let entry = self.entries.first(left).first(ctx, key).await?;
        Ok(entry.map_or(0, |entry| entry.number()))
    }

    /// The question for a page of entries.
    pub(super) fn ask(&'static self, window: &Window) -> Result<Ask<HistoryEntry>> {
        self.entries.window(Condition::equal(change::Column::Noun, self.noun), window)
    }
}
