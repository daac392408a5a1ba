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

# Figures, maps and lists.
made-up-mark = made up
time = { $date }, { $hour }:{ $minute } WIB (UTC+7)
as-of-date = data as of { $date }
computed-at = Computed on { $time }, at most once a minute.
a-year = a year
status = Status
kind = Kind
linkages = Business linkages
linkage = Linkage
active-linkages = Active linkages
batches = Internship batches
supplier = Supplier
buyer = Buyer
village = Village
map-note = A dot marks where a province lies, not its borders; point at it to read its figure. Shoreline: Natural Earth.
figures-made-up = The figures above contain made-up data.
villages-covered = Villages with a cooperative
villages-without = Without one
villages-without-list = List of villages without a cooperative
covered-of = { $covered } of { $villages } villages
covered-summary = { $covered } of { $villages } villages ({ $share }) have a cooperative.
noun-placement = Internship participants
noun-officer = Officers
noun-outlet = Outlets and business units
noun-produce = Produce of cooperatives by year
noun-report = Annual reports
noun-official = Officials of institutions
noun-partnership = Partnerships
noun-session = Training sessions
noun-month = Months of business linkages
noun-application = Partnership applications

# Home.
home-examples = For example:
home-figures = In figures
home-operating = { $shown } operating
home-programs = { $number ->
    [one] in { $shown } program
   *[other] in { $shown } programs
}
home-new = What is new
home-ways = For whom, and how
home-origin = Origin of the data
origin-more = Most of this register was generated by a program, to show what a complete national register looks like. What is real comes from regulations, news reports and open sources; each page names them.
origin-caption = Records by origin
origin-what = Records
origin-real = Real
origin-made-up = Made up
for-apps = Dashboards and apps
for-apps-more = Current figures and lists for the screens of ministries, regional offices and village apps, through one API.
for-analysts = Researchers and analysts
for-analysts-more = Each table can be downloaded as CSV, Excel, Parquet or NDJSON, with the origin of its data.
for-registrars = Registrars and field officers
for-registrars-more = Each page of a cooperative or a region shows what is lacking: outlets, buyers, reports, villages without a cooperative.
way-search = Search
way-search-more = Type the name of a village, cooperative, institution or commodity into the box; typing errors and abbreviations are understood.
way-search-link = Examples of searches
way-data = Download
way-data-more = All lists with their columns, formats, sizes and licences.
way-api = Ask the API
way-api-more = One GraphQL address answers any question about the register. This command works as it stands:

# Regions.
region-description = { $kind } { $name }, { $within }: cooperatives, coverage of villages, business linkages, institutions and internship batches.
region-code = Region code { $code }
postal-code = postal code { $code }
region-place = Place
place-on-map = Where { $name } is in Indonesia
place-approximate = The place is approximate: the nearest known point of the regions around it.
place-unknown = Its coordinates are not known.
region-no-cooperative = No cooperative is on record here.
linkages-out = Active linkages out (selling)
linkages-in = Active linkages in (buying)
statuses-caption = Cooperatives by status
parts-caption = Villages with a cooperative, by part of the region
parts-without-point = { $number ->
    [one] { $shown } part is not on the map because its coordinates are not known; the table has it.
   *[other] { $shown } parts are not on the map because their coordinates are not known; the table has all.
}
lacking = What is lacking
lacking-nothing = All villages here have a cooperative.
lacking-villages = { $number ->
    [one] { $shown } village has no cooperative. The list:
   *[other] { $shown } villages have no cooperative. The list:
}
villages-caption = Villages with their cooperatives
village-has = with a cooperative
village-lacks = without a cooperative
any-type = Any type
cooperatives-found = { $number ->
    [one] { $shown } cooperative
   *[other] { $shown } cooperatives, those with most members first
}
cooperatives-caption = Cooperatives by number of members
first-page = From the start
institutions-found = { $number ->
    [one] { $shown } partner institution
   *[other] { $shown } partner institutions, those with the greatest linkages first
}
institutions-caption = Partner institutions in this region
batches-found = { $number ->
    [one] { $shown } batch invites participants from this region
   *[other] { $shown } batches invite participants from this region
}
batches-caption = Latest internship batches
batch-number = batch { $number }
time-of = Time
trade-caption = Cooperatives with the greatest value of linkages
largest-linkage = Its largest linkage

# Commodities.
commodity-code = code { $code }
commodity-description = { $name }: the cooperatives and provinces that produce it, who buys it, and its business linkages.
commodities-lead = { $number ->
    [one] { $shown } commodity that cooperatives produce, process and sell, by category.
   *[other] { $shown } commodities that cooperatives produce, process and sell, by category.
}
grown-where = Where it is produced
grown-nowhere = No cooperative has recorded a volume of it.
grown-caption = Volume of cooperatives by province, { $year }
share-of-country = Share of Indonesia
growers = Largest producers
growers-found = { $number ->
    [one] { $shown } record of a cooperative in that year
   *[other] { $shown } records of cooperatives in that year
}
growers-caption = Cooperatives with the largest volume, { $year }
commodity-buyers = Who buys it
nobody-buys = No linkage of it is active.
buyers-found = { $number ->
    [one] { $shown } buyer with active linkages
   *[other] { $shown } buyers with active linkages
}
buyers-caption = Buyers by value a year
commodity-linkages-caption = Active linkages of the greatest value
