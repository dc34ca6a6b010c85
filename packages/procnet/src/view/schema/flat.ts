import { FLAT_COLUMNS, FLAT_VERSION, type FlatColumn } from "../flat/row.ts";
import { object, type Schema, words } from "./build.ts";

/** Columns with fewer values than their type has. */
const VALUES: ReadonlyMap<string, Schema> = /* @__PURE__ */ new Map([
  ["schema", { const: FLAT_VERSION }],
  ["event", words("snapshot", "opened", "closed", "changed")],
]);

/**
 * The JSON Schema (draft 2020-12) of flat rows, which `procnet sockets --flat` and `procnet watch --flat` print.
 *
 * @example
 * ```ts
 * import { flatSchema } from "procnet/view";
 * console.log(JSON.stringify(flatSchema(), undefined, 2));
 * ```
 */
export function flatSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "procnet flat",
    $comment:
      "Every column is in every row, in this order. Later releases may add columns behind these: let pass what you do not know. A " +
      "column that goes, changes its type or its meaning, or may be null where it was not, raises schema.",
    ...object(Object.fromEntries(FLAT_COLUMNS.map((column) => [column.name, schemaOf(column)]))),
  };
}

function schemaOf({ name, type, isNullable }: FlatColumn): Schema {
  const few = VALUES.get(name);
  if (few !== undefined) return few;
  const plain = type === "integer" ? "integer" : "string";
  return { type: isNullable ? [plain, "null"] : plain, ...(type === "time" && { format: "date-time" }) };
}
