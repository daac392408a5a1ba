SELECT json_build_object('linkageAggregate', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'keys', json_build_array(json_build_object('value', g.province), json_build_object('value', g.commodity)),
    'count', g.count,
    'annualValue', json_build_object('sum', g.sum, 'average', g.average)
) ORDER BY g.province, g.commodity), '[]')))
FROM (
    SELECT substr(s.region_code, 1, 2) AS province, l.commodity_code AS commodity, count(*) AS count,
           sum(l.annual_value) AS sum, avg(l.annual_value) AS average
    FROM linkage l JOIN party s ON s.id = l.supplier_id
    WHERE l.status IN ('ACTIVE', 'TRIAL')
    GROUP BY 1, 2
    HAVING sum(l.annual_value) >= (SELECT key::numeric FROM bench.figures WHERE n = :n)
    ORDER BY 1, 2 LIMIT 100
) g
