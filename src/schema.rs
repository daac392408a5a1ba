//! The GraphQL schema: merges the root fields of all nouns and describes the arguments that they share.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptySubscription, MergedObject, ObjectType, OutputType,
    Positioned, Schema, ServerResult, ValidationMode, Value,
    parser::types::Field,
    registry::{MetaType, Registry},
};

use crate::document::cost::limit::MAX_SELECTION_DEPTH;
use crate::graph::{
    inline::{self, Library},
    list_size::{LIST_SIZE, list_size},
};
use crate::registry::{
    about::RegistryQuery,
    access_grant::{AccessGrantMutation, AccessGrantQuery},
    annual_report::{AnnualReportFiguresQuery, AnnualReportMutation, AnnualReportQuery},
    api_key::{ApiKeyMutation, ApiKeyQuery},
    application::{ApplicationFiguresQuery, ApplicationMutation, ApplicationQuery},
    batch::{BatchFiguresQuery, BatchMutation, BatchQuery},
    business_class::BusinessClassQuery,
    business_unit::{BusinessUnitFiguresQuery, BusinessUnitMutation, BusinessUnitQuery},
    changes::ChangeQuery,
    commodity::{
        CommodityQuery, CooperativeCommodityFiguresQuery, CooperativeCommodityMutation,
        CooperativeCommodityQuery,
    },
    cooperative::{CooperativeFiguresQuery, CooperativeMutation, CooperativeQuery},
    institution::{InstitutionFiguresQuery, InstitutionMutation, InstitutionQuery},
    linkage::{LinkageFiguresQuery, LinkageMutation, LinkageQuery},
    linkage_month::{LinkageMonthFiguresQuery, LinkageMonthMutation, LinkageMonthQuery},
    node::NodeQuery,
    officer::{OfficerFiguresQuery, OfficerMutation},
    official::OfficialMutation,
    partnership::{PartnershipFiguresQuery, PartnershipMutation, PartnershipQuery},
    path::PathQuery,
    person::PersonMutation,
    placement::{PlacementFiguresQuery, PlacementMutation, PlacementQuery},
    program::{ProgramFiguresQuery, ProgramMutation, ProgramQuery},
    record::Record,
    region::{RegionFiguresQuery, RegionQuery},
    search::SearchQuery,
    session::{SessionMutation, TrainingSessionQuery},
    vocabulary::VocabularyQuery,
};

/// The schema type of the registry.
pub type RegistrySchema = Schema<Described<Query>, Described<Mutation>, EmptySubscription>;

/// The root of all queries.
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
    LinkageMonthQuery,
    CooperativeCommodityQuery,
    TrainingSessionQuery,
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
    RegionFiguresQuery,
    SearchQuery,
    PathQuery,
    VocabularyQuery,
    ChangeQuery,
    ApiKeyQuery,
    AccessGrantQuery,
);

/// The root of all verbs. Those of one document are executed one after the other, each in a transaction of its own.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    LinkageMutation,
    PlacementMutation,
    CooperativeMutation,
    OfficerMutation,
    PersonMutation,
    BusinessUnitMutation,
    AnnualReportMutation,
    CooperativeCommodityMutation,
    InstitutionMutation,
    OfficialMutation,
    PartnershipMutation,
    ProgramMutation,
    BatchMutation,
    SessionMutation,
    ApplicationMutation,
    LinkageMonthMutation,
    ApiKeyMutation,
    AccessGrantMutation,
);

/// Whether introspection is enabled, and error messages suggest names for mistyped ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Introspection {
    #[default]
    On,
    Off,
}

/// How much of validation the schema does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validation {
    /// All rules.
    Whole,
    /// None: documents were validated before.
    Done,
}

/// Builds the schema.
#[must_use]
pub fn build(introspection: Introspection, validation: Validation) -> RegistrySchema {
    let schema =
        Schema::build(Described(Query::default()), Described(Mutation::default()), EmptySubscription)
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

/// The recursion limit of the library: deeper than the depth limit, so that the depth limit reports the error.
const RECURSION: usize = MAX_SELECTION_DEPTH as usize + 1;

/// The registry of the schema's types, for code that inspects them.
#[must_use]
pub fn registry() -> Registry {
    let mut registry = Registry { query_type: Query::type_name().into_owned(), ..Registry::default() };
    registry.mutation_type = Some(Mutation::type_name().into_owned());
    Described::<Query>::create_type_info(&mut registry);
    Described::<Mutation>::create_type_info(&mut registry);
    Record::create_type_info(&mut registry);
    registry
}

/// The schema in SDL, as in `schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    build(Introspection::On, Validation::Whole)
        .sdl_with_options(SDLExportOptions::new().include_specified_by())
}

/// Descriptions of the arguments that many fields share, by name. Rust keeps no doc comments on function parameters.
const ARGUMENTS: &[(&str, &str)] = &[
    ("first", "Number of items from the start of the list: 20 by default, at most 100."),
    ("after", "Return only items after this cursor."),
    ("last", "Number of items from the end of the list, at most 100. Cannot be combined with `first`."),
    ("before", "Return only items before this cursor."),
    ("orderBy", "Sort order: at most 8 terms, the most significant first. Ties are broken by id."),
    (
        "groupBy",
        "Dimensions to group by, at most 6: one group for each combination of their values. When absent, all rows form one group.",
    ),
    ("having", "Return only groups whose figures match."),
    (
        "search",
        "Return only items that match these words, tolerating typing errors; sorted by relevance unless `orderBy` is given.",
    ),
    ("where", "Return only items that match."),
    ("by", "Exactly one key."),
    ("from", "Point to measure from."),
    ("as", "Only linkages on this side; both sides when absent."),
    ("roles", "Only items with one of these roles; any role when absent."),
    (
        "year",
        "The year; by default the cooperative's latest year with data, or all years if `where` compares `year`.",
    ),
    ("language", "Language of the text; Indonesian by default."),
    ("id", "Global id."),
    ("input", "The input of the verb."),
    ("ids", "Up to 100 global ids."),
    ("nouns", "Only changes of records of these types, named as in `noun`; all types when absent."),
    (
        "within",
        "Only changes of records that are, or were before the change, in this region or in a region inside it.",
    ),
];

/// Assumed sizes of lists: the number of rows that a list is chosen from, or that figures are computed over, in a
/// registry of national size. They are part of prices, so they are the same on every node at any time.
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
    ("Query", "linkageMonths", 400_000),
    ("Query", "cooperativeCommodities", 650_000),
    ("Query", "trainingSessions", 25_000),
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
    ("Query", "regionAggregate", 90_000),
    ("Query", "changes", 2_000),
    ("Query", "accessGrants", 100_000),
    ("Query", "apiKeys", 10_000),
    ("BusinessClass", "cooperatives", 90_000),
    ("Commodity", "volumes", 10_000),
    ("Commodity", "linkages", 10_000),
    ("Cooperative", "businessClasses", 10),
    ("PartnerInstitution", "applications", 50_000),
    ("PartnerInstitution", "linkages", 10_000),
    ("PartnerInstitution", "partnerships", 1_000),
    ("Region", "batches", 1_000),
    ("Region", "children", 50),
    ("Region", "cooperatives", 10_000),
    ("Region", "institutions", 1_000),
    ("Region", "cooperativeFigures", 10_000),
    ("Region", "linkageFigures", 10_000),
    ("Region", "placementFigures", 20_000),
];

/// Writes [`SIZES`] into the schema as `@listSize`, replacing the size that a field declares itself.
fn state_sizes(registry: &mut Registry) {
    for (of, name, size) in SIZES {
        let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(*of) else { continue };
        if let Some(field) = fields.get_mut(*name) {
            field.directive_invocations.retain(|stated| stated.name != LIST_SIZE);
            field.directive_invocations.push(list_size::apply(*size));
        }
    }
}

/// The cache lifetime in seconds of a response that contains an object of this type.
fn max_age(of: &str) -> i32 {
    // Reference data, which changes by decree, and the labels of enums, which change with the program.
    const SETTLED: [&str; 4] = ["BusinessClass", "Commodity", "Region", "Vocabulary"];
    match of {
        "PageInfo" => 0,
        // A follower asks for what is new.
        "ChangeConnection" => -1,
        of if SETTLED.iter().any(|noun| of.starts_with(noun)) => 60 * 60,
        _ => 60,
    }
}

/// Wraps the root object and adds descriptions to all arguments of all types below it.
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
            if ![Query::type_name(), Mutation::type_name()].contains(&Cow::from(of.as_str())) {
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
        inline::root(ctx, self.0.resolve_field(ctx)).await
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
    use crate::graph::inline::tests::{MARK, MARKED};
    use async_graphql::registry::{MetaType, MetaTypeName};

    #[test]
    fn no_object_beneath_the_root_is_resolved_by_the_library() {
        MARKED.set(true);
        let registry = registry();
        MARKED.set(false);
        let mut inline = 0;
        for (of, kind) in &registry.types {
            let MetaType::Object { fields, .. } = kind else { continue };
            for field in fields.values() {
                let plain = field.ty.replace(MARK, "");
                if registry.types[MetaTypeName::concrete_typename(&plain)].is_composite() {
                    assert!(field.ty.contains(MARK), "{of}.{} is not `Inline` or `Items`", field.name);
                    inline += 1;
                }
            }
        }
        assert!(inline > 100, "{inline} fields hold objects");
    }
}
