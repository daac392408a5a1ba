//! Tests of the sharing of permits.

use std::{net::IpAddr, pin::Pin, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Full, Permit, Shares};
use crate::access::Caller;

type Asking = Pin<Box<dyn Future<Output = Result<Permit, Full>> + Send>>;

#[expect(clippy::unnecessary_wraps, reason = "as `Shares` takes it, which knows requests of nobody too")]
fn caller(number: u8) -> Option<Caller> {
    Some(IpAddr::from([192, 0, 2, number]).into())
}

fn asking(shares: &Arc<Shares>, caller: Option<Caller>) -> Asking {
    let shares = Arc::clone(shares);
    let asking: BoxFuture<'static, _> = async move { shares.acquire(caller).await }.boxed();
    asking
}

/// Acquires a permit that is free at once.
fn now(shares: &Arc<Shares>, number: u8) -> Option<Permit> {
    asking(shares, caller(number)).now_or_never().map(Result::unwrap)
}

#[test]
fn one_caller_has_all_but_the_spare_ones_and_another_finds_those() {
    for (total, spare) in [(16, 4), (40, 8), (12, 3), (2, 1), (5, 1)] {
        let shares = Shares::new(total, spare, usize::MAX);
        let first: Vec<_> = std::iter::from_fn(|| now(&shares, 1)).collect();
        assert_eq!(first.len(), total - spare, "{spare} of {total} are never one caller's");
        let others: Vec<_> = (2..100).map_while(|number| now(&shares, number)).collect();
        assert_eq!(others.len(), spare, "each of as many others finds one at once");
        drop((first, others));
        assert!(shares.empty().now_or_never().is_some());
    }
}

#[test]
fn what_becomes_free_goes_to_who_holds_fewest_and_among_equals_to_who_came_first() {
    let shares = Shares::new(4, 1, usize::MAX);
    let mut first: Vec<_> = (0..3).map(|_| now(&shares, 1).unwrap()).collect();
    let second = now(&shares, 2).unwrap();
    let (mut again, mut third, mut fourth) =
        (asking(&shares, caller(1)), asking(&shares, caller(3)), asking(&shares, caller(4)));
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
fn who_waits_with_most_gives_way_when_the_room_is_full() {
    let shares = Shares::new(2, 1, 3);
    let _held = (now(&shares, 1).unwrap(), now(&shares, 2).unwrap());
    let mut first: Vec<_> = (0..3).map(|_| asking(&shares, caller(1))).collect();
    assert!(first.iter_mut().all(|waiting| waiting.now_or_never().is_none()));
    assert_eq!(asking(&shares, caller(1)).now_or_never().unwrap().unwrap_err(), Full, "the room is full");
    let mut third = asking(&shares, caller(3));
    assert!((&mut third).now_or_never().is_none(), "it waits");
    assert_eq!((&mut first[2]).now_or_never().unwrap().unwrap_err(), Full, "its fourth request gave way");
    assert!((&mut first[1]).now_or_never().is_none());
}

#[test]
fn who_leaves_the_queue_leaves_nothing_behind() {
    let shares = Shares::new(2, 1, 2);
    let (one, two) = (now(&shares, 1).unwrap(), now(&shares, 2).unwrap());
    for _ in 0..10 {
        assert!(asking(&shares, caller(3)).now_or_never().is_none());
    }
    drop(one);
    assert!(now(&shares, 4).is_some(), "nobody waits any more");
    drop(two);
    assert!(shares.empty().now_or_never().is_some());
}

/// Property test: no request waits that could be served, and no caller gets a permit while a caller waits that holds
/// fewer.
#[test]
fn no_caller_gets_more_while_another_waits_that_holds_fewer() {
    for seed in 0..300 {
        let mut draw = ChaCha8Rng::seed_from_u64(seed);
        let (total, spare) =
            *[(16, 4), (40, 8), (4, 1), (2, 1), (1, 0)].get(draw.random_range(0..5)).unwrap();
        let shares = Shares::new(total, spare, 12);
        let mut held: Vec<(u8, Permit)> = Vec::new();
        let mut waiting: Vec<(u8, Asking)> = Vec::new();
        for _ in 0..200 {
            match draw.random_range(0..10) {
                0..5 => {
                    let number = draw.random_range(0..4);
                    waiting.push((number, asking(&shares, caller(number))));
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
                assert!(!shares.may_hold_one_more(free, own), "seed {seed}: {number} waits with {free} free");
                for other in 0..4 {
                    let got = holds(&held, other) > before[usize::from(other)];
                    assert!(!got || before[usize::from(other)] <= own, "seed {seed}: {other} went before");
                }
            }
        }
        drop((held, waiting));
        assert!(shares.empty().now_or_never().is_some(), "seed {seed}: something is left");
    }
}
