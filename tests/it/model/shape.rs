//! The nouns as data: fields, where their values are stored, and relations.

use super::Kind::{self, Code, Day, Decimal, Flag, Int, Moment, Prose, Rupiah, Word};

/// A noun's table.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The prefix of the names of its input types.
    pub(crate) input: &'static str,
    /// Root field of its list, where it has one.
    pub(crate) list: Option<&'static str>,
    pub(crate) key: &'static str,
    /// Name, kind and column.
    pub(crate) fields: &'static [(&'static str, Kind, &'static str)],
    /// Relation, noun and column of the key.
    pub(crate) ones: &'static [(&'static str, &'static str, &'static str)],
    /// Relations to many, and the nouns there.
    pub(crate) many: &'static [(&'static str, &'static str)],
}

const REGION: &[(&str, Kind, &str)] = &[
    ("code", Code, "code"),
    ("name", Prose, "name"),
    ("level", Word, "level"),
    ("kind", Word, "kind"),
    ("postalCode", Code, "postal_code"),
];

const COMMODITY: &[(&str, Kind, &str)] = &[
    ("code", Code, "code"),
    ("name", Prose, "name"),
    ("category", Word, "category"),
    ("unit", Word, "unit"),
];

const COOPERATIVE: &[(&str, Kind, &str)] = &[
    ("name", Prose, "name"),
    ("slug", Code, "slug"),
    ("status", Word, "status"),
    ("program", Word, "program"),
    ("type", Word, "cooperative_type"),
    ("form", Word, "form"),
    ("communityBase", Word, "community_base"),
    ("formationModel", Word, "formation_model"),
    ("memberCount", Int, "member_count"),
    ("memberCountOn", Day, "member_count_on"),
    ("principalSaving", Rupiah, "principal_saving"),
    ("mandatorySaving", Rupiah, "mandatory_saving"),
    ("establishedOn", Day, "established_on"),
    ("legalEntityOn", Day, "legal_entity_on"),
    ("registrationNumber", Code, "registration_number"),
    ("createdAt", Moment, "created_at"),
    ("source", Word, "source"),
];

const INSTITUTION: &[(&str, Kind, &str)] = &[
    ("name", Prose, "name"),
    ("slug", Code, "slug"),
    ("kind", Word, "kind"),
    ("ownership", Word, "ownership"),
    ("active", Flag, "active"),
    ("domain", Code, "domain"),
    ("createdAt", Moment, "created_at"),
    ("source", Word, "source"),
];

const LINKAGE: &[(&str, Kind, &str)] = &[
    ("code", Code, "code"),
    ("kind", Word, "kind"),
    ("pattern", Word, "pattern"),
    ("status", Word, "status"),
    ("annualValue", Rupiah, "annual_value"),
    ("annualVolume", Decimal(3), "annual_volume_milli"),
    ("unit", Word, "unit"),
    ("startsOn", Day, "starts_on"),
    ("endsOn", Day, "ends_on"),
    ("exclusive", Flag, "exclusive"),
    ("paymentTermDays", Int, "payment_term_days"),
    ("updatedAt", Moment, "updated_at"),
    ("source", Word, "source"),
];

const MONTH: &[(&str, Kind, &str)] = &[
    ("month", Day, "month"),
    ("value", Rupiah, "value"),
    ("volume", Decimal(3), "volume_milli"),
    ("rejectedPercent", Decimal(2), "rejected_bp"),
    ("deliveryCount", Int, "delivery_count"),
    ("source", Word, "source"),
];

const REPORT: &[(&str, Kind, &str)] = &[
    ("bookYear", Int, "book_year"),
    ("meetingOn", Day, "meeting_on"),
    ("attendeeCount", Int, "attendee_count"),
    ("femaleMemberCount", Int, "female_member_count"),
    ("maleMemberCount", Int, "male_member_count"),
    ("assets", Rupiah, "assets"),
    ("equity", Rupiah, "equity"),
    ("liabilities", Rupiah, "liabilities"),
    ("turnover", Rupiah, "turnover"),
    ("surplus", Rupiah, "surplus"),
    ("healthStatus", Word, "health_status"),
    ("healthIndex", Decimal(3), "health_index_milli"),
    ("source", Word, "source"),
];

const UNIT: &[(&str, Kind, &str)] = &[
    ("kind", Word, "kind"),
    ("status", Word, "status"),
    ("ownership", Word, "ownership"),
    ("hasPower", Flag, "has_power"),
    ("hasInternet", Flag, "has_internet"),
    ("openedOn", Day, "opened_on"),
    ("buildProgress", Int, "build_progress"),
    ("source", Word, "source"),
];

const PROGRAM: &[(&str, Kind, &str)] = &[
    ("code", Code, "code"),
    ("name", Prose, "name"),
    ("kind", Word, "kind"),
    ("status", Word, "status"),
    ("sector", Word, "sector"),
    ("fiscalYear", Int, "fiscal_year"),
    ("startsOn", Day, "starts_on"),
    ("endsOn", Day, "ends_on"),
    ("targetParticipants", Int, "target_participants"),
    ("targetProvinces", Int, "target_provinces"),
    ("participantCount", Int, "participant_count"),
    ("source", Word, "source"),
];

const BATCH: &[(&str, Kind, &str)] = &[
    ("number", Int, "number"),
    ("startsOn", Day, "starts_on"),
    ("openedOn", Day, "opened_on"),
    ("endsOn", Day, "ends_on"),
    ("capacity", Int, "capacity"),
    ("participantCount", Int, "participant_count"),
    ("status", Word, "status"),
    ("source", Word, "source"),
];

const OFFICER: &[(&str, Kind, &str)] = &[
    ("body", Word, "body"),
    ("role", Word, "role"),
    ("exOfficio", Flag, "ex_officio"),
    ("startsOn", Day, "starts_on"),
    ("endsOn", Day, "ends_on"),
    ("status", Word, "status"),
    ("source", Word, "source"),
];

const PARTNERSHIP: &[(&str, Kind, &str)] = &[
    ("title", Prose, "title"),
    ("kind", Word, "kind"),
    ("pattern", Word, "pattern"),
    ("status", Word, "status"),
    ("signedOn", Day, "signed_on"),
    ("effectiveFrom", Day, "effective_from"),
    ("effectiveTo", Day, "effective_to"),
    ("value", Rupiah, "value"),
    ("language", Word, "language"),
    ("source", Word, "source"),
];

const APPLICATION: &[(&str, Kind, &str)] = &[
    ("status", Word, "status"),
    ("package", Word, "package"),
    ("requestedOn", Day, "requested_on"),
    ("decidedOn", Day, "decided_on"),
    ("source", Word, "source"),
];

const VOLUME: &[(&str, Kind, &str)] = &[
    ("year", Int, "year"),
    ("annualVolume", Decimal(3), "annual_volume_milli"),
    ("areaHectares", Decimal(3), "area_hectares_milli"),
    ("workerCount", Int, "worker_count"),
    ("annualValue", Rupiah, "annual_value"),
    ("source", Word, "source"),
];

const fn shape(
    (name, input): (&'static str, &'static str),
    list: Option<&'static str>,
    fields: &'static [(&'static str, Kind, &'static str)],
    ones: &'static [(&'static str, &'static str, &'static str)],
    many: &'static [(&'static str, &'static str)],
) -> Shape {
    Shape { name, input, list, key: "id", fields, ones, many }
}

/// All nouns of the model.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        key: "code",
        ..shape(
            ("Region", "Region"),
            Some("regions"),
            REGION,
            &[("parent", "Region", "parent_code")],
            &[
                ("children", "Region"),
                ("cooperatives", "Cooperative"),
                ("institutions", "PartnerInstitution"),
            ],
        )
    },
    Shape {
        key: "code",
        ..shape(
            ("Commodity", "Commodity"),
            Some("commodities"),
            COMMODITY,
            &[],
            &[("linkages", "BusinessLinkage"), ("volumes", "CooperativeCommodity")],
        )
    },
    shape(
        ("Cooperative", "Cooperative"),
        Some("cooperatives"),
        COOPERATIVE,
        &[("region", "Region", "region_code"), ("successor", "Cooperative", "successor_id")],
        &[
            ("linkages", "BusinessLinkage"),
            ("annualReports", "AnnualReport"),
            ("placements", "Placement"),
            ("businessUnits", "BusinessUnit"),
            ("officers", "Officer"),
            ("applications", "PartnershipApplication"),
            ("hostedPrograms", "InternshipProgram"),
            ("commodities", "CooperativeCommodity"),
        ],
    ),
    shape(
        ("PartnerInstitution", "Institution"),
        Some("institutions"),
        INSTITUTION,
        &[("region", "Region", "region_code"), ("parent", "PartnerInstitution", "parent_id")],
        &[
            ("linkages", "BusinessLinkage"),
            ("children", "PartnerInstitution"),
            ("applications", "PartnershipApplication"),
            ("organisedPrograms", "InternshipProgram"),
            ("hostedPrograms", "InternshipProgram"),
        ],
    ),
    shape(
        ("Party", "Party"),
        None,
        &[("name", Prose, "name_fold")],
        &[
            ("region", "Region", "region_code"),
            ("cooperative", "Cooperative", "id"),
            ("institution", "PartnerInstitution", "id"),
        ],
        &[],
    ),
    shape(
        ("BusinessLinkage", "Linkage"),
        Some("linkages"),
        LINKAGE,
        &[
            ("supplier", "Party", "supplier_id"),
            ("buyer", "Party", "buyer_id"),
            ("commodity", "Commodity", "commodity_code"),
            ("partnership", "Partnership", "partnership_id"),
        ],
        &[("months", "LinkageMonth")],
    ),
    shape(
        ("LinkageMonth", "LinkageMonth"),
        Some("linkageMonths"),
        MONTH,
        &[("linkage", "BusinessLinkage", "linkage_id")],
        &[],
    ),
    shape(
        ("Placement", "Placement"),
        Some("placements"),
        &[("status", Word, "status"), ("source", Word, "source")],
        &[("cooperative", "Cooperative", "cooperative_id"), ("batch", "InternshipBatch", "batch_id")],
        &[],
    ),
    shape(
        ("AnnualReport", "AnnualReport"),
        Some("annualReports"),
        REPORT,
        &[("cooperative", "Cooperative", "cooperative_id")],
        &[],
    ),
    shape(
        ("BusinessUnit", "BusinessUnit"),
        Some("businessUnits"),
        UNIT,
        &[("cooperative", "Cooperative", "cooperative_id")],
        &[],
    ),
    shape(
        ("InternshipProgram", "Program"),
        Some("internshipPrograms"),
        PROGRAM,
        &[("organiser", "PartnerInstitution", "organiser_id"), ("host", "Party", "host_id")],
        &[("batches", "InternshipBatch")],
    ),
    shape(
        ("InternshipBatch", "Batch"),
        Some("internshipBatches"),
        BATCH,
        &[
            ("program", "InternshipProgram", "program_id"),
            ("host", "Party", "host_id"),
            ("place", "Region", "place_code"),
        ],
        &[("placements", "Placement")],
    ),
    shape(("Officer", "Officer"), None, OFFICER, &[("cooperative", "Cooperative", "cooperative_id")], &[]),
    shape(
        ("Partnership", "Partnership"),
        Some("partnerships"),
        PARTNERSHIP,
        &[("parent", "Partnership", "parent_id"), ("firstParty", "Party", "first_party_id")],
        &[("children", "Partnership"), ("linkages", "BusinessLinkage")],
    ),
    shape(
        ("PartnershipApplication", "Application"),
        Some("partnershipApplications"),
        APPLICATION,
        &[
            ("cooperative", "Cooperative", "cooperative_id"),
            ("institution", "PartnerInstitution", "institution_id"),
            ("linkage", "BusinessLinkage", "linkage_id"),
        ],
        &[],
    ),
    shape(
        ("CooperativeCommodity", "CooperativeCommodity"),
        Some("cooperativeCommodities"),
        VOLUME,
        &[("cooperative", "Cooperative", "cooperative_id"), ("commodity", "Commodity", "commodity_code")],
        &[],
    ),
];
