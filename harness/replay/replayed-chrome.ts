import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ChromePage } from "../browser/chrome-page.ts";
import type { Chrome } from "../browser/launch.ts";
import { BenchError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import type { RecordedViewer } from "../core/recording.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import { ReplayServer, type WireFrame } from "./replay-server.ts";

const PHOENIX = packageFolder("phoenix");
const LIVE_VIEW = packageFolder("phoenix_live_view");

/** What drives the client on a replay server's page. */
export const REPLAY_SCRIPT = fileURLToPath(new URL("replay-page.js", import.meta.url));

/** The official client of a package of LiveView's, and what drives it. */
export const replayScripts = (liveView = LIVE_VIEW): string[] => [
  join(PHOENIX, "priv/static/phoenix.min.js"),
  join(liveView, "priv/static/phoenix_live_view.min.js"),
  REPLAY_SCRIPT,
];

const SCRIPTS = replayScripts();
const { version: VERSION } = JSON.parse(readFileSync(join(LIVE_VIEW, "package.json"), "utf8")) as {
  version: string;
};
/** The topic and the event that say how far the page is. */
const MARKER = "replay";
/** The event that is pushed to be answered. */
const ASKED = "replayed";
/** How long the DOM may take to be as it is expected: elements may go with a transition. */
const PATIENCE_MS = 1000;
/** The same for one that was not the last time. */
const DOUBT_MS = 50;

/** A page in Chrome whose official client takes recorded frames, one by one. */
export class ReplayedChrome implements AsyncDisposable {
  readonly #server: ReplayServer;
  readonly #page: ChromePage;
  readonly #list: RecordedViewer["list"];
  #joinRef: string | null = null;
  #topic = "";
  #position = 0;
  #wasAsExpected = true;

  private constructor(server: ReplayServer, page: ChromePage, list: RecordedViewer["list"]) {
    this.#server = server;
    this.#page = page;
    this.#list = list;
  }

  /** Opens a page, and has it join what the recording begins with. */
  static async open(chrome: Chrome, { who, base, list }: RecordedViewer): Promise<ReplayedChrome> {
    const server = new ReplayServer({ viewId: base.viewId, scripts: SCRIPTS });
    const origin = await server.listen();
    const page = await chrome.openPage({ name: `the replay of ${who}` });
    const replayed = new ReplayedChrome(server, page, list);
    try {
      await page.goto(`${origin}/`);
      await replayed.#join(base);
      return replayed;
    } catch (error) {
      await replayed[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Gives it the next frame, and resolves when it was taken. */
  async take({
    event,
    payloadText,
  }: Pick<RecordedViewer["frames"][number], "event" | "payloadText">): Promise<void> {
    const ref = event === EVENT.reply ? await this.#asked() : null;
    await this.#say(ref, event, payloadText);
  }

  /** The list, once it is as it should be by another reader, or it is clear that it will not be. */
  async list(isExpected: (items: readonly ListItem[]) => boolean): Promise<readonly ListItem[]> {
    const patienceMs = this.#wasAsExpected ? PATIENCE_MS : DOUBT_MS;
    const items = await this.#page
      .waitForList(this.#list, isExpected, "show what is expected", patienceMs)
      .catch((error: unknown) => {
        if (error instanceof BenchError) return null;
        throw error;
      });
    this.#wasAsExpected = items !== null;
    return items ?? this.#page.readList(this.#list);
  }

  /** What the client has complained of so far. */
  get problems(): readonly string[] {
    return this.#page.problems().map(({ kind, text }) => `${kind}: ${text}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#page.close();
    await this.#server[Symbol.asyncDispose]();
  }

  async #join({ rendered, diffs }: RecordedViewer["base"]): Promise<void> {
    const [joinRef, ref, topic] = await this.#pushed(EVENT.join);
    this.#joinRef = joinRef;
    this.#topic = topic;
    const answer = { status: "ok", response: { rendered, liveview_version: VERSION } };
    await this.#say(ref, EVENT.reply, JSON.stringify(answer));
    for (const diff of diffs) await this.#say(null, EVENT.diff, JSON.stringify(diff));
  }

  /** The ref of a push that waits for an answer. */
  async #asked(): Promise<string | null> {
    await this.#page.evaluate(`__replay.push(${JSON.stringify(ASKED)}, {})`);
    const [, ref] = await this.#pushed(ASKED);
    return ref;
  }

  /** The next push of an event. What the page pushes by itself before is answered, so that it does not wait. */
  async #pushed(event: string): Promise<WireFrame> {
    for (;;) {
      const frame = await this.#server.nextPush();
      const [joinRef, ref, topic, pushed, payload] = frame;
      if (pushed === event) return frame;
      const response = pushed === EVENT.cidsDestroyed ? payload : {};
      this.#server.send([joinRef, ref, topic, EVENT.reply, { status: "ok", response }]);
    }
  }

  async #say(ref: string | null, event: string, payloadText: string): Promise<void> {
    const envelope = JSON.stringify([this.#joinRef, ref, this.#topic, event]).slice(0, -1);
    this.#server.sendText(`${envelope},${payloadText}]`);
    this.#position += 1;
    this.#server.send([null, null, MARKER, "reached", { position: this.#position }]);
    await this.#page.evaluate(`__replay.settled(${this.#position})`);
  }
}

function packageFolder(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined)
    throw new BenchError(`package ${name} is not installed`, { code: "no-package" });
  return dirname(description);
}
