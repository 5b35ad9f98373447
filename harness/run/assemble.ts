import type { Chrome } from "../browser/launch.ts";
import { type Account, accountAt, accountCount } from "../core/account.ts";
import { UsageError } from "../core/errors.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { Scenario } from "../core/scenario.ts";
import { roomPath } from "../core/site.ts";
import type { Clock } from "../core/units.ts";
import { gauge } from "../measure/figures.ts";
import { ownMemory } from "../measure/own-memory.ts";
import { cursorAtMount } from "../oracle/viewer-cursor.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import type { SimulatedUserOptions } from "../user/user-options.ts";
import { everyInterval } from "../user/wheel.ts";
import { ChromeViewer } from "./chrome-viewer.ts";
import { inBatches } from "./in-batches.ts";
import { mountLoggedIn } from "./log-in.ts";
import { Member } from "./member.ts";
import { chromeNames, userNames } from "./names.ts";
import type { RunRecorder } from "./recorder.ts";
import { ServerMemory } from "./server-memory.ts";
import type { SessionFile } from "./session-file.ts";
import type { Stage } from "./stage.ts";

/** What viewers are brought together for. */
export interface AssemblyOptions {
  readonly scenario: Scenario;
  readonly mode: string;
  readonly stage: Stage;
  readonly recorder: RunRecorder;
  readonly clock: Clock;
  /** Where the users' sessions are kept from one run to the next; null for nowhere. */
  readonly sessions: SessionFile | null;
  readonly signal: AbortSignal;
  readonly onProgress: (detail: string) => void;
}

/** How many users log in and join at once. */
const JOINING = 20;
/** In how many parts the crowd joins; the server's memory is read after each. */
const JOINING_PARTS = 10;
/** What a server compiles and caches once is there after the first parts: only what comes then is the users'. */
const WARM_UP_PARTS = 2;

/** Who is told of what happens to users. */
export interface UserCallbacks extends Pick<SimulatedUserOptions, "onFrame" | "onDown"> {
  /** Told of each user before he does anything: he has to be closed, whatever becomes of the others. */
  readonly onUser: (user: SimulatedUser) => void;
}

/** The users of one server: they share connections, a decoder and a timer. */
export function populationOf({ scenario, stage, clock }: AssemblyOptions): Population {
  const { container, fields } = scenario.site.list;
  const { origin, socketPath, connectParams } = stage;
  const list = { list: container, fields };
  return new Population({ baseUrl: origin, ...list, socketPath, connectParams, clock, every: everyInterval });
}

/**
 * Lets all simulated users log in, mount and join, each with an account of his own; and reads meanwhile what they
 * cost the server, and in the end what they cost the harness.
 */
export async function joinUsers(
  population: Population,
  options: AssemblyOptions,
  callbacks: UserCallbacks,
): Promise<Member[]> {
  const { scenario, mode, stage, recorder, signal, onProgress } = options;
  const memory = new ServerMemory(stage.origin);
  const readOwn = ownMemory();
  const before = readOwn();
  const members: Member[] = [];
  const names = userNames(scenario.users);
  const part = Math.ceil(scenario.users / JOINING_PARTS);
  let joined = 0;
  for (let start = 0; start < scenario.users; start += part) {
    await inBatches(names.slice(start, start + part), JOINING, async (name, index) => {
      signal.throwIfAborted();
      members[start + index] = await joinUser(start + index, name, population, options, callbacks);
      joined += 1;
      onProgress(`${joined} of ${scenario.users} users`);
    });
    const isWarm = start >= part * (WARM_UP_PARTS - 1);
    if (isWarm && stage.memory?.kind === "report") await memory.read(signal);
  }
  options.sessions?.write();
  recorder.add(memory.metric(mode));
  recorder.add(gauge(METRIC_NAMES.userMemory, "bytes", (readOwn() - before) / scenario.users, { mode }));
  return members;
}

async function joinUser(
  number: number,
  name: string,
  population: Population,
  { scenario, mode, stage, sessions }: AssemblyOptions,
  { onUser, ...callbacks }: UserCallbacks,
): Promise<Member> {
  const { site, rooms, pageSize, users, browsers } = scenario;
  // Those who are elsewhere come last, so that the receivers are numbered from 0.
  const roomId = number < users - rooms.usersInOther ? rooms.joinedId : rooms.otherId;
  const user = new SimulatedUser(population, { name, ...callbacks });
  onUser(user);
  const path = roomPath(site, mode, roomId);
  const account = accountOf(stage, number);
  await mountLoggedIn(user, { site, path, account, accounts: users + browsers, sessions });
  await user.connect();
  return new Member(user, await cursorAtMount(stage.database, roomId, pageSize));
}

/** Opens the Chromes in the watched room. */
export async function openChromes(chrome: Chrome, options: AssemblyOptions): Promise<ChromeViewer[]> {
  const { scenario, mode, stage, signal, onProgress } = options;
  const { site, pageSize, rooms, users, browsers } = scenario;
  const opened: ChromeViewer[] = [];
  for (const [index, name] of chromeNames(browsers).entries()) {
    signal.throwIfAborted();
    onProgress(`Chrome ${opened.length + 1} of ${browsers}`);
    const at = {
      origin: stage.origin,
      site,
      mode,
      roomId: rooms.joinedId,
      pageSize,
      database: stage.database,
    };
    opened.push(await ChromeViewer.open({ chrome, name, account: accountOf(stage, users + index), ...at }));
  }
  return opened;
}

/** @throws UsageError `too-few-accounts` */
function accountOf({ accounts }: Stage, index: number): Account {
  const account = accountAt(accounts, index);
  if (account !== undefined) return account;
  throw new UsageError(`there is no account ${index + 1}: there are ${accountCount(accounts)}`, {
    code: "too-few-accounts",
  });
}
