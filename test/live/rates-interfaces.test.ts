import { afterEach, beforeEach, expect, it } from "vitest";
import { ProcFs, type Rate, type Rates, rates } from "../../packages/procnet/src/index.ts";
import { Namespace } from "../support/namespace.ts";
import { noNamespaces, skipIf } from "../support/tools.ts";

let namespace: Namespace;
let found: AsyncGenerator<Rates, void, undefined>;

beforeEach(async (context) => {
  skipIf(context, noNamespaces());
  namespace = new Namespace();
  const child = namespace.spawn("sleep", ["100000"]);
  // The program is `ip` until it has entered the namespace.
  const own = new ProcFs().self().networkNamespace();
  while (new ProcFs().process(child.pid!).networkNamespace() === own) await new Promise((done) => setTimeout(done, 5));
  pair();
  found = rates({ pid: child.pid!, interval: 1 });
});
afterEach(async () => {
  await found?.return();
  namespace?.remove();
});

/** Two devices joined to each other; some messages go over them at once. */
function pair(): void {
  namespace.ip("link add one type veth peer name two\nlink set one up\nlink set two up");
}

/** The next look, with what it says of devices. */
async function look(): Promise<{ sent: (name: string) => Rate | undefined; events: string[] }> {
  const { value } = await found.next();
  const { rates: all, events } = value as Rates;
  const ofDevices = events.flatMap(({ kind, name, of }) =>
    of?.kind === "interface" && name === "dev.sentBytes" ? [`${kind} ${of.interface}`] : [],
  );
  return {
    sent: (name) =>
      all.find(({ name: of, of: whose }) => {
        return of === "dev.sentBytes" && whose?.kind === "interface" && whose.interface === name;
      }),
    events: ofDevices.sort(),
  };
}

it("rates go on for a device that is renamed, and begin anew for one that only has the name", async () => {
  const first = (await look()).sent("one")!;
  expect(first).toMatchObject({ delta: undefined, of: { index: expect.any(Number) } });
  namespace.ip("link set one down\nlink set one name other\nlink set other up");
  const renamed = await look();
  expect(renamed.events).toEqual([]);
  expect(renamed.sent("other")).toMatchObject({
    of: { interface: "other", index: "index" in first.of! && first.of.index },
  });
  expect(renamed.sent("other")!.delta).toBe(renamed.sent("other")!.value - first.value);

  namespace.ip("link set other down\nlink set other name one\nlink set one up");
  await look();
  namespace.ip("link del one");
  pair();
  const anew = await look();
  expect(anew.sent("one")).toMatchObject({ delta: undefined, perSecond: undefined });
  expect(anew.events).toEqual(["appeared one", "appeared two", "gone one", "gone two"]);
  namespace.ip("link del one");
  expect((await look()).events).toEqual(["gone one", "gone two"]);
});
