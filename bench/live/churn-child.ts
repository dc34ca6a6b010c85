import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/*
 * `churn-child RATE`: opens and closes so many connections a second over loopback, until its standard input ends. Every fourth one is
 * closed as most programs do it, and so stays in TIME_WAIT for a minute; the others are reset.
 */
const TURN = 20;
const perTurn = (Number(process.argv[2]) * TURN) / 1000;
const server = createServer((accepted) => accepted.on("error", () => {}).on("end", () => accepted.end()));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
let opened = 0;

function end(connection: Socket): void {
  if (opened++ % 4 === 0) connection.resume().end();
  else connection.resetAndDestroy();
}

const turns = setInterval(() => {
  for (let count = 0; count < perTurn; count++) {
    const connection = connect(port, "127.0.0.1").on("error", () => {});
    connection.on("connect", () => setTimeout(end, Math.random() * 3000, connection));
  }
}, TURN);

process.stdin.resume().on("end", () => {
  clearInterval(turns);
  process.exit();
});
console.log("ready");
