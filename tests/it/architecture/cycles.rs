//! Finds dependency cycles between files, also through re-exports.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, sources};

/// Which files each file uses, by the paths of their modules.
pub(super) type Uses = BTreeMap<String, BTreeSet<String>>;

/// The files below a folder, and which of them each uses. What a folder's own module re-exports is where it is declared;
/// a folder's module and its own files may use each other.
pub(super) fn uses(folder: &'static str) -> Uses {
    let files = sources(folder);
    let modules: BTreeSet<String> = files.iter().map(|file| file.module.join("::")).collect();
    let exports: BTreeMap<String, String> = files.iter().flat_map(|file| exports(file, &modules)).collect();
    let mut uses = Uses::new();
    for file in &files {
        let own = file.module.join("::");
        let used = file.paths().into_iter().filter_map(|path| declared(&path.segments, &modules, &exports));
        let related =
            |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with("::"));
        let used = used.filter(|used| *used != own && !related(used, &own) && !related(&own, used));
        uses.insert(own.clone(), used.collect());
    }
    uses
}

/// The re-exports of a folder's module: the path that others use, and the module that declares the item.
fn exports(file: &Source, modules: &BTreeSet<String>) -> Vec<(String, String)> {
    let own = file.module.join("::");
    let paths = file.paths().into_iter().map(|path| path.segments);
    let of_child = paths.filter_map(|segments| {
        let module = nearest(&segments, modules)?;
        let (_, name) = (module.strip_prefix(&own)?, segments.last()?.clone());
        (module != own).then(|| (format!("{own}::{name}"), module))
    });
    let mut found: Vec<_> = of_child.collect();
    // `use edge::Edge` is written from the folder's module without `self`.
    for path in file.paths().iter().map(|path| &path.segments) {
        let segments: Vec<String> = file.module.iter().chain(path).cloned().collect();
        if let (Some(module), Some(name)) = (nearest(&segments, modules), path.last())
            && module != own
        {
            found.push((format!("{own}::{name}"), module));
        }
    }
    found
}

/// The module that a path leads into.
fn declared(
    segments: &[String],
    modules: &BTreeSet<String>,
    exports: &BTreeMap<String, String>,
) -> Option<String> {
    let whole = segments.join("::");
    let exported = (1..=segments.len()).rev().find_map(|end| exports.get(&segments[..end].join("::")));
    match exported {
        // A re-export of a re-export.
        Some(module) => {
            let name = segments.last()?;
            Some(exports.get(&format!("{module}::{name}")).unwrap_or(module).clone())
        }
        None if modules.contains(&whole) => Some(whole),
        None => nearest(segments, modules),
    }
}

fn nearest(segments: &[String], modules: &BTreeSet<String>) -> Option<String> {
    (1..=segments.len()).rev().map(|end| segments[..end].join("::")).find(|module| modules.contains(module))
}

/// The files that reach themselves, each with one that it uses on the way.
pub(super) fn circles(uses: &Uses) -> Vec<String> {
    let reaches = |from: &str, to: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = next.pop() {
            if file == to {
                return true;
            }
            if seen.insert(file.clone()) {
                next.extend(uses.get(&file).into_iter().flatten().cloned());
            }
        }
        false
    };
    let mut found = Vec::new();
    for (file, used) in uses {
        for other in used.iter().filter(|other| reaches(other, file)) {
            found.push(format!("{file} uses {other}, which leads back"));
        }
    }
    found
}
