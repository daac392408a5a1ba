-- Sums that 20 to 100 groups reach.
SELECT sum(annual_value) FROM linkage JOIN party ON party.id = supplier_id
WHERE status IN ('ACTIVE', 'TRIAL')
GROUP BY substr(region_code, 1, 2), commodity_code
HAVING sum(annual_value) IS NOT NULL
ORDER BY 1 DESC LIMIT 81 OFFSET 19
