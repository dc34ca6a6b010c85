import { type CounterName, counted } from "../counted.ts";
import { type FindingSpec, severityOf, type Thresholds, type Verdict } from "../spec.ts";
import { unjudged } from "../unjudged.ts";
import type { Window } from "../window.ts";
import { countWord, seconds, several, someOf, thisNamespace } from "../words.ts";

/** Packets that a policy was told to block are no errors. */
const OBEYED: ReadonlySet<string> = /* @__PURE__ */ new Set(["XfrmInPolBlock", "XfrmOutPolBlock"]);

const xfrmErrors: FindingSpec = {
  id: "xfrm-errors",
  title: "IPsec drops packets",
  help:
    "The name of the counter tells why: NoStates, no key was agreed on with the peer; SeqError, outside the replay window; ProtoError, a wrong key or a packet changed on its " +
    "way; TmplMismatch and NoPols, policies of the two sides that do not fit. See the log of the key exchange.",
  sources: ["Documentation/networking/xfrm_proc.rst"],
  thresholds: { info: 0 },
  clear: { info: 0 },
  judge(window, thresholds) {
    const names = Object.keys(window.last.xfrm ?? {}).filter((name) => !OBEYED.has(name));
    return errorsOf(window, "xfrm", names, thresholds, "IPsec");
  },
};

const tlsErrors: FindingSpec = {
  id: "tls-errors",
  title: "TLS in the kernel fails",
  help:
    "Records could not be decrypted, or keys not be changed: a peer that breaks the protocol, data changed on its way, or a device that decrypts wrongly. Try without it: " +
    "`ethtool -K <interface> tls-hw-rx-offload off`.",
  sources: ["Documentation/networking/tls.rst, statistics"],
  thresholds: { info: 0 },
  clear: { info: 0 },
  judge(window, thresholds) {
    const names = Object.keys(window.last.tls ?? {}).filter((name) => name.includes("Error"));
    return errorsOf(window, "tls", names, thresholds, "TLS in the kernel");
  },
};

/** Counters of one file that grew. */
function errorsOf(
  window: Window,
  file: "xfrm" | "tls",
  names: readonly string[],
  thresholds: Thresholds,
  word: string,
): Verdict {
  if (window.last[file] === undefined) return [unjudged("no-file", window.why(`${file}_stat`, word))];
  const all = counted(
    window,
    names.map((name): CounterName => [file, name]),
  );
  const severity = severityOf(all.total, thresholds);
  if (severity === undefined) return all.untold;
  const each = someOf(all.grown.map(({ name, delta }) => `${name} ${countWord(delta)}`));
  const summary = `${word} counted ${several(all.total, "error")} in ${seconds(window)}: ${each}`;
  return [...all.untold, { severity, subject: thisNamespace(window), evidence: all.grown, summary }];
}

export const CRYPTO: readonly FindingSpec[] = [xfrmErrors, tlsErrors];
