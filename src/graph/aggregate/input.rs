//! The arguments of aggregate fields: dimensions, conditions on groups and their order, typed for each noun.

use std::{borrow::Cow, fmt, marker::PhantomData};

use async_graphql::{
    InputObject, InputType, InputValueError, InputValueResult, Name, TypeName, Value,
    registry::{EnumBuilder, MetaEnumValue, MetaTypeId, Registry},
};

use super::{Aggregated, Figures, FiguresWhere, Grouped, Statistic, figures::MAX_DIMENSIONS};
use crate::access::Use;
use crate::graph::{
    Error, Result,
    filter::{Condition, Where, fitting},
    load::{Arguments, Chosen},
    order::{NullsPosition, OrderDirection, Term, check_terms},
    page::Window,
    personal_data::{in_figures, permit},
};

/// The arguments of an aggregate field.
#[derive(Debug)]
pub struct Wishes<N: Aggregated, W: Where<Noun = N>> {
    pub filter: Option<W>,
    pub group_by: Option<Vec<DimensionInput<N>>>,
    pub having: Option<FiguresWhere<N>>,
    pub order_by: Option<Vec<FiguresOrder<N>>>,
    pub first: Option<i32>,
    pub after: Option<String>,
}

impl<N: Aggregated, W: Where<Noun = N>> Wishes<N, W> {
    /// All rows that match, as one group.
    #[must_use]
    pub fn whole(filter: Option<W>) -> Self {
        Self { filter, group_by: None, having: None, order_by: None, first: Some(1), after: None }
    }

    /// The dimensions grouped by.
    fn dimensions(&self) -> Result<Vec<usize>> {
        let by: Vec<usize> = self.group_by.iter().flatten().map(|dimension| dimension.0).collect();
        let repeated = by.iter().enumerate().any(|(at, dimension)| by[..at].contains(dimension));
        if repeated {
            return Err(Error::bad_input("`groupBy` names a dimension twice"));
        }
        if by.len() > MAX_DIMENSIONS {
            return Err(Error::bad_input(format!("`groupBy` takes at most {MAX_DIMENSIONS} dimensions")));
        }
        Ok(by)
    }

    /// Checks that each `key` names a dimension that is grouped by, and that the viewer may group by.
    fn check_keys(by: &[usize], chosen: &[Chosen<'_>]) -> Result<()> {
        for key in chosen.iter().filter(|field| field.name == "key") {
            let dimension: DimensionInput<N> = key.argument("dimension")?;
            if let Some(personal) = N::figures().dimensions[dimension.0].personal {
                permit(personal, Use::Group)?;
            }
            position(by, &dimension)?;
        }
        Ok(())
    }

    fn having(&self) -> Result<Condition> {
        self.having.as_ref().map_or_else(|| Ok(Condition::always()), FiguresWhere::condition)
    }

    /// The sort terms, followed by the keys.
    fn order(&self, by: &[usize]) -> Result<Vec<Term>> {
        check_terms(self.order_by.as_deref().unwrap_or_default())?;
        let figures = N::figures();
        let keys = by.iter().enumerate().map(|(nth, at)| figures.dimensions[*at].column(nth));
        let mut terms = Vec::new();
        for wish in self.order_by.iter().flatten() {
            let columns = match wish.field.0 {
                Sorted::Keys => keys.clone().collect(),
                Sorted::Count => vec![Figures::count()],
                Sorted::Distinct(at) => vec![figures.distinct[at].column],
                Sorted::Measure(at, Shown::Sum) => {
                    vec![
                        figures.measures[at].column(Statistic::SumHigh),
                        figures.measures[at].column(Statistic::SumLow),
                    ]
                }
                Sorted::Measure(at, shown) => vec![figures.measures[at].column(shown.statistic())],
            };
            let (descending, nulls_first) =
                (wish.direction == OrderDirection::Desc, wish.nulls == NullsPosition::First);
            terms.extend(columns.into_iter().map(|column| Term {
                by: column.into(),
                descending,
                nulls_first,
            }));
        }
        for key in keys {
            if !terms.iter().any(|term| term.by == key.into()) {
                terms.push(Term::ascending(key));
            }
        }
        Ok(terms)
    }

    /// Converts them to the arguments of the loader, for an edge of this name and for the figures that are `chosen` by
    /// their names in the schema.
    pub(in crate::graph) fn arguments(&self, list: &'static str, chosen: &[Chosen<'_>]) -> Result<Arguments> {
        let by = self.dimensions()?;
        Self::check_keys(&by, chosen)?;
        let order = self.order(&by)?;
        let grouped = Grouped::new(N::figures(), by, self.having()?, &order, chosen)?;
        let filter = in_figures(|| fitting(self.filter.as_ref()))?;
        let window = Window { first: self.first, after: self.after.clone(), ..Window::default() };
        Arguments::groups(list, order, filter, &window, grouped)
    }
}

/// The position of a dimension among those that are grouped by.
///
/// # Errors
/// `BAD_USER_INPUT` when it is not among them.
pub(super) fn position<N: Aggregated>(by: &[usize], dimension: &DimensionInput<N>) -> Result<usize> {
    by.iter().position(|at| *at == dimension.0).ok_or_else(|| {
        let name = N::figures().dimensions[dimension.0].name;
        Error::bad_input(format!("`key` asks for the dimension {name}, which `groupBy` does not name"))
    })
}

/// A statistic that the schema shows of a measure, and that groups are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Sum,
    Average,
    Minimum,
    Maximum,
    Count,
    Median,
}

impl Shown {
    /// All of them, with the end of the name of the sort field, and the beginning of its description.
    const ALL: [(Self, &str, &str); 6] = [
        (Self::Sum, "SUM", "Sum"),
        (Self::Average, "AVERAGE", "Average"),
        (Self::Minimum, "MINIMUM", "Minimum"),
        (Self::Maximum, "MAXIMUM", "Maximum"),
        (Self::Count, "COUNT", "Number of rows with a value"),
        (Self::Median, "MEDIAN", "Median"),
    ];

    /// The column to compare; a sum has two columns.
    fn statistic(self) -> Statistic {
        match self {
            Self::Sum => Statistic::SumHigh,
            Self::Average => Statistic::Average,
            Self::Minimum => Statistic::Minimum,
            Self::Maximum => Statistic::Maximum,
            Self::Count => Statistic::Count,
            Self::Median => Statistic::Median,
        }
    }
}

/// Declares an enum type whose values are made from the figures of a noun.
macro_rules! value_of_figures {
    ($(#[$doc:meta])* $vis:vis $name:ident($value:ty), $suffix:literal, $words:literal, $values:path) => {
        $(#[$doc])*
        $vis struct $name<N>(pub(super) $value, PhantomData<fn() -> N>);

        impl<N> Clone for $name<N> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        }

        impl<N> fmt::Debug for $name<N> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<N: Aggregated> InputType for $name<N> {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                format!("{}{}", N::figures().name, $suffix).into()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
                    let values = $values(N::figures()).into_iter().map(|(name, description, _)| {
                        let value = MetaEnumValue { description: Some(description), ..MetaEnumValue::new(&name) };
                        (name, value)
                    });
                    let words = format!($words, N::figures().rows);
                    EnumBuilder::new(Self::type_name(), values.collect()).description(Some(words)).build()
                })
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                let name = match &value {
                    Some(Value::Enum(name)) => name.as_str(),
                    Some(Value::String(name)) => name,
                    _ => return Err(InputValueError::expected_type(value.unwrap_or_default())),
                };
                let found = $values(N::figures()).into_iter().find(|(known, ..)| known == name);
                found.map(|(.., value)| Self(value, PhantomData)).ok_or_else(|| {
                    InputValueError::custom(format!("`{name}` is not a value of {}", Self::type_name()))
                })
            }

            fn to_value(&self) -> Value {
                let named = $values(N::figures()).into_iter().find(|(.., value)| *value == self.0);
                named.map_or(Value::Null, |(name, ..)| Value::Enum(Name::new(name)))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }
    };
}

value_of_figures! {
    /// A dimension in `groupBy`.
    pub DimensionInput(usize), "Dimension", "Dimensions that {} can be grouped by.", dimensions
}

value_of_figures! {
    /// A sort field of groups.
    pub(super) FiguresOrderField(Sorted), "FiguresOrderField", "Sort fields of groups of {}.", sortable
}

/// A sort field of groups; measures and distinct counts by their indexes in [`Figures`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sorted {
    Keys,
    Count,
    Distinct(usize),
    Measure(usize, Shown),
}

fn dimensions(figures: &Figures) -> Vec<(String, String, usize)> {
    let all = figures.dimensions.iter().enumerate();
    all.map(|(at, dimension)| (dimension.name.to_owned(), dimension.description.to_owned(), at)).collect()
}

fn sortable(figures: &Figures) -> Vec<(String, String, Sorted)> {
    let mut all = vec![
        ("KEYS".to_owned(), "The keys of the group, in the order of `groupBy`.".to_owned(), Sorted::Keys),
        ("COUNT".to_owned(), "Number of rows in the group [jumlah].".to_owned(), Sorted::Count),
    ];
    for (at, distinct) in figures.distinct.iter().enumerate() {
        all.push((screaming(distinct.name), distinct.description.to_owned(), Sorted::Distinct(at)));
    }
    for (at, measured) in figures.measures.iter().enumerate() {
        for (shown, suffix, word) in Shown::ALL {
            let name = format!("{}_{suffix}", screaming(measured.name));
            all.push((name, format!("{word}: {}", measured.description), Sorted::Measure(at, shown)));
        }
    }
    all
}

/// Converts `annualValue` to `ANNUAL_VALUE`.
fn screaming(name: &str) -> String {
    let mut screamed = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            screamed.push('_');
        }
        screamed.push(letter.to_ascii_uppercase());
    }
    screamed
}

/// One sort term for groups: a field, a direction and the position of nulls.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct FiguresOrder<N: Aggregated> {
    /// The field to sort by.
    field: FiguresOrderField<N>,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
    /// Position of groups without a value, in either direction.
    #[graphql(default_with = "NullsPosition::Last")]
    nulls: NullsPosition,
}

impl<N: Aggregated> TypeName for FiguresOrder<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}FiguresOrder", N::figures().name).into()
    }
}
