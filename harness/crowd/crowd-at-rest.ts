import type { RecordedViewer } from "../core/recording.ts";
import { editsMessages } from "../core/step.ts";
import type { Clock } from "../core/units.ts";
import { type Checkpoint, checkViewers, type Twin, type Viewer } from "../oracle/check-viewers.ts";
import type { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { ViewerCursor } from "../oracle/viewer-cursor.ts";
import { accountOf } from "./accounts.ts";
import { type Attendance, checkPages } from "./check-pages.ts";
import type { CheckOrder, CrowdSetup } from "./crowd-orders.ts";
import { Divergences } from "./divergences.ts";
import type { FrameHistory, UserFrames } from "./frame-history.ts";
import type { Member } from "./member.ts";
import type { RunRecorder } from "./recorder.ts";

/** What a crowd is looked at with. */
export interface AtRestOptions {
  readonly setup: Pick<CrowdSetup, "scenario" | "mode" | "accounts">;
  readonly members: readonly Member[];
  readonly deliveries: DeliveryLedger;
  readonly recorder: RunRecorder;
  readonly history: FrameHistory;
  /** By the users' names. */
  readonly framesOf: ReadonlyMap<string, UserFrames>;
  /** Null where nobody knows what is stored. */
  readonly database: ReferenceDatabase | null;
  readonly clock: Clock;
}

/** The users of a crowd when nothing is on its way to them: what they see, and whether that is right. */
export class CrowdAtRest {
  readonly #options: AtRestOptions;
  readonly #divergences: Divergences;

  constructor(options: AtRestOptions) {
    this.#options = options;
    const { setup, framesOf } = options;
    this.#divergences = new Divergences(setup.scenario.site.list, (who) => framesOf.get(who)?.kept() ?? null);
  }

  /** Checks everybody: what was delivered, of the sends of all processes, each list against the database, and each page. */
  async check({ step, attendance, ...made }: CheckOrder): Promise<void> {
    const { setup, members, database, clock, history, deliveries, recorder } = this.#options;
    const at = { mode: setup.mode, step };
    const { checks } = recorder;
    // What somebody sees says more of what went wrong than what was delivered, so it is told first.
    if (database !== null) await checkViewers(database, this.viewers, at, checks, this.#divergences.explain);
    this.#recordViolators(at);
    history.startAnew(clock());
    deliveries.settle({ checkpoint: at, checks, ...made });
    const { site, steps } = setup.scenario;
    checkPages(members, { site, edits: editsMessages(steps), at, attendance, checks, nowUs: clock() });
  }

  /** The frames of those are kept too whose list is right now, and was not in between. */
  #recordViolators(at: Checkpoint): void {
    const { failures } = this.#options.recorder.checks.checks();
    for (const { kind, step, who } of failures) {
      if (kind !== "frame-invariant" || step !== at.step || !this.#divergences.isFirst(who)) continue;
      const viewer = this.viewers.find((one) => one.who === who);
      if (viewer === undefined) continue;
      this.#divergences.explain({ kind, viewer, expected: viewer.list, at, difference: null });
    }
  }

  /** What was kept of users who saw something wrong, since this was asked last. */
  takeRecordings(): RecordedViewer[] {
    return this.#divergences.takeRecordings();
  }

  /** Those who are there, and what they see. */
  get viewers(): Viewer[] {
    return this.#options.members.flatMap((member) => member.viewer() ?? []);
  }

  /** Who is in which room. */
  get attendance(): readonly Attendance[] {
    const { members, setup } = this.#options;
    return members
      .filter(({ isPresent }) => isPresent)
      .map(({ number, roomId, isTyping }) => ({
        name: accountOf(setup.accounts, number).name,
        roomId,
        isTyping,
      }));
  }

  /** What one of the users sees who has loaded as much; null where there is none. */
  twinOf({ roomId, oldestId }: ViewerCursor): Twin | null {
    const there = this.#options.members.filter((member) => member.isPresent && member.roomId === roomId);
    // Where no database tells who has loaded as much: the witness has done what a Chrome does.
    const twin = there
      .filter(({ isWitness }) => oldestId !== null || isWitness)
      .flatMap((member) => member.viewer() ?? [])
      .find(({ cursor }) => cursor.oldestId === oldestId);
    return twin === undefined ? null : { who: twin.who, list: twin.list };
  }

  /** The most items of the list that one of the users sees. */
  get mostItems(): number {
    return Math.max(0, ...this.viewers.map(({ list }) => list.length));
  }

  /** The most elements of the list that one of the users holds and does not see. */
  get mostHidden(): number {
    return Math.max(0, ...this.#options.members.map(({ user }) => user.page?.hiddenCount ?? 0));
  }
}
