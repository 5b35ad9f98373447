import { expect, test } from "vitest";
import type { ListLocation } from "../../../harness/page/locate-list.ts";
import { SharedLocations } from "../../../harness/page/shared-locations.ts";

const STATICS = ["<ul>", "</ul>"];

const location = (change: Partial<ListLocation> = {}): ListLocation => ({
  containerId: "list",
  update: "stream",
  path: [1, 0],
  before: [],
  behind: [],
  templates: [STATICS, STATICS],
  watched: [{ depth: 1, index: 2, slot: "x" }],
  ...change,
});

test("the same location is one object", () => {
  const locations = new SharedLocations();
  const first = locations.of(location());
  expect(locations.of(location())).toBe(first);
});

test.each<[string, Partial<ListLocation>]>([
  ["container", { containerId: "other" }],
  ["update", { update: "append" }],
  ["path", { path: [1] }],
  ["templates", { templates: [STATICS, ["<ul>", "</ul>"]] }],
  ["watched slot", { watched: [{ depth: 1, index: 2, slot: "y" }] }],
  ["place of a watched slot", { watched: [{ depth: 0, index: 2, slot: "x" }] }],
  ["number of watched slots", { watched: [] }],
  ["element before the items", { before: [{ id: "a", hidden: false, source: null, item: null }] }],
  ["element behind the items", { behind: [{ id: "a", hidden: false, source: null, item: null }] }],
])("another %s is another location", (_, change) => {
  const locations = new SharedLocations();
  locations.of(location());
  const other = location(change);
  expect(locations.of(other)).toBe(other);
});

test("only some are remembered", () => {
  const locations = new SharedLocations();
  const first = locations.of(location());
  for (let i = 0; i < 16; i++) locations.of(location({ containerId: `list-${i}` }));
  const again = location();
  expect(locations.of(again)).toBe(again);
  expect(locations.of(first)).toBe(again);
});
