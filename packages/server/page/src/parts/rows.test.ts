import {
  DESTINATION_COLUMNS,
  type DestinationRow,
  LISTENER_COLUMNS,
  type ListenerRow,
  PROCESS_COLUMNS,
} from "procnet/view";
import { expect, it } from "vitest";
import { processKey, wholeDestination, wholeListener, wholeProcess } from "./rows.ts";

/** What a server tells at the least, as it comes. */
function told<Row>(text: string): Row {
  return JSON.parse(text) as Row;
}

it("has all that columns need, of a server that tells little", () => {
  const process = wholeProcess(told('{"program":"nginx","sockets":1,"rxQueue":0,"txQueue":0}'));
  const listener = wholeListener(told<ListenerRow>('{"protocol":"tcp","localAddress":"::","localPort":1,"waiting":0}'));
  const destination = wholeDestination(
    told<DestinationRow>('{"protocol":"tcp","remoteAddress":"::","remotePort":1,"rxQueue":0,"txQueue":0,"sockets":1}'),
  );
  expect(() => PROCESS_COLUMNS.map(({ value }) => value(process))).not.toThrow();
  expect(() => LISTENER_COLUMNS.map(({ value }) => value(listener))).not.toThrow();
  expect(() => DESTINATION_COLUMNS.map(({ value }) => value(destination))).not.toThrow();
});

it("tells programs apart by their container where processes are not told", () => {
  const program = told<Parameters<typeof processKey>[0]>('{"program":"nginx"}');
  expect(processKey(program)).toBe("nginx ");
  expect(processKey({ ...program, pid: 7, startTime: 9 })).toBe("7 9");
});
