import { messageOf } from "../core/errors.ts";
import { inBatches } from "../core/in-batches.ts";
import { latency, uncorrected } from "../core/metric-names.ts";
import { membersOf, usersOf } from "../core/scenario.ts";
import { roomPath } from "../core/site.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import type { HealthMonitor } from "../measure/health-monitor.ts";
import type { WireBytes } from "../measure/wire-bytes.ts";
import { countMissing } from "../oracle/count-missing.ts";
import { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { Send } from "../oracle/room-membership.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import { accountOf } from "./accounts.ts";
import { Authorship } from "./authorship.ts";
import type { Cast } from "./cast.ts";
import { CrowdAtRest } from "./crowd-at-rest.ts";
import type {
  Aftermath,
  CheckOrder,
  CrowdEvent,
  CrowdSetup,
  CutOrder,
  Deletion,
  StepOrder,
} from "./crowd-orders.ts";
import { FrameHistory, type UserFrames } from "./frame-history.ts";
import { FrameIntake } from "./frame-intake.ts";
import { type Cookies, type KeptSessions, mountLoggedIn } from "./log-in.ts";
import { Member, WITNESS } from "./member.ts";
import { seededTexts } from "./message-text.ts";
import { userNames } from "./names.ts";
import { PageChannels } from "./page-channels.ts";
import { performStep } from "./perform-step.ts";
import { Presence } from "./presence.ts";
import { awaitRecovery, type Cut, draftsKept, draftsRecovered, prepareCut } from "./reconnecting.ts";
import { type RecorderTransfer, type ReportOrder, RunRecorder } from "./recorder.ts";
import { roomOf } from "./rooms.ts";
import { Roster } from "./roster.ts";
import { Sequences } from "./sequences.ts";
import type { Starts } from "./starts.ts";
import { Throttle } from "./throttle.ts";

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

/** Users who come back by themselves, as the official client does. */
const RECOVERING = { reconnect: "backoff", redirects: "follow" } as const;

/** How many users of a process log in and join at once. */
const JOINING = 20;

/** The simulated users of one process on one server: who they are, what they do, what they saw. */
export class Crowd {
  readonly #setup: CrowdSetup;
  readonly #services: CrowdServices;
  readonly #population: Population;
  readonly #sequences: Sequences;
  #deleted = 0;
  readonly #recorder = new RunRecorder(() => this.#sequences.made + this.#deleted);
  readonly #frames: FrameIntake;
  readonly #history: FrameHistory;
  /** By the users' names. */
  readonly #framesOf = new Map<string, UserFrames>();
  /** What its users see when nothing is on its way to them. */
  readonly atRest: CrowdAtRest;
  readonly #deliveries: DeliveryLedger;
  readonly #deletions = new Map<string, Deletion>();
  readonly #users: SimulatedUser[] = [];
  readonly #members: Member[] = [];
  readonly #presence: Presence;
  readonly #channels: PageChannels;
  readonly #throttle: Throttle;
  readonly #authorship: Authorship;
  readonly #cast: Omit<Cast, "roster">;
  readonly #sessions: KeptSessions | null;
  #cookies: Record<string, Cookies>;
  #roster = new Roster([]);
  /** Who is about to lose his connection, or has lost it. */
  #cut: Cut = { members: [], drafts: new Map(), shown: new Map() };
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
    this.#channels = new PageChannels({
      channel: scenario.site.channel,
      mode,
      checks: this.#recorder.checks,
    });
    this.#presence = new Presence(
      this.#deliveries,
      { history, pageSize: scenario.pageSize, limit: scenario.limit ?? null },
      clock,
      (member) => this.#authorship.left(member),
      this.#channels,
    );
    this.#authorship = new Authorship(scenario.seed + part);
    this.#sequences = new Sequences(part, parts);
    this.#cast = {
      members: this.#members,
      authorship: this.#authorship,
      texts: seededTexts(scenario.seed + part, scenario),
      sequences: this.#sequences,
      sent: (send) => void this.#sends.push(send),
      answered: ({ dueUs, startUs, ackUs }) => {
        if (scenario.fixed) return;
        const labels = { mode, operation: "insert" };
        const name = latency("insert", "reply");
        this.#recorder.latencies(name, labels).record(micros(ackUs - dueUs), dueUs);
        this.#recorder.latencies(uncorrected(name), labels).record(micros(ackUs - startUs));
      },
      deleting: (itemId, dueUs, startUs) => {
        this.#deleted += 1;
        // What tells no time has none to be measured from.
        if (scenario.fixed) return;
        const deletion = { itemId, dueUs, startUs };
        this.foretell(deletion);
        if (parts > 1) services.tell({ kind: "deleting", deletion });
      },
    };
    this.#frames = new FrameIntake({
      mode,
      recorder: this.#recorder,
      deletionsDue: this.#deletions,
      ...(scenario.fixed && { only: names[WITNESS] ?? "" }),
      clock,
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
    this.#history = new FrameHistory(own.length);
    this.atRest = new CrowdAtRest({
      setup,
      members: this.#members,
      deliveries: this.#deliveries,
      recorder: this.#recorder,
      history: this.#history,
      framesOf: this.#framesOf,
      database: services.database,
      clock,
    });
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
    const frames = this.#history.add();
    this.#framesOf.set(name, frames);
    const user = new SimulatedUser(this.#population, {
      name,
      frames,
      onFrame: number === WITNESS ? this.#frames.ofWitness : this.#frames.ofOthers,
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
    this.#frames.enter(name, step);
    this.#channels.step = name;
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
    this.#frames.enter(name, step);
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
      missed: database === null ? 0 : await countMissing(database, this.atRest.viewers),
      draftsKept: draftsKept(this.#cut, this.#setup.scenario.site),
      draftsRecovered: draftsRecovered(this.#cut, this.#setup.scenario.site),
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
      watch: this.#frames.recovery,
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
    return this.#frames.lastFrameUs;
  }

  /** How many of these sends, and of those of before, have not come yet to one of its users to whom they must. */
  outstanding(sends: readonly Send[]): number {
    return this.#deliveries.outstanding(sends);
  }

  /** What its users have sent, and had acknowledged, since this was asked last. */
  takeSends(): Send[] {
    const sends = this.#sends;
    this.#sends = [];
    return sends;
  }

  /** Checks everybody at rest: see {@link CrowdAtRest.check}. */
  async check(order: CheckOrder): Promise<void> {
    // Whoever is at rest has seen them.
    this.#deletions.clear();
    await this.atRest.check(order);
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
  async report(order: ReportOrder): Promise<RecorderTransfer> {
    const deflated = order.deflated ? await this.#frames.deflated() : [];
    const transfer = this.#recorder.toTransfer(order);
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
    await this.#frames.close();
  }

  /** The numbers of its own users below a number. */
  #ownNumbers(until: number): number[] {
    const { part, parts } = this.#setup;
    return Array.from({ length: until }, (_, number) => number).filter((number) => number % parts === part);
  }
}
