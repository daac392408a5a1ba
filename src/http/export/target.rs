//! What an export is asked for by its address: the format, the profile, and the short form's list with its arguments.

use std::collections::HashSet;

use axum::http::{StatusCode, Uri};

use super::PATH;
use crate::{
    document::export::Short,
    exchange::table::{Format, Profile, TableError},
    http::{graphql::decoded, refusal::Refusal},
};

/// What an export is asked for.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) format: Format,
    pub(super) profile: Profile,
    /// The path of the list beneath each row that is expanded.
    pub(super) expand: Option<String>,
    /// The short form, such as `cooperatives.csv?columns=name`.
    pub(super) short: Option<Short>,
}

impl Target {
    /// Reads an address.
    ///
    /// # Errors
    /// 404 for an unknown format; 400 for an unknown profile, or a parameter that is given twice.
    pub(super) fn read(uri: &Uri) -> Result<Self, Refusal> {
        let path = decoded(uri.path().strip_prefix(PATH).unwrap_or_default())?;
        let (list, format) = match path.rsplit_once('.') {
            Some((list, format)) => (Some(list.to_owned()), format),
            None => (None, path.as_str()),
        };
        let format: Format = format.parse().map_err(|error: TableError| {
            Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", error.to_string())
        })?;
        let mut target = Self { format, profile: Profile::Plain, expand: None, short: None };
        let mut short = Short { list: list.clone().unwrap_or_default(), ..Short::default() };
        let mut seen = HashSet::new();
        for pair in uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if !seen.insert(name.clone()) {
                return Err(Refusal::bad_input(format!("`{name}` is given twice")));
            }
            match name.as_str() {
                "profile" => {
                    target.profile =
                        value.parse().map_err(|error: TableError| Refusal::bad_input(error.to_string()))?;
                }
                "expand" => target.expand = Some(value).filter(|path| !path.is_empty()),
                "columns" => short.columns = Some(value),
                _ => short.arguments.push((name, value)),
            }
        }
        if list.is_some() {
            short.expand.clone_from(&target.expand);
            target.short = Some(short);
        }
        Ok(target)
    }
}
