import { expect, test } from "vitest";
import { addressOf } from "../../../harness/target/address.ts";

const origin = "http://chat.test:4000";

test.each<[string, Parameters<typeof addressOf>, ReturnType<typeof addressOf>]>([
  ["neither names one: none", [undefined, null], null],
  ["a file without a URL: none", [undefined, { pageSize: 5 }], null],
  ["an address alone: our own chat", [`${origin}/`, null], { origin, config: null }],
  [
    "an address with a path: an application of others, and a room's page",
    [`${origin}/rooms/1?a=b`, null],
    { origin, config: { rooms: { path: "/rooms/1?a=b" } } },
  ],
  ["a file with a URL", [undefined, { url: `${origin}/` }], { origin, config: { url: `${origin}/` } }],
  [
    "an address goes before the file's, but not its path before the file's rooms",
    [`${origin}/lobby`, { url: "http://x.test", rooms: { path: "/{room}" } }],
    { origin, config: { url: "http://x.test", rooms: { path: "/{room}" } } },
  ],
])("%s", (_, args, expected) => {
  expect(addressOf(...args)).toEqual(expected);
});
