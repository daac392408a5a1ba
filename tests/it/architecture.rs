//! Checks the rules of `docs/architecture.md` on the source: dependencies between modules, who names tables, file
//! sizes.

mod cycles;
mod source;
mod suite;
mod tables;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use self::cycles::{circles, uses};
use self::source::{Kind, Source, read, root, sources, words};

/// The layers from the bottom up. A box uses only those below it.
const LAYERS: &[&[&str]] = &[
    &["entity"],
    &["access"],
    &["store"],
    &["graph"],
    &["document"],
    &["registry"],
    &["exchange", "schema"],
    &["http"],
    &["pages"],
    &["cli"],
    &["main"],
];

/// Boxes whose modules depend on each other in one direction only.
const WITHOUT_CIRCLES: &[&str] = &["access", "document", "exchange", "http", "pages"];

/// The modules of a folder noun that only the noun itself may name.
const BEHIND_THE_FACE: &[&str] = &["edges", "figures", "filter", "mutation", "query"];

#[test]
fn no_module_uses_a_layer_above() {
    let mut offences = Offences::default();
    let macros = exported_macros();
    for file in sources("src") {
        let from = file.module.first().map_or("main", String::as_str);
        for path in file.paths() {
            let target = path.target(&macros);
            let allowed = match target.as_str() {
                "migration" => ["cli", "http"].contains(&from),
                "config" => ["config", "cli", "http"].contains(&from),
                // A page is made of an answer of the door.
                _ if from == "pages" => {
                    matches!(target.as_str(), "pages" | "http") || layer(&target).is_none()
                }
                // The crate's root declares the boxes and uses none.
                _ if file.name == "lib.rs" => false,
                _ => match (layer(from), layer(&target)) {
                    (_, None) => true,
                    (Some(own), Some(other)) => other < own || from == target,
                    (None, Some(_)) => false,
                },
            };
            if !allowed {
                offences.add(&file, path.line, format!("`{from}` may not use `{target}`"));
            }
        }
    }
    offences.none();
}

#[test]
fn every_folder_is_a_known_layer() {
    let places: Vec<&str> = LAYERS.iter().flat_map(|boxes| boxes.iter().copied()).collect();
    for file in sources("src") {
        let of = file.module.first().map_or("main", String::as_str);
        let known = places.contains(&of) || of == "config";
        assert!(known, "src/{}: `{of}` is no box of docs/architecture.md", file.name);
    }
}

#[test]
fn modules_of_a_layer_form_no_cycle() {
    for of in WITHOUT_CIRCLES {
        let mut uses = uses_within(of);
        for (user, used) in
            [("door", "metrics"), ("door", "operation"), ("seed", "stock"), ("generate", "stock")]
        {
            let seen = uses.get(user).is_none_or(|modules| modules.contains(used));
            assert!(seen, "`{user}` was not seen to use `{used}`");
        }
        // A module that uses none of the others is part of no circle.
        while let Some(free) = uses.iter().find(|(_, used)| used.iter().all(|used| !uses.contains_key(used)))
        {
            let free = free.0.clone();
            uses.remove(&free);
        }
        assert!(uses.is_empty(), "modules of src/{of} form a circle: {uses:?}");
    }
}

/// Which modules of a box each of its modules uses, files beneath it included.
fn uses_within(of: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources("src") {
        let [first, own, ..] = file.module.as_slice() else { continue };
        if first != of {
            continue;
        }
        let inside = file.paths().into_iter().filter_map(|path| match path.segments.as_slice() {
            [first, used, ..] if first == of && used != own => Some(used.clone()),
            _ => None,
        });
        uses.entry(own.clone()).or_default().extend(inside);
    }
    uses
}

#[test]
fn migrations_and_entities_do_not_use_each_other() {
    let mut offences = Offences::default();
    for (folder, forbidden) in
        [("migration/src", ["entity", "simpul"]), ("entity/src", ["migration", "simpul"])]
    {
        for file in sources(folder) {
            for path in file.paths().iter().filter(|path| forbidden.contains(&path.first())) {
                let rule = format!("`{folder}` may not use `{}`", path.first());
                offences.add(&file, path.line, rule);
            }
        }
        let manifest = read(&folder.replace("src", "Cargo.toml"));
        for crate_name in forbidden {
            let depends = manifest.lines().any(|line| {
                line.strip_prefix(crate_name).is_some_and(|rest| rest.starts_with([' ', '.', '=']))
            });
            assert!(!depends, "{folder} may not depend on `{crate_name}`");
        }
    }
    offences.none();
}

#[test]
fn lower_layers_name_no_noun() {
    let nouns = nouns();
    let tables = tables();
    assert!(nouns.contains("Cooperative") && nouns.len() > 10, "these cannot be all nouns: {nouns:?}");
    assert!(tables.contains("cooperative"), "these cannot be all tables: {tables:?}");
    let mut offences = Offences::default();
    for file in
        ["src/access", "src/store", "src/graph", "src/document"].iter().flat_map(|folder| sources(folder))
    {
        for token in file.tokens.iter().filter(|token| token.kind == Kind::Word) {
            if nouns.contains(&token.text) {
                offences.add(
                    &file,
                    token.line,
                    format!("the noun `{}` is named below `registry`", token.text),
                );
            }
        }
        for token in
            file.tokens.iter().filter(|token| token.kind == Kind::Text && file.name.starts_with("store/"))
        {
            for table in words(&token.text).filter(|word| tables.contains(*word)) {
                offences.add(&file, token.line, format!("the table `{table}` is named in a text of `store`"));
            }
        }
        for path in file.paths() {
            if let [first, table, ..] = path.segments.as_slice()
                && first == "entity"
                && tables.contains(table)
            {
                offences.add(&file, path.line, format!("the table `{table}` is named below `registry`"));
            }
        }
    }
    offences.none();
}

#[test]
fn nouns_use_only_the_public_interface_of_others() {
    let mut offences = Offences::default();
    for file in sources("src") {
        for path in file.paths() {
            if let [registry, noun, inner, ..] = path.segments.as_slice()
                && registry == "registry"
                && BEHIND_THE_FACE.contains(&inner.as_str())
                && file.module.get(..2) != Some(&[registry.clone(), noun.clone()][..])
            {
                offences.add(
                    &file,
                    path.line,
                    format!("`{noun}::{inner}` is private to the noun; use its public interface"),
                );
            }
        }
    }
    offences.none();
}

#[test]
fn only_the_store_writes() {
    let methods =
        ["insert", "update", "delete", "save", "exec", "exec_with_returning", "exec_without_returning"];
    let builders = ["insert_many", "update_many", "delete_many", "delete_by_id"];
    let mut offences = Offences::default();
    let writes = |file: &&Source| {
        ["store/access_log", "store/bulk", "store/credential", "store/writer"]
            .iter()
            .any(|own| file.name.starts_with(own))
    };
    for file in sources("src").iter().filter(|file| !writes(file)) {
        for (at, token) in file.tokens.iter().enumerate() {
            let before = |text| at > 0 && file.is(at - 1, text);
            let called = file.is(at + 1, "(");
            let rule = match (token.kind, token.text.as_str()) {
                // A map's `insert` is not awaited.
                (Kind::Word, word) if methods.contains(&word) && before(".") && called => {
                    file.awaited(at + 1).then(|| format!("`.{word}(…).await` writes"))
                }
                (Kind::Word, word) if builders.contains(&word) && before("::") => {
                    Some(format!("`::{word}` writes"))
                }
                (Kind::Word, word @ ("insert" | "update" | "delete")) if before("::") && at > 1 => {
                    file.is(at - 2, "Entity").then(|| format!("`Entity::{word}` writes"))
                }
                (Kind::Text, text) => words(text)
                    .find(|word| ["INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE"].contains(word))
                    .map(|word| format!("{word} stands in a text")),
                _ => None,
            };
            if let Some(rule) = rule {
                offences.add(file, token.line, format!("{rule}: rows are written by the store only"));
            }
        }
    }
    offences.none();
}

#[test]
fn plain_sql_is_sent_from_the_store_only() {
    let senders = [
        "query_one_raw",
        "query_all_raw",
        "execute_raw",
        "execute_unprepared",
        "from_sql_and_values",
        "raw_sql",
    ];
    let mut offences = Offences::default();
    for file in sources("src").iter().filter(|file| !file.name.starts_with("store/")) {
        for token in file.tokens.iter().filter(|token| token.kind == Kind::Word) {
            if senders.contains(&token.text.as_str()) {
                offences.add(file, token.line, format!("`{}` outside of store", token.text));
            }
        }
    }
    offences.none();
}

/// An error outside of the option would null the parent as well: see tests/it/conformance.rs.
#[test]
fn nullable_fields_return_option_of_result() {
    let mut offences = Offences::default();
    let mut objects = 0;
    for file in sources("src") {
        for object in file.objects() {
            objects += 1;
            for at in object.clone().filter(|at| file.is(*at, "fn")) {
                let signature = at..object.clone().find(|end| *end > at && file.is(*end, "{")).unwrap();
                let careless = ["Result", "<", "Option"];
                if signature.clone().any(|at| careless.iter().zip(at..).all(|(text, at)| file.is(at, text))) {
                    let rule =
                        format!("`{}` returns `Result<Option<_>>`: turn it round", file.tokens[at + 1].text);
                    offences.add(&file, file.tokens[at].line, rule);
                }
            }
        }
    }
    assert!(objects > 20, "{objects} objects cannot be all");
    offences.none();
}

#[test]
fn files_have_at_most_400_lines() {
    let mut sizes: Vec<(usize, String)> =
        sources("src").into_iter().map(|file| (file.lines, file.name)).collect();
    sizes.sort();
    let large: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > 400).collect();
    assert!(large.is_empty(), "over 400 lines: {large:?}");
    let (median, _) = sizes[sizes.len() / 2];
    assert!(median < 150, "half of all files have {median} lines or more: {sizes:?}");
}

#[test]
fn the_tree_in_the_documentation_is_complete() {
    let listed = the_tree();
    for path in &listed {
        assert!(root().join(path).exists(), "docs/architecture.md lists {path}, which does not exist");
    }
    for folder in ["src", "src/registry"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let entry = entry.unwrap();
            let slash = if entry.path().is_dir() { "/" } else { "" };
            let path = format!("{folder}/{}{slash}", entry.file_name().to_string_lossy());
            assert!(path.ends_with("/mod.rs") || listed.contains(&path), "docs/architecture.md lacks {path}");
        }
    }
}

/// Every path of the tree in docs/architecture.md, folders with a slash behind. A line is a depth of two spaces each,
/// names, and then what they are for.
fn the_tree() -> BTreeSet<String> {
    let map = read("docs/architecture.md");
    let tree = map.split("```text").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut folders: Vec<String> = Vec::new();
    let mut listed = BTreeSet::new();
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        folders.truncate((line.len() - line.trim_start().len()) / 2);
        let above = folders.concat();
        let is_name = |word: &&str| {
            word.ends_with('/') || [".rs", ".md", ".toml", ".graphql"].iter().any(|end| word.ends_with(end))
        };
        for name in line.split_whitespace().take_while(is_name) {
            if name.ends_with('/') {
                folders.push(name.to_owned());
            }
            listed.insert(format!("{above}{name}"));
        }
    }
    listed
}

/// The violations of a rule, with their positions.
#[derive(Default)]
struct Offences(BTreeSet<String>);

impl Offences {
    fn add(&mut self, file: &Source, line: usize, rule: impl std::fmt::Display) {
        self.0.insert(format!("{}/{}:{line}: {rule}", file.folder, file.name));
    }

    fn none(self) {
        let list: Vec<String> = self.0.into_iter().collect();
        assert!(list.is_empty(), "against docs/architecture.md:\n{}", list.join("\n"));
    }
}

fn layer(of: &str) -> Option<usize> {
    LAYERS.iter().position(|boxes| boxes.contains(&of))
}

/// The GraphQL types that are declared with `noun!`.
pub(crate) fn nouns() -> BTreeSet<String> {
    sources("src/registry").iter().flat_map(Source::nouns).collect()
}

/// The tables' modules of `entity`, but for those that the store reads and writes itself: of credentials, the log and claims.
fn tables() -> BTreeSet<String> {
    const OTHERS: [&str; 9] = [
        "access_grant",
        "access_log",
        "api_key",
        "change",
        "change_horizon",
        "claim",
        "json",
        "set",
        "vocabulary",
    ];
    let modules = sources("entity/src").into_iter().filter_map(|file| file.module.into_iter().next());
    modules.filter(|module| !OTHERS.contains(&module.as_str())).collect()
}

/// Macros that are exported at the crate's root, and the box they belong to.
fn exported_macros() -> Vec<(String, String)> {
    let mut macros = Vec::new();
    for file in sources("src") {
        for at in 0..file.tokens.len() {
            if file.is(at, "macro_export") {
                macros.push((file.tokens[at + 4].text.clone(), file.module[0].clone()));
            }
        }
    }
    macros
}

/// Files that use each other cannot be understood one after the other. A folder's own module and its files may.
#[test]
fn files_of_the_loader_form_no_cycle() {
    let uses = uses("src/graph/load");
    let circles = circles(&uses);
    assert!(uses.len() > 30, "these cannot be all files: {uses:?}");
    assert!(circles.is_empty(), "files that use each other: {circles:?}");
}
