import { expect, test } from "vitest";
import { RANDOM_IDENTIFIERS } from "../../../reference-server/identifiers.ts";
import { json } from "../../../reference-server/live/json.ts";
import { defineLiveComponent, live } from "../../../reference-server/live/live-component.ts";
import { createRouter } from "../../../reference-server/live/router.ts";
import { html } from "../../../reference-server/live/template.ts";
import { TokenSigner } from "../../../reference-server/live/token.ts";
import { defineView } from "../../../reference-server/live/view.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import type { Answer } from "../../../reference-server/live/view-start.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

interface Clicks {
  readonly myself: number;
  readonly clicks: number;
}

const button = defineLiveComponent<Clicks, object>({
  name: "button",
  mount: (socket) => void socket.assign({ clicks: 0 }),
  handleEvent(socket, { name }) {
    socket.assign({ clicks: socket.assigns.clicks + 1 });
    if (name === "patch")
      socket.pushEvent("patching", {}).putFlash("info", "by the button").pushPatch("/?a=2");
    if (name === "leave") socket.redirect({ to: "/other" });
  },
  render: ({ clicks }) => html`<button>${clicks}</button>`,
});

interface Page {
  readonly query: string;
  readonly said: string;
}

const page = defineView<Page, never>({
  name: "page",
  mount: () => undefined,
  handleParams: (socket, _params, uri) => socket.assign({ query: uri.search, said: socket.flash.info ?? "" }),
  render: ({ query, said }) => html`<p>${query}${said}</p>${live(button, { id: "button" })}`,
});

async function joined() {
  const sent: unknown[] = [];
  const router = createRouter([{ path: "/", view: page }]);
  const signer = new TokenSigner({ secret: "a secret", nowMs: () => 0 });
  const site = {
    router,
    signer,
    liveSession: "default",
    routed: true,
    identifiers: RANDOM_IDENTIFIERS,
    rootView: "page",
  };
  const process = new ViewProcess(
    { view: page, params: {}, session: {}, uri: new URL("http://chat/?a=1"), site },
    new PubSub(),
    {
      diff: (diff) => sent.push(diff),
      navigate: (event, payload) => sent.push([event, payload]),
      closed: () => sent.push("closed"),
      crashed: (error) => sent.push(error),
    },
  );
  await new Promise<Answer>((answer) => process.join(answer));
  const event = async (name: string) => {
    const clicked = { type: "other", name, value: {} } as const;
    await new Promise<void>((resolve) => {
      process.event(clicked, 1, (answer) => {
        sent.push(answer);
        resolve();
      });
    });
    return sent;
  };
  return { event };
}

test("a live component patches the address of its view, after what it changed itself", async () => {
  const { event } = await joined();
  expect(await event("patch")).toEqual([
    json({ c: { "1": { "0": "1" } }, e: [["patching", {}]] }),
    ["live_patch", { kind: "push", to: "/?a=2" }],
    { kind: "rendered", diff: json({ "0": "?a=2", "1": "by the button" }) },
  ]);
  expect((await event("stay")).slice(3)).toEqual([
    { kind: "rendered", diff: json({ c: { "1": { "0": "2" } } }) },
  ]);
});

test("a live component sends its view elsewhere, after what it changed itself", async () => {
  const { event } = await joined();
  expect(await event("leave")).toEqual([
    json({ c: { "1": { "0": "1" } } }),
    { kind: "redirect", payload: { to: "/other", status: 302 } },
    "closed",
  ]);
});
