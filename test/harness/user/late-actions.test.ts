import { expect, test } from "vitest";
import { listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const BUTTON = `<button phx-debounce="100" phx-click='[["push",{"event":"x"}],["navigate",{"href":"/a"}]]'>x</button>`;

const site: Site = {
  pages: { "/": mainElement() },
  manners: { "lv:main phx_join": () => renders(listTree(["a"], BUTTON)) },
};

test("a click that waits while the user is cut off is told to who waits for it, and to nobody else", async () => {
  const { user, server, connect, alarms, ring } = await visit(site);
  await connect();
  const clicking = expect(user.click("button")).rejects.toMatchObject({ code: "not-joined" });
  expect(alarms.size).toBe(1);
  server.drop();
  await until(() => !user.isJoined);
  await ring();
  await clicking;
});
