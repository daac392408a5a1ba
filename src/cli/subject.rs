//! What commands about keys and grants share: subjects, and times as people read them.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta};

use crate::store::{
    clock,
    credential::{LONGEST_SUBJECT, OPERATOR, is_subject},
    writer::SYSTEM,
};

/// A subject as an operator names it.
#[derive(Clone, Debug)]
pub(super) struct Subject(String);

impl Subject {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if length == 0 || length > LONGEST_SUBJECT {
            return Err(format!("1 to {LONGEST_SUBJECT} characters, not {length}"));
        }
        if [SYSTEM, OPERATOR].contains(&text) {
            return Err(format!("`{text}` is the name for what no caller does"));
        }
        if !is_subject(text) {
            return Err("no control or invisible characters, and no spaces at the ends".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

/// The time after so many days.
pub(super) fn expiry(days: Option<u32>) -> Option<i64> {
    days.map(|days| (clock::now() + TimeDelta::days(days.into())).timestamp_micros())
}

/// A time in UTC; a dash for none.
pub(super) fn time(micros: Option<i64>) -> String {
    let time = micros.and_then(DateTime::from_timestamp_micros);
    time.map_or_else(|| "-".to_owned(), |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}
