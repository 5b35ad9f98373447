import { describe, expect, test } from "vitest";
import type { Diff } from "../../../reference-server/live/diff.ts";
import { expr, type Ref, type Refs } from "../../../reference-server/live/expression.ts";
import type { Template } from "../../../reference-server/live/slots.ts";
import { attr, compile, component, each, html, when } from "../../../reference-server/live/template.ts";
import { toHtml } from "../../../reference-server/live/to-html.ts";
import { renderedSocket } from "./rendered-socket.ts";

interface Item {
  readonly id: number;
  readonly text: string;
  readonly done: boolean;
}

interface Assigns {
  readonly title: string;
  readonly user: { readonly name: string; readonly age: number };
  readonly items: readonly Item[];
}

const BASE: Assigns = {
  title: "general",
  user: { name: "alice", age: 30 },
  items: [
    { id: 1, text: "one", done: false },
    { id: 2, text: "two", done: true },
  ],
};

/** A view of the template: renders `assigns` in full, then each change, as a socket would. */
function view(render: (assigns: Refs<Assigns>) => Template, assigns: Partial<Assigns> = {}) {
  const { socket, next } = renderedSocket<Assigns>(compile<Assigns>(render));
  socket.assign({ ...BASE, ...assigns });
  const first = next();
  return {
    first,
    html: toHtml(first),
    change(values: Partial<Assigns>): Diff {
      socket.assign(values);
      return next();
    },
  };
}

const row = (item: Ref<Item>) =>
  html`<li${attr(
    "id",
    expr(item.id, (id) => `item-${id}`),
  )}>${item.text}${when(item.done, html`<b>done</b>`)}</li>`;
const list = ({ items }: Refs<Assigns>) => html`<ul>${each(items, row)}</ul>`;

describe("a full render", () => {
  test("shares each template's statics once, children first, and tells single roots", () => {
    expect(view(list).first).toEqual({
      "0": {
        k: {
          "0": { "0": ' id="item-1"', "1": "one", "2": "" },
          "1": { "0": ' id="item-2"', "1": "two", "2": { s: 0 } },
          kc: 2,
        },
        s: 1,
      },
      r: 1,
      s: 2,
      p: { "0": ["<b>done</b>"], "1": ["<li", ">", "", "</li>"], "2": ["<ul>", "</ul>"] },
    });
  });

  test("is the page's HTML once its statics and slots are joined", () => {
    expect(view(list).html).toBe('<ul><li id="item-1">one</li><li id="item-2">two<b>done</b></li></ul>');
  });

  test("sends an empty list as an empty slot", () => {
    expect(view(list, { items: [] }).first).toEqual({ "0": "", r: 1, s: 0, p: { "0": ["<ul>", "</ul>"] } });
  });

  test.each([
    ["text", "<b>&\"'</b>", "<p>&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</p>"],
    ["emoji and right-to-left text", "🎉 שלום", "<p>🎉 שלום</p>"],
  ])("escapes %s as Phoenix does", (_, title, expected) => {
    expect(view((assigns) => html`<p>${assigns.title}</p>`, { title }).html).toBe(expected);
  });

  test.each([
    [null, "<i></i>"],
    [undefined, "<i></i>"],
    [false, "<i></i>"],
    [true, "<i hidden></i>"],
    ["", '<i hidden=""></i>'],
    [0, '<i hidden="0"></i>'],
    ['a"b', '<i hidden="a&quot;b"></i>'],
  ])("prints the attribute value %j", (value, expected) => {
    expect(
      view(
        ({ title }) =>
          html`<i${attr(
            "hidden",
            expr(title, () => value),
          )}></i>`,
      ).html,
    ).toBe(expected);
  });

  test("does not call two elements, or an element with text beside it, a root", () => {
    expect(view(() => html`<i></i><b></b>`).first).not.toHaveProperty("r");
    expect(view(() => html`<i></i> text`).first).not.toHaveProperty("r");
    expect(view(({ title }) => html`<i></i>${title}`).first).not.toHaveProperty("r");
  });
});

describe("a change", () => {
  test("sends the slots that read a changed path, and no other", () => {
    const { change } = view(({ user, title }) => html`<p>${user.name} ${user.age} ${title}</p>`);
    expect(change({ user: { name: "alice", age: 31 } })).toEqual({ "1": "31" });
    expect(change({ title: "random" })).toEqual({ "2": "random" });
  });

  test("is compared by value: equal data in new objects sends nothing", () => {
    const { change } = view(list);
    expect(change({ items: structuredClone(BASE.items) as Item[] })).toEqual({});
  });

  test("does not evaluate a slot whose paths have not changed", () => {
    let evaluated = 0;
    const { change } = view(
      ({ user, title }) => html`<p>${expr(user.name, (name) => `${name}${++evaluated}`)} ${title}</p>`,
    );
    change({ user: { name: "alice", age: 99 }, title: "random" });
    expect(evaluated).toBe(1);
  });

  test("follows a path through nested function components", () => {
    const inner = component<{ name: string }>(({ name }) => html`<b>${name}</b>`);
    const outer = component<{ user: Assigns["user"] }>(
      ({ user }) => html`<p>${inner({ name: user.name })}${user.age}</p>`,
    );
    const { change } = view(({ user }) => html`<div>${outer({ user })}</div>`);
    expect(change({ user: { name: "bob", age: 30 } })).toEqual({ "0": { "0": { "0": "bob" } } });
    expect(change({ user: { name: "bob", age: 31 } })).toEqual({ "0": { "1": "31" } });
  });

  test("follows a path through a value computed from another", () => {
    const { change } = view(
      ({ user }) => html`<p>${expr(user, (u) => ({ upper: u.name.toUpperCase() })).upper}</p>`,
    );
    expect(change({ user: { name: "bob", age: 30 } })).toEqual({ "0": "BOB" });
  });

  test("of a condition sends its template with statics, then without, then nothing", () => {
    const { change } = view(({ user, title }) => html`<p>${when(user.age, html`<b>${title}</b>`)}</p>`);
    expect(change({ user: { name: "alice", age: 0 } })).toEqual({ "0": "" });
    expect(change({ user: { name: "alice", age: 1 } })).toEqual({
      "0": { "0": "general", s: 0 },
      p: { "0": ["<b>", "</b>"] },
    });
    expect(change({ title: "random" })).toEqual({ "0": { "0": "random" } });
  });
});

describe("a list tracked by index", () => {
  test("sends of an edit the slots that changed", () => {
    const items = [BASE.items[0] as Item, { id: 2, text: "TWO", done: true }];
    expect(view(list).change({ items })).toEqual({ "0": { k: { "1": { "1": "TWO" }, kc: 2 } } });
  });

  test("sends an entry at a new index in full, with its statics", () => {
    const items = [...BASE.items, { id: 3, text: "three", done: true }];
    expect(view(list).change({ items })).toEqual({
      "0": { k: { "2": { "0": ' id="item-3"', "1": "three", "2": { s: 0 } }, kc: 3 } },
      p: { "0": ["<b>done</b>"] },
    });
  });

  test("sends of a removed last entry the count alone", () => {
    expect(view(list).change({ items: BASE.items.slice(0, 1) })).toEqual({ "0": { k: { kc: 1 } } });
  });

  test("sends of a removed first entry everything that moved up", () => {
    expect(view(list).change({ items: BASE.items.slice(1) })).toEqual({
      "0": { k: { "0": { "0": ' id="item-2"', "1": "two", "2": { s: 0 } }, kc: 1 } },
      p: { "0": ["<b>done</b>"] },
    });
  });

  test("says which key two items have in common", () => {
    const item = { id: 7, text: "x", done: false };
    const keyed = ({ items }: Refs<Assigns>) => html`<ul>${each(items, row, { key: ({ id }) => id })}</ul>`;
    expect(() => view(keyed, { items: [item, item] })).toThrow(
      "found duplicate key 7 among 2 items of a comprehension",
    );
  });

  test("re-renders, when something beside the list changes, only what reads it", () => {
    const { change } = view(
      ({ items, title }) => html`<ul>${each(items, (item) => html`<li>${title}${item.text}</li>`)}</ul>`,
    );
    expect(change({ title: "x" })).toEqual({ "0": { k: { "0": { "0": "x" }, "1": { "0": "x" }, kc: 2 } } });
  });

  test("finds outer entries from within a nested list", () => {
    const { html: page } = view(
      ({ items }) =>
        html`${each(items, (outer) => html`[${each(items, (inner) => html`${outer.id}${inner.id} `)}]`)}`,
    );
    expect(page).toBe("[11 12 ][21 22 ]");
  });
});

describe("the body of a condition or comprehension", () => {
  const bold = component<{ text: string }>(({ text }) => html`<b>${text}</b>`);

  test("is a template of its own, also where it is the call of a component", () => {
    const { first } = view(({ items }) => html`${each(items, ({ text }) => bold({ text }))}`);
    expect(first).toMatchObject({
      "0": { k: { "0": { "0": { "0": "one", r: 1, s: 0 } } }, s: 1 },
      p: { "0": ["<b>", "</b>"], "1": ["", ""], "2": ["", ""] },
    });
  });

  test.each([
    ["calls the same component", bold],
    ["was written by the same function", ({ text }: { text: Ref<string> }) => html`<b>${text}</b>`],
  ])("is sent anew where the other branch %s", (_, part) => {
    const { change } = view(
      ({ user, title, items }) =>
        html`${when(
          expr(items, (list) => list.length > 1),
          part({ text: title }),
          part({ text: user.name }),
        )}`,
    );
    expect(JSON.stringify(change({ items: [] }))).toContain('"alice"');
  });
});

describe("temporary assigns", () => {
  const temporary = () => {
    const { socket, next } = renderedSocket<Assigns>(compile<Assigns>(list));
    socket.temporary({ items: [] }).assign(BASE);
    return { socket, next, first: next() };
  };

  test("are not kept after a render", () => {
    expect(temporary().socket.assigns.items).toEqual([]);
  });

  test("are compared, by index, with what was rendered last", () => {
    const { socket, next } = temporary();
    socket.assign({ items: [{ id: 1, text: "one more", done: false }] });
    expect(next()).toEqual({ "0": { k: { "0": { "1": "one more" }, kc: 1 } } });
  });

  test("that are set to what they go back to change nothing", () => {
    const { socket, next } = temporary();
    socket.assign({ items: [] });
    expect(next()).toEqual({});
  });
});
