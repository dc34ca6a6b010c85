import { expect, it } from "vitest";
import { subjectText } from "./finding-words.ts";

it("says of a network namespace whether it is the one that is looked at, else its number", () => {
  const subject = { kind: "namespace", namespace: 4026532001 } as const;
  expect(subjectText(subject, 4026532001)).toBe("this network namespace");
  expect(subjectText(subject, 4026531840)).toBe("network namespace 4026532001");
  expect(subjectText(subject)).toBe("network namespace 4026532001");
  expect(subjectText({ kind: "namespace", namespace: undefined })).toBe("network namespace");
});
