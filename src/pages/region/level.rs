//! The level of a region, as its code says it.

/// A level of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Province,
    RegencyCity,
    District,
    Village,
}

impl Level {
    /// The level of the region with this code; `None` of what is no code.
    pub(super) fn of(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('.').collect();
        let digits =
            |part: &&str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let level = match parts.len() {
            1 => Self::Province,
            2 => Self::RegencyCity,
            3 => Self::District,
            4 => Self::Village,
            _ => return None,
        };
        let shaped = parts.iter().enumerate().all(|(at, part)| digits(part, if at == 3 { 4 } else { 2 }));
        shaped.then_some(level)
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn a_code_says_its_level() {
        assert_eq!(Level::of("32"), Some(Level::Province));
        assert_eq!(Level::of("32.04"), Some(Level::RegencyCity));
        assert_eq!(Level::of("32.04.39"), Some(Level::District));
        assert_eq!(Level::of("32.04.39.2001"), Some(Level::Village));
        for code in ["", "3", "32.4", "32.04.39.01", "32.04.39.2001.1", "ab", "32\"", "٣٢"] {
            assert_eq!(Level::of(code), None, "{code}");
        }
    }
}
