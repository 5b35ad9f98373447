import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { compileSelector, findFirst, visibleText } from "../../harness/page/html.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { expr } from "../../reference-server/live/expression.ts";
import { defineLiveComponent, live } from "../../reference-server/live/live-component.ts";
import type { LiveStream } from "../../reference-server/live/stream.ts";
import { attr, each, html, when } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { bareLayout, type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

interface Note {
  readonly id: number;
}

interface ListAssigns {
  readonly myself: number;
  readonly name: string;
  readonly count: number;
  readonly streams: { readonly notes: LiveStream<Note>; readonly marks: LiveStream<Note> };
}

/** Two streams in one component, and buttons that are its own. */
const list = defineLiveComponent<ListAssigns, { name: string }>({
  name: "list",
  update(socket, { name }) {
    const isNew = socket.assigns.name === undefined;
    socket.assign({ name });
    if (!isNew) return;
    const domId =
      (kind: string) =>
      ({ id }: Note) =>
        `${name}-${kind}-${id}`;
    socket
      .assign({ count: 0 })
      .stream("notes", [], { domId: domId("note") })
      .stream("marks", [], { domId: domId("mark") });
  },
  handleEvent(socket, event) {
    const count = socket.assigns.count + 1;
    socket.assign({ count });
    if (event.name === "add") socket.streamInsert("notes", { id: count });
    if (event.name === "mark") socket.streamInsert("marks", { id: count }, { at: 0 });
    if (event.name === "drop") socket.stream("notes", [], { reset: true });
  },
  render: ({ name, myself, count, streams }) => html`<section${attr("id", name)}>
    <b>${count}</b>
    <button class="add" phx-click="add"${attr("phx-target", myself)}>add</button>
    <button class="mark" phx-click="mark"${attr("phx-target", myself)}>mark</button>
    <button class="drop" phx-click="drop"${attr("phx-target", myself)}>drop</button>
    <ul phx-update="stream"${attr(
      "id",
      expr(name, (of) => `${of}-notes`),
    )}>${each(streams.notes, ({ domId, item }) => html`<li${attr("id", domId)} phx-hook="Item">note ${item.id}</li>`)}</ul>
    <ul phx-update="stream"${attr(
      "id",
      expr(name, (of) => `${of}-marks`),
    )}>${each(streams.marks, ({ domId, item }) => html`<li${attr("id", domId)}>mark ${item.id}</li>`)}</ul>
  </section>`,
});

/** Two such components, of which one comes and goes. */
const page = defineView<{ both: boolean }, never>({
  name: "components",
  mount: (socket) => socket.assign({ both: true }),
  handleEvent: (socket) => socket.assign({ both: !socket.assigns.both }),
  render: ({ both }) => html`<main>
    <button id="toggle" phx-click="toggle">toggle</button>
    ${live(list, { id: "a", name: "a" })}
    ${when(both, html`${live(list, { id: "b", name: "b" })}`)}
  </main>`,
});

/** Counts what the hooks of the items are told. */
const HOOKS = `{ Item: {
  mounted() { tell("mounted") }, updated() { tell("updated") }, destroyed() { tell("destroyed") },
} }`;
const layout = (content: Parameters<typeof bareLayout>[0]): string =>
  bareLayout(content)
    .replace("{ params:", `{ hooks: ${HOOKS}, params:`)
    .replace(
      "window.liveSocket",
      "const told = (window.told = {}); const tell = (what) => { told[what] = (told[what] ?? 0) + 1; }; window.liveSocket",
    );

const ACTIONS = [
  "#a .add",
  "#a .add",
  "#b .add",
  "#a .mark",
  "#a .mark",
  "#toggle",
  "#a .add",
  "#toggle",
  "#b .add",
  "#b .mark",
  "#a .drop",
  "#a .add",
];

let chrome: Chrome;
let site: LiveSite;
let browser: ChromePage;
let population: Population;
let user: SimulatedUser;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

beforeEach(async () => {
  site = await startLiveSite({ routes: [{ path: "/", view: page, liveSession: "default" }], layout });
  browser = await chrome.openPage({ name: "components" });
  await browser.goto(`${site.origin}/`);
  await browser.waitFor("[data-phx-main].phx-connected");
  population = new Population({
    baseUrl: site.origin,
    list: "#a-notes",
    fields: {},
    clock: realClock,
    every: everyInterval,
  });
  user = new SimulatedUser(population, { name: "user" });
  await user.mount("/");
  await user.connect();
});
afterEach(async () => {
  const problems = browser.problems();
  await browser.close();
  await user.close();
  population.close();
  await site.close();
  expect([...problems, ...site.log]).toEqual([]);
});

const MAIN = compileSelector("main");

/** What the simulated user reads on the page. */
function readByUser(): string {
  const main = user.document === null ? null : findFirst(MAIN, user.document);
  return main === null ? "" : visibleText(main);
}

test("components with streams of their own are the same in Chrome and for a simulated user, action by action", async () => {
  const seen: string[] = [];
  for (const action of ACTIONS) {
    await user.click(action);
    await browser.click(action);
    const text = readByUser();
    await until(
      browser,
      `document.querySelector("main").textContent.replace(/\\s+/g, " ").trim() === ${JSON.stringify(text)}`,
    );
    seen.push(text);
  }
  expect(new Set(seen).size).toBe(ACTIONS.length);
  expect(seen.at(-1)).toBe("toggle 7 add mark drop note 7 mark 4mark 3 2 add mark drop note 1 mark 2");
});

test("the hooks of items are told once of each coming and going, and of nothing else", async () => {
  for (const action of ACTIONS) {
    await user.click(action);
    await browser.click(action);
    await until(
      browser,
      `document.querySelector("main").textContent.replace(/\\s+/g, " ").trim() === ${JSON.stringify(readByUser())}`,
    );
  }
  // Notes: two and one, one of which goes with its list, then one more in each; two go with the reset, one comes.
  await until(browser, "window.told.mounted === 6");
  expect(await browser.evaluate("window.told")).toEqual({ mounted: 6, destroyed: 4 });
});

test("the server drops the components that the page has dropped", async () => {
  const sent: string[] = [];
  await browser.evaluate(`window.sent = []; {
    const push = liveSocket.main.channel.push.bind(liveSocket.main.channel);
    liveSocket.main.channel.push = (event, ...rest) => { sent.push(event); return push(event, ...rest); };
  }`);
  await browser.click("#toggle");
  await until(browser, `sent.includes("cids_destroyed")`);
  sent.push(...((await browser.evaluate("sent")) as string[]));
  expect(sent).toEqual(["event", "cids_will_destroy", "cids_destroyed"]);
  await browser.click("#toggle");
  await until(browser, `document.querySelector("#b [phx-target]")?.getAttribute("phx-target") === "3"`);
});
