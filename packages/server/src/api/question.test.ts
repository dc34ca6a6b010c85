import { expect, it } from "vitest";
import { fieldsOf } from "./question.ts";

it("asks for a field once, however often it is named: an address has room for a thousand, and a look for 250,000 rows", () => {
  expect(fieldsOf("inode,owners,inode,inode", "owners")).toEqual(["inode", "owners"]);
});
