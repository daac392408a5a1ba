//! Merges the errors of a field that is forbidden in each row of a list.

use std::collections::{HashMap, hash_map::Entry};

use async_graphql::{PathSegment, ServerError};

use super::errors::code_of;

/// Keeps the first of the errors `FORBIDDEN` with one message and paths that differ in positions in lists only. It gets the
/// path with `*` for each position, and the number of errors, as `pattern` and `count` in `extensions`.
pub(super) fn merge(errors: Vec<ServerError>) -> Vec<ServerError> {
    let mut merged: Vec<(ServerError, u32)> = Vec::with_capacity(errors.len());
    let mut firsts: HashMap<(String, String), usize> = HashMap::new();
    for error in errors {
        let in_a_list = error.path.iter().any(|segment| matches!(segment, PathSegment::Index(_)));
        // Other errors may be wrong for each row in its own way.
        if !in_a_list || code_of(&error) != "FORBIDDEN" {
            merged.push((error, 1));
            continue;
        }
        match firsts.entry((error.message.clone(), pattern(&error.path))) {
            Entry::Occupied(first) => merged[*first.get()].1 += 1,
            Entry::Vacant(first) => {
                first.insert(merged.len());
                merged.push((error, 1));
            }
        }
    }
    merged.into_iter().map(counted).collect()
}

fn counted((mut error, count): (ServerError, u32)) -> ServerError {
    if count > 1 {
        let pattern = pattern(&error.path);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("pattern", pattern);
        extensions.set("count", count);
    }
    error
}

fn pattern(path: &[PathSegment]) -> String {
    let segments = path.iter().map(|segment| match segment {
        PathSegment::Field(name) => name.as_str(),
        PathSegment::Index(_) => "*",
    });
    segments.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, ServerError};

    use super::merge;

    fn error(message: &str, row: usize) -> ServerError {
        let path =
            vec![PathSegment::Field("a".into()), PathSegment::Index(row), PathSegment::Field("b".into())];
        let mut error = ServerError { path, ..ServerError::new(message, None) };
        error.extensions.get_or_insert_default().set("code", "FORBIDDEN");
        error
    }

    #[test]
    fn a_field_that_is_forbidden_in_each_row_of_a_list_is_one_error_with_its_count() {
        let errors = merge(vec![error("x", 3), error("y", 3), error("x", 4), error("x", 9)]);
        assert_eq!(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(errors[0].path, error("x", 3).path);
        let extensions = errors[0].extensions.as_ref().unwrap();
        assert_eq!(extensions.get("pattern"), Some(&"a.*.b".into()));
        assert_eq!(extensions.get("count"), Some(&3.into()));
        assert_eq!(errors[1].extensions.as_ref().unwrap().get("count"), None);
    }
}
