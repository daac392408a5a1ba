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
made-up-more = Yang bertanda BUATAN tidak pernah terjadi: orang, perjanjian, dan jumlah uangnya rekaan.
partly-failed = Sebagian isi halaman ini tidak dapat diambil:

not-found = Tidak ditemukan
not-found-advice = Alamat ini tidak ada di daftar. Cari dengan kotak di atas: nama, kode wilayah, atau kode pos.
rate-limited = Terlalu banyak permintaan
rate-limited-advice = Tunggu beberapa detik, lalu muat ulang halaman ini.
unavailable = Sedang sibuk
unavailable-advice = Server tidak sempat menjawab. Muat ulang halaman ini sebentar lagi.
failed = Terjadi kesalahan
failed-advice = Kesalahan ini ada pada kami, dan sudah tercatat. Coba muat ulang halaman ini.
refused = Permintaan tidak dapat dipenuhi
refused-advice = Alamat ini memuat nilai yang tidak dapat dibaca. Periksa alamatnya, atau mulai dari kotak di atas.

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

# Pictures.
network-buys-from = Membeli dari
network-sells-to = Menjual ke
network-others = dan { $shown } lainnya
network-none = Belum ada yang tercatat
network-legend = Makin lebar garisnya, makin besar nilai setahunnya.
network-made-up = garis putus-putus: data buatan
