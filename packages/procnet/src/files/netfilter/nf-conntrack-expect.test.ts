import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile, failingField } from "../../../../../test/support/tables/file-case.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { ipConntrackExpect, parseNfConntrackExpect } from "./nf-conntrack-expect.ts";

const tuple = { src: "127.0.0.1", dst: "127.0.0.1", sport: 0 };

// Linux 6.18; the values were compared with `conntrack -L expect`.
checkFile({
  name: "nf_conntrack_expect",
  header: "",
  text: `299 l3proto = 2 proto=6 src=127.0.0.1 dst=127.0.0.1 sport=0 dport=51210 ftp
179 l3proto = 2 proto=17 src=127.0.0.1 dst=127.0.0.1 sport=0 dport=5062 PERMANENT,INACTIVE sip/signalling
`,
  parse: parseNfConntrackExpect,
  rows: [
    { timeout: 299, l3Number: 2, protocolNumber: 6, tuple: { ...tuple, dport: 51210 }, flags: 0, helper: "ftp" },
    {
      ...{ timeout: 179, l3Number: 2, protocolNumber: 17, tuple: { ...tuple, dport: 5062 } },
      ...{ flags: 3, helper: "sip", policy: "signalling" },
    },
  ] as ReturnType<typeof parseNfConntrackExpect>,
});

it.each([
  [
    "- l3proto = 10 proto=17 src=fd00:0000:0000:0000:0000:0000:0000:0002 dst=fd00::1 sport=0 dport=9 USERSPACE",
    [undefined, 10, 4, undefined],
  ],
  ["300 l3proto = 2 proto=6 src=1.2.3.4 dst=1.2.3.5 sport=0 dport=9 ", [300, 2, 0, undefined]],
  ["300 proto=6 src=1.2.3.4 dst=1.2.3.5 sport=0 dport=9 ", [300, undefined, 0, undefined]],
  ["5 l3proto = 2 proto=6 src=1.2.3.4 dst=1.2.3.5 sport=0 dport=9 Q.931/a b", [5, 2, 0, "Q.931"]],
])("reads %s", (text, expected) => {
  const row = parseNfConntrackExpect(bytes(`${text}\n`))[0]!;
  expect([row.timeout, row.l3Number, row.flags, row.helper]).toEqual(expected);
});

it("keeps flags of a newer kernel, and refuses a row without a tuple", () => {
  const row = "9 l3proto = 2 proto=6 src=1.2.3.4 dst=1.2.3.5 sport=0 dport=9 PERMANENT,SHINY sip\n";
  expect(parseNfConntrackExpect(bytes(row))[0]).toMatchObject({ flags: 1, extra: ["SHINY"], helper: "sip" });
  expect(failingField(parseNfConntrackExpect, "9 l3proto = 2 proto=6 ftp\n")).toBe("src");
});

// exp_seq_show (net/ipv4/netfilter/nf_conntrack_l3proto_ipv4_compat.c): IPv4 alone, nothing behind the tuple.
describeAlike(parseNfConntrackExpect, "299 proto=6 src=127.0.0.1 dst=127.0.0.1 sport=0 dport=51210 \n", [
  [ipConntrackExpect, "ip_conntrack_expect"],
]);
