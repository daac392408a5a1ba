//! A small sample schema, parsed from SDL, whose prices can be computed by hand.

use async_graphql::{
    Positioned,
    indexmap::{IndexMap, IndexSet},
    parser::{
        parse_schema,
        types::{FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
    },
    registry::{
        EnumBuilder, InputObjectBuilder, MetaDirectiveInvocation, MetaEnumValue, MetaField, MetaInputValue,
        MetaType, ObjectBuilder, Registry,
    },
};

pub(in crate::document) const SCHEMA: &str = "
type Query {
  farm(by: FarmBy!): Farm
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  farms(where: FarmWhere search: String orderBy: [FarmOrder!] first: Int after: String last: Int before: String): FarmConnection! @listSize(assumedSize: 20000)
  trees(where: TreeWhere first: Int): TreeConnection! @listSize(assumedSize: 100000)
  find(text: String! first: Int): FoundConnection!
  farmAggregate(where: FarmWhere groupBy: [FarmDimension!] having: FarmFiguresWhere orderBy: [FarmFiguresOrder!] first: Int): FarmFiguresPage! @listSize(assumedSize: 20000)
  chains(maxDepth: Int! = 4 where: TreeWhere first: Int! = 5): [Chain!]!
}
interface Node { id: ID! }
interface Owner { id: ID! name: String! farm: Farm }
union Found = Farm | Tree
type Farm implements Node & Owner {
  id: ID! name: String! size: Int farm: Farm place: Place distanceKm(from: PointInput): Float
  owner: Owner
  trees(where: TreeWhere orderBy: [TreeOrder!] first: Int after: String last: Int before: String): TreeConnection!
  treeFigures(where: TreeWhere): TreeFigures!
  gates: [Gate!]! @listSize(assumedSize: 4)
  rows: [Tree!]!
  reached(maxDepth: Int! = 3 first: Int): StepPage!
}
type Person implements Node & Owner {
  id: ID! name: String! farm: Farm trees(first: Int): TreeConnection!
  planted(where: TreeWhere orderBy: [TreeOrder!] first: Int): TreeConnection! @listSize(assumedSize: 10000)
}
type Tree implements Node { id: ID! kind: String! height: Int farm: Farm! }
type Place { north: Float east: Float }
type Gate { width: Int }
type Chain { length: Int! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type FarmConnection { edges: [FarmEdge!]! nodes: [Farm!]! pageInfo: PageInfo! totalCount: Int! totalCountPrecision: String! }
type FarmEdge { cursor: String! node: Farm! }
type TreeConnection { edges: [TreeEdge!]! nodes: [Tree!]! pageInfo: PageInfo! totalCount: Int! }
type TreeEdge { cursor: String! node: Tree! }
type FoundConnection { edges: [FoundEdge!]! nodes: [Found!]! pageInfo: PageInfo! }
type FoundEdge { cursor: String! node: Found! }
type StepPage { nodes: [Step!]! pageInfo: PageInfo! truncated: Boolean! }
type Step { depth: Int! farm: Farm! }
type FarmFiguresPage { nodes: [FarmFigures!]! pageInfo: PageInfo! totalCount: Int! asOf: String! }
type FarmFigures { keys: [FigureKey!]! key(dimension: FarmDimension!): FigureKey! count: Int! treeCount: Int! size: IntFigure! }
type TreeFigures { keys: [FigureKey!]! count: Int! height: IntFigure! }
type FigureKey { dimension: String! value: String }
type IntFigure { sum: String average: String median: String percentile(p: Float!): String }
input FarmBy { id: ID slug: String }
input FarmWhere { and: [FarmWhere!] or: [FarmWhere!] not: FarmWhere name: StringFilter size: IntFilter place: PlaceFilter within: String parent: FarmWhere trees: TreesFilter }
input TreeWhere { and: [TreeWhere!] or: [TreeWhere!] not: TreeWhere kind: StringFilter height: IntFilter farm: FarmWhere }
input TreesFilter { as: String where: TreeWhere some: TreeWhere none: TreeWhere every: TreeWhere count: IntFilter }
input FarmFiguresWhere { and: [FarmFiguresWhere!] or: [FarmFiguresWhere!] not: FarmFiguresWhere count: IntFilter size: IntFigureFilter }
input IntFigureFilter { sum: IntFilter average: IntFilter median: IntFilter }
input StringFilter { eq: String in: [String!] contains: String startsWith: String isNull: Boolean }
input IntFilter { eq: Int gte: Int lte: Int in: [Int!] isNull: Boolean }
input PlaceFilter { near: PointInput withinKm: Float isNull: Boolean }
input PointInput { north: Float! east: Float! }
input FarmOrder { field: FarmOrderField! direction: String trees: TreeWhere }
input TreeOrder { field: TreeOrderField! }
input FarmFiguresOrder { field: FarmFiguresOrderField! }
enum FarmOrderField { NAME SIZE TREE_COUNT DISTANCE OWNER_NAME }
enum TreeOrderField { KIND FARM_NAME }
enum FarmFiguresOrderField { COUNT SIZE_SUM SIZE_MEDIAN }
enum FarmDimension { KIND YEAR }
scalar ID scalar String scalar Int scalar Float scalar Boolean
";

pub(in crate::document) fn registry(schema: &str) -> Registry {
    let mut registry = Registry { query_type: "Query".into(), ..Registry::default() };
    let definitions: Vec<_> = parse_schema(schema).unwrap().definitions;
    for definition in definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            let TypeDefinition { name, kind, .. } = definition.node;
            let name = name.node.to_string();
            registry.types.insert(name.clone(), meta(name, kind));
        }
    }
    let implementing: Vec<(String, String)> =
        parse_schema(schema).unwrap().definitions.into_iter().flat_map(implemented).collect();
    for (object, interface) in implementing {
        if let Some(MetaType::Interface { possible_types, .. }) = registry.types.get_mut(&interface) {
            possible_types.insert(object);
        }
    }
    registry
}

fn implemented(definition: TypeSystemDefinition) -> Vec<(String, String)> {
    let TypeSystemDefinition::Type(definition) = definition else { return Vec::new() };
    let TypeKind::Object(object) = definition.node.kind else { return Vec::new() };
    let name = definition.node.name.node;
    object.implements.into_iter().map(|interface| (name.to_string(), interface.node.to_string())).collect()
}

fn meta(name: String, kind: TypeKind) -> MetaType {
    match kind {
        TypeKind::Object(object) => ObjectBuilder::new(name, fields(object.fields)).build(),
        TypeKind::Interface(interface) => MetaType::Interface {
            name,
            description: None,
            fields: fields(interface.fields),
            possible_types: IndexSet::default(),
            extends: false,
            keys: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        },
        TypeKind::Union(union) => MetaType::Union {
            name,
            description: None,
            possible_types: union.members.into_iter().map(|member| member.node.to_string()).collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            directive_invocations: Vec::new(),
        },
        TypeKind::Enum(words) => {
            let values = words.values.into_iter().map(|word| word.node.value.node.to_string());
            EnumBuilder::new(name, values.map(|word| (word.clone(), MetaEnumValue::new(word))).collect())
                .build()
        }
        TypeKind::InputObject(input) => {
            InputObjectBuilder::new(name, input.fields.into_iter().map(input_value).collect()).build()
        }
        TypeKind::Scalar => MetaType::Scalar {
            name,
            description: None,
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        },
    }
}

fn fields(fields: Vec<Positioned<FieldDefinition>>) -> IndexMap<String, MetaField> {
    let field = |field: Positioned<FieldDefinition>| {
        let FieldDefinition { name, arguments, ty, directives, .. } = field.node;
        let mut meta = MetaField::new(name.node.to_string(), ty.node.to_string());
        meta.args = arguments.into_iter().map(input_value).collect();
        let directives = directives.into_iter().map(|directive| MetaDirectiveInvocation {
            name: directive.node.name.node.to_string(),
            args: directive
                .node
                .arguments
                .into_iter()
                .map(|(name, value)| (name.node.to_string(), value.node))
                .collect(),
        });
        meta.directive_invocations = directives.collect();
        (name.node.to_string(), meta)
    };
    fields.into_iter().map(field).collect()
}

fn input_value(value: Positioned<InputValueDefinition>) -> (String, MetaInputValue) {
    let InputValueDefinition { name, ty, default_value, .. } = value.node;
    let mut meta = MetaInputValue::new(name.node.to_string(), ty.node.to_string());
    meta.default_value = default_value.map(|default| default.node.to_string());
    (name.node.to_string(), meta)
}
