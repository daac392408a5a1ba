//! The text of an explanation, in Markdown.

use std::fmt::Write;

use sea_orm::Value;

use super::{Explanation, Statement, layout};
use crate::store::{Engine, RecordedStatement};

/// A part of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Document,
    Plan,
    Sql,
    Values,
    Result,
    Answer,
}

impl Section {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("document", Self::Document),
        ("plan", Self::Plan),
        ("sql", Self::Sql),
        ("values", Self::Values),
        ("result", Self::Result),
        ("answer", Self::Answer),
    ];
}

impl Explanation {
    /// The whole explanation.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!("## Document\n\n{}", self.document());
        if let Some(variables) = &self.request.variables {
            let _ = write!(text, "\n### Variables\n\n{}", block("json", &layout::json(variables)));
        }
        for (index, statement) in self.statements.iter().enumerate() {
            let RecordedStatement { attempt, plan, took, .. } = &statement.recorded;
            let (number, all) = (index + 1, self.statements.len());
            let took = took.map_or_else(String::new, |took| format!(", {:.1} ms", took.as_secs_f64() * 1e3));
            let again =
                if *attempt > 1 { format!(", attempt {attempt} of the request") } else { String::new() };
            let _ = write!(text, "\n## Statement {number} of {all}\n\nOn {}{took}{again}.\n", self.engine());
            if plan.is_some() {
                let _ = write!(text, "\n### Plan\n\n{}", statement.plan());
            }
            let _ = write!(text, "\n### SQL\n\n{}", statement.sql());
            let _ = write!(text, "\n### Values\n\n{}", statement.values());
            let _ = write!(text, "\n### Result\n\n{}", statement.result());
            if let Some(analysis) = &statement.analysis {
                let analysis = analysis.as_ref().map_or_else(String::clone, |lines| lines.join("\n"));
                let _ = write!(text, "\n### Analysis\n\n{}", block("text", &analysis));
            }
        }
        let _ = write!(text, "\n## Answer\n\n{}", self.answer());
        text
    }

    /// One section: of all statements, one after the other.
    pub(super) fn section(&self, section: Section) -> String {
        let of_each = |write: fn(&Statement) -> String| {
            self.statements.iter().map(write).collect::<Vec<_>>().join("\n")
        };
        match section {
            Section::Document => self.document(),
            Section::Plan => of_each(Statement::plan),
            Section::Sql => of_each(Statement::sql),
            Section::Values => of_each(Statement::values),
            Section::Result => of_each(Statement::result),
            Section::Answer => self.answer(),
        }
    }

    fn document(&self) -> String {
        block("graphql", &self.request.document)
    }

    fn answer(&self) -> String {
        block("json", &layout::json(&self.answer))
    }

    pub(super) fn engine(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

impl Statement {
    fn plan(&self) -> String {
        block(
            "text",
            self.recorded.plan.as_deref().unwrap_or("not planned: a statement of search or of counts"),
        )
    }

    fn sql(&self) -> String {
        block("sql", &layout::sql(&self.recorded.sql))
    }

    fn values(&self) -> String {
        let values = self.recorded.values.iter().enumerate();
        let lines: Vec<String> =
            values.map(|(at, value)| format!("${} = {}", at + 1, literal(value))).collect();
        if lines.is_empty() { "None.\n".to_owned() } else { block("text", &lines.join("\n")) }
    }

    /// The columns of the statement's row.
    fn result(&self) -> String {
        let columns = match &self.recorded.result {
            Ok(columns) => columns,
            Err(error) => return block("text", error),
        };
        let column = |text: &Option<String>| text.as_deref().map_or_else(|| "null".to_owned(), layout::json);
        block("json", &columns.iter().map(column).collect::<Vec<_>>().join("\n"))
    }
}

/// A block of code, in a fence that is longer than any in the text.
fn block(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// A bound value, with texts in quotes.
fn literal(value: &Value) -> String {
    match value {
        Value::Bool(Some(value)) => value.to_string(),
        Value::Int(Some(value)) => value.to_string(),
        Value::BigInt(Some(value)) => value.to_string(),
        Value::String(Some(value)) => format!("'{value}'"),
        Value::Uuid(Some(value)) => value.to_string(),
        Value::ChronoDate(Some(value)) => value.to_string(),
        Value::Json(Some(value)) => value.to_string(),
        Value::Array(_, Some(values)) => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("array [{}]", values.join(", "))
        }
        Value::Bool(None) | Value::Int(None) | Value::BigInt(None) | Value::String(None) => "null".to_owned(),
        other => format!("{other:?}"),
    }
}
