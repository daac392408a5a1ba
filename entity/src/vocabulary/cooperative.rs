//! Enums of cooperatives and their annual reports.

use super::vocabulary;

vocabulary! {
    /// National program under which a cooperative was founded [program].
    CooperativeProgram {
        /// Red-and-White cooperative of a village [Koperasi Desa Merah Putih].
        VillageMerahPutih,
        /// Red-and-White cooperative of an urban ward [Koperasi Kelurahan Merah Putih].
        UrbanVillageMerahPutih,
        /// Founded outside the Merah Putih program [umum].
        General,
    }

    /// Main business of a cooperative, one of the five types defined by law [jenis koperasi].
    CooperativeType {
        /// Takes savings and grants loans [simpan pinjam].
        SavingsAndLoan,
        /// Sells to its members [konsumen].
        Consumer,
        /// Processes and sells what its members produce [produsen].
        Producer,
        /// Markets its members' products [pemasaran].
        Marketing,
        /// Provides services [jasa].
        Service,
    }

    /// Whether its members are persons or cooperatives [bentuk koperasi].
    CooperativeForm {
        /// Members are persons [primer].
        Primary,
        /// Members are cooperatives [sekunder].
        Secondary,
    }

    /// Community from which a cooperative grew [basis komunitas].
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
        /// No particular community [umum].
        General,
    }

    /// How a Merah Putih cooperative was formed [model pembentukan].
    FormationModel {
        /// Newly founded [pendirian baru].
        New,
        /// Developed from an existing cooperative [pengembangan].
        Developed,
        /// Revitalised from a dormant cooperative [revitalisasi].
        Revitalised,
    }

    /// Status of a cooperative [status koperasi].
    CooperativeStatus {
        /// Planned but not yet decided [rencana].
        Planned,
        /// Decided by the village meeting [musyawarah].
        Deliberated,
        /// Its deed is being prepared by the notary [proses notaris].
        InNotary,
        /// A legal entity that does not operate yet [berbadan hukum].
        LegalEntity,
        /// Operating [beroperasi].
        Operating,
        /// No longer operating, or not at present [tidak aktif].
        Inactive,
        /// Suspended by its supervisors [dibekukan].
        Suspended,
        /// Merged into another cooperative, its successor [digabung].
        Merged,
        /// Dissolved [dibubarkan].
        Dissolved,
    }

    /// Health rating that supervisors give a cooperative [predikat kesehatan].
    HealthStatus {
        /// Healthy [sehat].
        Healthy,
        /// Fairly healthy [cukup sehat].
        FairlyHealthy,
        /// Under supervision [dalam pengawasan].
        UnderSupervision,
        /// Under special supervision [dalam pengawasan khusus].
        UnderSpecialSupervision,
        /// Not rated, because nothing was reported [belum lapor].
        NotReported,
    }
}
