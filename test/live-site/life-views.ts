import { constant, expr, type Ref } from "../../reference-server/live/expression.ts";
import type { Flash } from "../../reference-server/live/flash.ts";
import { SafeHtml } from "../../reference-server/live/safe-html.ts";
import type { Socket } from "../../reference-server/live/socket.ts";
import { attr, html, when } from "../../reference-server/live/template.ts";
import { type ClientEvent, defineView } from "../../reference-server/live/view.ts";

/** Where the views of a test write down how they live. */
export const lifeLog: string[] = [];

const info = (flash: Ref<Flash>) => expr(flash, (messages) => messages.info ?? null);

interface CounterAssigns {
  readonly flash: Flash;
  readonly label: string;
  readonly owner: string;
  readonly count: number;
}

/** Counts clicks; a view within others, sticky or not, or in a page that is not live. */
export const counter = defineView<CounterAssigns, number>({
  name: "counter",
  mount(socket, _params, session) {
    socket.subscribe("counts").assign({ label: String(session.label ?? "counter"), count: 0 });
    return socket.assignNew("owner", () => "nobody");
  },
  handleEvent(socket, { name }) {
    switch (name) {
      case "count":
        return socket.assign({ count: socket.assigns.count + 1 });
      case "patch-page":
        return socket.assign({ count: 100 }).putFlash("info", "from the child").pushPatch("/?by=child");
      case "go":
        return socket.pushNavigate("/other");
      case "crash":
        throw new Error("the counter broke");
      default:
        return undefined;
    }
  },
  handleInfo: (socket, message) => socket.assign({ count: message }),
  terminate: (socket) => lifeLog.push(`${socket.id} ended`),
  render: ({ label, owner, count }) =>
    html`<p class="counter"><b>${label}</b> of ${owner}: <i>${count}</i> <button type="button" phx-click="count">more</button></p>`,
});

interface HomeAssigns {
  readonly flash: Flash;
  readonly liveAction: string | undefined;
  readonly pageTitle: string;
  readonly owner: string;
  readonly address: string;
  readonly query: string;
  readonly heard: string;
  readonly child: SafeHtml;
  readonly sticky: SafeHtml;
}

type HomeSocket = Socket<HomeAssigns>;

async function act(socket: HomeSocket, { name }: ClientEvent): Promise<unknown> {
  switch (name) {
    case "patch":
      return socket.pushPatch("/?step=2");
    case "patch-replace":
      return socket.putFlash("info", "patched").pushPatch("/?step=3", { replace: true });
    case "patch-away":
      return socket.pushPatch("/other");
    case "patch-for-ever":
      return socket.pushPatch("/?loop=1");
    case "navigate":
      return socket.pushEvent("leaving", {}).putFlash("info", "come from home").pushNavigate("/other");
    case "redirect":
      return socket.putFlash("info", "gone").redirect({ to: "/other" });
    case "external":
      return socket.redirect({ external: "https://example.com/" });
    case "unsafe":
      return socket.redirect({ to: "//example.com/" });
    case "twice":
      return socket.pushNavigate("/other").pushPatch("/?twice");
    case "flash":
      return socket.putFlash("info", "saved").putFlash("error", "not all");
    case "drop-child":
      return socket.assign({ child: new SafeHtml("") });
    case "crash":
      throw new Error("the page broke");
    case "crash-later":
      await Promise.resolve();
      throw new Error("the page broke later");
    default:
      return undefined;
  }
}

/** The page at `/`, with a child and a sticky view. */
export const home = defineView<HomeAssigns, string>({
  name: "home",
  async mount(socket, _params, session) {
    socket.subscribe("news").assignNew("owner", () => String(session.user ?? "home"));
    const child = await socket.liveRender(counter, { id: "child", session: { label: "child" } });
    const sticky = await socket.liveRender(counter, {
      id: "sticky",
      session: { label: "sticky" },
      sticky: true,
    });
    return socket.assign({ pageTitle: "home", child, sticky, heard: "", address: "", query: "" });
  },
  handleParams(socket, params, uri) {
    if (params.loop !== undefined) socket.pushPatch("/?loop=1");
    return socket.assign({ address: `${uri.pathname}${uri.search}`, query: JSON.stringify(params) });
  },
  handleEvent: act,
  handleInfo(socket, message) {
    if (message === "go") return socket.pushNavigate("/other");
    if (message === "patch") return socket.pushPatch("/?told=1");
    if (message === "crash") throw new Error("the page broke at the news");
    return socket.assign({ heard: message });
  },
  terminate: () => lifeLog.push("home ended"),
  render: ({ address, query, heard, child, sticky, flash, liveAction }) =>
    html`<main id="home"><h1>home</h1><p id="address"${attr("data-action", liveAction)}>${address}</p><p id="query">${query}</p><p id="heard">${heard}</p>
${when(info(flash), (text) => html`<p id="flash">${text}</p>`)}
<a id="patch" href="/?step=1" data-phx-link="patch" data-phx-link-state="push">patch</a>
<a id="navigate" href="/other" data-phx-link="redirect" data-phx-link-state="push">other</a>
<button id="push-patch" type="button" phx-click="patch">patch</button>
<button id="push-navigate" type="button" phx-click="navigate">navigate</button>
<button id="crash" type="button" phx-click="crash">crash</button>
<div id="children">${child}</div>${sticky}</main>`,
});

interface OtherAssigns {
  readonly flash: Flash;
  readonly pageTitle: string;
  readonly sticky: SafeHtml;
}

/** The page at `/other`, of the same live session, with the same sticky view. */
export const other = defineView<OtherAssigns, never>({
  name: "other",
  container: { tag: "section", attributes: { class: "other" } },
  async mount(socket) {
    const sticky = await socket.liveRender(counter, { id: "sticky", sticky: true });
    return socket.assign({ pageTitle: "other", sticky });
  },
  render: ({ flash, sticky }) =>
    html`<main id="other"><h1>other</h1>${when(info(flash), (text) => html`<p id="flash">${text}</p>`)}<a id="home" href="/" data-phx-link="redirect" data-phx-link-state="push">home</a>${sticky}</main>`,
});

/** The page at `/admin`, of another live session. */
export const admin = defineView<object, never>({
  name: "admin",
  mount: () => undefined,
  render: () => html`<main id="admin">${constant("for administrators")}</main>`,
});

/** The page at `/go/:where`, which is not where one stays. */
export const crossroads = defineView<object, never>({
  name: "crossroads",
  mount(socket, { where }) {
    switch (where) {
      case "inside":
        return socket.putFlash("info", "sent").pushEvent("sent", {}).redirect({ to: "/other" });
      case "outside":
        return socket.redirect({ external: "https://example.com/" });
      case "live":
        return socket.pushNavigate("/other", { replace: true });
      case "moved":
        return socket.redirect({ to: "/other", status: 301 });
      case "nowhere":
        return socket.pushPatch("/go/there");
      case "missing":
        throw Object.assign(new Error("no such page"), { statusCode: 404 });
      case "late-missing":
        if (socket.connected) throw Object.assign(new Error("no such page any more"), { statusCode: 404 });
        return undefined;
      case "late-crash":
        if (socket.connected) throw new Error("broken");
        return undefined;
      default:
        return undefined;
    }
  },
  handleParams(socket, { where, step }) {
    if (where === "round" && socket.connected && step === undefined) socket.pushPatch("/go/round?step=1");
  },
  render: () => html`<main id="crossroads">${constant("which way?")}</main>`,
});

/** The routes of these pages. */
export const LIFE_ROUTES = [
  { path: "/", view: home, action: "index" },
  { path: "/other", view: other },
  { path: "/admin", view: admin, liveSession: "admin" },
  { path: "/go/:where", view: crossroads },
] as const;
