//! Callers of each role, and a participant to whom they have different relations.

use std::collections::BTreeSet;

use axum::http::Method;
use entity::vocabulary::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use simpul::{
    access::{
        Audience, Grant, GrantScope, Identity, RegionCode,
        Relation::{self, Employer, Host, Office, Sender},
        Viewer,
    },
    graph::id,
    store::{Credentials, Engine},
};
use uuid::Uuid;

use crate::support::{Registry, Reply};

/// A caller of a test: its name, its grants, and its relations to the sample.
pub(super) struct Caller {
    pub(super) name: &'static str,
    pub(super) grants: Vec<Grant>,
    pub(super) relations: Vec<Relation>,
    pub(super) key: String,
}

/// A participant who holds an office, of whom all is known.
pub(super) struct Sample {
    pub(super) placement: Uuid,
    pub(super) officer: Uuid,
    pub(super) person: Uuid,
    pub(super) batch: Uuid,
    pub(super) cooperative: Uuid,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) page: String,
    pub(super) organiser: Uuid,
    pub(super) host: Uuid,
}

impl Sample {
    pub(super) async fn of(registry: &Registry) -> Self {
        let sql = "SELECT s.id AS placement, o.id AS officer, s.person_id AS person, s.batch_id AS batch,
            s.cooperative_id AS cooperative, c.slug, c.name, c.region_code, p.organiser_id, b.host_id, p.code, b.number
            FROM placement s
            JOIN officer o ON o.person_id = s.person_id AND o.cooperative_id = s.cooperative_id AND o.status = 'ACTIVE'
            JOIN cooperative c ON c.id = s.cooperative_id
            JOIN internship_batch b ON b.id = s.batch_id
            JOIN internship_program p ON p.id = b.program_id
            WHERE s.status = 'GRADUATED' AND s.program_visible AND b.host_id IS NOT NULL AND b.host_id <> p.organiser_id
                AND length(c.region_code) > 5
            ORDER BY s.id LIMIT 1";
        let row = one(registry, sql).await.expect("the sample has a graduate with a host");
        let key = |name: &str| row.try_get::<Uuid>("", name).unwrap();
        let sample = Self {
            placement: key("placement"),
            officer: key("officer"),
            person: key("person"),
            batch: key("batch"),
            cooperative: key("cooperative"),
            slug: row.try_get("", "slug").unwrap(),
            name: row.try_get("", "name").unwrap(),
            region: row.try_get("", "region_code").unwrap(),
            page: format!(
                "/gelombang/{}/{}",
                row.try_get::<String>("", "code").unwrap(),
                row.try_get::<i32>("", "number").unwrap()
            ),
            organiser: key("organiser_id"),
            host: key("host_id"),
        };
        for (table, set, key) in [
            (
                "person",
                "name = 'Saksi Rahasia', name_fold = 'saksi rahasia', phone = '+62 811 0000 7777',
                    email = 'saksi@example.org', gender = 'FEMALE', education = 'DOCTORATE'",
                sample.person,
            ),
            (
                "placement",
                "attendance_days = 7, score_milli = 91357, certificate_number = 'C-RAHASIA'",
                sample.placement,
            ),
        ] {
            let sql = format!("UPDATE {table} SET {set} WHERE id = {}", literal(registry, key));
            registry.database.execute_unprepared(&sql).await.unwrap();
        }
        sample
    }

    pub(super) fn id(&self, noun: &str) -> String {
        let key = match noun {
            "Placement" => self.placement,
            "Officer" => self.officer,
            "Person" => self.person,
            "InternshipBatch" => self.batch,
            _ => self.cooperative,
        };
        id::encode(noun, &key.into()).to_string()
    }

    /// The documents that read a field of the type, by the way in; the field is at the pointer.
    pub(super) fn ways(&self, of: &str, field: &str) -> Vec<(&'static str, String, &'static str)> {
        let [placement, officer, person, batch, cooperative] =
            ["Placement", "Officer", "Person", "InternshipBatch", "Cooperative"].map(|noun| self.id(noun));
        let slug = &self.slug;
        let only = format!("where: {{id: {{eq: \"{placement}\"}}}}");
        let serving = format!("where: {{id: {{eq: \"{officer}\"}}}}");
        match of {
            "Placement" => vec![
                (
                    "node",
                    format!("{{ node(id: \"{placement}\") {{ ... on Placement {{ {field} }} }} }}"),
                    "/node",
                ),
                (
                    "list",
                    format!("{{ placements({only}) {{ nodes {{ {field} }} }} }}"),
                    "/placements/nodes/0",
                ),
                (
                    "edge",
                    format!(
                        "{{ node(id: \"{batch}\") {{ ... on InternshipBatch {{ placements({only}) {{ edges {{ node {{ {field} }} }} }} }} }} }}"
                    ),
                    "/node/placements/edges/0/node",
                ),
            ],
            "Officer" => vec![
                (
                    "node",
                    format!("{{ node(id: \"{officer}\") {{ ... on Officer {{ {field} }} }} }}"),
                    "/node",
                ),
                (
                    "list",
                    format!(
                        "{{ cooperative(by: {{id: \"{cooperative}\"}}) {{ officers({serving}) {{ nodes {{ {field} }} }} }} }}"
                    ),
                    "/cooperative/officers/nodes/0",
                ),
                (
                    "edge",
                    format!(
                        "{{ cooperative(by: {{slug: \"{slug}\"}}) {{ officers({serving}) {{ edges {{ node {{ {field} }} }} }} }} }}"
                    ),
                    "/cooperative/officers/edges/0/node",
                ),
                (
                    "search",
                    format!(
                        "{{ search(text: \"{}\", types: [COOPERATIVE], first: 50) {{ nodes {{ ... on Cooperative {{ slug officers({serving}) {{ nodes {{ {field} }} }} }} }} }} }}",
                        self.name
                    ),
                    "search",
                ),
            ],
            "Person" => vec![
                ("node", format!("{{ node(id: \"{person}\") {{ ... on Person {{ {field} }} }} }}"), "/node"),
                (
                    "list",
                    format!("{{ placements({only}) {{ nodes {{ person {{ {field} }} }} }} }}"),
                    "/placements/nodes/0/person",
                ),
                (
                    "edge",
                    format!("{{ node(id: \"{officer}\") {{ ... on Officer {{ person {{ {field} }} }} }} }}"),
                    "/node/person",
                ),
            ],
            other => panic!("no way is known to {other}: add it, for the personal field `{field}`"),
        }
    }
}

pub(super) async fn one(registry: &Registry, sql: &str) -> Option<sea_orm::QueryResult> {
    let statement = Statement::from_string(registry.database.get_database_backend(), sql);
    registry.database.query_one_raw(statement).await.unwrap()
}

pub(super) fn literal(registry: &Registry, key: Uuid) -> String {
    match registry.engine {
        Engine::Sqlite => format!("X'{}'", key.simple()),
        Engine::Postgres => format!("'{key}'"),
    }
}

/// Callers with each role and relation, each with a key.
pub(super) async fn callers(registry: &Registry, sample: &Sample) -> Vec<Caller> {
    let other = async |sql: &str| -> Uuid { one(registry, sql).await.unwrap().try_get_by_index(0).unwrap() };
    let other_cooperative =
        other(&format!("SELECT id FROM cooperative WHERE id NOT IN (SELECT cooperative_id FROM officer WHERE person_id = {person})
            AND id <> {host} ORDER BY id LIMIT 1", person = literal(registry, sample.person), host = literal(registry, sample.host))).await;
    let other_institution = other(&format!(
        "SELECT id FROM institution WHERE id NOT IN ({}, {}) ORDER BY id LIMIT 1",
        literal(registry, sample.organiser),
        literal(registry, sample.host)
    ))
    .await;
    let is_cooperative =
        one(registry, &format!("SELECT id FROM cooperative WHERE id = {}", literal(registry, sample.host)))
            .await;
    let host_role = if is_cooperative.is_some() { Role::Cooperative } else { Role::Partner };
    let region = |code: &str| GrantScope::WithinRegion(RegionCode::new(code).unwrap());
    let elsewhere = if sample.region.starts_with("33") { "32" } else { "33" };
    let all = |role: Role, scope: GrantScope| vec![Grant { role, scope }];
    let mut callers = vec![
        (
            "own cooperative",
            all(Role::Cooperative, GrantScope::Party(sample.cooperative)),
            vec![Sender, Employer],
        ),
        ("other cooperative", all(Role::Cooperative, GrantScope::Party(other_cooperative)), vec![]),
        ("own office", all(Role::Registrar, region(&sample.region[..5])), vec![Office]),
        ("other office", all(Role::Registrar, region(elsewhere)), vec![]),
        ("organiser", all(Role::Partner, GrantScope::Party(sample.organiser)), vec![Host]),
        ("host", all(host_role, GrantScope::Party(sample.host)), vec![Host]),
        ("other institution", all(Role::Partner, GrantScope::Party(other_institution)), vec![]),
        ("analyst", all(Role::Analyst, GrantScope::Everything), vec![]),
        ("ministry", all(Role::Ministry, GrantScope::Everything), vec![Sender, Employer, Office, Host]),
        ("administrator", all(Role::Admin, GrantScope::Everything), vec![]),
        ("nobody", vec![], vec![]),
    ];
    // An office of two regions, which is also a cooperative elsewhere.
    let mut several = all(Role::Registrar, region(elsewhere));
    several.extend(all(Role::Registrar, region(&sample.region[..2])));
    several.extend(all(Role::Cooperative, GrantScope::Party(other_cooperative)));
    callers.push(("several roles", several, vec![Office]));
    let credentials = Credentials::new(registry.database.clone());
    let mut known = Vec::new();
    for (name, grants, relations) in callers {
        for grant in &grants {
            credentials.add_grant(name, *grant, "test", None).await.unwrap();
        }
        let key = credentials.create_key(name, None, None).await.unwrap().1.text().to_owned();
        known.push(Caller { name, grants, relations, key });
    }
    known.push(Caller { name: "public", grants: vec![], relations: vec![], key: String::new() });
    known
}

impl Caller {
    /// The caller as the door knows it.
    pub(super) fn viewer(&self) -> Viewer {
        let identity = Identity {
            subject: self.name.to_owned(),
            grants: self.grants.clone(),
            expires_at: None,
            credential: None,
        };
        Viewer::Known(std::sync::Arc::new(identity))
    }

    pub(super) fn is_ministry(&self) -> bool {
        self.grants.iter().any(|grant| grant.role == Role::Ministry)
    }

    /// Whether an audience admits the caller, for the sample.
    pub(super) fn is_admitted(&self, who: Audience) -> bool {
        match who {
            Audience::Everyone => true,
            Audience::Nobody => false,
            Audience::Ministry => self.is_ministry(),
            Audience::Analysts => self.is_ministry() || self.name == "analyst",
            Audience::Related(relations) => {
                self.is_ministry() || relations.iter().any(|relation| self.relations.contains(relation))
            }
        }
    }

    pub(super) async fn get(&self, registry: &Registry, uri: &str) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("authorization", bearer.as_str())];
        registry.get(uri, if self.key.is_empty() { &[] } else { &headers }).await
    }

    pub(super) async fn ask(&self, registry: &Registry, document: &str) -> Value {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        let headers = if self.key.is_empty() { &headers[..1] } else { &headers };
        let body = json!({ "query": document }).to_string();
        registry.request(Method::POST, "/graphql", headers, &body).await.json()
    }
}

pub(super) fn codes(answer: &Value) -> BTreeSet<&str> {
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors.filter_map(|error| error["extensions"]["code"].as_str()).collect()
}
