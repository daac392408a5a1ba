//! What a cooperative is, and what it reports.

use super::vocabulary;

vocabulary! {
    /// National program a cooperative was founded under [program].
    CooperativeProgram {
        /// Red-and-White cooperative of a village [Koperasi Desa Merah Putih].
        VillageMerahPutih,
        /// Red-and-White cooperative of an urban ward [Koperasi Kelurahan Merah Putih].
        UrbanVillageMerahPutih,
        /// Founded outside that program [umum].
        General,
    }

    /// Main business of a cooperative, one of the five the law knows [jenis koperasi].
    CooperativeType {
        /// Takes savings and grants loans [simpan pinjam].
        SavingsAndLoan,
        /// Sells to its members [konsumen].
        Consumer,
        /// Processes and sells what its members produce [produsen].
        Producer,
        /// Markets its members' products [pemasaran].
        Marketing,
        /// Renders services [jasa].
        Service,
    }

    /// Whether its members are persons or cooperatives [bentuk koperasi].
    CooperativeForm {
        /// Members are persons [primer].
        Primary,
        /// Members are cooperatives [sekunder].
        Secondary,
    }

    /// Community a cooperative grew out of [basis komunitas].
    CommunityBase {
        /// Islamic boarding school [pondok pesantren].
        Pesantren,
        /// Village-unit cooperative of the older program [koperasi unit desa, KUD].
        Kud,
        /// Employees of a firm or an office [karyawan].
        Employee,
        /// Students [mahasiswa].
        Student,
        /// Fishers [nelayan].
        Fisher,
        /// No community in particular [umum].
        General,
    }

    /// How a Merah Putih cooperative came to be [model pembentukan].
    FormationModel {
        /// Founded from nothing [pendirian baru].
        New,
        /// Grown from a cooperative that was there [pengembangan].
        Developed,
        /// A dormant cooperative brought back to life [revitalisasi].
        Revitalised,
    }

    /// Stage of a cooperative's life [status koperasi].
    CooperativeStatus {
        /// Planned, nothing decided [rencana].
        Planned,
        /// Decided by the village's meeting [musyawarah].
        Deliberated,
        /// Its deed lies with the notary [proses notaris].
        InNotary,
        /// A legal entity that does no business yet [berbadan hukum].
        LegalEntity,
        /// Does business [beroperasi].
        Operating,
        /// Does no business any more, or not now [tidak aktif].
        Inactive,
        /// Suspended by its supervisors [dibekukan].
        Suspended,
        /// Went into another cooperative, its successor [digabung].
        Merged,
        /// Dissolved [dibubarkan].
        Dissolved,
    }

    /// Supervisors' verdict on a cooperative's health [predikat kesehatan].
    HealthStatus {
        /// Healthy [sehat].
        Healthy,
        /// Fairly healthy [cukup sehat].
        FairlyHealthy,
        /// Under supervision [dalam pengawasan].
        UnderSupervision,
        /// Under special supervision [dalam pengawasan khusus].
        UnderSpecialSupervision,
        /// Nothing was reported to judge by [belum lapor].
        NotReported,
    }
}
