-- Every institution as often as it has partnerships.
SELECT slug FROM partnership_party JOIN institution ON institution.id = party_id ORDER BY slug
