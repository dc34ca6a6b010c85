// For each inode on a line of its own: the rows of this process's sockets that have it, and how many are in each state.
import { createInterface } from "node:readline";
import { ownSockets } from "procnet";

for await (const line of createInterface({ input: process.stdin })) {
  const { sockets, byState } = ownSockets();
  const rows = sockets.filter(({ inode }) => inode === Number(line));
  process.stdout.write(`${JSON.stringify({ rows, states: [...byState] })}\n`);
}
