import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { request as requestByTls } from "node:https";
import { connect } from "node:net";

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Question {
  readonly method?: string;
  /** Also such as `fetch` would not let be said. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly socketPath?: string;
  readonly ca?: Buffer | string;
  readonly path?: string;
}

/** Asks once, over a connection of its own. */
export function ask(url: string, { path, ...question }: Question = {}): Promise<Answer> {
  const through = url.startsWith("https:") ? requestByTls : request;
  const options = { ...question, ...(path !== undefined && { path }), agent: false };
  return new Promise((resolve, reject) => {
    const asked = through(url, options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    asked.on("error", reject).end();
  });
}

/** Sends a text and gives all that comes until the other side ends the connection. */
export async function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/[[\]]/g, ""));
  let answer = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    answer += part;
  });
  socket.on("error", () => {});
  socket.write(text);
  await once(socket, "close");
  return answer;
}
