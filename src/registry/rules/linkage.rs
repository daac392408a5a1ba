//! Rules of business linkages.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{
        commodity::Commodity, cooperative::Cooperative, linkage::BusinessLinkage, partnership::Partnership,
    },
};

const OF_PARTNERSHIP: Way =
    Way { from: Partnership::table, keys: "SELECT l.id FROM linkage l WHERE TRUE {AND l.partnership_id}" };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "LINKAGE_WITH_ITSELF",
        noun: BusinessLinkage::table,
        en: "the supplier of a linkage is not its buyer",
        id: "pemasok dan pembeli suatu keterhubungan berbeda",
        offenders: "SELECT l.id FROM linkage l WHERE l.supplier_id = l.buyer_id {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "LINKAGE_WITHOUT_COOPERATIVE",
        noun: BusinessLinkage::table,
        en: "at least one side of a linkage is a cooperative",
        id: "paling sedikit satu sisi keterhubungan adalah koperasi",
        offenders: "SELECT l.id FROM linkage l JOIN party s ON s.id = l.supplier_id JOIN party b ON b.id = l.buyer_id
            WHERE s.kind <> 'COOPERATIVE' AND b.kind <> 'COOPERATIVE' {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "LINKAGE_WITHOUT_AGREEMENT",
        noun: BusinessLinkage::table,
        // One that expired beneath it is a finding, because no verb made it so.
        en: "an active linkage rests on a partnership that is signed, in force or expired since, unless its pattern is \
             general trade",
        id: "keterhubungan aktif didasari kemitraan yang ditandatangani, berlaku, atau kemudian berakhir, kecuali berpola \
             perdagangan umum",
        offenders: "SELECT l.id FROM linkage l LEFT JOIN partnership p ON p.id = l.partnership_id
            WHERE l.status = 'ACTIVE' AND l.pattern <> 'GENERAL_TRADE'
            AND (p.id IS NULL OR p.status NOT IN ('SIGNED', 'ACTIVE', 'EXPIRED')) {AND l.id}",
        ways: &[OF_PARTNERSHIP],
    },
    Rule {
        code: "LINKAGE_PARTIES_MISMATCH",
        noun: BusinessLinkage::table,
        en: "the supplier and the buyer of a linkage are parties of the partnership that it rests on",
        id: "pemasok dan pembeli keterhubungan adalah pihak dalam kemitraan yang mendasarinya",
        offenders: "SELECT l.id FROM linkage l WHERE l.partnership_id IS NOT NULL AND (
               NOT EXISTS (SELECT 1 FROM partnership_party p
                   WHERE p.partnership_id = l.partnership_id AND p.party_id = l.supplier_id)
            OR NOT EXISTS (SELECT 1 FROM partnership_party p
                   WHERE p.partnership_id = l.partnership_id AND p.party_id = l.buyer_id)) {AND l.id}",
        ways: &[OF_PARTNERSHIP],
    },
    Rule {
        code: "LINKAGE_BEFORE_AGREEMENT",
        noun: BusinessLinkage::table,
        en: "a linkage does not start before the term of the partnership that it rests on",
        id: "keterhubungan tidak dimulai sebelum jangka waktu kemitraan yang mendasarinya",
        offenders: "SELECT l.id FROM linkage l JOIN partnership p ON p.id = l.partnership_id
            WHERE l.starts_on < p.effective_from {AND l.id}",
        ways: &[OF_PARTNERSHIP],
    },
    Rule {
        code: "LINKAGES_OVERLAP",
        noun: BusinessLinkage::table,
        en: "active linkages of the same supplier, buyer and commodity do not overlap",
        id: "keterhubungan aktif dengan pemasok, pembeli, dan komoditas yang sama tidak bertumpang tindih",
        // The largest partner has too many linkages to compare each with each: those that could overlap come first.
        offenders: "SELECT a.id FROM linkage a WHERE a.status = 'ACTIVE'
            {AND a.id | (a.supplier_id, a.buyer_id, coalesce(a.commodity_code, '')) IN (
                SELECT r.supplier_id, r.buyer_id, coalesce(r.commodity_code, '') FROM linkage r
                WHERE r.status = 'ACTIVE' GROUP BY r.supplier_id, r.buyer_id, coalesce(r.commodity_code, '')
                HAVING count(*) > 1)}
            AND EXISTS (SELECT 1 FROM linkage b WHERE b.supplier_id = a.supplier_id AND b.buyer_id = a.buyer_id
                AND coalesce(b.commodity_code, '') = coalesce(a.commodity_code, '')
                AND b.status = 'ACTIVE' AND b.id <> a.id
                AND (a.ends_on IS NULL OR b.starts_on IS NULL OR b.starts_on <= a.ends_on)
                AND (b.ends_on IS NULL OR a.starts_on IS NULL OR a.starts_on <= b.ends_on) LIMIT 1)",
        ways: &[],
    },
    Rule {
        code: "EXCLUSIVITY_BROKEN",
        noun: BusinessLinkage::table,
        en: "while an exclusive linkage is active, its buyer is the only one of that commodity from that supplier",
        id: "selama keterhubungan eksklusif aktif, pembelinya adalah satu-satunya pembeli komoditas itu dari pemasok itu",
        // By way of the supplier, which has few linkages, and not of the commodity, which has thousands.
        offenders: "SELECT a.id FROM linkage a WHERE a.exclusive AND a.status = 'ACTIVE'
            AND EXISTS (SELECT 1 FROM linkage b
                WHERE b.supplier_id = a.supplier_id AND coalesce(b.commodity_code, '') = a.commodity_code
                AND b.buyer_id <> a.buyer_id AND b.status = 'ACTIVE'
                AND (a.ends_on IS NULL OR b.starts_on IS NULL OR b.starts_on <= a.ends_on)
                AND (b.ends_on IS NULL OR a.starts_on IS NULL OR a.starts_on <= b.ends_on) LIMIT 1) {AND a.id}",
        ways: &[Way {
            from: BusinessLinkage::table,
            keys: "SELECT a.id FROM linkage a JOIN linkage b ON b.supplier_id = a.supplier_id
                WHERE a.exclusive AND a.status = 'ACTIVE' {AND b.id}",
        }],
    },
    Rule {
        code: "EXCLUSIVITY_WITHOUT_COMMODITY",
        noun: BusinessLinkage::table,
        en: "an exclusive linkage names its commodity",
        id: "keterhubungan eksklusif menyebut komoditasnya",
        offenders: "SELECT l.id FROM linkage l WHERE l.exclusive AND l.commodity_code IS NULL {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "LINKAGE_DATES_INVALID",
        noun: BusinessLinkage::table,
        en: "a linkage ends after it starts",
        id: "keterhubungan berakhir setelah dimulai",
        offenders: "SELECT l.id FROM linkage l WHERE l.ends_on <= l.starts_on {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "LINKAGE_STATUS_MISMATCH",
        noun: BusinessLinkage::table,
        en: "a synthetic linkage has a start once it is on trial and none before, and an end that is over once it has ended",
        id: "keterhubungan sintetis memiliki tanggal mulai sejak uji coba dan tidak sebelumnya, serta tanggal akhir yang telah \
             lewat bila berakhir",
        offenders: "SELECT l.id FROM linkage l WHERE l.source = 'SYNTHETIC' AND (
               (l.status IN ('ENDED', 'BREACHED') AND (l.ends_on IS NULL OR l.ends_on > CURRENT_DATE))
            OR (l.status IN ('TRIAL', 'ACTIVE', 'ON_HOLD') AND l.starts_on IS NULL)
            OR (l.status IN ('PROPOSED', 'NEGOTIATING', 'DROPPED') AND l.starts_on IS NOT NULL)) {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "PAYMENT_TERM_INVALID",
        noun: BusinessLinkage::table,
        en: "payment is due within 0 to 180 days",
        id: "jangka waktu pembayaran antara 0 dan 180 hari",
        offenders: "SELECT l.id FROM linkage l WHERE l.payment_term_days NOT BETWEEN 0 AND 180 {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "UNIT_MISSING",
        noun: BusinessLinkage::table,
        en: "a volume has its unit",
        id: "volume memiliki satuannya",
        offenders: "SELECT l.id FROM linkage l WHERE l.annual_volume_milli IS NOT NULL AND l.unit IS NULL {AND l.id}",
        ways: &[],
    },
    Rule {
        code: "UNIT_MISMATCH",
        noun: BusinessLinkage::table,
        en: "a synthetic linkage counts a commodity in the unit of that commodity",
        id: "keterhubungan sintetis menghitung komoditas dalam satuan komoditas itu",
        offenders: "SELECT l.id FROM linkage l JOIN commodity c ON c.code = l.commodity_code
            WHERE l.source = 'SYNTHETIC' AND l.unit <> c.unit {AND l.id}",
        ways: &[Way {
            from: Commodity::table,
            keys: "SELECT l.id FROM linkage l WHERE TRUE {AND l.commodity_code}",
        }],
    },
    Rule {
        code: "COOPERATIVE_NOT_OPERATING",
        noun: BusinessLinkage::table,
        en: "the cooperatives of an active synthetic linkage operate",
        id: "koperasi dalam keterhubungan sintetis yang aktif sedang beroperasi",
        offenders: "SELECT l.id FROM linkage l JOIN cooperative c ON c.id IN (l.supplier_id, l.buyer_id)
            WHERE l.source = 'SYNTHETIC' AND l.status = 'ACTIVE' AND c.status <> 'OPERATING' {AND l.id}",
        ways: &[Way {
            from: Cooperative::table,
            keys: "SELECT l.id FROM linkage l WHERE TRUE {AND l.supplier_id}
                UNION ALL SELECT l.id FROM linkage l WHERE TRUE {AND l.buyer_id}",
        }],
    },
    Rule {
        code: "LINKAGE_VALUE_TOO_LARGE",
        noun: BusinessLinkage::table,
        en: "the yearly value of a linkage is at most 1,000,000,000,000,000 rupiah",
        id: "nilai tahunan keterhubungan paling banyak 1.000.000.000.000.000 rupiah",
        offenders: "SELECT l.id FROM linkage l WHERE l.annual_value > 1000000000000000 {AND l.id}",
        ways: &[],
    },
];
