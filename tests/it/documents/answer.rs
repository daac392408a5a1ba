//! Computes the model's answer to a document.

use serde_json::{Map, Value as Json, json};

use super::{
    searches::Searches,
    tree::{Directive, Document, Field, Figures, Many, Trap, What},
};
use crate::model::{
    Cell, Kind, Model, Noun, Row,
    figures::{Taken, by_keys, grouped, held, places, taken},
    filter,
    order::{Order, compare, sorted, standing},
    yearly::of_year,
};

/// Stands for a cursor: the number of its list, and the row's place.
pub(super) const CURSOR: &str = "\u{0}cursor";

/// The percentile that is the median, in hundredths of a per cent.
const MEDIAN: usize = 5_000;

/// The default number of rows of a page.
const PAGE: usize = 20;

/// Computes an answer.
pub(super) fn answer(document: &Document, model: &Model, searches: &Searches) -> Json {
    Answerer { model, searches }.query(&document.roots)
}

struct Answerer<'m> {
    model: &'m Model,
    searches: &'m Searches,
}

impl Answerer<'_> {
    fn query(&self, roots: &[Field]) -> Json {
        Self::object("Query", roots, &|field| match &field.what {
            What::Many(many) => {
                self.many(many, (0..self.model.noun(many.noun).rows.len()).collect(), Vec::new())
            }
            What::Figures(figures) => self.figures(figures),
            What::Node(noun, at, fields) => self.row(noun, *at, fields),
            other => panic!("{other:?} is not at the root"),
        })
    }

    fn object(of: &str, fields: &[Field], value: &dyn Fn(&Field) -> Json) -> Json {
        let there = |field: &&Field| !matches!(field.directive, Directive::Given { there: false, .. });
        let fields = fields.iter().filter(there).map(|field| (field.key.clone(), value(field)));
        let mut object: Map<String, Json> = fields.collect();
        object.insert("__typename".to_owned(), json!(of));
        Json::Object(object)
    }

    fn row(&self, noun: &str, at: usize, fields: &[Field]) -> Json {
        let (noun, row) = (self.model.noun(noun), &self.model.noun(noun).rows[at]);
        Self::object(noun.name, fields, &|field| self.field(noun, row, field))
    }

    fn field(&self, noun: &Noun, row: &Row, field: &Field) -> Json {
        let related = |relation: &str| row.related(relation, None).first().copied();
        match &field.what {
            What::Leaf("id") => json!(row.id),
            What::Leaf(name) => leaf(noun, row, name),
            What::One(relation, noun, fields) => {
                related(relation).map_or(Json::Null, |at| self.row(noun, at, fields))
            }
            What::Party(relation, fields) => {
                related(relation).map_or(Json::Null, |at| self.party(at, fields))
            }
            What::Many(many) => {
                let mut rows = row.related(many.field, many.arguments.side);
                if many.field == "commodities" {
                    let filter = many.arguments.filter.value.as_ref();
                    of_year(self.model.noun(many.noun), &mut rows, &[filter]);
                }
                self.many(many, rows, Order::usual(many.field))
            }
            What::Figures(_) | What::Node(..) => panic!("{field:?} is at the root"),
        }
    }

    fn party(&self, at: usize, [any, cooperative, institution]: &[Vec<Field>; 3]) -> Json {
        let party = &self.model.noun("Party").rows[at];
        let cooperatives = party.related("cooperative", None);
        let (noun, at, own) = match cooperatives.first() {
            Some(at) => ("Cooperative", *at, cooperative),
            None => ("PartnerInstitution", party.related("institution", None)[0], institution),
        };
        let fields: Vec<Field> = any.iter().chain(own).cloned().collect();
        self.row(noun, at, &fields)
    }

    /// A page of rows, in the usual order unless the document has another.
    fn many(&self, many: &Many, mut rows: Vec<usize>, usual: Vec<Order>) -> Json {
        let (noun, arguments) = (self.model.noun(many.noun), &many.arguments);
        let orders = arguments.order.value.clone().unwrap_or(usual);
        if let Some(filter) = &arguments.filter.value {
            rows.retain(|at| self.model.fits(noun, &noun.rows[*at], filter));
        }
        if let Some(text) = &arguments.search.value {
            let found = self.searches.found(noun, text);
            rows.retain(|at| found.contains(&noun.rows[*at].id));
        }
        let total = rows.len();
        let mut rows = sorted(self.model, noun, rows, &orders);
        let (mut before, mut behind) = (false, false);
        if let Some(cursor) = &arguments.cursor.value {
            let here = standing(self.model, noun, cursor.at, &orders);
            let follows = |at: usize| {
                let order = standing(self.model, noun, at, &orders).compare(&here, &orders);
                if arguments.forward { order.is_gt() } else { order.is_lt() }
            };
            let length = rows.len();
            rows.retain(|at| follows(*at));
            *(if arguments.forward { &mut before } else { &mut behind }) = rows.len() < length;
        }
        let size = arguments.size.value.unwrap_or(PAGE);
        if rows.len() > size && arguments.forward {
            rows.truncate(size);
            behind = true;
        } else if rows.len() > size {
            rows.drain(..rows.len() - size);
            before = true;
        }
        let mut page = json!({ "__typename": format!("{}Connection", many.noun) });
        if many.total {
            page["totalCount"] = json!(total);
        }
        if many.page_info {
            page["pageInfo"] = json!({ "hasNextPage": behind, "hasPreviousPage": before });
        }
        if !many.nodes.is_empty() {
            page["nodes"] = rows.iter().map(|at| self.row(many.noun, *at, &many.nodes)).collect();
        }
        if !many.edges.is_empty() {
            let edge = |at: &usize| json!({ "cursor": { CURSOR: [many.number, at] }, "node": self.row(many.noun, *at, &many.edges) });
            page["edges"] = rows.iter().map(edge).collect();
        }
        page
    }

    fn figures(&self, figures: &Figures) -> Json {
        let noun = self.model.noun(figures.figured.noun);
        let fits =
            |row: &&Row| figures.filter.value.as_ref().is_none_or(|only| self.model.fits(noun, row, only));
        let rows: Vec<&Row> = noun.rows.iter().filter(fits).collect();
        let by = figures.by.value.clone().unwrap_or_default();
        let measure =
            |name: &str| *figures.figured.measures.iter().find(|(known, ..)| *known == name).unwrap();
        let groups = grouped(self.model, noun, rows, &by);
        let statistic = |rows: &[&Row], name: &str, statistic: &str| match statistic {
            "count" => Some(Cell::Number(held(rows, name).try_into().unwrap())),
            statistic => taken(self.model, noun, rows, measure(name)).map(|taken| {
                Cell::Number(if statistic == "sum" { taken.sum } else { taken.percentile(MEDIAN) })
            }),
        };
        let kept = groups.into_iter().filter(|(_, rows)| {
            let mut having = figures.having.value.iter().flat_map(|having| having.as_object().unwrap());
            having.all(|(name, demand)| {
                if name == "count" {
                    let count = Cell::Number(rows.len().try_into().unwrap());
                    return filter::holds(Kind::Int, Some(&count), demand.as_object().unwrap());
                }
                demand.as_object().unwrap().iter().all(|(word, demand)| {
                    let kind = if word == "count" { Kind::Int } else { measure(name).1 };
                    filter::holds(kind, statistic(rows, name, word).as_ref(), demand.as_object().unwrap())
                })
            })
        });
        let mut groups: Vec<_> = kept.collect();
        groups.sort_by(|(keys, rows), (others, also)| {
            let value = |rows: &[&Row]| match figures.order {
                Some((name, word, _)) => statistic(rows, name, word),
                None => Some(Cell::Number(rows.len().try_into().unwrap())),
            };
            let descending = figures.order.is_none_or(|(.., descending)| descending);
            compare(value(rows).as_ref(), value(also).as_ref(), descending, false).then(by_keys(keys, others))
        });
        let (total, size) = (groups.len(), figures.size.value.unwrap_or(PAGE));
        let nodes = groups.iter().take(size).map(|(keys, rows)| {
            let keys = by.iter().zip(keys).map(
                |((name, ..), key)| json!({ "dimension": name, "value": key.as_ref().map(|key| &key.shown) }),
            );
            let mut node = json!({ "count": rows.len(), "keys": keys.collect::<Vec<_>>() });
            for name in &figures.measures {
                let taken = taken(self.model, noun, rows, measure(name));
                node[name] = shown(taken, held(rows, name), measure(name).1, figures.percentile);
            }
            node
        });
        json!({ "totalCount": total, "pageInfo": { "hasNextPage": total > size }, "nodes": nodes.collect::<Vec<_>>() })
    }
}

fn leaf(noun: &Noun, row: &Row, name: &str) -> Json {
    if let Some(text) = row.prose.get(name) {
        return json!(text);
    }
    match (noun.kind(name).unwrap(), row.fields.get(name)) {
        (_, None) => Json::Null,
        (Kind::Moment, Some(Cell::Number(micros))) => {
            let moment = chrono::DateTime::from_timestamp_micros((*micros).try_into().unwrap()).unwrap();
            json!(moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
        }
        (kind, Some(Cell::Number(number))) => numeric(*number, kind),
        (_, Some(Cell::Flag(flag))) => json!(flag),
        (_, Some(Cell::Text(text))) => json!(text),
    }
}

/// A number as it is shown: an integer, or a text of digits.
fn numeric(number: i128, kind: Kind) -> Json {
    match kind {
        Kind::Int => json!(i64::try_from(number).unwrap()),
        Kind::Decimal(places) => json!(decimal(number, places)),
        _ => json!(number.to_string()),
    }
}

fn decimal(number: i128, places: u32) -> String {
    let scale = 10_u128.pow(places);
    let (sign, units) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let text = format!("{sign}{}.{:0width$}", units / scale, units % scale, width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn shown(taken: Option<Taken>, count: usize, kind: Kind, percentile: usize) -> Json {
    let Some(taken) = taken else {
        return json!({
            "count": count, "sum": null, "average": null, "minimum": null, "maximum": null, "median": null,
            "percentile": null, "same": null, "most": null
        });
    };
    let number =
        |number| if places(kind) > 0 { json!(decimal(number, places(kind))) } else { numeric(number, kind) };
    json!({
        "count": count,
        "median": number(taken.percentile(MEDIAN)),
        "percentile": number(taken.percentile(percentile)),
        "same": number(taken.percentile(MEDIAN)),
        "most": number(taken.maximum),
        "sum": number(taken.sum),
        "average": decimal(taken.average, 2),
        "minimum": number(taken.minimum),
        "maximum": number(taken.maximum),
    })
}

/// Whether the document is refused: a value is malformed, or a cursor comes from another list.
pub(super) fn is_refused(document: &Document) -> bool {
    let foreign = |field: &Field| match &field.what {
        What::Many(many) => {
            many.arguments.cursor.value.as_ref().is_some_and(|cursor| cursor.list != many.number)
        }
        _ => false,
    };
    document.trap == Trap::Malformed || document.roots.iter().any(foreign)
}
