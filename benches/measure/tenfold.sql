-- Makes a national registry ten times as large: nine copies of every row but reference data, each with new ids that
-- refer to rows of the same copy. The search index is not changed.
SET session_replication_role = replica;
SET client_min_messages = warning;
SET maintenance_work_mem = '1GB';

-- Original ids begin with 0; those of a copy with its number.
CREATE FUNCTION pg_temp.moved(id uuid, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN overlay(id::text PLACING copy::text FROM 1 FOR 1)::uuid;

-- Columns that are unique besides ids, or once per village.
CREATE TEMP TABLE different (relation text, attribute text, expression text);
INSERT INTO different VALUES
    ('cooperative', 'slug', 'slug || ''-'' || copy'),
    ('cooperative', 'program', '''GENERAL'''),
    ('cooperative', 'registration_number', 'NULL'),
    ('cooperative', 'legal_entity_number', 'NULL'),
    ('institution', 'slug', 'slug || ''-'' || copy'),
    ('institution', 'domain', 'NULL'),
    ('internship_program', 'code', 'code || ''-'' || copy'),
    ('placement', 'certificate_number', 'certificate_number || ''-'' || copy'),
    ('linkage', 'code', 'code || ''-'' || copy');

-- Indexes that are not unique are created after the rows.
CREATE TEMP TABLE later AS
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT indisunique AND relname NOT LIKE 'search%';

SELECT format('DROP INDEX %s', name) FROM later \gexec

SELECT format(
    'INSERT INTO %I (%s) SELECT %s FROM %1$I, generate_series(1, 9) copy',
    relname,
    string_agg(quote_ident(attname), ', ' ORDER BY attnum),
    string_agg(
        coalesce(
            expression,
            CASE WHEN atttypid = 'uuid'::regtype THEN format('pg_temp.moved(%I, copy)', attname) ELSE quote_ident(attname) END
        ),
        ', ' ORDER BY attnum
    )
)
FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN different ON relation = relname AND attribute = attname
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'search%'
GROUP BY relname
HAVING bool_or(atttypid = 'uuid'::regtype)
ORDER BY relname \gexec

SELECT definition FROM later \gexec
