-- What PostGraphile needs beside the registry's tables, in a schema of its own, as its users write it.
DROP SCHEMA IF EXISTS postgraphile CASCADE;
CREATE SCHEMA postgraphile;

-- It groups by columns of the table itself, and has no count of a group's rows but the sum of a column of ones.
CREATE VIEW postgraphile.linkage_figure AS
SELECT linkage.id, linkage.status, linkage.commodity_code, linkage.annual_value, 1 AS one,
       substr(party.region_code, 1, 2) AS supplier_province
FROM linkage
JOIN party ON party.id = linkage.supplier_id;

COMMENT ON VIEW postgraphile.linkage_figure IS '@primaryKey id';

-- It cannot say which year is the latest.
CREATE VIEW postgraphile.latest_commodity AS
SELECT * FROM public.cooperative_commodity
WHERE year = (
    SELECT max(year) FROM public.cooperative_commodity x WHERE x.cooperative_id = cooperative_commodity.cooperative_id);

COMMENT ON VIEW postgraphile.latest_commodity IS $$
@primaryKey id
@foreignKey (cooperative_id) references public.cooperative (id)
@foreignKey (commodity_code) references public.commodity (code)
$$;

-- It sorts what a table between two others joins by that table's own columns only.
CREATE FUNCTION postgraphile.institution_partnerships(institution public.institution)
RETURNS SETOF public.partnership LANGUAGE sql STABLE AS $$
    SELECT partnership.* FROM public.partnership_party
    JOIN public.partnership ON partnership.id = partnership_party.partnership_id
    WHERE partnership_party.party_id = institution.id AND partnership.status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')
    ORDER BY partnership.signed_on DESC NULLS LAST, partnership.id DESC
$$;
