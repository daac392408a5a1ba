//! Slugs: unique and readable keys for addresses.

use std::collections::HashSet;

use crate::graph::fold::fold;

/// Converts `name` to lower-case letters and digits, with words joined by hyphens.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in fold(name).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The slug of `name`. If it is taken, the first of `suffixes` that makes it unique is appended.
pub(super) fn unique(taken: &mut HashSet<String>, name: &str, suffixes: &[&str]) -> String {
    let plain = slug(name);
    let candidates = suffixes.iter().map(|suffix| format!("{plain}-{}", slug(suffix)));
    let mut candidates = std::iter::once(plain.clone()).chain(candidates);
    let free = candidates.find(|candidate| !candidate.is_empty() && !taken.contains(candidate));
    let free = free.unwrap_or_else(|| format!("{plain}-{}", taken.len()));
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Kopontren Al-Ittifaq"), "kopontren-al-ittifaq");
        assert_eq!(slug("(STAN) Pulo Lon / Ba'u."), "stan-pulo-lon-ba-u");
    }

    #[test]
    fn a_taken_slug_gets_a_suffix() {
        let mut taken = HashSet::from(["kud-maju".to_owned()]);
        assert_eq!(unique(&mut taken, "KUD Maju", &["32.04"]), "kud-maju-32-04");
        assert_eq!(unique(&mut taken, "KUD Maju", &["32.04", "7"]), "kud-maju-7");
    }
}
