import { expect, it } from "vitest";
import { activatedDescriptors } from "./activation.ts";

it("takes the descriptors that are meant for this process, and the words for them away", () => {
  const env = { LISTEN_PID: "7", LISTEN_FDS: "2", LISTEN_FDNAMES: "a:b", PATH: "/bin" };
  expect(activatedDescriptors(env, 7)).toEqual([3, 4]);
  expect(env).toEqual({ PATH: "/bin" });
});

it.each([
  [{}],
  [{ LISTEN_FDS: "1" }],
  [{ LISTEN_PID: "8", LISTEN_FDS: "1" }],
  [{ LISTEN_PID: "7" }],
  [{ LISTEN_PID: "7", LISTEN_FDS: "0" }],
  [{ LISTEN_PID: "7", LISTEN_FDS: "-1" }],
  [{ LISTEN_PID: "7", LISTEN_FDS: "x" }],
  [{ LISTEN_PID: "7", LISTEN_FDS: "1e9" }],
])("finds none in %j", (env) => {
  expect(activatedDescriptors(env, 7)).toEqual([]);
});
