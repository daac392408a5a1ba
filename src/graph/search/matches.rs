//! A page of search results. Cursors hold the position in the ranking, as those of any list.

use super::Found;
use crate::graph::{
    Error, Result,
    cursor::{self, Fingerprint},
    page::{MAX_PAGE, Window},
    value::Value,
};

/// A page of search results.
#[derive(Clone, Debug)]
pub struct Slice {
    pub found: Vec<Found>,
    /// Whether there are results before and after the page.
    pub before: bool,
    pub after: bool,
    fingerprint: Fingerprint,
}

impl Slice {
    /// Cuts a page out of all results. `asked` identifies the search: a cursor is valid for one search only.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for invalid pagination arguments, `CURSOR_INVALID` for a cursor of another search.
    pub fn cut(all: &[Found], asked: &str, window: &Window) -> Result<Self> {
        let fingerprint = Fingerprint::of_text(asked);
        let (limit, backward) = window.size(MAX_PAGE)?;
        let read = |text: &Option<String>| {
            text.as_ref().map(|text| from_cursor(cursor::decode(text, fingerprint, 4)?)).transpose()
        };
        let (after, before) = (read(&window.after)?, read(&window.before)?);
        let start =
            after.map_or(0, |after| all.partition_point(|found| found.sort_key() <= after.sort_key()));
        let end = before
            .map_or(all.len(), |before| all.partition_point(|found| found.sort_key() < before.sort_key()));
        let end = end.max(start);
        let limit = limit as usize;
        let (start, end) = if backward {
            (start.max(end.saturating_sub(limit)), end)
        } else {
            (start, end.min(start + limit))
        };
        let found = all[start..end].to_vec();
        Ok(Self { found, before: start > 0, after: end < all.len(), fingerprint })
    }

    /// The cursor of a result on this page.
    #[must_use]
    pub fn cursor(&self, found: &Found) -> String {
        let table = i64::try_from(found.table).unwrap_or_default();
        let relevance = i64::try_from(found.relevance).unwrap_or_default();
        let values = [relevance.into(), found.name.as_str().into(), table.into(), found.key.clone()];
        cursor::encode(self.fingerprint, &values)
    }
}

/// Converts a cursor to the result that it points to.
fn from_cursor(values: Vec<Value>) -> Result<Found> {
    let forged = || Error::CursorInvalid("the cursor does not fit this search");
    let Ok([Value::Int(relevance), Value::Text(name), Value::Int(table), key]) =
        <[Value; 4]>::try_from(values)
    else {
        return Err(forged());
    };
    let (relevance, table) = (u64::try_from(relevance), usize::try_from(table));
    let (Ok(relevance), Ok(table), Value::Uuid(_) | Value::Text(_)) = (relevance, table, &key) else {
        return Err(forged());
    };
    Ok(Found { table, key, name: name.to_string(), relevance, why: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Found> {
        let found = |relevance, name: &str| Found {
            table: 0,
            key: name.into(),
            name: name.to_owned(),
            relevance,
            why: Vec::new(),
        };
        vec![found(900, "a"), found(900, "b"), found(800, "a"), found(700, "c"), found(700, "d")]
    }

    fn window(first: Option<i32>, after: Option<&str>, last: Option<i32>, before: Option<&str>) -> Window {
        (first, after.map(str::to_owned), last, before.map(str::to_owned)).into()
    }

    #[test]
    fn pages_hold_everything_once_in_both_directions() {
        for size in 1..=6 {
            let (mut forward, mut backward) = (Vec::new(), Vec::new());
            let (mut after, mut before) = (None::<String>, None::<String>);
            loop {
                let slice =
                    Slice::cut(&all(), "q", &window(Some(size), after.as_deref(), None, None)).unwrap();
                after = slice.found.last().map(|found| slice.cursor(found));
                forward.extend(slice.found.clone());
                if !slice.after {
                    break;
                }
            }
            loop {
                let slice =
                    Slice::cut(&all(), "q", &window(None, None, Some(size), before.as_deref())).unwrap();
                before = slice.found.first().map(|found| slice.cursor(found));
                backward.splice(0..0, slice.found.clone());
                if !slice.before {
                    break;
                }
            }
            assert_eq!(forward, all());
            assert_eq!(backward, all());
        }
    }

    #[test]
    fn a_cursor_of_a_vanished_result_is_still_valid() {
        let slice = Slice::cut(&all(), "q", &window(Some(3), None, None, None)).unwrap();
        let cursor = slice.cursor(&slice.found[2]);
        let mut fewer = all();
        fewer.remove(2);
        let next = Slice::cut(&fewer, "q", &window(Some(1), Some(&cursor), None, None)).unwrap();
        assert_eq!(next.found[0].name, "c");
        assert!(next.before && next.after);
    }

    #[test]
    fn a_cursor_of_another_search_is_refused() {
        let slice = Slice::cut(&all(), "q", &window(Some(1), None, None, None)).unwrap();
        let cursor = slice.cursor(&slice.found[0]);
        let other = Slice::cut(&all(), "r", &window(Some(1), Some(&cursor), None, None));
        assert!(matches!(other, Err(Error::CursorInvalid(_))));
    }
}
