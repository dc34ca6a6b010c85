import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenSince, type Fields, fieldsOf, readFields, textOf } from "../../../../../test/support/schema-fields.ts";
import { documentKinds, schemaOf } from "./documents.ts";
import { SCHEMA_VERSION } from "./version.ts";

/*
 * The lists in test/golden/schema-versions were read by a person: they are what a version of the documents promises. A field that
 * goes or changes its type fails here until SCHEMA_VERSION is raised; one that is added has to be written down, by
 * WRITE_SCHEMA_FIELDS=1, and the difference read.
 */
const FOLDER = new URL("../../../../../test/golden/schema-versions/", import.meta.url);
const stored = new URL(`${SCHEMA_VERSION}.txt`, FOLDER);
const now = fieldsOf(schemaOf());
if (process.env.WRITE_SCHEMA_FIELDS !== undefined) writeFileSync(stored, textOf(now));

describe("schemaVersion", () => {
  const promised = readFields(readFileSync(stored, "utf8"));

  it("is raised when a field goes or changes its type", () => {
    expect(promised.size).toBeGreaterThan(150);
    expect(brokenSince(promised, now)).toEqual([]);
  });

  it("has every field on its list", () => {
    expect(textOf(now)).toBe(textOf(promised));
  });

  it("has the lists of all versions before it", () => {
    const versions = readdirSync(FOLDER).map((name) => Number(name.replace(".txt", "")));
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, at) => at + 1));
  });

  it("is in every kind of document", () => {
    for (const kind of documentKinds()) {
      expect(schemaOf(kind).properties).toMatchObject({
        schemaVersion: { const: SCHEMA_VERSION },
        kind: { const: kind },
      });
      expect(schemaOf(kind).required).toContain("schemaVersion");
    }
  });
});

describe("what breaks a reader", () => {
  const before: Fields = new Map([
    ["document a.pid", "integer"],
    ["document a.name?", "string"],
    ["owner.uid", "integer"],
  ]);
  it.each<[string, [string, string][], string[]]>([
    ["nothing", [...before], []],
    ["a field more", [...before, ["owner.exe", "string"]], []],
    [
      "never absent any more",
      [
        ["document a.pid", "integer"],
        ["document a.name", "string"],
        ["owner.uid", "integer"],
      ],
      [],
    ],
    [
      "a field less",
      [
        ["document a.pid", "integer"],
        ["owner.uid", "integer"],
      ],
      ["document a.name? is gone"],
    ],
    [
      "another type, and absent at times",
      [
        ["document a.pid", "string"],
        ["document a.name?", "string"],
        ["owner.uid?", "integer"],
      ],
      ["document a.pid was integer and is string", "owner.uid may be absent now"],
    ],
  ])("%s", (_, fields, broken) => {
    expect(brokenSince(before, new Map(fields))).toEqual(broken);
  });

  it("is told of any field that is taken out of the schemas", () => {
    for (const field of now.keys()) {
      const fewer = new Map([...now].filter(([name]) => name !== field));
      expect(brokenSince(now, fewer)).toEqual([`${field} is gone`]);
    }
  });

  it("is kept as it is read", () => {
    expect(readFields(textOf(now))).toEqual(now);
  });
});
