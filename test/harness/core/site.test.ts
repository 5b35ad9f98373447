import { expect, test } from "vitest";
import { logInFields, logInForms, roomPath, type Site, siteSchema } from "../../../harness/core/site.ts";

const site: Site = {
  name: "a page",
  roomPath: "/{mode}/rooms/{room}",
  logIn: { steps: [{ path: "/log_in", form: "#log-in", fields: { name: "{name}" } }] },
  accounts: { name: "user-{number}" },
  list: { container: "#messages", fields: { sender: ".sender" } },
  send: { form: "#send", field: "text" },
  edit: { button: ".edit", form: "#edit", field: "text" },
  delete: { button: ".delete" },
};

test.each([
  ["/{mode}/rooms/{room}", "/stream/rooms/12"],
  ["/rooms/{room}?render={mode}", "/rooms/12?render=stream"],
  ["/rooms/{room}", "/rooms/12"],
  ["/lobby", "/lobby"],
])("the path %s of room 12 in stream is %s", (path, expected) => {
  expect(roomPath({ ...site, roomPath: path }, "stream", 12)).toBe(expected);
});

test("rooms whose ids are no numbers are counted", () => {
  const named = { roomPath: "/rooms/{room}", roomIds: ["lobby", "a/b $& c"] };
  expect([1, 2, 3].map((room) => roomPath(named, "stream", room))).toEqual([
    "/rooms/lobby",
    "/rooms/a%2Fb%20%24%26%20c",
    "/rooms/3",
  ]);
});

const step = {
  path: "/log_in",
  form: "#log-in",
  fields: { "user[name]": "{name}@example.org", "user[password]": "{password}", stay: "yes" },
};

test("what goes into a log-in form is the account's, verbatim, where it has a place", () => {
  expect(logInFields(step, { name: "{password}", password: "$& secret" })).toEqual({
    "user[name]": "{password}@example.org",
    "user[password]": "$& secret",
    stay: "yes",
  });
  expect(logInFields(step, { name: "ada", password: null })["user[password]"]).toBe("");
});

test("a Chrome fills in and sends each form by selectors within it; none where nobody logs in", () => {
  const second = { path: "/code", form: "#code", fields: { code: "0000" } };
  expect(logInForms({ logIn: { steps: [step, second] } }, { name: "ada", password: "secret" })).toEqual([
    {
      path: "/log_in",
      fields: {
        '#log-in [name="user[name]"]:not([type=hidden])': "ada@example.org",
        '#log-in [name="user[password]"]:not([type=hidden])': "secret",
        '#log-in [name="stay"]:not([type=hidden])': "yes",
      },
      submit: "#log-in :is(button:not([type=button], [type=reset]), input[type=submit])",
    },
    {
      path: "/code",
      fields: { '#code [name="code"]:not([type=hidden])': "0000" },
      submit: "#code :is(button:not([type=button], [type=reset]), input[type=submit])",
    },
  ]);
  expect(logInForms({ logIn: null }, { name: "ada", password: null })).toEqual([]);
});

test("a site that is valid comes back as it was given", () => {
  expect(siteSchema.parse(site)).toEqual(site);
});

test.each<[string, object, (string | number)[]]>([
  ["a room's path that is relative", { roomPath: "rooms/{room}" }, ["roomPath"]],
  ["a room's path on another host", { roomPath: "//elsewhere.test/{room}" }, ["roomPath"]],
  ["accounts that are all the same", { accounts: { name: "ada" } }, ["accounts", "name"]],
  ["a selector that is empty", { send: { form: "", field: "text" } }, ["send", "form"]],
  ["an edit without a button", { edit: { form: "#edit", field: "text" } }, ["edit", "button"]],
  ["a list without parts to compare", { list: { container: "#messages" } }, ["list", "fields"]],
])("%s is refused", (_, broken, path) => {
  expect(siteSchema.safeParse({ ...site, ...broken }).error?.issues.map((issue) => issue.path)).toEqual([
    path,
  ]);
});
