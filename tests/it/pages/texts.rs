//! The catalogues of texts: complete in each language, and used.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages")
}

/// The texts of a language: the values that stand in each.
fn catalogue(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(pages().join(format!("texts/{language}.ftl"))).unwrap();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) =
            line.split_once(" =").filter(|(id, _)| !id.is_empty() && !id.starts_with([' ', '}']))
        {
            id.clone_into(&mut current);
            assert!(
                texts.insert(current.clone(), BTreeSet::new()).is_none(),
                "{language}.ftl has `{id}` twice"
            );
        }
        let values = line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
        });
        if let Some(own) = texts.get_mut(&current) {
            own.extend(values);
        }
    }
    texts
}

/// All Rust sources of pages.
fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_text_is_in_both_languages_with_the_same_values() {
    let (indonesian, english) = (catalogue("id"), catalogue("en"));
    assert!(indonesian.len() > 50, "these cannot be all texts: {}", indonesian.len());
    for (id, values) in &indonesian {
        assert_eq!(english.get(id), Some(values), "`{id}`: other values, or missing in English");
    }
    for id in english.keys() {
        assert!(indonesian.contains_key(id), "`{id}` is missing in Indonesian");
    }
}

#[test]
fn each_text_that_a_page_names_is_there_and_each_text_is_named() {
    let texts = catalogue("id");
    let mut source = String::new();
    sources(&pages(), &mut source);
    for id in texts.keys() {
        assert!(source.contains(&format!("\"{id}\"")), "`{id}` is not used");
    }
    // A closure of a page, `text("…")`, or a method.
    for call in ["text(\"", "text_with(\"", "counted(\""] {
        for (at, _) in source.match_indices(call) {
            // The end of a longer name, such as `as_text`.
            if source[..at].ends_with('_') {
                continue;
            }
            let id = source[at + call.len()..].split('"').next().unwrap();
            assert!(texts.contains_key(id), "`{id}` is in no catalogue");
        }
    }
}

/// The texts of a language as they are written, by their ids.
fn written(language: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(pages().join(format!("texts/{language}.ftl"))).unwrap();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =").filter(|(id, _)| !id.is_empty() && !id.starts_with([' ', '}'])) {
            Some((id, value)) => {
                id.clone_into(&mut current);
                texts.insert(current.clone(), value.trim().to_owned());
            }
            None => texts.entry(current.clone()).or_default().push_str(line),
        }
    }
    texts
}

#[test]
fn no_text_stands_twice() {
    let (indonesian, english) = (written("id"), written("en"));
    let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (id, text) in &indonesian {
        if let Some(other) = known.insert((text, &english[id]), id) {
            panic!("`{other}` and `{id}` are both `{text}`");
        }
    }
}
