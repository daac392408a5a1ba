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
unauthenticated = Not recognised
unauthenticated-advice = The credential of this request is wrong or no longer valid. Without a credential everybody reads what is public.
unavailable = Busy
idempotency-key-reused = The idempotency key was used for another request.
read-only = This registry can only be read.
unavailable-advice = The server had no time to answer. Load this page again in a moment.
failed = Something went wrong
failed-advice = The fault is ours, and it was recorded. Try to load this page again.
refused = The request cannot be met
too-dear = This page is too dear
too-dear-advice = This page needs more work than the server allows. Narrow it down, or begin with the box above.
refused-advice = This request holds a value that cannot be read. Check it, or begin with the box above.
api-says = What the API says:
too-large = The request is too large
forbidden = Not allowed
forbidden-advice = This part is not open to the public.
batch-too-large = There are too many queries in one request; send them in several.
cursor-expired = The log of changes does not reach back to this cursor. Read your lists again.
cursor-invalid = The cursor in this address belongs to another list. Begin with the first page of the list.
too-deep = This query is nested too deeply; use fewer levels.
document-too-large = The query or its answer is beyond a limit of size; ask for less at once.
export-bytes-exceeded = The files being made for you have used up their space. Wait until another download has ended.
parse-failed = The query in this address cannot be read. Check its brackets and quotes.
validation-failed = The query in this address does not fit the schema. Check the names of its fields and arguments.
method-not-allowed = This address does not take that method. Open it by a link.
not-acceptable = The server has no answer in the form that was asked for.
payload-too-large = What was sent is beyond the limit of size.
document-not-found = The server has no query by this name. Send the whole query.
document-hash = The hash in this address does not fit its query.
document-not-stored = This server keeps no queries by name. Send the whole query.
document-not-trusted = This server runs only queries that it knows; this one is not among them.
timeout-advice = The answer was not ready in time. Load this page again, or narrow it down.
unsupported-media-type = What was sent has an unknown form. The API takes JSON only.

editor-title = Query editor
editor-lead = Ask the register by GraphQL: who works with whom, through what, and with what result. Reading needs no key.
editor-full = Full editor (GraphiQL)
editor-plain = Plain editor
licences = Licences
editor-no-script = Without JavaScript this page runs no queries; lists can be downloaded as CSV.
examples = Examples
editor-query = Query
editor-variables = Variables (JSON)
editor-operation = Operation name
editor-hints = Fields that fit here
editor-keys = Ctrl + Enter runs the query; Ctrl + Space goes to the fields that fit at the cursor.
editor-run = Run
editor-download = Download CSV
editor-copy-curl = Copy as curl
editor-copy-fetch = Copy as fetch
editor-copy-python = Copy as Python
editor-copied = Copied
editor-selected = Selected: copy it by hand
editor-exported = All rows of the list are being downloaded.
editor-saved = The rows that are shown were saved.
editor-history = What you ran before
editor-answer = Answer
editor-nothing = Run a query: its answer appears here as tables.
editor-none = none
editor-field = field
editor-value = value
editor-table = Table { $name }
editor-place = line { $line }, column { $column }
editor-errors = errors: { $n }
editor-rows = rows: { $n }
editor-cost = cost { $actual } (at most { $requested }; allowed { $limit })
editor-unreachable = The server does not answer. Try again.
editor-empty = The answer is empty.
editor-bad-variables = The variables are no JSON:
editor-json = The answer as JSON
example-cooperative-profile = A cooperative’s profile
example-search = A search
example-nearby = Cooperatives nearby
example-map = Regions in a part of the map
example-institution-network = A partner’s network
example-internship-program = An internship program
example-supply-chain = A supply chain
example-linkage-figures = Linkages by province and commodity
example-coverage = Cooperatives by province and status
example-cooperatives-without-offtaker = Cooperatives without an off-taker

schema-title = Schema
schema-lead = All types of the API with their fields, arguments and descriptions, which are written in English.
schema-begin = Begin with what can be asked
schema-search = Search types, fields and descriptions
schema-results = Found
schema-found = { $number ->
    [one] { $shown } result.
   *[other] { $shown } results.
  }
schema-first = The first { $shown } are shown.
schema-objects = Objects
schema-interfaces = Interfaces
schema-unions = Unions
schema-enums = Vocabularies
schema-inputs = Inputs
schema-scalars = Scalars
schema-implements = Implements
schema-possible = Is one of
schema-fields = Fields
schema-input-fields = Input fields
schema-words = Words
schema-arguments = Arguments
schema-deprecated = Deprecated:
schema-used = Used by

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
buys-from = Buys from
sells-to = Sells to
network-others = { $number ->
    [one] and { $shown } other
   *[other] and { $shown } others
}
network-none = None on record
network-legend = The wider a line, the larger its value a year.
network-made-up = dashed line: made-up data

# Figures, maps and lists.
made-up-mark = synthetic data
time = { $date }, { $hour }:{ $minute } WIB (UTC+7)
as-of-date = data as of { $date }
updated-on = updated on { $date }
computed-at = Computed on { $time }, at most once a minute.
a-year = a year
linkages = Business linkages
active-linkages = Active linkages
batches = Internship batches
village = Village
map-note = A dot marks where a province lies, not its borders; point at it to read its figure. Shoreline: Natural Earth.
figures-made-up = The figures above contain made-up data.
villages-covered = Villages with a cooperative
villages-without = None recorded
villages-without-list = List of villages without a cooperative
covered-of = { $covered } of { $villages } villages
covered-summary = { $covered } of { $villages } villages ({ $share }) have a cooperative.
noun-placement = Internship participants
noun-officer = Officers
noun-outlet = Outlets and business units
noun-report = Annual reports
noun-official = Officials of institutions
noun-partnership = Partnerships
noun-session = Training sessions
noun-application = Partnership applications

# Home.
home-examples = For example:
home-figures = In figures
home-operating = { $shown } operating
home-programs = { $number ->
    [one] in { $shown } program
   *[other] in { $shown } programs
}
home-computing = The figures are being computed. Load this page again in a moment.
home-new = What is new
home-ways = For whom, and how
origin-real-more = What this register holds comes from regulations, news reports and open sources; each page names them.
origin-some-more = A part of this register was generated by a program. What is real comes from regulations, news reports and open sources; each page names them.
origin-more = Most of this register was generated by a program, to show what a complete national register looks like. What is real comes from regulations, news reports and open sources; each page names them.
origin-caption = Records by origin
origin-what = Records
origin-real = Real
origin-made-up = Made up
for-apps = Dashboards and apps
for-apps-more = Current figures and lists for the screens of ministries, regional offices and village apps, through one API.
for-analysts = Researchers and analysts
for-analysts-more = Lists can be downloaded as CSV and Excel, with the origin of their data; Parquet and NDJSON are on the page Data.
for-registrars = Registrars and field officers
for-registrars-more = Each page of a cooperative or a region shows what is lacking: outlets, buyers, reports, villages without a cooperative.
way-search-more = Type the name of a village, cooperative, institution or commodity into the box; typing errors and abbreviations are understood.
way-search-link = Examples of searches
way-data-more = All lists with their columns, formats, sizes and licences.
way-api = Ask the API
way-api-more = One GraphQL address answers any question about the register. This command works as it stands:

# Regions.
region-description = { $kind } { $name }, { $within }: cooperatives, coverage of villages, business linkages, institutions and internship batches.
region-named = { $name } ({ $kind })
region-code = Region code { $code }
postal-code = postal code { $code }
location = Location
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
    [one] { $shown } village has no recorded cooperative. The list:
   *[other] { $shown } villages have no recorded cooperative. The list:
}
villages-caption = Villages with their cooperatives
villages-left-out = { $number ->
    [one] { $shown } more village is not shown here.
   *[other] { $shown } more villages are not shown here.
}
village-has = with a cooperative
village-lacks = none recorded
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
# Where a record comes from.
provenance-no-place = Its place is not known yet

role = Role

# An institution.
institution-description = { $name }: { $kind }; its agreements, programs and business linkages with cooperatives.
institution-kind = Kind of institution
institution-ownership = Ownership
institution-parent = Parent institution
institution-code = Official code
website = Website
institution-active = State
institution-inactive = No longer active
institution-network = Network
network-of = Business network of { $name }
institution-side = Direction
institution-buys-from = buys from this partner
institution-sells-to = sells to this partner
institution-linkages-caption = Largest business linkages
institution-running-only = Running linkages only: on trial, active or on hold.
institution-linkages = { $number ->
    [one] { $shown } business linkage is recorded.
   *[other] { $shown } business linkages are recorded.
}
institution-buys = What it buys
institution-sells = What it sells
institution-buys-chart = Purchases a year, by province of the supplier
institution-sells-chart = Sales a year, by province of the buyer
institution-buys-places = Purchases by province of the supplier
institution-sells-places = Sales by province of the buyer
institution-buys-goods = Purchases by commodity
institution-sells-goods = Sales by commodity
institution-more-goods = Only the commodities of the largest value are shown.
institution-no-commodity = No particular commodity
institution-active-only = Active business linkages only.
institution-no-active-linkages = No business linkage is active yet.
partnerships = Agreements
institution-partnerships-caption = Latest agreements
institution-partnerships-total = { $number ->
    [one] { $shown } agreement is recorded.
   *[other] { $shown } agreements are recorded.
}
institution-parties = Other parties
institution-programs-caption = Latest programs
institution-organiser = organiser
institution-host = host
institution-supporter = supporter
institution-organises = { $number ->
    [one] Organises { $shown } program
   *[other] Organises { $shown } programs
}
institution-hosts = { $number ->
    [one] Hosts { $shown } program
   *[other] Hosts { $shown } programs
}
institution-supports = { $number ->
    [one] Supports { $shown } program
   *[other] Supports { $shown } programs
}
institution-officials = Officials
institution-children = Parts of this institution
institution-children-total = { $number ->
    [one] { $shown } institution in all.
   *[other] { $shown } institutions in all.
}

# An internship program.
program-description = { $name } of { $year }, organised by { $organiser }: its batches, participants by province, topics, host and supporters.
program-office = The authority for cooperatives in the host’s province
program-sector = Sector
starts = Starts
ends = Ends
program-target = Participants aimed at
program-target-provinces = Provinces aimed at
program-batch-count = Batches
program-code = Code of the program
program-agreements = Agreements that it is based on
program-batches = Batches
program-batches-picture = Batches in time
program-batches-caption = Batches of this program
program-no-batches = Its batches are not recorded yet.
program-taken = { $taken } seats are taken.
program-taken-of = { $taken } seats are taken of { $target } participants aimed at.
program-taken-made-up = participants are made up
program-no-participants = Participants by province are not recorded yet.
program-participants-part = Only participants of the batches above are counted by province.
program-by-province = Participants by the province of their cooperative
program-by-province-caption = Participants by the province of the cooperative: placements with a seat
program-learning = What is learned
program-topics = Topics
program-goals = Goals
program-methods = Methods
program-host-business = The host's business that participants see
program-people = Who carries it out
topic-chain = The agribusiness chain from upstream to downstream
topic-supply-chain = Development of supply chains
topic-procedures = Drafting of operating procedures (SOP)
topic-production = Management of production
topic-planning = Long-term planning
topic-quality = Management of quality
topic-marketing = Marketing of members' products
topic-networking = Business networking
topic-digital = Digital transformation
topic-empowerment = Empowerment of the community and of santri
topic-innovation = Innovation and finding formulas
goal-operation = Make Kopdes Merah Putih operational sooner
goal-ecosystem = Build a business ecosystem and partnerships at village level
goal-capacity = Raise the capacity of board members
goal-enterprise = Foster an entrepreneurial spirit
goal-replicate = Understand the business model, grow the business, and replicate best practice
goal-hub = Make cooperatives the aggregation hub and economic node of the village

# A batch.
batch-description = { $name }, { $days }: its place, sessions, provinces and participants.
batch-from-to = { $from } – { $to }
batch-unscheduled = not scheduled yet
batch-day = Date
batch-opened = Opened
batch-capacity = Seats
batch-taken = Seats taken
batch-provinces = Provinces
batch-sessions = Sessions
batch-sessions-caption = Training sessions by date
batch-no-sessions = Its sessions are not recorded yet.
batch-topic = Topic
batch-method = Method
batch-hours = Hours
batch-cooperatives = Cooperatives
batch-cooperatives-caption = Placements from cooperatives
cooperative = Cooperative
batch-placements-total = { $number ->
    [one] { $shown } placement is recorded. Names of participants are personal data and not shown.
   *[other] { $shown } placements are recorded. Names of participants are personal data and not shown.
}

# The data catalogue.
data-lead = All lists that can be downloaded: what they hold, their size, date and licence, and how to cite them.
data-about = About the data
data-lists = Lists
data-rows = Rows
data-as-of = Data as of
data-version = Version
data-made-up = Rows with the source SYNTHETIC are made up. Every file that may hold some has the column source; use it to tell them apart.
data-filters = Every file can be narrowed by where and sorted by orderBy, like a list of the API; its columns may be any of the schema.
data-row-count = { $number ->
    [one] { $shown } row
   *[other] { $shown } rows
}
data-column-count = { $number ->
    [one] { $shown } column
   *[other] { $shown } columns
}
data-size = about { $size } as CSV
data-columns = Columns
data-too-long = too long for one sheet
data-by-province = This list is too long for one file; download it by province.
data-provinces = CSV by the province of the cooperative
data-schema = Schema and labels
data-schema-file = all types, fields and arguments, with their descriptions
data-labels-file = labels and meanings of all words of vocabularies, in both languages
data-types-file = the possible types of each interface, for Apollo Client
data-endpoint = the API and the query editor
data-cite = How to cite
data-cite-how = Name the version and the date of the data, so that others find the same figures:
data-citation = Simpul ({ $year }). The national register of cooperatives, partners, internships and business linkages, version { $version }, data as of { $date }.
data-cite-copy = Copy citation
data-cite-copied = Citation copied
data-cooperatives-about = A cooperative: name, registration number, program, type, status, region, members.
data-business-units-about = An outlet or business unit of a cooperative, with its state.
data-volumes = Commodities of cooperatives
data-volumes-about = What a cooperative produces of a commodity in a year: volume, area, workers, value.
data-reports-about = A report of a cooperative on a book year: balance, surplus, health.
data-institutions-about = A partner institution: kind, ownership, region, parent.
data-partnerships-about = An agreement: number, kind, status, term, value.
data-programs-about = An internship program: targets, organiser, host.
data-batches-about = A batch of a program: time, place, seats.
data-sessions-about = A session of a batch: date, topic, method, hours.
data-placements = Placements
data-placements-about = A placement from a cooperative in a batch; without personal data.
data-linkages-about = A business linkage: supplier, buyer, commodity, volume, value.
data-months = Months of linkages
data-months-about = What was delivered in a month of a business linkage.
data-applications-about = An application of a cooperative to become an outlet or agent of an institution.
data-regions-about = A province, regency, city, district or village: code, name, postal code, point.
data-commodities = List of commodities
data-commodities-about = A commodity: code, name, category, unit.
data-classes = Business classes (KBLI)
data-classes-about = A business class of KBLI 2020: code, title.
# What several pages say.
origin = Origin of the data
as-of = as of { $date }
rows-left-out = and { $shown } more
not-all-groups = Not all provinces fit in this table.
yes = yes
no = no
no-end = open-ended
request-late = What was sent took too long to arrive. Send it again.
download-villages = Download the numbers of villages
download-villages-with = Download the numbers of villages with a cooperative
download-village-list = Download the villages
download-cooperatives = Download the cooperatives
cooperative-near-files = The files also have the buyers that already buy from this cooperative.
unknown = not known yet
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
supplier = Supplier
buyer = Buyer
month = Month
days = { $number ->
    [one] { $shown } day
   *[other] { $shown } days
}
download-all = Download all
officers-unknown = Its officers are not known yet.
officials-unknown = Its officials are not known yet.
data-no-files = This server makes no files: it executes only documents that it knows.
not-reported = not reported

# A cooperative.
cooperative-description = { $name } in { $place }: profile, outlets, officers, produce, buyers and suppliers, internships, annual reports, and what is still missing.
cooperative-stages = Stages of the cooperative's life
cooperative-successor = Merged into
cooperative-trade = Buyers and suppliers
cooperative-missing = What is missing here
cooperative-learning = Internships and training
cooperative-short-name = Short name
cooperative-legal-number = Legal-entity number
cooperative-business-number = Business number
cooperative-formation = Way of formation
cooperative-legal-on = Legal entity since
cooperative-principal-saving = Principal saving
cooperative-mandatory-saving = Mandatory saving
cooperative-phone = Office phone
cooperative-email = Office e-mail
cooperative-region-code = Code of the region
cooperative-postal-code = Postal code
cooperative-point = Point (latitude; longitude), rounded
cooperative-precision = Precision of the point
cooperative-map = Place on the map of Indonesia: { $place }
cooperative-no-point = Its location is not on record.
cooperative-outlets-open = outlets open
cooperative-outlets-demanded = outlets open, { $open } of { $all } that are mandatory
cooperative-sells = linkages as supplier
cooperative-buys = linkages as buyer
cooperative-turnover-of = turnover of { $year }
cooperative-other-linkages = { $number ->
    [one] { $shown } other linkage: proposed, being negotiated, or ended
   *[other] { $shown } other linkages: proposed, being negotiated, or ended
}
cooperative-other-caption = Linkages that are not running
cooperative-hosted = Programs that learn here
cooperative-placements = Participants from this cooperative (their names are not public)
cooperative-agreements = Agreements, the latest first
cooperative-near = Buyers of the same produce from cooperatives in { $place }
cooperative-near-why = They already buy the same produce from other cooperatives of this province, so they can be approached.
cooperative-near-none = No other buyer of this produce from suppliers in the same province is on record.
cooperative-near-more = Only the largest are shown.
cooperative-near-own = The largest buyers of this produce from the same province already buy from this cooperative.
cooperative-near-caption = Who buys the same produce from suppliers in { $place }
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
missing-buyers = Produce for which no buyer is on record

# A linkage.
linkage = Linkage
linkage-with = Partner
linkage-goods = Goods
linkage-description = { $name } from { $supplier } to { $buyer }: terms, value, and deliveries by month.
linkage-terms = Terms
linkage-months = By month
linkage-pattern = Partnership pattern
linkage-exclusive = Exclusive
linkage-payment = Payment term
linkage-code = Code
linkage-no-partnership = No written agreement is on record for this linkage.
linkage-months-value = Value of deliveries by month
linkage-months-volume = Volume of deliveries by month
linkage-months-caption = Deliveries by month, the latest first
month-volume = Volume
amount = Value
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
partnership-scope = Scope
partnership-parent = Under
partnership-parties = Parties
partnership-parties-caption = Parties by role
partnership-contents = Mandatory contents
partnership-contents-why = PP 7/2021 article 117 demands seven contents of a partnership agreement.
partnership-contents-unknown = The contents of this agreement are not on record.
partnership-content-there = present
partnership-content-lacking = missing
partnership-resting = What rests on it
partnership-nothing = No linkage, program or further agreement is on record.
partnership-children = Agreements under it
