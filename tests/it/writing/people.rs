//! Corrections and erasure of the data of people: nothing of what is erased is left in the database.

use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use serde_json::{Value as Json, json};
use simpul::{access::Viewer, graph::id, store::Engine};

use super::{
    Written, code,
    cooperatives::{appointment, cooperative, key, step},
    each_written, faults, ministry, registrar,
};

/// Words that nothing else in the registry has.
const NAME: &str = "Xaverina Qomariyah Zuhdi";
const CORRECTED: &str = "Xaverina Qomariah Zuhdy";
const PHONE: &str = "+62 811 7777 0007";
const EMAIL: &str = "xq.zuhdi@example.org";

impl Written {
    /// The places of the database that hold one of these texts: tables, and on SQLite its files.
    async fn places(&self, texts: &[&str]) -> Vec<String> {
        let backend = self.database.get_database_backend();
        if Engine::of(&self.database) == Engine::Sqlite {
            let file = self.url.trim_start_matches("sqlite://").split('?').next().unwrap().to_owned();
            let files = [file.clone(), format!("{file}-wal"), format!("{file}-journal")];
            let holds = |file: &String| {
                let bytes = std::fs::read(file).unwrap_or_default();
                let all = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
                texts.iter().any(|text| all.contains(&text.to_ascii_lowercase()))
            };
            return files.into_iter().filter(holds).collect();
        }
        let tables = "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = 'public'
            UNION ALL SELECT 'pg_catalog.pg_stats'";
        let tables = self.database.query_all_raw(Statement::from_string(backend, tables)).await.unwrap();
        let texts = texts.join("|").replace('+', "[+]").replace('.', "[.]");
        let mut places = Vec::new();
        for table in tables {
            let table: String = table.try_get_by_index(0).unwrap();
            let sql = format!("SELECT count(*) FROM {table} t WHERE CAST(t AS text) ~* '{texts}'");
            if self.number(&sql).await > 0 {
                places.push(table);
            }
        }
        places
    }

    async fn person(&self, officer: &Json) -> Json {
        let officer = entity::officer::Entity::find_by_id(key(officer, "Officer"))
            .one(&self.database)
            .await
            .unwrap()
            .unwrap();
        let person =
            entity::person::Entity::find_by_id(officer.person_id).one(&self.database).await.unwrap().unwrap();
        json!({ "id": id::encode("Person", &person.id.into()).to_string(), "version": person.version, "name": person.name,
                "phone": person.phone, "email": person.email })
    }
}

#[tokio::test]
async fn what_is_erased_of_a_person_is_nowhere() {
    each_written(async |written| {
        let found = written.registry.data("{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}}, first: 1) { nodes { id } } institutions(first: 1) { nodes { id } } }").await;
        let id = found["cooperatives"]["nodes"][0]["id"].clone();
        let (own, office) = (cooperative(&id), registrar("32"));
        let mut staff = appointment(NAME, "MANAGEMENT", "STAFF");
        staff["appointee"]["person"] = json!({ "name": NAME, "gender": "FEMALE", "education": "BACHELOR", "phone": PHONE, "email": EMAIL });
        let row = "officer { id version name status }";
        let appoint = json!({ "idempotencyKey": "appoint", "cooperative": id, "appointment": staff });
        let officer = written.done(&own, ("appointOfficer", "AppointOfficerInput"), row, appoint).await;
        let official = json!({ "idempotencyKey": "official", "institution": found["institutions"]["nodes"][0]["id"], "name": NAME, "position": "Direktur" });
        let official = written.done(&ministry(), ("appointOfficial", "AppointOfficialInput"), "official { id version name }", official).await;
        let ended = step("end", &official, json!({}));
        let ended = written.run(&ministry(), ("endOfficial", "OfficialInput"), "official { id }", ended).await;
        assert_eq!([&ended["official"], &ended["userErrors"]], [&Json::Null, &json!([])], "{ended}");
        // A correction: the name of the office follows.
        let person = written.person(&officer["id"]).await;
        let correct = ("correctPerson", "CorrectPersonInput");
        let correction = step("correct", &person, json!({ "name": CORRECTED, "education": "MASTER" }));
        assert_eq!(code(&written.run(&registrar("33"), correct, "person { id }", correction.clone()).await), "FORBIDDEN");
        let wrong = step("wrong", &person, json!({ "name": null, "email": "x" }));
        let wrong = written.run(&own, correct, "person { id }", wrong).await;
        assert_eq!(faults(&wrong), [("REQUIRED".to_owned(), "input.name".to_owned()), ("INVALID".to_owned(), "input.email".to_owned())]);
        let erased = "(Nama  Dihapus)";
        let taken = written.run(&own, correct, "person { id }", step("taken", &person, json!({ "name": erased }))).await;
        assert_eq!(faults(&taken), [("INVALID".to_owned(), "input.name".to_owned())]);
        let taken = json!({ "idempotencyKey": "taken", "cooperative": id, "appointment": appointment(erased, "MANAGEMENT", "STAFF") });
        let taken = written.run(&own, ("appointOfficer", "AppointOfficerInput"), row, taken).await;
        assert_eq!(faults(&taken), [("INVALID".to_owned(), "input.appointment.appointee.person.name".to_owned())]);
        written.done(&own, correct, "person { id version }", correction).await;
        let person = written.person(&officer["id"]).await;
        assert_eq!([&person["name"], &person["version"]], [&json!(CORRECTED), &json!(2)]);
        let renamed = written.history(&Viewer::Anonymous, "Officer", &officer["id"]).await;
        assert_eq!(renamed[0], ("correctPerson".to_owned(), vec!["name".to_owned()]));
        assert!(!written.places(&[NAME]).await.is_empty() && !written.places(&[PHONE]).await.is_empty());
        written.database.execute_unprepared("ANALYZE").await.unwrap();
        // Erasure, by an office only.
        let erase = ("erasePerson", "ErasePersonInput");
        let input = step("erase", &person, json!({ "officials": [official["id"]] }));
        assert_eq!(code(&written.run(&own, erase, "person { id }", input.clone()).await), "FORBIDDEN");
        assert_eq!(code(&written.run(&office, erase, "person { id }", input.clone()).await), "FORBIDDEN", "not of its institution");
        let twice = step("twice", &person, json!({ "officials": [official["id"], official["id"]] }));
        let twice = written.run(&ministry(), erase, "person { id }", twice).await;
        assert_eq!(faults(&twice), [("INVALID".to_owned(), "input.officials.1".to_owned())]);
        written.done(&ministry(), erase, "person { id version }", input.clone()).await;
        let texts = [NAME, CORRECTED, PHONE, EMAIL, "qomari", "zuhd"];
        assert_eq!(written.places(&texts).await, Vec::<String>::new());
        // As if the server had ended between the commit and the cleaning: the same request cleans.
        let overwriting = match Engine::of(&written.database) {
            Engine::Sqlite => "PRAGMA secure_delete = ON; ",
            Engine::Postgres => "",
        };
        for name in [NAME, "(nama dihapus)"] {
            let left = format!("{overwriting}UPDATE officer_history SET name = '{name}' WHERE name IN ('(nama dihapus)', '{NAME}')");
            written.database.execute_unprepared(&left).await.unwrap();
            if name == NAME {
                written.database.execute_unprepared("ANALYZE").await.unwrap();
            }
        }
        assert!(!written.places(&texts).await.is_empty());
        assert_eq!(written.run(&ministry(), erase, "person { id }", input).await["replayed"], json!(true));
        assert_eq!(written.places(&texts).await, Vec::<String>::new());
        let seat = written.answer(&Viewer::Anonymous, "query($id: ID!) { node(id: $id) { ... on Officer { name status version } } }", json!({ "id": officer["id"] })).await;
        assert_eq!(seat["data"]["node"], json!({ "name": "(nama dihapus)", "status": "ACTIVE", "version": 3 }));
        let person = written.person(&officer["id"]).await;
        let person = written.done(&ministry(), erase, "person { id version }", step("again", &person, json!({}))).await;
        let back = written.run(&own, correct, "person { id }", step("back", &person, json!({ "name": NAME }))).await;
        assert_eq!(faults(&back), [("NOT_ELIGIBLE".to_owned(), "input.id".to_owned())]);
        written.holds_all_rules().await;
    })
    .await;
}

#[tokio::test]
async fn the_name_of_an_official_is_erased_also_after_the_office_has_ended() {
    each_written(async |written| {
        let found = written.registry.data("{ institutions(first: 1) { nodes { id } } }").await;
        let row = "official { id version name }";
        let appoint = |key: &str| json!({ "idempotencyKey": key, "institution": found["institutions"]["nodes"][0]["id"], "name": NAME, "position": "Direktur" });
        let verb = ("appointOfficial", "AppointOfficialInput");
        let one = written.done(&ministry(), verb, row, appoint("one")).await;
        let two = written.done(&ministry(), verb, row, appoint("two")).await;
        written.run(&ministry(), ("endOfficial", "OfficialInput"), row, step("end", &one, json!({}))).await;
        assert!(!written.places(&[NAME]).await.is_empty());
        let erase = ("eraseOfficial", "EraseOfficialInput");
        for official in [&one, &two] {
            let input = json!({ "idempotencyKey": format!("erase {}", official["id"]), "id": official["id"] });
            assert_eq!(code(&written.run(&registrar("99"), erase, row, input.clone()).await), "FORBIDDEN");
            let payload = written.run(&ministry(), erase, row, input).await;
            assert_eq!(payload["userErrors"], json!([]), "{payload}");
            let left = if official == &one { Json::Null } else { json!("(nama dihapus)") };
            assert_eq!(payload["official"]["name"], left, "{payload}");
        }
        assert_eq!(written.places(&[NAME, "qomari", "zuhd"]).await, Vec::<String>::new());
        let back = json!({ "idempotencyKey": "back", "id": two["id"], "expectedVersion": 2, "name": NAME });
        let back = written.run(&ministry(), ("amendOfficial", "AmendOfficialInput"), row, back).await;
        assert_eq!(faults(&back), [("NOT_ELIGIBLE".to_owned(), "input.name".to_owned())], "it cannot be undone");
        let nobody = json!({ "idempotencyKey": "nobody", "id": simpul::graph::id::encode("Official", &uuid::Uuid::from_u128(7).into()).0 });
        assert_eq!(faults(&written.run(&ministry(), erase, row, nobody.clone()).await), [("NOT_FOUND".to_owned(), "input.id".to_owned())]);
        assert_eq!(code(&written.run(&registrar("32"), erase, row, nobody).await), "FORBIDDEN");
    })
    .await;
}
