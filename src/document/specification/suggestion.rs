//! Suggests known names for a mistyped one.

use strsim::damerau_levenshtein;

/// The most names that are suggested.
const MOST: usize = 3;

/// `; did you mean …?` with the known names that are like a mistyped one, the most alike first; empty when none is.
pub(super) fn suggest<'a>(mistyped: &str, known: impl Iterator<Item = &'a str>) -> String {
    let folded = mistyped.to_lowercase();
    // A third of the letters may be wrong.
    let most = (mistyped.chars().count() / 3).max(1);
    let mut alike: Vec<(usize, &str)> = known
        .map(|name| (damerau_levenshtein(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    alike.sort_unstable();
    let names: Vec<String> = alike.into_iter().take(MOST).map(|(_, name)| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn names_with_few_wrong_letters_are_suggested_the_most_alike_first() {
        let known = ["first", "last", "after", "before", "orderBy"];
        let suggest = |mistyped| suggest(mistyped, known.into_iter());
        assert_eq!(suggest("frist"), "; did you mean `first`?");
        assert_eq!(suggest("orderby"), "; did you mean `orderBy`?");
        assert_eq!(suggest("lfast"), "; did you mean `last`?");
        assert_eq!(suggest("limit"), "");
        assert_eq!(suggest(""), "");
    }
}
