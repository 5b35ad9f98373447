import { describe, expect, test } from "vitest";
import type { Ref, Refs } from "../../../reference-server/live/expression.ts";
import { defineLiveComponent, live } from "../../../reference-server/live/live-component.ts";
import type { LiveStream } from "../../../reference-server/live/stream.ts";
import { attr, compile, each, html, when } from "../../../reference-server/live/template.ts";
import { toHtml } from "../../../reference-server/live/to-html.ts";
import { parsed, renderedSocket } from "./rendered-socket.ts";

interface CardAssigns {
  readonly myself: number;
  readonly text: string;
  readonly clicks: number;
}

/** A button that counts, inside of which there may be another component. */
const card = defineLiveComponent<CardAssigns, { text: string }>({
  name: "card",
  mount: (socket) => socket.assign({ clicks: 0 }),
  handleEvent: (socket, event) => {
    socket.assign({ clicks: socket.assigns.clicks + 1 });
    if (event.name === "greet")
      socket.pushEvent("greeting", { of: socket.assigns.text }).reply({ said: true });
  },
  render: ({ text, clicks, myself }) => html`<b${attr("phx-target", myself)}>${text} ${clicks}</b>`,
});

const CARD = ["<b", ">", " ", "</b>"];

interface PageAssigns {
  readonly title: string;
  readonly cards: readonly string[];
  readonly open: boolean;
}

const cardsOf = ({ cards }: Refs<PageAssigns>) =>
  html`${each(cards, (text: Ref<string>) => html`${live(card, { id: text, text })}`)}`;

/** A page that has been rendered once. */
function page(cards: readonly string[], render = cardsOf) {
  const rendered = renderedSocket<PageAssigns>(compile<PageAssigns>(render));
  rendered.socket.assign({ title: "t", cards, open: true });
  return { ...rendered, first: rendered.next() };
}

test("a slot holds a component's number, and the component comes beside the page, with statics of its own", () => {
  const { first } = page(["a"]);
  expect(first).toMatchObject({
    "0": { k: { "0": { "0": 1 }, kc: 1 } },
    c: { "1": { "0": ' phx-target="1"', "1": "a", "2": "0", s: CARD, r: 1 } },
  });
  expect(toHtml(first)).toBe('<b phx-target="1">a 0</b>');
});

test("of several of a kind, the later ones take their statics from one that this diff brings", () => {
  expect(page(["a", "b"]).first.c).toMatchObject({ "1": { s: CARD }, "2": { s: 1, "1": "b" } });
});

test("one that comes later takes its statics from one that the client has", () => {
  const { socket, next } = page(["a"]);
  socket.assign({ cards: ["a", "b"] });
  expect(next()).toEqual({
    "0": { k: { "1": { "0": 2 }, kc: 2 } },
    c: { "2": { s: -1, "0": ' phx-target="2"', "1": "b", "2": "0" } },
  });
});

test("what a component did itself is sent alone, with what it pushed and replied to be taken apart", () => {
  const { renderer } = page(["a", "b"]);
  const target = renderer.component(2);
  target?.definition.handleEvent?.(target.socket, { type: "other", name: "greet", value: {} });
  expect(target?.socket.takeOutbox()).toEqual({ events: [["greeting", { of: "b" }]], reply: { said: true } });
  expect(parsed(renderer.renderComponent(2).diff)).toEqual({ c: { "2": { "2": "1" } } });
});

test("one that is given something by the view, not by its template, sends what that changed", () => {
  const { socket, next } = page(["a", "b"]);
  socket.sendUpdate(card, "b", { text: "c" });
  expect(next()).toEqual({ c: { "2": { "1": "c" } } });
  socket.sendUpdate(card, "b", { text: "c" });
  expect(next()).toEqual({});
});

test("what is given to one that is not there is lost", () => {
  const { socket, renderer, next } = page(["a"]);
  socket.sendUpdate(card, "z", { text: "c" });
  expect(next()).toEqual({});
  expect(renderer.component(2)).toBeUndefined();
});

test("one whose attributes have the same values sends nothing but its number", () => {
  const render = ({ title, cards }: Refs<PageAssigns>) =>
    html`<p>${title}${each(cards, (text: Ref<string>) => html`${live(card, { id: text, text })}`)}</p>`;
  const { socket, next } = page(["a"], render);
  socket.assign({ title: "other" });
  expect(next()).toEqual({ "0": "other" });
});

test("what components push while they are updated goes out with the page", () => {
  const greeter = defineLiveComponent<{ myself: number; title: string }, { title: string }>({
    name: "greeter",
    update: (socket, { title }) => socket.assign({ title }).pushEvent("hello", { title }),
    render: ({ title }) => html`<i>${title}</i>`,
  });
  const { socket, renderer } = page([], ({ title }) => html`${live(greeter, { id: "g", title })}`);
  socket.assign({ title: "new" });
  expect(renderer.render(socket.assigns, socket.takeChanges()).events).toEqual([["hello", { title: "new" }]]);
});

test("two of a kind with one id are an error that names them", () => {
  expect(() => page(["a", "a"])).toThrow('found duplicate id "a" of live component card');
});

test("a component must have one element at its root", () => {
  const render = () => html`<i></i><b></b>`;
  expect(() => defineLiveComponent({ name: "pair", render })).toThrow(
    "live component pair must have a single",
  );
});

describe("a component that the client drops", () => {
  const openOf = ({ open }: Refs<PageAssigns>) =>
    html`<p>${when(open, html`${live(outer, { id: "o" })}`)}</p>`;
  const outer = defineLiveComponent<{ myself: number }, Record<never, never>>({
    name: "outer",
    render: () => html`<div>${live(card, { id: "inner", text: "inner" })}</div>`,
  });

  test("is forgotten: the next one of that id is a new one, with statics and a number of its own", () => {
    const { socket, renderer, next } = page([], openOf);
    socket.assign({ open: false });
    next();
    renderer.willDestroy([1, 2]);
    expect(renderer.destroy([1, 2])).toEqual([1, 2]);
    socket.assign({ open: true });
    expect(next().c).toMatchObject({
      "3": { s: ["<div>", "</div>"], "0": 4 },
      "4": { s: CARD, "1": "inner" },
    });
  });

  test("stays where it is rendered again before that, and is sent in full with all that is in it", () => {
    const { socket, renderer, next } = page([], openOf);
    socket.assign({ open: false });
    next();
    renderer.willDestroy([1, 2]);
    socket.assign({ open: true });
    expect(next().c).toMatchObject({ "1": { s: ["<div>", "</div>"] }, "2": { s: CARD, "1": "inner" } });
    expect(renderer.destroy([1, 2])).toEqual([]);
  });

  test("lends no statics, since the client may be dropping them", () => {
    const { socket, renderer, next } = page(["a"]);
    socket.assign({ cards: [] });
    next();
    renderer.willDestroy([1]);
    socket.assign({ cards: ["b"] });
    expect(next().c).toMatchObject({ "2": { s: CARD } });
  });

  test("is not dropped unasked", () => {
    const { renderer } = page(["a"]);
    expect(renderer.destroy([1])).toEqual([]);
    expect(renderer.component(1)).toBeDefined();
  });

  test("has nothing more to say", () => {
    const { renderer } = page(["a"]);
    renderer.willDestroy([1]);
    renderer.destroy([1]);
    expect(renderer.component(1)).toBeUndefined();
    expect(parsed(renderer.renderComponent(1).diff)).toEqual({});
  });
});

test("a stream in a component is known by the component's number", () => {
  interface Assigns {
    readonly myself: number;
    readonly streams: {
      readonly items: LiveStream<{ id: number }>;
      readonly others: LiveStream<{ id: number }>;
    };
  }
  const lists = defineLiveComponent<Assigns, Record<never, never>>({
    name: "lists",
    mount: (socket) => socket.stream("items", [{ id: 7 }]).stream("others", []),
    handleEvent: (socket) => socket.streamInsert("others", { id: 8 }),
    render: ({ streams }) =>
      html`<div><ol>${each(streams.items, ({ domId }) => html`<li${attr("id", domId)}></li>`)}</ol><ul>${each(
        streams.others,
        ({ domId }) => html`<li${attr("id", domId)}></li>`,
      )}</ul></div>`,
  });
  const { first, renderer } = page([], () => html`<main>${live(lists, { id: "l" })}</main>`);
  expect(first.c).toMatchObject({
    "1": {
      "0": { stream: ["1-0", [["items-7", -1, null, null]], []], s: ["<li", "></li>"] },
      "1": { stream: ["1-1", [], []] },
    },
  });
  const target = renderer.component(1);
  target?.definition.handleEvent?.(target.socket, { type: "other", name: "add", value: {} });
  expect(parsed(renderer.renderComponent(1).diff)).toEqual({
    c: {
      "1": {
        "1": {
          k: { "0": { "0": ' id="others-8"' }, kc: 1 },
          stream: ["1-1", [["others-8", -1, null, false]], []],
        },
      },
    },
  });
});
