//! The operators of `where`, one input type per kind of value.

use async_graphql::{InputType, MaybeUndefined, resolver_utils::EnumType};

use super::{Clause, Condition, Expression, Operator};
use crate::graph::{
    Error, Result,
    input::camel_case,
    load::Column,
    scalar::{Date, DateTime, Decimal, Rupiah},
    value::Value,
};

crate::input_object! {
    /// Conditions on an enum value; all must hold.
    pub struct EnumFilter<E: Term> = format!("{}Filter", <E as InputType>::type_name()) => {
        /// Equals this value.
        eq: MaybeUndefined<E>,
        /// Does not equal this value; matches null.
        ne: MaybeUndefined<E>,
        /// Equals one of these values.
        r#in: MaybeUndefined<Vec<E>>,
        /// Equals none of these values; matches null.
        not_in: MaybeUndefined<Vec<E>>,
        /// Is null (`true`) or is not null (`false`).
        is_null: MaybeUndefined<bool>,
    }
}

/// An enum whose values columns store as text.
pub trait Term: EnumType + InputType + sea_orm::ActiveEnum<Value = String> + Copy + 'static {}

impl<T: EnumType + InputType + sea_orm::ActiveEnum<Value = String> + Copy + 'static> Term for T {}

impl<E: Term, S: Into<Expression>> Clause<S> for EnumFilter<E> {
    fn on(&self, subject: S) -> Result<Condition> {
        let mut tests = Tests::on(subject);
        tests.equality(&self.eq, &self.ne, &self.r#in, &self.not_in, |term| {
            Ok(Bound::Exact(sea_orm::ActiveEnum::to_value(term).into()))
        })?;
        tests.is_null(self.is_null)?;
        Ok(tests.all())
    }
}

crate::input_object! {
    /// Conditions on a Boolean value; all must hold.
    pub struct BooleanFilter = "BooleanFilter" => {
        /// Equals this value.
        eq: MaybeUndefined<bool>,
        /// Does not equal this value; matches null.
        ne: MaybeUndefined<bool>,
        /// Is null (`true`) or is not null (`false`).
        is_null: MaybeUndefined<bool>,
    }
}

impl<S: Into<Expression>> Clause<S> for BooleanFilter {
    fn on(&self, subject: S) -> Result<Condition> {
        let (mut tests, none) = (Tests::on(subject), MaybeUndefined::Undefined);
        tests.equality(&self.eq, &self.ne, &none, &none, |flag| Ok(Bound::Exact((*flag).into())))?;
        tests.is_null(self.is_null)?;
        Ok(tests.all())
    }
}

crate::input_object! {
    /// Conditions on a number, a date or a time; all must hold.
    pub struct OrderedFilter<T: Ordered> = format!("{}Filter", <T as InputType>::type_name()) => {
        /// Equals this value.
        eq: MaybeUndefined<T>,
        /// Does not equal this value; matches null.
        ne: MaybeUndefined<T>,
        /// Equals one of these values.
        r#in: MaybeUndefined<Vec<T>>,
        /// Equals none of these values; matches null.
        not_in: MaybeUndefined<Vec<T>>,
        /// Is less than this value; for dates and times, earlier.
        lt: MaybeUndefined<T>,
        /// Is less than or equal to this value; for dates and times, not later.
        lte: MaybeUndefined<T>,
        /// Is greater than this value; for dates and times, later.
        gt: MaybeUndefined<T>,
        /// Is greater than or equal to this value; for dates and times, not earlier.
        gte: MaybeUndefined<T>,
        /// Is null (`true`) or is not null (`false`).
        is_null: MaybeUndefined<bool>,
    }
}

/// Conditions on an integer.
pub type IntFilter = OrderedFilter<i32>;
/// Conditions on an amount of money.
pub type RupiahFilter = OrderedFilter<Rupiah>;
/// Conditions on a decimal number.
pub type DecimalFilter = OrderedFilter<Decimal>;
/// Conditions on a date.
pub type DateFilter = OrderedFilter<Date>;
/// Conditions on a date and time.
pub type DateTimeFilter = OrderedFilter<DateTime>;

/// A scalar that columns store in sortable form.
pub trait Ordered: InputType + Clone + 'static {
    /// The bound to compare a column with, whose numbers have `places` decimal places.
    fn bound(&self, places: u32) -> Bound;
}

/// The position of a value among the values that a column can store.
#[derive(Clone, Debug)]
pub enum Bound {
    Exact(Value),
    /// An integer of any size, or a value between it and the next integer.
    Number {
        units: i128,
        exact: bool,
    },
}

impl Ordered for i32 {
    fn bound(&self, _: u32) -> Bound {
        Bound::Exact((*self).into())
    }
}

impl Ordered for Rupiah {
    fn bound(&self, _: u32) -> Bound {
        Bound::Number { units: self.0, exact: true }
    }
}

impl Ordered for Decimal {
    fn bound(&self, places: u32) -> Bound {
        let (units, exact) = self.in_units(places);
        Bound::Number { units, exact }
    }
}

impl Ordered for Date {
    fn bound(&self, _: u32) -> Bound {
        Bound::Exact(self.0.into())
    }
}

impl Ordered for DateTime {
    fn bound(&self, _: u32) -> Bound {
        let (micros, exact) = self.micros();
        Bound::Number { units: micros.into(), exact }
    }
}

/// A column of decimal numbers, stored as integers with this many decimal places.
#[derive(Clone, Debug)]
pub struct Scaled(pub Expression, pub u32);

impl Scaled {
    /// A column of thousandths.
    #[must_use]
    pub fn thousandths(column: impl Into<Column>) -> Self {
        Self(Expression::Column(column.into()), 3)
    }

    /// A column of basis points.
    #[must_use]
    pub fn hundredths(column: impl Into<Column>) -> Self {
        Self(Expression::Column(column.into()), 2)
    }
}

impl<T: Ordered> Clause<Scaled> for OrderedFilter<T> {
    fn on(&self, Scaled(expression, places): Scaled) -> Result<Condition> {
        let mut tests = Tests::on(expression);
        let bound = |value: &T| Ok(value.bound(places));
        tests.equality(&self.eq, &self.ne, &self.r#in, &self.not_in, bound)?;
        for (name, value, operator) in [
            ("lt", &self.lt, Operator::Less),
            ("lte", &self.lte, Operator::LessOrEqual),
            ("gt", &self.gt, Operator::Greater),
            ("gte", &self.gte, Operator::GreaterOrEqual),
        ] {
            if let Some(value) = operand(name, value)? {
                tests.compare(operator, value.bound(places));
            }
        }
        tests.is_null(self.is_null)?;
        Ok(tests.all())
    }
}

impl<T: Ordered, C: sea_orm::ColumnTrait> Clause<C> for OrderedFilter<T> {
    fn on(&self, column: C) -> Result<Condition> {
        self.on(Scaled(column.into(), 0))
    }
}

/// Collects the conditions on one expression.
pub(super) struct Tests {
    /// The operand of the parts: the subject, or the column that stands for it when it has to be computed.
    expression: Expression,
    computed: Option<Expression>,
    parts: Vec<Condition>,
}

impl Tests {
    pub(super) fn on(subject: impl Into<Expression>) -> Self {
        let subject = subject.into();
        let (expression, computed) = match subject {
            Expression::Column(_) | Expression::Bits(..) | Expression::Halves(..) => (subject, None),
            computed => (Condition::VALUE.into(), Some(computed)),
        };
        Self { expression, computed, parts: Vec::new() }
    }

    /// The operand of the parts.
    pub(super) fn expression(&self) -> Expression {
        self.expression.clone()
    }

    /// Adds the four operators that every type has.
    pub(super) fn equality<T>(
        &mut self,
        eq: &MaybeUndefined<T>,
        ne: &MaybeUndefined<T>,
        r#in: &MaybeUndefined<Vec<T>>,
        not_in: &MaybeUndefined<Vec<T>>,
        bound: impl Fn(&T) -> Result<Bound>,
    ) -> Result<()> {
        if let Some(value) = operand("eq", eq)? {
            let same = self.same([bound(value)?]);
            self.push(same);
        }
        if let Some(value) = operand("ne", ne)? {
            let same = self.same([bound(value)?]);
            self.push(same.negated());
        }
        if let Some(values) = operand("in", r#in)? {
            let same = self.same(values.iter().map(&bound).collect::<Result<Vec<_>>>()?);
            self.push(same);
        }
        if let Some(values) = operand("notIn", not_in)? {
            let same = self.same(values.iter().map(&bound).collect::<Result<Vec<_>>>()?);
            self.push(same.negated());
        }
        Ok(())
    }

    pub(super) fn compare(&mut self, operator: Operator, bound: Bound) {
        let part = match bound {
            Bound::Exact(value) => Condition::Compare(self.expression.clone(), operator, value),
            Bound::Number { units, exact: true } => {
                Condition::of_number(self.expression.clone(), operator, units)
            }
            // Nothing lies between a value and the next.
            Bound::Number { units, exact: false } => {
                let operator = match operator {
                    Operator::Less | Operator::LessOrEqual => Operator::LessOrEqual,
                    _ => Operator::Greater,
                };
                Condition::of_number(self.expression.clone(), operator, units)
            }
        };
        self.push(part);
    }

    pub(super) fn is_null(&mut self, is_null: MaybeUndefined<bool>) -> Result<()> {
        match operand("isNull", &is_null)? {
            Some(true) => self.push(Condition::IsNull(self.expression.clone())),
            Some(false) => self.push(Condition::IsNull(self.expression.clone()).negated()),
            None => {}
        }
        Ok(())
    }

    pub(super) fn push(&mut self, part: Condition) {
        self.parts.push(part);
    }

    pub(super) fn all(self) -> Condition {
        match self.computed {
            Some(expression) => Condition::computed(expression, self.parts),
            None => Condition::All(self.parts),
        }
    }

    fn same(&self, bounds: impl IntoIterator<Item = Bound>) -> Condition {
        let (mut values, mut others): (Vec<Value>, Vec<Condition>) = (Vec::new(), Vec::new());
        for bound in bounds {
            match bound {
                Bound::Exact(value) => values.push(value),
                Bound::Number { units, exact: true } => match i64::try_from(units) {
                    Ok(units) => values.push(units.into()),
                    Err(_) => {
                        others.push(Condition::of_number(self.expression.clone(), Operator::Equal, units));
                    }
                },
                Bound::Number { .. } => {}
            }
        }
        let same = match values.len() {
            1 => Condition::Compare(self.expression.clone(), Operator::Equal, values.remove(0)),
            _ => Condition::one_of(self.expression.clone(), values),
        };
        if others.is_empty() {
            return same;
        }
        others.push(same);
        Condition::Any(others)
    }
}

/// The value of the condition with this name, if the caller gave one. Null is not a value to compare with.
///
/// # Errors
/// `BAD_USER_INPUT` for null.
pub fn operand<'a, T>(name: &str, value: &'a MaybeUndefined<T>) -> Result<Option<&'a T>> {
    match value {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => {
            let name = camel_case(name);
            let advice = match name.as_str() {
                "isNull" => "it must be true or false",
                "within" | "withinAny" => "leave it out for no condition",
                _ => "use `isNull` to match null",
            };
            Err(Error::bad_input(format!("`{name}` must not be null; {advice}")))
        }
        MaybeUndefined::Value(value) => Ok(Some(value)),
    }
}
