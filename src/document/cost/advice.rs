//! The advice in `COST_LIMIT_EXCEEDED`: which field costs most, and which argument to lower.

use async_graphql::{
    Name, Value,
    parser::types::{Field as Selected, SelectionSet},
    value,
};

use super::{
    estimate::{Estimate, Estimator},
    priced_schema::{Shape, Type, TypeId},
};
use crate::document::{DocumentError, grouped};

/// A field on the path to the costliest one.
#[derive(Debug)]
struct Step {
    /// Response keys, from the root.
    path: Vec<String>,
    cost: u64,
    /// The part of it for arguments: conditions, order, search, figures.
    arguments: u64,
    factor: Option<Factor>,
    /// The argument that limits the steps of a walk.
    steps: Option<String>,
    /// Whether it is a list, a page or figures.
    is_list: bool,
    /// Whether it is figures.
    figures: bool,
}

/// An argument that multiplies a part of the cost.
#[derive(Debug)]
struct Factor {
    size: u64,
    argument: String,
    part: u64,
}

/// The error of a document that costs too much, with the costliest field and the argument to lower.
pub(super) fn cost_error<'a>(
    estimator: &mut Estimator<'a>,
    set: &'a SelectionSet,
    root: TypeId,
    cost: u64,
    limit: u32,
) -> DocumentError {
    let mut steps = Descent { estimator, path: Vec::new(), steps: Vec::new() }.from(set, root);
    let all = format!("this request costs {} of {} allowed", grouped(cost), grouped(limit.into()));
    // Many fields that cost alike.
    if steps.first().is_none_or(|first| first.cost < cost / 2 && first.cost <= limit.into()) {
        let requests = cost.div_ceil(u64::from(limit).max(1)).max(2);
        let advice = format!("no field costs half of it; send it as {} requests", grouped(requests));
        return DocumentError::too_expensive(format!("{all}; {advice}")).with("requests", requests);
    }
    if let Some(costliest) = steps.iter().rposition(|step| step.is_list) {
        steps.truncate(costliest + 1);
    }
    let Some(costliest) = steps.last() else { return DocumentError::too_expensive(all) };
    let name = costliest.path.join(".");
    let refusal = |advice: &str| {
        DocumentError::too_expensive(format!("{all}; `{name}` costs {}: {advice}", grouped(costliest.cost)))
            .with("dearest", value!({ "path": costliest.path, "cost": costliest.cost }))
    };
    let over = cost.saturating_sub(limit.into());
    if costliest.arguments > costliest.cost / 2 && costliest.cost >= over {
        return match &costliest.steps {
            Some(argument) => refusal(&format!("lower its `{argument}`")),
            None if costliest.figures => {
                refusal("use fewer measures, medians, percentiles, dimensions or conditions there")
            }
            None => refusal("use fewer or simpler conditions there"),
        };
    }
    // A size of one cannot be lowered.
    let factors =
        steps.iter().filter_map(|step| Some((step, step.factor.as_ref().filter(|of| of.size > 1)?)));
    let Some((step, factor)) = factors.rev().max_by_key(|(_, factor)| factor.size) else {
        return refusal("select less of it, or split the request");
    };
    let Factor { size, argument, .. } = factor;
    let mut advice = format!("lower `{argument}` of `{}` from {}", step.path.join("."), grouped(*size));
    let mut lower = value!({ "path": step.path, "argument": argument, "from": size });
    if let (Some(fitting), Value::Object(lower)) = (factor.fitting(cost, limit), &mut lower) {
        advice = format!("{advice} to {}", grouped(fitting));
        lower.insert(Name::new("to"), fitting.into());
    }
    refusal(&advice).with("lower", lower)
}

impl Factor {
    /// The size with which the whole would cost at most the limit, if there is one.
    fn fitting(&self, cost: u64, limit: u32) -> Option<u64> {
        let over = cost.saturating_sub(limit.into());
        let rest = self.part.checked_sub(over)?;
        let fitting = rest / (self.part / self.size).max(1);
        (cost < u64::MAX && fitting > 0).then_some(fitting)
    }
}

struct Descent<'s, 'a> {
    estimator: &'s mut Estimator<'a>,
    path: Vec<String>,
    steps: Vec<Step>,
}

/// The costliest part of a selection set.
enum Costliest<'a> {
    Field(&'a Selected, u64),
    Fragment(&'a SelectionSet),
}

impl<'a> Descent<'_, 'a> {
    /// Follows the costliest fields down, for as long as one costs at least half of what is above it.
    fn from(mut self, mut set: &'a SelectionSet, mut of: TypeId) -> Vec<Step> {
        // How often the selection is resolved, for how many rows of a page, and the price of the field above it.
        let (mut times, mut rows, mut above) = (1_u64, 1_u64, 0_u64);
        loop {
            of = self.costliest_type(set, of, rows);
            let (selected, price) = match self.costliest(set, of, rows) {
                Some(Costliest::Field(selected, price)) => (selected, price.saturating_mul(times)),
                Some(Costliest::Fragment(inner)) => {
                    set = inner;
                    continue;
                }
                None => return self.steps,
            };
            if price < above / 2 {
                return self.steps;
            }
            let Some(field) = self.estimator.schema.field(of, &selected.name.node) else { return self.steps };
            self.step(selected, of, price, times);
            let Some(beneath) = field.of else { return self.steps };
            let size = self.estimator.arguments_of(selected, field, of).size();
            match field.shape {
                Shape::Page { .. } => rows = size,
                Shape::Rows => times = times.saturating_mul(rows),
                Shape::List(_) => times = times.saturating_mul(size),
                _ => {}
            }
            (set, of, above) = (&selected.selection_set.node, beneath, price);
        }
    }

    fn costliest_type(&mut self, set: &'a SelectionSet, of: TypeId, rows: u64) -> TypeId {
        match self.estimator.schema.get(of) {
            Type::Object { .. } => of,
            Type::Abstract(possible) => {
                let costliest =
                    possible.iter().max_by_key(|of| self.estimator.set(set, **of).on_page_of(rows));
                costliest.copied().unwrap_or(of)
            }
        }
    }

    fn costliest(&mut self, set: &'a SelectionSet, of: TypeId, rows: u64) -> Option<Costliest<'a>> {
        let mut costliest = None;
        for item in &set.items {
            let (found, price) = if let Some(field) = self.estimator.field_of(&item.node) {
                let mut estimate = Estimate::default();
                self.estimator.field(field, of, &mut estimate);
                let price = estimate.on_page_of(rows);
                (Costliest::Field(field, price), price)
            } else if let Some(fragment) = self.estimator.fragment_of(&item.node, of) {
                (Costliest::Fragment(fragment), self.estimator.set(fragment, of).on_page_of(rows))
            } else {
                continue;
            };
            if costliest.as_ref().is_none_or(|(_, most)| price > *most) {
                costliest = Some((found, price));
            }
        }
        costliest.map(|(found, _)| found)
    }

    fn step(&mut self, selected: &'a Selected, on: TypeId, cost: u64, times: u64) {
        self.path.push(selected.response_key().node.to_string());
        let Some(field) = self.estimator.schema.field(on, &selected.name.node) else { return };
        let inner =
            field.of.map(|of| self.estimator.set(&selected.selection_set.node, of)).unwrap_or_default();
        let arguments = self.estimator.arguments_of(selected, field, on);
        let size = arguments.size();
        let multiplied = match field.shape {
            Shape::Page { .. } => inner.per_row,
            Shape::List(_) => inner.full,
            _ => 0,
        };
        let factor = arguments.size_argument().filter(|_| size > 0).map(|argument| Factor {
            size,
            argument: argument.to_owned(),
            part: multiplied.saturating_mul(size).saturating_mul(times),
        });
        self.steps.push(Step {
            path: self.path.clone(),
            cost,
            arguments: arguments.price(inner.counts, &inner.figures).saturating_mul(times),
            factor,
            steps: arguments.steps_argument().map(str::to_owned),
            is_list: matches!(field.shape, Shape::Page { .. } | Shape::List(_) | Shape::Figures),
            figures: matches!(field.shape, Shape::Page { figures: true, .. } | Shape::Figures),
        });
    }
}
