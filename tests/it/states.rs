//! The state machines are complete, every state is reachable, and `docs/states.md` is up to date.

use std::{collections::BTreeSet, fs, path::Path};

use async_graphql::registry::MetaType;
use entity::vocabulary::PlacementStatus::{Confirmed, Graduated, Verified, Waitlisted};
use simpul::registry::{
    states::{self, Diagram, PLACEMENT},
    write::VERBS,
};

/// Statuses that no verb changes: this one is assessed in each report.
const JUDGED: [&str; 1] = ["HealthStatus"];

#[test]
fn every_status_has_its_state_machine() {
    let exported = read("entity/src/vocabulary/mod.rs");
    let words = exported.split(|letter: char| !letter.is_alphanumeric());
    let statuses: BTreeSet<String> =
        words.filter(|word| word.ends_with("Status") && !JUDGED.contains(word)).map(str::to_owned).collect();
    let machines: Vec<String> = states::all().into_iter().map(|diagram| diagram.vocabulary).collect();
    assert_eq!(machines.iter().cloned().collect::<BTreeSet<_>>(), statuses);
    assert_eq!(machines.len(), statuses.len(), "a vocabulary has two machines: {machines:?}");
}

#[test]
fn every_state_is_reached() {
    for Diagram { noun, states, arrows, .. } in states::all() {
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        loop {
            let before = reached.len();
            let from_there = |from: &Option<String>| from.as_ref().is_none_or(|from| reached.contains(from));
            let next: Vec<&String> =
                arrows.iter().filter(|arrow| from_there(&arrow.from)).map(|arrow| &arrow.to).collect();
            reached.extend(next);
            if reached.len() == before {
                break;
            }
        }
        assert_eq!(reached, states.iter().collect(), "{noun}");
    }
}

#[test]
fn every_transition_is_declared_once_with_a_verb() {
    for Diagram { noun, arrows, .. } in states::all() {
        assert!(arrows.iter().any(|arrow| arrow.from.is_none()), "nothing makes a {noun}");
        for (at, arrow) in arrows.iter().enumerate() {
            assert!(!arrows[..at].contains(arrow), "{noun}: {arrow:?} stands twice");
            assert_ne!(arrow.from.as_ref(), Some(&arrow.to), "{noun}: {arrow:?} leads nowhere");
            let camel = arrow.verb.starts_with(|letter: char| letter.is_ascii_lowercase())
                && arrow.verb.bytes().all(|byte| byte.is_ascii_alphabetic());
            assert!(camel, "{noun}: {arrow:?} has no verb");
        }
    }
}

#[test]
fn a_machine_knows_what_is_possible() {
    assert_eq!(
        PLACEMENT.possible(Verified),
        ["rejectNominee", "confirmPlacement", "startBatch", "withdrawPlacement", "cancelBatch"]
    );
    assert!(PLACEMENT.possible(Graduated).is_empty());
    assert_eq!(PLACEMENT.after(Verified, "confirmPlacement").collect::<Vec<_>>(), [Confirmed, Waitlisted]);
    assert_eq!(PLACEMENT.after(Graduated, "withdrawPlacement").count(), 0);
}

/// Verbs that lead to no other state: they write or amend what a record holds, or records without a status.
const WITHOUT_ARROW: [&str; 30] = [
    "addAccessGrant",
    "amendAnnualReport",
    "amendBusinessUnit",
    "amendCommodity",
    "amendCooperative",
    "amendInstitution",
    "amendLinkage",
    "amendMonth",
    "amendOfficer",
    "amendOfficial",
    "amendPartnership",
    "amendPlacement",
    "amendProgram",
    "amendSession",
    "appointOfficial",
    "cancelSession",
    "correctPerson",
    "createApiKey",
    "endOfficial",
    "eraseOfficial",
    "erasePerson",
    "fileAnnualReport",
    "planFollowUp",
    "planSession",
    "recordAttendance",
    "recordCommodity",
    "recordMonth",
    "registerInstitution",
    "revokeAccessGrant",
    "revokeApiKey",
];

#[test]
fn every_arrow_has_its_verb_and_every_verb_its_arrow() {
    let registry = simpul::schema::registry();
    let root = &registry.types[registry.mutation_type.as_ref().unwrap()];
    let MetaType::Object { fields, .. } = root else { panic!("no verbs") };
    let verbs: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
    let diagrams = states::all();
    let arrows = || diagrams.iter().flat_map(|diagram| &diagram.arrows);
    let led: BTreeSet<&str> = arrows().filter(|arrow| !arrow.by_system).map(|arrow| arrow.verb).collect();
    let by_system: BTreeSet<&str> =
        arrows().filter(|arrow| arrow.by_system).map(|arrow| arrow.verb).collect();
    let without: Vec<_> = led.difference(&verbs).collect();
    assert!(without.is_empty(), "arrows whose verb nobody can use: {without:?}");
    let both: Vec<_> = by_system.intersection(&verbs).collect();
    assert!(both.is_empty(), "callers can use what the system does: {both:?}");
    let rest: Vec<&str> = verbs.difference(&led).copied().collect();
    assert_eq!(rest, WITHOUT_ARROW, "verbs without an arrow");
    let named: BTreeSet<&str> = VERBS.iter().map(|verb| verb.name).collect();
    assert_eq!(named, verbs, "the table of verbs and roles, and the schema");
}

#[test]
fn the_page_of_states_is_up_to_date() {
    let generated = states::markdown();
    assert!(
        read("docs/states.md") == generated,
        "docs/states.md is not what the state machines are; run `cargo run -- states > docs/states.md`"
    );
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}
