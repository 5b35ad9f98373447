import type { Document, Element } from "domhandler";
import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import type { EventPush } from "../../../harness/page/event-push.ts";
import { parseHtml } from "../../../harness/page/html.ts";
import { PageActions } from "../../../harness/user/page-actions.ts";

/** A user on a page whose time goes when it is told to; what he pushes is answered at once. */
function onPage(html: string) {
  let page: Document = parseHtml(html);
  const timers: (() => void)[] = [];
  const sent: string[] = [];
  const actions = new PageActions({
    page: () => page,
    push: async (_element: Element, pushes: readonly EventPush[]) => {
      for (const { event, value } of pushes)
        sent.push(`${event} ${typeof value === "string" ? value : JSON.stringify(value)}`);
      return { sentAt: micros(1), repliedAt: micros(2), reply: pushes.length };
    },
    go: async ({ kind, href }) => {
      sent.push(`${kind} ${href}`);
      return { sentAt: micros(3), repliedAt: micros(4), reply: null };
    },
    after: (_ms, run) => {
      timers.push(run);
      return () => {};
    },
  });
  return {
    actions,
    sent,
    elapse: () => {
      for (const run of timers.splice(0)) run();
    },
    show: (next: string) => {
      page = parseHtml(next);
    },
  };
}

const FORM = `<form id="f" phx-change="change" phx-submit="submit"><input id="a" name="a" phx-focus="in" phx-blur="out">
  <input id="b" name="b" phx-debounce="100"><button>x</button></form>`;

test("what was typed into one field goes along when another one is changed, and when the form is sent", async () => {
  const { actions, sent } = onPage(FORM);
  await actions.change("#f", "a", "1");
  await actions.submit("#f", { b: "2" }, null);
  await actions.change("#f", "a", "3");
  expect(sent).toEqual(["change a=1&_unused_b=&b=", "submit a=1&b=2", "change a=3&b=2"]);
});

test("a change waits for its time; what takes its place settles it with nothing", async () => {
  const { actions, sent, elapse } = onPage(FORM);
  const first = actions.change("#f", "b", "1");
  const second = actions.change("#f", "b", "2");
  expect(await first).toBeNull();
  expect(sent).toEqual([]);
  elapse();
  expect(await second).toMatchObject({ repliedAt: 2 });
  expect(sent).toEqual(["change _unused_a=&a=&b=2"]);
});

test("a change whose form is gone when its time has come is not sent", async () => {
  const { actions, sent, elapse, show } = onPage(FORM);
  const change = actions.change("#f", "b", "1");
  show("<p></p>");
  elapse();
  expect(await change).toBeNull();
  expect(sent).toEqual([]);
});

test("a change is given up when the user closes", async () => {
  const { actions } = onPage(FORM);
  const change = actions.change("#f", "b", "1");
  actions.close();
  expect(await change).toBeNull();
});

test("the focus is left before it goes elsewhere, and around the sending of a form", async () => {
  const { actions, sent } = onPage(FORM);
  await actions.focus("#a");
  await actions.focus("#a");
  await actions.focus("#b");
  await actions.focus("#a");
  await actions.submit("#f", {}, null);
  expect(sent.map((push) => push.split(" ")[0])).toEqual(["in", "out", "in", "out", "submit", "in"]);
});

test("a box that was clicked is checked from then on", async () => {
  const { actions, sent } = onPage(
    '<form id="f" phx-submit="submit"><input id="c" type="checkbox" name="c" phx-click="box"><button>x</button></form>',
  );
  await actions.click("#c", null);
  await actions.submit("#f", {}, null);
  await actions.click("#c", null);
  await actions.submit("#f", {}, null);
  expect(sent).toEqual(['box {"value":"on"}', "submit c=on", "box {}", "submit "]);
});

test("a user goes where a binding leads, once what it pushes is on its way", async () => {
  const { actions, sent } = onPage(
    `<a id="go" phx-click='[["navigate",{"href":"/a"}]]'></a><a id="both" phx-click='[["push",{"event":"e"}],["patch",{"href":"/b"}]]'></a>`,
  );
  const there = { sentAt: 3, repliedAt: 4, reply: null };
  expect(await actions.click("#go", null)).toEqual(there);
  expect(await actions.click("#both", null)).toEqual(there);
  expect(sent).toEqual(["navigate /a", "e {}", "patch /b"]);
});

test("what nobody listens to is nothing", async () => {
  const { actions, sent } = onPage('<input id="a"><div id="l"></div>');
  expect(await actions.press("#a", { type: "keydown", key: "x" })).toBeNull();
  expect(await actions.focus("#a")).toBeNull();
  expect(await actions.blur("#a")).toBeNull();
  expect(await actions.scroll("#l", "bottom", false)).toBeNull();
  expect(sent).toEqual([]);
});

test("a form that is to be sent over HTTP is, with the button that sent it last", async () => {
  const form = (trigger: string) =>
    `<form id="f" method="post" action="/go" phx-submit="submit" ${trigger}><input name="a"><button name="b" value="1"></button><button id="or" name="b" value="2"></button></form>`;
  const { actions, show } = onPage(form(""));
  await actions.submit("#f", { a: "x" }, "#or");
  expect(actions.triggeredRequest("http://a/")).toBeNull();
  show(form("phx-trigger-action"));
  expect(actions.triggeredRequest("http://a/")).toEqual({
    method: "POST",
    url: "http://a/go",
    body: "a=x&b=2",
  });
});

test("what is not there cannot be acted on", async () => {
  const { actions } = onPage(FORM);
  const missing = { code: "not-on-page", exitCode: 104 };
  await expect(actions.focus("#no")).rejects.toMatchObject(missing);
  await expect(actions.press("#no", { type: "keydown", key: "x" })).rejects.toMatchObject(missing);
  await expect(actions.submit("#f", {}, "#a")).rejects.toMatchObject({
    ...missing,
    message: "the form has no button that submits it and matches #a",
  });
});

const UNKNOWN = `phx-keydown='[["push",{}]]'`;

test("what cannot be pushed when its time has come is told to who waits for it", async () => {
  const { actions, elapse } = onPage(`<input id="x" phx-debounce="100" ${UNKNOWN}>`);
  const pressing = actions.press("#x", { type: "keydown", key: "a" });
  const refused = expect(pressing).rejects.toMatchObject({ code: "unsupported-binding" });
  elapse();
  await refused;
});

test("what waits for an element to be left, and cannot be pushed then, is told to who waits for it", async () => {
  const { actions } = onPage(`<input id="x" phx-debounce="blur" ${UNKNOWN}>`);
  const pressing = actions.press("#x", { type: "keydown", key: "a" });
  const refused = expect(pressing).rejects.toMatchObject({ code: "unsupported-binding" });
  const left = await actions.blur("#x").catch((error: unknown) => error);
  await refused;
  expect(left).toBe(null);
});
