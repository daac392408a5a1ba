-- Every regency as often as it has cooperatives.
SELECT substr(region_code, 1, 5) FROM cooperative WHERE length(region_code) >= 5 ORDER BY region_code
