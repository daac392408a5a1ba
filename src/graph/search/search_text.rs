//! Parses a search text into its readings: as it was typed, and with synonyms replaced.

use std::ops::Range;

use super::{
    Lexicon, Search,
    gram::{self, Frequencies, Gram},
    numbers,
    property::{Property, PropertyMention, Trait},
    region_names::{RegionMention, is_code, lies_in},
    synonyms::Words,
    words::{Title, split},
};
use crate::graph::{Error, Result, fold::fold};

/// The most characters in a search text.
const LONGEST: usize = 200;

/// The most words that are read; further words are ignored.
pub const MOST_WORDS: usize = 16;

/// The most names of regions recognised in a reading, and the most properties.
const MOST_MENTIONS: usize = 3;

/// The most regions of one name in which is searched.
const MOST_REGIONS: usize = 10;

/// The least digits of a word that may be a code, and of one that is the code of a region.
const CODE: usize = 5;
const REGENCY: usize = 4;

/// How far a reading by synonyms is trusted, in thousandths.
const TYPED: u32 = 1_000;
const REPLACED: u32 = 995;
const MISSPELLED: u32 = 930;
const DISPLACED: u32 = 900;

/// A parsed search text.
#[derive(Clone, Debug)]
pub(super) struct SearchText {
    /// The words as they were typed.
    pub(super) typed: Vec<String>,
    /// The readings, as it was typed first.
    pub(super) readings: Vec<Reading>,
    /// Its parts that may be codes by themselves, such as a postal code in an address.
    pub(super) numbers: Vec<Number>,
    /// Spellings of the whole text as a code or a number.
    pub(super) spellings: Vec<String>,
}

/// A part of a search text that may be a code: its spellings, and its typed words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) spellings: Vec<String>,
    pub(super) typed: Range<usize>,
}

/// One way to read a search text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) words: Vec<SearchWord>,
    pub(super) title: Title,
    /// The property that the title names, and its typed words.
    pub(super) titled: Option<(Property, Vec<Range<usize>>)>,
    pub(super) mentions: Vec<RegionMention>,
    pub(super) properties: Vec<PropertyMention>,
    /// Whether it is a question: its words name nothing but properties and regions.
    pub(super) asks: bool,
    /// Regions to list everything of, in a question.
    pub(super) inside: Vec<String>,
    /// How far it is trusted, in thousandths.
    pub(super) trust: u32,
}

/// A word of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SearchWord {
    pub(super) text: String,
    pub(super) weight: u32,
    /// The typed words that it stands for.
    pub(super) typed: Range<usize>,
    /// Index of the name of a region that it is a part of.
    pub(super) mention: Option<usize>,
    /// Index of the property that it is a part of.
    pub(super) property: Option<usize>,
    /// Whether it is a known word, which is hardly another one misspelled.
    pub(super) known: bool,
    /// Whether it stands for something else, as an abbreviation does.
    pub(super) stands: bool,
}

impl SearchText {
    /// Parses a search text.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is too long or contains a NUL.
    pub(super) fn read(text: &str, search: &Search, lexicon: &Lexicon, nouns: &[&str]) -> Result<Self> {
        if text.contains('\0') {
            return Err(Error::bad_input("a string must not contain a NUL character"));
        }
        if text.chars().count() > LONGEST {
            return Err(Error::bad_input(format!("a search text must have at most {LONGEST} characters")));
        }
        let mut typed = split(&fold(text));
        typed.truncate(MOST_WORDS);
        let numbers = numbers_in(text, (search, lexicon), typed.len());
        let own = with_codes(&typed, &numbers, lexicon);
        let mut readings = vec![Reading::of(&own, TYPED, (search, lexicon), nouns)];
        let long: Vec<String> = own.iter().map(|(word, _)| search.language.long(word).to_owned()).collect();
        for replaced in (search.vocabulary)().synonyms.readings(&long, |word| lexicon.knows(word)) {
            let trust = if replaced.misspelled { MISSPELLED } else { REPLACED };
            let range = |at: Range<usize>| own[at.start].1.start..own[at.end - 1].1.end;
            let words = replaced.words.into_iter().take(MOST_WORDS).map(|(word, at)| (word, range(at)));
            let mut reading = Reading::of(&words.collect(), trust, (search, lexicon), nouns);
            // `tembakau lombok`: a word that is also a place is rather the place.
            let displaced = |at: usize| readings[0].places(at) && !reading.places(at);
            if (0..typed.len()).any(displaced) {
                reading.trust = reading.trust.min(DISPLACED);
            }
            if readings.iter().all(|known| known.words != reading.words || known.title != reading.title) {
                readings.push(reading);
            }
        }
        Ok(Self { typed, readings, numbers, spellings: (search.spellings)(text.trim()) })
    }

    /// Whether it has no words but numerals.
    pub(super) fn is_number(&self) -> bool {
        self.typed.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_digit()))
    }

    /// The letter, if the text is a single letter.
    pub(super) fn letter(&self) -> Option<char> {
        match self.typed.as_slice() {
            [word] if word.len() == 1 => word.chars().next().filter(char::is_ascii_alphabetic),
            _ => None,
        }
    }
}

impl Reading {
    fn of(words: &Words, trust: u32, (search, lexicon): (&Search, &Lexicon), nouns: &[&str]) -> Self {
        let mut heard = search.language.hear(words);
        let mut titled = (search.language.title_trait)(heard.title, heard.words.is_empty())
            .map(|own| lexicon.properties.with(own));
        // A title alone, which nothing that is searched can have, is a word of a name.
        if heard.words.is_empty() && titled.as_ref().is_some_and(|property| !property.is_of(search, nouns)) {
            titled = None;
            heard = search.language.hear_plain(words);
        }
        let texts: Vec<String> = heard.words.iter().map(|(text, _)| text.clone()).collect();
        let mut mentions = lexicon.region_names.among(&texts);
        let mut properties = lexicon.properties.among(&texts);
        properties.retain(|mention| mention.property.is_of(search, nouns));
        // `kecamatan salak`: a word within the longer name of a region names nothing else.
        properties.retain(|own| {
            let within = |mention: &RegionMention| {
                mention.to - mention.from > own.words.len() && own.words.clone().all(|at| mention.holds(at))
            };
            !mentions.iter().any(within)
        });
        // `sawit riau`: a word that names a property is hardly a place beside another place.
        let is_property = |mention: &RegionMention| {
            (mention.from..mention.to).all(|at| properties.iter().any(|own| own.words.contains(&at)))
        };
        if mentions.iter().any(|mention| !is_property(mention)) {
            mentions.retain(|mention| !is_property(mention));
        }
        // `tembakau lombok`: nor is a place a property beside another property.
        let is_place = |own: &PropertyMention| {
            own.words.clone().all(|at| mentions.iter().any(|mention| mention.holds(at)))
        };
        if properties.iter().any(|own| !is_place(own)) {
            properties.retain(|own| !is_place(own));
        }
        mentions.truncate(MOST_MENTIONS);
        properties.truncate(MOST_MENTIONS);
        let synonyms = &(search.vocabulary)().synonyms;
        let mut read = Vec::new();
        let standing = synonyms.standing(&texts);
        for (at, (text, typed)) in heard.words.into_iter().enumerate() {
            let mention = mentions.iter().position(|mention| mention.holds(at));
            let property = properties.iter().position(|mention| mention.words.contains(&at));
            let replaced =
                trust == REPLACED && typed.len() < words.iter().filter(|(_, own)| *own == typed).count();
            read.push(SearchWord {
                weight: search.language.heard_weight(&text, mention.is_some() || property.is_some())
                    * if property.is_some() { 3 } else { 2 }
                    / 2,
                known: mention.is_some() || property.is_some() || replaced,
                stands: standing[at] && trust == TYPED,
                text,
                typed,
                mention,
                property,
            });
        }
        let titled = titled.map(|property| (property, heard.titled));
        let named = |word: &SearchWord| word.mention.is_some() || word.property.is_some();
        let asks = read.iter().all(named) && (!read.is_empty() || titled.is_some());
        let inside = if asks { smallest(&mentions) } else { Vec::new() };
        Self { words: read, title: heard.title, titled, mentions, properties, asks, inside, trust }
    }

    /// The properties that it asks for, with the one of its title.
    pub(super) fn asked(&self) -> Vec<&Property> {
        let titled = self.titled.iter().map(|(property, _)| property);
        let words = self.properties.iter().enumerate().filter(|(at, _)| {
            // A name of a region that is also a word of a property, such as Apel, is a region beside another property.
            self.words.iter().any(|word| word.property == Some(*at) && word.mention.is_none())
                || self.properties.len() == 1
        });
        words.map(|(_, mention)| &mention.property).chain(titled).collect()
    }

    /// Whether a typed word names a region in it.
    fn places(&self, typed: usize) -> bool {
        self.words.iter().any(|word| word.mention.is_some() && word.typed.contains(&typed))
    }

    /// Whether it asks for the same as another reading.
    pub(super) fn asks_as(&self, other: &Self) -> bool {
        self.asks && other.asks && self.inside == other.inside && self.asked() == other.asked()
    }

    /// The traits by links that its properties have.
    pub(super) fn links(&self) -> impl Iterator<Item = &Trait> {
        let titled = self.titled.iter().map(|(property, _)| property);
        let properties = self.properties.iter().map(|mention| &mention.property).chain(titled);
        properties.flat_map(|property| &property.0).filter(|one| matches!(one, Trait::Linked(_)))
    }

    /// Whether it has words that may be in a name.
    pub(super) fn names(&self) -> bool {
        self.words.iter().any(|word| !is_code(&word.text))
    }

    /// The trigrams to search for, and those to count in the entries found.
    pub(super) fn grams(&self, frequencies: &Frequencies, most: u32) -> (Vec<Gram>, Vec<Gram>) {
        let only_regions = self.words.iter().all(|word| word.mention.is_some());
        let texts = |wanted: &dyn Fn(&SearchWord) -> bool| -> Vec<&str> {
            let mut texts = Vec::new();
            for word in self.words.iter().filter(|word| wanted(word) && !is_code(&word.text)) {
                texts.push(word.text.as_str());
                texts.extend(numbers::in_words(&word.text).into_iter().flatten());
            }
            texts
        };
        let (matter, all) = (texts(&|word| only_regions || word.mention.is_none()), texts(&|_| true));
        (gram::sought(&matter, &all, frequencies, most), gram::counted(&all, frequencies))
    }

    /// Number of letters in the words that name a region: the bonus of an entry in that region.
    pub(super) fn worth(&self, mention: usize) -> usize {
        let words = self.words.iter().filter(|word| word.mention == Some(mention));
        words.map(|word| word.text.len()).sum()
    }
}

/// The number of words of a text that are read.
#[must_use]
pub fn word_count(text: &str) -> usize {
    split(&fold(text)).len().min(MOST_WORDS)
}

/// The parts of a text of several words that may be codes: numbers of some digits, and digits with separators, such as
/// the code of a region.
fn numbers_in(text: &str, (search, lexicon): (&Search, &Lexicon), words: usize) -> Vec<Number> {
    let (mut numbers, mut from) = (Vec::new(), 0);
    for part in text.split_whitespace() {
        let folded = fold(part);
        let typed = from..(from + split(&folded).len()).min(words);
        from = typed.end;
        let digits = folded.bytes().filter(u8::is_ascii_digit).count();
        let is_number = folded.bytes().all(|sign| sign.is_ascii_digit() || b".,;-".contains(&sign));
        let separated = typed.len() > 1 && digits >= 4;
        if typed.is_empty() || typed.len() == words || !is_number || digits < REGENCY {
            continue;
        }
        let digits = folded.trim_matches(|sign: char| !sign.is_ascii_digit());
        let mut spellings = (search.spellings)(digits);
        let is_region = spellings.iter().any(|spelling| lexicon.region_names.has_code(spelling));
        if !separated && !is_region {
            if digits.len() < CODE {
                continue;
            }
            spellings = vec![digits.to_owned()];
        }
        numbers.push(Number { spellings, typed });
    }
    numbers
}

/// The typed words, of which those of a region's code are one word: the code with its dots.
fn with_codes(typed: &[String], numbers: &[Number], lexicon: &Lexicon) -> Words {
    let (mut words, mut at) = (Words::new(), 0);
    while at < typed.len() {
        let number = numbers.iter().find(|number| number.typed.start == at);
        let code = number.and_then(|number| {
            let code = number.spellings.iter().find(|spelling| lexicon.region_names.has_code(spelling))?;
            Some((code.clone(), number.typed.clone()))
        });
        let word = code.unwrap_or_else(|| (typed[at].clone(), at..at + 1));
        at = word.1.end;
        words.push(word);
    }
    words
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
