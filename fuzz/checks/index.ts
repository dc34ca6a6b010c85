import type { Check } from "./check.ts";
import { bigints, chunked, counts } from "./forms.ts";
import { errors, lineNumbers, messages, strict } from "./issues.ts";
import { junk, lines, noneInvented, unixLines } from "./rows.ts";
import { escaped, links } from "./text.ts";
import { numbers, plain, prototypes } from "./values.ts";
import { where } from "./where.ts";

/** Every property, the cheap ones first: the first that fails is the finding. */
export const CHECKS: readonly Check[] = [
  errors,
  numbers,
  lines,
  unixLines,
  noneInvented,
  messages,
  lineNumbers,
  plain,
  prototypes,
  strict,
  bigints,
  chunked,
  where,
  counts,
  junk,
  escaped,
  links,
];
