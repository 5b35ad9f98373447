import { type Micros, micros } from "../core/units.ts";
import type { LivePage } from "../page/live-page.ts";
import type { ShownPage } from "../page/shown-page.ts";
import type { Frame } from "../protocol/frame-decoder.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import type { FrameKeeper } from "../user/frame-keeper.ts";
import type { ReceivedFrame } from "../user/socket-owner.ts";
import type { View } from "../user/view.ts";
import { FrameIndex } from "./frame-index.ts";

/** The page on which the first of the kept frames came. */
export interface KeptBase {
  readonly after: "join" | "checkpoint";
  readonly atUs: Micros;
  readonly viewId: string;
  readonly shown: ShownPage;
}

/** A frame that changed what a view has rendered, or that came with something else for it. */
export interface KeptFrame {
  readonly event: "diff" | "phx_reply";
  readonly payloadText: string;
  readonly receivedUs: Micros;
}

/** What one viewer was sent since his list was known to be right. */
export interface KeptFrames {
  readonly base: KeptBase;
  readonly frames: readonly KeptFrame[];
  /** Why those that came later are not there; null where all are. */
  readonly cutOff: string | null;
}

/** How much of everything is kept. */
export interface HistoryLimits {
  /** Of payloads, all users together, in UTF-16 units. */
  readonly text: number;
  /** Of what says who got which payload when, all users together, in bytes. */
  readonly index: number;
}

const LIMITS: HistoryLimits = { text: 4_000_000, index: 2_000_000 };
/** What each user may have of the index, however many there are. */
const LEAST_INDEX = 128;
/** Payloads that are looked for among the last ones: users of a room get the same, one soon after the other. */
const LATE = 32;

/**
 * The frames of all users of a process since everybody was checked last, so that of those who saw something wrong it can be
 * told which frame did it. A payload is kept once, whoever got it; of a user only which ones he got, and when. Bounded in
 * total: what comes beyond is not kept, and that is said.
 */
export class FrameHistory {
  readonly #limits: HistoryLimits;
  readonly #indexBytes: number;
  readonly #users: UserFrames[] = [];
  #payloads: { readonly event: KeptFrame["event"]; readonly payloadText: string }[] = [];
  #text = 0;
  readonly #late: (object | null)[] = new Array(LATE).fill(null);
  readonly #lateNumbers: number[] = new Array(LATE).fill(0);
  #lateAt = 0;
  /** The one that was asked for last, and its number: mostly it is the same again. */
  #last: object | null = null;
  #lastNumber = 0;

  /** @param users how many there will be */
  constructor(users: number, limits: HistoryLimits = LIMITS) {
    this.#limits = limits;
    this.#indexBytes = Math.max(LEAST_INDEX, Math.floor(limits.index / Math.max(1, users)));
  }

  /** What keeps the frames of one user more. */
  add(): UserFrames {
    const user = new UserFrames(this, this.#indexBytes);
    this.#users.push(user);
    return user;
  }

  /** Everybody was checked: what came before is forgotten, and users go on from what they see now. */
  startAnew(atUs: Micros): void {
    this.#payloads = [];
    this.#text = 0;
    this.#late.fill(null);
    this.#last = null;
    for (const user of this.#users) user.startAnew(atUs);
  }

  /** The number of a payload; -1 where there is no room for it. */
  numberOf(content: object, event: KeptFrame["event"], payloadText: string): number {
    if (content !== this.#last) {
      this.#lastNumber = this.#find(content, event, payloadText);
      this.#last = content;
    }
    return this.#lastNumber;
  }

  /** The payload with a number. */
  payload(number: number): Omit<KeptFrame, "receivedUs"> {
    const payload = this.#payloads[number];
    if (payload === undefined) throw new RangeError(`there is no payload ${number}`);
    return payload;
  }

  #find(content: object, event: KeptFrame["event"], payloadText: string): number {
    const known = this.#late.indexOf(content);
    if (known !== -1) return this.#lateNumbers[known] ?? -1;
    if (this.#text + payloadText.length > this.#limits.text) return -1;
    this.#text += payloadText.length;
    const number = this.#payloads.push({ event, payloadText }) - 1;
    this.#late[this.#lateAt] = content;
    this.#lateNumbers[this.#lateAt] = number;
    this.#lateAt = (this.#lateAt + 1) % LATE;
    return number;
  }
}

/** The frames of one user: see {@link FrameHistory}. */
export class UserFrames implements FrameKeeper {
  readonly #history: FrameHistory;
  readonly #indexBytes: number;
  /** Made with his first frame: many users of a run only join. */
  #index: FrameIndex | null = null;
  #base: KeptBase | null = null;
  #page: LivePage | null = null;
  #isCut = false;

  constructor(history: FrameHistory, indexBytes: number) {
    this.#history = history;
    this.#indexBytes = indexBytes;
  }

  take({ frame, channel, outputs, receivedAt }: ReceivedFrame, lister: View | null): void {
    if (lister === null || lister.channel !== channel || lister.page === null) return;
    if (outputs[0]?.kind === "joined") this.#begin("join", lister.page, lister.id, receivedAt);
    else if (!this.#isCut) this.#add(frame, receivedAt);
  }

  /** He goes on from what he sees now. */
  startAnew(atUs: Micros): void {
    if (this.#base !== null && this.#page !== null)
      this.#begin("checkpoint", this.#page, this.#base.viewId, atUs);
  }

  /** What was kept; null where he has not joined. */
  kept(): KeptFrames | null {
    if (this.#base === null) return null;
    const { atUs } = this.#base;
    const index = this.#index?.read(atUs) ?? [];
    const frames = index.map(({ number, atUs: receivedUs }) => ({
      ...this.#history.payload(number),
      receivedUs,
    }));
    const cutOff = this.#isCut
      ? `only the first ${frames.length} frames after it were kept: there were too many`
      : null;
    return { base: this.#base, frames, cutOff };
  }

  #begin(after: KeptBase["after"], page: LivePage, viewId: string, atUs: Micros): void {
    this.#page = page;
    this.#base = { after, atUs, viewId, shown: page.shown };
    this.#index?.clear(atUs);
    this.#isCut = false;
  }

  #indexFrom(): FrameIndex {
    if (this.#index !== null) return this.#index;
    this.#index = new FrameIndex(this.#indexBytes);
    this.#index.clear(this.#base?.atUs ?? micros(0));
    return this.#index;
  }

  #add(frame: Frame, receivedUs: Micros): void {
    const content = changeIn(frame);
    if (content === null) return;
    const event = frame.kind === "diff" ? EVENT.diff : EVENT.reply;
    const number = this.#history.numberOf(content, event, frame.payloadText);
    this.#isCut = number === -1 || !this.#indexFrom().add(number, receivedUs);
  }
}

/** What a frame may change: the same object for all who were sent the same; null for an answer without a diff. */
function changeIn(frame: Frame): object | null {
  if (frame.kind === "diff") return frame.diff;
  return frame.kind === "reply" && frame.reply.diff !== null ? frame.reply : null;
}
