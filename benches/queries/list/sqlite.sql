SELECT json_object('cooperatives', json_object('nodes', json_group_array(json_object(
    'id', lower(hex(c.id)),
    'name', c.name,
    'memberCount', c.member_count,
    'region', (SELECT json_object('code', code, 'name', name) FROM region WHERE code = c.region_code),
    'linkages', json_object('nodes', (
        SELECT json_group_array(json_object(
            'kind', l.kind, 'status', l.status, 'annualValue', l.annual_value,
            'commodity', (SELECT json_object('name', name) FROM commodity WHERE code = l.commodity_code),
            'buyer', coalesce(
                (SELECT json_object('name', name) FROM institution WHERE id = l.buyer_id),
                (SELECT json_object('name', name) FROM cooperative WHERE id = l.buyer_id))))
        FROM (
            SELECT kind, status, annual_value, commodity_code, buyer_id FROM linkage
            WHERE supplier_id = c.id ORDER BY starts_on DESC, id DESC LIMIT 3
        ) l)),
    'placements', json_object('nodes', (
        SELECT json_group_array(json_object('status', p.status, 'batch', (
            SELECT json_object('number', number) FROM internship_batch WHERE id = p.batch_id)))
        FROM (SELECT status, batch_id FROM placement WHERE cooperative_id = c.id AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') ORDER BY id LIMIT 3) p))
))))
FROM (
    SELECT id, name, member_count, region_code FROM cooperative
    WHERE region_code >= ?1 AND region_code < ?1 || '/' AND status = 'OPERATING'
    ORDER BY name_fold, id LIMIT 50
) c
