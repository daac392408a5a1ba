//! The log of changes: what `changes` and `history` tell of writes, and to whom.

mod changes;
mod followers;
mod history;
mod trim;

use std::sync::Arc;

use async_graphql::{Request, Variables};
use entity::vocabulary::Role;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope, Identity, Scope, Viewer, ViewerScope},
    graph::label::Language,
    http::{CallerContext, Door},
    store::{
        self, Engine, WriteTransaction, Writer,
        writer::{Authorship, Recorded},
    },
};

use crate::support::{Registry, database};

/// A registry with a writer, behind a door for verbs.
struct Logged {
    registry: Registry,
    door: Door,
    writer: Writer,
}

/// Runs a test on each engine, with a fresh registry on each.
async fn each_logged(test: impl AsyncFn(&Logged)) {
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let fresh = database::fresh(engine).await;
        test(&Logged::open(engine, &fresh.url()).await).await;
        fresh.discard().await;
    }
}

const PUBLIC: Scope = Scope { viewer: ViewerScope::Public, as_of: simpul::access::AsOf::Now };
const MINISTRY: Scope = Scope { viewer: ViewerScope::Ministry, as_of: simpul::access::AsOf::Now };

/// The answer of a door to a document in a scope, with the number of statements.
async fn answer(door: &Door, scope: Scope, document: &str, variables: Value) -> (Value, usize) {
    let identity = Identity {
        subject: "someone".to_owned(),
        grants: vec![Grant { role: Role::Ministry, scope: GrantScope::Everything }],
        expires_at: None,
        credential: None,
    };
    let viewer = Viewer::Known(Arc::new(identity));
    let context = CallerContext { viewer, scope, language: Language::En, ..CallerContext::default() };
    let request = Request::new(document).variables(Variables::from_json(variables));
    let answer = door.answer(request.into(), &context).await;
    (serde_json::to_value(&answer).unwrap(), answer.statements)
}

impl Logged {
    /// A registry at this URL.
    async fn open(engine: Engine, url: &str) -> Self {
        let database = store::connect_within(url, database::TIME).await.unwrap();
        let registry = Registry::over(engine, database, database::TIME).await;
        let writer = Writer::open(url).await.unwrap().unwrap();
        let door = registry.door().clone().with_writer(Some(writer.clone()));
        Self { registry, door, writer }
    }

    /// The answer to a document in a scope, with the number of statements.
    async fn answer(&self, scope: Scope, document: &str, variables: Value) -> (Value, usize) {
        answer(&self.door, scope, document, variables).await
    }

    /// The data of a document that must succeed.
    async fn data(&self, scope: Scope, document: &str, variables: Value) -> Value {
        let (answer, _) = self.answer(scope, document, variables).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer["data"].clone()
    }

    /// The code of the only error of a document.
    async fn code(&self, document: &str) -> String {
        let (answer, _) = self.answer(Scope::default(), document, json!({})).await;
        answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Executes one verb of linkages, and returns the linkage.
    async fn verb(&self, verb: &str, input: Value) -> Value {
        let kind = match verb {
            "proposeLinkage" => "ProposeLinkageInput",
            "amendLinkage" => "AmendLinkageInput",
            _ => "LinkageInput",
        };
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{ linkage {{ id version }} userErrors {{ message }} }} }}"
        );
        let data = self.data(Scope::default(), &document, json!({ "input": input })).await;
        assert_eq!(data[verb]["userErrors"], json!([]));
        data[verb]["linkage"].clone()
    }

    /// Proposes a linkage from a cooperative of region 32 to an institution.
    async fn proposed(&self, key: &str) -> (Value, Value) {
        let parties = self
            .registry
            .data(
                "{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}, linkages: {none: {}}}, first: 1) { nodes { id } }
                   institutions(first: 1) { nodes { id } } commodities(first: 1) { nodes { id } } }",
            )
            .await;
        let input = json!({
            "idempotencyKey": key,
            "supplier": parties["cooperatives"]["nodes"][0]["id"],
            "buyer": parties["institutions"]["nodes"][0]["id"],
            "commodity": parties["commodities"]["nodes"][0]["id"],
            "kind": "OFFTAKE",
            "pattern": "GENERAL_TRADE",
            "annualValue": "250000000",
            "annualVolume": "12.5",
            "unit": "TON",
        });
        (self.verb("proposeLinkage", input.clone()).await, input)
    }

    /// Writes some linkages by verbs: five writes of two linkages, the first of which has three versions.
    async fn two_linkages(&self) -> [Value; 2] {
        let (one, _) = self.proposed("1").await;
        self.verb(
            "amendLinkage",
            json!({ "idempotencyKey": "2", "id": one["id"], "expectedVersion": 1, "annualValue": "300000000",
                    "annualVolume": null, "paymentTermDays": 30 }),
        )
        .await;
        self.verb(
            "negotiateLinkage",
            json!({ "idempotencyKey": "3", "id": one["id"], "expectedVersion": 2 }),
        )
        .await;
        let (other, _) = self.proposed("4").await;
        self.verb("dropLinkage", json!({ "idempotencyKey": "5", "id": other["id"], "expectedVersion": 1 }))
            .await;
        [one["id"].clone(), other["id"].clone()]
    }

    /// Changes a row as a verb of this noun would.
    async fn update<E: Recorded>(
        &self,
        noun: &'static str,
        before: &E::Model,
        row: E::ActiveModel,
    ) -> E::Model {
        let mut transaction = self.writer.begin().await.unwrap();
        transaction.update::<E>(noun, before, row).await.unwrap();
        let key = sea_orm::ModelTrait::get(before, column::<E>("id"));
        let sea_orm::Value::Uuid(Some(key)) = key else { panic!("no key") };
        let after = transaction.row::<E>(key).await.unwrap().unwrap();
        committed(transaction).await;
        after
    }

    async fn execute(&self, sql: &str) {
        self.registry.database.execute_unprepared(sql).await.unwrap();
    }
}

async fn committed(transaction: WriteTransaction) {
    let by = Authorship { actor: "system".to_owned(), role: None, verb: "amendRecord", request_id: None };
    transaction.commit(&by).await.unwrap();
}

fn column<E: sea_orm::EntityTrait>(name: &str) -> E::Column {
    use sea_orm::{IdenStatic, Iterable};
    E::Column::iter().find(|column| column.as_str() == name).unwrap()
}

#[tokio::test]
async fn the_requests_of_the_page_about_changes_run() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/changes.md")).unwrap();
    let documents: Vec<_> =
        page.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(documents.len(), 3);
    each_logged(async |logged| {
        let empty = logged.data(Scope::default(), documents[0], json!({})).await;
        assert_eq!(empty["registry"]["sequence"], json!(0));
        logged.two_linkages().await;
        let after = json!({ "after": empty["registry"]["sequence"].to_string() });
        let told = logged.data(Scope::default(), documents[1], after).await;
        assert_eq!(told["changes"]["nodes"].as_array().unwrap().len(), 5);
        let history = logged.data(Scope::default(), documents[2], json!({})).await;
        assert_eq!(history["cooperative"]["history"]["nodes"], json!([]), "it is as it was loaded");
    })
    .await;
}

#[tokio::test]
async fn answers_have_the_newest_sequence_that_the_node_knew_before_it_read_in_a_header() {
    each_logged(async |logged| {
        let ask = async || {
            logged.registry.post("{\"query\":\"{ regions(first: 1) { nodes { code } } }\"}", &[]).await
        };
        logged.two_linkages().await;
        let reply = ask().await;
        assert_eq!(reply.header("simpul-sequence"), "5");
        // A write through another node is noticed after a while.
        let signed =
            entity::partnership::Entity::find().one(&logged.registry.database).await.unwrap().unwrap();
        let row = entity::partnership::ActiveModel { value: Set(Some(1)), ..Default::default() };
        logged.update::<entity::partnership::Entity>("Partnership", &signed, row).await;
        for _ in 0..100 {
            match ask().await.header("simpul-sequence") {
                "6" => return,
                "5" => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
                other => panic!("{other:?}"),
            }
        }
        panic!("the sequence is never read again");
    })
    .await;
}
