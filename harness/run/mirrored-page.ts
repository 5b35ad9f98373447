import type { SocketFrame } from "../browser/socket-traffic.ts";
import { BenchError } from "../core/errors.ts";
import type { Clock, Micros } from "../core/units.ts";
import type { KeptBase, KeptFrame, KeptFrames } from "../crowd/frame-history.ts";
import { type AppendedIds, NONE_APPENDED } from "../page/append-rows.ts";
import type { Item } from "../page/item.ts";
import type { ListReader } from "../page/list-reader.ts";
import { LivePage } from "../page/live-page.ts";
import { type Channel, newChannel, step } from "../protocol/channel.ts";
import { type Frame, FrameDecoder } from "../protocol/frame-decoder.ts";
import { isJsonObject, type JsonObject } from "../protocol/json.ts";
import { EVENT, VIEW_TOPIC } from "../protocol/wire-keys.ts";

/** How much text of frames is kept of one Chrome from one check to the next, in UTF-16 units. */
const KEPT_TEXT = 4_000_000;
/** How much text may wait to be taken, in UTF-16 units. */
const WAITING_TEXT = 8_000_000;

/** One view of the mirrored page. */
interface MirroredView {
  channel: Channel;
  page: LivePage | null;
  /** What stands in containers that append when it is joined. */
  appended: AppendedIds;
}

type Caught = SocketFrame & { readonly atUs: Micros };

/**
 * The page of a simulated user that is given the very frames of a Chrome, from its join on, as they were caught on the
 * Chrome's own WebSockets. What the two show must be the same.
 */
export class MirroredPage {
  readonly #decoder = new FrameDecoder();
  readonly #reader: ListReader;
  readonly #clock: Clock;
  #waiting: Caught[] = [];
  #waitingText = 0;
  #atStart: AppendedIds = NONE_APPENDED;
  /** The WebSocket on which the page was joined last. */
  #socket: string | null = null;
  readonly #views = new Map<string, MirroredView>();
  #lister: string | null = null;
  #problem: BenchError | null = null;
  #base: KeptBase | null = null;
  #kept: KeptFrame[] = [];
  #keptText = 0;

  constructor(reader: ListReader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
  }

  /** Takes a frame of the Chrome. It is looked at when the page is asked for. */
  readonly take = (frame: SocketFrame): void => {
    this.#waiting.push({ ...frame, atUs: this.#clock() });
    this.#waitingText += frame.text.length;
    if (this.#waitingText > WAITING_TEXT) this.catchUp(this.#atStart);
  };

  /**
   * Brings the page up to date.
   *
   * @param atStart what stood in containers that append when the document was read
   */
  catchUp(atStart: AppendedIds): void {
    this.#atStart = atStart;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingText = 0;
    for (const frame of waiting) {
      if (this.#problem !== null) return;
      try {
        this.#follow(frame);
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        this.#problem = error;
      }
    }
  }

  /** Why a frame could not be taken, though the Chrome took it; null if all could. */
  get problem(): BenchError | null {
    return this.#problem;
  }

  /** The list as it is now; null where no view has joined that has it. */
  get items(): readonly Item[] | null {
    return this.#listingPage()?.items ?? null;
  }

  /** What came since everybody was checked last; null where no view has joined that has the list. */
  kept(): KeptFrames | null {
    if (this.#base === null) return null;
    const cutOff =
      this.#keptText > KEPT_TEXT ? `only the first ${this.#kept.length} frames after it were kept` : null;
    return { base: this.#base, frames: [...this.#kept], cutOff };
  }

  /** Everybody was checked: what came before is forgotten. */
  startAnew(): void {
    const page = this.#listingPage();
    if (page !== null && this.#lister !== null) this.#begin("checkpoint", this.#lister, page, this.#clock());
  }

  #listingPage(): LivePage | null {
    return this.#lister === null ? null : (this.#views.get(this.#lister)?.page ?? null);
  }

  #follow({ direction, socket, text, atUs }: Caught): void {
    if (direction === "sent") this.#sent(socket, text);
    else this.#received(text, atUs);
  }

  #sent(socket: string, text: string): void {
    const [, ref, topic, event, payload]: [unknown, string, string, string, unknown] = JSON.parse(text);
    if (!topic.startsWith(VIEW_TOPIC)) return;
    if (event === EVENT.join) return this.#joining(socket, topic, ref, isJsonObject(payload) ? payload : {});
    const view = this.#views.get(topic);
    if (view === undefined) return;
    const input = event === EVENT.leave ? ({ kind: "leave", ref } as const) : null;
    view.channel = step(view.channel, input ?? { kind: "push", ref, event, payload }).channel;
  }

  /** Source: `connectParams` in view.ts, which counts the joins of a document; `join` tells of a live redirect. */
  #joining(socket: string, topic: string, ref: string, payload: JsonObject): void {
    const { params, redirect } = payload;
    const isFirst = isJsonObject(params) && params._mounts === 0;
    if (isFirst && redirect === undefined && socket !== this.#socket) {
      // Another document.
      this.#views.clear();
      this.#lister = null;
    }
    this.#socket = socket;
    const former = this.#views.get(topic);
    const stays = former?.page?.appended ?? (isFirst ? this.#atStart : NONE_APPENDED);
    const appended = redirect === undefined ? stays : NONE_APPENDED;
    const { channel } = step(newChannel(topic, "view"), { kind: "join", ref, payload });
    this.#views.set(topic, { channel, page: former?.page ?? null, appended });
  }

  #received(text: string, atUs: Micros): void {
    const frame = this.#decoder.decode(text);
    const view = this.#views.get(frame.topic);
    if (view === undefined) return;
    const { channel, outputs } = step(view.channel, { kind: "frame", frame });
    view.channel = channel;
    for (const output of outputs) {
      if (output.kind === "joined") {
        view.page = new LivePage(this.#reader, output.rendered, "elsewhere", view.appended);
        this.#findLister(frame.topic, view.page);
        if (this.#lister === frame.topic) return this.#begin("join", frame.topic, view.page, atUs);
      }
      const diff = output.kind === "diff" ? output.diff : output.kind === "reply" ? output.reply.diff : null;
      if (diff === null || view.page === null) continue;
      view.page.apply(diff);
      if (this.#lister === frame.topic) this.#keep(frame, atUs);
      else this.#findLister(frame.topic, view.page);
    }
  }

  #findLister(topic: string, page: LivePage): void {
    if (this.#lister !== null && this.#lister !== topic && this.#listingPage()?.hasList === true) return;
    page.seekList();
    if (page.hasList) this.#lister = topic;
  }

  #begin(after: KeptBase["after"], topic: string, page: LivePage, atUs: Micros): void {
    this.#base = { after, atUs, viewId: topic.slice(VIEW_TOPIC.length), shown: page.shown };
    this.#kept = [];
    this.#keptText = 0;
  }

  #keep({ kind, payloadText }: Frame, receivedUs: Micros): void {
    this.#keptText += payloadText.length;
    if (this.#keptText > KEPT_TEXT) return;
    this.#kept.push({ event: kind === "diff" ? EVENT.diff : EVENT.reply, payloadText, receivedUs });
  }
}
