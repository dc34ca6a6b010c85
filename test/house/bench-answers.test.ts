import { expect, it } from "vitest";
import { differences, readAnswers } from "../../bench/shapes/answers.ts";
import type { Asked, Form } from "../../bench/shapes/commands.ts";

/* The bench shows no time of a command whose answer differs from another's: the comparison must see that it does. */

const ALL = readAnswers(
  "ndjson",
  [
    `{"protocol":"tcp","state":"LISTEN","localAddress":"0.0.0.0","localPort":22,"remoteAddress":"0.0.0.0","remotePort":0,"owners":[{"pid":7},{"pid":8}]}`,
    `{"protocol":"tcp6","state":"ESTABLISHED","localAddress":"::1","localPort":5,"remoteAddress":"::1","remotePort":6}`,
    `{"protocol":"udp","localAddress":"::1","localPort":5}`,
  ].join("\n"),
);

const SAME: readonly (readonly [Form, Asked, string])[] = [
  [
    "ss",
    "all",
    `LISTEN 0  128  0.0.0.0:22  0.0.0.0:*  users:(("a",pid=7,fd=3),("b",pid=8,fd=3))\nESTAB 0 0 [::1]:5 [::1]:6 \n`,
  ],
  ["netstat", "all", "tcp   0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  7/a\ntcp6  0  0 ::1:5  ::1:6  ESTABLISHED -\n"],
  [
    "lsof",
    "all",
    "a  7 root  3u  IPv4 1  0t0  TCP *:22 (LISTEN)\na  7 root  4u  IPv4 1  0t0  TCP *:22 (LISTEN)\nb  8 root  3u  IPv4 1  0t0  TCP *:22 (LISTEN)\n",
  ],
  ["table", "listeners", "tcp  LISTEN  0  0  0.0.0.0:22  0.0.0.0:*  a[7], b[8]  0\n"],
];

it.each(SAME)("the same answer of %s, %s", (form, asked, text) => {
  expect(differences(ALL, readAnswers(form, text), form, asked)).toEqual([]);
});

it.each(SAME)("another owner of %s, %s", (form, asked, text) => {
  const other = text.replaceAll(/(^|=|\[| )7(?=[,/\] ])/g, "$19");
  const lines = differences(ALL, readAnswers(form, other), form, asked);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\+ LISTEN 0\.0\.0\.0:22 .*9/);
  expect(lines[1]).toBe("- LISTEN 0.0.0.0:22  7,8");
});

it.each(SAME)("one socket less of %s, %s", (form, asked, text) => {
  const lines = differences(ALL, readAnswers(form, text.replaceAll(/^.*22.*\n/gm, "")), form, asked);
  expect(lines).toEqual(["- LISTEN 0.0.0.0:22  7,8"]);
});

it("two listeners of one address are one for lsof", () => {
  const twice = [...ALL, { ...ALL[0]!, pids: ["9"] }];
  const text =
    "a  7 root  3u  IPv4 1  0t0  TCP *:22 (LISTEN)\nb  8 root  3u  IPv4 1  0t0  TCP *:22 (LISTEN)\nc  9 root  3u  IPv4 2  0t0  TCP *:22 (LISTEN)\n";
  expect(differences(twice, readAnswers("lsof", text), "lsof", "all")).toEqual([]);
});
