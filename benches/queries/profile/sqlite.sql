SELECT json_object('cooperative', json_object(
    'id', lower(hex(c.id)),
    'name', c.name,
    'shortName', c.short_name,
    'program', c.program,
    'type', c.cooperative_type,
    'status', c.status,
    'communityBase', c.community_base,
    'registrationNumber', c.registration_number,
    'legalEntityNumber', c.legal_entity_number,
    'establishedOn', c.established_on,
    'memberCount', c.member_count,
    'region', (
        SELECT json_object('code', r.code, 'name', r.name, 'level', r.level, 'ancestors', (
            SELECT json_group_array(json_object('code', a.code, 'name', a.name, 'level', a.level))
            FROM (
                SELECT code, name, level FROM region
                WHERE code IN (substr(r.code, 1, 2), substr(r.code, 1, 5), substr(r.code, 1, 8)) AND code <> r.code
                ORDER BY code
            ) a))
        FROM region r WHERE r.code = c.region_code),
    'location', CASE WHEN c.latitude_e3 IS NOT NULL THEN
        json_object('latitude', c.latitude_e3 / 1000.0, 'longitude', c.longitude_e3 / 1000.0) END,
    'businessUnits', json_object('nodes', (
        SELECT json_group_array(json_object('kind', kind, 'status', status))
        FROM (SELECT kind, status FROM business_unit WHERE cooperative_id = c.id ORDER BY id LIMIT 10))),
    'officers', json_object('nodes', (
        SELECT json_group_array(json_object('body', body, 'role', role, 'name', name))
        FROM (SELECT body, role, name FROM officer WHERE cooperative_id = c.id ORDER BY body, role, id LIMIT 10))),
    'commodities', json_object('nodes', (
        SELECT json_group_array((
            SELECT json_object('annualVolumeMilli', x.annual_volume_milli, 'unit', unit,
                'commodity', json_object('name', name, 'category', category))
            FROM commodity WHERE code = x.commodity_code))
        FROM (
            SELECT commodity_code, annual_volume_milli FROM cooperative_commodity
            WHERE cooperative_id = c.id
              AND year = (SELECT max(year) FROM cooperative_commodity WHERE cooperative_id = c.id)
            ORDER BY id LIMIT 10
        ) x)),
    'sales', json_object(
        'totalCount', (SELECT count(*) FROM linkage WHERE supplier_id = c.id AND status = 'ACTIVE'),
        'nodes', (
            SELECT json_group_array(json_object(
                'kind', l.kind, 'status', l.status, 'startsOn', l.starts_on, 'annualValue', l.annual_value,
                'commodity', (SELECT json_object('name', name) FROM commodity WHERE code = l.commodity_code),
                'buyer', coalesce(
                    (SELECT json_object('__typename', 'PartnerInstitution', 'id', lower(hex(id)), 'name', name)
                     FROM institution WHERE id = l.buyer_id),
                    (SELECT json_object('__typename', 'Cooperative', 'id', lower(hex(id)), 'name', name)
                     FROM cooperative WHERE id = l.buyer_id))))
            FROM (
                SELECT kind, status, starts_on, annual_value, commodity_code, buyer_id FROM linkage
                WHERE supplier_id = c.id AND status = 'ACTIVE'
                ORDER BY starts_on DESC, id DESC LIMIT 10
            ) l)),
    'partnerships', json_object('nodes', (
        SELECT json_group_array(json_object('title', p.title, 'kind', p.kind, 'status', p.status, 'parties', (
            SELECT json_group_array(json_object('role', pp.role, 'party', coalesce(
                (SELECT json_object('__typename', 'PartnerInstitution', 'id', lower(hex(id)), 'name', name)
                 FROM institution WHERE id = pp.party_id),
                (SELECT json_object('__typename', 'Cooperative', 'id', lower(hex(id)), 'name', name)
                 FROM cooperative WHERE id = pp.party_id))))
            FROM (
                SELECT role, party_id FROM partnership_party WHERE partnership_id = p.id ORDER BY position
            ) pp)))
        FROM (
            SELECT p.id, p.title, p.kind, p.status
            FROM partnership_party j JOIN partnership p ON p.id = j.partnership_id
            WHERE j.party_id = c.id AND p.status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')
            ORDER BY j.partnership_id LIMIT 5
        ) p)),
    'placements', json_object('nodes', (
        SELECT json_group_array(json_object('status', s.status, 'batch', (
            SELECT json_object('number', b.number, 'startsOn', b.starts_on, 'endsOn', b.ends_on,
                'program', json_object('code', g.code, 'name', g.name))
            FROM internship_batch b JOIN internship_program g ON g.id = b.program_id
            WHERE b.id = s.batch_id)))
        FROM (SELECT status, batch_id FROM placement WHERE cooperative_id = c.id AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') ORDER BY id LIMIT 5) s))
))
FROM cooperative c
WHERE c.slug = ?1
