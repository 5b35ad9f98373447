import { expect, it } from "vitest";
import { refusalOf } from "../../../harness/protocol/join-refusal.ts";

const redirect = { how: "redirect", to: "/log_in", history: null, flash: "token" };
const liveRedirect = { how: "live_redirect", to: "/a", history: "replace", flash: null };

it.each<[string, unknown, object]>([
  [
    "a mount that failed with a status",
    { reason: "reload", status: 404, token: "t" },
    { kind: "reload", token: "t" },
  ],
  ["the same without a token", { reason: "reload" }, { kind: "reload", token: null }],
  [
    "a session for another view",
    { reason: "unauthorized" },
    { kind: "page-request", reason: "unauthorized" },
  ],
  ["a session that is too old", { reason: "stale" }, { kind: "page-request", reason: "stale" }],
  [
    "a mount that redirects",
    { redirect: { to: "/log_in", flash: "token" } },
    { kind: "navigate", navigation: redirect },
  ],
  [
    "a mount that takes another view",
    { live_redirect: { to: "/a", kind: "replace" } },
    { kind: "navigate", navigation: liveRedirect },
  ],
  ["a mount that crashed", { reason: "join crashed" }, { kind: "failed" }],
  ["no reason at all", "no", { kind: "failed" }],
])("%s", (_name, response, refusal) => {
  expect(refusalOf(response)).toEqual(refusal);
});

it("a redirect to nowhere is refused in turn", () => {
  expect(() => refusalOf({ redirect: {} })).toThrow(
    expect.objectContaining({ code: "protocol", message: "redirect at response.redirect.to: is missing" }),
  );
});
