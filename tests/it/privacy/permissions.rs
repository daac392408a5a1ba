//! Every use of personal data in the schema is allowed or refused as the table of personal data states.

use std::collections::BTreeSet;

use simpul::{
    access::{Audience, Use},
    registry::personal::TABLE,
};

use crate::{
    model::all_queries::{Way, Ways},
    support::{OF_ADMINISTRATORS, each_engine},
};

/// Where the schema offers uses that everybody may make, or that only some may make.
fn offered(open: bool) -> BTreeSet<&'static str> {
    let all = TABLE.iter().flat_map(|personal| Use::ALL.map(|usage| personal.permission(usage)));
    all.filter(|permission| (permission.who == Audience::Everyone) == open)
        .flat_map(|permission| permission.at)
        .copied()
        .collect()
}

#[tokio::test]
async fn every_forbidden_use_is_refused_and_no_other() {
    let (forbidden, open) = (offered(false), offered(true));
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let ways = Ways::of(registry).await.all();
        assert!(ways.len() > 1_500, "{} ways cannot be all", ways.len());
        let known: BTreeSet<&str> = ways.iter().map(Way::at).collect();
        let unknown: Vec<_> = forbidden.union(&open).filter(|at| !known.contains(**at)).collect();
        assert!(unknown.is_empty(), "the schema offers no {unknown:?}");
        let mut answered = 0;
        for way in &ways {
            let answer = registry.ask(&way.document).await;
            let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
            let codes: BTreeSet<&str> =
                errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect();
            let expected = way.trail.iter().any(|at| forbidden.contains(at.as_str()));
            let refused = codes.contains("FORBIDDEN");
            if OF_ADMINISTRATORS.iter().any(|list| way.document.contains(list)) {
                let wrong = ["CURSOR_INVALID", "BAD_USER_INPUT"].iter().any(|code| codes.contains(code));
                assert!(refused || wrong, "{}: {} gave {}", way.at(), way.document, answer.body);
                continue;
            }
            assert_eq!(refused, expected, "{}: {} gave {}", way.at(), way.document, answer.body);
            assert!(!codes.contains("INTERNAL"), "{}: {} gave {}", way.at(), way.document, answer.body);
            answered += usize::from(errors.is_empty());
        }
        // The rest is forbidden, or asks for what the sample does not have, such as a cursor.
        assert!(answered * 10 > ways.len() * 9, "{answered} of {} ways were answered", ways.len());
    })
    .await;
}
