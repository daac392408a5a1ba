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
made-up-more = What is marked SYNTHETIC DATA never happened: its people, agreements and amounts of money are inventions.
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

# What several pages say.
origin = Origin of the data
as-of = as of { $date }
rows-left-out = and { $shown } more
yes = yes
no = no
unknown = unknown
status = Status
kind = Kind
place = Place
party = Party
program = Program
participants = Participants
organiser = Organiser
host = Host
batch = Batch
batch-number = Batch { $number }
batch-starts = Dates
supplier = Supplier
buyer = Buyer
month = Month
days = { $number ->
    [one] { $shown } day
   *[other] { $shown } days
}
not-reported = not reported

# A cooperative.
cooperative-description = { $name } in { $place }: profile, outlets, officers, produce, buyers and suppliers, internships, annual reports, and what is still missing.
cooperative-stages = Stages of the cooperative's life
cooperative-successor = Merged into
cooperative-where = Where
cooperative-people = Officers
cooperative-trade = Buyers and suppliers
cooperative-missing = What is missing here
cooperative-learning = Internships and training
cooperative-reports = Annual reports
cooperative-partnerships = Agreements
cooperative-short-name = Short name
cooperative-legal-number = Legal-entity number
cooperative-business-number = Business number
cooperative-program = Program
cooperative-formation = Way of formation
cooperative-legal-on = Legal entity since
cooperative-principal-saving = Principal saving
cooperative-mandatory-saving = Mandatory saving
cooperative-phone = Office phone
cooperative-email = Office e-mail
cooperative-website = Website
cooperative-region-code = Code of the region
cooperative-postal-code = Postal code
cooperative-point = Point (latitude; longitude), rounded
cooperative-precision = Precision of the point
cooperative-no-point = Its location is not on record.
cooperative-outlets-open = outlets open
cooperative-outlets-demanded = outlets open, { $open } of { $all } that are mandatory
cooperative-sells = linkages as supplier
cooperative-buys = linkages as buyer
cooperative-turnover-of = turnover of { $year }
cooperative-network = Business network of { $name }
cooperative-sold = Sells to
cooperative-bought = Buys from
cooperative-other-linkages = { $number ->
    [one] { $shown } other linkage: proposed, being negotiated, or ended
   *[other] { $shown } other linkages: proposed, being negotiated, or ended
}
cooperative-other-caption = Linkages that are not running
cooperative-hosted = Programs that learn here
cooperative-placements = Participants from this cooperative (their names are not public)
cooperative-agreements = Agreements, the latest first
cooperative-near = Buyers of the same produce in { $place }
cooperative-near-why = They already buy the same produce from other cooperatives of this province, so they can be approached.
cooperative-near-none = No regular buyer of this produce is on record in the same province.
cooperative-near-caption = Who buys the same produce in { $place }
cooperative-near-from = From
outlets = Outlets
outlets-caption = Outlets and facilities, by kind
outlet = Outlet
outlet-opened = Open since
outlet-premises = Premises
outlet-power = Power
outlet-internet = Internet
officer = Name
officer-office = Office
officer-body = Body
officer-since = Since
officers-caption = Those in office
commodity-area = Area
commodity-workers = Workers
report-assets = Assets
report-turnover = Turnover
report-surplus = Surplus
report-equity = Equity
report-year = Book year
report-meeting = Members' meeting
report-attendees = Attended
report-health = Health rating
reports-caption = Reports of the annual members' meeting, in rupiah
missing-nothing = Nothing is on record as missing.
missing-note = What is not on record here may exist all the same. The cooperative or its regional office can complete the record.
missing-outlets = Mandatory outlets that are not open
missing-outlets-why = The program { $program } demands eight outlets of each cooperative.
missing-outlet = not there yet
missing-reports = Annual reports not filed
missing-reports-why = The annual members' meeting is due within six months after the book year.
missing-facts = Facts not on record
missing-buyers = Produce without a regular buyer

# A linkage.
linkage = Linkage
linkage-with = Partner
linkage-goods = Goods
linkage-description = { $name } from { $supplier } to { $buyer }: terms, value, and deliveries by month.
linkage-terms = Terms
linkage-months = By month
linkage-pattern = Partnership pattern
linkage-starts = Starts
linkage-ends = Ends
linkage-exclusive = Exclusive
linkage-payment = Payment term
linkage-code = Code
linkage-no-partnership = No written agreement is on record for this linkage.
linkage-months-value = Value of deliveries by month
linkage-months-volume = Volume of deliveries by month
linkage-months-caption = Deliveries by month, the latest first
month-volume = Volume
month-value = Value
month-deliveries = Deliveries
month-rejected = Rejected

# An agreement.
partnership = Agreement
partnership-description = { $kind } number { $number } between { $parties }.
partnership-terms = Main terms
partnership-number = Number
partnership-with = With
partnership-signed = Signed
partnership-from = In force from
partnership-until = In force until
partnership-value = Value
partnership-language = Language
partnership-scope = Scope
partnership-parent = Under
partnership-parties = Parties
partnership-parties-caption = Parties by role
partnership-role = Role
partnership-contents = Mandatory contents
partnership-contents-why = PP 7/2021 article 117 demands seven contents of a partnership agreement.
partnership-contents-unknown = The contents of this agreement are not on record.
partnership-content-there = present
partnership-content-lacking = missing
partnership-resting = What rests on it
partnership-nothing = No linkage, program or further agreement is on record.
partnership-linkages = Business linkages
partnership-programs = Programs
partnership-children = Agreements under it
