//! The relevance of one entry for one reading of a text, in whole thousandths, so that both engines agree.

use super::{
    MatchField,
    likeness::{FULL, likeness},
    property::{Property, Trait},
    rank::Entry,
    region_names::lies_in,
    search_text::{Number, Reading, SearchWord},
    words,
};

/// Weights of a score, in thousandths: how much of the query the name covers, how much of the name the query covers,
/// whether the titles match, and whether the words have the same order.
const ANSWERED: u32 = 780;
const ASKED: u32 = 170;
const TITLED: u32 = 30;
const ORDERED: u32 = 20;

/// The similarity of a word that names the region of the entry, of one that names a region in it, and of one that names
/// another region of its province.
const PLACED: u32 = 900;
const AROUND: u32 = 600;
const NEARBY: u32 = 450;

/// The similarity of a word that names a region, for what has no known region but answers all words beside it.
const UNPLACED: u32 = 250;

/// The share of a name that words beside a place must ask for, if they name no property.
const NAMED: u32 = 600;

/// The similarity of words that name a property of the entry: by its first trait, by another one.
const HELD: u32 = 900;
const HELD_BY_ANOTHER: u32 = 800;

/// The similarity of a title that only the name of a program has, where no program is asked for.
const ABOUT: u32 = 700;

/// The factor for words in the names of related rows, such as a program's organiser.
const RELATED: u32 = 900;

/// The factor for a known word that is similar to another one: it is hardly misspelled.
const KNOWN: u32 = 350;

/// The factor for the start of a known word, which may be typed in full.
const KNOWN_START: u32 = 800;

/// The factors for names in which a word names a property that the entry lacks: of small places and cooperatives, and
/// of others; and for a word that stands for something else.
const OTHER_MEANING: u32 = 600;
const ANOTHER_MEANING: u32 = 750;
const STANDS: u32 = 975;

/// What an entry gains that answers every word of a question, and loses for words that it does not answer at all.
const COMPLETE: u32 = 80;
const MOST_COMPLETE: u32 = 940;
const UNANSWERED: u32 = 300;

/// The factor for an entry of another noun than the one that a title names.
const OTHER_NOUN: u32 = 900;

/// The similarity from which a word counts as answered.
const ANSWERS: u32 = 400;

/// The factor for words that are joined or split differently; a low similarity by this way does not count.
const JOINED: u32 = 970;
const JOINED_AT_LEAST: u32 = 750;

/// The weights of a title in a question: of one that names a property, and of one that only says what is searched.
const TELLING_TITLE: u32 = 20;
const TITLE: u32 = 12;

/// How an entry answers a reading that names a place and has other words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Beside {
    /// Neither of these, or there is no place or no other word.
    #[default]
    Neither,
    /// It is what the other words name: it has the property, or is an institution, say, of that name.
    Thing,
    /// It answers the place and nothing else.
    PlaceOnly,
}

/// A score, and the field that matches each word of the reading; the last one is that of the title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) value: u32,
    pub(super) fields: Vec<Option<MatchField>>,
    pub(super) title: Option<MatchField>,
    pub(super) beside: Beside,
}

/// Scores an entry; 0 if it does not match.
pub(super) fn score(reading: &Reading, entry: &Entry<'_>) -> Score {
    let words = &reading.words;
    let mut answers: Vec<Answer> = vec![Answer::default(); words.len()];
    let (mut asked, mut ordered) = (0, false);
    for (name, field) in &entry.names {
        let matched = Matched::of(words, &name.words);
        let related = *field == MatchField::Party;
        let mut most = FULL;
        for ((answer, now), word) in answers.iter_mut().zip(&matched.answered).zip(words) {
            let factor = if related { RELATED } else { entry.factor(reading, word) };
            most = if *now > 0 { most.min(factor) } else { most };
            answer.by(now * factor / FULL, *field);
        }
        if related {
            continue;
        }
        let share = share(matched.asked.iter().copied().zip(entry.weights(name))) * most / FULL;
        if share > asked || !ordered {
            ordered = matched.ordered;
        }
        asked = asked.max(share);
    }
    for (word, answer) in words.iter().zip(&mut answers) {
        let within =
            |number: &&Number| number.typed.start <= word.typed.start && word.typed.end <= number.typed.end;
        if entry.numbers.iter().any(|number| within(&number)) {
            answer.by(FULL, MatchField::Code);
        }
    }
    let named = answers.iter().any(|answer| answer.alike > 0);
    let held = entry.hold(reading, &mut answers);
    let others = || words.iter().zip(&answers).filter(|(word, _)| word.mention.is_none());
    let is_beside = !reading.mentions.is_empty() && others().next().is_some();
    let answers_others = is_beside
        && others().all(|(_, answer)| answer.alike >= ANSWERS)
        && share(others().map(|(word, answer)| (answer.alike, word.weight))) >= HELD_BY_ANOTHER;
    let answers_none = is_beside && others().all(|(_, answer)| answer.alike < ANSWERS);
    if named || !entry.is_region || entry.is_mentioned(reading) {
        entry.place(reading, &mut answers, (held, answers_others));
    }
    let title = entry.title(reading);
    let title_alike = title.map_or(0, |(alike, _)| alike);
    // What holds without a name is meant only if nothing else was typed.
    let answered_any = answers.iter().any(|answer| answer.alike > 0) || (words.is_empty() && title.is_some());
    if !(named || reading.asks && answered_any) {
        return Score::default();
    }
    let mut slots: Vec<(u32, u32)> =
        answers.iter().zip(words).map(|(answer, word)| (answer.alike, word.weight)).collect();
    if let Some((property, _)) = reading.titled.as_ref().filter(|_| reading.asks) {
        let weight = if property.is_telling() { TELLING_TITLE } else { TITLE };
        slots.push((title_alike, weight));
    }
    let unanswered =
        share(slots.iter().map(|(alike, weight)| (if *alike < ANSWERS { FULL } else { 0 }, *weight)));
    let complete = reading.asks && slots.iter().all(|(alike, _)| *alike >= HELD_BY_ANOTHER);
    let answered = share(slots.into_iter());
    let titled = reading.title == words::Title::default() || title.is_some();
    let bonus = |earned: bool| if earned { FULL } else { 0 };
    let value =
        (ANSWERED * answered + ASKED * asked + TITLED * bonus(titled) + ORDERED * bonus(ordered)) / FULL;
    let gained = if complete { value.max((value + COMPLETE).min(MOST_COMPLETE)) } else { value };
    let value = gained.saturating_sub(UNANSWERED * unanswered / FULL);
    // A title says which noun is meant.
    let other_noun = reading.titled.is_some() && title.is_none() && entry.noun != entry.search.links.noun;
    let value = if other_noun { value * OTHER_NOUN / FULL } else { value };
    let beside = if answers_none {
        Beside::PlaceOnly
    } else if answers_others && !entry.is_region && (held || asked >= NAMED && !entry.is_linked()) {
        Beside::Thing
    } else {
        Beside::Neither
    };
    Score {
        beside,
        value: value * reading.trust / FULL,
        fields: answers.into_iter().map(|answer| answer.field).collect(),
        title: title.map(|(_, field)| field),
    }
}

/// How well a word of a text is answered, and by which field.
#[derive(Clone, Copy, Debug, Default)]
struct Answer {
    alike: u32,
    field: Option<MatchField>,
}

impl Answer {
    fn by(&mut self, alike: u32, field: MatchField) {
        if alike > self.alike {
            *self = Self { alike, field: Some(field) };
        }
    }
}

impl Entry<'_> {
    /// Answers the words that name properties which the entry has. Returns whether it has any.
    fn hold(&self, reading: &Reading, answers: &mut [Answer]) -> bool {
        let mut any = false;
        for mention in &reading.properties {
            if let Some((alike, field)) = self.has(&mention.property) {
                any = true;
                answers[mention.words.clone()].iter_mut().for_each(|answer| answer.by(alike, field));
            }
        }
        any
    }

    /// Answers the words that name its region, or one nearby if it has a property that was asked for or answers all
    /// words beside the place.
    fn place(&self, reading: &Reading, answers: &mut [Answer], (held, answers_others): (bool, bool)) {
        let Some(region) = self.region else {
            if answers_others && self.code.is_none() {
                let places = reading.words.iter().zip(answers).filter(|(word, _)| word.mention.is_some());
                places.for_each(|(_, answer)| answer.alike = answer.alike.max(UNPLACED));
            }
            return;
        };
        for (word, answer) in reading.words.iter().zip(answers) {
            let Some(mention) = word.mention.and_then(|mention| reading.mentions.get(mention)) else {
                continue;
            };
            if self.is_region && mention.codes.iter().any(|code| code == region) {
                answer.by(self.factor(reading, word), MatchField::Name);
            } else if mention.around(region) {
                // Nor is a word for a property a place that is named after it.
                answer.by(PLACED * self.factor(reading, word) / FULL, MatchField::Place);
            } else if (held && reading.asks || answers_others && !self.is_region) && mention.near(region) {
                let around = mention.codes.iter().any(|code| lies_in(code, region));
                answer.by(if around { AROUND } else { NEARBY }, MatchField::Place);
            }
        }
    }

    /// Whether it is a region that a reading names, alone or with others.
    fn is_mentioned(&self, reading: &Reading) -> bool {
        let own = |code: &String| self.code == Some(code.as_str());
        self.is_region && reading.mentions.iter().any(|mention| mention.codes.iter().any(own))
    }

    /// The field by which it has the title of a text.
    fn title(&self, reading: &Reading) -> Option<(u32, MatchField)> {
        if self.is_region {
            let mut kinds = self.search.language.region_kinds.iter();
            let own = kinds.any(|(title, kind)| *title == reading.title && self.kind == Some(*kind));
            return own.then_some((HELD, MatchField::Kind));
        }
        let by_property = reading.titled.as_ref().and_then(|(property, _)| self.has(property));
        let named = || self.names.iter().find(|(name, _)| reading.title.means(name.title));
        let by_name = || named().filter(|_| !reading.asks || self.has_parties());
        // Without a word for a program, a title means a cooperative rather than a program about one.
        let alike = if reading.asks && reading.properties.is_empty() { ABOUT } else { HELD };
        by_property.or_else(|| by_name().map(|(_, field)| (alike, *field)))
    }

    /// The factor for a word of its name: a village or a cooperative is hardly meant by a word with another meaning.
    fn factor(&self, reading: &Reading, word: &SearchWord) -> u32 {
        let small =
            if self.is_region { self.region.is_some_and(|code| code.len() > 5) } else { self.is_party() };
        let property = word.property.and_then(|at| reading.properties.get(at));
        if property.is_some_and(|mention| self.has(&mention.property).is_none()) {
            let lacks = reading.asks && property.is_some_and(|mention| self.may_have(&mention.property));
            return if small || lacks { OTHER_MEANING } else { ANOTHER_MEANING };
        }
        if !small {
            return FULL;
        }
        if word.stands && (self.is_region || self.is_linked()) { STANDS } else { FULL }
    }

    /// Whether rows of its noun have one of the property's values in a column.
    fn may_have(&self, property: &Property) -> bool {
        property.0.iter().any(|one| matches!(one, Trait::Column { noun, .. } if *noun == self.noun))
    }

    /// Whether it is of a noun with many rows of any name.
    fn is_party(&self) -> bool {
        self.is_linked() || self.has_parties()
    }

    /// Whether it is of the noun that is linked with things, whose names are mostly those of places.
    fn is_linked(&self) -> bool {
        self.noun == self.search.links.noun
    }

    /// Whether the names of related rows are among its names.
    fn has_parties(&self) -> bool {
        self.names.iter().any(|(_, field)| *field == MatchField::Party)
    }

    /// How well it has a property, and in which field.
    fn has(&self, property: &Property) -> Option<(u32, MatchField)> {
        property.0.iter().enumerate().find_map(|(at, one)| {
            let field = match one {
                Trait::Noun(noun) => (*noun == self.noun).then_some(MatchField::Name)?,
                Trait::Column { noun, column, values } => {
                    let (own, field) = match *column {
                        "kind" => (self.kind, MatchField::Kind),
                        "community_base" => (self.community_base, MatchField::CommunityBase),
                        _ => (self.program, MatchField::Program),
                    };
                    let held =
                        *noun == self.noun && own.is_some_and(|own| values.iter().any(|value| value == own));
                    held.then_some(field)?
                }
                // It may be the thing itself.
                Trait::Linked(codes) if self.code.is_some_and(|own| codes.iter().any(|code| code == own)) => {
                    MatchField::Name
                }
                Trait::Linked(codes) => {
                    let bit = self.links.iter().position(|own| own == codes)?;
                    (self.linked >> bit & 1 == 1).then_some(MatchField::Link)?
                }
            };
            Some((if at == 0 { HELD } else { HELD_BY_ANOTHER }, field))
        })
    }
}

/// The weighted mean of some values.
fn share(values: impl Iterator<Item = (u32, u32)>) -> u32 {
    let (sum, weights) = values.fold((0_u64, 0_u64), |(sum, weights), (value, weight)| {
        (sum + u64::from(value) * u64::from(weight), weights + u64::from(weight))
    });
    u32::try_from(sum / weights.max(1)).unwrap_or_default()
}

/// The match between the words of a query and those of a name.
struct Matched {
    answered: Vec<u32>,
    asked: Vec<u32>,
    ordered: bool,
}

impl Matched {
    fn of(words: &[SearchWord], name: &[String]) -> Self {
        let mut matched = Self { answered: vec![0; words.len()], asked: vec![0; name.len()], ordered: true };
        let mut last = 0;
        for (at, word) in words.iter().enumerate() {
            let mut best = (0, 0);
            for (nth, other) in name.iter().enumerate() {
                let alike = alike(word, other);
                matched.found(alike, at..=at, nth..=nth);
                if alike > best.0 {
                    best = (alike, nth);
                }
            }
            if best.0 > 0 {
                matched.ordered &= best.1 >= last;
                last = best.1;
            }
        }
        for (nth, pair) in name.windows(2).enumerate() {
            let joined = pair.concat();
            for (at, word) in words.iter().enumerate().filter(|(_, word)| word.text.len() > pair[0].len()) {
                let alike = joined_likeness(&word.text, &joined, word.known);
                matched.found(alike, at..=at, nth..=nth + 1);
            }
        }
        for (at, pair) in words.windows(2).enumerate() {
            let joined = format!("{}{}", pair[0].text, pair[1].text);
            for (nth, other) in name.iter().enumerate().filter(|(_, other)| other.len() > pair[0].text.len())
            {
                let known = pair.iter().any(|word| word.known);
                matched.found(joined_likeness(&joined, other, known), at..=at + 1, nth..=nth);
            }
        }
        matched
    }

    fn found(
        &mut self,
        alike: u32,
        words: std::ops::RangeInclusive<usize>,
        range: std::ops::RangeInclusive<usize>,
    ) {
        for answered in &mut self.answered[words] {
            *answered = (*answered).max(alike);
        }
        for asked in &mut self.asked[range] {
            *asked = (*asked).max(alike);
        }
    }
}

fn alike(word: &SearchWord, other: &str) -> u32 {
    let alike = likeness(&word.text, other);
    match other.starts_with(&word.text) {
        _ if alike == FULL || !(word.known || word.stands) => alike,
        true if !word.stands => alike * KNOWN_START / FULL,
        _ => alike * KNOWN / FULL,
    }
}

/// The similarity of words that were joined. Known words are not misspelled at the same time.
fn joined_likeness(wanted: &str, word: &str, known: bool) -> u32 {
    let alike = likeness(wanted, word);
    if alike < if known { FULL } else { JOINED_AT_LEAST } { 0 } else { alike * JOINED / FULL }
}
