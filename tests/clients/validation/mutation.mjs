// Mutations that may make a document invalid: one for each rule of the specification, and some of its text.
import { Kind, parse, parseValue, print, visit } from "graphql";

const name = (value) => ({ kind: Kind.NAME, value });
const variable = (value) => ({ kind: Kind.VARIABLE, name: name(value) });
const directive = (value, args = "") =>
  parse(`{ a @${value}${args} }`).definitions[0].selectionSet.selections[0].directives[0];

/** Makes the changes, by name. Each takes a document and gives its text, or nothing where it does not apply. */
export function mutations(schema, { below, pick, happens }, literal) {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (type.getFields ? Object.keys(type.getFields()) : []));
  const inputs = types.filter((type) => !type.getFields || !type.getInterfaces);

  /** Changes one node of a kind. */
  const one = (kind, change) => (document) => {
    let count = 0;
    visit(document, { [kind]: () => void count++ });
    if (!count) return undefined;
    let at = below(count);
    return print(visit(document, { [kind]: { enter: (node, ...where) => (at-- === 0 ? change(node, ...where) : undefined) } }));
  };
  const added = (node, list, item) => ({ ...node, [list]: [...(node[list] ?? []), item] });
  const without = (node, list) => {
    const gone = below(node[list]?.length ?? 0);
    return { ...node, [list]: node[list]?.filter((_, at) => at !== gone) };
  };
  const selecting = (node, ...items) => ({ kind: Kind.SELECTION_SET, selections: [...(node?.selections ?? []), ...items] });
  const field = (text) => parse(`{ ${text} }`).definitions[0].selectionSet.selections[0];
  const value = (node, text) => ({ ...node, value: parseValue(text) });
  const anyType = () => pick(types).name;
  const typeNode = (text) => parse(`query($a: ${text}) { a }`).definitions[0].variableDefinitions[0].type;
  const definitions = (document, ...more) => print({ ...document, definitions: [...document.definitions, ...more.flatMap((text) => parse(text).definitions)] });

  const values = ["1", "-1", "2147483648", "1.0", "1e2", '"1"', '"ACTIVE"', "ACTIVE", "true", "null", "[]", "[1]", "[null]", "[[1]]", "{}", "{a: 1}", "$v0", "$gone", "[$v0]", '{eq: "ACTIVE"}', "{eq: null}", "{in: [ACTIVE]}", "{slug: $v0}", '{slug: "a", id: "b"}', "{id: null}"];
  const misplaced = [["skip", "(if: true)"], ["include", "(if: false)"], ["deprecated", ""], ["listSize", "(assumedSize: 1)"], ["specifiedBy", '(url: "a")'], ["oneOf", ""], ["gone", ""], ["skip", ""], ["include", "(if: 1)"], ["skip", '(if: "true")'], ["include", "(if: null)"], ["skip", "(if: $v0)"], ["skip", "(if: true, gone: 1)"], ["include", "(if: true, if: true)"], ["skip", "(gone: true)"], ["include", "(if: [true])"]];
  const put = (kind) => one(kind, (node) => added(node, "directives", directive(...pick(misplaced))));

  return {
    "another field": one("Field", (node) => ({ ...node, name: name(pick(fields)) })),
    "an unknown field": one("SelectionSet", (node) => selecting(node, field("gone"))),
    "another key": one("Field", (node) => ({ ...node, alias: name(pick(["a", "b", "name", "id", "nodes"])) })),
    "no key": one("Field", (node) => ({ ...node, alias: undefined })),
    "one more field": one("SelectionSet", (node) => selecting(node, field(`${pick(["a: ", "b: ", "id: ", ""])}${pick(fields)}`))),
    "nothing selected": one("Field", (node) => ({ ...node, selectionSet: undefined })),
    "something selected of a leaf": one("Field", (node) => ({ ...node, selectionSet: selecting(node.selectionSet, field("__typename")) })),
    "a set twice": one("SelectionSet", (node) => selecting(node, ...node.selections)),
    "a selection elsewhere": (document) => {
      const found = [];
      visit(document, { SelectionSet: (node) => void found.push(...node.selections) });
      return one("SelectionSet", (node) => selecting(node, pick(found)))(document);
    },
    "an argument less": one("Field", (node) => without(node, "arguments")),
    "an unknown argument": one("Field", (node) => added(node, "arguments", { kind: Kind.ARGUMENT, name: name(pick(["gone", "first", "where", "by", "id"])), value: parseValue(pick(values)) })),
    "an argument twice": one("Field", (node) => (node.arguments?.length ? added(node, "arguments", pick(node.arguments)) : undefined)),
    "another value": one("Argument", (node) => value(node, pick(values))),
    "another value of a field": one("ObjectField", (node) => value(node, pick(values))),
    "a value of a random type": one("Argument", (node) => value(node, literal(pick(inputs)))),
    "an unknown field of an input": one("ObjectValue", (node) => added(node, "fields", { kind: Kind.OBJECT_FIELD, name: name(pick(["gone", "eq", "and", "id"])), value: parseValue(pick(values)) })),
    "a field of an input twice": one("ObjectValue", (node) => (node.fields.length ? added(node, "fields", pick(node.fields)) : undefined)),
    "a field of an input less": one("ObjectValue", (node) => without(node, "fields")),
    "an item more": one("ListValue", (node) => ({ ...node, values: [...node.values, parseValue(pick(values))] })),
    "a word as a string": one("EnumValue", (node) => ({ kind: Kind.STRING, value: node.value })),
    "a string as a word": one("StringValue", (node) => ({ kind: Kind.ENUM, value: /^[A-Za-z_]\w*$/.test(node.value) ? node.value : "WORD" })),
    "an unused variable": one("OperationDefinition", (node) => added(node, "variableDefinitions", parse(`query($unused: Int) { a }`).definitions[0].variableDefinitions[0])),
    "a variable twice": one("OperationDefinition", (node) => (node.variableDefinitions?.length ? added(node, "variableDefinitions", pick(node.variableDefinitions)) : undefined)),
    "a variable less": one("OperationDefinition", (node) => without(node, "variableDefinitions")),
    "a variable of another type": one("VariableDefinition", (node) => ({ ...node, type: typeNode(pick([anyType(), `${anyType()}!`, `[${anyType()}]`, "Gone", "Int", "String!", "[Int!]!"])) })),
    "a variable in or out of a list": one("VariableDefinition", (node) => {
      const text = print(node.type);
      return { ...node, type: typeNode(pick([`[${text}]`, text.replace(/^\[|\]!?$/g, ""), text.replace(/!/g, ""), `${text.replace(/!$/, "")}!`])) };
    }),
    "another default": one("VariableDefinition", (node) => ({ ...node, defaultValue: pick([parseValue(pick(values.filter((text) => !text.includes("$")))), undefined]) })),
    "a variable for a value": one("Argument", (node) => ({ ...node, value: variable(pick(["v0", "v1", "gone"])) })),
    "a variable in a value": one("ObjectField", (node) => ({ ...node, value: variable(pick(["v0", "v1", "gone"])) })),
    "a variable in a list": one("ListValue", (node) => ({ ...node, values: [...node.values, variable(pick(["v0", "v1"]))] })),
    "a variable for each value": one("Field", (node) => ({ ...node, arguments: node.arguments?.map((argument) => ({ ...argument, value: variable("v0") })) })),
    "a condition by a variable": (document) => one("Field", (node) => added(node, "directives", directive("skip", "(if: $v9)")))(parse(one("OperationDefinition", (node) => added(node, "variableDefinitions", parse(`query($v9: ${pick(["Boolean!", "Boolean", "Boolean = true", "Int!", "[Boolean!]", "Boolean = null"])}) { a }`).definitions[0].variableDefinitions[0]))(document))),
    "a fragment spread elsewhere": (document) => {
      const known = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
      return known.length ? one("SelectionSet", (node) => selecting(node, { kind: Kind.FRAGMENT_SPREAD, name: pick(known).name }))(document) : undefined;
    },
    "an unknown fragment": one("SelectionSet", (node) => selecting(node, { kind: Kind.FRAGMENT_SPREAD, name: name("Gone") })),
    "a spread less": one("FragmentSpread", () => field("__typename")),
    "an unused fragment": (document) => definitions(document, `fragment Unused on ${anyType()} { __typename }`),
    "a fragment twice": (document) => {
      const known = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
      return known.length ? definitions(document, print(pick(known))) : undefined;
    },
    "a fragment on another type": one("FragmentDefinition", (node) => ({ ...node, typeCondition: { kind: Kind.NAMED_TYPE, name: name(pick([anyType(), "Gone"])) } })),
    "an inline fragment on another type": one("InlineFragment", (node) => ({ ...node, typeCondition: { kind: Kind.NAMED_TYPE, name: name(pick([anyType(), anyType(), "Gone"])) } })),
    "an inline fragment on no type": one("InlineFragment", (node) => ({ ...node, typeCondition: undefined })),
    "an inline fragment around a set": one("SelectionSet", (node) => ({ ...node, selections: [{ kind: Kind.INLINE_FRAGMENT, selectionSet: node, typeCondition: happens(0.5) ? { kind: Kind.NAMED_TYPE, name: name(pick(["Node", "Record", "Party", "Cooperative", "Query"])) } : undefined }] })),
    "inline fragments on no type around all sets": (document) => print(visit(document, { SelectionSet: { leave: (node) => (happens(0.7) ? { ...node, selections: [{ kind: Kind.INLINE_FRAGMENT, selectionSet: node }] } : undefined) } })),
    "a directive on a field": put("Field"),
    "a directive on a spread": put("FragmentSpread"),
    "a directive on an inline fragment": put("InlineFragment"),
    "a directive on an operation": put("OperationDefinition"),
    "a directive on a fragment": put("FragmentDefinition"),
    "a directive on a variable": put("VariableDefinition"),
    "a directive twice": one("Field", (node) => added(added(node, "directives", directive("skip", "(if: false)")), "directives", directive("skip", "(if: false)"))),
    "another operation": (document) => definitions(document, pick(["{ __typename }", "query Other { __typename }", "query Other { gone }", "query Q { viewer { __typename } }", "query Other($v0: Int) { __typename }", "mutation M { __typename }", "subscription S { __typename }", "subscription S { a b }"])),
    "another kind of operation": one("OperationDefinition", (node) => ({ ...node, operation: pick(["mutation", "subscription"]) })),
    "a definition of a type": (document) => definitions(document, pick(["type T { a: Int }", "scalar S", "extend type Query { a: Int }", "schema { query: Query }", "directive @d on FIELD"])),
    "introspection": one("SelectionSet", (node) => selecting(node, field(pick(["__schema { queryType { name } }", '__type(name: "Region") { name fields(includeDeprecated: true) { name args { name } } }', "__type { name }", "__schema", "a: __schema { types { a: name a: kind } }", "__schema { gone }", "__schema { types { fields(includeDeprecated: 1) { name } } }", "__schema { directives { isRepeatable args { name isDeprecated } } types { specifiedByURL isOneOf } }", "__typename(a: 1)", "__typename { a }", "a: __typename", "__Schema { a }", "b: __schema { types { ofType { name } name } } b: __schema { types { name: kind } }"])))),
  };
}
