import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseBpqether } from "./bpqether.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
checkFile({
  name: "bpqether",
  header: "dev   ether      destination        accept from\n",
  text: "bpq0  eth0       ff:ff:ff:ff:ff:ff  *\nbpq1  eth1       02:00:00:00:00:01  02:00:00:00:00:02\n",
  parse: parseBpqether,
  rows: [
    { dev: "bpq0", ether: "eth0", destination: "ff:ff:ff:ff:ff:ff", acceptFrom: undefined },
    { dev: "bpq1", ether: "eth1", destination: "02:00:00:00:00:01", acceptFrom: "02:00:00:00:00:02" },
  ],
});
