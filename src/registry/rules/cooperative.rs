//! Rules of cooperatives: identity, region, status and required officers.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{business_unit::BusinessUnit, cooperative::Cooperative, officer::Officer, region::Region},
};

const OF_REGION: Way =
    Way { from: Region::table, keys: "SELECT c.id FROM cooperative c WHERE TRUE {AND c.region_code}" };
const OF_OFFICER: Way =
    Way { from: Officer::table, keys: "SELECT o.cooperative_id FROM officer o WHERE TRUE {AND o.id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "COOPERATIVE_PARTY_MISSING",
        noun: Cooperative::table,
        en: "a party of the kind COOPERATIVE is a cooperative, and no other party is",
        id: "pihak berjenis COOPERATIVE adalah koperasi, dan pihak lain bukan koperasi",
        offenders: "SELECT p.id FROM party p LEFT JOIN cooperative c ON c.id = p.id
            WHERE (c.id IS NOT NULL) <> (p.kind = 'COOPERATIVE') {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_PARTY_DIFFERS",
        noun: Cooperative::table,
        en: "a cooperative has the same name and region as its party",
        id: "nama dan wilayah koperasi sama dengan nama dan wilayah pihaknya",
        offenders: "SELECT c.id FROM cooperative c JOIN party p ON p.id = c.id
            WHERE (p.name_fold <> c.name_fold OR p.region_code IS NULL OR p.region_code <> c.region_code) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_SHORT_NAME_INCOMPLETE",
        noun: Cooperative::table,
        en: "a cooperative has a short name and its folded form, or neither",
        id: "koperasi memiliki nama singkat beserta bentuk bakunya untuk pencarian, atau tidak keduanya",
        offenders: "SELECT c.id FROM cooperative c
            WHERE (c.short_name IS NULL) <> (c.short_name_fold IS NULL) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_SLUG_TAKEN",
        noun: Cooperative::table,
        en: "no two cooperatives have the same slug",
        id: "tidak ada dua koperasi dengan slug yang sama",
        offenders: "SELECT c.id FROM cooperative c WHERE EXISTS (SELECT 1 FROM cooperative o
            WHERE o.slug = c.slug AND o.id <> c.id LIMIT 1) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "REGISTRATION_NUMBER_TAKEN",
        noun: Cooperative::table,
        en: "no two cooperatives have the same registration number",
        id: "tidak ada dua koperasi dengan nomor induk koperasi yang sama",
        offenders: "SELECT c.id FROM cooperative c WHERE EXISTS (SELECT 1 FROM cooperative o
            WHERE o.registration_number = c.registration_number AND o.id <> c.id LIMIT 1) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "REGISTRATION_NUMBER_INVALID",
        noun: Cooperative::table,
        en: "a registration number has 10 to 16 digits",
        id: "nomor induk koperasi terdiri atas 10 sampai 16 angka",
        offenders: "SELECT c.id FROM cooperative c WHERE (length(c.registration_number) NOT BETWEEN 10 AND 16
            OR trim(c.registration_number, '0123456789') <> '') {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "LEGAL_ENTITY_NUMBER_TAKEN",
        noun: Cooperative::table,
        en: "no two cooperatives have the same legal entity number",
        id: "tidak ada dua koperasi dengan nomor badan hukum yang sama",
        offenders: "SELECT c.id FROM cooperative c WHERE EXISTS (SELECT 1 FROM cooperative o
            WHERE o.legal_entity_number = c.legal_entity_number AND o.id <> c.id LIMIT 1) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "LEGAL_ENTITY_NUMBER_INVALID",
        noun: Cooperative::table,
        en: "a legal entity number has one of the two published forms",
        id: "nomor badan hukum mengikuti salah satu dari dua bentuk yang diumumkan",
        offenders: "SELECT c.id FROM cooperative c WHERE NOT (
               (c.legal_entity_number LIKE 'AHU-_______.AH.01.2_.TAHUN ____'
                AND substr(c.legal_entity_number, 19, 2) IN ('26', '28', '29')
                AND trim(substr(c.legal_entity_number, 5, 7) || substr(c.legal_entity_number, 28, 4), '0123456789') = '')
            OR c.legal_entity_number LIKE '_%/BH/_%/____') {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "LEGAL_ENTITY_INCOMPLETE",
        noun: Cooperative::table,
        en: "a synthetic cooperative that is a legal entity has the number and the date of that",
        id: "koperasi sintetis yang berbadan hukum memiliki nomor dan tanggal badan hukum",
        offenders: "SELECT c.id FROM cooperative c WHERE c.source = 'SYNTHETIC'
            AND c.status NOT IN ('PLANNED', 'DELIBERATED', 'IN_NOTARY')
            AND (c.legal_entity_number IS NULL OR c.legal_entity_on IS NULL) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "LEGAL_ENTITY_PREMATURE",
        noun: Cooperative::table,
        en: "a synthetic cooperative that is not yet a legal entity has no number and no date of one",
        id: "koperasi sintetis yang belum berbadan hukum tidak memiliki nomor maupun tanggal badan hukum",
        offenders: "SELECT c.id FROM cooperative c WHERE c.source = 'SYNTHETIC'
            AND c.status IN ('PLANNED', 'DELIBERATED', 'IN_NOTARY')
            AND (c.legal_entity_number IS NOT NULL OR c.legal_entity_on IS NOT NULL
                OR c.registration_number IS NOT NULL) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_DATES_INVALID",
        noun: Cooperative::table,
        en: "a cooperative was established, and then became a legal entity, at the latest today",
        id: "koperasi didirikan lalu berbadan hukum paling lambat hari ini",
        offenders: "SELECT c.id FROM cooperative c WHERE (c.established_on > CURRENT_DATE
            OR c.legal_entity_on > CURRENT_DATE OR c.legal_entity_on < c.established_on) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "SAVINGS_NEGATIVE",
        noun: Cooperative::table,
        en: "principal and mandatory savings are not negative",
        id: "simpanan pokok dan simpanan wajib tidak negatif",
        offenders: "SELECT c.id FROM cooperative c WHERE (c.principal_saving < 0 OR c.mandatory_saving < 0) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "MEMBER_COUNT_INVALID",
        noun: Cooperative::table,
        en: "a number of members is not negative, and its date comes with it, which a synthetic cooperative always has",
        id: "jumlah anggota tidak negatif, dan tanggalnya menyertainya; koperasi sintetis selalu memiliki tanggal itu",
        offenders: "SELECT c.id FROM cooperative c WHERE (c.member_count < 0
            OR (c.member_count IS NULL AND c.member_count_on IS NOT NULL)
            OR (c.source = 'SYNTHETIC' AND c.member_count IS NOT NULL AND c.member_count_on IS NULL)) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "SUCCESSOR_INVALID",
        noun: Cooperative::table,
        en: "only a merged cooperative has a successor; of a synthetic one it is neither merged nor dissolved",
        id: "hanya koperasi yang digabung memiliki penerus; penerus koperasi sintetis tidak digabung atau dibubarkan",
        offenders: "SELECT c.id FROM cooperative c LEFT JOIN cooperative s ON s.id = c.successor_id
            WHERE ((c.status <> 'MERGED' AND c.successor_id IS NOT NULL)
                OR (c.source = 'SYNTHETIC' AND c.status = 'MERGED'
                    AND (s.id IS NULL OR s.status IN ('MERGED', 'DISSOLVED')))) {AND c.id}",
        ways: &[Way {
            from: Cooperative::table,
            keys: "SELECT c.id FROM cooperative c WHERE TRUE {AND c.successor_id}",
        }],
    },
    Rule {
        code: "VILLAGE_TAKEN",
        noun: Cooperative::table,
        en: "a village has at most one Merah Putih cooperative",
        id: "satu desa atau kelurahan memiliki paling banyak satu Koperasi Merah Putih",
        offenders: "SELECT c.id FROM cooperative c WHERE c.program <> 'GENERAL'
            AND EXISTS (SELECT 1 FROM cooperative o
                WHERE o.region_code = c.region_code AND o.program <> 'GENERAL' AND o.id <> c.id LIMIT 1) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "VILLAGE_MISMATCH",
        noun: Cooperative::table,
        en: "a Merah Putih cooperative is in a village, and its program is that of the village's kind",
        id: "Koperasi Merah Putih berada di desa atau kelurahan, dan programnya sesuai dengan jenis wilayah itu",
        offenders: "SELECT c.id FROM cooperative c JOIN region r ON r.code = c.region_code
            WHERE c.program <> 'GENERAL' AND (r.level <> 'VILLAGE'
                OR (c.program = 'URBAN_VILLAGE_MERAH_PUTIH') <> (r.kind = 'KELURAHAN')) {AND c.id}",
        ways: &[OF_REGION],
    },
    Rule {
        code: "COOPERATIVE_NAME_MISMATCH",
        noun: Cooperative::table,
        en: "a Merah Putih cooperative is named after its village by the program's rule",
        id: "nama Koperasi Merah Putih mengikuti nama desa atau kelurahannya menurut aturan program",
        offenders: "SELECT c.id FROM cooperative c JOIN region r ON r.code = c.region_code
            WHERE c.program <> 'GENERAL' AND c.name <> CASE c.program
                WHEN 'URBAN_VILLAGE_MERAH_PUTIH' THEN 'Koperasi Kelurahan Merah Putih ' || r.name
                ELSE 'Koperasi Desa Merah Putih ' || r.name END {AND c.id}",
        ways: &[OF_REGION],
    },
    Rule {
        code: "FORMATION_MODEL_UNEXPECTED",
        noun: Cooperative::table,
        en: "only a Merah Putih cooperative has a formation model",
        id: "hanya Koperasi Merah Putih yang memiliki model pembentukan",
        offenders: "SELECT c.id FROM cooperative c
            WHERE c.program = 'GENERAL' AND c.formation_model IS NOT NULL {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_POINT_INVALID",
        noun: Cooperative::table,
        en: "a cooperative's point is in Indonesia, is complete, and says how exact it is",
        id: "titik koordinat koperasi berada di Indonesia, lengkap, dan menyatakan ketelitiannya",
        offenders: "SELECT c.id FROM cooperative c WHERE (c.latitude_e3 NOT BETWEEN -11500 AND 6500
            OR c.longitude_e3 NOT BETWEEN 94500 AND 141500
            OR (c.latitude_e3 IS NULL) <> (c.longitude_e3 IS NULL)
            OR (c.latitude_e3 IS NULL) <> (c.location_approximate IS NULL)
            OR (c.latitude_e3 IS NULL) <> (c.location_precision IS NULL)
            OR c.location_approximate = (c.location_precision = 'OFFICE')) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_POSITION_MISSING",
        noun: Cooperative::table,
        en: "a cooperative with a point has its position on the unit sphere",
        id: "koperasi yang memiliki titik koordinat memiliki posisinya pada bola satuan",
        offenders: "SELECT c.id FROM cooperative c WHERE ((c.latitude_e3 IS NULL) <> (c.sphere_x_e9 IS NULL)
            OR (c.sphere_x_e9 IS NULL) <> (c.sphere_y_e9 IS NULL)
            OR (c.sphere_x_e9 IS NULL) <> (c.sphere_z_e9 IS NULL)) {AND c.id}",
        ways: &[],
    },
    Rule {
        code: "COOPERATIVE_NOT_INDEXED",
        noun: Cooperative::table,
        en: "the search index holds each cooperative once, by its present names",
        id: "indeks pencarian memuat setiap koperasi satu kali dengan namanya saat ini",
        offenders: "SELECT s.id FROM search_source s WHERE s.noun = 'cooperative' {AND s.id}
                AND NOT EXISTS (SELECT 1 FROM search_entry e
                    WHERE e.id = s.id AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.id FROM search_entry e WHERE e.noun NOT IN ('institution', 'internship_program', 'commodity')
                AND NOT EXISTS (SELECT 1 FROM cooperative t WHERE t.id = e.id) {AND e.id}
            UNION SELECT e.id FROM search_entry e WHERE e.noun = 'cooperative' {AND e.id}
                GROUP BY e.id HAVING count(*) > 1",
        ways: &[],
    },
    Rule {
        code: "PRIMARY_CLASS_INVALID",
        noun: Cooperative::table,
        en: "a cooperative has at most one primary business class; a synthetic one with any class has one",
        id: "koperasi memiliki paling banyak satu KBLI utama; koperasi sintetis yang memiliki KBLI memiliki satu",
        offenders: "SELECT c.id FROM cooperative c JOIN cooperative_business_class b ON b.cooperative_id = c.id
            WHERE TRUE {AND c.id} GROUP BY c.id, c.source
            HAVING sum(CASE WHEN b.is_primary THEN 1 ELSE 0 END) > 1
                OR (c.source = 'SYNTHETIC' AND sum(CASE WHEN b.is_primary THEN 1 ELSE 0 END) = 0)",
        ways: &[],
    },
    Rule {
        code: "BUSINESS_UNIT_MISSING",
        noun: Cooperative::table,
        en: "a synthetic cooperative that operates has an open business unit",
        id: "koperasi sintetis yang beroperasi memiliki gerai yang buka",
        offenders: "SELECT c.id FROM cooperative c WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING'
            AND NOT EXISTS (SELECT 1 FROM business_unit u WHERE u.cooperative_id = c.id AND u.status = 'OPEN')
            {AND c.id}",
        ways: &[Way {
            from: BusinessUnit::table,
            keys: "SELECT u.cooperative_id FROM business_unit u WHERE TRUE {AND u.id}",
        }],
    },
    Rule {
        code: "CHAIR_MISSING",
        noun: Cooperative::table,
        en: "a synthetic cooperative that operates has exactly one active chair",
        id: "koperasi sintetis yang beroperasi memiliki tepat satu ketua aktif",
        offenders: "SELECT c.id FROM cooperative c WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING'
            AND (SELECT count(*) FROM officer o
                WHERE o.cooperative_id = c.id AND o.role = 'CHAIR' AND o.status = 'ACTIVE') <> 1 {AND c.id}",
        ways: &[OF_OFFICER],
    },
    Rule {
        code: "BOARD_SIZE_INVALID",
        noun: Cooperative::table,
        en: "the active board of a Merah Putih cooperative has an odd number of members, at least five",
        id: "pengurus aktif Koperasi Merah Putih berjumlah ganjil dan paling sedikit lima orang",
        offenders: "SELECT c.id FROM cooperative c JOIN officer o ON o.cooperative_id = c.id
            WHERE c.program <> 'GENERAL' AND o.body = 'BOARD' AND o.status = 'ACTIVE' {AND c.id}
            GROUP BY c.id HAVING count(*) < 5 OR count(*) % 2 = 0",
        ways: &[OF_OFFICER],
    },
    Rule {
        code: "SUPERVISORS_MISSING",
        noun: Cooperative::table,
        en: "a synthetic Merah Putih cooperative that operates has a board and at least three supervisors",
        id: "Koperasi Merah Putih sintetis yang beroperasi memiliki pengurus dan paling sedikit tiga pengawas",
        offenders: "SELECT c.id FROM cooperative c
            WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING' AND c.program <> 'GENERAL'
            AND (NOT EXISTS (SELECT 1 FROM officer o
                    WHERE o.cooperative_id = c.id AND o.body = 'BOARD' AND o.status = 'ACTIVE')
                OR (SELECT count(*) FROM officer o
                    WHERE o.cooperative_id = c.id AND o.body = 'SUPERVISORY' AND o.status = 'ACTIVE') < 3) {AND c.id}",
        ways: &[OF_OFFICER],
    },
];
