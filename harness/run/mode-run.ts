import type { Chrome } from "../browser/launch.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { Mode } from "../core/modes.ts";
import type { Scenario } from "../core/scenario.ts";
import { caseOf } from "../core/step.ts";
import type { Clock, Micros } from "../core/units.ts";
import { counter } from "../measure/figures.ts";
import type { HealthMonitor } from "../measure/health-monitor.ts";
import { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { type AssemblyOptions, joinUsers, openChromes, populationOf } from "./assemble.ts";
import { Authorship } from "./authorship.ts";
import type { Cast } from "./cast.ts";
import { checkEverybody } from "./checkpoint.ts";
import { FrameObserver } from "./frame-observer.ts";
import { hiddenElements } from "./hidden-elements.ts";
import { seededTexts } from "./message-text.ts";
import { chromeNames, userNames } from "./names.ts";
import { performStep } from "./perform-step.ts";
import { ProblemCount } from "./problem-count.ts";
import type { Progress } from "./progress.ts";
import type { RunRecorder } from "./recorder.ts";
import type { SessionFile } from "./session-file.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";

/** What one mode of a scenario is run with. */
export interface ModeRunOptions {
  readonly scenario: Scenario;
  readonly mode: Mode;
  readonly stage: Stage;
  /** Null where no Chrome takes part. */
  readonly chrome: Chrome | null;
  readonly recorder: RunRecorder;
  /** Watches the harness itself while there is load. */
  readonly monitor: HealthMonitor;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Where the users' sessions are kept from one run to the next; null for nowhere. */
  readonly sessions: SessionFile | null;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Everybody was checked: a moment at which the result so far is worth keeping. */
  readonly onCheckpoint: () => void;
}

/** Runs all steps of a scenario in one mode, and checks everybody at rest after each of them. */
export async function runMode(options: ModeRunOptions): Promise<void> {
  const { scenario, mode, stage, recorder, monitor, progress, clock, sleep, signal } = options;
  const tell = (message: string) => progress.say(`${mode}: ${message}`);
  const failedActions = new ProblemCount(tell);
  const lostUsers = new ProblemCount(tell);
  const activity = (name: string) => (detail: string) => progress.update(`${mode}: ${name}`, detail);

  const watchers = userNames(scenario.users - scenario.rooms.usersInOther);
  const inChrome = options.chrome === null ? [] : chromeNames(scenario.browsers);
  const receivers = new Map(watchers.map((name, index) => [name, index]));
  const known = {
    authorship: new Authorship(scenario.seed),
    texts: seededTexts(scenario.seed, scenario.words),
    deliveries: new DeliveryLedger([...watchers, ...inChrome]),
    deletionsDue: new Map<string, Micros>(),
    watching: watchers.length,
    nextSequence: 0,
  };
  const observer = new FrameObserver({
    mode,
    recorder,
    deletionsDue: known.deletionsDue,
    onInsert: (user, sequence, itemId) => {
      known.authorship.appeared(user, sequence, itemId);
      const receiver = receivers.get(user);
      if (receiver !== undefined) known.deliveries.received(receiver, sequence);
    },
  });

  await using open = new AsyncDisposableStack();
  const assembly: AssemblyOptions = { ...options, onProgress: activity("joining") };
  const population = populationOf(assembly);
  open.defer(() => population.close());
  const users: SimulatedUser[] = [];
  open.defer(async () => void (await Promise.all(users.map((user) => user.close()))));
  const members = await joinUsers(population, assembly, {
    onUser: (user) => users.push(user),
    onFrame: observer.observe,
    onDown: ({ user, message }) => lostUsers.add(`${user} was cut off: ${message}`),
  });
  const chromes = options.chrome === null ? [] : await openChromes(options.chrome, assembly);
  const cast: Cast = { members, chromes, ...known };
  for (let receiver = 0; receiver < watchers.length + inChrome.length; receiver += 1)
    cast.deliveries.joined(receiver, scenario.rooms.joinedId, clock());

  const settled = () => settle({ clock, sleep, lastActivityUs: () => observer.lastFrameUs, signal });
  const check = async (step: string) => {
    progress.update(`${mode}: checking everybody after ${step}`);
    await checkEverybody(cast, stage.database, { mode, step }, recorder);
    options.onCheckpoint();
  };

  await settled();
  await check("mount");
  for (const [index, step] of scenario.steps.entries()) {
    const name = `${index + 1} ${step.kind}`;
    observer.enter(name, caseOf(step));
    monitor.resume();
    await performStep(step, {
      ...options,
      cast,
      database: stage.database,
      onProgress: activity(name),
      onFailure: (message) => failedActions.add(message),
    });
    await settled();
    monitor.pause();
    await check(name);
  }

  const connections = chromes.reduce((sum, chrome) => sum + chrome.connections, 0);
  cast.deliveries.settle({ checkpoint: { mode, step: "end" }, checks: recorder.checks });
  recorder.add(
    ...cast.deliveries.metrics(mode),
    counter(METRIC_NAMES.actionsFailed, failedActions.count, { mode }),
    counter(METRIC_NAMES.usersLost, lostUsers.count, { mode }),
    counter(METRIC_NAMES.chromeConnections, connections, { mode }),
    ...(await hiddenElements(cast, mode)),
  );
  for (const chrome of chromes) await chrome.close("end", recorder);
}
