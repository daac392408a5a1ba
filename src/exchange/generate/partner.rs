//! The ranking of partner institutions, because few of them have most of the business.

use std::collections::{HashMap, HashSet};

use entity::{institution, vocabulary::InstitutionKind};
use sea_orm::prelude::Uuid;

use crate::exchange::identity::rank;

/// What a partner buys or offers, where that differs from its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    OfItsKind,
    Grain,
    Fertiliser,
    Gas,
    Medicine,
    Post,
}

#[derive(Clone, Debug)]
pub(super) struct Partner {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) kind: InstitutionKind,
    pub(super) line: Line,
    /// Its memorandum with the ministry, under which it concludes its agreements.
    pub(super) umbrella: Option<Uuid>,
}

#[derive(Debug)]
pub(super) struct Partners {
    /// All partners, the seeded ones first.
    pub(super) all: Vec<Partner>,
    /// Indexes into `all`, those with most trade first.
    pub(super) trade: Vec<usize>,
    /// Indexes into `all`, those with most agreements first.
    pub(super) agreement: Vec<usize>,
    pub(super) campuses: Vec<usize>,
    /// The cooperative offices of provinces and regencies, by region code.
    pub(super) offices: HashMap<String, Uuid>,
    pub(super) ministry: Uuid,
}

/// The institutions with most trade, by short name. The others follow in random order.
const TRADE: [(&str, Line); 24] = [
    ("Bulog", Line::Grain),
    ("Pupuk Indonesia", Line::Fertiliser),
    ("Pertamina", Line::Gas),
    ("Agrinas", Line::OfItsKind),
    ("BRI", Line::OfItsKind),
    ("Indomaret", Line::OfItsKind),
    ("Alfamart", Line::OfItsKind),
    ("Kimia Farma", Line::Medicine),
    ("PosIND", Line::Post),
    ("Yogya", Line::OfItsKind),
    ("Unpas", Line::OfItsKind),
    ("BGN", Line::Grain),
    ("Mandiri", Line::OfItsKind),
    ("BNI", Line::OfItsKind),
    ("Super Indo", Line::OfItsKind),
    ("BSI", Line::OfItsKind),
    ("AEON", Line::OfItsKind),
    ("Hypermart", Line::OfItsKind),
    ("BTN", Line::OfItsKind),
    ("LPDB", Line::OfItsKind),
    ("Transmart", Line::OfItsKind),
    ("Lotte Grosir", Line::OfItsKind),
    ("Hero", Line::OfItsKind),
    ("Ikopin", Line::OfItsKind),
];

/// The institutions with most agreements, by short name.
const AGREEMENT: [&str; 20] = [
    "Kemenkop",
    "Bulog",
    "Unpas",
    "BRI",
    "Pertamina",
    "Pupuk Indonesia",
    "Ikopin",
    "Kimia Farma",
    "Mandiri",
    "BNI",
    "PosIND",
    "BSI",
    "Agrinas",
    "Diskuk Jabar",
    "UI",
    "LPDB",
    "Indomaret",
    "Alfamart",
    "Yogya",
    "BTN",
];

/// The number of institutions that sign. With this number, the first twenty sign about 60 % of the agreements.
const SIGNATORIES: usize = 600;

/// The number of institutions that trade. With this number, the first has over a quarter of the business.
const TRADERS: usize = 1_300;

impl Partners {
    /// Ranks all institutions. Kinds that never trade are left out of the ranking by trade.
    pub(super) fn rank(rows: &[institution::Model], seed: u64) -> Option<Self> {
        let short: HashMap<&str, usize> = rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((row.short_name.as_deref()?, index)))
            .collect();
        let mut all: Vec<Partner> = rows.iter().map(partner).collect();
        for (name, line) in TRADE {
            if let Some(index) = short.get(name) {
                all[*index].line = line;
            }
        }
        let mut others: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].active).collect();
        others.sort_by_cached_key(|index| {
            (order(rows[*index].kind), rank(&["partner", &rows[*index].slug, &seed.to_string()]))
        });
        let ranked = |first: &[&str]| {
            let first: Vec<usize> = first.iter().filter_map(|name| short.get(name).copied()).collect();
            let known: HashSet<usize> = first.iter().copied().collect();
            let rest = others.iter().copied().filter(|index| !known.contains(index));
            first.iter().copied().chain(rest).collect::<Vec<_>>()
        };
        let mut agreement = ranked(&AGREEMENT);
        agreement.truncate(SIGNATORIES);
        let mut trade = ranked(&TRADE.map(|(name, _)| name));
        trade.retain(|index| trades(all[*index].kind));
        trade.truncate(TRADERS);
        let ministry = rows[*short.get("Kemenkop")?].id;
        let offices = rows
            .iter()
            .filter(|row| row.kind == InstitutionKind::RegionalOffice)
            .filter_map(|row| Some((row.region_code.clone()?, row.id)))
            .collect();
        let campuses = (0..all.len()).filter(|index| order(all[*index].kind) == 1).collect();
        Some(Self { all, trade, agreement, campuses, offices, ministry })
    }

    /// The office that is responsible for a region: of its regency, or else of its province.
    pub(super) fn office(&self, region: &str) -> Option<Uuid> {
        let office = |length| self.offices.get(region.get(..length)?).copied();
        office(5).or_else(|| office(2))
    }
}

fn partner(row: &institution::Model) -> Partner {
    Partner {
        id: row.id,
        name: row.short_name.clone().unwrap_or_else(|| row.name.clone()),
        kind: row.kind,
        line: Line::OfItsKind,
        umbrella: None,
    }
}

fn trades(kind: InstitutionKind) -> bool {
    use InstitutionKind::{Media, Ministry, RegionalOffice, UniversityAssociation};
    !matches!(kind, Media | Ministry | RegionalOffice | UniversityAssociation)
}

/// The rank of a kind: firms first, then campuses, then others.
fn order(kind: InstitutionKind) -> u8 {
    use InstitutionKind::{
        Academy, Bank, College, FinancialAgency, Institute, Offtaker, Polytechnic, Processor,
        RegionalEnterprise, Retailer, StateOwnedEnterprise, University,
    };
    match kind {
        Bank | FinancialAgency | Offtaker | Processor | RegionalEnterprise | Retailer
        | StateOwnedEnterprise => 0,
        University | Polytechnic | Institute | College | Academy => 1,
        _ => 2,
    }
}
