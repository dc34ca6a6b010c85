import type { Schema } from "../../packages/procnet/src/view.ts";

/** What readers of documents rely on: each field by its path, and its type. A `?` means that it may be absent. */
export type Fields = ReadonlyMap<string, string>;

type Parts = Readonly<Record<string, Schema>>;

/** The fields of all documents and of the definitions that they share. */
export function fieldsOf(schema: Schema): Fields {
  const fields = new Map<string, string>();
  for (const one of schema.oneOf as readonly Schema[]) {
    const { kind } = one.properties as Parts;
    addFields(fields, `document ${String(kind!.const)}`, one);
  }
  for (const [name, definition] of Object.entries(schema.$defs as Parts)) addFields(fields, name, definition);
  return fields;
}

function addFields(fields: Map<string, string>, path: string, schema: Schema): void {
  for (const one of (schema.oneOf ?? []) as readonly Schema[]) fields.set(`${path} may be ${typeOf(one)}`, "");
  const required = new Set(schema.required as readonly string[]);
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Parts)) {
    if (name === "schemaVersion") continue;
    const at = `${path}.${name}${required.has(name) ? "" : "?"}`;
    fields.set(at, typeOf(field));
    addFields(fields, at, field);
    if (field.items !== undefined) addFields(fields, `${at}[]`, field.items as Schema);
  }
}

/** The type in words. Which words a text may be is no part of it: there can be more of them. */
function typeOf(schema: Schema): string {
  if (typeof schema.$ref === "string") return schema.$ref.replace("#/$defs/", "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items !== undefined) return `list of ${typeOf(schema.items as Schema)}`;
  if (schema.enum !== undefined) {
    const types = (schema.enum as readonly unknown[]).map((value) => typeof value);
    return [...new Set(types)].sort().join(" or ");
  }
  const others = schema.additionalProperties;
  if (typeof others === "object") return `object of ${typeOf(others as Schema)}`;
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  return [schema.type, schema.format].filter(Boolean).join(" ") || "anything";
}

/** What has become of fields since a list of them was made, as far as it breaks who reads them. */
export function brokenSince(before: Fields, now: Fields): string[] {
  const found = new Map(Array.from(now, ([field, type]) => [plain(field), { field, type }]));
  return [...before].flatMap(([field, type]) => {
    const other = found.get(plain(field));
    if (other === undefined) return [`${field} is gone`];
    if (other.type !== type) return [`${field} was ${type} and is ${other.type}`];
    // What was absent at times and never is any more breaks nobody.
    const always = field.split(".");
    const isMissing = other.field.split(".").some((part, at) => part !== always[at] && part.includes("?"));
    return isMissing ? [`${field} may be absent now`] : [];
  });
}

function plain(field: string): string {
  return field.replaceAll("?", "");
}

/** As the list is stored: a field a line. */
export function textOf(fields: Fields): string {
  return [...fields].map(([field, type]) => (type === "" ? `${field}\n` : `${field}: ${type}\n`)).join("");
}

export function readFields(text: string): Fields {
  const lines = text.split("\n").slice(0, -1);
  return new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(": ");
      return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}
