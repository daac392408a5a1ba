SELECT json_object('internshipBatches', json_object('nodes', json_group_array(json_object(
    'number', b.number,
    'startsOn', b.starts_on,
    'placements', json_object('nodes', (
        SELECT json_group_array(json_object('status', p.status, 'cooperative', (
            SELECT json_object('id', lower(hex(id)), 'name', name) FROM cooperative WHERE id = p.cooperative_id)))
        FROM (SELECT status, cooperative_id FROM placement WHERE batch_id = b.id AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') ORDER BY id LIMIT 10) p))
))))
FROM (
    SELECT id, number, starts_on FROM internship_batch WHERE starts_on >= ?1 AND program_visible ORDER BY starts_on, id LIMIT 100
) b
