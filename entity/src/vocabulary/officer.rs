//! Enums of officers and people.

use super::vocabulary;

vocabulary! {
    /// Organ of the cooperative to which an officer belongs [perangkat organisasi].
    OfficerBody("Body", "Perangkat organisasi koperasi tempat seseorang menjabat.") {
        /// The board, elected by the members [pengurus].
        Board("Board", "Pengurus, dipilih oleh anggota."),
        /// The supervisory board, elected by the members [pengawas].
        Supervisory("Supervisory board", "Pengawas, dipilih oleh anggota."),
        /// The management, employed by the board [pengelola].
        Management("Management", "Pengelola, dipekerjakan oleh pengurus."),
    }

    /// Office that an officer holds [jabatan].
    OfficerRole("Office", "Jabatan yang dipegang.") {
        /// Chair of the board [ketua].
        Chair("Chair", "Ketua pengurus."),
        /// Vice-chair for business [wakil ketua bidang usaha].
        ViceChairBusiness("Vice-chair for business", "Wakil ketua bidang usaha."),
        /// Vice-chair for membership [wakil ketua bidang anggota].
        ViceChairMembership("Vice-chair for membership", "Wakil ketua bidang anggota."),
        /// Secretary [sekretaris].
        Secretary("Secretary", "Sekretaris."),
        /// Treasurer [bendahara].
        Treasurer("Treasurer", "Bendahara."),
        /// Chair of the supervisory board [ketua pengawas].
        SupervisoryChair("Chair of the supervisory board", "Ketua pengawas."),
        /// Member of the supervisory board [anggota pengawas].
        SupervisoryMember("Member of the supervisory board", "Anggota pengawas."),
        /// Manager, whatever the title [manajer].
        Manager("Manager", "Manajer, apa pun sebutannya."),
        /// Other staff [staf].
        Staff("Staff", "Staf lain."),
    }

    /// Status of an officer [status jabatan].
    OfficerStatus("Status of office", "Status jabatan.") {
        /// In office [aktif].
        Active("In office", "Sedang menjabat."),
        /// No longer in office [berakhir].
        Ended("Ended", "Tidak lagi menjabat."),
        /// Temporarily relieved of office [dinonaktifkan].
        Suspended("Suspended", "Dinonaktifkan untuk sementara."),
    }

    /// Gender of a person [jenis kelamin].
    Gender("Gender", "Jenis kelamin seseorang.") {
        /// Female [perempuan].
        Female("Female", "Perempuan."),
        /// Male [laki-laki].
        Male("Male", "Laki-laki."),
    }

    /// Highest level of education that a person completed [pendidikan terakhir].
    Education("Education", "Pendidikan tertinggi yang ditamatkan seseorang.") {
        /// Primary school [SD].
        Primary("Primary school", "Sekolah dasar."),
        /// Secondary school, lower or upper [SMP/SMA/SMK].
        Secondary("Secondary school", "Sekolah menengah pertama atau atas."),
        /// Diploma [D1–D4].
        Diploma("Diploma", "Pendidikan diploma."),
        /// Bachelor's degree [S1].
        Bachelor("Bachelor's degree", "Sarjana."),
        /// Master's degree [S2].
        Master("Master's degree", "Magister."),
        /// Doctorate [S3].
        Doctorate("Doctorate", "Doktor."),
    }
}
