import { expect, test } from "vitest";
import { constant } from "../../../reference-server/live/expression.ts";
import { createRouter } from "../../../reference-server/live/router.ts";
import { html } from "../../../reference-server/live/template.ts";
import { defineView } from "../../../reference-server/live/view.ts";

const view = (name: string) =>
  defineView({ name, mount: () => undefined, render: () => html`<p>${constant(name)}</p>` });

const router = createRouter(
  [
    { path: "/", view: view("front") },
    { path: "/rooms/new", view: view("new-room"), liveSession: "admin", action: "new" },
    { path: "/rooms/:id", view: view("room") },
    { path: "/:mode/rooms/:id", view: view("mode-room") },
  ],
  ["/log_in", "/users/:id"],
);

test.each([
  ["http://chat", "front", "default", {}],
  ["https://elsewhere//?a=1", "front", "default", { a: "1" }],
  ["http://chat/rooms/new", "new-room", "admin", {}],
  ["http://chat/rooms/7/?id=8&sort[by]=name", "room", "default", { id: "7", sort: { by: "name" } }],
  ["http://chat/a%2Fb/rooms/%C3%A4#top", "mode-room", "default", { mode: "a/b", id: "ä" }],
])("%s leads to %s", (address, name, liveSession, params) => {
  const found = router.find(new URL(address));
  if (found?.kind !== "live") return expect.unreachable();
  expect([found.route.view.name, found.liveSession]).toEqual([name, liveSession]);
  expect(structuredClone(found.params)).toEqual(params);
});

test.each([["http://chat/log_in?x"], ["http://chat/users/7"]])(
  "%s leads to a page that is not live",
  (address) => {
    expect(router.find(new URL(address))?.kind).toBe("other");
  },
);

test.each([["http://chat/rooms"], ["http://chat/rooms/7/8/9"], ["http://chat/log_out"]])(
  "%s leads nowhere",
  (address) => {
    expect(router.find(new URL(address))).toBeUndefined();
  },
);

test("a path whose percent signs encode nothing is refused", () => {
  expect(() => router.find(new URL("http://chat/rooms/%zz"))).toThrow(URIError);
});
