import { once } from "node:events";
import { createServer } from "node:net";
import { createKernelSource } from "@procnet/kernel";
import { createProcnetServer, type ProcnetServer } from "@procnet/server";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, expect, it } from "vitest";

/* A server that asks the kernel: what its rows have then, and what each class of exposure leaves of it. */

const source = createKernelSource({ cookie: true, tos: true });
const listener = createServer();
const servers = new Map<string, ProcnetServer>();
let port = 0;
beforeAll(async () => {
  listener.listen(0, "127.0.0.1", 7);
  await once(listener, "listening");
  port = (listener.address() as { port: number }).port;
  for (const expose of ["full", "owners", "minimal"] as const)
    servers.set(expose, await createProcnetServer({ listen: ["127.0.0.1:0"], source, expose }));
  servers.set("procfs", await createProcnetServer({ listen: ["127.0.0.1:0"] }));
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
  source.close();
  listener.close();
});

async function asked(server: string, filter: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = new URL(
    `/api/v1/sockets?protocol=tcp&filter=${encodeURIComponent(filter)}`,
    servers.get(server)!.urls[0],
  );
  const answer = await fetch(url);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it("rows have what the kernel tells, filters ask for it, and the document is as the schema says", async () => {
  const { status, body } = await asked("full", `sport = :${port} and backlog = 7`);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { source: "kernel", sockets: [{ localPort: port, cookie: expect.any(String) }] },
  });
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  ajv.validate(schemaOf("sockets"), body);
  expect(ajv.errors).toBeNull();
});

it("classes leave out what names paths, and what says more than how a connection fares", async () => {
  const fieldsOf = async (expose: string): Promise<string[]> => {
    const { sockets } = (await asked(expose, `sport = :${port}`)).body;
    return Object.keys((sockets as object[])[0]!);
  };
  expect(await fieldsOf("full")).toEqual(expect.arrayContaining(["cookie", "cgroupId", "backlog"]));
  expect(await fieldsOf("owners")).toEqual(expect.arrayContaining(["cookie", "cgroupId", "backlog"]));
  expect(await fieldsOf("owners")).not.toContain("placement");
  const minimal = await fieldsOf("minimal");
  for (const name of ["cookie", "cgroupId", "mark", "sockOpt", "placement", "shutdown", "tos"])
    expect(minimal).not.toContain(name);
  expect(minimal).toContain("backlog");
  expect((await asked("minimal", "mark = 1")).body).toMatchObject({
    kind: "error",
    message: expect.stringContaining("does not tell mark"),
  });
});

it("a server that reads procfs refuses such a filter", async () => {
  const { status, body } = await asked("procfs", "rtt > 1ms");
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { message: "nothing is known of rtt of sockets of tcp, tcp6" },
  });
});
