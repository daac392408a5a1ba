//! Reads the model's rows from the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    annual_report, business_unit, commodity, cooperative, cooperative_commodity, institution,
    internship_batch, internship_program, linkage, linkage_month, officer, partnership,
    partnership_application, party, placement, region,
};
use sea_orm::{DatabaseConnection, EntityTrait, Iterable, PrimaryKeyToColumn, QueryOrder};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use simpul::{
    graph::{fold::fold, id::encode, value::Value},
    schema,
};

use super::{
    Cell, Kind, Model, Noun, Row,
    dimensions::DURATIONS,
    shape::{SHAPES, Shape},
    subtree::{LEVELS, above, below, grouped},
};
use crate::support::Registry;

type Raw = Map<String, Json>;

/// All rows of a table by their keys, so that both engines draw the same questions.
async fn all<E: EntityTrait<Model: Serialize>>(db: &DatabaseConnection) -> Vec<Raw> {
    let key = E::PrimaryKey::iter().next().unwrap().into_column();
    let rows = E::find().order_by_asc(key).all(db).await.unwrap();
    let raw = |row: E::Model| match serde_json::to_value(row).unwrap() {
        Json::Object(columns) => columns,
        other => panic!("{other} is no row"),
    };
    rows.into_iter().map(raw).collect()
}

async fn rows(db: &DatabaseConnection, noun: &str) -> Vec<Raw> {
    match noun {
        "Region" => all::<region::Entity>(db).await,
        "Commodity" => all::<commodity::Entity>(db).await,
        "Cooperative" => all::<cooperative::Entity>(db).await,
        "PartnerInstitution" => all::<institution::Entity>(db).await,
        "Party" => all::<party::Entity>(db).await,
        "BusinessLinkage" => all::<linkage::Entity>(db).await,
        "LinkageMonth" => all::<linkage_month::Entity>(db).await,
        "Placement" => all::<placement::Entity>(db).await,
        "AnnualReport" => all::<annual_report::Entity>(db).await,
        "BusinessUnit" => all::<business_unit::Entity>(db).await,
        "InternshipProgram" => all::<internship_program::Entity>(db).await,
        "InternshipBatch" => all::<internship_batch::Entity>(db).await,
        "Officer" => all::<officer::Entity>(db).await,
        "Partnership" => all::<partnership::Entity>(db).await,
        "PartnershipApplication" => all::<partnership_application::Entity>(db).await,
        "CooperativeCommodity" => all::<cooperative_commodity::Entity>(db).await,
        other => panic!("no table of {other}"),
    }
}

/// Whether the public sees a row, as the privacy rules say.
fn is_public(noun: &str, row: &Raw) -> bool {
    let status = row.get("status").and_then(Json::as_str).unwrap_or_default();
    let flag = |column: &str| row[column] == true;
    match noun {
        "InternshipProgram" => {
            !matches!(status, "DRAFT" | "CANCELLED") || status == "CANCELLED" && flag("announced")
        }
        "InternshipBatch" => flag("program_visible"),
        "Placement" => {
            flag("program_visible") && !matches!(status, "REJECTED" | "WITHDRAWN" | "INCOMPLETE" | "NO_SHOW")
        }
        "Partnership" => !matches!(status, "DRAFT" | "IN_REVIEW" | "CANCELLED"),
        _ => true,
    }
}

fn cell(kind: Kind, value: &Json) -> Option<Cell> {
    Some(match (kind, value) {
        (_, Json::Null) => return None,
        (Kind::Prose, Json::String(text)) => Cell::Text(fold(text)),
        (_, Json::String(text)) => Cell::Text(text.clone()),
        (_, Json::Number(number)) => Cell::Number(number.as_i64().unwrap().into()),
        (_, Json::Bool(flag)) => Cell::Flag(*flag),
        other => panic!("{other:?} is no cell"),
    })
}

/// The global id of a row.
fn id(shape: &Shape, row: &Raw) -> String {
    let key = row[shape.key].as_str().unwrap();
    match (shape.name, shape.key) {
        ("Party", _) => key.to_owned(),
        (noun, "code") => encode(noun, &key.into()).0,
        (noun, _) => encode(noun, &Value::Uuid(key.parse().unwrap())).0,
    }
}

/// Reads all rows of the model.
pub(crate) async fn read(registry: &Registry) -> Model {
    let mut raw = Vec::new();
    for shape in SHAPES {
        let mut rows = rows(&registry.database, shape.name).await;
        rows.retain(|row| is_public(shape.name, row));
        raw.push((shape, rows));
    }
    let places: HashMap<&str, HashMap<&str, usize>> = raw
        .iter()
        .map(|(shape, rows)| {
            let keys = rows.iter().enumerate().map(|(place, row)| (row[shape.key].as_str().unwrap(), place));
            (shape.name, keys.collect())
        })
        .collect();
    let types = schema::registry().types;
    let nouns = raw.iter().map(|(shape, rows)| {
        Noun::new(shape, &types, rows.iter().map(|row| read_row(shape, row, &places)).collect())
    });
    let mut model = Model { nouns: nouns.collect() };
    related(&mut model);
    model
}

fn read_row(shape: &Shape, row: &Raw, places: &HashMap<&str, HashMap<&str, usize>>) -> Row {
    let fields =
        shape.fields.iter().filter_map(|(name, kind, column)| Some((*name, cell(*kind, &row[*column])?)));
    let prose = shape.fields.iter().filter(|(_, kind, _)| *kind == Kind::Prose);
    let prose = prose.filter_map(|(name, _, column)| Some((*name, row[*column].as_str()?.to_owned())));
    let ones = shape.ones.iter().map(|(relation, noun, column)| {
        let place = row[*column].as_str().and_then(|key| places[noun].get(key));
        (*relation, place.copied().into_iter().collect())
    });
    let mut fields: HashMap<&'static str, Cell> = fields.collect();
    for (_, name, from, to) in DURATIONS.iter().filter(|(noun, ..)| *noun == shape.name) {
        if let (Some(Cell::Text(from)), Some(Cell::Text(to))) = (fields.get(from), fields.get(to)) {
            let [from, to] = [from, to].map(|day| day.parse::<NaiveDate>().unwrap());
            fields.insert(name, Cell::Number((to - from).num_days().into()));
        }
    }
    Row { id: id(shape, row), fields, prose: prose.collect(), related: ones.collect() }
}

/// Fills in the levels that regions lie in.
fn levels(model: &mut Model) {
    let regions = &mut model.noun_mut("Region").rows;
    let codes: HashMap<String, usize> =
        regions.iter().enumerate().map(|(place, row)| (row.text("code").to_owned(), place)).collect();
    for row in regions {
        for (relation, length) in LEVELS {
            let above = row.text("code").get(..length).and_then(|code| codes.get(code));
            row.related.insert(relation, above.copied().into_iter().collect());
        }
    }
}

/// Fills in the relations to many.
fn related(model: &mut Model) {
    levels(model);
    let party = |row: &mut Row| {
        let ends = ["supplier", "buyer"].map(|end| row.related[end][0]);
        row.related.insert("party", ends.into());
    };
    model.noun_mut("BusinessLinkage").rows.iter_mut().for_each(party);
    for (from, relation, via, to, name) in [
        ("Region", "parent", "", "Region", "children"),
        ("PartnerInstitution", "parent", "", "PartnerInstitution", "children"),
        ("Partnership", "parent", "", "Partnership", "children"),
        ("BusinessLinkage", "supplier", "cooperative", "Cooperative", "sales"),
        ("BusinessLinkage", "buyer", "cooperative", "Cooperative", "purchases"),
        ("BusinessLinkage", "supplier", "institution", "PartnerInstitution", "sales"),
        ("BusinessLinkage", "buyer", "institution", "PartnerInstitution", "purchases"),
        ("BusinessLinkage", "commodity", "", "Commodity", "linkages"),
        ("BusinessLinkage", "partnership", "", "Partnership", "linkages"),
        ("LinkageMonth", "linkage", "", "BusinessLinkage", "months"),
        ("AnnualReport", "cooperative", "", "Cooperative", "annualReports"),
        ("Placement", "cooperative", "", "Cooperative", "placements"),
        ("Placement", "batch", "", "InternshipBatch", "placements"),
        ("BusinessUnit", "cooperative", "", "Cooperative", "businessUnits"),
        ("Officer", "cooperative", "", "Cooperative", "officers"),
        ("PartnershipApplication", "cooperative", "", "Cooperative", "applications"),
        ("PartnershipApplication", "institution", "", "PartnerInstitution", "applications"),
        ("CooperativeCommodity", "commodity", "", "Commodity", "volumes"),
        ("CooperativeCommodity", "cooperative", "", "Cooperative", "commodities"),
        ("InternshipBatch", "program", "", "InternshipProgram", "batches"),
        ("InternshipProgram", "organiser", "", "PartnerInstitution", "organisedPrograms"),
        ("InternshipProgram", "host", "cooperative", "Cooperative", "hostedPrograms"),
        ("InternshipProgram", "host", "institution", "PartnerInstitution", "hostedPrograms"),
    ] {
        back(model, from, relation, via, to, name);
    }
    for (noun, name) in [("Cooperative", "cooperatives"), ("PartnerInstitution", "institutions")] {
        let regions = &model.noun("Region").rows;
        let codes = model.noun(noun).rows.iter().map(|row| {
            let region = row.related("region", None).first().map(|at| regions[*at].text("code"));
            region.map(above).unwrap_or_default()
        });
        let inside = grouped(codes);
        let found: Vec<_> = regions.iter().map(|row| below(&inside, row.text("code"))).collect();
        for (row, found) in model.noun_mut("Region").rows.iter_mut().zip(found) {
            row.related.insert(name, found);
        }
    }
}

/// Fills in a relation to many from the relation to one that it turns round, through a party where `via` says so.
fn back(model: &mut Model, from: &str, relation: &'static str, via: &str, to: &str, name: &'static str) {
    let mut found: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, row) in model.noun(from).rows.iter().enumerate() {
        for end in row.related(relation, None) {
            let ends =
                if via.is_empty() { vec![end] } else { model.noun("Party").rows[end].related(via, None) };
            for end in ends {
                found.entry(end).or_default().push(place);
            }
        }
    }
    for (place, row) in model.noun_mut(to).rows.iter_mut().enumerate() {
        row.related.insert(name, found.remove(&place).unwrap_or_default());
    }
}
