SELECT json_object('linkageAggregate', json_object('nodes', json_group_array(json_object(
    'keys', json_array(json_object('value', g.province), json_object('value', g.commodity)),
    'count', g.count,
    'annualValue', json_object('sum', g.sum, 'average', g.average)
))))
FROM (
    SELECT substr(s.region_code, 1, 2) AS province, l.commodity_code AS commodity, count(*) AS count,
           sum(l.annual_value) AS sum, avg(l.annual_value) AS average
    FROM linkage l JOIN party s ON s.id = l.supplier_id
    WHERE l.status IN ('ACTIVE', 'TRIAL')
    GROUP BY 1, 2
    HAVING sum(l.annual_value) >= CAST(?1 AS INTEGER)
    ORDER BY 1, 2 LIMIT 100
) g
