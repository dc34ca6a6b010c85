import { get } from "node:http";

/*
 * `clients-child URL COUNT`: so many clients who listen to what the URL sends, until its standard input ends. It says "ready" when all
 * have been sent something, and at its end how many bytes there were.
 */
const [url = "", count] = process.argv.slice(2);
let bytes = 0;

function listen(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url} was answered with ${answer.statusCode}`));
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
        resolve();
      });
    });
    request.on("error", reject);
  });
}

await Promise.all(Array.from({ length: Number(count) }, listen));
console.log("ready");
process.stdin.resume().on("end", () => {
  console.log(`${bytes}`);
  process.exit();
});
