SELECT json_object('institution', json_object(
    'id', lower(hex(i.id)),
    'name', i.name,
    'kind', i.kind,
    'supportedPrograms', json_object('edges', (
        SELECT json_group_array(json_object('role', s.role, 'node', json_object(
            'code', s.code, 'name', s.name, 'batches', json_object('nodes', (
                SELECT json_group_array(json_object('number', number, 'participantCount', participant_count))
                FROM (
                    SELECT number, participant_count FROM internship_batch
                    WHERE program_id = s.id ORDER BY number LIMIT 3
                ))))))
        FROM (
            SELECT g.id, g.code, g.name, j.role
            FROM program_supporter j JOIN internship_program g ON g.id = j.program_id
            WHERE j.institution_id = i.id AND (g.status NOT IN ('DRAFT', 'CANCELLED') OR g.status = 'CANCELLED' AND g.announced)
            ORDER BY j.program_id, j.role LIMIT 5
        ) s)),
    'partnerships', (
        SELECT json_object(
            'totalCount', coalesce(max(p.total), 0),
            'pageInfo', json_object('hasNextPage', json(iif(max(p.total) > 20, 'true', 'false')), 'endCursor', max(p.number)),
            'nodes', json_group_array(json_object(
                'number', p.number, 'title', p.title, 'kind', p.kind, 'status', p.status, 'signedOn', p.signed_on,
                'effectiveTo', p.effective_to,
                'parties', (
                    SELECT json_group_array(json_object('role', pp.role, 'party', coalesce(
                        (SELECT json_object('__typename', 'PartnerInstitution', 'id', lower(hex(x.id)), 'name', x.name)
                         FROM institution x WHERE x.id = pp.party_id),
                        (SELECT json_object(
                            '__typename', 'Cooperative', 'id', lower(hex(c.id)), 'name', c.name,
                            'region', (
                                SELECT json_object('name', r.name, 'ancestors', (
                                    SELECT json_group_array(json_object('name', a.name))
                                    FROM (
                                        SELECT name FROM region
                                        WHERE code IN (substr(r.code, 1, 2), substr(r.code, 1, 5), substr(r.code, 1, 8))
                                          AND code <> r.code
                                        ORDER BY code
                                    ) a))
                                FROM region r WHERE r.code = c.region_code),
                            'linkages', json_object('nodes', (
                                SELECT json_group_array(json_object(
                                    'kind', l.kind, 'annualValue', l.annual_value,
                                    'commodity', (
                                        SELECT json_object('name', name) FROM commodity WHERE code = l.commodity_code),
                                    'buyer', coalesce(
                                        (SELECT json_object('id', lower(hex(id)), 'name', name)
                                         FROM institution WHERE id = l.buyer_id),
                                        (SELECT json_object('id', lower(hex(id)), 'name', name)
                                         FROM cooperative WHERE id = l.buyer_id))))
                                FROM (
                                    SELECT kind, annual_value, commodity_code, buyer_id FROM linkage
                                    WHERE supplier_id = c.id
                                    ORDER BY annual_value DESC, id DESC LIMIT 5
                                ) l)))
                         FROM cooperative c WHERE c.id = pp.party_id))))
                    FROM (
                        SELECT role, party_id FROM partnership_party WHERE partnership_id = p.id ORDER BY position
                    ) pp))))
        FROM (
            SELECT p.id, p.number, p.title, p.kind, p.status, p.signed_on, p.effective_to, count(*) OVER () AS total
            FROM partnership_party j JOIN partnership p ON p.id = j.partnership_id
            WHERE j.party_id = i.id AND p.status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')
            ORDER BY p.signed_on DESC, p.id DESC LIMIT 20
        ) p),
    'purchases', json_object(
        'totalCount', (SELECT count(*) FROM linkage WHERE buyer_id = i.id),
        'nodes', (
            SELECT json_group_array(json_object(
                'status', l.status, 'annualValue', l.annual_value,
                'commodity', (SELECT json_object('name', name) FROM commodity WHERE code = l.commodity_code),
                'supplier', coalesce(
                    (SELECT json_object('id', lower(hex(c.id)), 'name', c.name, 'region', json_object('name', r.name))
                     FROM cooperative c JOIN region r ON r.code = c.region_code WHERE c.id = l.supplier_id),
                    (SELECT json_object('id', lower(hex(x.id)), 'name', x.name, 'region',
                        CASE WHEN r.code IS NOT NULL THEN json_object('name', r.name) END)
                     FROM institution x LEFT JOIN region r ON r.code = x.region_code WHERE x.id = l.supplier_id))))
            FROM (
                SELECT status, annual_value, commodity_code, supplier_id FROM linkage
                WHERE buyer_id = i.id ORDER BY id LIMIT 20
            ) l))
))
FROM institution i
WHERE i.slug = ?1
