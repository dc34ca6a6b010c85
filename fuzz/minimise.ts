import { bytesOf, textOf } from "./bytes.ts";
import type { Targets } from "./targets.ts";
import { type Finding, tryText } from "./try.ts";

/** Texts tried for one finding: enough for a few hundred bytes, and over in a second. */
const TRIES = 3000;

/** A finding of the same check with as little text as can be found by leaving out lines, then pieces, then bytes. */
export function minimised(finding: Finding, targets: Targets): Finding {
  const target = targets.get(finding.target)!;
  let best = finding;
  let tries = 0;
  const shows = (text: string): boolean => {
    if (++tries > TRIES) return false;
    const found = tryText(target, bytesOf(text), finding.seed, true);
    if (found?.check !== finding.check) return false;
    best = found;
    return true;
  };
  shows(without(textOf(finding.text), /(?<=\n)/, shows));
  shows(without(textOf(best.text), /(?<=[ \t:=,])/, shows));
  shows(without(textOf(best.text), /(?:)/, shows));
  return best;
}

/** Leaves out runs of parts, long ones first, as long as what is left still shows the fault. */
function without(text: string, between: RegExp, shows: (text: string) => boolean): string {
  let parts = text.split(between);
  for (let length = parts.length >> 1; length > 0; length = length === 1 ? 0 : length >> 1) {
    for (let at = 0; at < parts.length; ) {
      const shorter = [...parts.slice(0, at), ...parts.slice(at + length)];
      if (shorter.length < parts.length && shows(shorter.join(""))) parts = shorter;
      else at += length;
    }
  }
  return parts.join("");
}
