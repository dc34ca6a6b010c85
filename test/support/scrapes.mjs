// Asks for pages one after the other, over connections that stay open: opening one would move counters of both. Prints their texts as JSON.
const urls = process.argv.slice(2);
const { readFileSync } = await import("node:fs");
const { Agent, get } = await import("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const scrape = (url) =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`${answer.statusCode}: ${text}`)),
      );
    }).on("error", reject);
  });

/** Whether a socket has bytes that the peer has not confirmed: it may take its time. */
const isSending = () => ["tcp", "tcp6"].some((file) => / \d\w [0-9A-F]{8}:[0-9A-F]{8} /.test(queues(file)));
const queues = (file) => readFileSync(`/proc/net/${file}`, "latin1").replaceAll(/ 00000000:[0-9A-F]{8} /g, " ");
const quiet = async () => {
  while (isSending()) await new Promise((resolve) => setTimeout(resolve, 10));
};

for (const url of new Set(urls)) await scrape(url);
const texts = [];
for (const url of urls) {
  await quiet();
  texts.push(await scrape(url));
}
process.stdout.write(JSON.stringify(texts));
agent.destroy();
