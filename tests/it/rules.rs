//! The rules of the domain: the generated registry breaks none, and each rule finds rows that break it.

mod cases;
mod unconstrained;

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use simpul::{
    graph::load::{Kind, Noun, Table},
    registry::{
        person::Person,
        rules::{self, Rule},
    },
    store::{Engine, Keys, keys::column, number},
};

use self::{cases::Case, unconstrained::unconstrain};
use crate::support::each_engine;

#[test]
fn every_rule_has_a_code_of_its_own_and_a_sentence_in_each_language() {
    let mut known = BTreeSet::new();
    for rule in rules::all() {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        assert!(rule.code.split('_').all(word), "{}", rule.code);
        for text in [rule.code, rule.en, rule.id] {
            assert!(
                !text.is_empty() && !text.ends_with('.') && !text.contains("  "),
                "{}: `{text}`",
                rule.code
            );
            assert!(known.insert(text), "{}: `{text}` is there already", rule.code);
        }
    }
    assert!(known.len() > 3 * 85, "{} texts cannot be those of all rules", known.len());
}

#[test]
fn every_statement_of_a_rule_has_placeholders_for_keys() {
    for rule in rules::all() {
        for sql in rule.ways.iter().map(|way| way.keys).chain([rule.offenders]) {
            let places = sql.matches("{AND ").count();
            assert!(places > 0, "{}: {sql}", rule.code);
            assert_eq!(
                [sql.matches('{').count(), sql.matches('}').count()],
                [places; 2],
                "{}: {sql}",
                rule.code
            );
            let exists = sql.matches("EXISTS (").count() - sql.matches("NOT EXISTS (").count();
            assert_eq!(sql.matches(" LIMIT 1)").count(), exists, "{}: {sql}", rule.code);
        }
    }
}

/// Every column that a search finds or ranks by is compared, for each noun.
#[test]
fn the_rule_of_each_search_index_compares_all_columns() {
    let indexed: Vec<_> = rules::all().filter(|rule| rule.code.ends_with("_NOT_INDEXED")).collect();
    assert_eq!(indexed.len(), 6);
    for rule in indexed {
        for column in
            ["name", "other_name", "words", "region_code", "size", "kind", "community_base", "program"]
        {
            let compared = rule.offenders.contains(&format!("e.{column} = s.{column}"))
                || rule.offenders.contains(&format!("coalesce(e.{column}, '') = coalesce(s.{column}, '')"));
            assert!(compared, "{} does not compare {column}", rule.code);
        }
    }
}

/// Tables without a key of their own, whose rows are touched with the row that they belong to.
const PARTS: [&str; 4] = ["party", "partnership_party", "batch_province", "cooperative_business_class"];

/// A change of any row that a rule reads leads to the rows that it may break.
#[test]
fn every_table_that_a_rule_reads_leads_to_the_rows_it_is_about() {
    let nouns: BTreeSet<&str> =
        rules::all().map(|rule| (rule.noun)().name.as_str()).chain([Person::table().name.as_str()]).collect();
    for rule in rules::all() {
        let words: Vec<&str> = rule.offenders.split_whitespace().collect();
        let after =
            words.windows(2).filter(|pair| ["FROM", "JOIN"].contains(&pair[0]) && pair[1] != "(SELECT");
        let read: BTreeSet<&str> = after.map(|pair| pair[1].trim_matches(['(', ')', ','])).collect();
        assert!(!read.is_empty(), "{} reads nothing", rule.code);
        for table in read.into_iter().filter(|table| !PARTS.contains(table) && !table.starts_with("search")) {
            assert!(nouns.contains(table), "{} reads {table}, which is no noun's", rule.code);
            let leads = rule.ways.iter().any(|way| (way.from)().name.as_str() == table);
            assert!(
                leads || (rule.noun)().name.as_str() == table,
                "{} reads {table}, and no way leads from it",
                rule.code
            );
        }
    }
}

#[tokio::test]
async fn generated_data_breaks_no_rule_of_the_domain() {
    each_engine(async |registry| {
        let database = &registry.database;
        for rule in rules::all() {
            let count = number(database, &rule.count(Engine::of(database))).await;
            let count = count.unwrap_or_else(|error| panic!("{}: {error}", rule.code));
            assert_eq!(count, 0, "{}: {}", rule.code, rule.en);
            for noun in rule.ways.iter().map(|way| way.from).chain([rule.noun]) {
                let (key, table) = (noun().key[0].name, noun().name.as_str());
                let some =
                    select(database, noun(), &format!("SELECT {key} FROM {table} ORDER BY {key} LIMIT 3"))
                        .await;
                let among = rule.offenders_among(database, noun(), &some).await;
                let among = among.unwrap_or_else(|error| panic!("{} from {table}: {error}", rule.code));
                assert!(among.is_empty(), "{} from {table}", rule.code);
            }
        }
    })
    .await;
}

/// Rules find violations that the constraints of the tables allow.
#[tokio::test]
async fn the_rules_find_broken_rows() {
    let changes = [
        "UPDATE party SET name_fold = 'somebody else' WHERE id = (SELECT id FROM institution ORDER BY slug LIMIT 1)",
        "UPDATE internship_program SET participant_count = participant_count + 1 WHERE code = 'MAGANG-KDKMP-2025-AL-ITTIFAQ'",
        "UPDATE officer SET status = 'ENDED' WHERE role = 'CHAIR'",
        "UPDATE business_unit SET status = 'CLOSED'",
        "DELETE FROM search_entry WHERE name = 'padi'",
        "UPDATE officer SET ends_on = '2039-01-01', starts_on = '2026-01-01' WHERE starts_on IS NOT NULL",
    ];
    each_engine(async |registry| {
        let mut broken = 0;
        for change in changes {
            registry.database.execute_unprepared(change).await.unwrap();
            let mut now = 0;
            for rule in rules::all() {
                now += i64::from(number(&registry.database, &rule.count(registry.engine)).await.unwrap() > 0);
            }
            assert!(now > broken, "nothing notices: {change}");
            broken = now;
        }
    })
    .await;
}

#[test]
fn every_rule_and_every_way_to_break_it_has_a_case() {
    for rule in rules::all() {
        let cases: Vec<&Case> = cases::all().filter(|case| case.code == rule.code).collect();
        assert!(!cases.is_empty(), "no case breaks {}", rule.code);
        for way in rule.ways {
            let from = (way.from)().noun;
            assert!(
                cases.iter().any(|case| (case.noun)().noun == from),
                "no case breaks {} by {from}",
                rule.code
            );
        }
    }
}

#[tokio::test]
async fn every_rule_finds_the_rows_that_break_it_and_no_others() {
    each_engine(async |registry| {
        unconstrain(&registry.database).await;
        for case in cases::all() {
            let transaction = registry.database.begin().await.unwrap();
            breaks(&transaction, case).await;
            transaction.rollback().await.unwrap();
        }
    })
    .await;
}

/// The offenders that the rule of a case finds after the change: among all rows, by the changed row, and among others.
async fn breaks(transaction: &DatabaseTransaction, case: &Case) {
    let rule =
        rules::all().find(|rule| rule.code == case.code).unwrap_or_else(|| panic!("no rule {}", case.code));
    let (code, noun, table) = (rule.code, (case.noun)(), (rule.noun)());
    let touched = select(transaction, noun, case.row).await;
    let it = literal(&touched, Engine::of(transaction));
    let changed = transaction.execute_unprepared(&case.change.replace("{it}", &it)).await;
    changed.unwrap_or_else(|error| panic!("{code}: {error}"));
    let offenders = match case.offenders {
        Some(sql) => select(transaction, table, &sql.replace("{it}", &it)).await,
        None => touched.clone(),
    };
    let expected = texts(&offenders);
    assert!(!expected.is_empty(), "{code}: nothing was broken");

    let found = rule.offenders(transaction).await.unwrap_or_else(|error| panic!("{code}: {error}"));
    assert_eq!(texts(&found), expected, "{code}");
    let count = number(transaction, &rule.count(Engine::of(transaction))).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), expected.len(), "{code}");

    let by_touched = texts(&rule.offenders_among(transaction, noun, &touched).await.unwrap());
    assert!(!by_touched.is_empty(), "{code} by {} finds nothing", noun.noun);
    assert!(by_touched.is_subset(&expected), "{code} by {} finds {by_touched:?}", noun.noun);
    if rule.ways.iter().any(|way| (way.from)().noun == noun.noun) {
        assert!(!by_touched.is_subset(&texts(&touched)), "{code}: no way led from {}", noun.noun);
    }

    let alone = Rule { ways: &[], ..*rule };
    let among = alone.offenders_among(transaction, table, &offenders).await.unwrap();
    assert_eq!(texts(&among), expected, "{code}: among the offenders");
    let key = table.key[0].name;
    let others = format!("SELECT {key} FROM {} ORDER BY {key} DESC LIMIT 50", table.name.as_str());
    let others = without(select(transaction, table, &others).await, &expected);
    assert!(!others.is_empty());
    let among = alone.offenders_among(transaction, table, &others).await.unwrap();
    assert!(among.is_empty(), "{code}: among other rows it finds {:?}", texts(&among));
}

/// The keys of a noun that `sql` selects.
async fn select(connection: &impl ConnectionTrait, noun: &Table, sql: &str) -> Keys {
    let keys = if noun.key[0].kind == Kind::Uuid {
        column(connection, sql, None).await.map(Keys::Uuids)
    } else {
        column(connection, sql, None).await.map(Keys::Codes)
    };
    keys.unwrap_or_else(|error| panic!("{error} in {sql}"))
}

/// The one key as a statement writes it.
fn literal(keys: &Keys, engine: Engine) -> String {
    match keys {
        Keys::Uuids(uuids) => match (engine, uuids.as_slice()) {
            (Engine::Postgres, [uuid]) => format!("CAST('{uuid}' AS uuid)"),
            (Engine::Sqlite, [uuid]) => format!("x'{}'", uuid.simple()),
            _ => panic!("{uuids:?} is not one row"),
        },
        Keys::Codes(codes) => match codes.as_slice() {
            [code] => format!("CAST('{code}' AS TEXT)"),
            _ => panic!("{codes:?} is not one row"),
        },
    }
}

fn texts(keys: &Keys) -> BTreeSet<String> {
    match keys {
        Keys::Uuids(uuids) => uuids.iter().map(ToString::to_string).collect(),
        Keys::Codes(codes) => codes.iter().cloned().collect(),
    }
}

fn without(keys: Keys, these: &BTreeSet<String>) -> Keys {
    match keys {
        Keys::Uuids(mut uuids) => {
            uuids.retain(|uuid| !these.contains(&uuid.to_string()));
            Keys::Uuids(uuids)
        }
        Keys::Codes(mut codes) => {
            codes.retain(|code| !these.contains(code));
            Keys::Codes(codes)
        }
    }
}
