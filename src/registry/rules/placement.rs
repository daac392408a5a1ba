//! Rules of placements, which are the seats of participants.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{
        batch::InternshipBatch, cooperative::Cooperative, officer::Officer, placement::Placement,
        program::InternshipProgram,
    },
};

const OF_BATCH: Way =
    Way { from: InternshipBatch::table, keys: "SELECT s.id FROM placement s WHERE TRUE {AND s.batch_id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "PARTICIPANT_NOT_IN_OFFICE",
        noun: Placement::table,
        en: "a participant who has a seat or waits for one, or attends, is an active officer of the cooperative that the placement \
             names",
        id: "peserta yang memiliki atau menunggu kursi, atau sedang mengikuti magang, adalah pengurus, pengawas, atau pengelola \
             aktif koperasi yang disebut",
        offenders: "SELECT s.id FROM placement s WHERE NOT EXISTS (SELECT 1 FROM officer o
            WHERE o.person_id = s.person_id AND o.cooperative_id = s.cooperative_id AND o.status = 'ACTIVE')
            AND s.status IN ('NOMINATED', 'VERIFIED', 'WAITLISTED', 'CONFIRMED', 'ATTENDING') {AND s.id}",
        ways: &[Way {
            from: Officer::table,
            keys: "SELECT s.id FROM placement s
                JOIN officer o ON o.person_id = s.person_id AND o.cooperative_id = s.cooperative_id
                WHERE TRUE {AND o.id}",
        }],
    },
    Rule {
        code: "PARTICIPANT_OF_HOST",
        noun: Placement::table,
        en: "the cooperative of a participant is not the host",
        id: "koperasi peserta bukan tuan rumah magang",
        offenders: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            JOIN internship_program p ON p.id = b.program_id
            WHERE s.cooperative_id = coalesce(b.host_id, p.host_id) {AND s.id}",
        ways: &[
            OF_BATCH,
            Way {
                from: InternshipProgram::table,
                keys: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
                    WHERE TRUE {AND b.program_id}",
            },
        ],
    },
    Rule {
        code: "BATCHES_OVERLAP",
        noun: Placement::table,
        en: "nobody takes part in two batches whose dates overlap",
        id: "tidak seorang pun mengikuti dua gelombang yang tanggalnya bertumpang tindih",
        offenders: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            WHERE s.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED') AND EXISTS (
                SELECT 1 FROM placement t JOIN internship_batch c ON c.id = t.batch_id
                WHERE t.person_id = s.person_id AND t.id <> s.id
                AND t.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED')
                AND b.starts_on <= c.ends_on AND c.starts_on <= b.ends_on LIMIT 1) {AND s.id}",
        ways: &[OF_BATCH],
    },
    Rule {
        code: "PARTICIPANT_REPEATED",
        noun: Placement::table,
        en: "a person has one seat in a batch",
        id: "satu orang memiliki satu kursi dalam satu gelombang",
        offenders: "SELECT s.id FROM placement s WHERE EXISTS (SELECT 1 FROM placement o
            WHERE o.batch_id = s.batch_id AND o.person_id = s.person_id AND o.id <> s.id LIMIT 1) {AND s.id}",
        ways: &[],
    },
    Rule {
        code: "CERTIFICATE_UNEARNED",
        noun: Placement::table,
        en: "only a participant who graduated has a certificate",
        id: "hanya peserta yang lulus memiliki sertifikat",
        offenders: "SELECT s.id FROM placement s
            WHERE s.certificate_number IS NOT NULL AND s.status <> 'GRADUATED' {AND s.id}",
        ways: &[],
    },
    Rule {
        code: "CERTIFICATE_NUMBER_TAKEN",
        noun: Placement::table,
        en: "no two certificates have the same number",
        id: "tidak ada dua sertifikat dengan nomor yang sama",
        offenders: "SELECT s.id FROM placement s WHERE EXISTS (SELECT 1 FROM placement o
            WHERE o.certificate_number = s.certificate_number AND o.id <> s.id LIMIT 1) {AND s.id}",
        ways: &[],
    },
    Rule {
        code: "SCORE_INVALID",
        noun: Placement::table,
        en: "a score is between 0 and 100",
        id: "nilai antara 0 dan 100",
        offenders: "SELECT s.id FROM placement s WHERE s.score_milli NOT BETWEEN 0 AND 100000 {AND s.id}",
        ways: &[],
    },
    Rule {
        code: "PLACEMENT_STATUS_MISMATCH",
        noun: Placement::table,
        en: "the status of a synthetic placement fits that of its batch: CONFIRMED before it, and ATTENDING, GRADUATED or \
             INCOMPLETE once it runs",
        id: "status peserta sintetis sesuai dengan status gelombangnya: CONFIRMED sebelumnya, dan ATTENDING, GRADUATED, atau \
             INCOMPLETE sejak berjalan",
        offenders: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            WHERE s.source = 'SYNTHETIC' AND (
                   (s.status IN ('ATTENDING', 'GRADUATED', 'INCOMPLETE') AND b.status NOT IN ('RUNNING', 'COMPLETED'))
                OR (s.status = 'CONFIRMED' AND b.status NOT IN ('ENROLLING', 'FULL', 'POSTPONED'))) {AND s.id}",
        ways: &[OF_BATCH],
    },
    Rule {
        code: "ATTENDANCE_TOO_LONG",
        noun: Placement::table,
        en: "a synthetic participant attends at most 60 days",
        id: "peserta sintetis hadir paling lama 60 hari",
        offenders: "SELECT s.id FROM placement s WHERE s.source = 'SYNTHETIC' AND s.attendance_days > 60 {AND s.id}",
        ways: &[],
    },
    Rule {
        code: "WAITING_WITHOUT_NEED",
        noun: Placement::table,
        en: "a synthetic participant waits for a batch that enrols only if it has no seat left",
        id: "peserta sintetis hanya menunggu pada gelombang yang dibuka pendaftarannya bila tidak ada kursi tersisa",
        offenders: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            WHERE s.source = 'SYNTHETIC' AND s.status = 'WAITLISTED' AND b.participant_count < b.capacity
            AND b.status IN ('ENROLLING', 'FULL') {AND s.id}",
        ways: &[OF_BATCH],
    },
    Rule {
        code: "PARTICIPANT_OUTSIDE_PROVINCES",
        noun: Placement::table,
        en: "a participant whom the public sees comes from a province of the batch",
        id: "peserta yang terlihat oleh publik berasal dari provinsi gelombang",
        offenders: "SELECT s.id FROM placement s JOIN cooperative c ON c.id = s.cooperative_id
            WHERE s.status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')
            AND NOT EXISTS (SELECT 1 FROM batch_province b
                WHERE b.batch_id = s.batch_id AND b.region_code = substr(c.region_code, 1, 2)) {AND s.id}",
        ways: &[
            OF_BATCH,
            Way {
                from: Cooperative::table,
                keys: "SELECT s.id FROM placement s WHERE TRUE {AND s.cooperative_id}",
            },
        ],
    },
    Rule {
        code: "PLACEMENT_VISIBILITY_MISMATCH",
        noun: Placement::table,
        en: "a placement states, like its batch, whether the program is visible",
        id: "peserta, seperti gelombangnya, menyatakan apakah program terlihat oleh publik",
        offenders: "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
            WHERE s.program_visible <> b.program_visible {AND s.id}",
        ways: &[OF_BATCH],
    },
];
