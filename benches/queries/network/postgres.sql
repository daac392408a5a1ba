SELECT json_build_object('institution', json_build_object(
    'id', i.id,
    'name', i.name,
    'kind', i.kind,
    'supportedPrograms', json_build_object('edges', coalesce((
        SELECT json_agg(json_build_object('role', s.role, 'node', json_build_object(
            'code', s.code, 'name', s.name, 'batches', json_build_object('nodes', coalesce((
                SELECT json_agg(json_build_object('number', b.number, 'participantCount', b.participant_count))
                FROM (
                    SELECT number, participant_count FROM internship_batch
                    WHERE program_id = s.id ORDER BY number LIMIT 3
                ) b
            ), '[]')))))
        FROM (
            SELECT g.id, g.code, g.name, j.role
            FROM program_supporter j JOIN internship_program g ON g.id = j.program_id
            WHERE j.institution_id = i.id AND (g.status NOT IN ('DRAFT', 'CANCELLED') OR g.status = 'CANCELLED' AND g.announced)
            ORDER BY j.program_id, j.role LIMIT 5
        ) s
    ), '[]')),
    'partnerships', (
        SELECT json_build_object(
            'totalCount', t.total,
            'pageInfo', json_build_object('hasNextPage', t.total > 20, 'endCursor', t.last),
            'nodes', t.nodes)
        FROM (
            SELECT coalesce(max(p.total), 0) AS total, max(p.id::text) AS last, coalesce(json_agg(json_build_object(
                'number', p.number, 'title', p.title, 'kind', p.kind, 'status', p.status, 'signedOn', p.signed_on,
                'effectiveTo', p.effective_to,
                'parties', (
                    SELECT json_agg(json_build_object('role', pp.role, 'party', coalesce(
                        (SELECT json_build_object('__typename', 'PartnerInstitution', 'id', x.id, 'name', x.name)
                         FROM institution x WHERE x.id = pp.party_id),
                        (SELECT json_build_object(
                            '__typename', 'Cooperative', 'id', c.id, 'name', c.name,
                            'region', (
                                SELECT json_build_object('name', r.name, 'ancestors', coalesce((
                                    SELECT json_agg(json_build_object('name', a.name) ORDER BY a.code)
                                    FROM region a
                                    WHERE a.code = ANY (ARRAY[
                                        substr(r.code, 1, 2), substr(r.code, 1, 5), substr(r.code, 1, 8)])
                                      AND a.code <> r.code
                                ), '[]'))
                                FROM region r WHERE r.code = c.region_code),
                            'linkages', json_build_object('nodes', coalesce((
                                SELECT json_agg(json_build_object(
                                    'kind', l.kind, 'annualValue', l.annual_value,
                                    'commodity', (
                                        SELECT json_build_object('name', name) FROM commodity
                                        WHERE code = l.commodity_code),
                                    'buyer', coalesce(
                                        (SELECT json_build_object('id', id, 'name', name)
                                         FROM institution WHERE id = l.buyer_id),
                                        (SELECT json_build_object('id', id, 'name', name)
                                         FROM cooperative WHERE id = l.buyer_id))))
                                FROM (
                                    SELECT kind, annual_value, commodity_code, buyer_id FROM linkage
                                    WHERE supplier_id = c.id
                                    ORDER BY annual_value DESC NULLS LAST, id DESC LIMIT 5
                                ) l
                            ), '[]')))
                         FROM cooperative c WHERE c.id = pp.party_id))) ORDER BY pp.position)
                    FROM partnership_party pp WHERE pp.partnership_id = p.id)
            )), '[]') AS nodes
            FROM (
                SELECT p.id, p.number, p.title, p.kind, p.status, p.signed_on, p.effective_to,
                       count(*) OVER () AS total
                FROM partnership_party j JOIN partnership p ON p.id = j.partnership_id
                WHERE j.party_id = i.id AND p.status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')
                ORDER BY p.signed_on DESC NULLS LAST, p.id DESC LIMIT 20
            ) p
        ) t),
    'purchases', json_build_object(
        'totalCount', (SELECT count(*) FROM linkage WHERE buyer_id = i.id),
        'nodes', coalesce((
            SELECT json_agg(json_build_object(
                'status', l.status, 'annualValue', l.annual_value,
                'commodity', (SELECT json_build_object('name', name) FROM commodity WHERE code = l.commodity_code),
                'supplier', coalesce(
                    (SELECT json_build_object('id', c.id, 'name', c.name, 'region', json_build_object('name', r.name))
                     FROM cooperative c JOIN region r ON r.code = c.region_code WHERE c.id = l.supplier_id),
                    (SELECT json_build_object('id', x.id, 'name', x.name, 'region',
                        CASE WHEN r.code IS NOT NULL THEN json_build_object('name', r.name) END)
                     FROM institution x LEFT JOIN region r ON r.code = x.region_code WHERE x.id = l.supplier_id))))
            FROM (
                SELECT status, annual_value, commodity_code, supplier_id FROM linkage
                WHERE buyer_id = i.id ORDER BY id LIMIT 20
            ) l
        ), '[]'))
))
FROM institution i
WHERE i.slug = (SELECT key FROM bench.network WHERE n = :n)
