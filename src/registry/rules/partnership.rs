//! Rules of partnerships, which are agreements.

use super::{Rule, Way};
use crate::{graph::load::Noun, registry::partnership::Partnership};

const BENEATH: Way =
    Way { from: Partnership::table, keys: "SELECT p.id FROM partnership p WHERE TRUE {AND p.parent_id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "SIGNATURE_INCOMPLETE",
        noun: Partnership::table,
        en: "a signed partnership has at least two parties that are not witnesses, and the day it was signed on",
        id: "kemitraan yang ditandatangani memiliki paling sedikit dua pihak selain saksi, dan tanggal penandatanganan",
        offenders: "SELECT p.id FROM partnership p
            WHERE p.status IN ('SIGNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'RENEWED')
            AND (p.signed_on IS NULL OR (SELECT count(*) FROM partnership_party t
                WHERE t.partnership_id = p.id AND t.role <> 'WITNESS') < 2) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "CONTENTS_INCOMPLETE",
        noun: Partnership::table,
        en: "a signed partnership of a binding kind has all seven contents that the law demands",
        id: "kemitraan mengikat yang ditandatangani memuat ketujuh isi yang diwajibkan peraturan",
        offenders: "SELECT p.id FROM partnership p
            WHERE p.status IN ('SIGNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'RENEWED')
            AND p.contents <> 127
            AND p.kind IN ('COOPERATION_AGREEMENT', 'IMPLEMENTATION_ARRANGEMENT', 'SUPPLY_CONTRACT', 'AMENDMENT')
            {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "SIGNATURE_UNEXPECTED",
        noun: Partnership::table,
        en: "a partnership that was not signed has no day it was signed on",
        id: "kemitraan yang belum ditandatangani tidak memiliki tanggal penandatanganan",
        offenders: "SELECT p.id FROM partnership p WHERE p.status IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'CANCELLED')
            AND p.signed_on IS NOT NULL {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "TERM_INVALID",
        noun: Partnership::table,
        en: "a partnership's term does not end before it begins; a synthetic one is signed by today and before its term, \
             and its term is over if it is EXPIRED",
        id: "jangka waktu kemitraan tidak berakhir sebelum dimulai; kemitraan sintetis ditandatangani paling lambat hari ini \
             dan sebelum jangka waktunya, dan jangka waktunya telah lewat bila EXPIRED",
        offenders: "SELECT p.id FROM partnership p WHERE (p.effective_to < p.effective_from
            OR (p.source = 'SYNTHETIC' AND (p.effective_from < p.signed_on OR p.signed_on > CURRENT_DATE
                OR (p.status = 'EXPIRED' AND p.effective_to > CURRENT_DATE)))) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PARTNERSHIP_NUMBER_TAKEN",
        noun: Partnership::table,
        en: "a first party gives each number to one partnership",
        id: "pihak kesatu memberikan setiap nomor kepada satu kemitraan saja",
        offenders: "SELECT p.id FROM partnership p WHERE EXISTS (SELECT 1 FROM partnership o
            WHERE o.first_party_id = p.first_party_id AND o.number = p.number AND o.id <> p.id LIMIT 1) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "FIRST_PARTY_MISMATCH",
        noun: Partnership::table,
        en: "a partnership has exactly one party with the role FIRST, which is its first party",
        id: "kemitraan memiliki tepat satu pihak berperan FIRST, yaitu pihak kesatunya",
        offenders: "SELECT p.id FROM partnership p WHERE ((SELECT count(*) FROM partnership_party t
                WHERE t.partnership_id = p.id AND t.role = 'FIRST') <> 1
            OR NOT EXISTS (SELECT 1 FROM partnership_party t
                WHERE t.partnership_id = p.id AND t.party_id = p.first_party_id AND t.role = 'FIRST')) {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PARTY_POSITIONS_INVALID",
        noun: Partnership::table,
        en: "the parties of a partnership have the positions from 0 without a gap, and are at most twenty",
        id: "pihak-pihak kemitraan bernomor urut dari 0 tanpa celah, dan paling banyak dua puluh",
        offenders: "SELECT t.partnership_id FROM partnership_party t WHERE TRUE {AND t.partnership_id}
            GROUP BY t.partnership_id
            HAVING min(t.position) <> 0 OR max(t.position) <> count(*) - 1 OR count(*) > 20",
        ways: &[],
    },
    Rule {
        code: "PARENT_NOT_MEMORANDUM",
        noun: Partnership::table,
        en: "the parent of a partnership is a memorandum of understanding, and not its child",
        id: "induk kemitraan adalah nota kesepahaman, dan bukan turunannya sendiri",
        offenders: "SELECT p.id FROM partnership p JOIN partnership a ON a.id = p.parent_id
            WHERE (a.kind <> 'MOU' OR a.parent_id = p.id) {AND p.id}",
        ways: &[BENEATH],
    },
    Rule {
        code: "PARENT_UNRELATED",
        noun: Partnership::table,
        en: "a partnership shares a party with its parent",
        id: "kemitraan memiliki sedikitnya satu pihak yang sama dengan induknya",
        offenders: "SELECT p.id FROM partnership p WHERE p.parent_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM partnership_party a JOIN partnership_party b ON b.party_id = a.party_id
            WHERE a.partnership_id = p.id AND b.partnership_id = p.parent_id) {AND p.id}",
        ways: &[BENEATH],
    },
    Rule {
        code: "PARTNERSHIP_VALUE_TOO_LARGE",
        noun: Partnership::table,
        en: "the value of a partnership is at most 1,000,000,000,000,000 rupiah",
        id: "nilai kemitraan paling banyak 1.000.000.000.000.000 rupiah",
        offenders: "SELECT p.id FROM partnership p WHERE p.value > 1000000000000000 {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "PARTNERSHIP_NOT_INDEXED",
        noun: Partnership::table,
        en: "the search index of partnerships holds each partnership once, by its present title and number",
        id: "indeks pencarian kemitraan memuat setiap kemitraan satu kali dengan judul dan nomornya saat ini",
        offenders: "SELECT s.id FROM search_partnership_source s WHERE s.noun = 'partnership' {AND s.id}
                AND NOT EXISTS (SELECT 1 FROM search_partnership_entry e
                    WHERE e.id = s.id AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.id FROM search_partnership_entry e WHERE e.noun = 'partnership'
                AND NOT EXISTS (SELECT 1 FROM partnership t WHERE t.id = e.id) {AND e.id}
            UNION SELECT e.id FROM search_partnership_entry e WHERE e.noun = 'partnership' {AND e.id}
                GROUP BY e.id HAVING count(*) > 1",
        ways: &[],
    },
];
