SELECT json_build_object('cooperatives', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'id', c.id,
    'name', c.name,
    'memberCount', c.member_count,
    'region', (SELECT json_build_object('code', code, 'name', name) FROM region WHERE code = c.region_code),
    'linkages', json_build_object('nodes', coalesce((
        SELECT json_agg(json_build_object(
            'kind', l.kind, 'status', l.status, 'annualValue', l.annual_value,
            'commodity', (SELECT json_build_object('name', name) FROM commodity WHERE code = l.commodity_code),
            'buyer', coalesce(
                (SELECT json_build_object('name', name) FROM institution WHERE id = l.buyer_id),
                (SELECT json_build_object('name', name) FROM cooperative WHERE id = l.buyer_id))))
        FROM (
            SELECT kind, status, annual_value, commodity_code, buyer_id FROM linkage
            WHERE supplier_id = c.id ORDER BY starts_on DESC NULLS LAST, id DESC LIMIT 3
        ) l
    ), '[]')),
    'placements', json_build_object('nodes', coalesce((
        SELECT json_agg(json_build_object('status', p.status, 'batch', (
            SELECT json_build_object('number', number) FROM internship_batch WHERE id = p.batch_id)))
        FROM (SELECT status, batch_id FROM placement WHERE cooperative_id = c.id AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') ORDER BY id LIMIT 3) p
    ), '[]'))
)), '[]')))
FROM (
    SELECT * FROM (
        -- OFFSET 0 keeps the planner from walking all names in their order in search of a regency.
        SELECT id, name, name_fold, member_count, region_code
        FROM (SELECT key FROM bench.list WHERE n = :n) k
        JOIN cooperative ON region_code >= k.key AND region_code < k.key || '/'
        WHERE status = 'OPERATING' OFFSET 0
    ) found
    ORDER BY name_fold, id LIMIT 50
) c
