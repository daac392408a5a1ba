//! Five classes of shares, which colours stand for.

use crate::pages::language::Language;

/// How wide a class may be, in thousandths.
const STEPS: [i64; 8] = [1, 2, 5, 10, 20, 50, 100, 200];

/// Five classes of shares of equal width, as narrow as the shares allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Classes {
    /// Where the first class begins, and how wide each is, in thousandths.
    from: i64,
    step: i64,
}

/// A share in thousandths; `None` of nothing.
fn thousandths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part.saturating_mul(1000) / whole)
}

impl Classes {
    /// The classes for parts of wholes.
    pub(in crate::pages) fn of(shares: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let shares: Vec<i64> =
            shares.into_iter().filter_map(|(part, whole)| thousandths(part, whole)).collect();
        let least = shares.iter().copied().min().unwrap_or(0);
        // A whole belongs to the last class, also where the class ends with it.
        let most = shares.iter().copied().max().unwrap_or(1000).min(999);
        let fitting = STEPS.into_iter().find(|step| least.min(most) / step * step + 5 * step > most);
        let step = fitting.unwrap_or(200);
        let from = (least.min(most) / step * step).min(1000 - 5 * step).max(0);
        Self { from, step }
    }

    /// The class of a share, from 1 to 5; 0 of nothing.
    pub(in crate::pages) fn class(self, part: i64, whole: i64) -> usize {
        let Some(share) = thousandths(part, whole) else { return 0 };
        let class = (share - self.from) / self.step + 1;
        usize::try_from(class.clamp(1, 5)).unwrap_or(0)
    }

    /// What each class means: `20–40 %`.
    pub(in crate::pages) fn legend(self, language: Language) -> Vec<(usize, String)> {
        let bound = |class: i64| {
            let at = self.from + class * self.step;
            let whole = self.from % 10 == 0 && self.step % 10 == 0;
            language.decimal(&if whole { format!("{}", at / 10) } else { format!("{}.{}", at / 10, at % 10) })
        };
        (1..=5).zip(0..).map(|(class, at)| (class, format!("{}–{} %", bound(at), bound(at + 1)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Classes;
    use crate::pages::language::Language::Indonesian;

    fn legend(shares: &[(i64, i64)]) -> String {
        let legend = Classes::of(shares.iter().copied()).legend(Indonesian);
        legend.into_iter().map(|(_, meaning)| meaning).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn classes_are_as_narrow_as_the_shares_allow() {
        assert_eq!(legend(&[]), "0–20 %, 20–40 %, 40–60 %, 60–80 %, 80–100 %");
        assert_eq!(legend(&[(0, 10), (10, 10)]), "0–20 %, 20–40 %, 40–60 %, 60–80 %, 80–100 %");
        assert_eq!(
            legend(&[(991, 1000), (10, 10)]),
            "99,0–99,2 %, 99,2–99,4 %, 99,4–99,6 %, 99,6–99,8 %, 99,8–100,0 %"
        );
        assert_eq!(legend(&[(0, 10), (3, 100)]), "0–1 %, 1–2 %, 2–3 %, 3–4 %, 4–5 %");
    }

    #[test]
    fn every_share_has_a_class() {
        let shares = [(0, 10), (199, 1000), (2, 10), (5, 10), (10, 10)];
        let classes = Classes::of(shares);
        assert_eq!(shares.map(|(part, whole)| classes.class(part, whole)), [1, 1, 2, 3, 5]);
        assert_eq!(classes.class(0, 0), 0);
        assert_eq!(Classes::of([(7, 7)]).class(7, 7), 5);
    }
}
