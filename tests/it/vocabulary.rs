//! The vocabularies in Rust equal the CHECK lists of the migrations.

use std::{collections::BTreeMap, fs, path::Path};

use entity::{
    set::{AgreementContents, LearningMethods},
    vocabulary::*,
};
use sea_orm::{ActiveEnum, Iterable};

type Lists = BTreeMap<String, Vec<String>>;

/// Each vocabulary's name, and its words in the order in which they are declared.
fn vocabularies() -> Lists {
    macro_rules! words {
        ($($vocabulary:ident),* $(,)?) => {
            BTreeMap::from([$((stringify!($vocabulary).to_owned(), words::<$vocabulary>())),*])
        };
    }
    words! {
        AgreementContent, ApplicationPackage, ApplicationStatus, BatchStatus, BusinessUnitKind, BusinessUnitStatus,
        CommodityCategory, CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType,
        Education, FormationModel, Gender, HealthStatus, InstitutionKind, InstitutionOwnership, LearningMethod,
        LinkageKind, LinkageSide, LinkageStatus, LocationPrecision, OfficerBody, OfficerRole, OfficerStatus, Ownership, PartnershipKind,
        PartnershipLanguage, PartnershipPattern, PartnershipStatus, PartyKind, PartyRole, PlacementStatus, ProgramKind,
        ProgramStatus, RegionKind, RegionLevel, Sector, Source, SupporterRole, Unit,
    }
}

/// Vocabularies that no column holds as text: two are kept as bits, one is an argument only.
const NOT_STORED_AS_TEXT: [&str; 3] = ["AgreementContent", "LearningMethod", "LinkageSide"];

#[test]
fn every_vocabulary_is_tested() {
    let exported = read("entity/src/vocabulary/mod.rs");
    let exported = exported.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let exported: Vec<&str> =
        exported.flat_map(names).filter(|name| name.starts_with(char::is_uppercase)).collect();
    let known = vocabularies();
    assert!(exported.iter().all(|name| known.contains_key(*name)), "{exported:?}");
    assert_eq!(exported.len(), known.len());
}

#[test]
fn a_column_accepts_only_the_words_of_its_vocabulary() {
    let (vocabularies, checks) = (vocabularies(), check_lists());
    for (check, vocabulary) in columns(&vocabularies) {
        let allowed =
            checks.get(&check).unwrap_or_else(|| panic!("no migration has {check} for {vocabulary}"));
        assert_eq!(sorted(allowed), sorted(&vocabularies[&vocabulary]), "{check} against {vocabulary}");
    }
}

#[test]
fn every_list_of_words_is_a_vocabulary() {
    let columns = columns(&vocabularies());
    for (check, allowed) in check_lists() {
        assert!(columns.contains_key(&check), "no entity has the vocabulary of {check}: {allowed:?}");
    }
}

#[test]
fn every_vocabulary_is_stored_somewhere() {
    let known = vocabularies();
    let stored: Vec<String> = columns(&known).into_values().collect();
    for name in known.keys().filter(|name| !NOT_STORED_AS_TEXT.contains(&name.as_str())) {
        assert!(stored.contains(name), "no entity has a column of {name}");
    }
}

/// A word's bit is its place in the declaration: one that is moved or put in between turns stored sets into others.
#[test]
fn words_stored_as_bits_keep_their_positions() {
    let methods = ["STUDY_VISIT", "ON_THE_JOB_TRAINING", "CLASSROOM", "ONLINE", "MENTORING"];
    assert_eq!(words::<LearningMethod>(), methods);
    let contents = [
        "IDENTITIES",
        "BUSINESS_ACTIVITY",
        "RIGHTS_AND_DUTIES",
        "DEVELOPMENT",
        "TERM",
        "PAYMENT",
        "DISPUTE_SETTLEMENT",
    ];
    assert_eq!(words::<AgreementContent>(), contents);
    for (at, method) in LearningMethod::iter().enumerate() {
        assert_eq!(LearningMethods::from_iter([method]).0, 1 << at);
    }

    let ddl = ddl();
    let all = [
        (
            "internship_program_methods_check",
            "methods",
            LearningMethod::iter().collect::<LearningMethods>().0,
        ),
        ("partnership_contents_check", "contents", AgreementContent::iter().collect::<AgreementContents>().0),
    ];
    for (check, column, all) in all {
        let rule = format!("CONSTRAINT {check} CHECK ({column} BETWEEN 0 AND {all})");
        assert!(ddl.contains(&rule), "no migration has {rule}");
    }
}

/// Values of an ordered vocabulary compare in the order of their declaration, because `Ord` is derived.
#[test]
fn words_compare_in_the_order_of_their_declaration() {
    assert!(RegionLevel::Province < RegionLevel::RegencyCity && RegionLevel::District < RegionLevel::Village);
    assert!(
        RegionLevel::iter().is_sorted() && Education::iter().is_sorted() && PartyRole::iter().is_sorted()
    );
    assert!(Education::Primary < Education::Doctorate && PartyRole::First < PartyRole::Witness);
}

fn words<V: ActiveEnum<Value = String> + Iterable>() -> Vec<String> {
    V::iter().map(|word| word.to_value()).collect()
}

/// The names of the CHECKs that the entities' columns call for, and the vocabulary of each.
fn columns(vocabularies: &Lists) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    for text in files("entity/src") {
        let Some(table) = text.split("table_name = \"").nth(1).and_then(|rest| rest.split('"').next()) else {
            continue;
        };
        for field in text.lines().filter_map(|line| line.trim().strip_prefix("pub ")) {
            let mut names = names(field);
            let (Some(column), Some(kind)) = (names.next(), names.find(|name| *name != "Option")) else {
                continue;
            };
            if vocabularies.contains_key(kind) {
                columns.insert(format!("{table}_{column}_check"), kind.to_owned());
            }
        }
    }
    columns
}

/// What stands in the migrations as `CONSTRAINT …_check CHECK (column IN ('A', 'B'))`, in capitals as all vocabularies;
/// a later change of the same name has the last word.
fn check_lists() -> Lists {
    let mut lists = Lists::new();
    for constraint in ddl().split("CONSTRAINT ").skip(1) {
        let Some((name, rule)) = constraint.split_once(" CHECK (") else { continue };
        let Some((column, words)) = rule.split_once(" IN (") else { continue };
        let Some((words, _)) = words.split_once("))") else { continue };
        let words: Vec<&str> = words.split(',').map(str::trim).collect();
        let capitals = words.iter().all(|word| word.starts_with('\'') && !word.contains(char::is_lowercase));
        if capitals && !column.contains([' ', '(']) {
            let words = words.iter().map(|word| word.trim_matches('\'').to_owned()).collect();
            lists.insert(name.to_owned(), words);
        }
    }
    assert!(lists.len() > 30, "these cannot be all lists: {:?}", lists.keys());
    lists
}

fn ddl() -> String {
    files("migration/src").concat()
}

fn sorted(words: &[String]) -> Vec<&String> {
    let mut words: Vec<_> = words.iter().collect();
    words.sort();
    words
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|name| !name.is_empty())
}

/// The Rust files right in a folder, in the order of their names.
fn files(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
