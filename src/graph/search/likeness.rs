//! Similarity of two words: equal, misspelled, a prefix, or one within the other.

/// The similarity of equal words: 1,000.
pub(super) const FULL: u32 = 1_000;

/// The similarity of a word to the wanted one, in thousandths.
pub(super) fn likeness(wanted: &str, word: &str) -> u32 {
    if wanted == word {
        return FULL;
    }
    misspelled(wanted, word).max(begun(wanted, word)).max(within(wanted, word))
}

/// Similarity of misspelled words, by edit distance: no edits in a short word, more the longer it is, never in a
/// number.
fn misspelled(wanted: &str, word: &str) -> u32 {
    let forgiven = match wanted.len() {
        0..=3 => return 0,
        4..=6 => 1,
        7..=11 => 2,
        _ => 3,
    };
    let number = |text: &str| text.bytes().any(|letter| letter.is_ascii_digit());
    if number(wanted) || number(word) {
        return 0;
    }
    let Some(edits) = edits(wanted, word, forgiven) else { return 0 };
    // Typing errors are rare in the first letter.
    let first = u32::from(wanted.as_bytes().first() != word.as_bytes().first());
    let longer = count(wanted.len().max(word.len()));
    FULL - FULL * (2 * count(edits) + first) / (2 * longer)
}

/// Similarity of a prefix of the word.
fn begun(wanted: &str, word: &str) -> u32 {
    if word.starts_with(wanted) { 600 + 350 * count(wanted.len()) / count(word.len()) } else { 0 }
}

/// Similarity of a part of a compound word.
fn within(wanted: &str, word: &str) -> u32 {
    let part = wanted.len() >= 4 && word.contains(wanted);
    if part { 400 + 300 * count(wanted.len()) / count(word.len()) } else { 0 }
}

fn count(letters: usize) -> u32 {
    u32::try_from(letters).unwrap_or(1_000).min(1_000)
}

/// The edit distance of two words, counting omissions, additions, replacements and swaps of neighbours, if it is at
/// most `at_most`.
pub(super) fn edits(one: &str, other: &str, at_most: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > at_most || different_letters(one, other) > count(at_most) {
        return None;
    }
    // Three rows of the table: the one being filled, the one above, and the one above that for swapped letters.
    let mut before = vec![0; other.len() + 1];
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut row = vec![0; other.len() + 1];
    for (i, letter) in one.iter().enumerate() {
        row[0] = i + 1;
        for (j, facing) in other.iter().enumerate() {
            let replaced = above[j] + usize::from(letter != facing);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && one[i - 1] == *facing && *letter == other[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        if row.iter().all(|edits| *edits > at_most) {
            return None;
        }
        (before, above, row) = (above, row, before);
    }
    above.last().copied().filter(|edits| *edits <= at_most)
}

/// Number of different letters of either word that the other lacks: each takes an edit.
fn different_letters(one: &[u8], other: &[u8]) -> u32 {
    let letters = |word: &[u8]| word.iter().fold(0_u64, |set, letter| set | 1 << (letter % 64));
    let (one, other) = (letters(one), letters(other));
    (one & !other).count_ones().max((other & !one).count_ones())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_letters_left_out_added_replaced_or_swapped() {
        for (one, other, expected) in [
            ("ittifaq", "ittifaq", 0),
            ("itifaq", "ittifaq", 1),
            ("sidomulio", "sidomulyo", 1),
            ("pasudnan", "pasundan", 1),
            ("ab", "ba", 1),
            ("sdmulyo", "sidomulyo", 2),
            ("", "ab", 2),
        ] {
            assert_eq!(edits(one, other, 2), Some(expected), "{one} and {other}");
            assert_eq!(edits(other, one, 2), Some(expected), "{other} and {one}");
        }
        assert_eq!(edits("sidomulyo", "sidorejo", 2), None);
        assert_eq!(edits("maju", "maju jaya", 2), None);
    }

    #[test]
    fn a_more_similar_word_scores_higher() {
        let by_likeness = ["sidomulyo", "sidomulya", "sidomulyorejo", "sidomalya", "wonosari"];
        let values: Vec<u32> = by_likeness.iter().map(|word| likeness("sidomulyo", word)).collect();
        assert!(values.is_sorted_by(|one, other| one > other), "{values:?}");
        assert_eq!((values[0], values[4]), (FULL, 0));
    }

    #[test]
    fn short_words_and_numbers_allow_no_typing_errors() {
        assert_eq!(likeness("al", "il"), 0);
        assert_eq!(likeness("2025", "2026"), 0);
        assert!(likeness("al", "ali") > 0);
        assert!(likeness("202", "2025") > 0);
    }

    #[test]
    fn a_part_of_a_word_scores_a_little() {
        let (part, begun) = (likeness("mulyo", "sidomulyo"), likeness("sidom", "sidomulyo"));
        assert!(part > 0 && part < begun && begun < FULL);
    }
}
