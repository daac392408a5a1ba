//! Rules of internship programs.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{batch::InternshipBatch, program::InternshipProgram},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "PROGRAM_DATES_INVALID",
        noun: InternshipProgram::table,
        en: "a program does not end before it starts",
        id: "program tidak berakhir sebelum dimulai",
        offenders: "SELECT p.id FROM internship_program p WHERE p.starts_on > p.ends_on {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PROGRAM_COUNT_MISMATCH",
        noun: InternshipProgram::table,
        en: "a program counts the participants of its batches",
        id: "jumlah peserta program sama dengan jumlah peserta semua gelombangnya",
        offenders: "SELECT p.id FROM internship_program p WHERE p.participant_count <>
            (SELECT coalesce(sum(b.participant_count), 0) FROM internship_batch b WHERE b.program_id = p.id) {AND p.id}",
        ways: &[Way {
            from: InternshipBatch::table,
            keys: "SELECT b.program_id FROM internship_batch b WHERE TRUE {AND b.id}",
        }],
    },
    Rule {
        code: "ANNOUNCEMENT_MISMATCH",
        noun: InternshipProgram::table,
        en: "a draft of a program is not announced, and any other program is, unless it was cancelled",
        id: "rancangan program belum diumumkan, dan program lainnya diumumkan kecuali yang dibatalkan",
        offenders: "SELECT p.id FROM internship_program p WHERE ((p.status = 'DRAFT' AND p.announced)
            OR (p.status NOT IN ('DRAFT', 'CANCELLED') AND NOT p.announced)) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PROGRAM_TARGET_INVALID",
        noun: InternshipProgram::table,
        en: "a program aims at 1 to 38 provinces and at least one participant",
        id: "sasaran program adalah 1 sampai 38 provinsi dan paling sedikit satu peserta",
        offenders: "SELECT p.id FROM internship_program p
            WHERE (p.target_provinces NOT BETWEEN 1 AND 38 OR p.target_participants < 1) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PROGRAM_NOT_INDEXED",
        noun: InternshipProgram::table,
        en: "the search index holds each program once, by its present name and code",
        id: "indeks pencarian memuat setiap program satu kali dengan nama dan kodenya saat ini",
        offenders: "SELECT s.id FROM search_source s WHERE s.noun = 'internship_program' {AND s.id}
                AND NOT EXISTS (SELECT 1 FROM search_entry e
                    WHERE e.id = s.id AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.id FROM search_entry e WHERE e.noun = 'internship_program'
                AND NOT EXISTS (SELECT 1 FROM internship_program t WHERE t.id = e.id) {AND e.id}
            UNION SELECT e.id FROM search_entry e WHERE e.noun = 'internship_program' {AND e.id}
                GROUP BY e.id HAVING count(*) > 1",
        ways: &[],
    },
];
