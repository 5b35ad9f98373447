import { expect, it } from "vitest";
import { CookieJar } from "../../../harness/user/cookie-jar.ts";

it.each<[string, readonly string[], string | null]>([
  ["no cookie", [], null],
  ["what was set, without its attributes", ["a=1; path=/; HttpOnly; SameSite=Lax"], "a=1"],
  ["several", ["a=1", "b=x=y"], "a=1; b=x=y"],
  ["the last value", ["a=1", "a=2"], "a=2"],
  ["not what Max-Age deletes", ["a=1", "b=1", "a=; path=/; max-age=0"], "b=1"],
  ["not what Expires deletes", ["a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], null],
  ["what expires later", ["a=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Max-Age=60"], "a=1"],
  ["nothing of what is no cookie", ["nonsense", "=x"], null],
])("keeps %s", (_name, setCookies, header) => {
  const jar = new CookieJar();
  jar.store(setCookies);
  expect(jar.header()).toBe(header);
});

it("gives all cookies, and has those that it is given in place of its own", () => {
  const jar = new CookieJar();
  jar.store(["a=1", "b=x=y"]);
  expect(jar.all()).toEqual({ a: "1", b: "x=y" });
  jar.replace({ c: "3" });
  expect([jar.all(), jar.header()]).toEqual([{ c: "3" }, "c=3"]);
});
