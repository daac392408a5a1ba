//! Seats of a batch: nominees, the waiting list, and who gets a seat that becomes free.

use async_graphql::futures_util::future::join_all;
use serde_json::{Value as Json, json};
use simpul::graph::id;
use uuid::Uuid;

use super::{Written, code, each_written, faults, ministry, registrar, season::key_of};

impl Written {
    pub(super) async fn placement(&self, verb: &str, input: Json) -> Json {
        let kind = if verb == "nominate" { "NominateInput" } else { "PlacementInput" };
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{
                 placement {{ id version status batch {{ number status participantCount capacity }} cooperative {{ id }} }}
                 userErrors {{ code field message rule }} replayed }} }}"
        );
        let answer = self.answer(&ministry(), &document, json!({ "input": input })).await;
        if answer.get("errors").is_some() { answer } else { answer["data"][verb].clone() }
    }

    pub(super) async fn step(&self, verb: &str, placement: &Json) -> Json {
        let input = json!({ "idempotencyKey": format!("{verb} {} {}", placement["id"], placement["version"]), "id": placement["id"],
                            "expectedVersion": placement["version"] });
        self.placement(verb, input).await
    }
}

/// A batch whose enrolment is open, with this many seats and no participants.
pub(super) async fn empty_batch(written: &Written, seats: i32) -> Json {
    use entity::{
        internship_batch::{Column, Entity},
        vocabulary::{BatchStatus, Source},
    };
    use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
    let open = Entity::find()
        .filter(Column::ParticipantCount.eq(0))
        .filter(Column::Source.eq(Source::Article))
        .filter(Column::ProgramVisible.eq(true))
        .one(&written.database)
        .await
        .unwrap()
        .expect("every batch has participants");
    let update = Entity::update_many()
        .col_expr(Column::Capacity, Expr::value(seats))
        .col_expr(Column::Status, Expr::value(BatchStatus::Enrolling.to_value()))
        .filter(Column::Id.eq(open.id));
    update.exec(&written.database).await.unwrap();
    json!(id::encode("InternshipBatch", &open.id.into()).to_string())
}

/// Global ids of active officers, each of another cooperative, who take part in nothing.
pub(super) async fn officers(written: &Written, number: usize) -> Vec<Json> {
    use entity::{officer, placement};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
    let taking: Vec<Uuid> = placement::Entity::find()
        .select_only()
        .column(placement::Column::CooperativeId)
        .into_tuple()
        .all(&written.database)
        .await
        .unwrap();
    let all = officer::Entity::find()
        .filter(officer::Column::Status.eq(entity::vocabulary::OfficerStatus::Active))
        .filter(officer::Column::Role.eq(entity::vocabulary::OfficerRole::Chair))
        .all(&written.database)
        .await
        .unwrap();
    let free = all.iter().filter(|officer| !taking.contains(&officer.cooperative_id)).take(number);
    let free: Vec<Json> =
        free.map(|officer| json!(id::encode("Officer", &officer.id.into()).to_string())).collect();
    assert_eq!(free.len(), number);
    free
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_nominees_for_thirty_eight_seats_fill_them_and_wait_in_order() {
    each_written(async |written| {
        let batch = empty_batch(written, 38).await;
        let mut verified = Vec::new();
        for (number, officer) in officers(written, 50).await.iter().enumerate() {
            let input = json!({ "idempotencyKey": format!("nominate {number}"), "batch": batch, "officer": officer });
            let nominated = written.placement("nominate", input).await;
            assert_eq!(nominated["placement"]["status"], "NOMINATED", "{nominated}");
            verified.push(written.step("verifyNominee", &nominated["placement"]).await["placement"].clone());
        }
        let confirmed = join_all(verified.iter().map(|one| written.step("confirmPlacement", one))).await;
        let with = |status: &str| {
            let found = confirmed.iter().filter(|one| one["placement"]["status"] == status);
            found.map(|one| one["placement"].clone()).collect::<Vec<_>>()
        };
        let (seated, waiting) = (with("CONFIRMED"), with("WAITLISTED"));
        assert_eq!((seated.len(), waiting.len()), (38, 12), "{confirmed:?}");
        // The seats were given in the order of the log.
        let last_seated = written.number("SELECT max(c.sequence) FROM change c JOIN placement p ON p.id = c.key WHERE c.verb = 'confirmPlacement' AND p.status = 'CONFIRMED'").await;
        let first_waiting = written.number("SELECT min(c.sequence) FROM change c JOIN placement p ON p.id = c.key WHERE c.verb = 'confirmPlacement' AND p.status = 'WAITLISTED'").await;
        assert!(last_seated < first_waiting, "{last_seated} {first_waiting}");
        assert_eq!(written.number("SELECT count(*) FROM change WHERE verb = 'fillBatch' AND actor = 'system' AND role IS NULL").await, 1);
        let full = written.step("confirmPlacement", &waiting[0]).await;
        assert_eq!(faults(&full), [("LIMIT_REACHED".to_owned(), "input.id".to_owned())]);
        let withdrawn = written.step("withdrawPlacement", &seated[0]).await;
        assert_eq!(withdrawn["userErrors"], json!([]), "{withdrawn}");
        let promoted = "SELECT count(*) FROM change c JOIN change s ON s.key = c.key AND s.verb = 'giveSeat' WHERE c.verb = 'confirmPlacement' AND c.sequence = ";
        assert_eq!(written.number(&format!("{promoted}{first_waiting}")).await, 1, "the first who waits");
        let counted = written.registry.ask_with(
            "query($id: ID!) { node(id: $id) { ... on InternshipBatch { status participantCount program { participantCount } } } }",
            json!({ "id": batch }),
        ).await.data();
        assert_eq!([&counted["node"]["status"], &counted["node"]["participantCount"]], [&json!("FULL"), &json!(38)]);
        // The one that was promoted has another version now.
        for placement in &waiting {
            written.step("withdrawPlacement", placement).await;
        }
        written.step("withdrawPlacement", &seated[1]).await;
        let counted = written.registry.ask_with(
            "query($id: ID!) { node(id: $id) { ... on InternshipBatch { status participantCount } } }",
            json!({ "id": batch }),
        ).await.data();
        assert_eq!(counted["node"], json!({ "status": "ENROLLING", "participantCount": 37 }));
    })
    .await;
}

#[tokio::test]
async fn who_is_not_eligible_is_not_nominated() {
    each_written(async |written| {
        let batch = empty_batch(written, 5).await;
        let officers = officers(written, 2).await;
        let input = |key: &str, batch: &Json, officer: &Json| json!({ "idempotencyKey": key, "batch": batch, "officer": officer });
        let nominated = written.placement("nominate", input("a", &batch, &officers[0])).await;
        assert_eq!(nominated["userErrors"], json!([]), "{nominated}");
        let before = written.rows().await;
        let again = written.placement("nominate", input("b", &batch, &officers[0])).await;
        assert_eq!(again["userErrors"][0]["code"], "TAKEN", "{again}");
        let closed = written.registry.data("{ internshipBatches(where: {status: {eq: COMPLETED}}, first: 1) { nodes { id } } }").await;
        let closed = closed["internshipBatches"]["nodes"][0]["id"].clone();
        let late = written.placement("nominate", input("c", &closed, &officers[1])).await;
        assert_eq!(faults(&late), [("PREREQUISITE_MISSING".to_owned(), "input.batch".to_owned())]);
        let nobody = json!(id::encode("Officer", &Uuid::from_u128(7).into()).to_string());
        let nobody = written.placement("nominate", input("d", &batch, &nobody)).await;
        assert_eq!(faults(&nobody), [("NOT_FOUND".to_owned(), "input.officer".to_owned())]);
        let stranger = written
            .answer(
                &registrar("99"),
                "mutation($input: NominateInput!) { nominate(input: $input) { replayed } }",
                json!({ "input": input("e", &batch, &officers[1]) }),
            )
            .await;
        assert_eq!(code(&stranger), "FORBIDDEN");
        assert_eq!(written.rows().await, before);
        a_crowded_batch_is_led_by_one_write(written, &batch, &officers[1]).await;
    })
    .await;
}

/// A batch with more nominees than a statement binds values takes no other, and is cancelled.
async fn a_crowded_batch_is_led_by_one_write(written: &Written, batch: &Json, officer: &Json) {
    use entity::{
        officer, person, placement,
        vocabulary::{PlacementStatus, Source},
    };
    use sea_orm::{EntityTrait, Set};
    const MANY: u128 = 5_200;
    let [batch_id, officer_id] = [batch, officer].map(key_of);
    let chair = officer::Entity::find_by_id(officer_id).one(&written.database).await.unwrap().unwrap();
    let keys: Vec<Uuid> = (1..=MANY).map(|number| Uuid::from_u128(1 << 100 | number)).collect();
    for some in keys.chunks(1_000) {
        let people = some.iter().map(|key| person::ActiveModel {
            id: Set(*key),
            name: Set("Peserta".to_owned()),
            name_fold: Set("peserta".to_owned()),
            version: Set(1),
            created_at: Set(0),
            updated_at: Set(0),
            source: Set(Source::Api),
            ..Default::default()
        });
        person::Entity::insert_many(people).exec_without_returning(&written.database).await.unwrap();
        let placements = some.iter().map(|key| placement::ActiveModel {
            id: Set(*key),
            batch_id: Set(batch_id),
            cooperative_id: Set(chair.cooperative_id),
            person_id: Set(*key),
            status: Set(PlacementStatus::Waitlisted),
            version: Set(1),
            created_at: Set(0),
            updated_at: Set(0),
            source: Set(Source::Api),
            program_visible: Set(true),
            ..Default::default()
        });
        placement::Entity::insert_many(placements).exec_without_returning(&written.database).await.unwrap();
    }
    let input = json!({ "idempotencyKey": "one more", "batch": batch, "officer": officer });
    let refused = written.placement("nominate", input).await;
    assert_eq!(faults(&refused), [("LIMIT_REACHED".to_owned(), "input.batch".to_owned())]);
    let version = written.registry.ask_with(
        "query($id: ID!) { node(id: $id) { ... on InternshipBatch { version } } }",
        json!({ "id": batch }),
    );
    let version = version.await.data()["node"]["version"].clone();
    let cancel = "mutation($input: BatchInput!) { cancelBatch(input: $input) { batch { status } userErrors { code message } } }";
    let input = json!({ "idempotencyKey": "cancel", "id": batch, "expectedVersion": version });
    let cancelled = written.answer(&ministry(), cancel, json!({ "input": input })).await;
    assert_eq!(
        cancelled["data"]["cancelBatch"],
        json!({ "batch": { "status": "CANCELLED" }, "userErrors": [] }),
        "{cancelled}"
    );
    let changed = written.number("SELECT count(*) FROM change WHERE verb = 'cancelBatch'").await;
    // The one who was nominated, and the batch.
    assert_eq!(changed, i64::try_from(MANY).unwrap() + 2);
}
