//! Enums of partnerships and partnership applications.

use super::vocabulary;

vocabulary! {
    /// Form of an agreement [bentuk naskah kerja sama].
    PartnershipKind("Form of agreement", "Bentuk naskah kerja sama.") {
        /// Memorandum of understanding [nota kesepahaman].
        Mou("Memorandum of understanding", "Nota kesepahaman."),
        /// Cooperation agreement [perjanjian kerja sama, PKS].
        CooperationAgreement("Cooperation agreement", "Perjanjian kerja sama."),
        /// Arrangement that carries out an agreement [perjanjian pelaksanaan].
        ImplementationArrangement("Implementation arrangement", "Perjanjian yang melaksanakan perjanjian lain."),
        /// Letter of intent [surat minat].
        LetterOfIntent("Letter of intent", "Surat minat."),
        /// Supply contract [kontrak jual beli].
        SupplyContract("Supply contract", "Kontrak jual beli."),
        /// Decree of several authorities [surat keputusan bersama, SKB].
        JointDecree("Joint decree", "Keputusan bersama beberapa pejabat yang berwenang."),
        /// Amendment of another agreement [adendum].
        Amendment("Amendment", "Perubahan atas perjanjian lain."),
    }

    /// Partnership pattern, one of the ten in PP 7/2021 art. 106 [pola kemitraan].
    PartnershipPattern("Partnership pattern", "Pola kemitraan, satu dari sepuluh menurut PP 7/2021 pasal 106.") {
        /// Nucleus-plasma: a nucleus leads and supports its plasma [inti-plasma].
        NucleusPlasma("Nucleus-plasma", "Inti memimpin dan membina plasmanya."),
        /// Subcontract: part of the production is passed on [subkontrak].
        Subcontract("Subcontract", "Sebagian produksi diserahkan kepada mitra."),
        /// Franchise [waralaba].
        Franchise("Franchise", "Waralaba."),
        /// Buying and selling [perdagangan umum].
        GeneralTrade("General trade", "Jual beli."),
        /// Distribution and agency [distribusi dan keagenan].
        DistributionAgency("Distribution and agency", "Distribusi dan keagenan."),
        /// Supply chain [rantai pasok].
        SupplyChain("Supply chain", "Rantai pasok."),
        /// Profit sharing [bagi hasil].
        ProfitSharing("Profit sharing", "Bagi hasil."),
        /// Joint operation [kerja sama operasional].
        JointOperation("Joint operation", "Kerja sama operasional."),
        /// Joint venture [usaha patungan].
        JointVenture("Joint venture", "Usaha patungan."),
        /// Outsourcing [penyumberluaran].
        Outsourcing("Outsourcing", "Penyumberluaran."),
    }

    /// Status of an agreement [status kemitraan].
    PartnershipStatus("Agreement status", "Status naskah kerja sama.") {
        /// Draft [rancangan].
        Draft("Draft", "Masih rancangan."),
        /// Under review [telaah].
        InReview("In review", "Sedang ditelaah."),
        /// Approved and waiting for signatures [disetujui].
        Approved("Approved", "Disetujui dan menunggu tanda tangan."),
        /// Signed and not yet in force [ditandatangani].
        Signed("Signed", "Ditandatangani, belum berlaku."),
        /// In force [berlaku].
        Active("In force", "Sedang berlaku."),
        /// Suspended [ditangguhkan].
        Suspended("Suspended", "Ditangguhkan."),
        /// Expired: its term is over [berakhir].
        Expired("Expired", "Jangka waktunya berakhir."),
        /// Terminated before the end of its term [diakhiri].
        Terminated("Terminated", "Diakhiri sebelum jangka waktunya berakhir."),
        /// Replaced by its renewal [diperpanjang].
        Renewed("Renewed", "Diganti oleh perpanjangannya."),
        /// Cancelled before it was signed [dibatalkan].
        Cancelled("Cancelled", "Dibatalkan sebelum ditandatangani."),
    }

    /// Language of an agreement [bahasa naskah].
    PartnershipLanguage("Language of the text", "Bahasa naskah kerja sama.") {
        /// Indonesian [bahasa Indonesia].
        Indonesian("Indonesian", "Bahasa Indonesia."),
        /// Indonesian and a second language [dwibahasa].
        Bilingual("Bilingual", "Bahasa Indonesia dan satu bahasa lain."),
    }

    /// Role of a party in an agreement [kedudukan pihak].
    PartyRole("Role of the party", "Kedudukan suatu pihak dalam naskah kerja sama.") {
        /// First party, which assigns the number of the agreement [pihak kesatu].
        First("First party", "Pihak kesatu, yang memberi nomor naskah."),
        /// Second party [pihak kedua].
        Second("Second party", "Pihak kedua."),
        /// Third or any further party [pihak ketiga].
        Third("Third party", "Pihak ketiga atau pihak selanjutnya."),
        /// Witness [saksi].
        Witness("Witness", "Saksi."),
    }

    /// Mandatory content of an agreement by PP 7/2021 art. 117 [muatan wajib perjanjian].
    AgreementContent("Mandatory content", "Muatan wajib perjanjian menurut PP 7/2021 pasal 117.") {
        /// Identity of the parties [identitas para pihak].
        Identities("Identity of the parties", "Identitas para pihak."),
        /// Business activity [kegiatan usaha].
        BusinessActivity("Business activity", "Kegiatan usaha."),
        /// Rights and duties of each party [hak dan kewajiban].
        RightsAndDuties("Rights and duties", "Hak dan kewajiban masing-masing pihak."),
        /// Form of development of the smaller party [bentuk pengembangan].
        Development("Form of development", "Bentuk pengembangan pihak yang lebih kecil."),
        /// Term of the agreement [jangka waktu].
        Term("Term", "Jangka waktu perjanjian."),
        /// Time and method of payment [jangka waktu dan mekanisme pembayaran].
        Payment("Payment", "Jangka waktu dan mekanisme pembayaran."),
        /// Dispute settlement [penyelesaian perselisihan].
        DisputeSettlement("Dispute settlement", "Penyelesaian perselisihan."),
    }

    /// Status of a partnership application [status permohonan].
    ApplicationStatus("Application status", "Status permohonan kemitraan.") {
        /// Submitted [diajukan].
        Requested("Submitted", "Sudah diajukan."),
        /// Being verified [diperiksa].
        Verifying("Being verified", "Sedang diperiksa."),
        /// Returned for revision [perbaikan].
        Revision("Returned for revision", "Dikembalikan untuk diperbaiki."),
        /// Verified [terverifikasi].
        Verified("Verified", "Sudah diverifikasi."),
        /// Rejected [ditolak].
        Rejected("Rejected", "Ditolak."),
        /// Activated: it became a linkage [aktif].
        Activated("Activated", "Diaktifkan: menjadi keterhubungan usaha."),
    }

    /// Business for which a cooperative applies to become an outlet or agent [paket kemitraan].
    ApplicationPackage("Partnership package", "Usaha yang dimohonkan koperasi sebagai gerai atau agen.") {
        /// Gas cylinders [LPG].
        Lpg("LPG", "Tabung gas."),
        /// Subsidised fertiliser [pupuk].
        Fertilizer("Fertiliser", "Pupuk bersubsidi."),
        /// Staple foods [sembako].
        Staples("Staple foods", "Bahan pokok."),
        /// Medicines [obat].
        Pharmacy("Medicines", "Obat-obatan."),
        /// Post and parcels [pos].
        Postal("Post", "Pos dan paket."),
        /// Branchless banking [perbankan].
        Banking("Banking", "Perbankan tanpa kantor."),
        /// Transport and storage [logistik].
        Logistics("Logistics", "Pengangkutan dan penyimpanan."),
        /// Any other business [lainnya].
        Other("Other", "Usaha lain."),
    }
}
