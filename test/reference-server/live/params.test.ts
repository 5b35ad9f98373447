import { expect, test } from "vitest";
import { decodeQuery } from "../../../reference-server/live/params.ts";

test.each<[string, unknown]>([
  ["", {}],
  ["?a=1&b=", { a: "1", b: "" }],
  ["a=1&a=2", { a: "2" }],
  ["a%20b=%C3%A4+%26", { "a b": "ä &" }],
  ["a[b]=1&a[c]=2", { a: { b: "1", c: "2" } }],
  ["a[]=1&a[]=2", { a: ["1", "2"] }],
  ["a[b][]=1&a[b][]=2", { a: { b: ["1", "2"] } }],
  ["a[][b]=1&a[][b]=2", { a: [{ b: "1" }, { b: "2" }] }],
  ["a=1&a[b]=2", { a: { b: "2" } }],
  ["a[b]=2&a[]=3", { a: ["3"] }],
  ["a[b]=2&a=1", { a: "1" }],
  ["[a]=1&a[=2&a]=3&a[b]c=4&a[[b]]=5", { "[a]": "1", "a[": "2", "a]": "3", "a[b]c": "4", "a[[b]]": "5" }],
])("the query %j is read", (query, params) => {
  expect(structuredClone(decodeQuery(query))).toEqual(params);
});

test("a name may be that of a property that every object has", () => {
  const params = decodeQuery("__proto__[polluted]=1&constructor=2");
  expect([Object.keys(params), Object.getPrototypeOf(params)]).toEqual([["__proto__", "constructor"], null]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("names nest 32 deep; one with more brackets is taken as it is written", () => {
  const depth = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + depth(Object.values(value)[0]) : 0;
  expect(depth(decodeQuery(`a${"[b]".repeat(32)}=1`))).toBe(33);
  const long = `a${"[b]".repeat(33)}`;
  expect(Object.keys(decodeQuery(`${long}=1`))).toEqual([long]);
  expect(Object.keys(decodeQuery(`a${"[]".repeat(500_000)}=1`))[0]?.length).toBe(1_000_001);
});
