//! Which columns a history tells of, under which names, and how their values are written.

use async_graphql::ScalarType;
use entity::set::{AgreementContents, LearningMethods};
use sea_orm::{
    ActiveEnum, EntityTrait, IdenStatic, Iterable, RelationTrait, RelationType, Value as SqlValue,
};
use uuid::Uuid;

use super::HISTORY;
use crate::{
    access::{Audience, Personal, Use, Viewer},
    graph::{
        id,
        load::{Column, Noun, Table},
        scalar::Decimal,
        value::Value,
    },
    registry::{
        batch::InternshipBatch, business_class::BusinessClass, commodity::Commodity,
        cooperative::Cooperative, institution::PartnerInstitution, linkage::BusinessLinkage,
        partnership::Partnership, person::Person, personal, program::InternshipProgram, region::Region,
    },
};

/// Columns that say nothing about the subject of a record.
const BOOKKEEPING: [&str; 8] =
    ["id", "version", "created_at", "updated_at", "source", "source_reference", "as_of", "program_visible"];

/// Columns that no field shows as they are, and those that follow from other rows.
const LEFT_OUT: [&str; 9] = [
    "cooperative.legal_entity_number_raw",
    "cooperative.location_approximate",
    "cooperative.sphere_x_e9",
    "cooperative.sphere_y_e9",
    "cooperative.sphere_z_e9",
    "partnership.first_party_id",
    // It follows from other rows, whose changes do not raise the version of the row.
    "internship_batch.participant_count",
    "internship_program.participant_count",
    "internship_program.announced",
];

/// Columns whose field has another name.
const NAMES: [(&str, &str); 5] = [
    ("cooperative.cooperative_type", "type"),
    ("cooperative.latitude_e3", "location.latitude"),
    ("cooperative.longitude_e3", "location.longitude"),
    ("cooperative.location_precision", "location.precision"),
    ("linkage_month.rejected_bp", "rejectedPercent"),
];

/// A column that a history tells of.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) index: usize,
    /// The name of its field.
    pub(super) field: String,
    form: Form,
    personal: Option<&'static Personal>,
}

/// How the values of a column are written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Plain,
    Thousandths,
    Hundredths,
    /// The bits of a set, by their words.
    Set(fn(i32) -> Vec<String>),
    /// The key of a row of a noun.
    Key(&'static str),
    /// The key of a party of either kind.
    Party,
}

/// A value as it is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    Text(String),
    /// A party, whose global id depends on its kind.
    Party(Uuid),
}

impl Told {
    /// Whether a viewer may read its values. Keys of records that can be drafts are told to the ministry only, which sees
    /// all of them.
    pub(super) fn permitted(&self, viewer: &Viewer) -> bool {
        let drafts = [InternshipBatch::NAME, InternshipProgram::NAME, Partnership::NAME];
        let may_be_hidden = matches!(self.form, Form::Key(noun) if drafts.contains(&noun));
        self.personal.is_none_or(|personal| personal.read.who == Audience::Everyone)
            && (!may_be_hidden || viewer.is_ministry())
    }

    /// Writes a value; none for null.
    pub(super) fn write(&self, value: SqlValue) -> Option<Written> {
        let text = match (self.form, value) {
            (Form::Party, SqlValue::Uuid(Some(key))) => return Some(Written::Party(key)),
            (_, SqlValue::Json(Some(json))) => json.to_string(),
            (form, value) => match (form, Value::from(value)) {
                (_, Value::Null) => return None,
                (Form::Key(noun), key) => id::encode(noun, &key).0,
                (Form::Thousandths, Value::Int(units)) => decimal(Decimal::thousandths(units)),
                (Form::Hundredths, Value::Int(units)) => decimal(Decimal::hundredths(units)),
                (Form::Set(words), Value::Int(bits)) => {
                    serde_json::Value::from(words(i32::try_from(bits).unwrap_or_default())).to_string()
                }
                (_, Value::Bool(flag)) => flag.to_string(),
                (_, Value::Int(number)) => number.to_string(),
                (_, Value::Text(text)) => text.as_ref().to_owned(),
                (_, Value::Uuid(key)) => key.simple().to_string(),
                (_, Value::Date(date)) => date.to_string(),
            },
        };
        Some(Written::Text(text))
    }
}

/// The columns of a noun that its history tells of, in the order of the table.
pub(super) fn of<N: Noun>() -> Vec<Told> {
    let table = N::table().name.as_str();
    let told = <N::Entity as EntityTrait>::Column::iter().enumerate().filter_map(|(index, column)| {
        let name = column.as_str();
        let qualified = format!("{table}.{name}");
        if !is_told(name, &qualified) {
            return None;
        }
        let form = form(name, &qualified, refers_to::<N::Entity>(name));
        let renamed = NAMES.iter().find(|(column, _)| *column == qualified);
        let field = renamed.map_or_else(|| field(name, form), |(_, field)| (*field).to_owned());
        let personal = personal::TABLE.into_iter().find(|personal| personal.columns.contains(&&*qualified));
        Some(Told { index, field, form, personal })
    });
    told.collect()
}

/// The table, whose field `history` reads all that is told to anybody of rows of the table `of`, and their versions.
pub(super) fn reading(table: Table, of: &str) -> Table {
    let read = table.columns.iter().copied().filter(|column| {
        let qualified = format!("{of}.{}", column.name);
        let hidden = personal::TABLE.iter().any(|personal| {
            personal.columns.contains(&&*qualified) && personal.check(Use::Read, &Viewer::Anonymous).is_err()
        });
        column.name == "version" || is_told(column.name, &qualified) && !hidden
    });
    let read: Vec<Column> = read.collect();
    table.reading(HISTORY, &read)
}

/// A column of a table by its name.
pub(super) fn column(table: &Table, name: &str) -> Column {
    let found = table.columns.iter().find(|column| column.name == name);
    *found.unwrap_or(&table.key[0])
}

fn is_told(name: &str, qualified: &str) -> bool {
    !BOOKKEEPING.contains(&name) && !name.ends_with("_fold") && !LEFT_OUT.contains(&qualified)
}

/// The table that a foreign key refers to.
fn refers_to<E: EntityTrait>(column: &str) -> Option<String> {
    let found = E::Relation::iter().map(|relation| relation.def()).find(|relation| {
        let own = relation.rel_type == RelationType::HasOne && !relation.is_owner;
        own && relation.from_col.iter().any(|from| from.to_string() == column)
    });
    found.map(|relation| relation.to_tbl.sea_orm_table().to_string())
}

fn form(name: &str, qualified: &str, refers_to: Option<String>) -> Form {
    if let Some(table) = refers_to {
        return match table.as_str() {
            "party" => Form::Party,
            "region" => Form::Key(Region::NAME),
            "commodity" => Form::Key(Commodity::NAME),
            "business_class" => Form::Key(BusinessClass::NAME),
            "cooperative" => Form::Key(Cooperative::NAME),
            "institution" => Form::Key(PartnerInstitution::NAME),
            "person" => Form::Key(Person::NAME),
            "partnership" => Form::Key(Partnership::NAME),
            "linkage" => Form::Key(BusinessLinkage::NAME),
            "internship_program" => Form::Key(InternshipProgram::NAME),
            "internship_batch" => Form::Key(InternshipBatch::NAME),
            _ => Form::Plain,
        };
    }
    match qualified {
        "internship_program.methods" => Form::Set(|bits| words(LearningMethods(bits).iter())),
        "partnership.contents" => Form::Set(|bits| words(AgreementContents(bits).iter())),
        _ if name.ends_with("_milli") || name.ends_with("_e3") => Form::Thousandths,
        _ if name.ends_with("_bp") => Form::Hundredths,
        _ => Form::Plain,
    }
}

fn decimal(number: Decimal) -> String {
    match number.to_value() {
        async_graphql::Value::String(text) => text,
        other => other.to_string(),
    }
}

fn words<W: ActiveEnum<Value = String>>(words: impl Iterator<Item = W>) -> Vec<String> {
    words.map(|word| word.to_value()).collect()
}

/// The name of the field of a column: without its unit of storage, or the suffix of a key.
fn field(column: &str, form: Form) -> String {
    let suffixes: &[&str] = match form {
        Form::Key(_) | Form::Party => &["_id", "_code"],
        _ => &["_milli"],
    };
    let name = suffixes.iter().find_map(|suffix| column.strip_suffix(suffix)).unwrap_or(column);
    let mut words = name.split('_');
    let mut field = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        field.push_str(&first.to_ascii_uppercase());
        field.push_str(rest);
    }
    field
}
