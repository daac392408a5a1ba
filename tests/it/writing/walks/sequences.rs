//! Sequences of steps, which are shortened when one fails.

use std::{cell::RefCell, collections::BTreeMap};

use async_graphql::futures_util::future::join_all;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use simpul::store::Engine;

use super::{Callers, Draw, Walk};
use crate::{support::database, writing::written};

/// How many sequences are walked on each engine, from the same numbers every time; more, from others, by
/// `SIMPUL_TEST_WALKS`.
const SEQUENCES: u32 = 2;

/// The length of a sequence.
const STEPS: usize = 250;

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let draw = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>());
    let draw = draw.prop_map(|(noun, row, verb, caller, seed)| Draw { noun, row, verb, caller, seed });
    prop::collection::vec(draw, STEPS / 2..STEPS)
}

/// Walks one sequence through a fresh registry. Several callers take a step each at the same time: half of the time all the
/// same one, of the same record at the same version.
async fn walked(
    engine: Engine,
    callers: usize,
    draws: &[Draw],
    told: &RefCell<BTreeMap<String, u32>>,
) -> Result<(), String> {
    let (written, fresh) = Box::pin(written(engine)).await;
    let walk = Walk::begin(&written, &[]).await;
    let kind = if callers == 1 { Callers::One } else { Callers::Several };
    let mut result = Ok(());
    for (turn, draws) in draws.chunks(callers).enumerate() {
        let step = |draw: &Draw| walk.step(if turn % 2 == 0 { *draw } else { draws[0] }, kind);
        let steps = join_all(draws.iter().map(step)).await;
        result = steps.into_iter().collect();
        if result.is_err() {
            break;
        }
    }
    if result.is_ok() {
        result = walk.check().await;
    }
    for (outcome, times) in walk.told.lock().unwrap().iter() {
        *told.borrow_mut().entry(outcome.clone()).or_default() += times;
    }
    drop(written);
    fresh.discard().await;
    result
}

fn from_the_clock() -> [u8; 32] {
    let now = simpul::store::clock::now_micros().to_le_bytes();
    std::array::from_fn(|at| now[at % 8])
}

/// Walks through registries on each engine.
fn walk(callers: usize) {
    let more: Option<u32> = std::env::var("SIMPUL_TEST_WALKS").ok().map(|walks| walks.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let seed = if more.is_some() { from_the_clock() } else { [u8::try_from(callers).unwrap(); 32] };
        let config = Config {
            cases: more.unwrap_or(SEQUENCES),
            max_shrink_iters: 40,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let told = RefCell::default();
        let result = runner.run(&draws(), |draws| {
            runtime.block_on(walked(engine, callers, &draws, &told)).map_err(TestCaseError::fail)
        });
        let told = told.into_inner();
        assert!(result.is_ok(), "{}; from {seed:?}", result.unwrap_err());
        let (done, all) = (told["done"], told.values().sum::<u32>());
        eprintln!("{done} of {all} steps were done: {told:?}");
        assert!(done * 8 > all && told.len() > 10, "{done} of {all} steps were done: {told:?}");
    }
}

#[test]
fn no_sequence_of_verbs_breaks_a_rule() {
    walk(1);
}

#[test]
fn no_two_sequences_at_the_same_time_break_a_rule() {
    walk(2);
}
