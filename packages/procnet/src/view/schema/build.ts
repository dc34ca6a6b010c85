/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: "string" };
export const number: Schema = { type: "number" };
export const whole: Schema = { type: "integer" };
export const yes: Schema = { type: "boolean" };
export const date: Schema = { type: "string", format: "date-time" };
export const texts: Schema = { type: "array", items: text };

/** With what it means. */
export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

export function words(...values: readonly (string | number | boolean)[]): Schema {
  return { enum: values };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

/** An object with these fields. Those whose name ends in `?` may be absent; there are no others. */
export function object(fields: Readonly<Record<string, Schema>>): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [field, schema] of Object.entries(fields)) {
    const name = field.replace(/\?$/, "");
    properties[name] = schema;
    if (name === field) required.push(name);
  }
  return { type: "object", properties, required, additionalProperties: false };
}

/** An object whose fields are named by the kernel and grow with it; each value is one of these. */
export function named(value: Schema): Schema {
  return { type: "object", additionalProperties: value };
}
