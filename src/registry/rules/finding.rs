//! Findings: what no verb led to, such as the end of a term, so that it breaks no rule, but an office should settle it.

use super::Rule;
use crate::{graph::load::Noun, registry::linkage::BusinessLinkage};

/// Every kind of finding.
pub const FINDINGS: [&Rule; 1] = [&AGREEMENT_EXPIRED];

/// An active linkage rests on an agreement that has expired.
pub const AGREEMENT_EXPIRED: Rule = Rule {
    code: "AGREEMENT_EXPIRED",
    noun: BusinessLinkage::table,
    en: "an active linkage rests on an agreement that has expired: base it on another one, or end it",
    id: "keterhubungan aktif didasari perjanjian yang telah berakhir: ganti dasarnya, atau akhiri",
    offenders: "SELECT l.id FROM linkage l JOIN partnership p ON p.id = l.partnership_id
        WHERE l.status = 'ACTIVE' AND l.pattern <> 'GENERAL_TRADE' AND p.status = 'EXPIRED' {AND l.id}",
    ways: &[],
};
