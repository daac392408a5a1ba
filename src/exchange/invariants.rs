//! The rules of the domain as SQL that both engines run: each statement counts the rows that break its rule.

mod agreement;
mod business;
mod governance;
mod identity;
mod learning;

/// A rule in a sentence, and the statement that counts what breaks it.
///
/// What nobody published stays unknown, so rules about what must be there hold for made-up rows only.
pub type Invariant = (&'static str, &'static str);

const PARTS: [&[Invariant]; 5] = [
    identity::INVARIANTS,
    governance::INVARIANTS,
    business::INVARIANTS,
    agreement::INVARIANTS,
    learning::INVARIANTS,
];

/// Every rule, noun by noun.
pub const INVARIANTS: &[Invariant] = &ALL;

const ALL: [Invariant; COUNT] = {
    let mut all = [("", ""); COUNT];
    let (mut place, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut rule = 0;
        while rule < PARTS[part].len() {
            all[place] = PARTS[part][rule];
            place += 1;
            rule += 1;
        }
        part += 1;
    }
    all
};

const COUNT: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
};
