//! The verbs of partnership applications, and of the months of the linkages that they become.

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};

use super::{
    each_written, ministry, registrar,
    season::{Season, acting_for, told, with},
};

const REQUEST: (&str, &str) = ("requestPartnership", "RequestPartnershipInput");
const VERIFY: (&str, &str) = ("verifyApplication", "ApplicationInput");
const RETURN: (&str, &str) = ("returnApplication", "ReturnApplicationInput");
const AMEND: (&str, &str) = ("amendApplication", "AmendApplicationInput");
const DECIDE: (&str, &str) = ("decideApplication", "DecideApplicationInput");
const ACTIVATE: (&str, &str) = ("activateApplication", "ActivateApplicationInput");
const SHOWN: &str = "status package reason requestedOn decidedOn linkage { id version status kind supplier { id } buyer { id } }";

#[tokio::test]
async fn an_application_is_led_from_its_request_to_a_linkage() {
    each_written(async |written| {
        let season = Season { written, noun: "PartnershipApplication", field: "application", shown: SHOWN };
        let parties = written.proposal("parties").await;
        let (cooperative, institution) = (&parties["supplier"], &parties["buyer"]);
        let (own, partner, office) = (acting_for(Role::Cooperative, cooperative), acting_for(Role::Partner, institution), registrar("32"));
        let input = json!({ "idempotencyKey": "request", "cooperative": cooperative, "institution": institution, "package": "STAPLES" });
        let before = written.rows().await;
        let unknown = json!(simpul::graph::id::encode("Cooperative", &uuid::Uuid::from_u128(7).into()).to_string());
        let wrong = json!({ "idempotencyKey": "wrong", "cooperative": unknown, "institution": cooperative, "requestedOn": "2999-01-01" });
        let payload = season.send(&ministry(), REQUEST, with(input.clone(), &wrong)).await;
        assert_eq!(told(&payload), ["NOT_FOUND input.cooperative", "INVALID input.institution", "OUT_OF_RANGE input.requestedOn"]);
        for stranger in [registrar("33"), partner.clone()] {
            assert_eq!(super::code(&season.send(&stranger, REQUEST, input.clone()).await), "FORBIDDEN");
        }
        assert_eq!(written.rows().await, before);

        let requested = season.make(&own, REQUEST, input.clone()).await;
        assert_eq!([&requested["status"], &requested["package"]], [&json!("REQUESTED"), &json!("STAPLES")]);
        let requested = season.lead(&own, AMEND, &requested, json!({ "package": "LOGISTICS", "requestedOn": "2026-11-02" })).await;
        assert_eq!([&requested["status"], &requested["requestedOn"]], [&json!("REQUESTED"), &json!("2026-11-02")]);
        season.forbidden(&own, VERIFY, &requested, json!({})).await;
        season.forbidden(&own, AMEND, &requested, json!({ "reason": "x" })).await;
        let verifying = season.lead(&office, VERIFY, &requested, json!({})).await;
        season.forbidden(&own, AMEND, &verifying, json!({ "package": null })).await;
        let returned = season.lead(&office, RETURN, &verifying, json!({ "reason": "lokasi belum siap" })).await;
        assert_eq!([&returned["status"], &returned["reason"]], [&json!("REVISION"), &json!("lokasi belum siap")]);
        let again = season.lead(&own, AMEND, &returned, json!({ "package": null })).await;
        assert_eq!([&again["status"], &again["reason"], &again["package"]], [&json!("REQUESTED"), &Json::Null, &Json::Null]);
        let verifying = season.lead(&office, VERIFY, &again, json!({})).await;
        let refused = season.refused(&office, DECIDE, &verifying, json!({ "verified": false, "decidedOn": "2026-11-01" })).await;
        assert_eq!(refused, ["REQUIRED input.reason", "OUT_OF_RANGE input.decidedOn"]);
        season.forbidden(&partner, DECIDE, &verifying, json!({ "verified": true })).await;
        let verified = season.lead(&office, DECIDE, &verifying, json!({ "verified": true, "decidedOn": "2026-11-20" })).await;
        assert_eq!([&verified["status"], &verified["decidedOn"]], [&json!("VERIFIED"), &json!("2026-11-20")]);
        let corrected = season.lead(&office, AMEND, &verified, json!({ "decidedOn": "2026-11-19", "reason": "lengkap" })).await;
        assert_eq!([&corrected["decidedOn"], &corrected["reason"]], [&json!("2026-11-19"), &json!("lengkap")]);

        // It becomes a linkage in the same write.
        let wrong = json!({ "cooperativeAs": "BUYER", "kind": "AGENCY_OUTLET", "pattern": "GENERAL_TRADE", "code": "a", "partnership": unknown });
        assert_eq!(season.refused(&partner, ACTIVATE, &corrected, wrong).await, ["INVALID input.code", "INVALID input.partnership"]);
        let becomes = json!({ "cooperativeAs": "BUYER", "kind": "AGENCY_OUTLET", "pattern": "GENERAL_TRADE" });
        let activated = season.lead(&partner, ACTIVATE, &corrected, becomes).await;
        assert_eq!(activated["status"], "ACTIVATED");
        let linkage = &activated["linkage"];
        assert_eq!(
            [&linkage["status"], &linkage["supplier"]["id"], &linkage["buyer"]["id"]],
            [&json!("PROPOSED"), institution, cooperative]
        );
        assert_eq!(written.number("SELECT count(*) FROM change WHERE verb = 'activateApplication' AND sequence = (SELECT max(sequence) FROM change)").await, 2);
        let history = season.history("PartnershipApplication", &requested["id"]).await;
        assert_eq!(history[0], ("activateApplication".to_owned(), vec!["status".to_owned(), "linkage".to_owned()]));
        let second = season.make(&own, REQUEST, with(input, &json!({ "idempotencyKey": "second" }))).await;
        let second = season.lead(&office, VERIFY, &second, json!({})).await;
        let rejected = season.lead(&office, DECIDE, &second, json!({ "verified": false, "reason": "kuota terpenuhi" })).await;
        assert_eq!([&rejected["status"], &rejected["reason"]], [&json!("REJECTED"), &json!("kuota terpenuhi")]);
        assert_eq!(season.refused(&office, VERIFY, &rejected, json!({})).await, ["ILLEGAL_TRANSITION input.id"]);

        // Months of the linkage, once it has begun.
        let months = Season { written, noun: "LinkageMonth", field: "linkageMonth", shown: "month volume value deliveryCount rejectedPercent" };
        let (record, amend) = (("recordMonth", "RecordMonthInput"), ("amendMonth", "AmendMonthInput"));
        let month = json!({ "idempotencyKey": "month", "linkage": linkage["id"], "month": "2026-10-01", "volume": "12.5", "value": "1000000",
                            "deliveryCount": 3, "rejectedPercent": "1.25" });
        let early = with(month.clone(), &json!({ "idempotencyKey": "early", "month": "2026-10-02", "value": "-1", "rejectedPercent": "100.5" }));
        assert_eq!(
            told(&months.send(&own, record, early).await),
            ["PREREQUISITE_MISSING input.linkage", "INVALID input.month", "OUT_OF_RANGE input.value", "OUT_OF_RANGE input.rejectedPercent"]
        );
        let begun = written.led(linkage, &[("negotiateLinkage", json!({})), ("startTrial", json!({ "startsOn": "2026-09-15" }))]).await;
        let outside = with(month.clone(), &json!({ "idempotencyKey": "outside", "month": "2026-09-01" }));
        assert_eq!(told(&months.send(&own, record, outside).await), ["INVALID MONTH_OUTSIDE_LINKAGE"]);
        assert_eq!(super::code(&months.send(&registrar("33"), record, month.clone()).await), "FORBIDDEN");
        let recorded = months.make(&own, record, month.clone()).await;
        assert_eq!([&recorded["volume"], &recorded["rejectedPercent"]], [&json!("12.5"), &json!("1.25")]);
        let twice = with(month, &json!({ "idempotencyKey": "twice" }));
        assert_eq!(told(&months.send(&own, record, twice).await), ["TAKEN input.month"]);
        let every = json!({ "volume": "13", "value": null, "deliveryCount": 4, "rejectedPercent": "0.5" });
        let amended = months.lead(&partner, amend, &recorded, every.clone()).await;
        for (field, value) in every.as_object().unwrap() {
            assert_eq!(amended[field], *value, "{field}");
        }
        assert_eq!(months.refused(&partner, amend, &amended, every).await, ["INVALID input"]);
        assert_eq!(months.history("LinkageMonth", &recorded["id"]).await[0].1, ["volume", "value", "deliveryCount", "rejectedPercent"]);
        written.led(&begun, &[("endLinkage", json!({ "endsOn": "2026-11-20" }))]).await;
        let late = json!({ "idempotencyKey": "late", "linkage": linkage["id"], "month": "2026-11-01" });
        assert_eq!(super::code(&months.send(&own, record, late.clone()).await), "FORBIDDEN");
        months.make(&office, record, late).await;
        months.forbidden(&own, amend, &amended, json!({ "value": "2" })).await;
        months.lead(&office, amend, &amended, json!({ "value": "2" })).await;
        season.keeps_every_rule().await;
    })
    .await;
}
