import { type Micros, micros } from "../core/units.ts";
import type { Viewer } from "../oracle/check-viewers.ts";
import { messageIdOf } from "../oracle/expected-window.ts";
import type { MessageHistory } from "../oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { type InTurn, turns } from "./turns.ts";

/** What a member's list is reckoned from. */
export interface Reckoning {
  /** Null where the database is not known: then nobody can say what a member should see. */
  readonly history: MessageHistory | null;
  readonly pageSize: number;
  /** See `ViewerCursor`. */
  readonly limit: number | null;
}

/** The number of the one user in a run who only looks on. */
export const WITNESS = 0;

/** A simulated user, the room where he is, and how far back he should see. */
export class Member {
  /** From 0, over all processes. */
  readonly number: number;
  /** From 0, among those of its process: its number in the ledger of deliveries. */
  readonly receiver: number;
  readonly user: SimulatedUser;
  /** Acts once what he began before is over, as a person does. */
  readonly inTurn: InTurn = turns();
  /** Whether he looks on and never acts, so that what he gets is what one gets who has no part in it. */
  readonly isWitness: boolean;
  roomId: number;
  /** Whether he is in the room, and can act. */
  isPresent = false;
  /** Whether he has opened the form that changes a message, and not sent it. */
  isEditing = false;
  /** Whether he has begun a message, and not sent it. */
  isTyping = false;
  #cursor: ViewerCursor | null = null;

  constructor({ number, receiver, user, roomId }: Pick<Member, "number" | "receiver" | "user" | "roomId">) {
    this.number = number;
    this.isWitness = number === WITNESS;
    this.receiver = receiver;
    this.user = user;
    this.roomId = roomId;
  }

  /** What he sees now, and what he should have loaded; null where he is away. */
  viewer(): Viewer | null {
    if (this.#cursor === null || !this.isPresent) return null;
    return { kind: "user", who: this.user.name, cursor: this.#cursor, list: this.user.items };
  }

  /**
   * Comes to a room, by what `arrive` does, and reckons what he should see there: its last page. While messages fly that is
   * the page of some moment in between, and the first message that he shows says of which one.
   */
  async enter(roomId: number, reckoning: Reckoning, arrive: () => Promise<unknown>): Promise<void> {
    const { history } = reckoning;
    const at = (pageSize: number) => cursorAtMount(history, roomId, { ...reckoning, pageSize });
    const { pageSize } = reckoning;
    const [before, newestBefore] = [await at(pageSize), await at(1)];
    await arrive();
    this.roomId = roomId;
    this.isPresent = true;
    const [after, newestAfter] = [await at(pageSize), await at(1)];
    // Where messages came and others went meanwhile, the page may have begun further back than at both ends, by as many as
    // came, or further on, by as many as went: nobody knows how many those were.
    const came = Math.max(0, (newestAfter.oldestId ?? 0) - (newestBefore.oldestId ?? 0));
    const between = came === 0 ? [before, after] : [before, await at(pageSize + came), newestAfter];
    this.#cursor = this.#within(between, after);
  }

  /** Loads a page of history, and gives the time that it took until the page was merged; null where there was none. */
  async loadPage(history: MessageHistory | null): Promise<Micros | null> {
    const cursor = this.#cursor;
    const before = cursor && (await cursorAfterPage(history, cursor));
    const result = await this.user.loadMore();
    const after = cursor && (await cursorAfterPage(history, cursor));
    this.#cursor = before && after && this.#within([before, after], after);
    return result && micros(result.repliedAt - result.sentAt);
  }

  /** The cursor of the moment when the server looked, which lies among those that the harness knows. */
  #within(between: readonly ViewerCursor[], after: ViewerCursor): ViewerCursor {
    const ids = between.flatMap(({ oldestId }) => oldestId ?? []);
    const [least, most] = [Math.min(...ids), Math.max(...ids)];
    // Also where no database tells.
    if (least >= most) return after;
    const shown = messageIdOf(this.user.items[0]?.id ?? "");
    return shown !== undefined && shown >= least && shown <= most ? { ...after, oldestId: shown } : after;
  }
}
