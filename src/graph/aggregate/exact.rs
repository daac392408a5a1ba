//! Exact sums beyond 64 bits, and averages rounded half to even.

/// Combines a sum from its two halves, as statements return them: units of 2³² and the remainder.
#[must_use]
pub(super) fn sum(high: i64, low: i64) -> i128 {
    (i128::from(high) << 32) + i128::from(low)
}

/// The average of `count` numbers with `places` decimal places, in hundredths, rounded half to even.
#[must_use]
pub(super) fn average(sum: i128, count: i64, places: u32) -> Option<i128> {
    let divisor = i128::from(count) * 10_i128.pow(places);
    if divisor == 0 {
        return None;
    }
    let (whole, rest) = ((sum * 100).div_euclid(divisor), (sum * 100).rem_euclid(divisor));
    let up = match (rest * 2).cmp(&divisor) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    Some(whole + i128::from(up))
}

/// Formats units with `places` decimal places, without trailing zeros.
#[must_use]
pub(super) fn decimal(units: i128, places: u32) -> String {
    let scale = 10_u128.pow(places);
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let (whole, fraction, width) = (units / scale, units % scale, places as usize);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let text = format!("{sign}{whole}.{fraction:0width$}");
    text.trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_combined_beyond_64_bits() {
        let value = 10_000 * 1_000_000_000_000_000_i128;
        let (high, low) = (i64::try_from(value >> 32).unwrap(), i64::try_from(value & 0xffff_ffff).unwrap());
        assert_eq!(sum(high, low), value);
        assert_eq!(sum(-1, 0xffff_ffff), -1);
    }

    #[test]
    fn an_average_is_rounded_half_to_even() {
        assert_eq!(average(1, 8, 0), Some(12));
        assert_eq!(average(3, 8, 0), Some(38));
        assert_eq!(average(-1, 8, 0), Some(-12));
        assert_eq!(average(12_345, 1, 3), Some(1_234));
        assert_eq!(average(1, 0, 0), None);
    }

    #[test]
    fn a_decimal_has_no_trailing_zeros() {
        assert_eq!(decimal(-1_250, 2), "-12.5");
        assert_eq!(decimal(5, 3), "0.005");
        assert_eq!(decimal(700, 2), "7");
    }
}
