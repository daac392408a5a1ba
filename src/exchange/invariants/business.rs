//! What cooperatives have, handle and report, and with whom they trade.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "an operating cooperative has an open business unit, if made up",
        "SELECT count(*) FROM cooperative c WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING'
            AND NOT EXISTS (SELECT 1 FROM business_unit u WHERE u.cooperative_id = c.id AND u.status = 'OPEN')",
    ),
    (
        "a business unit that is open has its day, one that is not begun has none, and progress is a percentage",
        "SELECT count(*) FROM business_unit WHERE (build_progress NOT BETWEEN 0 AND 100)
            OR (source = 'SYNTHETIC' AND status = 'OPEN' AND opened_on IS NULL)
            OR (source = 'SYNTHETIC' AND status IN ('PLANNED', 'BUILDING') AND opened_on IS NOT NULL)
            OR opened_on > CURRENT_DATE",
    ),
    (
        "a cooperative has one primary line of business, if made up and if it has any",
        "SELECT count(*) FROM (SELECT b.cooperative_id FROM cooperative_business_class b
         JOIN cooperative c ON c.id = b.cooperative_id
         GROUP BY b.cooperative_id, c.source
         HAVING sum(CASE WHEN b.is_primary THEN 1 ELSE 0 END) > 1
             OR (c.source = 'SYNTHETIC' AND sum(CASE WHEN b.is_primary THEN 1 ELSE 0 END) = 0)) AS wrong",
    ),
    (
        "what is handled is not negative, and once a year",
        "SELECT (SELECT count(*) FROM cooperative_commodity
                 WHERE annual_volume_milli < 0 OR area_hectares_milli < 0 OR worker_count < 0 OR annual_value < 0)
              + (SELECT count(*) FROM (SELECT cooperative_id FROM cooperative_commodity
                 GROUP BY cooperative_id, commodity_code, year HAVING count(*) > 1) AS twice)",
    ),
    (
        "assets are liabilities and equity",
        "SELECT count(*) FROM annual_report WHERE assets <> liabilities + equity",
    ),
    (
        "no more attend a meeting than are members, of the report or of the cooperative",
        "SELECT count(*) FROM annual_report r JOIN cooperative c ON c.id = r.cooperative_id
         WHERE r.attendee_count > r.female_member_count + r.male_member_count
            OR (r.source = 'SYNTHETIC' AND r.attendee_count > c.member_count)",
    ),
    (
        "a cooperative reports once a year, not before it was established, and meets after the year",
        "SELECT (SELECT count(*) FROM (SELECT cooperative_id FROM annual_report
                 GROUP BY cooperative_id, book_year HAVING count(*) > 1) AS twice)
              + (SELECT count(*) FROM annual_report r JOIN cooperative c ON c.id = r.cooperative_id
                 WHERE r.book_year < CAST(substr(CAST(c.established_on AS TEXT), 1, 4) AS INTEGER)
                    OR r.book_year >= CAST(substr(CAST(r.meeting_on AS TEXT), 1, 4) AS INTEGER))",
    ),
    (
        "a health index lies between 0 and 100",
        "SELECT count(*) FROM annual_report WHERE health_index_milli NOT BETWEEN 0 AND 100000",
    ),
    (
        "supplier and buyer differ",
        "SELECT count(*) FROM linkage WHERE supplier_id = buyer_id",
    ),
    (
        "one side of a linkage at least is a cooperative",
        "SELECT count(*) FROM linkage l JOIN party s ON s.id = l.supplier_id JOIN party b ON b.id = l.buyer_id
         WHERE s.kind <> 'COOPERATIVE' AND b.kind <> 'COOPERATIVE'",
    ),
    (
        "an active linkage rests on a signed agreement, unless it is general trade",
        "SELECT count(*) FROM linkage l LEFT JOIN partnership p ON p.id = l.partnership_id
         WHERE l.status = 'ACTIVE' AND l.pattern <> 'GENERAL_TRADE'
            AND (p.id IS NULL OR p.status NOT IN ('SIGNED', 'ACTIVE'))",
    ),
    (
        "supplier and buyer are parties of the agreement that their linkage rests on",
        "SELECT count(*) FROM linkage l WHERE l.partnership_id IS NOT NULL AND (
               NOT EXISTS (SELECT 1 FROM partnership_party p WHERE p.partnership_id = l.partnership_id AND p.party_id = l.supplier_id)
            OR NOT EXISTS (SELECT 1 FROM partnership_party p WHERE p.partnership_id = l.partnership_id AND p.party_id = l.buyer_id))",
    ),
    (
        "a linkage does not begin before the agreement that it rests on",
        "SELECT count(*) FROM linkage l JOIN partnership p ON p.id = l.partnership_id
         WHERE l.starts_on < p.effective_from",
    ),
    (
        "active linkages of the same supplier, buyer and commodity do not overlap",
        // Those that could overlap first: the largest partner has too many linkages to compare each with each.
        "SELECT count(*) FROM (SELECT supplier_id, buyer_id, coalesce(commodity_code, '') AS commodity FROM linkage
            WHERE status = 'ACTIVE' GROUP BY supplier_id, buyer_id, coalesce(commodity_code, '')
            HAVING count(*) > 1) AS repeated
         CROSS JOIN linkage a CROSS JOIN linkage b
         WHERE a.supplier_id = repeated.supplier_id AND a.buyer_id = repeated.buyer_id
            AND coalesce(a.commodity_code, '') = repeated.commodity AND a.status = 'ACTIVE'
            AND b.supplier_id = a.supplier_id AND b.buyer_id = a.buyer_id AND b.id > a.id
            AND coalesce(b.commodity_code, '') = repeated.commodity AND b.status = 'ACTIVE'
            AND (a.ends_on IS NULL OR b.starts_on IS NULL OR b.starts_on <= a.ends_on)
            AND (b.ends_on IS NULL OR a.starts_on IS NULL OR a.starts_on <= b.ends_on)",
    ),
    (
        "whoever is promised to be the only buyer of a commodity is the only active one",
        // By way of the supplier, which has few, and not of the commodity, which has thousands.
        "SELECT count(*) FROM linkage a CROSS JOIN linkage b
         WHERE b.supplier_id = a.supplier_id AND coalesce(b.commodity_code, '') = a.commodity_code
            AND b.buyer_id <> a.buyer_id AND a.exclusive AND a.status = 'ACTIVE' AND b.status = 'ACTIVE'
            AND (a.ends_on IS NULL OR b.starts_on IS NULL OR b.starts_on <= a.ends_on)
            AND (b.ends_on IS NULL OR a.starts_on IS NULL OR a.starts_on <= b.ends_on)",
    ),
    (
        "only a sale of some commodity is exclusive",
        "SELECT count(*) FROM linkage WHERE exclusive AND commodity_code IS NULL",
    ),
    (
        "a linkage ends after it begins, an ended one has ended, and what has not begun has no days, if made up",
        "SELECT count(*) FROM linkage WHERE ends_on <= starts_on OR (source = 'SYNTHETIC' AND (
               (status IN ('ENDED', 'BREACHED') AND (ends_on IS NULL OR ends_on > CURRENT_DATE))
            OR (status IN ('TRIAL', 'ACTIVE', 'ON_HOLD') AND starts_on IS NULL)
            OR (status IN ('PROPOSED', 'NEGOTIATING', 'DROPPED') AND starts_on IS NOT NULL)))",
    ),
    (
        "payment is due within 180 days, and a volume has its unit",
        "SELECT count(*) FROM linkage WHERE payment_term_days NOT BETWEEN 0 AND 180
            OR (annual_volume_milli IS NOT NULL AND unit IS NULL)",
    ),
    (
        "a commodity is counted in its unit",
        "SELECT count(*) FROM linkage l JOIN commodity c ON c.code = l.commodity_code
         WHERE l.source = 'SYNTHETIC' AND l.unit <> c.unit",
    ),
    (
        "only an operating cooperative has an active linkage, if made up",
        "SELECT count(*) FROM linkage l JOIN cooperative c ON c.id IN (l.supplier_id, l.buyer_id)
         WHERE l.source = 'SYNTHETIC' AND l.status = 'ACTIVE' AND c.status <> 'OPERATING'",
    ),
    (
        "a month is a first day, once for a linkage, between its begin and its end",
        "SELECT (SELECT count(*) FROM (SELECT linkage_id FROM linkage_month
                 GROUP BY linkage_id, month HAVING count(*) > 1) AS twice)
              + (SELECT count(*) FROM linkage_month m JOIN linkage l ON l.id = m.linkage_id
                 WHERE substr(CAST(m.month AS TEXT), 9, 2) <> '01' OR m.month < l.starts_on OR m.month > l.ends_on)",
    ),
    (
        "an application that became a linkage names it, and it is with the same institution; no other names one",
        "SELECT count(*) FROM partnership_application a LEFT JOIN linkage l ON l.id = a.linkage_id
         WHERE (a.status = 'ACTIVATED') <> (a.linkage_id IS NOT NULL)
            OR (l.id IS NOT NULL AND NOT (
                   (l.supplier_id = a.cooperative_id AND l.buyer_id = a.institution_id)
                OR (l.buyer_id = a.cooperative_id AND l.supplier_id = a.institution_id)))",
    ),
    (
        "what was decided has its day, and what was not has none, if made up",
        "SELECT count(*) FROM partnership_application WHERE decided_on < requested_on OR (source = 'SYNTHETIC'
            AND (status IN ('VERIFIED', 'REJECTED', 'ACTIVATED')) <> (decided_on IS NOT NULL))",
    ),
];
