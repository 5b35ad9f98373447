import { expect, test } from "vitest";
import { caseAddress, casePath, hasModes, onlyMode } from "../../../harness/cases/case-address.ts";

const start = { items: [{ id: "a" }] };
const query = "start=%7B%22items%22%3A%5B%7B%22id%22%3A%22a%22%7D%5D%7D";

test.each([
  ["that of a reference server", "http://localhost:4000", true, `/keyed/stream-cases?${query}`],
  ["one page", "http://localhost:4000/cases", false, `/cases?${query}`],
  ["a page a mode", "http://localhost:4000/cases/{mode}", true, `/cases/keyed?${query}`],
  ["one with a query", "http://localhost:4000/cases?as={mode}", true, `/cases?as=keyed&${query}`],
])("an address is %s", (_, target, modes, path) => {
  const address = caseAddress(new URL(target).href);
  expect([address.origin, hasModes(address)]).toEqual(["http://localhost:4000", modes]);
  expect(casePath(address, "keyed", start)).toBe(path);
});

test.each([
  [["keyed"], undefined, "keyed"],
  [["stream"], "append", "stream"],
  [undefined, "stream", "stream"],
  [undefined, "prepend", "append"],
] as const)(
  "a page of which %j is asked, and whose list has phx-update %s, is in %s",
  (asked, update, mode) => {
    expect(onlyMode(asked, update)).toBe(mode);
  },
);

test.each([
  [undefined, undefined],
  [["keyed", "stream"], "stream"],
] as const)(
  "of a page of which %j is asked, and whose list has phx-update %s, the mode must be said",
  (asked, update) => {
    expect(() => onlyMode(asked, update)).toThrow(/^the target has one page, so say by one --mode /u);
  },
);
