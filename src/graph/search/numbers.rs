//! Numbers in names: numerals and number words are one, so that `7 Ulu` and `Tujuh Ulu` are the same words.

use std::ops::Range;

const UNITS: [&str; 9] = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

/// Roman numerals that are no other words; `i` is one at the end of a name.
const ROMAN: [(&str, usize); 8] =
    [("ii", 2), ("iii", 3), ("iv", 4), ("vi", 6), ("vii", 7), ("viii", 8), ("ix", 9), ("xi", 11)];

/// Replaces the number words below one hundred with numerals. Each word is returned with the range of the words that it stands for.
pub(super) fn as_numerals(words: &[String]) -> Vec<(String, Range<usize>)> {
    let mut rest = 0;
    let mut numerals = Vec::new();
    while let Some(word) = words.get(rest) {
        let roman = ROMAN.iter().find(|(text, _)| text == word).map(|(_, number)| *number);
        let last = rest > 0 && rest + 1 == words.len();
        let roman = roman.or_else(|| (last && word == "i").then_some(1));
        let (text, length) = match number(&words[rest..]).or(roman.map(|number| (number, 1))) {
            Some((number, length)) => (number.to_string(), length),
            None => (word.clone(), 1),
        };
        numerals.push((text, rest..rest + length));
        rest += length;
    }
    numerals
}

/// The number that words begin with, and how many of them it takes.
fn number(words: &[String]) -> Option<(usize, usize)> {
    let word = |at: usize| words.get(at).map(String::as_str);
    let unit = |at: usize| UNITS.iter().position(|unit| word(at) == Some(*unit)).map(|unit| unit + 1);
    match (word(0)?, word(1), unit(0)) {
        ("sepuluh", ..) => Some((10, 1)),
        ("sebelas", ..) => Some((11, 1)),
        (_, Some("belas"), Some(unit)) => Some((10 + unit, 2)),
        (_, Some("puluh"), Some(tens)) => match unit(2) {
            Some(unit) => Some((10 * tens + unit, 3)),
            None => Some((10 * tens, 2)),
        },
        (_, _, Some(unit)) => Some((unit, 1)),
        _ => None,
    }
}

/// The number words of a numeral below one hundred.
pub(super) fn in_words(numeral: &str) -> Option<Vec<&'static str>> {
    let number: usize = numeral.parse().ok().filter(|number| (1..100).contains(number))?;
    let unit = |unit: usize| unit.checked_sub(1).map(|at| UNITS[at]);
    let words = match (number / 10, number % 10) {
        (0, own) => vec![unit(own)],
        (1, 0) => vec![Some("sepuluh")],
        (1, 1) => vec![Some("sebelas")],
        (1, own) => vec![unit(own), Some("belas")],
        (tens, own) => vec![unit(tens), Some("puluh"), unit(own)],
    };
    Some(words.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_from_its_words() {
        for number in 1..100 {
            let mut words: Vec<String> =
                in_words(&number.to_string()).unwrap().into_iter().map(Into::into).collect();
            words.push("ulu".into());
            let numerals: Vec<String> = as_numerals(&words).into_iter().map(|(text, _)| text).collect();
            assert_eq!(numerals, [number.to_string(), "ulu".into()]);
        }
    }

    #[test]
    fn words_keep_their_ranges() {
        let words: Vec<String> = "kota dua puluh enam ilir".split(' ').map(Into::into).collect();
        let expected = [("kota".into(), 0..1), ("26".into(), 1..4), ("ilir".into(), 4..5)];
        assert_eq!(as_numerals(&words), expected);
        let roman: Vec<String> = "seberang ulu i".split(' ').map(Into::into).collect();
        assert_eq!(as_numerals(&roman)[2], ("1".into(), 2..3));
        assert_eq!(as_numerals(&roman[2..])[0], ("i".into(), 0..1));
        assert_eq!((in_words("0"), in_words("100"), in_words("x")), (None, None, None));
    }
}
