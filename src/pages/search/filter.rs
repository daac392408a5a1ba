//! What a search is narrowed to, as the parameters of its address.

use std::fmt::Write;

use super::super::{
    document::escaped,
    parameter::parameter,
    visit::Visit,
    vocabulary::{CooperativeStatus, ProgramStatus},
};

/// The number of results on a page.
const PAGE: i64 = 20;

/// The kinds of results: the value of `kind`, the value of `SearchType`, the id of the heading.
pub(super) const KINDS: [(&str, &str, &str); 5] = [
    ("cooperative", "COOPERATIVE", "kind-cooperative"),
    ("institution", "INSTITUTION", "kind-institution"),
    ("program", "PROGRAM", "kind-program"),
    ("commodity", "COMMODITY", "kind-commodity"),
    ("region", "REGION", "kind-region"),
];

/// What a search is narrowed to.
#[derive(Clone, Debug, Default)]
pub(super) struct Filters {
    pub(super) text: String,
    /// A value of `SearchType`.
    pub(super) kind: Option<&'static str>,
    /// The code of a region.
    pub(super) within: Option<String>,
    /// A status of cooperatives or of programs, by the kind.
    pub(super) status: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

/// The arguments of a list that say which of its pages is meant.
#[derive(Debug)]
pub(super) struct Position {
    pub(super) first: Option<i64>,
    pub(super) after: Option<String>,
    pub(super) last: Option<i64>,
    pub(super) before: Option<String>,
}

/// Lists that can be narrowed by a status.
#[derive(Debug)]
pub(super) enum Narrowed {
    Cooperatives(CooperativeStatus),
    Programs(ProgramStatus),
}

/// Whether what a kind finds lies in regions; programs and commodities do not.
pub(super) fn lies_in_regions(kind: &str) -> bool {
    !matches!(kind, "PROGRAM" | "COMMODITY")
}

impl Filters {
    pub(super) fn of(visit: &Visit) -> Self {
        let given = |name| parameter(&visit.uri, name);
        let kind = given("kind").and_then(|kind| KINDS.iter().find(|(known, ..)| *known == kind));
        Self {
            text: given("q").unwrap_or_default(),
            kind: kind.map(|(_, kind, _)| *kind),
            within: given("within").filter(|_| kind.is_none_or(|(_, kind, _)| lies_in_regions(kind))),
            status: given("status"),
            after: given("after"),
            before: given("before"),
        }
    }

    /// The list that the status narrows; none without a status, and for kinds that have none.
    pub(super) fn narrowed(&self) -> Option<Narrowed> {
        let status = self.status.as_deref()?;
        match self.kind? {
            "COOPERATIVE" => Some(Narrowed::Cooperatives(status.into())),
            "PROGRAM" => Some(Narrowed::Programs(status.into())),
            _ => None,
        }
    }

    pub(super) fn position(&self) -> Position {
        let before = self.before.clone().filter(|_| self.after.is_none());
        let (first, last) = if before.is_some() { (None, Some(PAGE)) } else { (Some(PAGE), None) };
        Position { first, after: self.after.clone(), last, before }
    }

    /// Of another kind; a status belongs to one kind, and not all kinds lie in regions.
    pub(super) fn with_kind(&self, kind: Option<&'static str>) -> Self {
        let within = self.within.clone().filter(|_| kind.is_none_or(lies_in_regions));
        Self { kind, within, status: None, ..self.at_start() }
    }

    pub(super) fn with_status(&self, status: Option<&str>) -> Self {
        Self { status: status.map(str::to_owned), ..self.at_start() }
    }

    pub(super) fn with_within(&self, within: Option<&str>) -> Self {
        Self { within: within.map(str::to_owned), ..self.at_start() }
    }

    pub(super) fn with_text(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.at_start() }
    }

    pub(super) fn after(&self, cursor: &str) -> Self {
        Self { after: Some(cursor.to_owned()), ..self.at_start() }
    }

    pub(super) fn before(&self, cursor: &str) -> Self {
        Self { before: Some(cursor.to_owned()), ..self.at_start() }
    }

    /// By its words alone.
    pub(super) fn wider(&self) -> Self {
        Self { text: self.text.clone(), ..Self::default() }
    }

    fn at_start(&self) -> Self {
        Self { after: None, before: None, ..self.clone() }
    }

    /// The address of the search.
    pub(super) fn address(&self, visit: &Visit) -> String {
        let kind = KINDS.iter().find(|(_, kind, _)| Some(*kind) == self.kind).map(|(name, ..)| *name);
        let mut address = format!("/cari?q={}", escaped(&self.text));
        for (name, value) in [
            ("kind", kind),
            ("within", self.within.as_deref()),
            ("status", self.status.as_deref()),
            ("after", self.after.as_deref()),
            ("before", self.before.as_deref()),
        ] {
            if let Some(value) = value {
                let _ = write!(address, "&{name}={}", escaped(value));
            }
        }
        visit.link(&address)
    }
}
