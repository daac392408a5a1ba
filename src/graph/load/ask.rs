//! Typed questions. Asked for a parent, a question returns a row, a list, a page or a count.

use std::{marker::PhantomData, sync::Arc};

use async_graphql::Context;
use futures_util::try_join;

use super::{
    Graph, Target,
    answer::Loaded,
    planning::{self, Needs},
    question::{Edge, Key, Question, Shape, SharedArguments, Want},
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

    async fn load(ctx: &Context<'_>, question: Question, parent: &Value, shape: Shape) -> Result<Loaded> {
        let graph = Graph::of(ctx)?;
        let edge = question.edge;
        let key = Key::new(question, parent.clone());
        graph.load(key, || planning::plan(ctx, edge, shape, &graph.situation())).await
    }

    /// The number of rows on all pages. Counting stops at 100,001.
    pub(crate) async fn count(&self, ctx: &Context<'_>, parent: &Value) -> Result<u32> {
        Self::load(ctx, self.question.counting().wanting(Want::Count), parent, Shape::List).await?.count()
    }

    /// Whether rows lie beyond the cursor on that side.
    pub(crate) async fn beyond(&self, ctx: &Context<'_>, parent: &Value, side: Want) -> Result<bool> {
        Ok(Self::load(ctx, self.question.probing().wanting(side), parent, Shape::List).await?.count()? > 0)
    }
}

impl<T: Target> Ask<T> {
    /// Loads the row with this key; none if there is no visible one.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn row(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Result<Option<T>> {
        let key = key.into();
        if key.is_null() {
            return Ok(None);
        }
        if let Some(rows) = Graph::of(ctx)?.reference_table(self.question.edge) {
            return rows.get(&key).map(|row| T::from_any(0, row)).transpose();
        }
        match Self::load(ctx, self.question.clone(), &key, Shape::Row).await?.row()? {
            Some((table, row)) => T::from_any(table, &row).map(Some),
            None => Ok(None),
        }
    }

    /// Loads the row with this key, for a field beneath a connection's `nodes` or `edges { node }`.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn listed(&self, ctx: &Context<'_>, key: Value) -> Result<Option<T>> {
        if let Some(rows) = Graph::of(ctx)?.reference_table(self.question.edge) {
            return rows.get(&key).map(|row| T::from_any(0, row)).transpose();
        }
        match Self::load(ctx, self.question.clone(), &key, Shape::Connection).await?.row()? {
            Some((table, row)) => T::from_any(table, &row).map(Some),
            None => Ok(None),
        }
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
        let page = Self::load(ctx, self.question.clone(), &Value::Null, Shape::Row).await?.page()?;
        if page.len() == 0 { Ok(None) } else { page.node(0).map(Some) }
    }

    /// Loads all rows of a list that is always short.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn list(&self, ctx: &Context<'_>, parent: impl Into<Value>) -> Result<Items<T>> {
        let page = Self::load(ctx, self.question.clone(), &parent.into(), Shape::List).await?.page()?;
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
        let needs = Needs::of(ctx);
        let ask = Self::from(needs.of_question(self.question));
        // Everything that the selection needs is requested in one turn, and so loaded by one statement.
        let rows = async {
            if !needs.rows {
                return Ok(Arc::default());
            }
            Self::load(ctx, ask.question.clone(), &parent, Shape::Connection).await?.page()
        };
        let count = async { if needs.count { ask.count(ctx, &parent).await.map(drop) } else { Ok(()) } };
        let beyond = async |side| {
            if needs.side(side) && ask.question.bounded(side) {
                ask.beyond(ctx, &parent, side).await.map(drop)
            } else {
                Ok(())
            }
        };
        let (page, ..) = try_join!(rows, count, beyond(Want::Before), beyond(Want::After))?;
        Ok(Inline(Paged::new(ask, parent, page)))
    }
}
