//! Typed questions. Asked for a parent, a question returns a row, a list, a page or a count.

use std::{marker::PhantomData, sync::Arc};

use async_graphql::Context;
use futures_util::try_join;

use super::{
    Graph, RowList, Target,
    answer::Loaded,
    planning::{self, Needs},
    question::{Edge, Key, Question, Reach, Shape, SharedArguments, Want},
    row::AnyRow,
};
use crate::graph::{
    Error, Result,
    inline::{Inline, Items, inline},
    page::{Connection, Link, Paged},
    value::Value,
};

/// A question whose rows are of the type `T`.
#[derive(Debug)]
pub struct Ask<T> {
    question: Question,
    target: PhantomData<fn() -> T>,
}

impl<T> Clone for Ask<T> {
    fn clone(&self) -> Self {
        Self { question: self.question.clone(), target: PhantomData }
    }
}

impl<T> From<Question> for Ask<T> {
    fn from(question: Question) -> Self {
        Self { question, target: PhantomData }
    }
}

impl<T> Ask<T> {
    pub(super) fn new(edge: &'static Edge, arguments: impl Into<SharedArguments>) -> Self {
        Question::new(edge, arguments).into()
    }

    /// The question, without the type of its rows.
    #[must_use]
    pub fn plain(self) -> Question {
        self.question
    }

    pub(crate) fn question(&self) -> &Question {
        &self.question
    }

    /// The number of rows on all pages. Counting stops at 100,001.
    pub(crate) async fn count(&self, ctx: &Context<'_>, parent: &Value) -> Result<u32> {
        count(ctx, &self.question, parent).await
    }

    /// Whether rows lie beyond the cursor on that side.
    pub(crate) async fn beyond(&self, ctx: &Context<'_>, parent: &Value, side: Want) -> Result<bool> {
        beyond(ctx, &self.question, parent, side).await
    }
}

impl<T: Target> Ask<T> {
    /// Loads the row with this key; none if there is no visible one.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn row(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Result<Option<T>> {
        self.find(ctx, key.into(), Shape::Row).await
    }

    /// Finds the row in memory, or loads it.
    async fn find(&self, ctx: &Context<'_>, key: Value, shape: Shape) -> Result<Option<T>> {
        find(ctx, &self.question, key, shape).await?.map(|(table, row)| T::from_any(table, &row)).transpose()
    }

    /// Loads the row with this key, for a field beneath a connection's `nodes` or `edges { node }`.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn listed(&self, ctx: &Context<'_>, key: Value) -> Result<Option<T>> {
        self.find(ctx, key, Shape::Connection).await
    }

    /// Loads the row with this key, which exists because of a foreign key.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails or there is no such row.
    pub async fn required(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Result<Inline<T>> {
        let row = self.row(ctx, key).await?;
        row.map(Inline).ok_or_else(|| Error::Internal(format!("{} leads nowhere", self.question.edge.name)))
    }

    /// Loads the row with this key for a nullable field; null if there is no visible one.
    pub async fn object(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Option<Result<Inline<T>>> {
        inline(self.row(ctx, key).await)
    }

    /// Loads the first row of a list at the root.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn only(&self, ctx: &Context<'_>) -> Result<Option<T>> {
        self.first(ctx, Value::Null).await
    }

    /// Loads the first row of a list beneath a parent.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn first(&self, ctx: &Context<'_>, parent: impl Into<Value>) -> Result<Option<T>> {
        let page = rows(ctx, self.question.clone(), &parent.into(), Shape::Row).await?;
        if page.len() == 0 { Ok(None) } else { page.node(0).map(Some) }
    }

    /// Loads all rows of a list that is always short.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn list(&self, ctx: &Context<'_>, parent: impl Into<Value>) -> Result<Items<T>> {
        let parent = parent.into();
        let page = rows(ctx, self.question.clone(), &parent, Shape::List);
        let (page, ()) = try_join!(page, required(ctx, &self.question))?;
        (0..page.len()).map(|index| page.node(index)).collect::<Result<_>>().map(Items)
    }

    /// Loads a page of the list, as a connection.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn page<L: Link>(
        self,
        ctx: &Context<'_>,
        parent: impl Into<Value>,
    ) -> Result<Connection<T, L>> {
        let parent = parent.into();
        let (question, page) = page(ctx, self.question, &parent).await?;
        Ok(Inline(Paged::new(Self::from(question), parent, page)))
    }
}

// What follows does not depend on the type of the rows, so that it is compiled once.

async fn load(ctx: &Context<'_>, question: Question, parent: &Value, shape: Shape) -> Result<Loaded> {
    let graph = Graph::of(ctx)?;
    let edge = question.edge;
    let key = Key::new(question, parent.clone());
    graph.load(key, || planning::plan(ctx, edge, shape, &graph.situation())).await
}

/// Loads the rows of a list, and notes whether any of them is synthetic.
async fn rows(ctx: &Context<'_>, question: Question, parent: &Value, shape: Shape) -> Result<Arc<RowList>> {
    let page = load(ctx, question, parent, shape).await?.page()?;
    Graph::of(ctx)?.note_source(page.has_synthetic());
    Ok(page)
}

async fn find(
    ctx: &Context<'_>,
    question: &Question,
    key: Value,
    shape: Shape,
) -> Result<Option<(usize, AnyRow)>> {
    if key.is_null() {
        return Ok(None);
    }
    if question.edge.closed_in(Graph::of(ctx)?.reader().scope()) {
        return Ok(None);
    }
    let by_key = matches!(question.edge.reach, Reach::Key);
    if let Some(rows) = Graph::of(ctx)?.reference_table(question.edge).filter(|_| by_key) {
        return Ok(rows.get(&key).map(|row| (0, row.clone())));
    }
    let found = load(ctx, question.clone(), &key, shape).await?.row()?;
    Graph::of(ctx)?.note_source(found.as_ref().is_some_and(|(_, row)| row.synthetic));
    Ok(found)
}

async fn count(ctx: &Context<'_>, question: &Question, parent: &Value) -> Result<u32> {
    load(ctx, question.counting().wanting(Want::Count), parent, Shape::List).await?.count()
}

async fn beyond(ctx: &Context<'_>, question: &Question, parent: &Value, side: Want) -> Result<bool> {
    Ok(load(ctx, question.probing().wanting(side), parent, Shape::List).await?.count()? > 0)
}

/// Requests everything that the selection on a connection needs in one turn, so that one statement loads it.
async fn page(ctx: &Context<'_>, question: Question, parent: &Value) -> Result<(Question, Arc<RowList>)> {
    let needs = Needs::of(ctx);
    let question = match Graph::of(ctx)?.export_page() {
        // At the root.
        Some(rows) if parent.is_null() => question.exporting(rows),
        _ => question,
    };
    let question = needs.of_question(question);
    let page = async {
        if needs.rows {
            rows(ctx, question.clone(), parent, Shape::Connection).await
        } else {
            Ok(Arc::default())
        }
    };
    let count = async { if needs.count { count(ctx, &question, parent).await.map(drop) } else { Ok(()) } };
    let beyond = async |side| {
        if needs.side(side) && question.bounded(side) {
            beyond(ctx, &question, parent, side).await.map(drop)
        } else {
            Ok(())
        }
    };
    let required = required(ctx, &question);
    let (page, ..) = try_join!(page, count, beyond(Want::Before), beyond(Want::After), required)?;
    Ok((question, page))
}

/// Requires that the rows exist that the conditions of a question refer to by their keys.
async fn required(ctx: &Context<'_>, question: &Question) -> Result<()> {
    match question.arguments.required() {
        [] => Ok(()),
        rows => Graph::of(ctx)?.require(rows).await,
    }
}
