import { type Micros, micros } from "../core/units.ts";
import type { Viewer } from "../oracle/check-viewers.ts";
import type { MessageHistory } from "../oracle/reference-database.ts";
import { cursorAfterPage, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { type InTurn, turns } from "./turns.ts";

/** A simulated user in a room, and how far back he should see. */
export class Member {
  readonly user: SimulatedUser;
  readonly roomId: number;
  /** Acts once what he began before is over, as a person does. */
  readonly inTurn: InTurn = turns();
  #cursor: ViewerCursor;

  constructor(user: SimulatedUser, cursor: ViewerCursor) {
    this.user = user;
    this.roomId = cursor.roomId;
    this.#cursor = cursor;
  }

  /** What he sees now, and what he should have loaded. */
  viewer(): Viewer {
    return { kind: "user", who: this.user.name, cursor: this.#cursor, list: this.user.items };
  }

  /** Loads a page of history, and gives the time that it took until the page was merged. */
  async loadPage(database: MessageHistory | null): Promise<Micros | null> {
    const expected = await cursorAfterPage(database, this.#cursor);
    const result = await this.user.loadMore();
    this.#cursor = expected;
    return result && micros(result.repliedAt - result.sentAt);
  }
}
