import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseYam } from "./yam.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
checkFile({
  name: "yam",
  header: "",
  text: "Device yam0\n  Up       1\n  IoBase   0x3f8\n\nDevice yam1\n  Up       0\n\n",
  parse: parseYam,
  rows: [
    {
      device: "yam0",
      values: new Map([
        ["Up", 1],
        ["IoBase", 0x3f8],
      ]),
    },
    { device: "yam1", values: new Map([["Up", 0]]) },
  ],
});
