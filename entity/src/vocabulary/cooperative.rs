//! Enums of cooperatives and their annual reports.

use super::vocabulary;

vocabulary! {
    /// National program under which a cooperative was founded [program].
    CooperativeProgram("Program", "Program nasional yang mendasari pendirian koperasi.") {
        /// Red-and-White cooperative of a village [Koperasi Desa Merah Putih].
        VillageMerahPutih("Village Merah Putih cooperative", "Koperasi Merah Putih di desa."),
        /// Red-and-White cooperative of an urban ward [Koperasi Kelurahan Merah Putih].
        UrbanVillageMerahPutih("Urban ward Merah Putih cooperative", "Koperasi Merah Putih di kelurahan."),
        /// Founded outside the Merah Putih program [umum].
        General("General", "Didirikan di luar program Merah Putih."),
    }

    /// Main business of a cooperative, one of the five types defined by law [jenis koperasi].
    CooperativeType("Type of cooperative", "Usaha utama koperasi, satu dari lima jenis menurut undang-undang.") {
        /// Takes savings and grants loans [simpan pinjam].
        SavingsAndLoan("Savings and loan", "Menghimpun simpanan dan menyalurkan pinjaman."),
        /// Sells to its members [konsumen].
        Consumer("Consumer", "Menjual kepada anggotanya."),
        /// Processes and sells what its members produce [produsen].
        Producer("Producer", "Mengolah dan menjual hasil produksi anggotanya."),
        /// Markets its members' products [pemasaran].
        Marketing("Marketing", "Memasarkan produk anggotanya."),
        /// Provides services [jasa].
        Service("Service", "Memberikan jasa."),
    }

    /// Whether its members are persons or cooperatives [bentuk koperasi].
    CooperativeForm("Form of cooperative", "Beranggotakan orang perseorangan atau koperasi.") {
        /// Members are persons [primer].
        Primary("Primary", "Beranggotakan orang perseorangan."),
        /// Members are cooperatives [sekunder].
        Secondary("Secondary", "Beranggotakan koperasi."),
    }

    /// Community from which a cooperative grew [basis komunitas].
    CommunityBase("Community base", "Komunitas tempat koperasi tumbuh.") {
        /// Islamic boarding school [pondok pesantren].
        Pesantren("Islamic boarding school", "Pondok pesantren."),
        /// Village-unit cooperative of the older program [koperasi unit desa, KUD].
        Kud("Village-unit cooperative (KUD)", "Koperasi unit desa dari program terdahulu."),
        /// Employees of a firm or an office [karyawan].
        Employee("Employees", "Karyawan perusahaan atau kantor."),
        /// Students [mahasiswa].
        Student("Students", "Mahasiswa."),
        /// Fishers [nelayan].
        Fisher("Fishers", "Nelayan."),
        /// No particular community [umum].
        General("General", "Tanpa komunitas tertentu."),
    }

    /// How a Merah Putih cooperative was formed [model pembentukan].
    FormationModel("Formation", "Cara koperasi Merah Putih dibentuk.") {
        /// Newly founded [pendirian baru].
        New("Newly founded", "Baru didirikan."),
        /// Developed from an existing cooperative [pengembangan].
        Developed("Developed", "Dikembangkan dari koperasi yang sudah ada."),
        /// Revitalised from a dormant cooperative [revitalisasi].
        Revitalised("Revitalised", "Dihidupkan kembali dari koperasi yang tidak aktif."),
    }

    /// Status of a cooperative [status koperasi].
    CooperativeStatus("Cooperative status", "Status koperasi.") {
        /// Planned but not yet decided [rencana].
        Planned("Planned", "Direncanakan, belum diputuskan."),
        /// Decided by the village meeting [musyawarah].
        Deliberated("Deliberated", "Diputuskan oleh musyawarah desa."),
        /// Its deed is being prepared by the notary [proses notaris].
        InNotary("At the notary", "Aktanya sedang dibuat oleh notaris."),
        /// A legal entity that does not operate yet [berbadan hukum].
        LegalEntity("Legal entity", "Berbadan hukum, belum beroperasi."),
        /// Operating [beroperasi].
        Operating("Operating", "Beroperasi."),
        /// No longer operating, or not at present [tidak aktif].
        Inactive("Inactive", "Tidak lagi atau sedang tidak beroperasi."),
        /// Suspended by its supervisors [dibekukan].
        Suspended("Suspended", "Dibekukan oleh pengawasnya."),
        /// Merged into another cooperative, its successor [digabung].
        Merged("Merged", "Digabung ke dalam koperasi lain, penerusnya."),
        /// Dissolved [dibubarkan].
        Dissolved("Dissolved", "Dibubarkan."),
    }

    /// Health rating that supervisors give a cooperative [predikat kesehatan].
    HealthStatus("Health rating", "Predikat kesehatan yang diberikan pengawas kepada koperasi.") {
        /// Healthy [sehat].
        Healthy("Healthy", "Sehat."),
        /// Fairly healthy [cukup sehat].
        FairlyHealthy("Fairly healthy", "Cukup sehat."),
        /// Under supervision [dalam pengawasan].
        UnderSupervision("Under supervision", "Dalam pengawasan."),
        /// Under special supervision [dalam pengawasan khusus].
        UnderSpecialSupervision("Under special supervision", "Dalam pengawasan khusus."),
        /// Not rated, because nothing was reported [belum lapor].
        NotReported("Not reported", "Tidak dinilai karena belum melapor."),
    }
}
