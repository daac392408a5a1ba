//! Random verbs by random callers, one after the other and at the same time: what is refused is told and changes nothing,
//! every change of a status is an arrow of a state machine, and no rule of the registry is broken.

mod input;
pub(super) mod pool;
mod sequences;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use async_graphql::registry::MetaType;
use entity::vocabulary::Role;
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};
use simpul::{
    access::{GrantScope, Viewer},
    graph::id,
    registry::{
        history, rules,
        states::{self, Diagram},
    },
    store::{Engine, Keys, writer::numbers},
};
use uuid::Uuid;

use self::{
    input::Maker,
    pool::{Pool, has_status, table},
};
use super::{
    Written,
    authorisation::{Declared, declared},
    ministry, registrar, related, season, with_role,
};

/// One step of a walk. With the records that there are, these numbers say which verb is tried on which record by whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    pub(super) noun: u8,
    pub(super) row: u8,
    pub(super) verb: u8,
    pub(super) caller: u8,
    pub(super) seed: u16,
}

/// A walk through one registry.
pub(super) struct Walk<'a> {
    pub(super) written: &'a Written,
    verbs: Vec<Declared>,
    types: BTreeMap<String, MetaType>,
    machines: BTreeMap<&'static str, Diagram>,
    pool: Mutex<Pool>,
    /// The newest write whose new records are in the pool.
    known: Mutex<i64>,
    /// The records with the versions that callers expected and changed.
    changed: Mutex<BTreeSet<(String, i64)>>,
    /// How often each outcome was told: `done`, the code of a user error, or that of an error.
    pub(super) told: Mutex<BTreeMap<String, u32>>,
    number: AtomicU32,
    /// Verbs that are left out.
    without: &'static [&'static str],
}

/// The codes of errors by which a verb is refused.
const TOLD: [&str; 4] = ["FORBIDDEN", "UNAUTHENTICATED", "BAD_USER_INPUT", "UNAVAILABLE"];

/// Whether others write at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callers {
    One,
    Several,
}

/// The literal of a key.
pub(in crate::writing) fn literal(engine: Engine, key: Uuid) -> String {
    match engine {
        Engine::Sqlite => format!("X'{}'", key.simple()),
        Engine::Postgres => format!("'{key}'"),
    }
}

impl<'a> Walk<'a> {
    pub(super) async fn begin(written: &'a Written, without: &'static [&'static str]) -> Self {
        let (verbs, types) = declared();
        let machines = states::all().into_iter().map(|machine| (machine.noun, machine)).collect();
        let pool = Mutex::new(Pool::of(&written.database).await);
        let walk = Self {
            written,
            verbs,
            types,
            machines,
            pool,
            known: Mutex::default(),
            changed: Mutex::default(),
            told: Mutex::default(),
            number: AtomicU32::new(0),
            without,
        };
        *walk.known.lock().unwrap() = walk.head().await;
        walk
    }

    /// The status, which may be empty, and the version of a record; none where it is not there.
    async fn state(&self, noun: &str, key: Uuid) -> Option<(String, i64)> {
        let (table, engine) = (table(noun), self.written.registry.engine);
        let status = if has_status(table) { "CAST(status AS TEXT)" } else { "''" };
        let sql = format!(
            "SELECT {status}, CAST(version AS BIGINT) FROM {table} WHERE id = {}",
            literal(engine, key)
        );
        let statement = Statement::from_string(self.written.database.get_database_backend(), sql);
        let row = self.written.database.query_one_raw(statement).await.unwrap()?;
        Some((row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
    }

    /// The verb that a draw names, on a record in this state: mostly one that is possible. None where all are left out.
    fn verb(&self, draw: Draw, noun: &str, status: &str) -> Option<&Declared> {
        let of_noun =
            self.verbs.iter().filter(|verb| verb.noun == noun && !self.without.contains(&verb.name.as_str()));
        let arrow = |verb: &str| {
            self.machines
                .get(noun)
                .is_some_and(|machine| machine.arrows.iter().any(|arrow| arrow.verb == verb))
        };
        let possible = |verb: &&Declared| {
            let machine = self.machines.get(noun);
            !arrow(&verb.name)
                || machine.is_some_and(|machine| {
                    let mut arrows = machine.arrows.iter().filter(|arrow| arrow.verb == verb.name);
                    arrows.any(|arrow| arrow.from.is_none() || arrow.from.as_deref() == Some(status))
                })
        };
        let chosen: Vec<&Declared> =
            if draw.seed % 5 == 4 { of_noun.collect() } else { of_noun.filter(possible).collect() };
        (!chosen.is_empty()).then(|| chosen[usize::from(draw.verb) % chosen.len()])
    }

    /// Whoever tries a verb on a record: half of the time the ministry.
    async fn caller(&self, draw: Draw, noun: &str, key: Uuid, chance: &mut ChaCha8Rng) -> Viewer {
        let party = |role, noun| {
            let key = self.pool.lock().unwrap().row(noun, usize::from(draw.seed));
            with_role("party", role, GrantScope::Party(key))
        };
        match draw.caller % 16 {
            0..=8 => ministry(),
            9 | 10 => registrar("32"),
            11 => registrar("33"),
            12 | 13 => {
                let related = related::related(self.written, noun, key).await;
                related
                    .choose(chance)
                    .map_or_else(|| party(Role::Cooperative, "Cooperative"), |(_, viewer)| viewer.clone())
            }
            14 => party(Role::Partner, "PartnerInstitution"),
            _ => [Viewer::Anonymous, with_role("analyst", Role::Analyst, GrantScope::Everything)]
                [usize::from(draw.seed % 2)]
            .clone(),
        }
    }

    /// Puts the versions into an input wherever they are expected, and now and then another one.
    async fn versions(&self, input: &mut Json, chance: &mut ChaCha8Rng) {
        let mut places = Vec::new();
        for list in ["cooperatives", "ends"] {
            places.extend(
                input[list]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .cloned()
                    .enumerate()
                    .map(|(at, item)| (list, at, item)),
            );
        }
        for (list, at, item) in places {
            let noun = if list == "ends" { "Officer" } else { "Cooperative" };
            let id = if list == "ends" { &item["officer"] } else { &item["id"] };
            let is_noun = id::GlobalId::decode(&id.as_str().unwrap().into()).unwrap().noun == noun;
            let known = if is_noun { self.state(noun, season::key_of(id)).await } else { None };
            input[list][at]["expectedVersion"] = json!(known.map_or(1, |(_, version)| version));
        }
        if input.get("expectedVersion").is_some() && chance.random_ratio(1, 20) {
            input["expectedVersion"] = json!(7);
        }
    }

    async fn head(&self) -> i64 {
        self.written.number("SELECT coalesce(max(sequence), 0) FROM change").await
    }

    /// Adds the records that were made since.
    async fn learn(&self) {
        let known = *self.known.lock().unwrap();
        let sql = format!(
            "SELECT noun, key, sequence FROM change WHERE operation = 'CREATED' AND sequence > {known} ORDER BY sequence, position"
        );
        let statement = Statement::from_string(self.written.database.get_database_backend(), sql);
        for row in self.written.database.query_all_raw(statement).await.unwrap() {
            let (noun, key): (String, Uuid) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
            self.pool.lock().unwrap().add(&noun, key);
            let sequence: i64 = row.try_get_by_index(2).unwrap();
            let mut known = self.known.lock().unwrap();
            *known = sequence.max(*known);
        }
    }

    /// Tries one verb, and says what is wrong with the outcome.
    pub(super) async fn step(&self, draw: Draw, callers: Callers) -> Result<(), String> {
        let noun = pool::NOUNS[usize::from(draw.noun) % pool::NOUNS.len()].0;
        let key = self.pool.lock().unwrap().row(noun, usize::from(draw.row));
        let before = self.state(noun, key).await;
        let Some((status, version)) = before.clone() else { return Ok(()) };
        let mut chance = ChaCha8Rng::seed_from_u64(
            u64::from(draw.seed) << 16 | u64::from(draw.verb) << 8 | u64::from(draw.row),
        );
        let Some(verb) = self.verb(draw, noun, &status) else { return Ok(()) };
        let pool = self.pool.lock().unwrap().clone();
        let mut input =
            Maker { types: &self.types, pool: &pool, chance: chance.clone(), noun }.object(&verb.input);
        let on_record = input.get("id").is_some();
        if on_record {
            input["id"] = json!(id::encode(noun, &key.into()).to_string());
            input["expectedVersion"] = json!(version);
        }
        self.versions(&mut input, &mut chance).await;
        input["idempotencyKey"] = json!(format!("step {}", self.number.fetch_add(1, Ordering::SeqCst)));
        let viewer = self.caller(draw, noun, key, &mut chance).await;
        let document = format!(
            "mutation($input: {}!) {{ {}(input: $input) {{ userErrors {{ code field message rule }} replayed }} }}",
            verb.input, verb.name
        );
        let head = self.head().await;
        let answer = self.written.answer(&viewer, &document, json!({ "input": input })).await;
        let wrong =
            |what: &str| Err(format!("{what}: {} of {status} by {viewer:?}: {input}: {answer}", verb.name));
        let outcome = outcome(&answer);
        *self.told.lock().unwrap().entry(outcome.clone()).or_default() += 1;
        if outcome == "done" {
            self.learn().await;
            let expected = input["expectedVersion"].as_i64();
            if expected
                .is_some_and(|version| !self.changed.lock().unwrap().insert((key.to_string(), version)))
            {
                return wrong("one version was changed twice");
            }
            if callers == Callers::One {
                if self.head().await != head + 1 {
                    return wrong("not one write");
                }
                let again = self.written.answer(&viewer, &document, json!({ "input": input })).await;
                if again["data"][&verb.name]["replayed"] != true || self.head().await != head + 1 {
                    return wrong("a request that was sent again was executed again");
                }
            }
            return Ok(());
        }
        let is_code = answer.get("errors").is_some();
        if is_code
            && (!TOLD.contains(&outcome.as_str()) || (outcome == "UNAVAILABLE" && callers == Callers::One))
        {
            return wrong("a refusal that is no refusal");
        }
        if callers == Callers::One && (self.head().await != head || self.state(noun, key).await != before) {
            return wrong("a refusal changed something");
        }
        if callers == Callers::One
            && outcome == "ILLEGAL_TRANSITION input.id"
            && input["expectedVersion"] == version
        {
            let mut arrows = self.machines.get(noun).into_iter().flat_map(|machine| &machine.arrows);
            if arrows.any(|arrow| arrow.verb == verb.name && arrow.from.as_deref() == Some(status.as_str())) {
                return wrong("an arrow of the state machine is refused");
            }
        }
        Ok(())
    }

    /// Says which rule is broken, which change of a status is no arrow, and where the log and the rows disagree.
    pub(super) async fn check(&self) -> Result<(), String> {
        let database = &self.written.database;
        for rule in rules::all() {
            let offenders = rule.offenders(database).await.unwrap();
            let none = match &offenders {
                Keys::Uuids(keys) => keys.is_empty(),
                Keys::Codes(keys) => keys.is_empty(),
            };
            if !none {
                return Err(format!("{} is broken by {offenders:?}", rule.code));
            }
        }
        let found = numbers(database).await.unwrap();
        let nouns = history::replay(database, found.horizon).await.unwrap();
        let wrong: Vec<_> = nouns.into_iter().filter(|(_, count)| *count > 0).collect();
        if (found.gaps, found.parts, found.backwards) != (0, 0, 0) || !wrong.is_empty() {
            return Err(format!("the log disagrees with the rows: {found:?} {wrong:?}"));
        }
        for (noun, machine) in &self.machines {
            self.arrows(noun, machine).await?;
        }
        Ok(())
    }

    /// Follows the statuses of a noun through the log: each write leads from one to another by its verbs.
    async fn arrows(&self, noun: &str, machine: &Diagram) -> Result<(), String> {
        let table = table(noun);
        let sql = format!(
            "SELECT c.sequence, c.verb, h.status, n.status, c.key FROM change c
             LEFT JOIN {table}_history h ON h.id = c.key AND h.to_sequence = c.sequence
             JOIN (SELECT id, since_sequence, status FROM {table} UNION ALL SELECT id, since_sequence, status FROM {table}_history) n
               ON n.id = c.key AND n.since_sequence = c.sequence
             WHERE c.noun = '{noun}' ORDER BY c.sequence, c.key, c.position"
        );
        let statement = Statement::from_string(self.written.database.get_database_backend(), sql);
        let mut reached: BTreeMap<(i64, Uuid), Reached> = BTreeMap::new();
        for row in self.written.database.query_all_raw(statement).await.unwrap() {
            let (sequence, verb): (i64, String) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
            let (before, after): (Option<String>, String) =
                (row.try_get_by_index(2).unwrap(), row.try_get_by_index(3).unwrap());
            let key: Uuid = row.try_get_by_index(4).unwrap();
            let reached = reached.entry((sequence, key));
            let Reached { states, verbs, .. } =
                reached.or_insert_with(|| Reached { states: [before].into(), verbs: Vec::new(), after });
            let arrows =
                machine.arrows.iter().filter(|arrow| arrow.verb == verb && states.contains(&arrow.from));
            let next: Vec<Option<String>> = arrows.map(|arrow| Some(arrow.to.clone())).collect();
            states.extend(next);
            verbs.push(verb);
        }
        for ((sequence, key), Reached { states, verbs, after }) in reached {
            if !states.contains(&Some(after.clone())) {
                return Err(format!(
                    "{noun} {key} came to {after} by {verbs:?} in write {sequence}, which is no arrow from {states:?}"
                ));
            }
        }
        Ok(())
    }
}

/// What one write made of the status of a record.
struct Reached {
    /// Those that the arrows of its verbs lead to, and the one before it, which is none for a new record.
    states: BTreeSet<Option<String>>,
    verbs: Vec<String>,
    /// The one after it.
    after: String,
}

/// What was told: `done`, the first user error with its field, or the code of the error.
fn outcome(answer: &Json) -> String {
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    let Some(payload) = answer["data"].as_object().and_then(|data| data.values().next()) else {
        return answer.to_string();
    };
    season::told(payload).into_iter().next().unwrap_or_else(|| "done".to_owned())
}
