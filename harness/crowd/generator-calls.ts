import { BenchError } from "../core/errors.ts";
import { realClock, realSleep } from "../core/real-time.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import { HealthMonitor } from "../measure/health-monitor.ts";
import { ownMemory } from "../measure/own-memory.ts";
import { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { Send } from "../oracle/room-membership.ts";
import type { ViewerCursor } from "../oracle/viewer-cursor.ts";
import { trustCertificates } from "../user/trusted-certificates.ts";
import { Crowd } from "./crowd.ts";
import type {
  Aftermath,
  CheckOrder,
  CrowdEvent,
  CrowdSetup,
  CutOrder,
  Deletion,
  StepOrder,
} from "./crowd-orders.ts";
import type { ReportOrder } from "./recorder.ts";
import type { Starts } from "./starts.ts";

/** What a generator process has taken so far. */
export interface Usage {
  /** Processor time of all its threads, by itself and by the kernel for it. */
  readonly cpuUs: number;
  /** What the sockets of its crowd received, headers included. */
  readonly receivedBytes: number;
}

/** What a generator process can be asked for: one crowd after the other, from `open` to `close`. */
export type GeneratorCalls = ReturnType<typeof generatorCalls>;

/**
 * What a generator process does.
 *
 * @param tell takes what a crowd tells while it is at work
 */
export function generatorCalls(tell: (event: CrowdEvent) => void) {
  let offsetUs = 0;
  const clock: Clock = () => micros(realClock() + offsetUs);
  const starts: Starts = { made: 0, dropped: 0, late: 0, maxLateUs: 0 };
  const monitor = new HealthMonitor({ clock, starts: () => starts });
  const readMemory = ownMemory();
  let opened: { readonly crowd: Crowd; readonly database: ReferenceDatabase | null } | null = null;
  let aborting = new AbortController();
  let distrust = () => {};

  const crowd = (): Crowd => {
    if (opened === null) throw new BenchError("no crowd is there", { code: "no-crowd" });
    return opened.crowd;
  };
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = null;
    await closing?.crowd.close();
    await closing?.database?.close();
  };

  return {
    /** The time of its clock. */
    clock: (): Micros => clock(),
    /** Sets its clock by so much, so that it agrees with the coordinator's. */
    setClock: (byUs: number): void => {
      offsetUs += byUs;
    },
    /** What it holds after a collection of garbage, in bytes. */
    memory: (): number => readMemory(),
    open: async (setup: CrowdSetup): Promise<void> => {
      await close();
      distrust();
      distrust = setup.ca === null ? () => {} : trustCertificates(setup.ca);
      aborting = new AbortController();
      const database = setup.database === null ? null : await ReferenceDatabase.open(setup.database);
      const { signal } = aborting;
      const services = { clock, sleep: realSleep, signal, database, monitor, starts, tell };
      opened = { crowd: new Crowd(setup, services), database };
    },
    join: (until: number): Promise<void> => crowd().join(until),
    perform: (order: StepOrder): Promise<void> => crowd().perform(order),
    prepareCut: (order: CutOrder): Promise<void> => crowd().prepareCut(order),
    cut: (): void => crowd().cutOff(),
    awaitRecovery: (since: Parameters<Crowd["awaitRecovery"]>[0]): Promise<void> =>
      crowd().awaitRecovery(since),
    leaveDownTo: (until: number): Promise<void> => crowd().leaveDownTo(until),
    aftermath: (): Promise<Aftermath> => crowd().aftermath(),
    foretell: (deletion: Deletion): void => crowd().foretell(deletion),
    lastFrame: (): Micros => crowd().lastFrameUs,
    outstanding: (sends: readonly Send[]): number => crowd().outstanding(sends),
    takeSends: (): Send[] => crowd().takeSends(),
    check: (order: CheckOrder): Promise<void> => crowd().check(order),
    attendance: () => crowd().atRest.attendance,
    takeRecordings: () => crowd().atRest.takeRecordings(),
    twinOf: (cursor: ViewerCursor) => crowd().atRest.twinOf(cursor),
    mostItems: (): number => crowd().atRest.mostItems,
    mostHidden: (): number => crowd().atRest.mostHidden,
    cookies: () => crowd().cookies,
    cookieHeaders: () => crowd().cookieHeaders,
    report: (order: ReportOrder) => crowd().report(order),
    deliveries: () => crowd().deliveries,
    wire: () => crowd().wire,
    usage: (): Usage => {
      const { user, system } = process.cpuUsage();
      return { cpuUs: user + system, receivedBytes: crowd().wire.receivedBytes };
    },
    health: (part: number) => ({ part, health: monitor.read() }),
    /** Ends what is under way; it rejects. */
    abort: (): void => aborting.abort(new BenchError("the run is over", { code: "aborted" })),
    close,
  };
}
