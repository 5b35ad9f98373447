import type { ChromePage } from "../browser/chrome-page.ts";
import type { Chrome } from "../browser/launch.ts";
import type { TimedSocketFrame } from "../browser/socket-traffic.ts";
import type { TracedOperation, TraceLine } from "../core/trace.ts";
import { type Clock, type Micros, micros, msFromMicros } from "../core/units.ts";
import { isJsonObject } from "../protocol/json.ts";
import { EVENT, SOCKET_TOPIC } from "../protocol/wire-keys.ts";
import type { KnownSources } from "./known-sources.ts";
import { PageTrace } from "./page-trace.ts";

/** What a page is traced with. */
export interface TracedPageOptions {
  readonly chrome: Chrome;
  /** Whether a person has a window to act in. */
  readonly isVisible: boolean;
  /** CSS selector of the page's list. Absent: it is looked for. */
  readonly list?: string;
  readonly sources: KnownSources;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  /** Told of each line when it is complete. */
  readonly onLine: (line: TraceLine) => void;
}

/** So long nothing comes any more before the next thing is done. */
const QUIET_US = micros(250_000);
/** So long it is waited for, where pages never rest. */
const PATIENCE_US = micros(5_000_000);
const POLL_US = micros(20_000);

/** A page in Chrome of which each operation is told when it is complete. */
export class TracedPage {
  readonly #options: TracedPageOptions;
  readonly #trace: PageTrace;
  readonly #beganUs: Micros;
  #lastUs: Micros;
  /** By how much the trace's clock is ahead of Chrome's; null before the first frame. */
  #aheadMs: number | null = null;
  #isPolling = false;
  #page: ChromePage | null = null;
  /** Settles when all that came so far has been told. Frames wait where their templates are asked for. */
  #told: Promise<void> = Promise.resolve();

  private constructor(options: TracedPageOptions) {
    const { sources, list, clock } = options;
    this.#options = options;
    this.#trace = new PageTrace({ sourceOf: sources.of, ...(list !== undefined && { list }) });
    this.#beganUs = clock();
    this.#lastUs = this.#beganUs;
  }

  /** Opens an empty page, in a window of its own where somebody is to see it. */
  static async open(options: TracedPageOptions): Promise<TracedPage> {
    const traced = new TracedPage(options);
    traced.#page = await options.chrome.openPage({
      name: "the traced page",
      viewport: options.isVisible ? "window" : { width: 1280, height: 800 },
      onFrame: (frame) => traced.#take(frame),
      onSocketClosed: (socket) => traced.#inTurn(() => traced.#tell(traced.#trace.closed(socket))),
      onLongPoll: () => traced.#polls(),
    });
    return traced;
  }

  /** To act on it. */
  get page(): ChromePage {
    if (this.#page === null) throw new Error("it is opened by open");
    return this.#page;
  }

  /** Something that is worth knowing. */
  note(text: string): void {
    this.#options.onLine({ kind: "note", atMs: this.#sinceMs(), text });
  }

  /** Resolves when what was done has been answered, and nothing more comes of it; in five seconds at the latest. */
  async settled(signal: AbortSignal): Promise<void> {
    const { clock, sleep } = this.#options;
    const startUs = clock();
    for (;;) {
      const nowUs = clock();
      const isQuiet = this.#trace.waiting === 0 && nowUs - Math.max(this.#lastUs, startUs) >= QUIET_US;
      if (signal.aborted || isQuiet || nowUs - startUs >= PATIENCE_US) break;
      await sleep(POLL_US, signal);
    }
    await this.#told;
  }

  /** Tells what was not answered, and the totals. */
  async finish(): Promise<void> {
    await this.#told;
    this.#tell(this.#trace.finish());
    const { webSockets } = this.page.traffic();
    this.#options.onLine({ kind: "totals", lastedMs: this.#sinceMs(), ...this.#trace.totals(), webSockets });
  }

  #take(frame: TimedSocketFrame): void {
    this.#aheadMs ??= this.#sinceMs() - frame.chromeMs;
    const atMs = hundredths(frame.chromeMs + this.#aheadMs);
    if (!isHeartbeat(frame)) this.#lastUs = this.#options.clock();
    this.#inTurn(async () => {
      const address = addressJoined(frame);
      if (address !== null) await this.#options.sources.learn(new URL(address, this.page.url).href);
      this.#tell(this.#trace.take({ ...frame, atMs }));
    });
  }

  #polls(): void {
    if (!this.#isPolling)
      this.note("The page polls for messages (longpoll) where it gets no WebSocket: these are not seen.");
    this.#isPolling = true;
  }

  #inTurn(act: () => Promise<void> | void): void {
    this.#told = this.#told.then(act);
  }

  #tell(operations: readonly TracedOperation[]): void {
    for (const operation of operations) this.#options.onLine(operation);
  }

  #sinceMs(): number {
    return hundredths(msFromMicros(micros(this.#options.clock() - this.#beganUs)));
  }
}

const HEARTBEAT = new RegExp(`^\\[[^,]*,[^,]*,"${SOCKET_TOPIC}"`);
const isHeartbeat = ({ text }: TimedSocketFrame): boolean => HEARTBEAT.test(text);

/** The address of the page that a frame joins; null for any other frame. */
function addressJoined({ direction, text }: TimedSocketFrame): string | null {
  if (direction === "received" || !text.includes(EVENT.join)) return null;
  const [, , , event, payload]: unknown[] = JSON.parse(text);
  if (event !== EVENT.join || !isJsonObject(payload)) return null;
  const address = payload.redirect ?? payload.url;
  return typeof address === "string" ? address : null;
}

/** Of a millisecond. */
const hundredths = (ms: number): number => Math.max(0, Math.round(ms * 100) / 100);
