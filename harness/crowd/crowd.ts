import type { Accounts } from "../core/account.ts";
import { messageOf } from "../core/errors.ts";
import { membersOf, type Scenario, usersOf } from "../core/scenario.ts";
import { roomPath } from "../core/site.ts";
import { caseOf, type OperationCase, type Step } from "../core/step.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import { DeflateMeter } from "../measure/deflate-meter.ts";
import type { HealthMonitor } from "../measure/health-monitor.ts";
import type { WireBytes } from "../measure/wire-bytes.ts";
import { checkViewers, type Twin, type Viewer } from "../oracle/check-viewers.ts";
import { countMissing } from "../oracle/count-missing.ts";
import { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { Send } from "../oracle/room-membership.ts";
import type { ViewerCursor } from "../oracle/viewer-cursor.ts";
import type { FrameReport } from "../user/frame-report.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import { accountOf } from "./accounts.ts";
import { Authorship } from "./authorship.ts";
import type { Cast } from "./cast.ts";
import { FrameObserver, UNMEASURED } from "./frame-observer.ts";
import { inBatches } from "./in-batches.ts";
import { type Cookies, type KeptSessions, mountLoggedIn } from "./log-in.ts";
import { Member, WITNESS } from "./member.ts";
import { seededTexts } from "./message-text.ts";
import { userNames } from "./names.ts";
import { performStep } from "./perform-step.ts";
import { Presence } from "./presence.ts";
import { awaitRecovery, type Cut, draftsKept, prepareCut } from "./reconnecting.ts";
import { type RecorderTransfer, RunRecorder } from "./recorder.ts";
import { RecoveryWatch } from "./recovery-watch.ts";
import { roomOf } from "./rooms.ts";
import { Roster } from "./roster.ts";
import { Sequences } from "./sequences.ts";
import type { Starts } from "./starts.ts";
import { Throttle } from "./throttle.ts";

/** What the users of one process are brought together for. Plain data. */
export interface CrowdSetup {
  readonly scenario: Scenario;
  readonly mode: string;
  /** The server: `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** Whom its users log in as, by their numbers. */
  readonly accounts: Accounts;
  /** The path of the server's LiveView socket, and what a page's script sends there besides its own. */
  readonly socketPath: string;
  readonly connectParams: Readonly<Record<string, string>>;
  /** A file of certificates that are trusted besides the system's; null: none. */
  readonly ca: string | null;
  /** The database that says what users should see; null where it is not known. */
  readonly database: string | null;
  /** Which process this is, from 0, and how many there are: it has every `parts`-th user. */
  readonly part: number;
  readonly parts: number;
  /** How often a second it may begin anything, joins included; null: as often as is asked for. */
  readonly limitPerSec: number | null;
  /** Sessions that were kept of users, by name; null where everybody logs in. */
  readonly sessions: Readonly<Record<string, Cookies>> | null;
}

/** What a crowd needs of its process. */
export interface CrowdServices {
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly database: ReferenceDatabase | null;
  readonly monitor: HealthMonitor;
  /** The starts of its process, to be counted on. */
  readonly starts: Starts;
  readonly tell: (event: CrowdEvent) => void;
}

/** What a crowd tells while it is at work. */
export type CrowdEvent =
  /** One thing more was begun or is done, of what it was asked for last. */
  | { readonly kind: "progress" }
  | { readonly kind: "action-failed"; readonly message: string }
  | { readonly kind: "user-lost"; readonly message: string }
  | { readonly kind: "deleting"; readonly deletion: Deletion };

/** That an item will be deleted, and when that was due: what takes it away carries no text that could tell. */
export interface Deletion {
  readonly itemId: string;
  readonly dueUs: Micros;
  readonly startUs: Micros;
}

/** A step, and when all processes begin it. */
export interface StepOrder {
  /** `2 delete` */
  readonly name: string;
  readonly step: Step;
  readonly beginUs: Micros;
}

/** See `Crowd.aftermath`. */
export interface Aftermath {
  readonly missed: number;
  readonly draftsKept: number;
}

/** A step in which connections will be lost. */
export interface CutOrder {
  readonly name: string;
  readonly step: Extract<Step, { kind: "reconnect" }>;
}

/** Users who come back by themselves, as the official client does. */
const RECOVERING = { reconnect: "backoff", redirects: "follow" } as const;

/** How many users of a process log in and join at once. */
const JOINING = 20;

/** The simulated users of one process on one server: who they are, what they do, what they saw. */
export class Crowd {
  readonly #setup: CrowdSetup;
  readonly #services: CrowdServices;
  readonly #population: Population;
  readonly #recorder = new RunRecorder();
  readonly #observer: FrameObserver;
  readonly #deliveries: DeliveryLedger;
  readonly #deletions = new Map<string, Deletion>();
  readonly #users: SimulatedUser[] = [];
  readonly #members: Member[] = [];
  readonly #presence: Presence;
  readonly #throttle: Throttle;
  readonly #recovery: RecoveryWatch;
  readonly #onFrame: (report: FrameReport) => void;
  readonly #authorship: Authorship;
  readonly #cast: Omit<Cast, "roster">;
  readonly #sessions: KeptSessions | null;
  #cookies: Record<string, Cookies>;
  /** Takes the frames of the witness; null where he is of another process. */
  readonly #deflate: DeflateMeter | null;
  #case: OperationCase | undefined;
  #roster = new Roster([]);
  /** Who is about to lose his connection, or has lost it. */
  #cut: Cut = { members: [], drafts: new Map() };
  #sends: Send[] = [];

  constructor(setup: CrowdSetup, services: CrowdServices) {
    const { scenario, origin, part, parts, mode, socketPath, connectParams } = setup;
    const { container, fields } = scenario.site.list;
    const list = { list: container, fields };
    const { clock } = services;
    this.#setup = setup;
    this.#services = services;
    this.#population = new Population({
      baseUrl: origin,
      ...list,
      socketPath,
      connectParams,
      clock,
      every: everyInterval,
    });
    const own = this.#ownNumbers(usersOf(scenario));
    const names = userNames(usersOf(scenario));
    const receivers = new Map(own.map((number, index) => [names[number] ?? "", index]));
    this.#deliveries = new DeliveryLedger([...receivers.keys()], parts);
    const { database: history } = services;
    this.#throttle = new Throttle(setup.limitPerSec, services);
    this.#presence = new Presence(
      this.#deliveries,
      { history, pageSize: scenario.pageSize, limit: scenario.limit ?? null },
      clock,
      (member) => this.#authorship.left(member),
    );
    this.#authorship = new Authorship(scenario.seed + part);
    this.#cast = {
      members: this.#members,
      authorship: this.#authorship,
      texts: seededTexts(scenario.seed + part, scenario),
      sequences: new Sequences(part, parts),
      sent: (send) => void this.#sends.push(send),
      deleting: (itemId, dueUs, startUs) => {
        // What tells no time has none to be measured from.
        if (scenario.fixed) return;
        const deletion = { itemId, dueUs, startUs };
        this.foretell(deletion);
        if (parts > 1) services.tell({ kind: "deleting", deletion });
      },
    };
    this.#observer = new FrameObserver({
      mode,
      recorder: this.#recorder,
      deletionsDue: this.#deletions,
      ...(scenario.fixed && { only: names[WITNESS] ?? "" }),
      onInsert: (user, sequence, itemId) => {
        this.#authorship.appeared(user, sequence, itemId);
        const receiver = receivers.get(user);
        if (receiver !== undefined) this.#deliveries.received(receiver, sequence);
      },
      onRepeat: (user, sequence) => {
        const receiver = receivers.get(user);
        if (receiver !== undefined) this.#deliveries.receivedAgain(receiver, sequence);
      },
    });
    this.#recovery = new RecoveryWatch(clock);
    this.#deflate = part === WITNESS % parts ? new DeflateMeter(mode) : null;
    this.#onFrame = (report) => {
      this.#observer.observe(report);
      if (report.operation === "join") this.#recovery.joined(report.user);
    };
    this.#cookies = { ...setup.sessions };
    this.#sessions = setup.sessions && {
      cookiesOf: (name) => this.#cookies[name],
      keep: (name, cookies) => {
        this.#cookies[name] = cookies;
      },
    };
  }

  /** Lets those of its users join whose numbers are below `until`. */
  async join(until: number): Promise<void> {
    const { scenario } = this.#setup;
    const { signal, tell } = this.#services;
    const names = userNames(usersOf(scenario));
    const coming = this.#ownNumbers(until).slice(this.#members.length);
    const first = this.#members.length;
    const arrived: Member[] = [];
    await inBatches(coming, JOINING, async (number, index) => {
      await this.#throttle.turn(signal);
      signal.throwIfAborted();
      arrived[index] = await this.#joinOne(number, first + index, names[number] ?? "");
      tell({ kind: "progress" });
    });
    this.#members.push(...arrived);
    this.#roster = new Roster(this.#members);
  }

  async #joinOne(number: number, receiver: number, name: string): Promise<Member> {
    const { scenario, mode } = this.#setup;
    const { tell } = this.#services;
    const { site, browsers, rooms } = scenario;
    const roomId = roomOf(rooms, number);
    const user = new SimulatedUser(this.#population, {
      name,
      onFrame: number === WITNESS ? this.#onWitnessFrame : this.#onFrame,
      ...(scenario.steps.some(({ kind }) => kind === "reconnect") && RECOVERING),
      onDown: ({ user: who, message }) =>
        tell({ kind: "user-lost", message: `${who} was cut off: ${message}` }),
    });
    this.#users.push(user);
    const member = new Member({ number, receiver, user, roomId });
    const path = roomPath(site, mode, roomId);
    const account = accountOf(this.#setup.accounts, number);
    const accounts = usersOf(scenario) + browsers;
    await mountLoggedIn(user, { site, path, account, accounts, sessions: this.#sessions });
    // A visitor is logged in, and comes when his session does.
    if (number < membersOf(scenario)) await this.#presence.arrive(member, () => user.connect());
    return member;
  }

  /** Performs its part of a step. */
  async perform({ name, step, beginUs }: StepOrder): Promise<void> {
    const { scenario, mode, part, parts } = this.#setup;
    const { database: history, monitor, starts, tell, ...services } = this.#services;
    this.#enter(name, step);
    monitor.resume();
    try {
      await performStep(step, {
        scenario,
        mode,
        cast: { ...this.#cast, roster: this.#roster },
        history,
        presence: this.#presence,
        throttle: this.#throttle,
        recorder: this.#recorder,
        starts,
        ...services,
        beginUs,
        part,
        parts,
        onProgress: () => tell({ kind: "progress" }),
        onFailure: (message) => tell({ kind: "action-failed", message }),
      });
    } finally {
      monitor.pause();
    }
  }

  /** Has everybody ready to lose his connection: see {@link prepareCut}. */
  async prepareCut({ name, step }: CutOrder): Promise<void> {
    this.#enter(name, step);
    this.#cut = await prepareCut(step, this.#reconnecting());
  }

  /** Breaks the connections of those who are to lose theirs. */
  cutOff(): void {
    for (const { user } of this.#cut.members) user.drop();
  }

  /** Waits until they are back: see {@link awaitRecovery}. */
  awaitRecovery(since: { readonly cutUs: Micros; readonly messages: number }): Promise<void> {
    return awaitRecovery(this.#cut, since, this.#reconnecting());
  }

  /** Has its users leave whose numbers are not below `until`. */
  async leaveDownTo(until: number): Promise<void> {
    const leaving = this.#members.filter(({ number, isPresent }) => isPresent && number >= until);
    await inBatches(leaving, JOINING, async (member) => {
      await member.inTurn(() => this.#presence.leave(member));
      this.#services.tell({ kind: "progress" });
    });
  }

  /** What is left at rest of those who had lost their connection: messages they should see and do not, drafts still there. */
  async aftermath(): Promise<Aftermath> {
    const { database } = this.#services;
    return {
      missed: database === null ? 0 : await countMissing(database, this.#viewers()),
      draftsKept: draftsKept(this.#cut, this.#setup.scenario.site),
    };
  }

  #reconnecting() {
    const { tell, starts: _, monitor: __, ...services } = this.#services;
    return {
      ...services,
      scenario: this.#setup.scenario,
      mode: this.#setup.mode,
      cast: { ...this.#cast, roster: this.#roster },
      presence: this.#presence,
      throttle: this.#throttle,
      watch: this.#recovery,
      recorder: this.#recorder,
      onProgress: () => tell({ kind: "progress" }),
      onFailure: (error: unknown) => tell({ kind: "action-failed", message: messageOf(error) }),
    };
  }

  /** Notes that an item will be deleted, by a user of whatever process. */
  foretell(deletion: Deletion): void {
    this.#deletions.set(deletion.itemId, deletion);
  }

  /** When anybody received something last, other than the channel's own conversation. */
  get lastFrameUs(): Micros {
    return this.#observer.lastFrameUs;
  }

  /** What its users have sent, and had acknowledged, since this was asked last. */
  takeSends(): Send[] {
    const sends = this.#sends;
    this.#sends = [];
    return sends;
  }

  /** Checks everybody at rest: what was delivered, of the sends of all processes, and each list against the database. */
  async check(step: string, sends: readonly Send[]): Promise<void> {
    // Whoever is at rest has seen them.
    this.#deletions.clear();
    const at = { mode: this.#setup.mode, step };
    this.#deliveries.settle({ checkpoint: at, checks: this.#recorder.checks, sends });
    const { database } = this.#services;
    if (database !== null) await checkViewers(database, this.#viewers(), at, this.#recorder.checks);
  }

  /** What one of its users sees who has loaded as much; null where there is none. */
  twinOf({ roomId, oldestId }: ViewerCursor): Twin | null {
    const there = this.#members.filter((member) => member.isPresent && member.roomId === roomId);
    // Where no database tells who has loaded as much: the witness has done what a Chrome does.
    const twin = there
      .filter(({ isWitness }) => oldestId !== null || isWitness)
      .flatMap((member) => member.viewer() ?? [])
      .find(({ cursor }) => cursor.oldestId === oldestId);
    return twin === undefined ? null : { who: twin.who, list: twin.list };
  }

  /** The most elements of the list that one of its users holds and does not see. */
  get mostHidden(): number {
    return Math.max(0, ...this.#members.map(({ user }) => user.page?.hiddenCount ?? 0));
  }

  /** The cookies of its users, by name, as they are now; empty where they are not kept. */
  get cookies(): Readonly<Record<string, Cookies>> {
    return this.#sessions === null ? {} : this.#cookies;
  }

  /** What each of its users sends as its `Cookie` header. */
  get cookieHeaders(): readonly string[] {
    return this.#users.map(({ cookies }) =>
      Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join("; "),
    );
  }

  /** What was measured and checked so far. */
  async report(): Promise<RecorderTransfer> {
    const deflated = (await this.#deflate?.metrics()) ?? [];
    const transfer = this.#recorder.toTransfer();
    return { ...transfer, metrics: [...transfer.metrics, ...deflated] };
  }

  /** What the sockets of its users carried so far. */
  get wire(): WireBytes {
    return this.#population.wire.totals;
  }

  /** The counts of deliveries so far. */
  get deliveries() {
    return this.#deliveries.counts();
  }

  /** Closes all sockets. */
  async close(): Promise<void> {
    await Promise.all(this.#users.map((user) => user.close()));
    this.#population.close();
    await this.#deflate?.close();
  }

  #enter(name: string, step: Step): void {
    this.#case = caseOf(step);
    this.#observer.enter(name, this.#case);
  }

  readonly #onWitnessFrame = (report: FrameReport): void => {
    this.#onFrame(report);
    const { operation, text } = report;
    if (UNMEASURED.has(operation)) return;
    this.#deflate?.record(operation, text, operation === this.#case?.operation ? this.#case.name : undefined);
  };

  #viewers(): Viewer[] {
    return this.#members.flatMap((member) => member.viewer() ?? []);
  }

  /** The numbers of its own users below a number. */
  #ownNumbers(until: number): number[] {
    const { part, parts } = this.#setup;
    return Array.from({ length: until }, (_, number) => number).filter((number) => number % parts === part);
  }
}

/** So long before a step begins it is told, so that all processes are ready. */
export const STEP_NOTICE_US = micros(20_000);
