import { History } from "procnet/live";
import { expect, it } from "vitest";
import { busiest } from "./busiest.ts";

const row = (name: string): { readonly interface: string } => ({ interface: name });

it("puts first what carried the most, and leaves out what no series is kept of", () => {
  const history = new History();
  history.add(1, [
    ["in lo", 10],
    ["out lo", 10],
    ["in eth0", 300],
    ["out eth0", undefined],
  ]);
  history.add(2, [["in lo", 5]]);
  const asked: string[] = [];
  const counting = {
    names: () => history.names(),
    points: (name: string) => {
      asked.push(name);
      return history.points(name);
    },
  };
  const thousands = Array.from({ length: 2000 }, (_, at) => row(`veth${at}`));
  expect(busiest([...thousands, row("lo"), row("eth0")], counting)).toEqual(["eth0", "lo"]);
  expect(asked).toEqual(["in lo", "out lo", "in eth0"]);
});
