//! Rules of annual reports.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{annual_report::AnnualReport, cooperative::Cooperative},
};

const OF_COOPERATIVE: Way = Way {
    from: Cooperative::table,
    keys: "SELECT r.id FROM annual_report r WHERE TRUE {AND r.cooperative_id}",
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "BALANCE_MISMATCH",
        noun: AnnualReport::table,
        en: "assets are the sum of liabilities and equity",
        id: "aset sama dengan jumlah kewajiban dan ekuitas",
        offenders: "SELECT r.id FROM annual_report r WHERE r.assets <> r.liabilities + r.equity {AND r.id}",
        ways: &[],
    },
    Rule {
        code: "ATTENDANCE_EXCEEDED",
        noun: AnnualReport::table,
        en: "no more members attend a meeting than the report counts, nor, if it is synthetic, than the cooperative has",
        id: "peserta rapat tidak melebihi jumlah anggota dalam laporan, dan pada laporan sintetis juga tidak melebihi anggota \
             koperasi",
        offenders: "SELECT r.id FROM annual_report r JOIN cooperative c ON c.id = r.cooperative_id
            WHERE (r.attendee_count > r.female_member_count + r.male_member_count
                OR (r.source = 'SYNTHETIC' AND r.attendee_count > c.member_count)) {AND r.id}",
        ways: &[OF_COOPERATIVE],
    },
    Rule {
        code: "REPORT_REPEATED",
        noun: AnnualReport::table,
        en: "a cooperative reports once for a book year",
        id: "koperasi melapor satu kali untuk setiap tahun buku",
        offenders: "SELECT r.id FROM annual_report r WHERE EXISTS (SELECT 1 FROM annual_report o
            WHERE o.cooperative_id = r.cooperative_id AND o.book_year = r.book_year AND o.id <> r.id LIMIT 1) {AND r.id}",
        ways: &[],
    },
    Rule {
        code: "BOOK_YEAR_INVALID",
        noun: AnnualReport::table,
        en: "a book year is not before the year in which the cooperative was established, and the meeting is after it",
        id: "tahun buku tidak mendahului tahun pendirian koperasi, dan rapat diadakan setelah tahun buku",
        offenders: "SELECT r.id FROM annual_report r JOIN cooperative c ON c.id = r.cooperative_id
            WHERE (r.book_year < CAST(substr(CAST(c.established_on AS TEXT), 1, 4) AS INTEGER)
                OR r.book_year >= CAST(substr(CAST(r.meeting_on AS TEXT), 1, 4) AS INTEGER)) {AND r.id}",
        ways: &[OF_COOPERATIVE],
    },
    Rule {
        code: "HEALTH_INDEX_INVALID",
        noun: AnnualReport::table,
        en: "a health index is between 0 and 100",
        id: "indeks kesehatan antara 0 dan 100",
        offenders: "SELECT r.id FROM annual_report r WHERE r.health_index_milli NOT BETWEEN 0 AND 100000 {AND r.id}",
        ways: &[],
    },
    Rule {
        code: "ASSETS_TOO_LARGE",
        noun: AnnualReport::table,
        en: "assets are at most 1,000,000,000,000,000 rupiah",
        id: "aset paling banyak 1.000.000.000.000.000 rupiah",
        offenders: "SELECT r.id FROM annual_report r WHERE r.assets > 1000000000000000 {AND r.id}",
        ways: &[],
    },
];
