//! Agreements.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a signed agreement has two parties at least and its day",
        "SELECT count(*) FROM partnership p
         WHERE p.status IN ('SIGNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'RENEWED')
            AND (p.signed_on IS NULL OR (SELECT count(*) FROM partnership_party t
                WHERE t.partnership_id = p.id AND t.role <> 'WITNESS') < 2)",
    ),
    (
        "a signed agreement of a binding kind has all seven contents",
        "SELECT count(*) FROM partnership
         WHERE status IN ('SIGNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'RENEWED') AND contents <> 127
            AND kind IN ('COOPERATION_AGREEMENT', 'IMPLEMENTATION_ARRANGEMENT', 'SUPPLY_CONTRACT', 'AMENDMENT')",
    ),
    (
        "what was not signed has no day of it",
        "SELECT count(*) FROM partnership
         WHERE status IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'CANCELLED') AND signed_on IS NOT NULL",
    ),
    (
        "an agreement's term does not end before it begins, nor begin before it is signed; what holds is not over, if made up",
        "SELECT count(*) FROM partnership WHERE effective_to < effective_from OR (source = 'SYNTHETIC' AND (
               effective_from < signed_on OR signed_on > CURRENT_DATE
            OR (status = 'EXPIRED' AND effective_to > CURRENT_DATE)))",
    ),
    (
        "an agreement bears a number of its first party, once",
        "SELECT count(*) FROM (SELECT first_party_id FROM partnership
         GROUP BY first_party_id, number HAVING count(*) > 1) AS twice",
    ),
    (
        "the first party of an agreement is the party in that role, and there is one",
        "SELECT count(*) FROM partnership p WHERE (SELECT count(*) FROM partnership_party t
            WHERE t.partnership_id = p.id AND t.role = 'FIRST') <> 1
            OR NOT EXISTS (SELECT 1 FROM partnership_party t
                WHERE t.partnership_id = p.id AND t.party_id = p.first_party_id AND t.role = 'FIRST')",
    ),
    (
        "parties stand in the order of their places from 0, at most twenty",
        "SELECT count(*) FROM (SELECT partnership_id FROM partnership_party GROUP BY partnership_id
         HAVING min(position) <> 0 OR max(position) <> count(*) - 1 OR count(*) > 20) AS wrong",
    ),
    (
        "the agreement above an agreement is a memorandum, and not below it",
        "SELECT count(*) FROM partnership p JOIN partnership a ON a.id = p.parent_id
         WHERE a.kind <> 'MOU' OR a.parent_id = p.id",
    ),
    (
        "an agreement above another shares a party with it",
        "SELECT count(*) FROM partnership p WHERE p.parent_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM partnership_party a JOIN partnership_party b ON b.party_id = a.party_id
            WHERE a.partnership_id = p.id AND b.partnership_id = p.parent_id)",
    ),
];
