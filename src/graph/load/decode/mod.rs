//! Decodes a statement's result: positional JSON arrays, read level by level directly into sea-orm models.

mod columns;

use std::{fmt, sync::Arc};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, SeqAccess, Visitor},
};

use self::columns::{Columns, extra_kinds};
use super::{
    RowItem, RowList, Table,
    answer::Loaded,
    column::Kind,
    json_cell::Cell,
    question::{Arguments, Branch, Group, Key, Plan, Question, Reach, Want},
    selection::DocumentSelection,
};
use crate::{
    access::Scope,
    graph::{page::COUNT_LIMIT, value::Value},
};

type Answers = Vec<(Key, Loaded)>;

/// Decodes one column of the result into the answers of a group and of its plan.
pub(super) fn group(
    group: &Group,
    (scope, selection): (&Scope, &DocumentSelection),
    text: Option<&str>,
    answers: &mut Answers,
) -> serde_json::Result<()> {
    let mut from = serde_json::Deserializer::from_str(text.unwrap_or("null"));
    if group.parents.is_empty() {
        let answer = Answer {
            question: group.question(),
            plan: &group.plan.plan,
            scope,
            selection,
            answers: &mut *answers,
        };
        let loaded = answer.deserialize(&mut from)?;
        answers.push((group.key(Value::Null), loaded));
    } else {
        let answered = from.deserialize_seq(Parents { group, scope, selection, answers: &mut *answers })?;
        if answered < group.parents.len() {
            return Err(serde_json::Error::custom("a key was left unanswered"));
        }
    }
    from.end()
}

/// `[[index, answer], …]`: the answers for a list of keys.
struct Parents<'a> {
    group: &'a Group,
    scope: &'a Scope,
    selection: &'a DocumentSelection,
    answers: &'a mut Answers,
}

impl<'de> Visitor<'de> for Parents<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of answers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut answered = 0;
        let Self { group, scope, selection, answers } = self;
        while seq.next_element_seed(Parent { group, scope, selection, answers: &mut *answers })?.is_some() {
            answered += 1;
        }
        Ok(answered)
    }
}

struct Parent<'a> {
    group: &'a Group,
    scope: &'a Scope,
    selection: &'a DocumentSelection,
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
        let Self { group, scope, selection, answers } = self;
        let index: usize = seq.next_element()?.ok_or_else(|| A::Error::custom("no index"))?;
        let parent = group.parents.get(index).ok_or_else(|| A::Error::custom("an index out of range"))?;
        let answer = Answer {
            question: group.question(),
            plan: &group.plan.plan,
            scope,
            selection,
            answers: &mut *answers,
        };
        let loaded = seq.next_element_seed(answer)?.ok_or_else(|| A::Error::custom("no answer"))?;
        answers.push((group.key(parent.clone()), loaded));
        Ok(())
    }
}

/// The answer to one question. Answers of the plan beneath it are added to `answers`.
struct Answer<'a> {
    question: &'a Question,
    plan: &'a Plan,
    scope: &'a Scope,
    selection: &'a DocumentSelection,
    answers: &'a mut Answers,
}

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = Loaded;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Loaded, D::Error> {
        let Question { edge, .. } = self.question;
        match (&edge.reach, edge.tables) {
            (reach, [table]) if reach.is_one() => {
                let row = OptionalRow(self.row(table(), 0, false)).deserialize(from)?;
                Ok(Loaded::Row(row.map(|item| (item.table, item.row))))
            }
            _ => from.deserialize_any(self),
        }
    }
}

impl<'a> Answer<'a> {
    /// The row of an edge by key.
    fn row(self, table: &'static Table, index: usize, tagged: bool) -> RowSeed<'a> {
        let Self { plan, scope, selection, answers, .. } = self;
        let columns = Columns::Table(table, selection.columns(scope, table, &[], plan, index));
        RowSeed { columns, index, tagged, extra: &[], plan, scope, selection, answers }
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

    /// No row, or an empty list: PostgreSQL aggregates zero rows to null.
    fn visit_unit<E: serde::de::Error>(self) -> Result<Loaded, E> {
        Ok(match self.question.edge.reach {
            Reach::Key | Reach::Prefix(_) => Loaded::Row(None),
            _ => Loaded::Page(Arc::default()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loaded, A::Error> {
        if self.question.edge.reach.is_one() {
            let index: usize = seq.next_element()?.ok_or_else(|| A::Error::custom("no index of a table"))?;
            let table = self.question.edge.tables.get(index);
            let table = table.ok_or_else(|| A::Error::custom("an index of no table"))?;
            let RowItem { table, row, .. } = self.row(table(), index, true).visit_seq(seq)?;
            return Ok(Loaded::Row(Some((table, row))));
        }
        let Self { question, plan, scope, selection, answers } = self;
        let link = question.edge.link();
        let extra = extra_kinds(question);
        let columns = if let Some(grouped) = &question.arguments.grouped {
            Columns::Group(grouped)
        } else {
            let table = (question.edge.tables[0])();
            Columns::Table(table, selection.columns(scope, table, &question.arguments.order, plan, 0))
        };
        let mut items = Vec::with_capacity(seq.size_hint().unwrap_or(16));
        while let Some(item) = seq.next_element_seed(RowSeed {
            columns,
            index: 0,
            tagged: false,
            extra: &extra,
            plan,
            scope,
            selection,
            answers: &mut *answers,
        })? {
            items.push(item);
        }
        Ok(Loaded::Page(Arc::new(page(items, &question.arguments, link.len()))))
    }
}

/// `[number, answer]`: the rows and their number, which is limited in the same way as the length of lists.
struct RowsAndCount<'a>(Answer<'a>);

impl<'de> DeserializeSeed<'de> for RowsAndCount<'_> {
    type Value = (u32, Loaded);

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowsAndCount<'_> {
    type Value = (u32, Loaded);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number, and {} rows", self.0.question.edge.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let missing = || A::Error::custom("no number, or no rows");
        let number: Option<u64> = seq.next_element()?.ok_or_else(missing)?;
        let number = number.unwrap_or_default().min(u64::from(COUNT_LIMIT) + 1);
        let rows = seq.next_element_seed(self.0)?.ok_or_else(missing)?;
        Ok((u32::try_from(number).map_err(A::Error::custom)?, rows))
    }
}

/// Removes the extra row, and reverses a page that was read from the end.
fn page(mut items: Vec<RowItem>, arguments: &Arguments, link: usize) -> RowList {
    let Some(frame) = &arguments.frame else {
        return RowList { items, link, more: false };
    };
    let limit = frame.limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    if frame.backward {
        items.reverse();
    }
    RowList { items, link, more }
}

struct OptionalRow<'a>(RowSeed<'a>);

impl<'de> DeserializeSeed<'de> for OptionalRow<'_> {
    type Value = Option<RowItem>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<RowItem>, D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OptionalRow<'_> {
    type Value = Option<RowItem>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row or null")
    }

    fn visit_none<E>(self) -> Result<Option<RowItem>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<RowItem>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Option<RowItem>, D::Error> {
        self.0.deserialize(from).map(Some)
    }
}

/// `[[columns], [extras]?, branch, branch, …]`: a row, the values read along with it, and the answers of its plan; or
/// only `[columns]` if there is nothing else.
struct RowSeed<'a> {
    columns: Columns<'a>,
    index: usize,
    /// Whether the table's index precedes it.
    tagged: bool,
    extra: &'a [Kind],
    plan: &'a Plan,
    scope: &'a Scope,
    selection: &'a DocumentSelection,
    answers: &'a mut Answers,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = RowItem;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<RowItem, D::Error> {
        if !self.tagged && self.extra.is_empty() && self.plan.of(self.index).is_empty() {
            let row = self.columns.deserialize(from)?;
            return Ok(RowItem { table: self.index, row, extra: Vec::new() });
        }
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = RowItem;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {}", self.columns.name())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RowItem, A::Error> {
        let missing =
            |what: &str| A::Error::custom(format_args!("{what} missing in a row of {}", self.columns.name()));
        let row = seq.next_element_seed(self.columns)?.ok_or_else(|| missing("columns"))?;
        let extra = if self.extra.is_empty() {
            Vec::new()
        } else {
            let cells: Vec<Cell<'_>> = seq.next_element()?.ok_or_else(|| missing("extras"))?;
            self.extra.iter().zip(cells).map(|(kind, cell)| cell.value(*kind)).collect()
        };
        for branch in self.plan.of(self.index) {
            let Branch { question, count, from, plan } = branch;
            let (scope, selection) = (self.scope, self.selection);
            let answer = Answer { question, plan, scope, selection, answers: &mut *self.answers };
            let (number, loaded) = match count {
                Some(_) => seq.next_element_seed(RowsAndCount(answer))?,
                None => seq.next_element_seed(answer)?.map(|loaded| (0, loaded)),
            }
            .ok_or_else(|| missing(question.edge.name))?;
            let parent = row.value(from.index);
            if parent.is_null() {
                continue;
            }
            if let Some(count) = count {
                let key = Key::new(count.clone().wanting(Want::Count), parent.clone());
                self.answers.push((key, Loaded::Count(number)));
            }
            let want = if question.want == Want::RowsAndCount { Want::Rows } else { question.want };
            self.answers.push((Key::new(question.clone().wanting(want), parent), loaded));
        }
        Ok(RowItem { table: self.index, row, extra })
    }
}
