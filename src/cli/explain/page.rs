//! Pages of the documentation with sections of an explanation: between a mark `<!-- explain: SECTION -->` and `<!-- end -->`.
//!
//! A mark may say on which engine, and without the planner: `<!-- explain: sql, on SQLite, planner off -->`.

use std::fmt::Write;

use super::{ExplainError, Explained, Explanation, explain, markdown::Section};
use crate::config::{ServeOptions, Switch};

const BEGIN: &str = "<!-- explain: ";
const END: &str = "<!-- end -->";

/// The page with the sections that its marks name, of a request that is executed on the database at `url`. Sections of
/// the other engine stay as they are.
///
/// # Errors
/// As [`explain`].
pub async fn filled(
    page: &str,
    url: &str,
    request: Explained,
    options: &ServeOptions,
) -> Result<String, ExplainError> {
    let with = |planner| {
        let mut options = options.clone();
        options.planner = Some(planner);
        options
    };
    let planned = Box::pin(explain(url, request.clone(), &with(Switch::On))).await?;
    let unplanned = Box::pin(explain(url, request, &with(Switch::Off))).await?;
    let mut filled = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, mark)) = rest.split_once(BEGIN) {
        let (Some((wanted, _)), Some((old, after))) = (mark.split_once(" -->"), mark.split_once(END)) else {
            break;
        };
        filled.push_str(before);
        filled.push_str(BEGIN);
        match section(wanted, &planned, &unplanned) {
            Some(text) => {
                let _ = write!(filled, "{wanted} -->\n{text}");
            }
            None => filled.push_str(old),
        }
        filled.push_str(END);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The section that a mark names; none of the other engine.
fn section(mark: &str, planned: &Explanation, unplanned: &Explanation) -> Option<String> {
    let mut words = mark.split(", ");
    let (name, mut explanation) = (words.next()?, planned);
    for word in words {
        match word.strip_prefix("on ") {
            Some(engine) if engine != planned.engine() => return None,
            Some(_) => {}
            None => explanation = unplanned,
        }
    }
    let section = Section::ALL.into_iter().find(|(known, _)| *known == name);
    section.map(|(_, section)| explanation.section(section))
}
