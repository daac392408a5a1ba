//! Enums of commodities and their units.

use super::vocabulary;

vocabulary! {
    /// Group of commodities [kelompok komoditas].
    CommodityCategory("Commodity group", "Kelompok komoditas.") {
        /// Food crop [tanaman pangan].
        FoodCrop("Food crops", "Tanaman pangan."),
        /// Vegetable [sayuran].
        Vegetable("Vegetables", "Sayuran."),
        /// Fruit [buah].
        Fruit("Fruit", "Buah-buahan."),
        /// Estate crop [perkebunan].
        EstateCrop("Estate crops", "Tanaman perkebunan."),
        /// Medicinal plant [tanaman obat].
        Medicinal("Medicinal plants", "Tanaman obat."),
        /// Livestock and livestock products [peternakan].
        Livestock("Livestock", "Ternak dan hasil ternak."),
        /// Fishery products, wild or farmed [perikanan].
        Fishery("Fishery", "Hasil perikanan tangkap dan budi daya."),
        /// Forest product [kehutanan].
        Forestry("Forestry", "Hasil hutan."),
        /// Craft [kerajinan].
        Craft("Crafts", "Hasil kerajinan."),
        /// Goods bought for resale, not produced [barang dagangan].
        TradedGoods("Traded goods", "Barang yang dibeli untuk dijual kembali, tidak dihasilkan sendiri."),
    }

    /// Unit of volumes [satuan].
    Unit("Unit", "Satuan volume.") {
        /// Metric ton [ton].
        Ton("Ton", "Ton metrik."),
        /// Kilogram [kilogram].
        Kilogram("Kilogram", "Kilogram."),
        /// Litre [liter].
        Litre("Litre", "Liter."),
        /// Cubic metre [meter kubik].
        CubicMetre("Cubic metre", "Meter kubik."),
        /// Head of livestock [ekor].
        Head("Head", "Ekor ternak."),
        /// Piece [buah].
        Piece("Piece", "Buah atau butir."),
        /// Stem of a cut flower [tangkai].
        Stem("Stem", "Tangkai bunga potong."),
        /// Gas cylinder [tabung].
        Cylinder("Cylinder", "Tabung gas."),
        /// Any other unit [lainnya].
        Other("Other", "Satuan lain."),
    }
}
