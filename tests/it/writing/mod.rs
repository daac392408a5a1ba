//! Verbs: who may, what they change, what refuses them, and what the log keeps of them.

mod applications;
mod as_of;
mod authorisation;
mod batches;
mod calendar;
mod collisions;
mod contract;
mod cooperatives;
mod days;
mod linkages;
mod lists;
mod officers;
mod partnerships;
mod people;
mod programs;
mod refusals;
mod registrar;
mod related;
mod season;
mod seats;
mod strangers;
mod walks;
mod wrong_forms;
mod yearly;

use std::sync::Arc;

use async_graphql::{Request, Variables};
use entity::vocabulary::Role;
use sea_orm::DatabaseConnection;
use serde_json::{Value as Json, json};
use simpul::{
    access::{Grant, GrantScope, Identity, RegionCode, Viewer},
    graph::label::Language,
    http::{CallerContext, Door, GraphqlRequest},
    store::{self, Credentials, Engine, Writer},
};

use crate::support::{Registry, database};

/// A registry with writers.
pub(crate) struct Written {
    pub(crate) registry: Registry,
    pub(crate) database: DatabaseConnection,
    pub(crate) url: String,
    pub(crate) credentials: Credentials,
    door: Door,
}

/// Runs a test on each engine, with a fresh registry with writers on each.
pub(crate) async fn each_written(test: impl AsyncFn(&Written)) {
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let (written, fresh) = Box::pin(written(engine)).await;
        test(&written).await;
        fresh.discard().await;
    }
}

/// A fresh registry with writers on an engine, and its place.
async fn written(engine: Engine) -> (Written, database::Fresh) {
    let fresh = database::fresh(engine).await;
    let registry = Registry::over(engine, fresh.connection.clone(), database::TIME).await;
    let door = registry.door().clone().with_writer(Writer::open(&fresh.url()).await.unwrap());
    let credentials = Credentials::new(fresh.connection.clone());
    let door = door.with_credentials(credentials.clone());
    let (database, url) = (fresh.connection.clone(), fresh.url());
    (Written { registry, database, url, credentials, door }, fresh)
}

/// A caller with one role.
pub(crate) fn with_role(subject: &str, role: Role, scope: GrantScope) -> Viewer {
    let grants = vec![Grant { role, scope }];
    Viewer::Known(Arc::new(Identity {
        subject: subject.to_owned(),
        grants,
        expires_at: None,
        credential: None,
    }))
}

pub(crate) fn ministry() -> Viewer {
    with_role("ministry", Role::Ministry, GrantScope::Everything)
}

pub(crate) fn registrar(code: &str) -> Viewer {
    with_role(
        &format!("registrar of {code}"),
        Role::Registrar,
        GrantScope::WithinRegion(RegionCode::new(code).unwrap()),
    )
}

impl Written {
    /// The answer to a document of this caller, in English.
    pub(crate) async fn answer(&self, viewer: &Viewer, document: &str, variables: Json) -> Json {
        let context =
            CallerContext { viewer: viewer.clone(), language: Language::En, ..CallerContext::default() };
        let request = Request::new(document).variables(Variables::from_json(variables));
        let answer = self.door.answer(request.into(), &context).await;
        serde_json::to_value(&answer).unwrap()
    }

    /// The answer to a document of this caller, with the rows that its grants open.
    pub(crate) async fn told(&self, viewer: &Viewer, document: &str, variables: Json) -> Json {
        let context = CallerContext {
            viewer: viewer.clone(),
            scope: viewer.scope().into(),
            ..CallerContext::default()
        };
        let request = Request::new(document).variables(Variables::from_json(variables));
        let answer = self.door.answer(request.into(), &context).await;
        serde_json::to_value(&answer).unwrap()
    }

    /// The price of a verb that is not executed.
    pub(crate) async fn dry_run(&self, viewer: &Viewer, verb: &str, input: Json) -> Json {
        let context = CallerContext { viewer: viewer.clone(), ..CallerContext::default() };
        let document = format!("mutation($input: LinkageInput!) {{ {verb}(input: $input) {{ replayed }} }}");
        let request = Request::new(document).variables(Variables::from_json(json!({ "input": input })));
        let before = self.rows().await;
        let answer = self.door.answer(GraphqlRequest::from(request).with_dry_run(true), &context).await;
        assert_eq!(self.rows().await, before, "a dry run writes nothing");
        serde_json::to_value(&answer).unwrap()
    }

    /// The payload of one verb of linkages.
    pub(crate) async fn verb(&self, viewer: &Viewer, verb: &str, input: Json) -> Json {
        let kind = match verb {
            "proposeLinkage" => "ProposeLinkageInput",
            "amendLinkage" => "AmendLinkageInput",
            "startTrial" => "StartLinkageInput",
            "activateLinkage" => "ActivateLinkageInput",
            "endLinkage" | "reportBreach" => "EndLinkageInput",
            _ => "LinkageInput",
        };
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{
                 linkage {{ id code version status startsOn endsOn annualValue exclusive source supplier {{ id }} }}
                 userErrors {{ code field message rule }} replayed }} }}"
        );
        let answer = self.answer(viewer, &document, json!({ "input": input })).await;
        if answer.get("errors").is_some() { answer } else { answer["data"][verb].clone() }
    }

    /// A new linkage of general trade, proposed by the ministry; the fields of `other` replace those of the input.
    pub(crate) async fn proposed(&self, key: &str, other: Json) -> Json {
        let mut input = self.proposal(key).await;
        input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let payload = self.verb(&ministry(), "proposeLinkage", input).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload}");
        payload["linkage"].clone()
    }

    /// An input of `proposeLinkage`: a cooperative of region 32 sells to an institution.
    pub(crate) async fn proposal(&self, key: &str) -> Json {
        let parties = self
            .registry
            .data(
                "{ cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}, linkages: {none: {source: {ne: API}}}}, first: 1) { nodes { id } }
                   institutions(first: 1) { nodes { id } } commodities(first: 1) { nodes { id } } }",
            )
            .await;
        json!({
            "idempotencyKey": key,
            "supplier": parties["cooperatives"]["nodes"][0]["id"],
            "buyer": parties["institutions"]["nodes"][0]["id"],
            "commodity": parties["commodities"]["nodes"][0]["id"],
            "kind": "OFFTAKE",
            "pattern": "GENERAL_TRADE",
            "annualValue": "250000000",
        })
    }

    /// The linkage after these verbs, each by the ministry.
    pub(crate) async fn led(&self, linkage: &Json, verbs: &[(&str, Json)]) -> Json {
        let mut linkage = linkage.clone();
        for (verb, other) in verbs {
            let mut input = json!({ "idempotencyKey": format!("{verb} {}", linkage["id"]), "id": linkage["id"],
                                    "expectedVersion": linkage["version"] });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            let payload = self.verb(&ministry(), verb, input).await;
            assert_eq!(payload["userErrors"], json!([]), "{verb}: {payload}");
            linkage = payload["linkage"].clone();
        }
        linkage
    }

    pub(crate) async fn number(&self, sql: &str) -> i64 {
        store::number(&self.database, sql).await.unwrap_or_else(|error| panic!("{error} in {sql}"))
    }

    /// The numbers of rows that writes leave: linkages, their history, changes and claims.
    pub(crate) async fn rows(&self) -> [i64; 4] {
        [
            self.number("SELECT count(*) FROM linkage").await,
            self.number("SELECT count(*) FROM linkage_history").await,
            self.number("SELECT count(*) FROM change").await,
            self.number("SELECT count(*) FROM claim").await,
        ]
    }
}

/// The codes and fields of the errors of a payload.
pub(crate) fn faults(payload: &Json) -> Vec<(String, String)> {
    let errors = payload["userErrors"].as_array().unwrap_or_else(|| panic!("no payload: {payload}"));
    let path = |error: &Json| {
        let path: Vec<&str> =
            error["field"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
        path.join(".")
    };
    errors.iter().map(|error| (error["code"].as_str().unwrap().to_owned(), path(error))).collect()
}

/// The code of the only error of an answer.
pub(crate) fn code(answer: &Json) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("no error: {answer}"))
}
