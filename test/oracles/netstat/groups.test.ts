import { it } from "vitest";
import { expectSame, useNetwork } from "../../support/netstat/scene-network.ts";

const scene = useNetwork();

for (const flags of [
  "-gn",
  "-gn -4",
  "-gn -6",
  "-gn -4 -6",
  "-gn -A inet6",
  "-gna",
  "-gnW",
  "-gnv",
  "-gnx",
  "-gnt",
  "-gN",
  "-gnu -6",
]) {
  it(`prints the groups of netstat ${flags}`, () => {
    expectSame(scene().namespace, flags);
  });
}
