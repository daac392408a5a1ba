//! Rules of officers: which offices a person may hold, and for how long.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{cooperative::Cooperative, officer::Officer, person::Person},
};

const OF_COOPERATIVE: Way =
    Way { from: Cooperative::table, keys: "SELECT o.id FROM officer o WHERE TRUE {AND o.cooperative_id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "SEAT_TAKEN",
        noun: Officer::table,
        en: "a seat for one person has at most one active holder",
        id: "jabatan tunggal dipegang paling banyak satu orang aktif",
        offenders: "SELECT o.id FROM officer o WHERE o.status = 'ACTIVE' AND o.role IN ('CHAIR',
                'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY', 'TREASURER', 'SUPERVISORY_CHAIR', 'MANAGER')
            AND EXISTS (SELECT 1 FROM officer x WHERE x.cooperative_id = o.cooperative_id AND x.role = o.role
                AND x.status = 'ACTIVE' AND x.id <> o.id LIMIT 1) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "OFFICER_ON_BOTH_BODIES",
        noun: Officer::table,
        en: "nobody is on the board and on the supervisory board of one cooperative at once",
        id: "tidak seorang pun menjadi pengurus dan pengawas satu koperasi sekaligus",
        offenders: "SELECT o.id FROM officer o WHERE o.status = 'ACTIVE' AND o.body IN ('BOARD', 'SUPERVISORY')
            AND EXISTS (SELECT 1 FROM officer x
                WHERE x.person_id = o.person_id AND x.cooperative_id = o.cooperative_id AND x.status = 'ACTIVE'
                AND x.body IN ('BOARD', 'SUPERVISORY') AND x.body <> o.body LIMIT 1) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "OFFICE_HELD_TWICE",
        noun: Officer::table,
        en: "nobody holds two active offices of one body of a cooperative",
        id: "tidak seorang pun memegang dua jabatan aktif pada satu perangkat koperasi",
        offenders: "SELECT o.id FROM officer o WHERE o.status = 'ACTIVE' AND EXISTS (SELECT 1 FROM officer x
            WHERE x.person_id = o.person_id AND x.cooperative_id = o.cooperative_id AND x.body = o.body
            AND x.status = 'ACTIVE' AND x.id <> o.id LIMIT 1) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "ROLE_MISMATCH",
        noun: Officer::table,
        en: "a role belongs to its body",
        id: "jabatan sesuai dengan perangkat organisasinya",
        offenders: "SELECT o.id FROM officer o WHERE (
                (o.role IN ('CHAIR', 'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY', 'TREASURER')
                    AND o.body <> 'BOARD')
                OR (o.role IN ('SUPERVISORY_CHAIR', 'SUPERVISORY_MEMBER') AND o.body <> 'SUPERVISORY')
                OR (o.role = 'MANAGER' AND o.body <> 'MANAGEMENT')) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "EX_OFFICIO_MISMATCH",
        noun: Officer::table,
        en: "of synthetic officers, those who chair the supervisors of a Merah Putih cooperative hold office ex officio",
        id: "di antara pengurus sintetis, hanya ketua pengawas Koperasi Merah Putih yang menjabat ex officio",
        offenders: "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
            WHERE o.source = 'SYNTHETIC'
            AND o.ex_officio <> (c.program <> 'GENERAL' AND o.role = 'SUPERVISORY_CHAIR') {AND o.id}",
        ways: &[OF_COOPERATIVE],
    },
    Rule {
        code: "OFFICE_TERM_INVALID",
        noun: Officer::table,
        en: "a term of office does not end before it begins, and lasts at most five years",
        id: "masa jabatan tidak berakhir sebelum dimulai dan paling lama lima tahun",
        offenders: "SELECT o.id FROM officer o WHERE (o.ends_on < o.starts_on
            OR CAST(replace(CAST(o.ends_on AS TEXT), '-', '') AS INTEGER)
             - CAST(replace(CAST(o.starts_on AS TEXT), '-', '') AS INTEGER) > 50000) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "OFFICE_STATUS_MISMATCH",
        noun: Officer::table,
        en: "a synthetic officer is active once the term has begun, and has a last day that is over once it has ended",
        id: "pengurus sintetis aktif setelah masa jabatannya dimulai, dan memiliki hari terakhir yang telah lewat bila berakhir",
        offenders: "SELECT o.id FROM officer o WHERE o.source = 'SYNTHETIC' AND (
               (o.status = 'ACTIVE' AND o.starts_on > CURRENT_DATE)
            OR (o.status = 'ENDED' AND (o.ends_on IS NULL OR o.ends_on > CURRENT_DATE))) {AND o.id}",
        ways: &[],
    },
    Rule {
        code: "OFFICER_NAME_DIFFERS",
        noun: Officer::table,
        en: "an officer has the name of the person",
        id: "nama pengurus sama dengan nama orangnya",
        offenders: "SELECT o.id FROM officer o JOIN person p ON p.id = o.person_id
            WHERE (o.name <> p.name OR o.name_fold <> p.name_fold) {AND o.id}",
        ways: &[Way { from: Person::table, keys: "SELECT o.id FROM officer o WHERE TRUE {AND o.person_id}" }],
    },
    Rule {
        code: "COOPERATIVE_CLOSED",
        noun: Officer::table,
        en: "a merged or dissolved cooperative has no active officers",
        id: "koperasi yang digabung atau dibubarkan tidak memiliki pengurus aktif",
        offenders: "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
            WHERE o.status = 'ACTIVE' AND c.status IN ('MERGED', 'DISSOLVED') {AND o.id}",
        ways: &[OF_COOPERATIVE],
    },
];
