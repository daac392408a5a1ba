//! Rules of internship batches.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{batch::InternshipBatch, placement::Placement, program::InternshipProgram, region::Region},
};

const OF_PROGRAM: Way = Way {
    from: InternshipProgram::table,
    keys: "SELECT b.id FROM internship_batch b WHERE TRUE {AND b.program_id}",
};
const OF_PLACEMENT: Way =
    Way { from: Placement::table, keys: "SELECT s.batch_id FROM placement s WHERE TRUE {AND s.id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "BATCH_NUMBER_TAKEN",
        noun: InternshipBatch::table,
        en: "no two batches of a program have the same number",
        id: "tidak ada dua gelombang dengan nomor yang sama dalam satu program",
        offenders: "SELECT b.id FROM internship_batch b WHERE EXISTS (SELECT 1 FROM internship_batch o
            WHERE o.program_id = b.program_id AND o.number = b.number AND o.id <> b.id LIMIT 1) {AND b.id}",
        ways: &[],
    },
    Rule {
        code: "BATCH_DATES_INVALID",
        noun: InternshipBatch::table,
        en: "a batch is within the dates of its program, does not end before it starts, and opens at the latest when it ends",
        id: "gelombang berada dalam tanggal programnya, tidak berakhir sebelum dimulai, dan dibuka paling lambat saat berakhir",
        offenders: "SELECT b.id FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
            WHERE (b.starts_on < p.starts_on OR b.ends_on > p.ends_on OR b.starts_on > b.ends_on
                OR b.opened_on > b.ends_on) {AND b.id}",
        ways: &[OF_PROGRAM],
    },
    Rule {
        code: "SEATS_EXCEEDED",
        noun: InternshipBatch::table,
        en: "no more seats of a batch are taken than it has",
        id: "kursi gelombang yang terisi tidak melebihi kapasitasnya",
        offenders: "SELECT b.id FROM internship_batch b WHERE b.capacity < (SELECT count(*) FROM placement s
            WHERE s.batch_id = b.id AND s.status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED')) {AND b.id}",
        ways: &[OF_PLACEMENT],
    },
    Rule {
        code: "BATCH_COUNT_MISMATCH",
        noun: InternshipBatch::table,
        en: "a batch counts the seats that are taken",
        id: "jumlah peserta gelombang sama dengan jumlah kursi yang terisi",
        offenders: "SELECT b.id FROM internship_batch b WHERE b.participant_count <> (SELECT count(*) FROM placement s
            WHERE s.batch_id = b.id AND s.status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED')) {AND b.id}",
        ways: &[OF_PLACEMENT],
    },
    Rule {
        code: "BATCH_NOT_FULL",
        noun: InternshipBatch::table,
        en: "a synthetic batch that is full has no seat left",
        id: "gelombang sintetis yang penuh tidak memiliki kursi tersisa",
        offenders: "SELECT b.id FROM internship_batch b WHERE b.source = 'SYNTHETIC' AND b.status = 'FULL'
            AND b.participant_count <> b.capacity {AND b.id}",
        ways: &[],
    },
    Rule {
        code: "BATCH_VISIBILITY_MISMATCH",
        noun: InternshipBatch::table,
        en: "a batch states whether its program is visible",
        id: "gelombang menyatakan apakah programnya terlihat oleh publik",
        offenders: "SELECT b.id FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
            WHERE b.program_visible <>
                (p.status NOT IN ('DRAFT', 'CANCELLED') OR (p.status = 'CANCELLED' AND p.announced)) {AND b.id}",
        ways: &[OF_PROGRAM],
    },
    Rule {
        code: "BATCH_STATUS_MISMATCH",
        noun: InternshipBatch::table,
        en: "a draft of a program has no batches, a cancelled program has none that goes on, and a completed one none that \
             is not over",
        id: "rancangan program tidak memiliki gelombang, program yang dibatalkan tidak memiliki gelombang yang berlanjut, dan \
             program yang selesai tidak memiliki gelombang yang belum selesai",
        offenders: "SELECT b.id FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
            WHERE (p.status = 'DRAFT' OR (p.status = 'CANCELLED' AND b.status NOT IN ('CANCELLED', 'POSTPONED'))
                OR (p.status IN ('COMPLETED', 'EVALUATED') AND b.status NOT IN ('COMPLETED', 'CANCELLED'))) {AND b.id}",
        ways: &[OF_PROGRAM],
    },
    Rule {
        code: "BATCH_PROVINCE_INVALID",
        noun: InternshipBatch::table,
        en: "the regions that a batch is for are provinces",
        id: "wilayah asal peserta gelombang adalah provinsi",
        offenders: "SELECT b.batch_id FROM batch_province b JOIN region r ON r.code = b.region_code
            WHERE r.level <> 'PROVINCE' {AND b.batch_id}",
        ways: &[Way {
            from: Region::table,
            keys: "SELECT b.batch_id FROM batch_province b WHERE TRUE {AND b.region_code}",
        }],
    },
];
