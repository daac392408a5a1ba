//! The schema: all slices under one roof, and the descriptions of the arguments that they share.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptyMutation, EmptySubscription, MergedObject, ObjectType,
    OutputType, Positioned, Schema, ServerResult, ValidationMode, Value,
    parser::types::Field,
    registry::{MetaType, Registry},
};

use crate::document::cost::limit::MAX_SELECTION_DEPTH;
use crate::graph::{
    lean::{self, Library},
    list_size::{LIST_SIZE, list_size},
};
use crate::registry::{
    about::RegistryQuery,
    annual_report::{AnnualReportFiguresQuery, AnnualReportQuery},
    application::{ApplicationFiguresQuery, ApplicationQuery},
    batch::{BatchFiguresQuery, BatchQuery},
    business_class::BusinessClassQuery,
    business_unit::{BusinessUnitFiguresQuery, BusinessUnitQuery},
    commodity::{CommodityQuery, CooperativeCommodityFiguresQuery},
    cooperative::{CooperativeFiguresQuery, CooperativeQuery},
    institution::{InstitutionFiguresQuery, InstitutionQuery},
    linkage::{LinkageFiguresQuery, LinkageQuery},
    linkage_month::LinkageMonthFiguresQuery,
    node::NodeQuery,
    officer::OfficerFiguresQuery,
    partnership::{PartnershipFiguresQuery, PartnershipQuery},
    path::PathQuery,
    placement::{PlacementFiguresQuery, PlacementQuery},
    program::{ProgramFiguresQuery, ProgramQuery},
    record::Record,
    region::RegionQuery,
    search::SearchQuery,
};

/// The registry's schema.
pub type RegistrySchema = Schema<Described<Query>, EmptyMutation, EmptySubscription>;

/// Where every reading begins.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    NodeQuery,
    RegistryQuery,
    RegionQuery,
    CooperativeQuery,
    BusinessUnitQuery,
    BusinessClassQuery,
    CommodityQuery,
    AnnualReportQuery,
    InstitutionQuery,
    PartnershipQuery,
    ProgramQuery,
    BatchQuery,
    PlacementQuery,
    LinkageQuery,
    ApplicationQuery,
    AnnualReportFiguresQuery,
    ApplicationFiguresQuery,
    BatchFiguresQuery,
    BusinessUnitFiguresQuery,
    CooperativeCommodityFiguresQuery,
    CooperativeFiguresQuery,
    InstitutionFiguresQuery,
    LinkageFiguresQuery,
    LinkageMonthFiguresQuery,
    OfficerFiguresQuery,
    PartnershipFiguresQuery,
    PlacementFiguresQuery,
    ProgramFiguresQuery,
    SearchQuery,
    PathQuery,
);

/// Whether the schema tells of itself: to those who ask, and in what it suggests to those who mistype a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Introspection {
    #[default]
    On,
    Off,
}

/// How much of validation is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validation {
    /// All of it.
    Whole,
    /// Nothing: documents were found valid before.
    Done,
}

/// Builds the schema.
#[must_use]
pub fn build(introspection: Introspection, validation: Validation) -> RegistrySchema {
    let schema = Schema::build(Described(Query::default()), EmptyMutation, EmptySubscription)
        .register_output_type::<Record>()
        .validation_mode(match validation {
            Validation::Whole => ValidationMode::Strict,
            Validation::Done => ValidationMode::Fast,
        })
        .limit_recursive_depth(RECURSION)
        .extension(Library);
    match introspection {
        Introspection::On => schema.finish(),
        Introspection::Off => schema.disable_introspection().disable_suggestions().finish(),
    }
}

/// Deeper than the door lets a document be, so that the door is the one to say so.
const RECURSION: usize = MAX_SELECTION_DEPTH as usize + 1;

/// The schema's types, for what reads it by their shapes.
#[must_use]
pub fn registry() -> Registry {
    let mut registry = Registry { query_type: Query::type_name().into_owned(), ..Registry::default() };
    Described::<Query>::create_type_info(&mut registry);
    Record::create_type_info(&mut registry);
    registry
}

/// The schema in its own language, as `schema.graphql` holds it.
#[must_use]
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    build(Introspection::On, Validation::Whole)
        .sdl_with_options(SDLExportOptions::new().include_specified_by())
}

/// What the arguments that many fields share are for. Rust keeps no doc comments on a function's parameters.
const ARGUMENTS: &[(&str, &str)] = &[
    ("first", "How many from the front: 20 unless told, at most 100."),
    ("after", "Only what follows this cursor."),
    ("last", "How many from the back, at most 100; not together with `first`."),
    ("before", "Only what precedes this cursor."),
    ("orderBy", "Sort by these, at most 8, the first one weighing most; by key at last."),
    ("groupBy", "One row for each combination of these, at most six; a single row when absent."),
    ("having", "Keep only rows whose figures fit."),
    (
        "search",
        "Keep only those that match these words, typos forgiven; best first unless `orderBy` says else.",
    ),
    ("where", "Keep only those that fit."),
    ("by", "Exactly one key."),
    ("from", "Where to measure from."),
    ("as", "Only those in which it stands on this side; both when absent."),
    ("roles", "Only those in one of these roles; any when absent."),
    ("year", "The year; the latest one known when absent."),
    ("language", "Which language; Indonesian when absent."),
    ("id", "Global id."),
    ("ids", "Up to 100 global ids."),
];

/// How many rows a list is chosen from, or figures are taken of, in a registry of the nation's size. They are parts of
/// prices, so they are the same on every node and every day.
const SIZES: &[(&str, &str, u32)] = &[
    ("Query", "regions", 90_000),
    ("Query", "cooperatives", 90_000),
    ("Query", "businessUnits", 160_000),
    ("Query", "businessClasses", 120),
    ("Query", "commodities", 130),
    ("Query", "annualReports", 120_000),
    ("Query", "institutions", 8_000),
    ("Query", "partnerships", 12_000),
    ("Query", "internshipPrograms", 1_200),
    ("Query", "internshipBatches", 4_000),
    ("Query", "placements", 130_000),
    ("Query", "linkages", 60_000),
    ("Query", "partnershipApplications", 260_000),
    ("Query", "annualReportAggregate", 120_000),
    ("Query", "partnershipApplicationAggregate", 260_000),
    ("Query", "internshipBatchAggregate", 4_000),
    ("Query", "businessUnitAggregate", 160_000),
    ("Query", "cooperativeCommodityAggregate", 650_000),
    ("Query", "cooperativeAggregate", 90_000),
    ("Query", "institutionAggregate", 8_000),
    ("Query", "linkageAggregate", 60_000),
    ("Query", "linkageMonthAggregate", 400_000),
    ("Query", "officerAggregate", 900_000),
    ("Query", "partnershipAggregate", 12_000),
    ("Query", "placementAggregate", 130_000),
    ("Query", "internshipProgramAggregate", 1_200),
    ("BusinessClass", "cooperatives", 90_000),
    ("Commodity", "volumes", 10_000),
    ("Commodity", "linkages", 10_000),
    ("Cooperative", "businessClasses", 10),
    ("PartnerInstitution", "applications", 50_000),
    ("PartnerInstitution", "linkages", 10_000),
    ("PartnerInstitution", "partnerships", 1_000),
    ("Region", "batches", 1_000),
    ("Region", "cooperatives", 10_000),
    ("Region", "institutions", 1_000),
    ("Region", "cooperativeFigures", 10_000),
    ("Region", "linkageFigures", 10_000),
    ("Region", "placementFigures", 20_000),
];

/// States [`SIZES`] in the schema, over what a field states of itself.
fn state_sizes(registry: &mut Registry) {
    for (of, name, size) in SIZES {
        let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(*of) else { continue };
        if let Some(field) = fields.get_mut(*name) {
            field.directive_invocations.retain(|stated| stated.name != LIST_SIZE);
            field.directive_invocations.push(list_size::apply(*size));
        }
    }
}

/// Seconds that an answer may be kept which holds an object of this type.
fn max_age(of: &str) -> i32 {
    // Reference data, which changes by decree.
    const SETTLED: [&str; 3] = ["BusinessClass", "Commodity", "Region"];
    match of {
        "PageInfo" => 0,
        of if SETTLED.iter().any(|noun| of.starts_with(noun)) => 60 * 60,
        _ => 60,
    }
}

/// An object whose arguments, down to the last type it reaches, are described.
#[derive(Debug)]
pub struct Described<T>(T);

impl<T: OutputType> OutputType for Described<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        state_sizes(registry);
        for (of, kind) in &mut registry.types {
            let MetaType::Object { fields, cache_control, .. } = kind else {
                continue;
            };
            if *of != Self::type_name() {
                cache_control.max_age = max_age(of);
            }
            for argument in fields.values_mut().flat_map(|field| field.args.values_mut()) {
                let known = ARGUMENTS.iter().find(|(name, _)| *name == argument.name);
                if let (None, Some((_, description))) = (&argument.description, known) {
                    argument.description = Some((*description).to_owned());
                }
            }
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<T: ContainerType> ContainerType for Described<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        lean::root(ctx, self.0.resolve_field(ctx)).await
    }

    fn collect_all_fields<'a>(
        &'a self,
        ctx: &ContextSelectionSet<'a>,
        fields: &mut async_graphql::resolver_utils::Fields<'a>,
    ) -> ServerResult<()> {
        self.0.collect_all_fields(ctx, fields)
    }
}

impl<T: ObjectType> ObjectType for Described<T> {}

#[cfg(test)]
mod tests {
    use super::registry;
    use crate::graph::lean::tests::{MARK, MARKED};
    use async_graphql::registry::{MetaType, MetaTypeName};

    #[test]
    fn no_object_beneath_the_root_is_resolved_by_the_library() {
        MARKED.set(true);
        let registry = registry();
        MARKED.set(false);
        let mut lean = 0;
        for (of, kind) in &registry.types {
            let MetaType::Object { fields, .. } = kind else { continue };
            for field in fields.values() {
                let plain = field.ty.replace(MARK, "");
                if registry.types[MetaTypeName::concrete_typename(&plain)].is_composite() {
                    assert!(field.ty.contains(MARK), "{of}.{} is not `Lean` or `Items`", field.name);
                    lean += 1;
                }
            }
        }
        assert!(lean > 100, "{lean} fields hold objects");
    }
}
