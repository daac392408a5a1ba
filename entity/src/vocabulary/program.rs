//! Programs, their batches and the seats in them.

use super::vocabulary;

vocabulary! {
    /// Sector of the economy [sektor usaha].
    Sector {
        /// Agriculture [pertanian].
        Agriculture,
        /// Livestock [peternakan].
        Livestock,
        /// Capture fishery [perikanan tangkap].
        CaptureFishery,
        /// Aquaculture [perikanan budi daya].
        Aquaculture,
        /// Forestry [kehutanan].
        Forestry,
        /// Trade [perdagangan].
        Trade,
        /// Services [jasa].
        Services,
        /// Several lines of business at once [aneka usaha].
        MultiServices,
        /// Manufacturing [industri].
        Manufacturing,
        /// Finance [keuangan].
        Financial,
        /// Tourism [pariwisata].
        Tourism,
        /// Health [kesehatan].
        Health,
        /// Logistics [logistik].
        Logistics,
    }

    /// What a program offers [jenis program].
    ProgramKind {
        /// Internship of board members at a model cooperative [magang pengurus].
        BoardInternship,
        /// Internship of students [magang mahasiswa].
        StudentInternship,
        /// Community service of students on one theme [KKN tematik].
        ThematicCommunityService,
        /// Training [pelatihan].
        Training,
        /// Mentoring over some time [pendampingan].
        Mentoring,
        /// Incubation of new businesses [inkubasi].
        Incubation,
        /// Visit to compare [studi banding].
        ComparativeStudy,
    }

    /// Stage of a program [status program].
    ProgramStatus {
        /// Draft [rancangan].
        Draft,
        /// Announced [diumumkan].
        Published,
        /// Takes nominations [dibuka].
        Open,
        /// Running [berjalan].
        Running,
        /// Completed [selesai].
        Completed,
        /// Completed and evaluated [dievaluasi].
        Evaluated,
        /// Cancelled before it ran [dibatalkan].
        Cancelled,
    }

    /// How participants learn [metode belajar].
    LearningMethod {
        /// By visiting [kunjungan belajar].
        StudyVisit,
        /// By working along [praktik kerja].
        OnTheJobTraining,
        /// In a classroom [kelas].
        Classroom,
        /// Online [daring].
        Online,
        /// With a mentor [pendampingan].
        Mentoring,
    }

    /// Part a supporting institution plays in a program [peran pendukung].
    SupporterRole {
        /// Supports it in some way [pendukung].
        Supporter,
        /// Pays for it [penyandang dana].
        Funder,
        /// Advises on what is taught [pembina akademik].
        AcademicAdviser,
        /// Sends experts [penyedia tenaga ahli].
        ExpertProvider,
        /// Issues the certificates [penerbit sertifikat].
        Certifier,
    }

    /// Stage of a batch [status gelombang].
    BatchStatus {
        /// Planned [rencana].
        Planned,
        /// Takes participants [pendaftaran].
        Enrolling,
        /// Every seat is taken [penuh].
        Full,
        /// Running [berjalan].
        Running,
        /// Completed [selesai].
        Completed,
        /// Cancelled [dibatalkan].
        Cancelled,
        /// Put off to a later day [ditunda].
        Postponed,
    }

    /// Stage of a participant's seat [status peserta].
    PlacementStatus {
        /// Named by the cooperative [diusulkan].
        Nominated,
        /// Found eligible [diverifikasi].
        Verified,
        /// Has a seat [dikonfirmasi].
        Confirmed,
        /// Waits for a seat [daftar tunggu].
        Waitlisted,
        /// Attends [mengikuti].
        Attending,
        /// Finished with success [lulus].
        Graduated,
        /// Did not finish [tidak tuntas].
        Incomplete,
        /// Withdrew [mengundurkan diri].
        Withdrawn,
        /// Never came [tidak hadir].
        NoShow,
        /// Turned down [ditolak].
        Rejected,
    }
}
