-- The first day of every batch that at least a hundred follow.
SELECT starts_on FROM internship_batch WHERE starts_on IS NOT NULL ORDER BY starts_on
LIMIT (SELECT count(*) - 100 FROM internship_batch WHERE starts_on IS NOT NULL)
