/*
 * A server whose interfaces and routes are told by the kernel where procfs and sysfs do not: at the address that is given.
 */
import { createKernelSource } from "@procnet/kernel";
import { createProcnetServer } from "@procnet/server";

const network = createKernelSource({ iterator: false });
const server = await createProcnetServer({ listen: [process.argv[2]], maxAge: 1, network });
console.log(server.urls[0]);
