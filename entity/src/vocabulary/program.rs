//! Enums of internship programs, batches and placements.

use super::vocabulary;

vocabulary! {
    /// Economic sector [sektor usaha].
    Sector("Sector", "Sektor ekonomi.") {
        /// Agriculture [pertanian].
        Agriculture("Agriculture", "Pertanian."),
        /// Livestock [peternakan].
        Livestock("Livestock", "Peternakan."),
        /// Capture fishery [perikanan tangkap].
        CaptureFishery("Capture fishery", "Perikanan tangkap."),
        /// Aquaculture [perikanan budi daya].
        Aquaculture("Aquaculture", "Perikanan budi daya."),
        /// Forestry [kehutanan].
        Forestry("Forestry", "Kehutanan."),
        /// Trade [perdagangan].
        Trade("Trade", "Perdagangan."),
        /// Services [jasa].
        Services("Services", "Jasa."),
        /// Several lines of business [aneka usaha].
        MultiServices("Multi-services", "Beberapa bidang usaha."),
        /// Manufacturing [industri].
        Manufacturing("Manufacturing", "Industri pengolahan."),
        /// Finance [keuangan].
        Financial("Finance", "Keuangan."),
        /// Tourism [pariwisata].
        Tourism("Tourism", "Pariwisata."),
        /// Health [kesehatan].
        Health("Health", "Kesehatan."),
        /// Logistics [logistik].
        Logistics("Logistics", "Logistik."),
    }

    /// Kind of program [jenis program].
    ProgramKind("Kind of program", "Jenis program.") {
        /// Internship of board members at a model cooperative [magang pengurus].
        BoardInternship("Board internship", "Magang pengurus di koperasi teladan."),
        /// Internship of students [magang mahasiswa].
        StudentInternship("Student internship", "Magang mahasiswa."),
        /// Thematic community service of students [KKN tematik].
        ThematicCommunityService("Thematic community service", "Kuliah kerja nyata mahasiswa dengan satu tema."),
        /// Training [pelatihan].
        Training("Training", "Pelatihan."),
        /// Mentoring over a longer period [pendampingan].
        Mentoring("Mentoring", "Pendampingan dalam jangka waktu lebih panjang."),
        /// Incubation of new businesses [inkubasi].
        Incubation("Incubation", "Inkubasi usaha baru."),
        /// Comparative study visit [studi banding].
        ComparativeStudy("Comparative study", "Kunjungan studi banding."),
    }

    /// Status of a program [status program].
    ProgramStatus("Program status", "Status program.") {
        /// Draft [rancangan].
        Draft("Draft", "Masih rancangan."),
        /// Announced [diumumkan].
        Published("Announced", "Sudah diumumkan."),
        /// Open for nominations [dibuka].
        Open("Open", "Dibuka untuk pengusulan peserta."),
        /// Running [berjalan].
        Running("Running", "Sedang berjalan."),
        /// Completed [selesai].
        Completed("Completed", "Sudah selesai."),
        /// Completed and evaluated [dievaluasi].
        Evaluated("Evaluated", "Sudah selesai dan dievaluasi."),
        /// Cancelled before it ran [dibatalkan].
        Cancelled("Cancelled", "Dibatalkan sebelum berjalan."),
    }

    /// Learning method [metode belajar].
    LearningMethod("Learning method", "Metode belajar.") {
        /// Study visit [kunjungan belajar].
        StudyVisit("Study visit", "Kunjungan belajar."),
        /// On-the-job training [praktik kerja].
        OnTheJobTraining("On-the-job training", "Praktik di tempat kerja."),
        /// Classroom teaching [kelas].
        Classroom("Classroom", "Belajar di kelas."),
        /// Online learning [daring].
        Online("Online", "Belajar secara daring."),
        /// Mentoring [pendampingan].
        Mentoring("Mentoring", "Pendampingan."),
    }

    /// Role of a supporting institution in a program [peran pendukung].
    SupporterRole("Supporter role", "Peran lembaga pendukung dalam program.") {
        /// Supports it in a way not listed here [pendukung].
        Supporter("Supporter", "Mendukung dengan cara lain."),
        /// Funds it [penyandang dana].
        Funder("Funder", "Mendanai program."),
        /// Advises on its academic content [pembina akademik].
        AcademicAdviser("Academic adviser", "Membina isi akademik program."),
        /// Provides experts [penyedia tenaga ahli].
        ExpertProvider("Provider of experts", "Menyediakan tenaga ahli."),
        /// Issues the certificates [penerbit sertifikat].
        Certifier("Certifier", "Menerbitkan sertifikat."),
    }

    /// Status of a batch [status gelombang].
    BatchStatus("Batch status", "Status gelombang.") {
        /// Planned [rencana].
        Planned("Planned", "Direncanakan."),
        /// Open for enrolment [pendaftaran].
        Enrolling("Enrolling", "Pendaftaran dibuka."),
        /// Full: every seat is taken [penuh].
        Full("Full", "Semua kursi terisi."),
        /// Running [berjalan].
        Running("Running", "Sedang berjalan."),
        /// Completed [selesai].
        Completed("Completed", "Sudah selesai."),
        /// Cancelled [dibatalkan].
        Cancelled("Cancelled", "Dibatalkan."),
        /// Postponed to a later date [ditunda].
        Postponed("Postponed", "Ditunda ke waktu lain."),
    }

    /// Status of a placement [status peserta].
    PlacementStatus("Placement status", "Status peserta.") {
        /// Nominated by the cooperative [diusulkan].
        Nominated("Nominated", "Diusulkan oleh koperasi."),
        /// Verified as eligible [diverifikasi].
        Verified("Verified", "Diverifikasi memenuhi syarat."),
        /// Confirmed: has a seat [dikonfirmasi].
        Confirmed("Confirmed", "Dikonfirmasi dan mendapat kursi."),
        /// On the waiting list [daftar tunggu].
        Waitlisted("Waiting list", "Dalam daftar tunggu."),
        /// Attending [mengikuti].
        Attending("Attending", "Sedang mengikuti."),
        /// Graduated [lulus].
        Graduated("Graduated", "Lulus."),
        /// Did not finish [tidak tuntas].
        Incomplete("Did not finish", "Tidak menyelesaikan program."),
        /// Withdrew [mengundurkan diri].
        Withdrawn("Withdrew", "Mengundurkan diri."),
        /// Never came [tidak hadir].
        NoShow("Did not attend", "Tidak pernah hadir."),
        /// Rejected [ditolak].
        Rejected("Rejected", "Ditolak."),
    }
}
