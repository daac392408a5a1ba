//! Which operation names become labels of metrics: those of trusted documents first, then the most used.

use std::{cmp::Reverse, collections::HashMap};

use crate::document::named::Origin;

/// How many names become labels. Callers choose the names, so the number is bounded.
const SHOWN: usize = 100;

/// How many names are counted, so that a new one can become a label.
const COUNTED: usize = 1_000;

/// How many uses of a sent document a use of a persisted document counts as.
const PERSISTED: u64 = 4;

/// The most used names of operations, by the space-saving algorithm of Metwally, Agrawal and El Abbadi.
#[derive(Debug, Default)]
pub(super) struct Names {
    used: HashMap<String, Use>,
    shown: usize,
}

#[derive(Debug)]
struct Use {
    origin: Origin,
    times: u64,
    /// How many of these may be uses of other names, whose counter this one took over.
    doubtful: u64,
    shown: bool,
}

impl Use {
    /// The rank of a name. Any caller can register documents, so a persisted one counts more but does not exclude others.
    fn rank(&self) -> (bool, u64) {
        let times = self.times - self.doubtful;
        (self.origin == Origin::Trusted, if self.origin == Origin::Sent { times } else { PERSISTED * times })
    }
}

/// The label of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Its name, which replaces the label of another name.
    Shown {
        instead_of: Option<String>,
    },
    Other,
}

impl Names {
    /// Counts one use of a name.
    pub(super) fn label(&mut self, name: &str, origin: Origin) -> Label {
        let doubtful =
            if self.used.contains_key(name) || self.used.len() < COUNTED { 0 } else { self.forget_one() };
        let used = self.used.entry(name.to_owned()).or_insert(Use {
            origin,
            times: doubtful,
            doubtful,
            shown: false,
        });
        used.times += 1;
        used.origin = used.origin.max(origin);
        if used.shown {
            return Label::Shown { instead_of: None };
        }
        let (trusted, times) = used.rank();
        if self.shown < SHOWN {
            used.shown = true;
            self.shown += 1;
            return Label::Shown { instead_of: None };
        }
        let shown = self.used.iter().filter(|(_, used)| used.shown);
        let Some((least, (least_trusted, least_times))) =
            shown.map(|(name, used)| (name.clone(), used.rank())).min_by_key(|(_, rank)| *rank)
        else {
            return Label::Other;
        };
        // Twice as often, so that two names do not replace each other all the time.
        if (least_trusted && !trusted) || (trusted == least_trusted && times <= 2 * least_times) {
            return Label::Other;
        }
        for (name, shown) in [(least.as_str(), false), (name, true)] {
            if let Some(used) = self.used.get_mut(name) {
                used.shown = shown;
            }
        }
        Label::Shown { instead_of: Some(least) }
    }

    /// Drops the least used name without a label, and returns its count.
    fn forget_one(&mut self) -> u64 {
        let hidden = self.used.iter().filter(|(_, used)| !used.shown);
        let least = hidden.max_by_key(|(_, used)| Reverse(used.rank())).map(|(name, _)| name.clone());
        least.and_then(|name| self.used.remove(&name)).map_or(0, |used| used.times)
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, Label, Names, SHOWN};
    use crate::document::named::Origin;

    fn is_shown(label: &Label) -> bool {
        matches!(label, Label::Shown { .. })
    }

    fn invented(names: &mut Names, many: usize, origin: Origin) {
        for number in 0..many {
            names.label(&format!("Invented{number}"), origin);
        }
    }

    #[test]
    fn used_names_replace_unused_names() {
        let mut names = Names::default();
        invented(&mut names, 5_000, Origin::Sent);
        let uses: Vec<_> = (0..3).map(|_| names.label("Profile", Origin::Sent)).collect();
        assert_eq!(uses.iter().map(is_shown).collect::<Vec<_>>(), [false, false, true], "{uses:?}");
        assert!(
            matches!(&uses[2], Label::Shown { instead_of: Some(other) } if other.starts_with("Invented"))
        );
        invented(&mut names, 5_000, Origin::Sent);
        assert_eq!(names.label("Profile", Origin::Sent), Label::Shown { instead_of: None });
    }

    #[test]
    fn names_of_trusted_documents_are_shown_at_once_then_those_of_persisted_ones() {
        let mut names = Names::default();
        for _ in 0..20 {
            invented(&mut names, SHOWN, Origin::Sent);
        }
        assert!(is_shown(&names.label("Trusted", Origin::Trusted)));
        let uses = |names: &mut Names, name: &str, origin| {
            (1..1_000).find(|_| is_shown(&names.label(name, origin))).unwrap()
        };
        assert_eq!(
            (uses(&mut names, "Persisted", Origin::Persisted), uses(&mut names, "Sent", Origin::Sent)),
            (11, 41)
        );
        // A hundred persisted documents of one caller do not exclude other names for ever, nor trusted ones at all.
        invented(&mut names, 5 * SHOWN, Origin::Persisted);
        assert!(uses(&mut names, "Late", Origin::Sent) < 200);
        assert_eq!(names.label("Trusted", Origin::Sent), Label::Shown { instead_of: None });
    }

    #[test]
    fn the_number_of_names_is_bounded() {
        let mut names = Names::default();
        let mut shown = std::collections::HashSet::new();
        for number in 0..20_000_u32 {
            let name = format!("N{}", number.wrapping_mul(2_654_435_761) >> 19);
            if let Label::Shown { instead_of } = names.label(&name, Origin::Sent) {
                shown.insert(name);
                assert!(instead_of.is_none_or(|other| shown.remove(&other)), "who was not shown gave way");
            }
            assert!(shown.len() <= SHOWN && names.used.len() <= COUNTED);
        }
    }
}
