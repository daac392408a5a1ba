//! Seeds all provinces, regencies, cities, districts and villages.

use entity::region;

use crate::{
    exchange::gazetteer::{Gazetteer, GazetteerRegion},
    graph::{fold::fold, place::UnitVector},
    store::bulk::{Bulk, BulkError},
};

pub(super) async fn add(bulk: &mut Bulk, gazetteer: &Gazetteer) -> Result<(), BulkError> {
    for region in gazetteer.regions() {
        bulk.add(&row(region))?;
        bulk.ease().await?;
    }
    Ok(())
}

fn row(region: &GazetteerRegion) -> region::Model {
    let point = region.point;
    let sphere = point.map(|point| UnitVector::of_parts(point.latitude_e5, point.longitude_e5, 100_000));
    region::Model {
        code: region.code.to_string(),
        parent_code: region.code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        level: region.level,
        kind: region.kind,
        name: region.name.to_string(),
        name_fold: fold(&region.name),
        latitude_e5: point.map(|point| point.latitude_e5),
        longitude_e5: point.map(|point| point.longitude_e5),
        postal_code: region.postal_code.as_deref().map(str::to_owned),
        sphere_x_e9: sphere.map(|at| at.x),
        sphere_y_e9: sphere.map(|at| at.y),
        sphere_z_e9: sphere.map(|at| at.z),
        location_precision: region.precision,
    }
}
