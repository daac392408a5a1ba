-- Every cooperative once, and once more for each of its sales and each of its people's seats.
SELECT slug FROM (
    SELECT slug FROM cooperative
    UNION ALL SELECT slug FROM linkage JOIN cooperative ON cooperative.id = supplier_id
    UNION ALL SELECT slug FROM placement JOIN cooperative ON cooperative.id = cooperative_id
) tickets ORDER BY slug
