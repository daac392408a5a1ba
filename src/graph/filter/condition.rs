//! Conditions on rows as data: hashable, so that the loader can group by them, and written as SQL in one place.

use std::{collections::HashMap, slice, sync::Arc};

use super::{Expression, RequiredRow};
use crate::graph::{
    load::{Column, Edge, Kind, Table},
    value::Value,
};

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operator {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// Whether the comparison holds for two values.
    pub(crate) fn compares(self, one: &Value, other: &Value) -> bool {
        match self {
            Self::Equal => one == other,
            Self::Less => one < other,
            Self::LessOrEqual => one <= other,
            Self::Greater => one > other,
            Self::GreaterOrEqual => one >= other,
        }
    }

    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// The length of a province code.
const WIDEST_CODE: usize = 2;

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Condition {
    /// All parts hold; always true when empty.
    All(Vec<Self>),
    /// At least one part holds; always false when empty.
    Any(Vec<Self>),
    /// The exact complement: a condition that is null counts as false before it is negated.
    Not(Box<Self>),
    Compare(Expression, Operator, Value),
    In(Expression, Vec<Value>),
    IsNull(Expression),
    /// The code is that of a region or of a region inside it. A region that the caller named must exist.
    Within(Expression, Arc<str>, Option<RequiredRow>),
    /// The code is that of one of these regions or of a region inside one. The text of a statement does not depend on
    /// their number.
    WithinAny(Expression, Vec<Value>),
    /// The column contains the text.
    Contains(Column, Arc<str>),
    /// The edge leads to a row that matches.
    Exists(&'static Edge, Box<Self>),
    /// A condition on a computed value: on [`Condition::VALUE`], for which the expression is computed once.
    Computed(Expression, Box<Self>),
    /// The row has the greatest `column` among all visible rows of `table` with the same `within`, such as a cooperative's
    /// latest year.
    Latest {
        column: Column,
        table: &'static Table,
        within: Column,
    },
}

impl Condition {
    /// Always true.
    #[must_use]
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Always false.
    #[must_use]
    pub fn never() -> Self {
        Self::Any(Vec::new())
    }

    #[must_use]
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    /// Whether it is true for each row, although it may demand that there is one.
    pub(super) fn is_true(&self) -> bool {
        self.is_always() || matches!(self, Self::Not(part) if part.is_never() && !part.requires_rows())
    }

    /// Whether it demands nothing: true, or `true or …`, which is kept for the rows that it refers to.
    pub(super) fn demands_nothing(&self) -> bool {
        self.is_always() || matches!(self, Self::Any(parts) if parts.first().is_some_and(Self::is_always))
    }

    /// True, with the rows that `kept` refers to.
    pub(super) fn always_with(kept: Self) -> Self {
        if kept.requires_rows() { Self::Any(vec![Self::always(), kept]) } else { Self::always() }
    }

    #[must_use]
    pub fn equal(expression: impl Into<Expression>, value: impl Into<Value>) -> Self {
        Self::Compare(expression.into(), Operator::Equal, value.into())
    }

    /// Between two values, both included.
    #[must_use]
    pub fn between(expression: impl Into<Expression>, low: impl Into<Value>, high: impl Into<Value>) -> Self {
        let expression = expression.into();
        Self::All(vec![
            Self::Compare(expression.clone(), Operator::GreaterOrEqual, low.into()),
            Self::Compare(expression, Operator::LessOrEqual, high.into()),
        ])
    }

    /// Text with this prefix, as a range that an index can be used for.
    #[must_use]
    pub fn starts_with(expression: impl Into<Expression>, beginning: &str) -> Self {
        let expression = expression.into();
        let from = Self::Compare(expression.clone(), Operator::GreaterOrEqual, beginning.into());
        match successor(beginning) {
            Some(end) => Self::All(vec![from, Self::Compare(expression, Operator::Less, end.into())]),
            None => from,
        }
    }

    /// A region code equal to `code` or inside that region.
    #[must_use]
    pub fn within(expression: impl Into<Expression>, code: &str) -> Self {
        Self::Within(expression.into(), code.into(), None)
    }

    /// Equal to one of the values; always false when there is none.
    #[must_use]
    pub fn one_of(expression: impl Into<Expression>, values: Vec<Value>) -> Self {
        if values.is_empty() { Self::never() } else { Self::In(expression.into(), values) }
    }

    /// At least one of these conditions holds. Equalities of the same expression are merged into one list.
    #[must_use]
    pub fn any_of(parts: Vec<Self>) -> Self {
        let (mut any, mut slots): (Vec<Self>, _) = (Vec::with_capacity(parts.len()), HashMap::new());
        for part in parts.into_iter().filter(|part| !part.is_never() || part.requires_rows()) {
            let Some((expression, values)) = part.equality() else {
                any.push(part);
                continue;
            };
            let (index, values) = (*slots.entry(expression.clone()).or_insert(any.len()), values.to_vec());
            match any.get_mut(index) {
                Some(Self::In(_, known)) => known.extend(values),
                _ => any.push(Self::In(expression.clone(), values)),
            }
        }
        for part in &mut any {
            if let Self::In(expression, values) = part
                && let [value] = &values[..]
            {
                *part = Self::Compare(expression.clone(), Operator::Equal, value.clone());
            }
        }
        match <[Self; 1]>::try_from(any) {
            Ok([one]) => one,
            Err(any) => Self::Any(any),
        }
    }

    /// Whether it is false for every row.
    pub(crate) fn is_never(&self) -> bool {
        match self {
            Self::Any(parts) => parts.iter().all(Self::is_never),
            Self::All(parts) => parts.iter().any(Self::is_never),
            _ => false,
        }
    }

    /// The expression and the values that it must equal one of, if the condition is no more than that.
    fn equality(&self) -> Option<(&Expression, &[Value])> {
        match self {
            Self::All(parts) if parts.len() == 1 => parts[0].equality(),
            Self::Compare(expression, Operator::Equal, value) => Some((expression, slice::from_ref(value))),
            Self::In(expression, values) => Some((expression, values)),
            _ => None,
        }
    }

    #[must_use]
    pub fn not_in(expression: impl Into<Expression>, values: Vec<Value>) -> Self {
        Self::one_of(expression, values).negated()
    }

    /// The negation: the exact complement.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The edge leads to a row that matches.
    #[must_use]
    pub fn exists(edge: &'static Edge, fits: Self) -> Self {
        // What is demanded of the key is demanded of the foreign key, whose index knows it.
        let known = edge.keys().and_then(|(key, columns)| {
            let on_each: Option<Vec<_>> =
                columns.iter().map(|from| fits.parts_on_foreign_key(&key, *from)).collect();
            let (mut on_each, whole): (Vec<_>, Vec<_>) = on_each?.into_iter().unzip();
            let known = if on_each.len() == 1 { on_each.remove(0) } else { Self::Any(on_each) };
            Some((known, whole.contains(&true)))
        });
        match known {
            Some((known, true)) if edge.certain() => known,
            Some((known, _)) => known.and(Self::Exists(edge, Box::new(fits))),
            None => Self::Exists(edge, Box::new(fits)),
        }
    }

    /// The column that stands for the value of [`Condition::Computed`].
    pub(in crate::graph) const VALUE: Column =
        Column { name: "v", index: 0, kind: Kind::Integer, nullable: true, on_link: false };

    /// Applies `tests` on [`Condition::VALUE`] to an expression, which is written once for all tests.
    pub(super) fn computed(expression: Expression, tests: Vec<Self>) -> Self {
        match <[Self; 1]>::try_from(tests) {
            Ok([test]) => test.about(expression),
            Err(tests) if tests.is_empty() => Self::always(),
            Err(tests) => Self::Computed(expression, Box::new(Self::All(tests))),
        }
    }

    /// Whether this value passes the tests on [`Condition::VALUE`].
    pub(in crate::graph) fn fits(&self, value: &Value) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.fits(value)),
            Self::Any(parts) => parts.iter().any(|part| part.fits(value)),
            Self::Not(part) => !part.fits(value),
            Self::Compare(_, operator, than) => operator.compares(value, than),
            Self::In(_, values) => values.contains(value),
            Self::IsNull(_) => value.is_null(),
            _ => false,
        }
    }

    /// Rewrites a single test on [`Condition::VALUE`] as one on the expression.
    fn about(self, expression: Expression) -> Self {
        match self {
            Self::Not(part) => part.about(expression).negated(),
            Self::Compare(_, operator, value) => Self::Compare(expression, operator, value),
            Self::In(_, values) => Self::In(expression, values),
            Self::IsNull(_) => Self::IsNull(expression),
            Self::All(parts) if parts.is_empty() => Self::always(),
            Self::Any(parts) if parts.is_empty() => Self::never(),
            other => Self::Computed(expression, Box::new(other)),
        }
    }

    /// Both conditions hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if other.is_always() => one,
            (one, other) if one.is_always() => other,
            (Self::All(mut parts), other) => {
                parts.push(other);
                Self::All(parts)
            }
            (one, other) => Self::All(vec![one, other]),
        }
    }

    /// Whether it restricts rows to a region below a province, which has few rows.
    pub(in crate::graph) fn is_narrow(&self) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(Self::is_narrow),
            Self::Within(Expression::Column(_), code, _) => code.len() > WIDEST_CODE,
            _ => false,
        }
    }

    /// Visits the columns of the row that it uses.
    pub(in crate::graph) fn columns(&self, visit: &mut dyn FnMut(&Column)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.columns(visit)),
            Self::Not(part) => part.columns(visit),
            Self::Compare(Expression::Column(column), ..)
            | Self::In(Expression::Column(column), _)
            | Self::IsNull(Expression::Column(column))
            | Self::Within(Expression::Column(column), ..)
            | Self::WithinAny(Expression::Column(column), _)
            | Self::Contains(column, _) => visit(column),
            Self::Compare(Expression::Halves(high, low), ..)
            | Self::In(Expression::Halves(high, low), _)
            | Self::IsNull(Expression::Halves(high, low)) => {
                visit(high);
                visit(low);
            }
            _ => {}
        }
    }

    /// The part of the condition that restricts `key` alone, rewritten for the column `from`; and whether that is the
    /// whole condition.
    fn parts_on_foreign_key(&self, key: &Column, from: Column) -> Option<(Self, bool)> {
        if let Some(whole) = self.on_foreign_key(key, from) {
            return Some((whole, true));
        }
        let Self::All(parts) = self else { return None };
        let parts = parts.iter().filter_map(|part| part.parts_on_foreign_key(key, from));
        parts.map(|(part, _)| part).reduce(Self::and).map(|known| (known, false))
    }

    /// The same condition for the column `from`, when it restricts `key` alone and is false for rows without a key.
    fn on_foreign_key(&self, key: &Column, from: Column) -> Option<Self> {
        let all =
            |parts: &[Self]| parts.iter().map(|part| part.on_foreign_key(key, from)).collect::<Option<_>>();
        let on_key = |expression: &Expression| *expression == Expression::Column(*key);
        match self {
            Self::All(parts) if !parts.is_empty() => all(parts).map(Self::All),
            Self::Any(parts) => all(parts).map(Self::Any),
            Self::Compare(expression, operator, value) if on_key(expression) => {
                Some(Self::Compare(from.into(), *operator, value.clone()))
            }
            Self::In(expression, values) if on_key(expression) => Some(Self::In(from.into(), values.clone())),
            Self::Within(expression, code, required) if on_key(expression) => {
                Some(Self::Within(from.into(), Arc::clone(code), required.clone()))
            }
            _ => None,
        }
    }
}

/// The smallest text, in byte order, that sorts after all texts with this prefix.
fn successor(beginning: &str) -> Option<String> {
    let mut letters: Vec<char> = beginning.chars().collect();
    while let Some(last) = letters.pop() {
        // The order of UTF-8's bytes is that of the code points; surrogates are none.
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::successor;

    #[test]
    fn a_prefix_range_ends_before_the_successor() {
        for (beginning, end) in
            [("ab", Some("ac")), ("\u{d7ff}", Some("\u{e000}")), ("a\u{10ffff}", Some("b"))]
        {
            assert_eq!(successor(beginning).as_deref(), end);
        }
        assert_eq!(successor(""), None);
        assert_eq!(successor("\u{10ffff}"), None);
    }
}
