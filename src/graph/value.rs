//! A column value: comparable, hashable, and the same on both engines.

use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::Value as SqlValue;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A value of a column, of a condition or of a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    #[serde(rename = "n")]
    Null,
    #[serde(rename = "b")]
    Bool(bool),
    #[serde(rename = "i")]
    Int(i64),
    #[serde(rename = "t")]
    Text(Arc<str>),
    #[serde(rename = "u")]
    Uuid(Uuid),
    #[serde(rename = "d")]
    Date(NaiveDate),
}

impl Value {
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<SqlValue> for Value {
    fn from(value: SqlValue) -> Self {
        match value {
            SqlValue::Bool(Some(value)) => Self::Bool(value),
            SqlValue::TinyInt(Some(value)) => Self::Int(value.into()),
            SqlValue::SmallInt(Some(value)) => Self::Int(value.into()),
            SqlValue::Int(Some(value)) => Self::Int(value.into()),
            SqlValue::BigInt(Some(value)) => Self::Int(value),
            SqlValue::String(Some(value)) => Self::Text(value.as_str().into()),
            SqlValue::Uuid(Some(value)) => Self::Uuid(value),
            SqlValue::ChronoDate(Some(value)) => Self::Date(value),
            _ => Self::Null,
        }
    }
}

impl From<&Value> for SqlValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => SqlValue::String(None),
            Value::Bool(value) => (*value).into(),
            Value::Int(value) => (*value).into(),
            Value::Text(value) => value.as_ref().into(),
            Value::Uuid(value) => (*value).into(),
            Value::Date(value) => (*value).into(),
        }
    }
}

macro_rules! values {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

values! {
    bool => Bool,
    i32 => Int,
    i64 => Int,
    &str => Text,
    String => Text,
    Arc<str> => Text,
    Uuid => Uuid,
    NaiveDate => Date,
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
