SELECT json_build_object('internshipBatches', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'number', b.number,
    'startsOn', b.starts_on,
    'placements', json_build_object('nodes', coalesce((
        SELECT json_agg(json_build_object('status', p.status, 'cooperative', (
            SELECT json_build_object('id', id, 'name', name) FROM cooperative WHERE id = p.cooperative_id)))
        FROM (SELECT status, cooperative_id FROM placement WHERE batch_id = b.id AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') ORDER BY id LIMIT 10) p
    ), '[]'))
)), '[]')))
FROM (
    SELECT id, number, starts_on FROM internship_batch
    WHERE starts_on >= (SELECT key::date FROM bench.batches WHERE n = :n) AND program_visible
    ORDER BY starts_on, id LIMIT 100
) b
