import { onTestFinished } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import type { FrameReport } from "../../../harness/user/frame-report.ts";
import { Population } from "../../../harness/user/population.ts";
import type { RecoveryOptions } from "../../../harness/user/recovery.ts";
import { SimulatedUser, type UserDown } from "../../../harness/user/simulated-user.ts";
import { RecordedServer, type Script } from "./recorded-server.ts";

/** A frame that a client sent, taken apart. */
export interface Sent {
  readonly joinRef: string | null;
  readonly ref: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: Payload;
}

/** What the tests look at in payloads. */
export interface Payload {
  readonly url?: string;
  readonly redirect?: string;
  readonly params?: Record<string, unknown>;
  readonly session?: string;
  readonly static?: string | null;
  readonly flash?: string;
  readonly sticky?: boolean;
  readonly event?: string;
  readonly cids?: readonly number[];
}

/** How a site answers one frame: a response, none, an error, other frames, or the end of the socket. */
export type Says =
  | { readonly ok: object }
  | { readonly error: object }
  | { readonly frames: readonly (readonly [event: string, payload: object])[] }
  | { readonly close: number }
  | null;

/** What a site says to a frame, by `topic event`; `nth` counts the frames of that kind, from 1. */
export type Manners = Readonly<Record<string, (sent: Sent, nth: number) => Says>>;

/** A site in a test. */
export interface Site extends Pick<Script, "redirects" | "accepts"> {
  readonly pages: Script["pages"];
  readonly manners: Manners;
}

/** The head of every page. */
export const HEAD = '<meta name="csrf-token" content="token">';

/** The element of a main view, with what it rendered over HTTP. */
export const mainElement = (inner = "", session = "s-main") =>
  `${HEAD}<div id="main" data-phx-main data-phx-session="${session}" data-phx-static="f-main">${inner}</div>`;

/** What a view says to a join: this tree. */
export const renders = (tree: object): Says => ({ ok: { rendered: tree } });

/** A tree with a list of these words, and a slot before it. */
export function listTree(words: readonly string[], before: unknown = ""): object {
  const entries = { ...words.map((word) => ({ 0: word, 1: word })), kc: words.length };
  const inserts = words.map((id) => [id, -1, null, false]).reverse();
  const list = { s: ['<p id="', '">', "</p>"], k: entries, stream: ["0", inserts, []] };
  return { s: ["", '<div id="messages" phx-update="stream">', "</div>"], 0: before, 1: list };
}

/** A diff of {@link listTree} that adds words at the end. */
export function adds(...words: readonly string[]): object {
  const entries = { ...words.map((word) => ({ 0: word, 1: word })), kc: words.length };
  const inserts = words.map((id) => [id, -1, null, false]).reverse();
  return { 1: { s: ['<p id="', '">', "</p>"], k: entries, stream: ["0", inserts, []] } };
}

/** The container of a view within another one's HTML. */
export const container = (id: string, parent: string | null, session = `s-${id}`) =>
  `<div id="${id}" data-phx-session="${session}" data-phx-static="" ${
    parent === null ? "data-phx-sticky" : `data-phx-parent-id="${parent}"`
  }></div>`;

/** A user on a site, with a clock and timers that go when they are told to. */
export async function visit(site: Site, options: RecoveryOptions & { random?: () => number } = {}) {
  const { random, ...recovery } = options;
  const counts = new Map<string, number>();
  const answer: Script["answer"] = ([joinRef, ref, topic, event, payload]) => {
    const key = `${topic} ${event}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const sent = { joinRef, ref, topic, event, payload: payload as Payload };
    const says = (site.manners[key] ?? usual[event] ?? (() => null))(sent, nth);
    if (says === null) return [];
    if ("close" in says) return says;
    const frame = (frameRef: string | null, name: string, body: object) =>
      JSON.stringify([joinRef, frameRef, topic, name, body]);
    if ("frames" in says) return says.frames.map(([name, body]) => frame(null, name, body));
    const reply =
      "ok" in says ? { status: "ok", response: says.ok } : { status: "error", response: says.error };
    const closes = event === "phx_leave" ? [frame(joinRef, "phx_close", {})] : [];
    return [...closes, frame(ref, "phx_reply", reply)];
  };
  const server = new RecordedServer({ ...site, answer });
  const baseUrl = await server.listen();
  let now = 0;
  let tick = () => {};
  const alarms = new Set<{ readonly ms: number; readonly run: () => void }>();
  const waited: number[] = [];
  const population = new Population({
    baseUrl,
    list: "#messages",
    fields: {},
    clock: (): Micros => micros(++now),
    every: (_ms, callback) => {
      tick = callback;
      return () => {};
    },
    after: (ms, run) => {
      const alarm = { ms, run };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    ...(random === undefined ? {} : { random }),
  });
  const reports: FrameReport[] = [];
  const downs: UserDown[] = [];
  const user = new SimulatedUser(population, {
    name: "ann",
    onFrame: (report) => reports.push(report),
    onDown: (down) => downs.push(down),
    ...recovery,
  });
  onTestFinished(async () => {
    await user.close();
    population.close();
    await server[Symbol.asyncDispose]();
  });
  return {
    server,
    user,
    reports,
    downs,
    baseUrl,
    alarms,
    /** How long the user has waited before he tried again, in milliseconds. */
    waited,
    /** Mounts the page at `/` and connects. */
    connect: async (path = "/") => {
      await user.mount(path);
      await user.connect();
    },
    /** Waits until the user waits for something, and lets that time pass. */
    ring: async () => {
      await until(() => alarms.size > 0);
      for (const alarm of [...alarms]) {
        alarms.delete(alarm);
        waited.push(alarm.ms);
        alarm.run();
      }
    },
    passSeconds: (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        now += 1_000_000;
        tick();
      }
    },
    /** The frames that the server got, taken apart. */
    sent: () => server.frames.map(takeApart),
    /** The frames that the server got, as `topic event`. */
    said: () => server.frames.map(takeApart).map(({ topic, event }) => `${topic} ${event}`),
    /** The ids of the list's items. */
    ids: () => user.items.map(({ id }) => id).join(" "),
  };
}

/** Resolves as soon as it is so. What never comes is ended by the test's own timeout. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const usual: Manners = {
  phx_leave: () => ({ ok: {} }),
  heartbeat: () => ({ ok: {} }),
  event: () => ({ ok: {} }),
};

function takeApart(text: string): Sent {
  const [joinRef, ref, topic, event, payload] = JSON.parse(text);
  return { joinRef, ref, topic, event, payload };
}
