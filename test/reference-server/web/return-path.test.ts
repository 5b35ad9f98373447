import { expect, test } from "vitest";
import { localPath, logInPath } from "../../../reference-server/web/return-path.ts";

test.each([
  ["/", "/"],
  ["/rooms/2", "/rooms/2"],
  ["/stream/rooms/1?limit=50#messages-3", "/stream/rooms/1?limit=50#messages-3"],
  ["/rooms/2?next=//elsewhere", "/rooms/2?next=//elsewhere"],
  ["/räume/1", "/r%C3%A4ume/1"],
])("%j leads to this server", (path, expected) => {
  expect(localPath(path)).toBe(expected);
});

test.each([
  "",
  "rooms/1",
  "https://evil.example/",
  "//evil.example/",
  "///evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "/\n/evil.example/",
  "/\r\n/evil.example/",
  "\t//evil.example/",
  "/.//evil.example/",
  "/a/..//evil.example/",
  "/%2e//evil.example/",
  "//evil.example\\@localhost/",
  "//localhost:80:80/",
  "/rooms\\2",
  "javascript:alert(1)",
])("%j leads elsewhere, or nowhere: so to the front page", (path) => {
  expect(localPath(path)).toBe("/");
});

test("the way to the log-in names the way back", () => {
  expect(logInPath("/rooms/2?limit=50&x=1")).toBe("/log_in?return_to=%2Frooms%2F2%3Flimit%3D50%26x%3D1");
});
