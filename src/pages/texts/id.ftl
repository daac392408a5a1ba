# Texts of pages in Indonesian.
search-label = Cari desa, koperasi, lembaga, komoditas
search = Cari
language = Bahasa
skip = Lewati ke isi
trail = Letak dalam wilayah
copy-link = Salin tautan
copied = Tautan disalin
as-graphql = Lihat sebagai GraphQL
data-catalogue = Katalog data
download = Unduh
footer = Simpul: daftar nasional koperasi dan mitra. Setiap halaman menyebut asal datanya.
made-up = Di halaman ini ada data buatan.
made-up-more = Yang bertanda DATA BUATAN tidak pernah terjadi: orang, perjanjian, dan jumlah uangnya rekaan.
partly-failed = Sebagian isi halaman ini tidak dapat diambil:

not-found = Tidak ditemukan
not-found-advice = Alamat ini tidak ada di daftar. Cari dengan kotak di atas: nama, kode wilayah, atau kode pos.
rate-limited = Terlalu banyak permintaan
rate-limited-advice = Tunggu beberapa detik, lalu muat ulang halaman ini.
unauthenticated = Tidak dikenali
unauthenticated-advice = Tanda pengenal permintaan ini salah atau tidak berlaku lagi. Tanpa tanda pengenal, siapa pun dapat membaca yang terbuka.
unavailable = Sedang sibuk
idempotency-key-reused = Kunci idempotensi ini sudah dipakai untuk permintaan lain.
read-only = Registri ini hanya dapat dibaca.
unavailable-advice = Server tidak sempat menjawab. Muat ulang halaman ini sebentar lagi.
failed = Terjadi kesalahan
failed-advice = Kesalahan ini ada pada kami, dan sudah tercatat. Coba muat ulang halaman ini.
refused = Permintaan tidak dapat dipenuhi
too-dear = Halaman ini terlalu mahal
too-dear-advice = Halaman ini memerlukan lebih banyak perhitungan daripada yang diizinkan server. Persempit pilihannya, atau mulai dari kotak di atas.
refused-advice = Permintaan ini memuat nilai yang tidak dapat dibaca. Periksa nilainya, atau mulai dari kotak di atas.
api-says = Keterangan API, dalam bahasa Inggris:
too-large = Permintaan terlalu besar
forbidden = Tidak diizinkan
forbidden-advice = Bagian ini tidak terbuka untuk umum.
batch-too-large = Terlalu banyak kueri dalam satu permintaan; kirimlah dalam beberapa permintaan.
cursor-expired = Catatan perubahan tidak lagi mencakup penanda ini. Baca ulang daftar Anda.
cursor-invalid = Penanda halaman pada alamat ini milik daftar lain. Mulailah dari halaman pertama daftar.
too-deep = Kueri ini bersarang terlalu dalam; kurangi tingkatnya.
document-too-large = Kueri atau jawabannya melewati batas ukuran; mintalah lebih sedikit sekaligus.
export-bytes-exceeded = Berkas yang sedang dibuat untuk Anda sudah menghabiskan ruangnya. Tunggu sampai unduhan lain selesai.
parse-failed = Kueri pada alamat ini tidak dapat dibaca. Periksa kurung dan tanda petiknya.
validation-failed = Kueri pada alamat ini tidak sesuai dengan skema. Periksa nama bidang dan argumennya.
method-not-allowed = Alamat ini tidak menerima cara pengiriman itu. Bukalah alamatnya lewat tautan.
not-acceptable = Server tidak punya bentuk jawaban yang diminta.
payload-too-large = Kiriman ini melewati batas ukuran.
document-not-found = Kueri dengan nama ini tidak tersimpan di server. Kirimlah kuerinya secara lengkap.
document-hash = Nilai hash kueri pada alamat ini tidak cocok dengan kuerinya.
document-not-stored = Server ini tidak menyimpan kueri menurut namanya. Kirimlah kuerinya secara lengkap.
document-not-trusted = Server ini hanya menjalankan kueri yang dikenalnya; kueri ini bukan salah satunya.
timeout-advice = Jawabannya tidak selesai pada waktunya. Muat ulang halaman ini, atau persempit pilihannya.
unsupported-media-type = Bentuk kiriman ini tidak dikenal. API menerima JSON saja.

editor-title = Editor kueri
editor-lead = Tanyakan kepada daftar lewat GraphQL: siapa bekerja dengan siapa, lewat apa, dan apa hasilnya. Membaca tidak perlu kunci.
editor-full = Editor lengkap (GraphiQL)
editor-plain = Editor sederhana
licences = Lisensi
editor-no-script = Tanpa JavaScript halaman ini tidak menjalankan kueri; daftar tetap dapat diunduh sebagai CSV.
examples = Contoh
editor-query = Kueri
editor-variables = Variabel (JSON)
editor-operation = Nama operasi
editor-hints = Bidang yang cocok di sini
editor-keys = Ctrl + Enter menjalankan kueri; Ctrl + Spasi menuju bidang yang cocok di kursor.
editor-run = Jalankan
editor-download = Unduh CSV
editor-copy-curl = Salin sebagai curl
editor-copy-fetch = Salin sebagai fetch
editor-copy-python = Salin sebagai Python
editor-copied = Tersalin
editor-selected = Terpilih: salinlah dengan tangan
editor-exported = Semua baris daftar ini sedang diunduh.
editor-saved = Baris yang tampak sudah disimpan.
editor-history = Yang pernah dijalankan
editor-answer = Jawaban
editor-nothing = Jalankan sebuah kueri: jawabannya muncul di sini sebagai tabel.
editor-none = tidak ada
editor-field = bidang
editor-value = nilai
editor-table = Tabel { $name }
editor-place = baris { $line }, kolom { $column }
editor-errors = kesalahan: { $n }
editor-rows = baris: { $n }
editor-cost = biaya { $actual } (paling banyak { $requested }; batas { $limit })
editor-unreachable = Server tidak menjawab. Coba lagi.
editor-empty = Jawabannya kosong.
editor-bad-variables = Variabelnya bukan JSON:
editor-json = Jawaban sebagai JSON
example-cooperative-profile = Profil koperasi
example-search = Pencarian
example-nearby = Koperasi terdekat
example-map = Wilayah di sebagian peta
example-institution-network = Jaringan lembaga mitra
example-internship-program = Program magang
example-supply-chain = Rantai pasok
example-linkage-figures = Keterhubungan menurut provinsi dan komoditas
example-coverage = Koperasi menurut provinsi dan status
example-cooperatives-without-offtaker = Koperasi tanpa offtaker

schema-title = Skema
schema-lead = Semua tipe API dengan bidang, argumen, dan penjelasannya, yang ditulis dalam bahasa Inggris.
schema-begin = Mulai dari yang dapat ditanyakan
schema-search = Cari tipe, bidang, dan penjelasan
schema-results = Ditemukan
schema-found = { $number ->
   *[other] { $shown } hasil.
  }
schema-first = { $shown } yang pertama ditampilkan.
schema-objects = Objek
schema-interfaces = Antarmuka
schema-unions = Gabungan
schema-enums = Kosakata
schema-inputs = Masukan
schema-scalars = Skalar
schema-implements = Mewujudkan
schema-possible = Salah satu dari
schema-fields = Bidang
schema-input-fields = Bidang masukan
schema-words = Kata
schema-arguments = Argumen
schema-deprecated = Usang:
schema-used = Dipakai oleh

rupiah-trillion = Rp{"\u00A0"}{ $amount } triliun
rupiah-billion = Rp{"\u00A0"}{ $amount } miliar
rupiah-million = Rp{"\u00A0"}{ $amount } juta
date = { $day } { $month } { $year }
month-1 = Januari
month-2 = Februari
month-3 = Maret
month-4 = April
month-5 = Mei
month-6 = Juni
month-7 = Juli
month-8 = Agustus
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Desember

home-title = Siapa bekerja dengan siapa
home-lead = Daftar nasional koperasi, lembaga mitra, program magang, dan keterhubungan usaha: siapa bekerja dengan siapa, lewat apa, dan apa hasilnya.
coverage = Cakupan
coverage-caption = Desa yang berkoperasi, menurut provinsi
province = Provinsi
villages = Desa
villages-with-cooperative = Desa berkoperasi
share = Bagian

about = Profil
registration-number = Nomor induk koperasi
form = Bentuk
community-base = Basis masyarakat
established = Didirikan
members = Anggota
address = Alamat
commodities = Yang dihasilkan
commodities-caption = Komoditas menurut tahun terakhir
commodity = Komoditas
year = Tahun
volume = Volume setahun
value = Nilai setahun

# The box and its suggestions.
kind-cooperative = Koperasi
kind-institution = Lembaga mitra
kind-program = Program magang
kind-commodity = Komoditas
kind-region = Wilayah
suggest-made-up = buatan
suggest-all = Semua hasil untuk
suggest-found = saran; pilih dengan tombol panah
suggest-none = Tidak ada saran

# Search.
search-title = Hasil pencarian: { $text }
search-description = Cari koperasi, lembaga mitra, program magang, komoditas, dan wilayah di seluruh Indonesia.
search-total = { $number } hasil
at-least = { $number }+
search-narrow = Persempit hasil
search-everything = Semua
search-any-status = Semua status
search-all-indonesia = Seluruh Indonesia
search-province = Persempit ke provinsi
search-because = Cocok:
search-by-name = nama
search-by-other-name = nama lain
search-by-code = kode
search-by-region = wilayah
search-by-kind = jenis
search-by-community = basis masyarakat
search-by-program = program
search-by-commodity = komoditas
search-by-party = penyelenggara atau tuan rumah
search-pages = Halaman hasil
search-previous = Sebelumnya
search-next = Berikutnya
search-lead = Ketik nama, tempat, komoditas, kode wilayah, atau kode pos. Urutan kata bebas; salah ketik dan singkatan dikenali.
search-nothing = Tidak ada hasil
search-wider = Cari di semua jenis dan semua wilayah
search-fewer = Cari satu kata saja:
search-spelling = Periksa ejaan, atau ganti dengan nama desa, kecamatan, atau kabupaten.
example-name = nama koperasi
example-village = koperasi desa menurut nama desanya
example-commodity-place = komoditas di suatu tempat
example-commodity = komoditas, dan koperasi yang menghasilkannya
example-abbreviation = lembaga, dengan singkatan
example-program = program magang
example-postal-code = kode pos
example-code = kode wilayah
# Pictures.
buys-from = Membeli dari
sells-to = Menjual kepada
network-others = { $number ->
   *[other] dan { $shown } lainnya
}
network-none = Belum ada yang tercatat
network-legend = Makin lebar garisnya, makin besar nilai setahunnya.
network-made-up = garis putus-putus: data buatan

# Figures, maps and lists.
made-up-mark = data buatan
time = { $date } pukul { $hour }.{ $minute } WIB
as-of-date = data per { $date }
updated-on = diperbarui { $date }
computed-at = Angka dihitung { $time }, paling sering semenit sekali.
a-year = setahun
linkages = Keterhubungan usaha
active-linkages = Keterhubungan aktif
batches = Gelombang magang
village = Desa
map-note = Titik menandai letak provinsi, bukan batasnya; arahkan penunjuk ke titik untuk membaca angkanya. Garis pantai: Natural Earth.
figures-made-up = Angka di atas memuat data buatan.
villages-covered = Desa dan kelurahan berkoperasi
villages-without = Belum ada yang tercatat
villages-without-list = Daftar desa yang belum berkoperasi
covered-of = { $covered } dari { $villages } desa dan kelurahan
covered-summary = { $covered } dari { $villages } desa dan kelurahan ({ $share }) punya koperasi.
noun-placement = Peserta magang
noun-officer = Pengurus, pengawas, dan pengelola
noun-outlet = Gerai dan unit usaha
noun-report = Laporan tahunan
noun-official = Pejabat lembaga
noun-partnership = Perjanjian kemitraan
noun-session = Sesi pelatihan
noun-application = Permohonan kemitraan

# Home.
home-examples = Misalnya:
home-figures = Dalam angka
home-operating = { $shown } beroperasi
home-programs = { $number ->
   *[other] dalam { $shown } program
}
home-computing = Angkanya sedang dihitung. Muat ulang halaman ini sebentar lagi.
home-new = Yang terbaru
home-ways = Untuk siapa, lewat mana
origin-real-more = Isi daftar ini berasal dari peraturan, pemberitaan, dan sumber terbuka; asalnya tertulis di setiap halaman.
origin-some-more = Sebagian isi daftar ini dibuat oleh program. Yang nyata berasal dari peraturan, pemberitaan, dan sumber terbuka; asalnya tertulis di setiap halaman.
origin-more = Sebagian besar isi daftar ini dibuat oleh program, untuk memperlihatkan daftar nasional yang lengkap. Yang nyata berasal dari peraturan, pemberitaan, dan sumber terbuka; asalnya tertulis di setiap halaman.
origin-caption = Jumlah catatan menurut asalnya
origin-what = Catatan
origin-real = Nyata
origin-made-up = Buatan
for-apps = Dasbor dan aplikasi
for-apps-more = Angka dan daftar terkini untuk layar kementerian, dinas, dan aplikasi desa, lewat satu API.
for-analysts = Peneliti dan analis
for-analysts-more = Daftar dapat diunduh sebagai CSV dan Excel, lengkap dengan asal datanya; Parquet dan NDJSON ada di halaman Data.
for-registrars = Pencatat dan pendamping
for-registrars-more = Setiap halaman koperasi dan wilayah menunjukkan apa yang masih kurang: gerai, pembeli, laporan, desa yang belum berkoperasi.
way-search-more = Ketik nama desa, koperasi, lembaga, atau komoditas di kotak pencarian; salah ketik dan singkatan dikenali.
way-search-link = Contoh pencarian
way-data-more = Semua daftar dengan kolom, format, ukuran, dan lisensinya.
way-api = Tanya API
way-api-more = Satu alamat GraphQL menjawab pertanyaan apa pun tentang daftar ini. Perintah ini dapat langsung dicoba:

# Regions.
region-description = { $kind } { $name }, { $within }: koperasi, cakupan desa, keterhubungan usaha, lembaga, dan gelombang magang.
region-named = { $kind } { $name }
region-code = Kode wilayah { $code }
postal-code = kode pos { $code }
location = Letak
place-on-map = Letak { $name } di Indonesia
place-approximate = Letaknya kira-kira: titik wilayah terdekat yang diketahui.
place-unknown = Titik koordinatnya belum diketahui.
region-no-cooperative = Belum ada koperasi yang tercatat di sini.
linkages-out = Keterhubungan aktif keluar (menjual)
linkages-in = Keterhubungan aktif masuk (membeli)
statuses-caption = Koperasi menurut status
parts-caption = Desa dan kelurahan yang berkoperasi, menurut bagian wilayah
parts-without-point = { $number ->
   *[other] { $shown } bagian tidak tampak di peta karena titik koordinatnya belum diketahui; semuanya ada di tabel.
}
lacking = Yang masih kurang
lacking-nothing = Semua desa dan kelurahan di sini sudah punya koperasi.
lacking-villages = { $number ->
   *[other] { $shown } desa atau kelurahan belum punya koperasi yang tercatat. Daftarnya:
}
villages-caption = Desa dan kelurahan dengan koperasinya
villages-left-out = { $number ->
   *[other] { $shown } desa atau kelurahan lagi tidak ditampilkan di sini.
}
village-has = berkoperasi
village-lacks = belum ada yang tercatat
any-type = Semua jenis
cooperatives-found = { $number ->
   *[other] { $shown } koperasi, dari yang anggotanya terbanyak
}
cooperatives-caption = Koperasi menurut jumlah anggota
first-page = Dari awal
institutions-found = { $number ->
   *[other] { $shown } lembaga mitra, dari yang nilai keterhubungannya terbesar
}
institutions-caption = Lembaga mitra di wilayah ini
batches-found = { $number ->
   *[other] { $shown } gelombang mengundang peserta dari wilayah ini
}
batches-caption = Gelombang magang terbaru
time-of = Waktu
trade-caption = Koperasi dengan nilai keterhubungan terbesar
largest-linkage = Keterhubungan terbesarnya

# Commodities.
commodity-code = kode { $code }
commodity-description = { $name }: koperasi dan provinsi penghasilnya, pembelinya, dan keterhubungan usahanya.
commodities-lead = { $number ->
   *[other] { $shown } komoditas yang dihasilkan, diolah, dan dijual koperasi, menurut golongannya.
}
grown-where = Dihasilkan di mana
grown-nowhere = Belum ada koperasi yang mencatat hasil komoditas ini.
grown-caption = Hasil koperasi menurut provinsi, { $year }
share-of-country = Bagian dari Indonesia
growers = Penghasil terbesar
growers-found = { $number ->
   *[other] { $shown } catatan hasil koperasi pada tahun itu
}
growers-caption = Koperasi dengan hasil terbesar, { $year }
commodity-buyers = Siapa membelinya
nobody-buys = Belum ada keterhubungan aktif untuk komoditas ini.
buyers-found = { $number ->
   *[other] { $shown } pembeli dengan keterhubungan aktif
}
buyers-caption = Pembeli menurut nilai setahun
commodity-linkages-caption = Keterhubungan aktif dengan nilai terbesar
# Where a record comes from.
provenance-no-place = Letaknya belum diketahui

role = Peran

# An institution.
institution-description = { $name }: { $kind }; perjanjian, program, dan keterhubungan usahanya dengan koperasi.
institution-kind = Jenis lembaga
institution-ownership = Kepemilikan
institution-parent = Lembaga induk
institution-code = Kode resmi
website = Situs web
institution-active = Keadaan
institution-inactive = Tidak aktif lagi
institution-network = Jaringan
network-of = Jaringan usaha { $name }
institution-side = Arah
institution-buys-from = membeli dari mitra ini
institution-sells-to = menjual kepada mitra ini
institution-linkages-caption = Keterhubungan usaha terbesar
institution-running-only = Hanya keterhubungan usaha yang berjalan: uji coba, aktif, atau ditunda.
institution-linkages = { $number ->
   *[other] Tercatat { $shown } keterhubungan usaha.
}
institution-buys = Yang dibeli
institution-sells = Yang dijual
institution-buys-chart = Nilai pembelian setahun, menurut provinsi pemasok
institution-sells-chart = Nilai penjualan setahun, menurut provinsi pembeli
institution-buys-places = Pembelian menurut provinsi pemasok
institution-sells-places = Penjualan menurut provinsi pembeli
institution-buys-goods = Pembelian menurut komoditas
institution-sells-goods = Penjualan menurut komoditas
institution-more-goods = Hanya komoditas dengan nilai terbesar yang ditampilkan.
institution-no-commodity = Tanpa komoditas tertentu
institution-active-only = Hanya keterhubungan usaha yang aktif.
institution-no-active-linkages = Belum ada keterhubungan usaha yang aktif.
partnerships = Perjanjian
institution-partnerships-caption = Perjanjian terbaru
institution-partnerships-total = { $number ->
   *[other] Tercatat { $shown } perjanjian.
}
institution-parties = Pihak lain
institution-programs-caption = Program terbaru
institution-organiser = penyelenggara
institution-host = tuan rumah
institution-supporter = pendukung
institution-organises = { $number ->
   *[other] Menyelenggarakan { $shown } program
}
institution-hosts = { $number ->
   *[other] Menjadi tuan rumah { $shown } program
}
institution-supports = { $number ->
   *[other] Mendukung { $shown } program
}
institution-officials = Pejabat
institution-children = Bagian lembaga ini
institution-children-total = { $number ->
   *[other] Seluruhnya { $shown } lembaga.
}

# An internship program.
program-description = { $name } tahun { $year }, diselenggarakan oleh { $organiser }: gelombang, peserta menurut provinsi, materi, tuan rumah, dan pendukungnya.
program-office = Dinas yang membidangi koperasi di provinsi tuan rumah
program-sector = Sektor
starts = Mulai
ends = Selesai
program-target = Sasaran peserta
program-target-provinces = Sasaran provinsi
program-batch-count = Jumlah gelombang
program-code = Kode program
program-agreements = Dasar perjanjian
program-batches = Gelombang
program-batches-picture = Gelombang menurut waktu
program-batches-caption = Gelombang program ini
program-no-batches = Gelombangnya belum tercatat.
program-taken = Sudah diisi { $taken } peserta.
program-taken-of = Sudah diisi { $taken } dari { $target } peserta yang disasar.
program-taken-made-up = pesertanya data buatan
program-no-participants = Peserta menurut provinsi belum tercatat.
program-participants-part = Menurut provinsi hanya terhitung peserta gelombang yang tercantum di atas.
program-by-province = Peserta menurut provinsi asal koperasi
program-by-province-caption = Peserta yang mendapat tempat, menurut provinsi asal koperasi
program-learning = Pembelajaran
program-topics = Materi
program-goals = Tujuan
program-methods = Cara belajar
program-host-business = Usaha tuan rumah yang dilihat peserta
program-people = Para pelaksana
topic-chain = Rantai agribisnis dari hulu ke hilir
topic-supply-chain = Pengembangan rantai pasok
topic-procedures = Penyusunan SOP
topic-production = Manajemen produksi
topic-planning = Perencanaan jangka panjang
topic-quality = Pengelolaan mutu
topic-marketing = Pemasaran produk anggota
topic-networking = Jejaring usaha
topic-digital = Transformasi digital
topic-empowerment = Pemberdayaan masyarakat dan santri
topic-innovation = Inovasi dan penemuan formula
goal-operation = Mempercepat operasional Kopdes Merah Putih
goal-ecosystem = Membangun ekosistem usaha dan kemitraan di tingkat desa
goal-capacity = Meningkatkan kapasitas pengurus
goal-enterprise = Menumbuhkan jiwa kewirausahaan
goal-replicate = Memahami model bisnis, mengembangkan usaha, dan meniru praktik terbaik
goal-hub = Menjadikan koperasi pusat agregasi dan simpul ekonomi desa

# A batch.
batch-description = { $name }, { $days }: tempat, sesi, provinsi, dan pesertanya.
batch-from-to = { $from } – { $to }
batch-unscheduled = belum dijadwalkan
batch-day = Tanggal
batch-opened = Dibuka
batch-capacity = Kursi
batch-taken = Kursi terisi
batch-provinces = Provinsi
batch-sessions = Sesi
batch-sessions-caption = Sesi pelatihan menurut tanggal
batch-no-sessions = Sesinya belum tercatat.
batch-topic = Materi
batch-method = Cara belajar
batch-hours = Jam
batch-cooperatives = Koperasi pengirim
batch-cooperatives-caption = Penempatan dari koperasi
cooperative = Koperasi
batch-placements-total = { $number ->
   *[other] Tercatat { $shown } penempatan. Nama peserta adalah data pribadi dan tidak ditampilkan.
}

# The data catalogue.
data-lead = Semua daftar yang dapat diunduh: isinya, ukurannya, tanggalnya, lisensinya, dan cara mengutipnya.
data-about = Tentang datanya
data-lists = Daftar
data-rows = Baris
data-as-of = Data per
data-version = Versi
data-made-up = Baris dengan sumber SYNTHETIC adalah data buatan. Setiap berkas yang dapat berisi data buatan memuat kolom source; pakailah kolom itu untuk memisahkannya.
data-filters = Setiap berkas dapat dipersempit dengan where dan diurutkan dengan orderBy, seperti daftar di API; kolomnya boleh kolom mana pun dari skema.
data-row-count = { $number ->
   *[other] { $shown } baris
}
data-column-count = { $number ->
   *[other] { $shown } kolom
}
data-size = kira-kira { $size } sebagai CSV
data-columns = Kolom
data-too-long = terlalu panjang untuk satu lembar
data-by-province = Daftar ini terlalu panjang untuk satu berkas; unduh per provinsi.
data-provinces = CSV menurut provinsi koperasinya
data-schema = Skema dan label
data-schema-file = semua jenis, kolom, dan argumen, dengan penjelasannya
data-labels-file = label dan arti setiap kata kosakata, dalam dua bahasa
data-types-file = jenis yang mungkin dari setiap antarmuka, untuk Apollo Client
data-endpoint = API dan editor kueri
data-cite = Cara mengutip
data-cite-how = Sebutkan versi dan tanggal data, supaya orang lain dapat menemukan angka yang sama:
data-citation = Simpul ({ $year }). Daftar nasional koperasi, mitra, magang, dan keterhubungan usaha, versi { $version }, data per { $date }.
data-cite-copy = Salin kutipan
data-cite-copied = Kutipan disalin
data-cooperatives-about = Sebuah koperasi: nama, nomor induk, program, jenis, status, wilayah, anggota.
data-business-units-about = Sebuah gerai atau unit usaha koperasi, dengan keadaannya.
data-volumes = Komoditas koperasi
data-volumes-about = Komoditas yang dihasilkan sebuah koperasi dalam setahun: volume, lahan, pekerja, nilai.
data-reports-about = Laporan sebuah koperasi tentang satu tahun buku: neraca, sisa hasil usaha, kesehatan.
data-institutions-about = Sebuah lembaga mitra: jenis, kepemilikan, wilayah, induk.
data-partnerships-about = Sebuah perjanjian: nomor, jenis, status, masa berlaku, nilai.
data-programs-about = Sebuah program magang: sasaran, penyelenggara, tuan rumah.
data-batches-about = Satu gelombang sebuah program: waktu, tempat, kursi.
data-sessions-about = Satu sesi sebuah gelombang: tanggal, materi, cara belajar, jam.
data-placements = Penempatan magang
data-placements-about = Satu penempatan dari sebuah koperasi ke sebuah gelombang; tanpa data pribadi.
data-linkages-about = Satu keterhubungan usaha: pemasok, pembeli, komoditas, volume, nilai.
data-months = Realisasi bulanan
data-months-about = Yang dikirim dalam satu bulan sebuah keterhubungan usaha.
data-applications-about = Satu permohonan koperasi menjadi gerai atau agen sebuah lembaga.
data-regions-about = Satu provinsi, kabupaten/kota, kecamatan, desa, atau kelurahan: kode, nama, kode pos, titik.
data-commodities = Daftar komoditas
data-commodities-about = Satu komoditas: kode, nama, kelompok, satuan.
data-classes = Klasifikasi usaha (KBLI)
data-classes-about = Satu kelompok usaha KBLI 2020: kode, judul.
# What several pages say.
origin = Asal data
as-of = per { $date }
rows-left-out = dan { $shown } lagi
not-all-groups = Tidak semua provinsi termuat dalam tabel ini.
yes = ya
no = tidak
no-end = tanpa batas waktu
request-late = Kiriman ini terlalu lama sampai. Kirimlah lagi.
download-villages = Unduh jumlah desa dan kelurahan
download-villages-with = Unduh jumlah yang berkoperasi
download-village-list = Unduh desa dan kelurahannya
download-cooperatives = Unduh koperasinya
cooperative-near-files = Berkasnya memuat juga pembeli yang sudah membeli dari koperasi ini.
unknown = belum diketahui
status = Status
kind = Jenis
place = Tempat
party = Pihak
program = Program
participants = Peserta
organiser = Penyelenggara
host = Tuan rumah
batch = Gelombang
batch-number = Gelombang { $number }
supplier = Pemasok
buyer = Pembeli
month = Bulan
days = { $number ->
   *[other] { $shown } hari
}
download-all = Unduh semua
officers-unknown = Pengurus, pengawas, dan pengelolanya belum diketahui.
officials-unknown = Pejabatnya belum diketahui.
data-no-files = Server ini tidak menyediakan berkas: yang dijalankannya hanya dokumen yang dikenalnya.
not-reported = tidak dilaporkan

# A cooperative.
cooperative-description = { $name } di { $place }: profil, gerai, pengurus, hasil, pembeli dan pemasok, magang, laporan tahunan, dan apa yang masih kurang.
cooperative-stages = Tahap perjalanan koperasi
cooperative-successor = Sudah bergabung ke
cooperative-trade = Pembeli dan pemasok
cooperative-missing = Yang belum ada di sini
cooperative-learning = Magang dan pelatihan
cooperative-short-name = Nama pendek
cooperative-legal-number = Nomor badan hukum
cooperative-business-number = Nomor induk berusaha
cooperative-formation = Cara pembentukan
cooperative-legal-on = Berbadan hukum sejak
cooperative-principal-saving = Simpanan pokok
cooperative-mandatory-saving = Simpanan wajib
cooperative-phone = Telepon kantor
cooperative-email = Surel kantor
cooperative-region-code = Kode wilayah
cooperative-postal-code = Kode pos
cooperative-point = Titik (lintang; bujur), dibulatkan
cooperative-precision = Ketelitian titik
cooperative-map = Letak di peta Indonesia: { $place }
cooperative-no-point = Titik lokasinya belum tercatat.
cooperative-outlets-open = gerai buka
cooperative-outlets-demanded = gerai buka, { $open } dari { $all } yang wajib
cooperative-sells = keterhubungan sebagai pemasok
cooperative-buys = keterhubungan sebagai pembeli
cooperative-turnover-of = omzet { $year }
cooperative-other-linkages = { $number ->
   *[other] { $shown } keterhubungan lain: diusulkan, dirundingkan, atau sudah berakhir
}
cooperative-other-caption = Keterhubungan yang tidak berjalan
cooperative-hosted = Program yang belajar di sini
cooperative-placements = Peserta dari koperasi ini (nama tidak terbuka)
cooperative-agreements = Perjanjian, yang terbaru lebih dulu
cooperative-near = Pembeli hasil serupa dari koperasi di { $place }
cooperative-near-why = Mereka sudah membeli hasil yang sama dari koperasi lain di provinsi ini, sehingga dapat dihubungi.
cooperative-near-none = Belum tercatat pembeli lain untuk hasil ini dari pemasok di provinsi yang sama.
cooperative-near-more = Hanya yang terbesar yang ditampilkan.
cooperative-near-own = Pembeli terbesar hasil ini di provinsi yang sama sudah membeli dari koperasi ini.
cooperative-near-caption = Siapa membeli hasil serupa dari pemasok di { $place }
cooperative-near-from = Dari
outlets = Gerai
outlets-caption = Gerai dan sarana, menurut jenis
outlet = Gerai
outlet-opened = Buka sejak
outlet-premises = Tempat
outlet-power = Listrik
outlet-internet = Internet
officer = Nama
officer-office = Jabatan
officer-body = Badan
officer-since = Sejak
officers-caption = Yang sedang menjabat
commodity-area = Luas
commodity-workers = Tenaga kerja
report-assets = Aset
report-turnover = Omzet
report-surplus = Sisa hasil usaha
report-equity = Ekuitas
report-year = Tahun buku
report-meeting = Rapat anggota
report-attendees = Hadir
report-health = Predikat kesehatan
reports-caption = Laporan rapat anggota tahunan, dalam rupiah
missing-nothing = Tidak ada kekurangan yang tercatat.
missing-note = Yang tidak tercatat di daftar ini belum tentu tidak ada. Koperasi atau dinas dapat melengkapinya.
missing-outlets = Gerai wajib yang belum buka
missing-outlets-why = Program { $program } meminta delapan gerai di setiap koperasi.
missing-outlet = belum ada
missing-reports = Laporan tahunan yang belum masuk
missing-reports-why = Rapat anggota tahunan diadakan paling lambat enam bulan setelah tahun buku berakhir.
missing-facts = Keterangan yang belum tercatat
missing-buyers = Hasil yang pembelinya belum tercatat

# A linkage.
linkage = Keterhubungan
linkage-with = Mitra
linkage-goods = Barang
linkage-description = { $name } dari { $supplier } kepada { $buyer }: ketentuan, nilai, dan penyerahan tiap bulan.
linkage-terms = Ketentuan
linkage-months = Tiap bulan
linkage-pattern = Pola kemitraan
linkage-exclusive = Eksklusif
linkage-payment = Tempo pembayaran
linkage-code = Kode
linkage-no-partnership = Tidak ada perjanjian tertulis yang tercatat untuk keterhubungan ini.
linkage-months-value = Nilai penyerahan tiap bulan
linkage-months-volume = Volume penyerahan tiap bulan
linkage-months-caption = Penyerahan tiap bulan, yang terbaru lebih dulu
month-volume = Volume
amount = Nilai
month-deliveries = Penyerahan
month-rejected = Ditolak

# An agreement.
partnership = Perjanjian
partnership-description = { $kind } nomor { $number } antara { $parties }.
partnership-terms = Pokok perjanjian
partnership-number = Nomor
partnership-with = Dengan
partnership-signed = Ditandatangani
partnership-from = Berlaku sejak
partnership-until = Berlaku sampai
partnership-scope = Ruang lingkup
partnership-parent = Di bawah
partnership-parties = Para pihak
partnership-parties-caption = Para pihak menurut peran
partnership-contents = Muatan wajib
partnership-contents-why = PP 7/2021 pasal 117 mewajibkan tujuh muatan dalam perjanjian kemitraan.
partnership-contents-unknown = Muatan perjanjian ini tidak tercatat.
partnership-content-there = ada
partnership-content-lacking = tidak ada
partnership-resting = Yang berjalan di bawahnya
partnership-nothing = Belum ada keterhubungan, program, atau perjanjian turunan yang tercatat.
partnership-children = Perjanjian turunan
