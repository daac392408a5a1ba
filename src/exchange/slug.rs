//! Slugs: unique and readable keys for addresses.

use std::collections::HashSet;

pub(super) use crate::graph::fold::slug;

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
    fn a_taken_slug_gets_a_suffix() {
        let mut taken = HashSet::from(["kud-maju".to_owned()]);
        assert_eq!(unique(&mut taken, "KUD Maju", &["32.04"]), "kud-maju-32-04");
        assert_eq!(unique(&mut taken, "KUD Maju", &["32.04", "7"]), "kud-maju-7");
    }
}
