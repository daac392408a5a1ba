//! Changes of partnerships, linkages, their months, and applications.

use simpul::{
    graph::load::Noun,
    registry::{
        application::PartnershipApplication, commodity::Commodity, cooperative::Cooperative,
        linkage::BusinessLinkage, linkage_month::LinkageMonth, partnership::Partnership,
    },
};

use super::{Case, case};

pub(super) const PARTNERSHIPS: &[Case] = &[
    case("SIGNATURE_INCOMPLETE", Partnership::table, IN_FORCE, "UPDATE partnership SET signed_on = NULL WHERE id = {it}"),
    case(
        "CONTENTS_INCOMPLETE",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership SET kind = 'SUPPLY_CONTRACT', contents = 63 WHERE id = {it}",
    ),
    case(
        "SIGNATURE_UNEXPECTED",
        Partnership::table,
        "SELECT id FROM partnership WHERE status = 'DRAFT' ORDER BY id LIMIT 1",
        "UPDATE partnership SET signed_on = '2026-01-01' WHERE id = {it}",
    ),
    case(
        "TERM_INVALID",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership SET effective_from = '2026-02-01', effective_to = '2026-01-31' WHERE id = {it}",
    ),
    case(
        "PARTNERSHIP_NUMBER_TAKEN",
        Partnership::table,
        "SELECT id FROM partnership ORDER BY id LIMIT 1",
        "UPDATE partnership SET (first_party_id, number) =
            (SELECT first_party_id, number FROM partnership ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    )
    .finds("SELECT id FROM partnership WHERE id IN ({it}, (SELECT id FROM partnership ORDER BY id DESC LIMIT 1))"),
    case(
        "FIRST_PARTY_MISMATCH",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership_party SET role = 'SECOND' WHERE partnership_id = {it} AND role = 'FIRST'",
    ),
    case(
        "PARTY_POSITIONS_INVALID",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership_party SET position = position + 1 WHERE partnership_id = {it}",
    ),
    case(
        "PARENT_NOT_MEMORANDUM",
        Partnership::table,
        "SELECT parent_id FROM partnership WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE partnership SET kind = 'JOINT_DECREE' WHERE id = {it}",
    )
    .finds("SELECT id FROM partnership WHERE parent_id = {it}"),
    case(
        "PARENT_UNRELATED",
        Partnership::table,
        "SELECT parent_id FROM partnership WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1",
        "DELETE FROM partnership_party WHERE partnership_id = {it}",
    )
    .finds("SELECT id FROM partnership WHERE parent_id = {it}"),
    case(
        "PARTNERSHIP_VALUE_TOO_LARGE",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership SET value = 1000000000000001 WHERE id = {it}",
    ),
    case(
        "PARTNERSHIP_NOT_INDEXED",
        Partnership::table,
        IN_FORCE,
        "UPDATE partnership SET title_fold = 'other' WHERE id = {it}",
    ),
    case(
        "PARTNERSHIP_NOT_INDEXED",
        Partnership::table,
        IN_FORCE,
        "UPDATE search_partnership_entry SET community_base = 'KUD' WHERE id = {it}",
    ),
];

const IN_FORCE: &str = "SELECT id FROM partnership WHERE status = 'ACTIVE' ORDER BY id LIMIT 1";

pub(super) const LINKAGES: &[Case] = &[
    case(
        "LINKAGE_WITH_ITSELF",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET buyer_id = supplier_id WHERE id = {it}",
    ),
    case(
        "LINKAGE_WITHOUT_COOPERATIVE",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET supplier_id = (SELECT id FROM institution ORDER BY id LIMIT 1),
            buyer_id = (SELECT id FROM institution ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    ),
    case(
        "LINKAGE_WITHOUT_AGREEMENT",
        Partnership::table,
        "SELECT partnership_id FROM linkage WHERE status = 'ACTIVE' AND pattern <> 'GENERAL_TRADE' ORDER BY id LIMIT 1",
        "UPDATE partnership SET status = 'TERMINATED' WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM linkage WHERE partnership_id = {it} AND status = 'ACTIVE' AND pattern <> 'GENERAL_TRADE'",
    ),
    case(
        "LINKAGE_PARTIES_MISMATCH",
        Partnership::table,
        "SELECT partnership_id FROM linkage WHERE partnership_id IS NOT NULL ORDER BY id LIMIT 1",
        "DELETE FROM partnership_party WHERE partnership_id = {it}",
    )
    .finds("SELECT id FROM linkage WHERE partnership_id = {it}"),
    case(
        "LINKAGE_BEFORE_AGREEMENT",
        Partnership::table,
        "SELECT partnership_id FROM linkage WHERE partnership_id IS NOT NULL AND starts_on IS NOT NULL
         ORDER BY id LIMIT 1",
        "UPDATE partnership SET effective_from = '2999-01-01' WHERE id = {it}",
    )
    .finds("SELECT id FROM linkage WHERE partnership_id = {it} AND starts_on IS NOT NULL"),
    case(
        "LINKAGES_OVERLAP",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET (supplier_id, buyer_id, commodity_code, starts_on, ends_on) =
            (SELECT supplier_id, buyer_id, commodity_code, starts_on, ends_on FROM linkage
             WHERE status = 'ACTIVE' ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM linkage
         WHERE id IN ({it}, (SELECT id FROM linkage WHERE status = 'ACTIVE' ORDER BY id DESC LIMIT 1))",
    ),
    case(
        "EXCLUSIVITY_BROKEN",
        BusinessLinkage::table,
        "SELECT b.id FROM linkage b WHERE b.status = 'ACTIVE' AND NOT b.exclusive AND b.buyer_id <> (SELECT a.buyer_id
            FROM linkage a WHERE a.exclusive AND a.status = 'ACTIVE' ORDER BY a.id LIMIT 1) ORDER BY b.id LIMIT 1",
        "UPDATE linkage SET (supplier_id, commodity_code, starts_on, ends_on) =
            (SELECT supplier_id, commodity_code, starts_on, ends_on FROM linkage
             WHERE exclusive AND status = 'ACTIVE' ORDER BY id LIMIT 1) WHERE id = {it}",
    )
    .finds("SELECT id FROM linkage WHERE exclusive AND status = 'ACTIVE' ORDER BY id LIMIT 1"),
    case(
        "EXCLUSIVITY_WITHOUT_COMMODITY",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET exclusive = TRUE, commodity_code = NULL WHERE id = {it}",
    ),
    case(
        "LINKAGE_DATES_INVALID",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET starts_on = '2026-01-01', ends_on = '2026-01-01' WHERE id = {it}",
    ),
    case(
        "LINKAGE_STATUS_MISMATCH",
        BusinessLinkage::table,
        "SELECT id FROM linkage WHERE source = 'SYNTHETIC' AND status = 'PROPOSED' ORDER BY id LIMIT 1",
        "UPDATE linkage SET starts_on = '2026-01-01' WHERE id = {it}",
    ),
    case(
        "PAYMENT_TERM_INVALID",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET payment_term_days = 181 WHERE id = {it}",
    ),
    case(
        "UNIT_MISSING",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET annual_volume_milli = 1, unit = NULL WHERE id = {it}",
    ),
    case(
        "UNIT_MISMATCH",
        Commodity::table,
        "SELECT commodity_code FROM linkage WHERE source = 'SYNTHETIC' AND unit IS NOT NULL
         AND commodity_code IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE commodity SET unit = 'OTHER' WHERE code = {it}",
    )
    .finds("SELECT id FROM linkage WHERE commodity_code = {it} AND source = 'SYNTHETIC' AND unit <> 'OTHER'"),
    case(
        "COOPERATIVE_NOT_OPERATING",
        Cooperative::table,
        "SELECT l.supplier_id FROM linkage l JOIN cooperative c ON c.id = l.supplier_id
         WHERE l.source = 'SYNTHETIC' AND l.status = 'ACTIVE' ORDER BY l.id LIMIT 1",
        "UPDATE cooperative SET status = 'INACTIVE' WHERE id = {it}",
    )
    .finds(ITS_LINKAGES),
    case(
        "COOPERATIVE_NOT_OPERATING",
        Cooperative::table,
        "SELECT l.buyer_id FROM linkage l JOIN cooperative c ON c.id = l.buyer_id
         WHERE l.source = 'SYNTHETIC' AND l.status = 'ACTIVE' ORDER BY l.id LIMIT 1",
        "UPDATE cooperative SET status = 'INACTIVE' WHERE id = {it}",
    )
    .finds(ITS_LINKAGES),
    case(
        "LINKAGE_VALUE_TOO_LARGE",
        BusinessLinkage::table,
        ACTIVE,
        "UPDATE linkage SET annual_value = 1000000000000001 WHERE id = {it}",
    ),
    case(
        "MONTH_REPEATED",
        LinkageMonth::table,
        "SELECT id FROM linkage_month ORDER BY id LIMIT 1",
        "UPDATE linkage_month SET (linkage_id, month) =
            (SELECT linkage_id, month FROM linkage_month ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    )
    .finds("SELECT id FROM linkage_month WHERE id IN ({it}, (SELECT id FROM linkage_month ORDER BY id DESC LIMIT 1))"),
    case(
        "MONTH_INVALID",
        LinkageMonth::table,
        "SELECT id FROM linkage_month ORDER BY id LIMIT 1",
        "UPDATE linkage_month SET month = '2026-01-02' WHERE id = {it}",
    ),
    case(
        "MONTH_OUTSIDE_LINKAGE",
        BusinessLinkage::table,
        "SELECT linkage_id FROM linkage_month ORDER BY id LIMIT 1",
        "UPDATE linkage SET starts_on = '2999-01-01' WHERE id = {it}",
    )
    .finds("SELECT id FROM linkage_month WHERE linkage_id = {it}"),
    case(
        "APPLICATION_LINKAGE_MISMATCH",
        BusinessLinkage::table,
        "SELECT linkage_id FROM partnership_application WHERE linkage_id IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE linkage SET buyer_id = supplier_id WHERE id = {it}",
    )
    .finds("SELECT id FROM partnership_application WHERE linkage_id = {it}"),
    case(
        "DECISION_DATE_INVALID",
        PartnershipApplication::table,
        "SELECT id FROM partnership_application WHERE source = 'SYNTHETIC' AND status = 'VERIFIED' ORDER BY id LIMIT 1",
        "UPDATE partnership_application SET decided_on = NULL WHERE id = {it}",
    ),
];

const ACTIVE: &str = "SELECT id FROM linkage WHERE status = 'ACTIVE' ORDER BY id LIMIT 1";
const ITS_LINKAGES: &str = "SELECT id FROM linkage
    WHERE source = 'SYNTHETIC' AND status = 'ACTIVE' AND (supplier_id = {it} OR buyer_id = {it})";
