//! Recognises names of regions in a search text.

use std::collections::HashMap;

use super::{numbers, words::split};

/// Rules for names of regions besides the official ones.
#[derive(Clone, Copy, Debug)]
pub struct RegionNameRules {
    /// Prefixes of official names that people omit, those with more words first.
    pub kinds: &'static [&'static str],
    /// Prefixes that people add to names without one, by the length of the code.
    pub added: &'static [(usize, &'static str)],
}

/// Regions by the words of their names, and how many regions each has below it.
#[derive(Clone, Debug, Default)]
pub(super) struct RegionNames {
    codes: HashMap<String, Vec<String>>,
    sizes: HashMap<String, u32>,
}

/// Words of a search text that name a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RegionMention {
    /// The range of words, end excluded.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The regions with this name, in the order of their codes.
    pub(super) codes: Vec<String>,
}

/// The most words in the name of a region.
const LONGEST: usize = 5;

impl RegionNameRules {
    /// A folded name without the prefix that people omit, if it has one.
    pub(super) fn without_kind<'a>(&self, name: &'a str) -> Option<&'a str> {
        self.kinds.iter().find_map(|kind| name.strip_prefix(kind)?.strip_prefix(' '))
    }
}

impl RegionNames {
    pub(super) fn add(&mut self, names: &RegionNameRules, (code, folded, size): (&str, &str, u32)) {
        let words = numbers::as_numerals(&split(folded));
        let name = words.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ");
        if let Some(rest) = names.without_kind(&name) {
            self.insert(rest.to_owned(), code);
        }
        for (_, kind) in names.added.iter().filter(|(length, _)| *length == code.len()) {
            self.insert(format!("{kind} {name}"), code);
        }
        self.insert(name, code);
        self.sizes.insert(code.to_owned(), size);
    }

    /// Adds a region to an area that is no region itself, such as an island: its regions have the area's name together.
    pub(super) fn add_area(&mut self, area: &str, region: &str) {
        for code in self.codes.get(region).cloned().unwrap_or_default() {
            self.insert(area.to_owned(), &code);
        }
    }

    /// Whether a text is the code of a region, with its dots; a village is known by its district.
    pub(super) fn has_code(&self, text: &str) -> bool {
        matches!(text.len(), 5 | 8 | 13) && self.sizes.contains_key(text.get(..8).unwrap_or(text))
    }

    /// How many regions it has below it.
    pub(super) fn size(&self, code: &str) -> u32 {
        self.sizes.get(code).copied().unwrap_or_default()
    }

    /// Whether a word is the whole name of a region.
    pub(super) fn has(&self, word: &str) -> bool {
        self.codes.contains_key(word)
    }

    fn insert(&mut self, name: String, code: &str) {
        let codes = self.codes.entry(name).or_default();
        if let Err(index) = codes.binary_search_by(|known| known.as_str().cmp(code)) {
            codes.insert(index, code.to_owned());
        }
    }

    /// Finds the regions named in a list of words: from the left, the longest name first.
    pub(super) fn among(&self, words: &[String]) -> Vec<RegionMention> {
        let mut mentions = Vec::new();
        let mut from = 0;
        while from < words.len() {
            if is_code(&words[from]) {
                mentions.push(RegionMention { from, to: from + 1, codes: vec![words[from].clone()] });
                from += 1;
                continue;
            }
            let longest = words.len().min(from + LONGEST);
            let named = (from + 1..=longest).rev().find_map(|to| {
                let codes = self.codes.get(&words[from..to].join(" "))?.clone();
                Some(RegionMention { from, to, codes })
            });
            from = named.as_ref().map_or(from + 1, |mention| mention.to);
            mentions.extend(named);
        }
        mentions
    }
}

impl RegionMention {
    pub(super) fn holds(&self, word: usize) -> bool {
        (self.from..self.to).contains(&word)
    }

    /// Whether a region lies in the province of one of these regions, of which only the largest count: who types
    /// `padang` does not mean a district of that name.
    pub(super) fn near(&self, region: &str) -> bool {
        let largest = self.smallness();
        let mut codes = self.codes.iter().filter(|code| code.len() == largest);
        codes.any(|code| code.get(..2).is_some_and(|province| region.starts_with(province)))
    }

    /// Whether a region is one of these regions or lies in one.
    pub(super) fn around(&self, region: &str) -> bool {
        self.codes.iter().any(|code| lies_in(region, code))
    }

    /// The level of its largest region, by the length of the code.
    pub(super) fn smallness(&self) -> usize {
        self.codes.iter().map(String::len).min().unwrap_or_default()
    }
}

/// Whether a word of a reading is the code of a region: no other word has a dot.
pub(super) fn is_code(word: &str) -> bool {
    word.contains('.')
}

/// Whether a region equals another or lies in it: its code starts with that of the other.
pub(super) fn lies_in(region: &str, code: &str) -> bool {
    region.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region_names() -> RegionNames {
        let names =
            RegionNameRules { kinds: &["kabupaten", "kota"], added: &[(2, "provinsi"), (8, "kecamatan")] };
        let mut region_names = RegionNames::default();
        for (code, name) in [
            ("32.04", "kabupaten bandung"),
            ("32.17", "kabupaten bandung barat"),
            ("32.73", "kota bandung"),
            ("35", "jawa timur"),
            ("32.04.39", "ciwidey"),
        ] {
            region_names.add(&names, (code, name, 1));
        }
        region_names
    }

    fn among(text: &str) -> Vec<(usize, usize, Vec<String>)> {
        let words = split(text);
        region_names()
            .among(&words)
            .into_iter()
            .map(|mention| (mention.from, mention.to, mention.codes))
            .collect()
    }

    fn codes(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn a_region_is_known_with_its_kind_and_without() {
        assert_eq!(among("sidomulyo jawa timur"), [(1, 3, codes(&["35"]))]);
        assert_eq!(among("kota bandung"), [(0, 2, codes(&["32.73"]))]);
        assert_eq!(among("bandung"), [(0, 1, codes(&["32.04", "32.73"]))]);
        assert_eq!(among("kecamatan ciwidey"), [(0, 2, codes(&["32.04.39"]))]);
    }

    #[test]
    fn the_longest_name_is_meant() {
        assert_eq!(among("bandung barat"), [(0, 2, codes(&["32.17"]))]);
        assert_eq!(
            among("ciwidey bandung"),
            [(0, 1, codes(&["32.04.39"])), (1, 2, codes(&["32.04", "32.73"]))]
        );
        assert_eq!(among("sukamaju"), []);
    }

    #[test]
    fn a_region_lies_in_itself_and_in_those_above() {
        assert!(lies_in("32.04", "32.04") && lies_in("32.04.39", "32") && !lies_in("32", "32.04"));
    }
}
