import { expect, test } from "vitest";
import { found, missing } from "../../../harness/target/finding.ts";
import { assembleSite, partsSaid, type SiteFrame } from "../../../harness/target/site-parts.ts";

const frame: SiteFrame = {
  name: "Acme Chat",
  roomPath: "/{room}",
  roomIds: ["lobby"],
  roomLink: "#room-{room}",
  logIn: null,
  accounts: { name: "u{number}" },
  fields: { content: ".text" },
};
const likely = (key: string, value: string) => found(key, value, "likely", "");
const ENOUGH = [likely("list.container", "#list"), likely("send.form", "#f"), likely("send.field", "text")];
const EDIT = [likely("edit.button", ".e"), likely("edit.form", "#e"), likely("edit.field", "t")];

test("a site is put together from what was found", () => {
  expect(assembleSite(frame, [...ENOUGH, ...EDIT, likely("delete.button", ".d")])).toEqual({
    kind: "site",
    site: {
      name: "Acme Chat",
      roomPath: "/{room}",
      roomIds: ["lobby"],
      roomLink: "#room-{room}",
      logIn: null,
      accounts: { name: "u{number}" },
      list: { container: "#list", fields: { content: ".text" } },
      send: { form: "#f", field: "text" },
      edit: { button: ".e", form: "#e", field: "t" },
      delete: { button: ".d" },
    },
  });
});

test.each(EDIT.map(({ key }) => key))("without %s nothing can be edited", (key) => {
  const assembled = assembleSite(frame, [...ENOUGH, ...EDIT.filter((one) => one.key !== key)]);
  expect(assembled).toMatchObject({ kind: "site", site: { edit: null, delete: null } });
});

test("without a list or a form it is none, and what is missing is told", () => {
  const none = missing("send.form", "no form");
  expect(assembleSite(frame, [...ENOUGH.filter(({ key }) => key !== "send.form"), none])).toEqual({
    kind: "incomplete",
    missing: [none],
  });
});

test("what a configuration says is known by its keys; null says that there is none", () => {
  expect(
    partsSaid({ list: { fields: {} }, send: { form: "#f" }, edit: null, delete: { button: ".d" } }),
  ).toEqual({
    "send.form": "#f",
    "edit.button": null,
    "edit.form": null,
    "edit.field": null,
    "delete.button": ".d",
  });
  expect(partsSaid({})).toEqual({});
});
