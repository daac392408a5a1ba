//! Enums of business units.

use super::vocabulary;

vocabulary! {
    /// Kind of business unit; the first eight are the mandatory outlets [jenis gerai].
    BusinessUnitKind("Kind of outlet", "Jenis unit usaha; delapan yang pertama adalah gerai wajib.") {
        /// Office of the cooperative [kantor koperasi].
        Office("Cooperative office", "Kantor koperasi."),
        /// Shop for staples [gerai sembako].
        Grocery("Staples shop", "Toko bahan pokok."),
        /// Pharmacy [gerai obat/apotek].
        Pharmacy("Pharmacy", "Toko obat atau apotek."),
        /// Village clinic [klinik desa].
        Clinic("Village clinic", "Klinik desa."),
        /// Savings and loans [unit simpan pinjam].
        SavingsLoans("Savings and loans", "Unit simpan pinjam."),
        /// Warehouse [gudang].
        Warehouse("Warehouse", "Gudang."),
        /// Cold storage [gudang beku/cold storage].
        ColdStorage("Cold storage", "Gudang bersuhu rendah."),
        /// Transport and delivery [logistik].
        Logistics("Logistics", "Pengangkutan dan pengantaran."),
        /// Gas cylinder outlet [pangkalan LPG].
        Lpg("LPG outlet", "Pangkalan tabung gas."),
        /// Fertiliser kiosk [kios pupuk].
        Fertilizer("Fertiliser kiosk", "Kios pupuk."),
        /// Postal agent [agen pos].
        PostalAgent("Postal agent", "Agen layanan pos."),
        /// Agent for branchless banking [agen Laku Pandai].
        BankAgent("Bank agent", "Agen layanan perbankan tanpa kantor."),
        /// Any other business [lainnya].
        Other("Other", "Usaha lain."),
    }

    /// Status of a business unit [status gerai].
    BusinessUnitStatus("Outlet status", "Status unit usaha.") {
        /// Planned [rencana].
        Planned("Planned", "Masih direncanakan."),
        /// Under construction [dibangun].
        Building("Under construction", "Sedang dibangun."),
        /// Open for business [buka].
        Open("Open", "Sudah buka."),
        /// Closed [tutup].
        Closed("Closed", "Sudah tutup."),
    }

    /// Right by which a business unit uses its premises [status kepemilikan].
    Ownership("Ownership of premises", "Hak unit usaha atas tempat usahanya.") {
        /// Owned by the cooperative [milik sendiri].
        Owned("Owned", "Milik koperasi."),
        /// Rented [sewa].
        Rented("Rented", "Disewa."),
        /// Borrowed free of charge [pinjam pakai].
        Borrowed("Borrowed", "Dipinjam tanpa biaya."),
        /// Owned by the village [aset desa].
        VillageAsset("Village asset", "Milik desa."),
    }
}
