import { expect, test } from "vitest";
import { logInFields, logInForm, roomPath, type Site, siteSchema } from "../../../harness/core/site.ts";

const site: Site = {
  name: "a page",
  roomPath: "/{mode}/rooms/{room}",
  logIn: { path: "/log_in", form: "#log-in", field: "name" },
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

test("a log-in form that asks for no password gets none", () => {
  expect(logInFields(site, "ada")).toEqual({ name: "ada" });
});

test("a log-in form gets name and password, in a Chrome by selectors within it", () => {
  const logIn = { ...site.logIn, field: "user[name]", passwordField: "user[password]", password: "secret" };
  const withPassword = { ...site, logIn };
  expect(logInFields(withPassword, "ada")).toEqual({ "user[name]": "ada", "user[password]": "secret" });
  expect(logInForm(withPassword, "ada")).toEqual({
    fields: { '#log-in [name="user[name]"]': "ada", '#log-in [name="user[password]"]': "secret" },
    submit: "#log-in [type=submit]",
  });
});

test("a site that is valid comes back as it was given", () => {
  expect(siteSchema.parse(site)).toEqual(site);
});

test.each<[string, object, (string | number)[]]>([
  ["a room's path that is relative", { roomPath: "rooms/{room}" }, ["roomPath"]],
  ["a selector that is empty", { send: { form: "", field: "text" } }, ["send", "form"]],
  ["an edit without a button", { edit: { form: "#edit", field: "text" } }, ["edit", "button"]],
  ["a list without parts to compare", { list: { container: "#messages" } }, ["list", "fields"]],
])("%s is refused", (_, broken, path) => {
  expect(siteSchema.safeParse({ ...site, ...broken }).error?.issues.map((issue) => issue.path)).toEqual([
    path,
  ]);
});
