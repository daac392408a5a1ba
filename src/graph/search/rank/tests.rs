//! Tests of the ranking, with a small language and a few regions.

use std::sync::LazyLock;

use super::*;
use crate::graph::filter::Condition;
use crate::graph::search::{
    Index, Language, Links, Named, RegionNameRules, Title, Trait, Vocabulary, property::Properties,
};

/// The title KUD names a community.
fn title_trait(title: Title, _: bool) -> Option<Trait> {
    let values = vec!["KUD".to_owned()];
    match title {
        Title(4) => Some(Trait::Column { noun: "cooperative", column: "community_base", values }),
        Title(0) => None,
        _ => Some(Trait::Noun("cooperative")),
    }
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
        let mut vocabulary = Vocabulary::default();
        vocabulary.synonyms.add("jatim", "jawa timur");
        vocabulary.properties.push(("kopi".to_owned(), Named::Thing("kopi".to_owned())));
        vocabulary
    });
    &VOCABULARY
}

fn search() -> Search {
    let none = || unreachable!("no table is read");
    Search {
        indexes: vec![Index { name: "search", nouns: Vec::new() }],
        language: Language {
            titles: &[
                (&["koperasi", "desa"], Title(2)),
                (&["koperasi"], Title::ANY),
                (&["kopdes"], Title(2)),
                (&["kud"], Title(4)),
            ],
            noise: &["dan"],
            fillers: &[],
            common: &["universitas"],
            short: &[],
            title_trait,
            region_kinds: &[],
        },
        region_names: RegionNameRules { kinds: &["kota", "kabupaten"], added: &[] },
        region_noun: "region",
        regions: (none, ["", "", ""]),
        links: Links {
            table: (none, "", ""),
            considered: Condition::always,
            noun: "cooperative",
            things: (none, [""; 4]),
        },
        vocabulary,
        spellings: |_| Vec::new(),
    }
}

/// A cooperative with a key, a name and a region.
fn cooperative(key: &str, name: &str, region: &str) -> Candidate {
    Candidate {
        0: "cooperative".into(),
        2: Some(key.into()),
        3: name.into(),
        5: Some(region.into()),
        ..Candidate::default()
    }
}

fn region(code: &str, name: &str, kind: &str) -> Candidate {
    let (code, kind) = (Some(code.to_owned()), Some(kind.to_owned()));
    Candidate("region".into(), None, code.clone(), name.into(), None, code, 0, kind, None, None, 0, None)
}

/// The names of what is found, with the scores, best first.
fn found(text: &str, coded: Vec<Candidate>, others: Vec<Candidate>) -> Vec<(String, u32)> {
    let (search, mut lexicon) = (search(), Lexicon::default());
    for (code, name, size) in [
        ("35", "jawa timur", 38),
        ("18", "lampung", 15),
        ("32.04", "kabupaten bandung", 31),
        ("32.73", "kota bandung", 30),
    ] {
        lexicon.region_names.add(&search.region_names, (code, name, size));
    }
    let things = [("K1".into(), "kopi arabika".into(), "arabica coffee".into(), "ESTATE_CROP".into(), 1)];
    lexicon.properties = Properties::of(&vocabulary().properties, &things);
    let search_text = SearchText::read(text, &search, &lexicon, &["cooperative", "region"]).unwrap();
    let links = crate::graph::search::statement::links(&search_text);
    let ranking = Ranking { search: &search, lexicon: &lexicon, search_text: &search_text, links };
    let found = ranking.rank(&["cooperative", "region"], [coded, Vec::new(), others], false).unwrap().0;
    found.into_iter().map(|found| (found.name.clone(), found.score())).collect()
}

fn names(text: &str, others: Vec<Candidate>) -> Vec<String> {
    found(text, Vec::new(), others).into_iter().map(|(name, _)| name).collect()
}

/// The names are found in this order, whatever the order of the candidates.
fn falls(text: &str, expected: &[&str]) {
    let candidates = expected.iter().rev().map(|name| cooperative(name, name, "32")).collect();
    assert_eq!(names(text, candidates), expected, "`{text}`");
}

#[test]
fn a_more_similar_name_ranks_higher() {
    falls("sidomulyo", &["sidomulyo", "sidomulyo baru", "sidomulya"]);
    falls("maju jaya", &["maju jaya", "jaya maju"]);
    falls("suka maju", &["suka maju", "sukamaju"]);
    falls("sukamaju", &["sukamaju", "suka maju"]);
    falls("universitas pasundan", &["universitas pasundan", "pasundan"]);
    assert_eq!(names("sidomulyo", vec![cooperative("1", "wonosari", "32")]), [""; 0]);
}

#[test]
fn a_title_only_distinguishes_equal_names() {
    falls("kopdes maju", &["koperasi desa maju", "kud maju", "koperasi desa maju jaya"]);
}

#[test]
fn only_an_exact_match_gets_the_full_score() {
    let found = found(
        "Suka  MAJU",
        Vec::new(),
        vec![cooperative("1", "koperasi suka-maju", "32"), cooperative("2", "suka maju bersama", "32")],
    );
    assert_eq!(found[0], ("koperasi suka-maju".into(), FULL - 1));
    assert!(found[1].1 < FULL - 1 && found[1].1 > 700, "{found:?}");
}

#[test]
fn the_region_of_an_entry_counts_for_words_that_name_it() {
    let all = vec![
        cooperative("1", "sidomulyo", "18.05"),
        cooperative("2", "sidomulyo baru", "35.10"),
        cooperative("3", "sidomulyo", "35.10"),
    ];
    for text in ["sidomulyo jawa timur", "sidomulyo jatim"] {
        assert_eq!(names(text, all.clone())[..2], ["sidomulyo", "sidomulyo baru"], "`{text}`");
    }
}

#[test]
fn equal_names_rank_by_level_and_size() {
    let larger = |size, candidate: Candidate| Candidate { 6: size, ..candidate };
    let all = vec![
        region("32.04.05.2001", "bandung", "DESA"),
        larger(10, cooperative("1", "bandung", "35")),
        larger(20, cooperative("2", "koperasi bandung", "35")),
        region("32.04", "kabupaten bandung", "KABUPATEN"),
        region("32.73", "kota bandung", "KOTA"),
    ];
    let expected = ["kota bandung", "kabupaten bandung", "koperasi bandung", "bandung", "bandung"];
    assert_eq!(names("bandung", all), expected);
}

#[test]
fn a_question_finds_what_has_the_property_in_the_region() {
    let base = |base: &str, candidate: Candidate| Candidate { 8: Some(base.into()), ..candidate };
    let grows = |candidate: Candidate| Candidate { 10: 1, ..candidate };
    let kud = vec![
        base("KUD", cooperative("1", "kud maju", "35.01")),
        base("KUD", cooperative("2", "kud jaya", "18.01")),
        cooperative("3", "koperasi makmur", "35.01"),
    ];
    assert_eq!(names("kud jawa timur", kud)[0], "kud maju");
    let coffee = vec![
        cooperative("1", "koperasi bandung", "18.01"),
        cooperative("2", "koperasi satu", "32.04.01"),
        grows(cooperative("3", "koperasi dua", "32.05")),
        grows(cooperative("4", "koperasi tiga", "32.04.01")),
    ];
    assert_eq!(names("koperasi kopi bandung", coffee)[0], "koperasi tiga");
}

#[test]
fn codes_come_first_and_low_scores_are_left_out() {
    let others = vec![
        cooperative("2", "maju jaya", "32"),
        cooperative("1", "maju jaya", "32"),
        cooperative("9", "zulu", "32"),
        cooperative("3", "jaya bersama sentosa", "32"),
    ];
    let found = found("maju jaya", vec![cooperative("9", "zulu", "32")], others);
    assert_eq!(
        found,
        [("zulu".into(), FULL), ("maju jaya".into(), FULL - 1), ("maju jaya".into(), FULL - 1)]
    );
}
