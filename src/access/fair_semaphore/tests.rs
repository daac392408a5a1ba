//! Tests of the sharing of permits.

use std::{net::IpAddr, pin::Pin, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{FairSemaphore, Full, Permit};
use crate::access::Caller;

type Asking = Pin<Box<dyn Future<Output = Result<Permit, Full>> + Send>>;

#[expect(clippy::unnecessary_wraps, reason = "`FairSemaphore` takes an optional caller")]
fn caller(number: u8) -> Option<Caller> {
    Some(IpAddr::from([192, 0, 2, number]).into())
}

fn asking(semaphore: &Arc<FairSemaphore>, caller: Option<Caller>) -> Asking {
    let semaphore = Arc::clone(semaphore);
    let asking: BoxFuture<'static, _> = async move { semaphore.acquire(caller).await }.boxed();
    asking
}

/// Acquires a permit that is free at once.
fn now(semaphore: &Arc<FairSemaphore>, number: u8) -> Option<Permit> {
    asking(semaphore, caller(number)).now_or_never().map(Result::unwrap)
}

#[test]
fn one_caller_gets_all_but_the_spare_permits() {
    for (total, spare) in [(16, 4), (40, 8), (12, 3), (2, 1), (5, 1)] {
        let semaphore = FairSemaphore::new(total, spare, usize::MAX);
        let first: Vec<_> = std::iter::from_fn(|| now(&semaphore, 1)).collect();
        assert_eq!(first.len(), total - spare, "{spare} of {total} are never one caller's");
        let others: Vec<_> = (2..100).map_while(|number| now(&semaphore, number)).collect();
        assert_eq!(others.len(), spare, "each of as many others finds one at once");
        drop((first, others));
        assert!(semaphore.empty().now_or_never().is_some());
    }
}

#[test]
fn a_free_permit_goes_to_the_waiting_caller_with_the_fewest() {
    let semaphore = FairSemaphore::new(4, 1, usize::MAX);
    let mut first: Vec<_> = (0..3).map(|_| now(&semaphore, 1).unwrap()).collect();
    let second = now(&semaphore, 2).unwrap();
    let (mut again, mut third, mut fourth) =
        (asking(&semaphore, caller(1)), asking(&semaphore, caller(3)), asking(&semaphore, caller(4)));
    for waiting in [&mut again, &mut third, &mut fourth] {
        assert!(waiting.now_or_never().is_none());
    }
    first.pop();
    let third = third.now_or_never().expect("it held none, and came before the fourth").unwrap();
    assert!((&mut again).now_or_never().is_none() && (&mut fourth).now_or_never().is_none());
    drop(second);
    let fourth = fourth.now_or_never().expect("it held none").unwrap();
    assert!((&mut again).now_or_never().is_none(), "it holds two");
    drop((third, fourth));
    assert!(again.now_or_never().is_some());
}

#[test]
fn a_full_queue_drops_a_request_of_the_caller_with_the_most() {
    let semaphore = FairSemaphore::new(2, 1, 3);
    let _held = (now(&semaphore, 1).unwrap(), now(&semaphore, 2).unwrap());
    let mut first: Vec<_> = (0..3).map(|_| asking(&semaphore, caller(1))).collect();
    assert!(first.iter_mut().all(|waiting| waiting.now_or_never().is_none()));
    assert_eq!(asking(&semaphore, caller(1)).now_or_never().unwrap().unwrap_err(), Full, "the room is full");
    let mut third = asking(&semaphore, caller(3));
    assert!((&mut third).now_or_never().is_none(), "it waits");
    assert_eq!((&mut first[2]).now_or_never().unwrap().unwrap_err(), Full, "its fourth request gave way");
    assert!((&mut first[1]).now_or_never().is_none());
}

#[test]
fn a_request_that_leaves_the_queue_holds_nothing() {
    let semaphore = FairSemaphore::new(2, 1, 2);
    let (one, two) = (now(&semaphore, 1).unwrap(), now(&semaphore, 2).unwrap());
    for _ in 0..10 {
        assert!(asking(&semaphore, caller(3)).now_or_never().is_none());
    }
    drop(one);
    assert!(now(&semaphore, 4).is_some(), "no request waits any more");
    drop(two);
    assert!(semaphore.empty().now_or_never().is_some());
}

/// Property test: no request waits that could be served, and no caller gets a permit while a caller waits that holds
/// fewer.
#[test]
fn no_caller_gets_a_permit_while_one_with_fewer_waits() {
    for seed in 0..300 {
        let mut draw = ChaCha8Rng::seed_from_u64(seed);
        let (total, spare) =
            *[(16, 4), (40, 8), (4, 1), (2, 1), (1, 0)].get(draw.random_range(0..5)).unwrap();
        let semaphore = FairSemaphore::new(total, spare, 12);
        let mut held: Vec<(u8, Permit)> = Vec::new();
        let mut waiting: Vec<(u8, Asking)> = Vec::new();
        for _ in 0..200 {
            match draw.random_range(0..10) {
                0..5 => {
                    let number = draw.random_range(0..4);
                    waiting.push((number, asking(&semaphore, caller(number))));
                }
                5..9 if !held.is_empty() => drop(held.swap_remove(draw.random_range(0..held.len()))),
                _ if !waiting.is_empty() => drop(waiting.swap_remove(draw.random_range(0..waiting.len()))),
                _ => {}
            }
            let holds = |held: &[(u8, Permit)], number| held.iter().filter(|(of, _)| *of == number).count();
            let before: Vec<usize> = (0..4).map(|number| holds(&held, number)).collect();
            let mut left = Vec::new();
            for (number, mut asking) in waiting.drain(..) {
                match (&mut asking).now_or_never() {
                    Some(Ok(permit)) => held.push((number, permit)),
                    Some(Err(Full)) => {}
                    None => left.push((number, asking)),
                }
            }
            waiting = left;
            let free = total - held.len();
            for (number, _) in &waiting {
                let own = holds(&held, *number);
                assert!(
                    !semaphore.may_hold_one_more(free, own),
                    "seed {seed}: {number} waits with {free} free"
                );
                for other in 0..4 {
                    let got = holds(&held, other) > before[usize::from(other)];
                    assert!(!got || before[usize::from(other)] <= own, "seed {seed}: {other} went before");
                }
            }
        }
        drop((held, waiting));
        assert!(semaphore.empty().now_or_never().is_some(), "seed {seed}: something is left");
    }
}
