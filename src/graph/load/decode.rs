//! Reading a statement's answer: positional JSON arrays, straight into sea-orm's models, level by level.

use std::{fmt, sync::Arc};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, SeqAccess, Visitor},
};

use super::{
    AnyRow, Edge, Page, Reach, Table, Want,
    ask::{Args, Item},
    group::Group,
    loader::{Key, Loaded},
    plan::{Branch, Plan},
};
use crate::graph::value::Value;

type Answers = Vec<(Key, Loaded)>;

/// Reads one column of the answer into the answers of a group and of all that was planned beneath it.
pub(super) fn group(group: &Group, text: Option<&str>, answers: &mut Answers) -> serde_json::Result<()> {
    let mut from = serde_json::Deserializer::from_str(text.unwrap_or("null"));
    if group.parents.is_empty() {
        let answer = Answer { question: group.question(), plan: &group.plan, answers: &mut *answers };
        let loaded = answer.deserialize(&mut from)?;
        answers.push((group.key(Value::Null), loaded));
    } else {
        let answered = from.deserialize_seq(Parents { group, answers: &mut *answers })?;
        if answered < group.parents.len() {
            return Err(serde_json::Error::custom("a key was left unanswered"));
        }
    }
    from.end()
}

/// What was asked, which decides how the answer is read.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) edge: &'static Edge,
    pub(super) args: &'a Arc<Args>,
    pub(super) want: Want,
}

impl Question<'_> {
    fn key(&self, parent: Value) -> Key {
        Key::new(self.edge, parent, Arc::clone(self.args), self.want)
    }
}

/// `[[index, answer], …]`: the answers for a list of keys.
struct Parents<'a> {
    group: &'a Group,
    answers: &'a mut Answers,
}

impl<'de> Visitor<'de> for Parents<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of answers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut answered = 0;
        while seq.next_element_seed(Parent { group: self.group, answers: &mut *self.answers })?.is_some() {
            answered += 1;
        }
        Ok(answered)
    }
}

struct Parent<'a> {
    group: &'a Group,
    answers: &'a mut Answers,
}

impl<'de> DeserializeSeed<'de> for Parent<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Parent<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[index, answer]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { group, answers } = self;
        let index: usize = seq.next_element()?.ok_or_else(|| A::Error::custom("no index"))?;
        let parent = group.parents.get(index).ok_or_else(|| A::Error::custom("an index out of range"))?;
        let answer = Answer { question: group.question(), plan: &group.plan, answers: &mut *answers };
        let loaded = seq.next_element_seed(answer)?.ok_or_else(|| A::Error::custom("no answer"))?;
        answers.push((group.key(parent.clone()), loaded));
        Ok(())
    }
}

/// The answer to one question; what was planned beneath it goes to `answers`.
struct Answer<'a> {
    question: Question<'a>,
    plan: &'a Plan,
    answers: &'a mut Answers,
}

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = Loaded;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Loaded, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = Loaded;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer of {}", self.question.edge.name)
    }

    /// A count.
    fn visit_u64<E: serde::de::Error>(self, count: u64) -> Result<Loaded, E> {
        u32::try_from(count).map(Loaded::Count).map_err(E::custom)
    }

    /// No row, or no rows: PostgreSQL aggregates nothing to null.
    fn visit_unit<E: serde::de::Error>(self) -> Result<Loaded, E> {
        Ok(match self.question.edge.reach {
            Reach::Key => Loaded::Row(None),
            _ => Loaded::Page(Arc::default()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loaded, A::Error> {
        let Self { question, plan, answers } = self;
        if matches!(question.edge.reach, Reach::Key) {
            // One slot for each table that the row may be of.
            let mut found = None;
            for (index, table) in question.edge.tables.iter().enumerate() {
                let row =
                    OptionalRow(RowSeed { table: table(), index, link: &[], plan, answers: &mut *answers });
                let row =
                    seq.next_element_seed(row)?.ok_or_else(|| A::Error::custom("a table is missing"))?;
                found = found.or(row.map(|item| (item.table, item.row)));
            }
            return Ok(Loaded::Row(found));
        }
        let link = match &question.edge.reach {
            Reach::Link { columns, .. } => columns.as_slice(),
            _ => &[],
        };
        let table = (question.edge.tables[0])();
        let mut items = Vec::with_capacity(seq.size_hint().unwrap_or(16));
        while let Some(item) =
            seq.next_element_seed(RowSeed { table, index: 0, link, plan, answers: &mut *answers })?
        {
            items.push(item);
        }
        Ok(Loaded::Page(Arc::new(page(items, question.args))))
    }
}

/// Takes the extra row off, and turns a page read from the end round.
fn page(mut items: Vec<Item>, args: &Args) -> Page {
    let Some(frame) = &args.frame else {
        return Page { items, more: false };
    };
    let limit = frame.limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    if frame.backward {
        items.reverse();
    }
    Page { items, more }
}

struct OptionalRow<'a>(RowSeed<'a>);

impl<'de> DeserializeSeed<'de> for OptionalRow<'_> {
    type Value = Option<Item>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<Item>, D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OptionalRow<'_> {
    type Value = Option<Item>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row or null")
    }

    fn visit_none<E>(self) -> Result<Option<Item>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<Item>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Option<Item>, D::Error> {
        self.0.deserialize(from).map(Some)
    }
}

/// `[[columns], [link columns]?, branch, branch, …]`: a row, and what was planned beneath it.
struct RowSeed<'a> {
    table: &'static Table,
    index: usize,
    link: &'a [super::Column],
    plan: &'a Plan,
    answers: &'a mut Answers,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Item;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Item, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {}", self.table.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Item, A::Error> {
        let missing =
            |what: &str| A::Error::custom(format_args!("{what} missing in a row of {}", self.table.name));
        let row = seq.next_element_seed(Columns(self.table))?.ok_or_else(|| missing("columns"))?;
        let link = if self.link.is_empty() {
            Vec::new()
        } else {
            let values: Vec<serde_json::Value> = seq.next_element()?.ok_or_else(|| missing("the link"))?;
            self.link.iter().zip(values).map(|(column, value)| link_value(*column, &value)).collect()
        };
        for branch in self.plan.of(self.index) {
            let Branch { ask, want, from, plan } = branch;
            let question = Question { edge: ask.edge, args: &ask.args, want: *want };
            let answer = Answer { question, plan, answers: &mut *self.answers };
            let loaded = seq.next_element_seed(answer)?.ok_or_else(|| missing(ask.edge.name))?;
            let parent = row.value(from.index);
            if !parent.is_null() {
                self.answers.push((question.key(parent), loaded));
            }
        }
        Ok(Item { table: self.index, row, link })
    }
}

struct Columns(&'static Table);

impl<'de> DeserializeSeed<'de> for Columns {
    type Value = AnyRow;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<AnyRow, D::Error> {
        (self.0.decode)(&mut <dyn erased_serde::Deserializer<'de>>::erase(from)).map_err(D::Error::custom)
    }
}

/// A column of a link: a word of a vocabulary, or a flag, which SQLite writes as a number.
fn link_value(column: super::Column, value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) if column.kind == super::Kind::Boolean => {
            Value::Bool(number.as_i64() != Some(0))
        }
        serde_json::Value::Number(number) => number.as_i64().map_or(Value::Null, Value::Int),
        serde_json::Value::String(text) => Value::Text(text.as_str().into()),
        _ => Value::Null,
    }
}
