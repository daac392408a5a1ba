// Random documents of a schema: half of them have few response keys, so that fields conflict; the others are mostly valid.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

const FEW = ["a", "b", "c", "d", "e", "f", "g", "h"];
const MANY = Array.from({ length: 80 }, (_, at) => `k${at}`);
const SCALARS = {
  Int: ["0", "1", "2", "-7"],
  Float: ["0", "1.5", "1e3", "-2"],
  Boolean: ["true", "false"],
  ID: ['"a"', "7"],
  String: ['"kopi"', '""', '"\\u0061\\n"', '"""block"""'],
};

/** Draws documents, whose fragments and variables are defined as they are used. */
export function drawer(schema, { below, pick, happens }) {
  let fragments, variables, named, keys;

  function literal(type, depth = 0) {
    if (isNonNullType(type)) return literal(type.ofType, depth);
    if (isListType(type)) {
      if (happens(0.2)) return literal(type.ofType, depth);
      return `[${Array.from({ length: below(3) }, () => literal(type.ofType, depth + 1)).join(" ")}]`;
    }
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (!isInputObjectType(type)) return pick(SCALARS[type.name] ?? SCALARS.String);
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [pick(fields)]
      : fields.filter((field) => isNonNullType(field.type) || (depth < 3 && happens(0.8 / fields.length)));
    return `{${chosen.map((field) => `${field.name}: ${literal(field.type, depth + 1)}`).join(", ")}}`;
  }

  function argument(argument) {
    if (happens(0.25)) {
      const name = `v${variables.size}`;
      const wrapped = !isNonNullType(argument.type) && happens(0.3) ? `${argument.type}!` : `${argument.type}`;
      const filled = !wrapped.endsWith("!") && happens(0.3) ? ` = ${literal(argument.type)}` : "";
      variables.set(name, `${wrapped}${filled}`);
      return `${argument.name}: $${name}`;
    }
    return `${argument.name}: ${literal(argument.type)}`;
  }

  function field(parent, depth) {
    if (happens(0.08)) return happens(0.5) ? "__typename" : `${pick(keys)}: __typename`;
    const fields = Object.values(parent.getFields());
    const fitting = fields.filter(({ type }) => depth > 0 || !isCompositeType(getNamedType(type)));
    if (!fitting.length) return "__typename";
    // Those that lead on are drawn more often than their number says.
    const leading = fitting.filter(({ type }) => isCompositeType(getNamedType(type)));
    const { name, args, type } = leading.length && happens(0.4) ? pick(leading) : pick(fitting);
    const given = args.filter((one) => isNonNullType(one.type) ? one.defaultValue === undefined || happens(0.5) : happens(0.12));
    const call = given.length ? `${name}(${given.map(argument).join(", ")})` : name;
    const below = isCompositeType(getNamedType(type)) ? ` ${set(getNamedType(type), depth - 1)}` : "";
    return `${happens(keys === MANY ? 0.8 : 0.3) ? `${pick(keys)}: ` : ""}${call}${condition()}${below}`;
  }

  const condition = () => (happens(0.04) ? ` @${pick(["skip", "include"])}(if: ${pick(["true", "false"])})` : "");

  function overlapping(type) {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const interfaces = possible.flatMap((one) => one.getInterfaces());
    return pick([type, ...possible, ...interfaces]);
  }

  function selection(type, depth) {
    if (depth > 0 && happens(0.22)) {
      const on = overlapping(type);
      if (happens(0.3)) {
        if (named.length && happens(0.4)) {
          const fits = named.filter(({ on }) => on === type);
          if (fits.length) return `...${pick(fits).name}`;
        }
        const name = `F${fragments.length + named.length}`;
        const fragment = { name, on, text: "" };
        fragments.push(fragment);
        fragment.text = `fragment ${name} on ${on} ${set(on, depth - 1)}`;
        named.push(fragment);
        return `...${name}${condition()}`;
      }
      if (on === type && happens(0.3)) return `...${condition()} ${set(type, depth - 1)}`;
      return `... on ${on}${condition()} ${set(on, depth - 1)}`;
    }
    return isObjectType(type) || isInterfaceType(type) ? field(type, depth) : "__typename";
  }

  function set(type, depth) {
    return `{ ${Array.from({ length: 1 + below(4) }, () => selection(type, depth)).join(" ")} }`;
  }

  return {
    literal,
    /** One document with one operation. */
    document() {
      [fragments, variables, named, keys] = [[], new Map(), [], pick([FEW, MANY])];
      const selected = set(schema.getQueryType(), 3 + below(3));
      const defined = [...variables].map(([name, type]) => `$${name}: ${type}`).join(", ");
      const head = variables.size || happens(0.3) ? `query${happens(0.5) ? " Q" : ""}${defined && ` (${defined})`} ` : "";
      return [`${head}${selected}`, ...fragments.map(({ text }) => text)].join("\n");
    },
  };
}
