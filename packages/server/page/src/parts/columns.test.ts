import { PROCESS_COLUMNS } from "procnet/view";
import { expect, it } from "vitest";
import { shownColumns } from "./columns.ts";

const keys = (chosen?: readonly string[]): string[] => shownColumns(PROCESS_COLUMNS, chosen).map(({ key }) => key);

it("shows the usual columns, and those that were chosen in the order that was chosen", () => {
  expect(keys()).toContain("sockets");
  expect(keys()).not.toContain("command");
  expect(keys(["command", "process"])).toEqual(["command", "process"]);
});

it("passes over what is no column, and shows the usual ones where none is left", () => {
  expect(keys(["nonsense", "FDS"])).toEqual(["fds"]);
  expect(keys(["nonsense"])).toEqual(keys());
});
