//! Which field makes a document dear, and what to lower.

use async_graphql::{
    Name, Value,
    parser::types::{Field as Selected, SelectionSet},
    value,
};

use super::{
    sheet::{Shape, Type, TypeId},
    weigh::{Scales, Weight},
};
use crate::document::{DocumentError, grouped};

/// A field on the way to the dearest.
#[derive(Debug)]
struct Step {
    /// Response keys, from the root.
    path: Vec<String>,
    cost: u64,
    /// Of that, what it costs only to ask: conditions, order, search, figures.
    asking: u64,
    factor: Option<Factor>,
    /// The argument that says how far to go.
    steps: Option<String>,
    /// Whether callers think of it as a question: a list, a page, figures.
    asked: bool,
}

/// A number that multiplies, and how much of the cost it multiplies.
#[derive(Debug)]
struct Factor {
    size: u64,
    argument: String,
    part: u64,
}

/// Refuses a document, naming the dearest field and the number to lower.
pub(super) fn refuse<'a>(
    scales: &mut Scales<'a>,
    set: &'a SelectionSet,
    root: TypeId,
    cost: u64,
    limit: u32,
) -> DocumentError {
    let mut steps = Descent { scales, path: Vec::new(), steps: Vec::new() }.from(set, root);
    let all = format!("this request costs {} of {} allowed", grouped(cost), grouped(limit.into()));
    if let Some(dearest) = steps.iter().rposition(|step| step.asked) {
        steps.truncate(dearest + 1);
    }
    let Some(dearest) = steps.last() else { return DocumentError::too_expensive(all) };
    let name = dearest.path.join(".");
    let refusal = |advice: &str| {
        DocumentError::too_expensive(format!("{all}; `{name}` costs {}: {advice}", grouped(dearest.cost)))
            .with("dearest", value!({ "path": dearest.path, "cost": dearest.cost }))
    };
    let over = cost.saturating_sub(limit.into());
    if dearest.asking > dearest.cost / 2 && dearest.cost >= over {
        return match &dearest.steps {
            Some(argument) => refusal(&format!("lower its `{argument}`")),
            None => refusal("ask for it with fewer or simpler conditions"),
        };
    }
    // One of something cannot be lowered.
    let factors =
        steps.iter().filter_map(|step| Some((step, step.factor.as_ref().filter(|of| of.size > 1)?)));
    let Some((step, factor)) = factors.rev().max_by_key(|(_, factor)| factor.size) else {
        return refusal("select less of it, or ask in several requests");
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
    /// The size with which the whole would be within the limit, if there is one.
    fn fitting(&self, cost: u64, limit: u32) -> Option<u64> {
        let over = cost.saturating_sub(limit.into());
        let rest = self.part.checked_sub(over)?;
        let fitting = rest / (self.part / self.size).max(1);
        (cost < u64::MAX && fitting > 0).then_some(fitting)
    }
}

struct Descent<'s, 'a> {
    scales: &'s mut Scales<'a>,
    path: Vec<String>,
    steps: Vec<Step>,
}

/// What is dearest in a selection.
enum Dearest<'a> {
    Field(&'a Selected, u64),
    Fragment(&'a SelectionSet),
}

impl<'a> Descent<'_, 'a> {
    /// Goes down to what costs most, for as long as that is at least half of what is above it.
    fn from(mut self, mut set: &'a SelectionSet, mut of: TypeId) -> Vec<Step> {
        // How often the selection is made, for how many rows of a page, and the price of the field above it.
        let (mut times, mut rows, mut above) = (1_u64, 1_u64, 0_u64);
        loop {
            of = self.dearest_type(set, of, rows);
            let (selected, price) = match self.dearest(set, of, rows) {
                Some(Dearest::Field(selected, price)) => (selected, price.saturating_mul(times)),
                Some(Dearest::Fragment(inner)) => {
                    set = inner;
                    continue;
                }
                None => return self.steps,
            };
            if price < above / 2 {
                return self.steps;
            }
            let Some(field) = self.scales.sheet.field(of, &selected.name.node) else { return self.steps };
            self.step(selected, of, price, times);
            let Some(beneath) = field.of else { return self.steps };
            let size = self.scales.asking(selected, field, of).size();
            match field.shape {
                Shape::Page { .. } => rows = size,
                Shape::Rows => times = times.saturating_mul(rows),
                Shape::List(_) => times = times.saturating_mul(size),
                _ => {}
            }
            (set, of, above) = (&selected.selection_set.node, beneath, price);
        }
    }

    fn dearest_type(&mut self, set: &'a SelectionSet, of: TypeId, rows: u64) -> TypeId {
        match self.scales.sheet.get(of) {
            Type::Object { .. } => of,
            Type::Abstract(possible) => {
                let dearest = possible.iter().max_by_key(|of| self.scales.set(set, **of).on_page_of(rows));
                dearest.copied().unwrap_or(of)
            }
        }
    }

    fn dearest(&mut self, set: &'a SelectionSet, of: TypeId, rows: u64) -> Option<Dearest<'a>> {
        let mut dearest = None;
        for item in &set.items {
            let (found, price) = if let Some(field) = self.scales.field_of(&item.node) {
                let mut weight = Weight::default();
                self.scales.field(field, of, &mut weight);
                let price = weight.on_page_of(rows);
                (Dearest::Field(field, price), price)
            } else if let Some(fragment) = self.scales.fragment_of(&item.node, of) {
                (Dearest::Fragment(fragment), self.scales.set(fragment, of).on_page_of(rows))
            } else {
                continue;
            };
            if dearest.as_ref().is_none_or(|(_, known)| price > *known) {
                dearest = Some((found, price));
            }
        }
        dearest.map(|(found, _)| found)
    }

    fn step(&mut self, selected: &'a Selected, on: TypeId, cost: u64, times: u64) {
        self.path.push(selected.response_key().node.to_string());
        let Some(field) = self.scales.sheet.field(on, &selected.name.node) else { return };
        let inner = field.of.map(|of| self.scales.set(&selected.selection_set.node, of)).unwrap_or_default();
        let asking = self.scales.asking(selected, field, on);
        let size = asking.size();
        let multiplied = match field.shape {
            Shape::Page { .. } => inner.per_row,
            Shape::List(_) => inner.full,
            _ => 0,
        };
        let factor = asking.size_argument().filter(|_| size > 0).map(|argument| Factor {
            size,
            argument: argument.to_owned(),
            part: multiplied.saturating_mul(size).saturating_mul(times),
        });
        self.steps.push(Step {
            path: self.path.clone(),
            cost,
            asking: asking.price(inner.counts, &inner.figures).saturating_mul(times),
            factor,
            steps: asking.steps_argument().map(str::to_owned),
            asked: matches!(field.shape, Shape::Page { .. } | Shape::List(_) | Shape::Figures),
        });
    }
}
