import { expect } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { ListItem } from "../../harness/core/list-item.ts";
import { EVENT } from "../../harness/protocol/wire-keys.ts";
import type { ReplayServer, WireFrame } from "../../harness/replay/replay-server.ts";
import { RECORDED_LIST } from "./recorded-user.ts";

/** A page of a replay server in Chrome, whose client takes a recording. */
export class ReplayedClient {
  readonly #server: ReplayServer;
  readonly #page: ChromePage;
  /** The refs of this client, by the recorded ones. */
  readonly #refs = new Map<string | null, string | null>([[null, null]]);
  #topic = "";
  #position = 0;

  constructor(server: ReplayServer, page: ChromePage) {
    this.#server = server;
    this.#page = page;
  }

  /** Has the page push what was pushed; the join it pushes by itself. */
  async push([, recordedRef, , event, payload]: WireFrame): Promise<void> {
    if (event !== EVENT.join) await this.#call("push", [event, payload]);
    const [, ref, topic, pushedEvent, pushedPayload] = await this.#server.nextPush();
    expect(pushedEvent).toBe(event);
    if (event !== EVENT.join) expect(pushedPayload).toEqual(payload);
    this.#topic = topic;
    this.#refs.set(recordedRef, ref);
  }

  /** Says a recorded frame, with the refs and the topic of this client, and resolves when it was taken. */
  async receive([joinRef, ref, , event, payload]: WireFrame): Promise<void> {
    this.#server.send([this.#ref(joinRef), this.#ref(ref), this.#topic, event, payload]);
    this.#position += 1;
    this.#server.send([null, null, "replay", "reached", { position: this.#position }]);
    await this.#call("settled", [this.#position]);
  }

  items(): Promise<readonly ListItem[]> {
    return this.#page.readList({ container: RECORDED_LIST.list, fields: RECORDED_LIST.fields });
  }

  /** The page's title, which the client sets in the next animation frame. */
  title(): Promise<string> {
    return this.#call("title", [], "__replayHtml");
  }

  /** The view's HTML, as {@link normalise}. */
  html(leftOut: string | null = null): Promise<string> {
    return this.#call("html", [leftOut], "__replayHtml");
  }

  /** HTML as Chrome writes it, without what the client adds for itself, and what a selector finds. */
  normalise(html: string, leftOut: string | null = null): Promise<string> {
    return this.#call("normalise", [html, leftOut], "__replayHtml");
  }

  #ref(recorded: string | null): string | null {
    const ref = this.#refs.get(recorded);
    if (ref === undefined) throw new Error(`the recording answers ref ${recorded}, which it never pushed`);
    return ref;
  }

  /** Calls a function of `replay-page.js`, or of `replay-html.js`. */
  async #call(name: string, args: readonly unknown[], script = "__replay"): Promise<string> {
    const call = `${script}.${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    return String(await this.#page.evaluate(call));
  }
}
