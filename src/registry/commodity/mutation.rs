//! The verbs of the commodity records of cooperatives: recorded for a year, and amended.

mod act;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};

use self::act::{Amend, Record};
use super::volume::{BY_ID, CooperativeCommodity};
use crate::{
    graph::{
        Result,
        inline::Inline,
        scalar::{Decimal, Rupiah},
    },
    registry::write::payload,
};

/// A commodity that a cooperative handled in a year [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RecordCommodityInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    id: Option<ID>,
    /// Global id of the cooperative [koperasi].
    cooperative: ID,
    /// Global id of the commodity [komoditas].
    commodity: ID,
    /// The year of the figures, not in the future [tahun].
    year: i32,
    /// Volume in that year, in the unit of the commodity [volume per tahun].
    annual_volume: Option<Decimal>,
    /// Area of land or water used, in hectares [luas lahan].
    area_hectares: Option<Decimal>,
    /// Number of workers [jumlah tenaga kerja].
    worker_count: Option<i32>,
    /// Value of the year's volume [nilai per tahun].
    annual_value: Option<Rupiah>,
}

/// Changes to a commodity record: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendCommodityInput {
    /// Key of this request, chosen by the caller; see `RecordCommodityInput`.
    idempotency_key: String,
    /// Global id of the commodity record.
    id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    expected_version: i32,
    /// Volume in that year, in the unit of the commodity [volume per tahun].
    annual_volume: MaybeUndefined<Decimal>,
    /// Area of land or water used, in hectares [luas lahan].
    area_hectares: MaybeUndefined<Decimal>,
    /// Number of workers [jumlah tenaga kerja].
    worker_count: MaybeUndefined<i32>,
    /// Value of the year's volume [nilai per tahun].
    annual_value: MaybeUndefined<Rupiah>,
}

payload! {
    /// Outcome of a verb on a commodity record of a cooperative [hasil].
    CooperativeCommodityPayload {
        /// The commodity record as it is now; null when nothing was changed, unless someone else changed it meanwhile [komoditas
        /// koperasi].
        cooperative_commodity: CooperativeCommodity = BY_ID
    }
}

/// Verbs of commodity records of cooperatives.
#[derive(Clone, Copy, Debug, Default)]
pub struct CooperativeCommodityMutation;

#[Object]
impl CooperativeCommodityMutation {
    /// Records what a cooperative handled of a commodity in a year, for which there is one record [catat komoditas].
    async fn record_commodity(
        &self,
        ctx: &Context<'_>,
        input: RecordCommodityInput,
    ) -> Option<Result<Inline<CooperativeCommodityPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Record(input), &key).await
    }

    /// Changes the figures of a commodity record: absent fields stay as they are, and null empties one [ubah komoditas].
    async fn amend_commodity(
        &self,
        ctx: &Context<'_>,
        input: AmendCommodityInput,
    ) -> Option<Result<Inline<CooperativeCommodityPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, Amend(input), &key).await
    }
}
