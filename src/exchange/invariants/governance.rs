//! Who runs a cooperative.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a seat for one has one active holder at most",
        "SELECT count(*) FROM (SELECT cooperative_id FROM officer
         WHERE status = 'ACTIVE' AND role IN ('CHAIR', 'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY',
            'TREASURER', 'SUPERVISORY_CHAIR', 'MANAGER')
         GROUP BY cooperative_id, role HAVING count(*) > 1) AS twice",
    ),
    (
        "an operating cooperative has exactly one active chair, if made up",
        "SELECT count(*) FROM cooperative c WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING'
            AND (SELECT count(*) FROM officer o
                 WHERE o.cooperative_id = c.id AND o.role = 'CHAIR' AND o.status = 'ACTIVE') <> 1",
    ),
    (
        "the active board of a Merah Putih cooperative is odd and at least five, if there is one",
        "SELECT count(*) FROM (SELECT o.cooperative_id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
         WHERE c.program <> 'GENERAL' AND o.body = 'BOARD' AND o.status = 'ACTIVE'
         GROUP BY o.cooperative_id HAVING count(*) < 5 OR count(*) % 2 = 0) AS wrong",
    ),
    (
        "an operating Merah Putih cooperative has a board and at least three supervisors, if made up",
        "SELECT count(*) FROM cooperative c
         WHERE c.source = 'SYNTHETIC' AND c.status = 'OPERATING' AND c.program <> 'GENERAL'
            AND (NOT EXISTS (SELECT 1 FROM officer o
                    WHERE o.cooperative_id = c.id AND o.body = 'BOARD' AND o.status = 'ACTIVE')
              OR (SELECT count(*) FROM officer o
                    WHERE o.cooperative_id = c.id AND o.body = 'SUPERVISORY' AND o.status = 'ACTIVE') < 3)",
    ),
    (
        "the supervisors of a Merah Putih cooperative are chaired ex officio, if made up",
        "SELECT count(*) FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
         WHERE o.source = 'SYNTHETIC' AND o.ex_officio <> (c.program <> 'GENERAL' AND o.role = 'SUPERVISORY_CHAIR')",
    ),
    (
        "nobody sits on the board and among the supervisors of one cooperative at once",
        "SELECT count(*) FROM officer b JOIN officer s ON s.person_id = b.person_id AND s.cooperative_id = b.cooperative_id
         WHERE b.body = 'BOARD' AND s.body = 'SUPERVISORY' AND b.status = 'ACTIVE' AND s.status = 'ACTIVE'",
    ),
    (
        "nobody holds two offices of one body at once",
        "SELECT count(*) FROM (SELECT cooperative_id FROM officer WHERE status = 'ACTIVE'
         GROUP BY cooperative_id, person_id, body HAVING count(*) > 1) AS twice",
    ),
    (
        "a role belongs to its body",
        "SELECT count(*) FROM officer
         WHERE (role IN ('CHAIR', 'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY', 'TREASURER') AND body <> 'BOARD')
            OR (role IN ('SUPERVISORY_CHAIR', 'SUPERVISORY_MEMBER') AND body <> 'SUPERVISORY')
            OR (role = 'MANAGER' AND body <> 'MANAGEMENT')",
    ),
    (
        "a term is at most five years",
        "SELECT count(*) FROM officer WHERE ends_on < starts_on
            OR CAST(replace(CAST(ends_on AS TEXT), '-', '') AS INTEGER)
             - CAST(replace(CAST(starts_on AS TEXT), '-', '') AS INTEGER) > 50000",
    ),
    (
        "nobody is in office before the term begins, and whoever is out of office had a last day, if made up",
        "SELECT count(*) FROM officer WHERE source = 'SYNTHETIC' AND (
               (status = 'ACTIVE' AND starts_on > CURRENT_DATE)
            OR (status = 'ENDED' AND (ends_on IS NULL OR ends_on > CURRENT_DATE)))",
    ),
    (
        "an officer is called as the person is",
        "SELECT count(*) FROM officer o JOIN person p ON p.id = o.person_id
         WHERE o.name <> p.name OR o.name_fold <> p.name_fold",
    ),
    (
        "a merged or dissolved cooperative has nobody in office",
        "SELECT count(*) FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
         WHERE o.status = 'ACTIVE' AND c.status IN ('MERGED', 'DISSOLVED')",
    ),
];
