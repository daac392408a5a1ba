# Texts of pages in English.
search-label = Search villages, cooperatives, institutions, commodities
search = Search
language = Language
skip = Skip to content
trail = Place among regions
copy-link = Copy link
copied = Link copied
as-graphql = View as GraphQL
data-catalogue = Data catalogue
download = Download
footer = Simpul: the national register of cooperatives and their partners. Each page names the origin of its data.
made-up = Some data on this page is made up.
made-up-more = What is marked MADE UP never happened: its people, agreements and amounts of money are inventions.
partly-failed = A part of this page could not be loaded:

not-found = Not found
not-found-advice = The register has nothing at this address. Search with the box above: a name, a code of a region, or a postal code.
rate-limited = Too many requests
rate-limited-advice = Wait a few seconds, then load this page again.
unavailable = Busy
unavailable-advice = The server had no time to answer. Load this page again in a moment.
failed = Something went wrong
failed-advice = The fault is ours, and it was recorded. Try to load this page again.
refused = The request cannot be met
refused-advice = This address holds a value that cannot be read. Check it, or begin with the box above.

rupiah-trillion = Rp{"\u00A0"}{ $amount } trillion
rupiah-billion = Rp{"\u00A0"}{ $amount } billion
rupiah-million = Rp{"\u00A0"}{ $amount } million
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

home-title = Who works with whom
home-lead = The national register of cooperatives, partner institutions, internship programs and business linkages: who works with whom, through what, and with what result.
coverage = Coverage
coverage-caption = Villages with a cooperative, by province
province = Province
villages = Villages
villages-with-cooperative = With a cooperative
share = Share

about = Profile
registration-number = Registration number
form = Form
community-base = Community base
established = Established
members = Members
address = Address
commodities = What it produces
commodities-caption = Commodities of the latest year
commodity = Commodity
year = Year
volume = Volume a year
value = Value a year

# The box and its suggestions.
kind-cooperative = Cooperatives
kind-institution = Partner institutions
kind-program = Internship programs
kind-commodity = Commodities
kind-region = Regions
suggest-made-up = made up
suggest-all = All results for
suggest-found = suggestions; choose with the arrow keys
suggest-none = No suggestions

# Search.
search-title = Results for { $text }
search-description = Search cooperatives, partner institutions, internship programs, commodities and regions of all Indonesia.
search-total = Results: { $number }
at-least = { $number }+
search-narrow = Narrow the results
search-everything = All
search-any-status = Any status
search-all-indonesia = All Indonesia
search-province = Narrow to a province
search-because = Matches:
search-by-name = name
search-by-other-name = other name
search-by-code = code
search-by-region = region
search-by-kind = kind
search-by-community = community
search-by-program = program
search-by-commodity = commodity
search-by-party = organiser or host
search-pages = Pages of results
search-previous = Previous
search-next = Next
search-lead = Type a name, a place, a commodity, a code of a region, or a postal code. Words may come in any order; typing errors and abbreviations are understood.
search-examples = Examples
search-nothing = No results
search-wider = Search all kinds and all regions
search-fewer = Search one word alone:
search-spelling = Check the spelling, or use the name of a village, district or regency.
example-name = the name of a cooperative
example-village = a village cooperative by the name of its village
example-commodity-place = a commodity at a place
example-commodity = a commodity, and the cooperatives that produce it
example-abbreviation = an institution, by an abbreviation
example-program = internship programs
example-postal-code = a postal code
example-code = the code of a region
# Pictures.
network-buys-from = Buys from
network-sells-to = Sells to
network-others = { $number ->
    [one] and { $shown } other
   *[other] and { $shown } others
}
network-none = None on record
network-legend = The wider a line, the larger its value a year.
network-made-up = dashed line: made-up data
