//! Parses a search text into words, a title, names of regions, and trigrams to search for.

use super::{
    Index, Lexicon,
    gram::{self, Gram},
    region_names::{RegionMention, lies_in},
    words::Title,
};
use crate::graph::{Error, Result};

/// The most characters in a search text.
const LONGEST: usize = 200;

/// The most names of regions recognised in a text.
const MOST_MENTIONS: usize = 3;

/// The most regions of one name in which is searched.
const MOST_REGIONS: usize = 8;

/// A parsed search text.
#[derive(Clone, Debug)]
pub(super) struct SearchText {
    pub(super) words: Vec<SearchWord>,
    pub(super) title: Title,
    pub(super) mentions: Vec<RegionMention>,
    /// Regions to list everything of, when the text contains only names of regions.
    pub(super) inside: Vec<String>,
    pub(super) sought: Vec<Gram>,
    pub(super) counted: Vec<Gram>,
    /// Spellings of the whole text as a code or a number.
    pub(super) spellings: Vec<String>,
}

/// A word of a search text.
#[derive(Clone, Debug)]
pub(super) struct SearchWord {
    pub(super) text: String,
    pub(super) weight: u32,
    /// Index of the name of a region that it is a part of.
    pub(super) mention: Option<usize>,
}

impl SearchText {
    /// Parses a search text.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is too long or contains a NUL.
    pub(super) fn read(text: &str, index: &Index, lexicon: &Lexicon) -> Result<Self> {
        if text.contains('\0') {
            return Err(Error::bad_input("a string must not contain a NUL character"));
        }
        if text.chars().count() > LONGEST {
            return Err(Error::bad_input(format!("a search text must have at most {LONGEST} characters")));
        }
        let heard = index.language.hear(text);
        let mut mentions = lexicon.region_names.among(&heard.words);
        mentions.truncate(MOST_MENTIONS);
        let mention_of = |word| mentions.iter().position(|mention| mention.holds(word));
        let mut words: Vec<SearchWord> = Vec::new();
        for (at, text) in heard.words.into_iter().enumerate() {
            words.push(SearchWord {
                weight: index.language.heard_weight(&text),
                mention: mention_of(at),
                text,
            });
        }
        let only_regions = words.iter().all(|word| word.mention.is_some());
        let inside = if only_regions { smallest(&mentions) } else { Vec::new() };
        let texts = |wanted: &dyn Fn(&SearchWord) -> bool| -> Vec<&str> {
            words.iter().filter(|word| wanted(word)).map(|word| word.text.as_str()).collect()
        };
        let (matter, all) = (texts(&|word| only_regions || word.mention.is_none()), texts(&|_| true));
        let sought = gram::sought(&matter, &all, &lexicon.frequencies);
        let counted = gram::counted(&all, &lexicon.frequencies);
        let spellings = (index.spellings)(text.trim());
        Ok(Self { words, title: heard.title, mentions, inside, sought, counted, spellings })
    }

    /// The letter, if the text is a single letter.
    pub(super) fn letter(&self) -> Option<char> {
        match self.words.as_slice() {
            [word] if word.text.len() == 1 => word.text.chars().next(),
            _ => None,
        }
    }

    /// Number of trigrams in the words that name a region: the bonus of an entry in that region.
    pub(super) fn worth(&self, mention: usize) -> usize {
        let words = self.words.iter().filter(|word| word.mention == Some(mention));
        words.map(|word| word.text.len()).sum()
    }
}

/// The regions of the mention with the smallest regions, of those that lie in regions of every other mention.
fn smallest(mentions: &[RegionMention]) -> Vec<String> {
    let Some(smallest) = mentions.iter().max_by_key(|mention| mention.smallness()) else { return Vec::new() };
    let inside = |code: &&String| mentions.iter().all(|mention| mention.around(code));
    let codes: Vec<String> = smallest.codes.iter().filter(inside).cloned().collect();
    // A region includes the regions in it.
    let outer = |code: &&String| !codes.iter().any(|other| other != *code && lies_in(code, other));
    codes.iter().filter(outer).take(MOST_REGIONS).cloned().collect()
}
