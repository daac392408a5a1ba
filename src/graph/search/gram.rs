//! Trigrams of words, with a blank before and after each word, and their frequencies in names.

/// A trigram: three letters, digits or blanks.
pub(super) type Gram = [u8; 3];

/// The trigrams of a word, including those at its ends.
pub(super) fn of(word: &str) -> Vec<Gram> {
    let padded: Vec<u8> = std::iter::once(b' ').chain(word.bytes()).chain([b' ']).collect();
    padded.array_windows().copied().collect()
}

/// Converts a trigram to text; it is ASCII.
pub(super) fn text(gram: Gram) -> String {
    gram.iter().map(|letter| char::from(*letter)).collect()
}

/// Size of the alphabet: letters, digits and the blank.
const LETTERS: usize = 37;

/// The frequency of each trigram in the searched names.
#[derive(Clone, Debug)]
pub(super) struct Frequencies {
    grams: Vec<u32>,
    /// How many names were counted.
    names: u32,
}

impl Default for Frequencies {
    fn default() -> Self {
        Self { grams: vec![0; LETTERS * LETTERS * LETTERS], names: 0 }
    }
}

impl Frequencies {
    pub(super) fn count(&mut self, text: &str) {
        self.names += 1;
        for gram in text.as_bytes().array_windows() {
            if let Some(slot) = slot(*gram) {
                self.grams[slot] += 1;
            }
        }
    }

    pub(super) fn of(&self, gram: Gram) -> u32 {
        slot(gram).map_or(0, |slot| self.grams[slot])
    }

    /// How many names it counts.
    pub(super) fn names(&self) -> u32 {
        self.names
    }
}

fn slot(gram: Gram) -> Option<usize> {
    gram.iter().try_fold(0, |slot, letter| {
        let letter = match letter {
            b' ' => 0,
            b'a'..=b'z' => letter - b'a' + 1,
            b'0'..=b'9' => letter - b'0' + 27,
            _ => return None,
        };
        Some(slot * LETTERS + usize::from(letter))
    })
}

/// The most entries that a text as it was typed may look at in an index, estimated by the frequencies of its trigrams.
pub(super) const BUDGET: u32 = 3_000;

/// The most trigrams to search for, and to count in what is found.
const MOST: usize = 16;

/// Chooses the trigrams to search for: the rarest, as many as the budget allows, so that a misspelled word still
/// matches. Each significant word gets its share first; the rest goes to any word.
pub(super) fn sought(matter: &[&str], all: &[&str], frequencies: &Frequencies, most: u32) -> Vec<Gram> {
    let mut sought: Vec<Gram> = Vec::new();
    let mut spent = 0;
    let share = most / u32::try_from(matter.len()).unwrap_or(most).max(1);
    let shares = matter.iter().map(|word| (vec![*word], share));
    for (words, budget) in shares.chain([(all.to_vec(), u32::MAX)]) {
        let mut left = budget.min(most - spent.min(most));
        for gram in rarest(&words, frequencies) {
            let price = frequencies.of(gram);
            // The rarest of all is worth any price where little else would be found.
            let affordable = price <= left || (budget == u32::MAX && spent < most / 4);
            if affordable && sought.len() < MOST && !sought.contains(&gram) {
                sought.push(gram);
                spent += price;
                left = left.saturating_sub(price);
            }
        }
    }
    sought
}

/// Chooses the trigrams to count in the entries found.
pub(super) fn counted(all: &[&str], frequencies: &Frequencies) -> Vec<Gram> {
    let mut grams = rarest(all, frequencies);
    grams.truncate(MOST);
    grams
}

/// The trigrams of some words, the rarest first, and last those with frequency zero.
fn rarest(words: &[&str], frequencies: &Frequencies) -> Vec<Gram> {
    let mut grams: Vec<Gram> = words.iter().copied().flat_map(of).collect();
    let unknown = |gram: &Gram| frequencies.of(*gram) == 0;
    grams.sort_by_key(|gram| (unknown(gram), frequencies.of(*gram), *gram));
    grams.dedup();
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frequencies(counts: &[(&str, u32)]) -> Frequencies {
        let mut frequencies = Frequencies::default();
        for (gram, count) in counts {
            (0..*count).for_each(|_| frequencies.count(gram));
        }
        frequencies
    }

    fn texts(grams: Vec<Gram>) -> Vec<String> {
        grams.into_iter().map(text).collect()
    }

    #[test]
    fn a_word_has_a_trigram_for_each_letter() {
        assert_eq!(texts(of("al")), [" al", "al "]);
        assert_eq!(texts(of("maju")), [" ma", "maj", "aju", "ju "]);
        assert_eq!(texts(of("a")), [" a "]);
    }

    #[test]
    fn the_rarest_trigrams_are_searched_within_the_budget() {
        let known = frequencies(&[(" ma", 4_000), ("maj", 700), ("aju", 900), ("ju ", 2_000)]);
        assert_eq!(texts(sought(&["maju"], &["maju"], &known, 4_000)), ["maj", "aju", "ju "]);
        assert_eq!(texts(counted(&["maju"], &known)), ["maj", "aju", "ju ", " ma"]);
    }

    #[test]
    fn a_common_word_alone_is_searched_at_any_cost() {
        let known = frequencies(&[(" an", 9_000), ("an ", 8_000)]);
        assert_eq!(texts(sought(&["an"], &["an"], &known, BUDGET)), ["an "]);
    }

    #[test]
    fn trigrams_that_no_name_has_come_last() {
        let known = frequencies(&[("maj", 5)]);
        assert_eq!(texts(sought(&["maju"], &["maju"], &known, BUDGET)), ["maj", " ma", "aju", "ju "]);
    }

    #[test]
    fn every_word_gets_its_share() {
        let known = frequencies(&[(" ka", 1_900), ("ka ", 1_900), (" su", 10), ("su ", 10)]);
        let both = texts(sought(&["ka", "su"], &["ka", "su"], &known, 4_000));
        assert_eq!(both, [" ka", " su", "su ", "ka "]);
    }
}
