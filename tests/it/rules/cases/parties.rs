//! Changes of regions, cooperatives, what they have and report, and institutions.

use simpul::{
    graph::load::Noun,
    registry::{
        annual_report::AnnualReport,
        business_unit::BusinessUnit,
        commodity::{Commodity, CooperativeCommodity},
        cooperative::Cooperative,
        institution::PartnerInstitution,
        officer::Officer,
        region::Region,
    },
};

use super::{Case, case};

pub(super) const REGIONS: &[Case] = &[
    case(
        "REGION_MISPLACED",
        Region::table,
        "SELECT code FROM region WHERE level = 'DISTRICT' ORDER BY code LIMIT 1",
        "UPDATE region SET level = 'VILLAGE' WHERE code = {it}",
    )
    .finds("SELECT code FROM region WHERE code = {it} OR parent_code = {it}"),
    case(
        "REGION_POSITION_MISSING",
        Region::table,
        "SELECT code FROM region WHERE latitude_e5 IS NOT NULL ORDER BY code LIMIT 1",
        "UPDATE region SET sphere_z_e9 = NULL WHERE code = {it}",
    ),
    case(
        "REGION_NOT_INDEXED",
        Region::table,
        "SELECT code FROM region WHERE level = 'VILLAGE' ORDER BY code LIMIT 1",
        "DELETE FROM search_region_entry WHERE code = {it}",
    ),
    case(
        "REGION_NOT_INDEXED",
        Region::table,
        "SELECT code FROM region WHERE level = 'VILLAGE' ORDER BY code LIMIT 1",
        "DELETE FROM region WHERE code = {it}",
    ),
    case(
        "REGION_NOT_INDEXED",
        Region::table,
        "SELECT code FROM region WHERE level = 'VILLAGE' ORDER BY code LIMIT 1",
        "UPDATE search_region_entry SET program = 'VILLAGE_MERAH_PUTIH' WHERE code = {it}",
    ),
];

pub(super) const COOPERATIVES: &[Case] = &[
    case("COOPERATIVE_PARTY_MISSING", Cooperative::table, ANY, "UPDATE party SET kind = 'INSTITUTION' WHERE id = {it}"),
    case("COOPERATIVE_PARTY_DIFFERS", Cooperative::table, ANY, "UPDATE party SET name_fold = 'other' WHERE id = {it}"),
    case(
        "COOPERATIVE_SHORT_NAME_INCOMPLETE",
        Cooperative::table,
        ANY,
        "UPDATE cooperative SET short_name = 'Other', short_name_fold = NULL WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_SLUG_TAKEN",
        Cooperative::table,
        "SELECT id FROM cooperative ORDER BY slug LIMIT 1",
        "UPDATE cooperative SET slug = (SELECT max(slug) FROM cooperative) WHERE id = {it}",
    )
    .finds("SELECT id FROM cooperative WHERE slug = (SELECT max(slug) FROM cooperative)"),
    case(
        "REGISTRATION_NUMBER_TAKEN",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE registration_number IS NOT NULL ORDER BY registration_number LIMIT 1",
        "UPDATE cooperative SET registration_number = (SELECT max(registration_number) FROM cooperative) WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM cooperative
         WHERE registration_number = (SELECT max(registration_number) FROM cooperative)",
    ),
    case(
        "REGISTRATION_NUMBER_INVALID",
        Cooperative::table,
        ANY,
        "UPDATE cooperative SET registration_number = '12345A7890' WHERE id = {it}",
    ),
    case(
        "LEGAL_ENTITY_NUMBER_TAKEN",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE legal_entity_number IS NOT NULL ORDER BY legal_entity_number LIMIT 1",
        "UPDATE cooperative SET legal_entity_number = (SELECT max(legal_entity_number) FROM cooperative) WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM cooperative
         WHERE legal_entity_number = (SELECT max(legal_entity_number) FROM cooperative)",
    ),
    case(
        "LEGAL_ENTITY_NUMBER_INVALID",
        Cooperative::table,
        ANY,
        "UPDATE cooperative SET legal_entity_number = 'AHU-0000001.AH.01.27.TAHUN 2025' WHERE id = {it}",
    ),
    case(
        "LEGAL_ENTITY_INCOMPLETE",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE source = 'SYNTHETIC' AND status = 'LEGAL_ENTITY' ORDER BY id LIMIT 1",
        "UPDATE cooperative SET legal_entity_on = NULL WHERE id = {it}",
    ),
    case(
        "LEGAL_ENTITY_PREMATURE",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE source = 'SYNTHETIC' AND status = 'PLANNED' ORDER BY id LIMIT 1",
        "UPDATE cooperative SET legal_entity_on = '2026-01-01' WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_DATES_INVALID",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE established_on IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE cooperative SET legal_entity_on = '1900-01-01' WHERE id = {it}",
    ),
    case("SAVINGS_NEGATIVE", Cooperative::table, ANY, "UPDATE cooperative SET mandatory_saving = -1 WHERE id = {it}"),
    case(
        "MEMBER_COUNT_INVALID",
        Cooperative::table,
        ANY,
        "UPDATE cooperative SET member_count = NULL, member_count_on = '2026-01-01' WHERE id = {it}",
    ),
    case(
        "SUCCESSOR_INVALID",
        Cooperative::table,
        "SELECT successor_id FROM cooperative WHERE successor_id IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE cooperative SET status = 'DISSOLVED' WHERE id = {it}",
    )
    .finds("SELECT id FROM cooperative WHERE successor_id = {it}"),
    case(
        "VILLAGE_TAKEN",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE program = 'VILLAGE_MERAH_PUTIH' ORDER BY region_code LIMIT 1",
        "UPDATE cooperative SET region_code = (SELECT max(region_code) FROM cooperative WHERE program <> 'GENERAL')
         WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM cooperative WHERE program <> 'GENERAL'
         AND region_code = (SELECT max(region_code) FROM cooperative WHERE program <> 'GENERAL')",
    ),
    case(
        "VILLAGE_MISMATCH",
        Region::table,
        "SELECT region_code FROM cooperative WHERE program = 'VILLAGE_MERAH_PUTIH' ORDER BY region_code LIMIT 1",
        "UPDATE region SET kind = 'KELURAHAN' WHERE code = {it}",
    )
    .finds("SELECT id FROM cooperative WHERE program <> 'GENERAL' AND region_code = {it}"),
    case(
        "COOPERATIVE_NAME_MISMATCH",
        Region::table,
        "SELECT region_code FROM cooperative WHERE program = 'VILLAGE_MERAH_PUTIH' ORDER BY region_code LIMIT 1",
        "UPDATE region SET name = 'Other' WHERE code = {it}",
    )
    .finds("SELECT id FROM cooperative WHERE program <> 'GENERAL' AND region_code = {it}"),
    case(
        "FORMATION_MODEL_UNEXPECTED",
        Cooperative::table,
        "SELECT id FROM cooperative WHERE program = 'GENERAL' ORDER BY id LIMIT 1",
        "UPDATE cooperative SET formation_model = 'NEW' WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_POINT_INVALID",
        Cooperative::table,
        PLACED,
        "UPDATE cooperative SET longitude_e3 = 94000 WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_POINT_INVALID",
        Cooperative::table,
        PLACED,
        "UPDATE cooperative SET location_precision = 'OFFICE' WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_POSITION_MISSING",
        Cooperative::table,
        PLACED,
        "UPDATE cooperative SET sphere_x_e9 = NULL WHERE id = {it}",
    ),
    case(
        "COOPERATIVE_NOT_INDEXED",
        Cooperative::table,
        ANY,
        "UPDATE search_entry SET name = 'other' WHERE id = {it}",
    ),
    case("COOPERATIVE_NOT_INDEXED", Cooperative::table, ANY, "DELETE FROM cooperative WHERE id = {it}"),
    case(
        "COOPERATIVE_NOT_INDEXED",
        Cooperative::table,
        ANY,
        "UPDATE search_entry SET community_base = 'OTHER', program = 'OTHER' WHERE id = {it}",
    ),
    case(
        "PRIMARY_CLASS_INVALID",
        Cooperative::table,
        "SELECT b.cooperative_id FROM cooperative_business_class b JOIN cooperative c ON c.id = b.cooperative_id
         WHERE c.source = 'SYNTHETIC' ORDER BY b.cooperative_id LIMIT 1",
        "UPDATE cooperative_business_class SET is_primary = FALSE WHERE cooperative_id = {it}",
    ),
    case(
        "BUSINESS_UNIT_MISSING",
        BusinessUnit::table,
        "SELECT u.id FROM business_unit u JOIN cooperative c ON c.id = u.cooperative_id
         WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING' AND u.status = 'OPEN' AND (SELECT count(*)
            FROM business_unit x WHERE x.cooperative_id = c.id AND x.status = 'OPEN') = 1 ORDER BY u.id LIMIT 1",
        "UPDATE business_unit SET status = 'CLOSED' WHERE id = {it}",
    )
    .finds("SELECT cooperative_id FROM business_unit WHERE id = {it}"),
    case(
        "CHAIR_MISSING",
        Officer::table,
        "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id WHERE c.source = 'SYNTHETIC'
         AND c.status = 'OPERATING' AND o.status = 'ACTIVE' AND o.role = 'CHAIR' ORDER BY o.id LIMIT 1",
        "UPDATE officer SET status = 'ENDED' WHERE id = {it}",
    )
    .finds(ITS_COOPERATIVE),
    case(
        "BOARD_SIZE_INVALID",
        Officer::table,
        "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id WHERE c.program <> 'GENERAL'
         AND o.status = 'ACTIVE' AND o.body = 'BOARD' ORDER BY o.id LIMIT 1",
        "UPDATE officer SET status = 'ENDED' WHERE id = {it}",
    )
    .finds(ITS_COOPERATIVE),
    case(
        "SUPERVISORS_MISSING",
        Officer::table,
        "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
         WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING' AND c.program <> 'GENERAL'
         AND o.status = 'ACTIVE' AND o.body = 'SUPERVISORY' AND (SELECT count(*) FROM officer x
            WHERE x.cooperative_id = c.id AND x.status = 'ACTIVE' AND x.body = 'SUPERVISORY') = 3
         ORDER BY o.id LIMIT 1",
        "UPDATE officer SET status = 'ENDED' WHERE id = {it}",
    )
    .finds(ITS_COOPERATIVE),
];

const ANY: &str = "SELECT id FROM cooperative WHERE source = 'SYNTHETIC' ORDER BY id LIMIT 1";
const PLACED: &str = "SELECT id FROM cooperative WHERE latitude_e3 IS NOT NULL ORDER BY id LIMIT 1";
const ITS_COOPERATIVE: &str = "SELECT cooperative_id FROM officer WHERE id = {it}";

pub(super) const ACTIVITIES: &[Case] = &[
    case(
        "BUILD_PROGRESS_INVALID",
        BusinessUnit::table,
        "SELECT id FROM business_unit ORDER BY id LIMIT 1",
        "UPDATE business_unit SET build_progress = 101 WHERE id = {it}",
    ),
    case(
        "OPENING_DATE_INVALID",
        BusinessUnit::table,
        "SELECT id FROM business_unit WHERE source = 'SYNTHETIC' AND status = 'OPEN' ORDER BY id LIMIT 1",
        "UPDATE business_unit SET opened_on = NULL WHERE id = {it}",
    ),
    case(
        "COMMODITY_NOT_INDEXED",
        Commodity::table,
        "SELECT code FROM commodity ORDER BY code LIMIT 1",
        "UPDATE commodity SET name_fold = 'other' WHERE code = {it}",
    ),
    case(
        "COMMODITY_NOT_INDEXED",
        Commodity::table,
        "SELECT code FROM commodity ORDER BY code LIMIT 1",
        "UPDATE search_entry SET community_base = 'FISHER' WHERE code = {it}",
    ),
    case(
        "VOLUME_NEGATIVE",
        CooperativeCommodity::table,
        "SELECT id FROM cooperative_commodity ORDER BY id LIMIT 1",
        "UPDATE cooperative_commodity SET worker_count = -1 WHERE id = {it}",
    ),
    case(
        "VOLUME_REPEATED",
        CooperativeCommodity::table,
        "SELECT id FROM cooperative_commodity ORDER BY id LIMIT 1",
        "UPDATE cooperative_commodity SET (cooperative_id, commodity_code, year) =
            (SELECT cooperative_id, commodity_code, year FROM cooperative_commodity ORDER BY id DESC LIMIT 1)
         WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM cooperative_commodity
         WHERE id IN ({it}, (SELECT id FROM cooperative_commodity ORDER BY id DESC LIMIT 1))",
    ),
    case(
        "BALANCE_MISMATCH",
        AnnualReport::table,
        "SELECT id FROM annual_report WHERE assets IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE annual_report SET assets = assets + 1 WHERE id = {it}",
    ),
    case(
        "ATTENDANCE_EXCEEDED",
        Cooperative::table,
        "SELECT cooperative_id FROM annual_report WHERE source = 'SYNTHETIC' AND attendee_count > 0
         ORDER BY cooperative_id LIMIT 1",
        "UPDATE cooperative SET member_count = 0 WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM annual_report WHERE cooperative_id = {it} AND source = 'SYNTHETIC' AND attendee_count > 0",
    ),
    case(
        "REPORT_REPEATED",
        AnnualReport::table,
        "SELECT id FROM annual_report ORDER BY id LIMIT 1",
        "UPDATE annual_report SET (cooperative_id, book_year) =
            (SELECT cooperative_id, book_year FROM annual_report ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    )
    .finds("SELECT id FROM annual_report WHERE id IN ({it}, (SELECT id FROM annual_report ORDER BY id DESC LIMIT 1))"),
    case(
        "BOOK_YEAR_INVALID",
        Cooperative::table,
        "SELECT cooperative_id FROM annual_report ORDER BY cooperative_id LIMIT 1",
        "UPDATE cooperative SET established_on = '2999-01-01' WHERE id = {it}",
    )
    .finds("SELECT id FROM annual_report WHERE cooperative_id = {it}"),
    case(
        "HEALTH_INDEX_INVALID",
        AnnualReport::table,
        "SELECT id FROM annual_report ORDER BY id LIMIT 1",
        "UPDATE annual_report SET health_index_milli = 100001 WHERE id = {it}",
    ),
    case(
        "ASSETS_TOO_LARGE",
        AnnualReport::table,
        "SELECT id FROM annual_report ORDER BY id LIMIT 1",
        "UPDATE annual_report SET assets = 1000000000000001 WHERE id = {it}",
    ),
];

pub(super) const INSTITUTIONS: &[Case] = &[
    case(
        "INSTITUTION_PARTY_MISSING",
        PartnerInstitution::table,
        SOME,
        "UPDATE party SET kind = 'COOPERATIVE' WHERE id = {it}",
    ),
    case(
        "INSTITUTION_PARTY_DIFFERS",
        PartnerInstitution::table,
        SOME,
        "UPDATE party SET name_fold = 'other' WHERE id = {it}",
    ),
    case(
        "INSTITUTION_SHORT_NAME_INCOMPLETE",
        PartnerInstitution::table,
        SOME,
        "UPDATE institution SET short_name = NULL, short_name_fold = 'other' WHERE id = {it}",
    ),
    case(
        "INSTITUTION_SLUG_TAKEN",
        PartnerInstitution::table,
        "SELECT id FROM institution ORDER BY slug LIMIT 1",
        "UPDATE institution SET slug = (SELECT max(slug) FROM institution) WHERE id = {it}",
    )
    .finds("SELECT id FROM institution WHERE slug = (SELECT max(slug) FROM institution)"),
    case(
        "DOMAIN_TAKEN",
        PartnerInstitution::table,
        "SELECT id FROM institution WHERE domain IS NOT NULL ORDER BY domain LIMIT 1",
        "UPDATE institution SET domain = (SELECT max(domain) FROM institution) WHERE id = {it}",
    )
    .finds("SELECT id FROM institution WHERE domain = (SELECT max(domain) FROM institution)"),
    case(
        "INSTITUTION_PARENT_INVALID",
        PartnerInstitution::table,
        "SELECT id FROM institution WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE institution SET parent_id = {it} WHERE id = (SELECT parent_id FROM institution WHERE id = {it})",
    )
    .finds("SELECT id FROM institution WHERE id = {it} OR parent_id = {it}"),
    case(
        "INSTITUTION_NOT_INDEXED",
        PartnerInstitution::table,
        SOME,
        "UPDATE search_entry SET region_code = '99' WHERE id = {it}",
    ),
    case("INSTITUTION_NOT_INDEXED", PartnerInstitution::table, SOME, "DELETE FROM institution WHERE id = {it}"),
    case(
        "INSTITUTION_NOT_INDEXED",
        PartnerInstitution::table,
        SOME,
        "UPDATE search_entry SET program = 'VILLAGE_MERAH_PUTIH' WHERE id = {it}",
    ),
];

const SOME: &str = "SELECT id FROM institution ORDER BY id LIMIT 1";
