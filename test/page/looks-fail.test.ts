import { net } from "procnet";
import { it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { stands } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* A server that can look no more is there all the same: its page must not say that it is live. */

// The server asks the kernel for the connections of the whole machine, before it looks.
const most = (net.sockstat().TCP?.alloc ?? 0) + 6000;
const tests = usePage(burdened, ["--max-sockets", String(most)]);

it("says that nothing new comes while looks fail", async () => {
  const { page } = await tests().open("/?view=health");
  await stands(page, /live/i);
  const program = tests().scene.programs.get(BURDENED.shell.program)!;
  await program.do({ do: "pairs", key: "many", address: "127.0.0.1", first: 20_000, ports: 4, count: 1500 });
  await stands(page, /nothing new for \d+s/i);
});
