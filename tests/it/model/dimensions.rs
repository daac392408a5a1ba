//! The figures of all nouns as data: dimensions and measures.

use super::Kind;

/// How the key of a dimension is computed from a row or a related row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    Field(&'static str),
    /// So many characters of a region's code.
    Rung(usize),
    Year(&'static str),
    Quarter(&'static str),
    Month(&'static str),
    /// The global id.
    Row,
}

/// Name, the relations that lead to the row, and the key there.
pub(crate) type Dimension = (&'static str, &'static [&'static str], Key);

/// Figures on a noun.
pub(crate) struct Figured {
    pub(crate) noun: &'static str,
    pub(crate) field: &'static str,
    pub(crate) dimensions: &'static [Dimension],
    /// Name, kind, and the relations that lead to the row with its unit, where it is null in groups that mix units.
    pub(crate) measures: &'static [(&'static str, Kind, Option<&'static [&'static str]>)],
}

use Key::{Field, Month, Quarter, Rung, Year};

const SOURCE: Dimension = ("SOURCE", &[], Field("source"));
const HOME: &[&str] = &["cooperative", "region"];
const PROVINCE: Dimension = ("PROVINCE", HOME, Rung(2));
const REGENCY_CITY: Dimension = ("REGENCY_CITY", HOME, Rung(5));

/// Measures that are the days from one date to another: the noun, the measure, and the dates.
pub(crate) const DURATIONS: [(&str, &str, &str, &str); 8] = [
    ("BusinessLinkage", "durationDays", "startsOn", "endsOn"),
    ("Cooperative", "legalEntityDays", "establishedOn", "legalEntityOn"),
    ("InternshipBatch", "durationDays", "startsOn", "endsOn"),
    ("InternshipProgram", "durationDays", "startsOn", "endsOn"),
    ("Officer", "termDays", "startsOn", "endsOn"),
    ("Partnership", "daysToEffect", "signedOn", "effectiveFrom"),
    ("Partnership", "termDays", "effectiveFrom", "effectiveTo"),
    ("PartnershipApplication", "decisionDays", "requestedOn", "decidedOn"),
];

/// All figures.
pub(crate) const FIGURED: [Figured; 14] = [
    Figured {
        noun: "BusinessLinkage",
        field: "linkageAggregate",
        dimensions: &[
            ("KIND", &[], Field("kind")),
            ("PATTERN", &[], Field("pattern")),
            ("STATUS", &[], Field("status")),
            ("UNIT", &[], Field("unit")),
            ("SUPPLIER", &["supplier"], Key::Row),
            ("SUPPLIER_INSTITUTION_KIND", &["supplier", "institution"], Field("kind")),
            ("SUPPLIER_PROVINCE", &["supplier", "region"], Rung(2)),
            ("SUPPLIER_REGENCY_CITY", &["supplier", "region"], Rung(5)),
            ("BUYER", &["buyer"], Key::Row),
            ("BUYER_INSTITUTION_KIND", &["buyer", "institution"], Field("kind")),
            ("BUYER_PROVINCE", &["buyer", "region"], Rung(2)),
            ("BUYER_REGENCY_CITY", &["buyer", "region"], Rung(5)),
            ("COMMODITY", &["commodity"], Field("code")),
            ("COMMODITY_CATEGORY", &["commodity"], Field("category")),
            ("START_YEAR", &[], Year("startsOn")),
            ("START_QUARTER", &[], Quarter("startsOn")),
            ("START_MONTH", &[], Month("startsOn")),
            SOURCE,
        ],
        measures: &[
            ("annualValue", Kind::Rupiah, None),
            ("annualVolume", Kind::Decimal(3), Some(&[])),
            ("paymentTermDays", Kind::Int, None),
            ("durationDays", Kind::Int, None),
        ],
    },
    Figured {
        noun: "LinkageMonth",
        field: "linkageMonthAggregate",
        dimensions: &[
            ("YEAR", &[], Year("month")),
            ("QUARTER", &[], Quarter("month")),
            ("MONTH", &[], Month("month")),
            ("KIND", &["linkage"], Field("kind")),
            ("COMMODITY", &["linkage", "commodity"], Field("code")),
            ("COMMODITY_CATEGORY", &["linkage", "commodity"], Field("category")),
            ("UNIT", &["linkage"], Field("unit")),
            ("SUPPLIER", &["linkage", "supplier"], Key::Row),
            ("SUPPLIER_PROVINCE", &["linkage", "supplier", "region"], Rung(2)),
            ("BUYER", &["linkage", "buyer"], Key::Row),
            ("BUYER_PROVINCE", &["linkage", "buyer", "region"], Rung(2)),
            SOURCE,
        ],
        measures: &[
            ("volume", Kind::Decimal(3), Some(&["linkage"])),
            ("value", Kind::Rupiah, None),
            ("deliveryCount", Kind::Int, None),
            ("rejectedPercent", Kind::Decimal(2), None),
        ],
    },
    Figured {
        noun: "Cooperative",
        field: "cooperativeAggregate",
        dimensions: &[
            ("PROVINCE", &["region"], Rung(2)),
            ("REGENCY_CITY", &["region"], Rung(5)),
            ("DISTRICT", &["region"], Rung(8)),
            ("STATUS", &[], Field("status")),
            ("PROGRAM", &[], Field("program")),
            ("TYPE", &[], Field("type")),
            ("FORM", &[], Field("form")),
            ("COMMUNITY_BASE", &[], Field("communityBase")),
            ("FORMATION_MODEL", &[], Field("formationModel")),
            ("ESTABLISHED_YEAR", &[], Year("establishedOn")),
            ("ESTABLISHED_QUARTER", &[], Quarter("establishedOn")),
            ("ESTABLISHED_MONTH", &[], Month("establishedOn")),
            SOURCE,
        ],
        measures: &[
            ("memberCount", Kind::Int, None),
            ("principalSaving", Kind::Rupiah, None),
            ("mandatorySaving", Kind::Rupiah, None),
            ("legalEntityDays", Kind::Int, None),
        ],
    },
    Figured {
        noun: "PartnerInstitution",
        field: "institutionAggregate",
        dimensions: &[
            ("KIND", &[], Field("kind")),
            ("OWNERSHIP", &[], Field("ownership")),
            ("ACTIVE", &[], Field("active")),
            ("PROVINCE", &["region"], Rung(2)),
            ("REGENCY_CITY", &["region"], Rung(5)),
            SOURCE,
        ],
        measures: &[],
    },
    Figured {
        noun: "AnnualReport",
        field: "annualReportAggregate",
        dimensions: &[
            ("BOOK_YEAR", &[], Field("bookYear")),
            ("HEALTH_STATUS", &[], Field("healthStatus")),
            ("COOPERATIVE_TYPE", &["cooperative"], Field("type")),
            ("COOPERATIVE_PROGRAM", &["cooperative"], Field("program")),
            PROVINCE,
            REGENCY_CITY,
            SOURCE,
        ],
        measures: &[
            ("attendeeCount", Kind::Int, None),
            ("femaleMemberCount", Kind::Int, None),
            ("maleMemberCount", Kind::Int, None),
            ("assets", Kind::Rupiah, None),
            ("equity", Kind::Rupiah, None),
            ("liabilities", Kind::Rupiah, None),
            ("turnover", Kind::Rupiah, None),
            ("surplus", Kind::Rupiah, None),
            ("healthIndex", Kind::Decimal(3), None),
        ],
    },
    Figured {
        noun: "BusinessUnit",
        field: "businessUnitAggregate",
        dimensions: &[
            ("KIND", &[], Field("kind")),
            ("STATUS", &[], Field("status")),
            ("OWNERSHIP", &[], Field("ownership")),
            ("HAS_POWER", &[], Field("hasPower")),
            ("HAS_INTERNET", &[], Field("hasInternet")),
            PROVINCE,
            REGENCY_CITY,
            ("OPENED_YEAR", &[], Year("openedOn")),
            ("OPENED_QUARTER", &[], Quarter("openedOn")),
            ("OPENED_MONTH", &[], Month("openedOn")),
            SOURCE,
        ],
        measures: &[("buildProgress", Kind::Int, None)],
    },
    Figured {
        noun: "Placement",
        field: "placementAggregate",
        dimensions: &[
            ("STATUS", &[], Field("status")),
            ("PROGRAM", &["batch", "program"], Key::Row),
            ("PROGRAM_KIND", &["batch", "program"], Field("kind")),
            ("SECTOR", &["batch", "program"], Field("sector")),
            ("BATCH", &["batch"], Key::Row),
            ("HOST", &["batch", "program", "host"], Key::Row),
            PROVINCE,
            REGENCY_CITY,
            ("START_YEAR", &["batch"], Year("startsOn")),
            ("START_QUARTER", &["batch"], Quarter("startsOn")),
            ("START_MONTH", &["batch"], Month("startsOn")),
            SOURCE,
        ],
        measures: &[],
    },
    Figured {
        noun: "InternshipBatch",
        field: "internshipBatchAggregate",
        dimensions: &[
            ("STATUS", &[], Field("status")),
            ("PROGRAM", &["program"], Key::Row),
            ("HOST", &["program", "host"], Key::Row),
            ("PLACE_PROVINCE", &["place"], Rung(2)),
            ("START_YEAR", &[], Year("startsOn")),
            ("START_QUARTER", &[], Quarter("startsOn")),
            ("START_MONTH", &[], Month("startsOn")),
            SOURCE,
        ],
        measures: &[
            ("capacity", Kind::Int, None),
            ("participantCount", Kind::Int, None),
            ("durationDays", Kind::Int, None),
        ],
    },
    Figured {
        noun: "InternshipProgram",
        field: "internshipProgramAggregate",
        dimensions: &[
            ("KIND", &[], Field("kind")),
            ("STATUS", &[], Field("status")),
            ("SECTOR", &[], Field("sector")),
            ("FISCAL_YEAR", &[], Field("fiscalYear")),
            ("ORGANISER", &["organiser"], Key::Row),
            ("HOST", &["host"], Key::Row),
            ("HOST_PROVINCE", &["host", "region"], Rung(2)),
            SOURCE,
        ],
        measures: &[
            ("targetParticipants", Kind::Int, None),
            ("targetProvinces", Kind::Int, None),
            ("participantCount", Kind::Int, None),
            ("durationDays", Kind::Int, None),
        ],
    },
    Figured {
        noun: "Officer",
        field: "officerAggregate",
        dimensions: &[
            ("BODY", &[], Field("body")),
            ("ROLE", &[], Field("role")),
            ("STATUS", &[], Field("status")),
            PROVINCE,
            REGENCY_CITY,
            SOURCE,
        ],
        measures: &[("termDays", Kind::Int, None)],
    },
    Figured {
        noun: "Partnership",
        field: "partnershipAggregate",
        dimensions: &[
            ("KIND", &[], Field("kind")),
            ("PATTERN", &[], Field("pattern")),
            ("STATUS", &[], Field("status")),
            ("FIRST_PARTY", &["firstParty"], Key::Row),
            ("FIRST_PARTY_INSTITUTION_KIND", &["firstParty", "institution"], Field("kind")),
            ("FIRST_PARTY_PROVINCE", &["firstParty", "region"], Rung(2)),
            ("SIGNED_YEAR", &[], Year("signedOn")),
            ("SIGNED_QUARTER", &[], Quarter("signedOn")),
            ("SIGNED_MONTH", &[], Month("signedOn")),
            SOURCE,
        ],
        measures: &[
            ("value", Kind::Rupiah, None),
            ("daysToEffect", Kind::Int, None),
            ("termDays", Kind::Int, None),
        ],
    },
    Figured {
        noun: "PartnershipApplication",
        field: "partnershipApplicationAggregate",
        dimensions: &[
            ("STATUS", &[], Field("status")),
            ("PACKAGE", &[], Field("package")),
            ("INSTITUTION", &["institution"], Key::Row),
            ("INSTITUTION_KIND", &["institution"], Field("kind")),
            PROVINCE,
            REGENCY_CITY,
            ("REQUESTED_YEAR", &[], Year("requestedOn")),
            ("REQUESTED_QUARTER", &[], Quarter("requestedOn")),
            ("REQUESTED_MONTH", &[], Month("requestedOn")),
            ("DECIDED_YEAR", &[], Year("decidedOn")),
            ("DECIDED_QUARTER", &[], Quarter("decidedOn")),
            ("DECIDED_MONTH", &[], Month("decidedOn")),
            SOURCE,
        ],
        measures: &[("decisionDays", Kind::Int, None)],
    },
    Figured {
        noun: "CooperativeCommodity",
        field: "cooperativeCommodityAggregate",
        dimensions: &[
            ("COMMODITY", &["commodity"], Field("code")),
            ("COMMODITY_CATEGORY", &["commodity"], Field("category")),
            ("UNIT", &["commodity"], Field("unit")),
            ("YEAR", &[], Field("year")),
            PROVINCE,
            REGENCY_CITY,
            SOURCE,
        ],
        measures: &[
            ("annualVolume", Kind::Decimal(3), Some(&["commodity"])),
            ("areaHectares", Kind::Decimal(3), None),
            ("workerCount", Kind::Int, None),
            ("annualValue", Kind::Rupiah, None),
        ],
    },
    Figured {
        noun: "Region",
        field: "regionAggregate",
        dimensions: &[
            ("LEVEL", &[], Field("level")),
            ("KIND", &[], Field("kind")),
            ("PROVINCE", &[], Rung(2)),
            ("REGENCY_CITY", &[], Rung(5)),
            ("DISTRICT", &[], Rung(8)),
        ],
        measures: &[],
    },
];
