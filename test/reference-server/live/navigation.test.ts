import { expect, test } from "vitest";
import { liveNavigation, redirection } from "../../../reference-server/live/navigation.ts";

test("a redirect goes to a path, or elsewhere, with a status", () => {
  expect(redirection({ to: "/rooms/7?a=1#b" })).toEqual({
    kind: "redirect",
    to: "/rooms/7?a=1#b",
    status: 302,
    external: false,
  });
  expect(redirection({ external: "https://example.com/", status: 301 })).toEqual({
    kind: "redirect",
    to: "https://example.com/",
    status: 301,
    external: true,
  });
});

test("a live navigation adds to the history, or replaces", () => {
  expect(liveNavigation("live_patch", "/a")).toEqual({ kind: "live_patch", to: "/a", history: "push" });
  expect(liveNavigation("live_redirect", "/a", { replace: true })).toMatchObject({ history: "replace" });
});

test.each([
  "",
  "rooms",
  "//evil.example",
  "https://evil.example",
  "/\\evil.example",
  "/a\nb",
  "/a\rb",
  "/\tevil",
  "/%09/evil",
])("%j is no path of this server", (to) => {
  expect(() => redirection({ to })).toThrow();
  expect(() => liveNavigation("live_patch", to)).toThrow();
});

test.each(["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", ":x"])(
  "a redirect to %j is refused",
  (external) => {
    expect(() => redirection({ external })).toThrow("unsupported scheme");
  },
);

test.each(["mailto:ada@example.com", "/path:with-a-colon", "?a:b", "relative"])(
  "a redirect to %j is not",
  (external) => {
    expect(redirection({ external })).toMatchObject({ to: external });
  },
);
