//! Rows that belong to a record and have no version of their own, as its history tells them: lists with their members.

use std::sync::{Arc, LazyLock};

use async_graphql::Context;
use entity::{change, linked_state};
use serde_json::{Map, Value as Json};

use super::told::Written;
use crate::{
    access::Viewer,
    graph::{
        Result,
        filter::{Condition, Operator},
        id,
        load::{Many, Noun, Reach, Table},
    },
    registry::{
        business_class::BusinessClass, edges, institution::PartnerInstitution, partnership::Partnership,
        region::Region,
    },
};

/// A linked row, with the writes between which it was current.
#[derive(Clone, Debug)]
pub(super) struct LinkedState(Arc<linked_state::Model>);

impl Noun for LinkedState {
    type Entity = linked_state::Entity;

    const NAME: &'static str = "LinkedState";

    fn table() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            let table = Table::of::<LinkedState>();
            let columns = table.columns.clone();
            table.reading("changes", &columns)
        });
        &TABLE
    }

    fn from_row(row: Arc<linked_state::Model>) -> Self {
        Self(row)
    }
}

edges! {
    LINKED: Many<LinkedState> = Many::new(
        "history, linked rows",
        change::Column::Key,
        Reach::Column(linked_state::Column::RecordId.into()),
    );
}

/// What the rows of a list lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// A party of either kind.
    Party,
    /// A record with a key.
    Key(&'static str),
    /// A row with a code.
    Code(&'static str),
}

/// The lists of records, by the nouns that have them.
const LISTS: [(&str, &str, Leads); 5] = [
    ("Partnership", "parties", Leads::Party),
    ("InternshipProgram", "partnerships", Leads::Key(Partnership::NAME)),
    ("InternshipProgram", "supporters", Leads::Key(PartnerInstitution::NAME)),
    ("Cooperative", "businessClasses", Leads::Code(BusinessClass::NAME)),
    ("InternshipBatch", "provinces", Leads::Code(Region::NAME)),
];

/// A member of a list: its place, what it leads to, and in which role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    position: i32,
    role: String,
    of: Written,
}

impl Member {
    pub(super) fn into_parts(self) -> (Written, String) {
        (self.of, self.role)
    }
}

/// The lists of a record before and after a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListChange {
    pub(super) list: &'static str,
    pub(super) before: Vec<Member>,
    pub(super) after: Vec<Member>,
}

/// Whether the records of a noun have lists.
pub(super) fn has_lists(noun: &str) -> bool {
    LISTS.iter().any(|(of, ..)| *of == noun)
}

/// The lists that differ between two writes, as far as a viewer may see what they lead to; for a new record, which has no write
/// `before`, all that have members.
pub(super) async fn changes(
    ctx: &Context<'_>,
    viewer: &Viewer,
    entry: &change::Model,
    before: Option<i64>,
) -> Result<Vec<ListChange>> {
    use linked_state::Column::{SinceSequence, ToSequence};
    // Those that were current at one of the two writes, or between them.
    let ended =
        Condition::Compare(ToSequence.into(), Operator::Greater, before.unwrap_or(entry.sequence).into());
    let rows = LINKED.matching(Condition::All(vec![
        Condition::Compare(SinceSequence.into(), Operator::LessOrEqual, entry.sequence.into()),
        Condition::Any(vec![Condition::IsNull(ToSequence.into()), ended]),
    ]));
    let rows = rows.list(ctx, entry.key).await?.0;
    let at = |list: &str, leads: Leads, sequence: i64| -> Vec<Member> {
        let current = rows.iter().map(|LinkedState(row)| row).filter(|row| {
            row.list == list
                && row.since_sequence <= sequence
                && row.to_sequence.is_none_or(|until| sequence < until)
        });
        let member = |row: &Arc<linked_state::Model>| Member {
            position: row.position,
            role: row.role.clone(),
            of: written(leads, row),
        };
        let mut members: Vec<Member> = current.map(member).collect();
        members.sort();
        members
    };
    // Agreements can be drafts.
    let told = |leads: Leads| leads != Leads::Key(Partnership::NAME) || viewer.is_ministry();
    let lists = LISTS.iter().filter(|(noun, _, leads)| *noun == entry.noun && told(*leads));
    let changed = lists.filter_map(|(_, list, leads)| {
        let before = before.map_or_else(Vec::new, |sequence| at(list, *leads, sequence));
        let after = at(list, *leads, entry.sequence);
        (before != after).then_some(ListChange { list, before, after })
    });
    Ok(changed.collect())
}

fn written(leads: Leads, row: &linked_state::Model) -> Written {
    match leads {
        Leads::Party => Written::Party(row.target_id),
        Leads::Key(noun) => Written::Text(id::encode(noun, &row.target_id.into()).0),
        Leads::Code(noun) => Written::Text(id::encode(noun, &row.target_code.as_str().into()).0),
    }
}

/// A list as JSON, of members that were named; none for an empty one.
pub(super) fn json(members: Vec<(String, String)>) -> Option<String> {
    let member = |(id, role): (String, String)| {
        let mut fields = Map::from_iter([("id".to_owned(), Json::from(id))]);
        if !role.is_empty() {
            fields.insert("role".to_owned(), role.into());
        }
        Json::Object(fields)
    };
    let members: Vec<Json> = members.into_iter().map(member).collect();
    (!members.is_empty()).then(|| Json::from(members).to_string())
}
