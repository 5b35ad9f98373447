import type { Chrome } from "../browser/launch.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { Mode } from "../core/modes.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Clock, Micros } from "../core/units.ts";
import { counter } from "../measure/figures.ts";
import type { HealthMonitor } from "../measure/health-monitor.ts";
import { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import { type AssemblyOptions, joinUsers, openChromes, populationOf } from "./assemble.ts";
import { Authorship } from "./authorship.ts";
import type { Cast } from "./cast.ts";
import { checkEverybody } from "./checkpoint.ts";
import { FrameObserver } from "./frame-observer.ts";
import { inBatches } from "./in-batches.ts";
import { seededTexts } from "./message-text.ts";
import { performStep } from "./perform-step.ts";
import type { Progress } from "./progress.ts";
import type { RunRecorder } from "./recorder.ts";
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
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Everybody was checked: a moment at which the result so far is worth keeping. */
  readonly onCheckpoint: () => void;
}

/** How many of what went wrong are told; all of them are counted. */
const TOLD_PROBLEMS = 3;

/** Runs all steps of a scenario in one mode, and checks everybody at rest after each of them. */
export async function runMode(options: ModeRunOptions): Promise<void> {
  const { scenario, mode, stage, recorder, monitor, progress, clock, sleep, signal } = options;
  const authorship = new Authorship(scenario.seed);
  const deletionsDue = new Map<string, Micros>();
  const watching = scenario.users - scenario.rooms.usersInOther;
  const receivers = new Map<string, number>();
  const problems = { actions: 0, users: 0 };
  const tell = (kind: keyof typeof problems, message: string): void => {
    problems[kind] += 1;
    if (problems[kind] <= TOLD_PROBLEMS) progress.say(`${mode}: ${message}`);
  };

  await using open = new AsyncDisposableStack();
  let deliveries: DeliveryLedger | undefined;
  const observer = new FrameObserver({
    mode,
    recorder,
    deletionsDue,
    onInsert: (user, sequence, itemId) => {
      authorship.appeared(user, sequence, itemId);
      const receiver = receivers.get(user);
      if (receiver !== undefined) deliveries?.received(receiver, sequence);
    },
  });
  const activity = (name: string) => (detail: string) => progress.update(`${mode}: ${name}`, detail);
  const assembly: AssemblyOptions = { ...options, onProgress: activity("joining") };

  const population = populationOf(assembly);
  open.defer(() => population.close());
  const members = await joinUsers(population, assembly, {
    onFrame: observer.observe,
    onDown: ({ user, message }) => tell("users", `${user} was cut off: ${message}`),
  });
  open.defer(() => inBatches(members, members.length, ({ user }) => user.close()));
  const chromes = options.chrome === null ? [] : await openChromes(options.chrome, assembly);
  const watchers = members.slice(0, watching).map(({ user }) => user.name);
  for (const [index, name] of watchers.entries()) receivers.set(name, index);
  deliveries = new DeliveryLedger([...watchers, ...chromes.map(({ name }) => name)]);

  const texts = seededTexts(scenario.seed);
  const cast: Cast = {
    members,
    chromes,
    authorship,
    texts,
    deliveries,
    deletionsDue,
    watching,
    nextSequence: 0,
  };
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
    observer.enter(name);
    monitor.resume();
    await performStep(step, {
      ...options,
      cast,
      database: stage.database,
      onProgress: activity(name),
      onFailure: (message) => tell("actions", message),
    });
    await settled();
    monitor.pause();
    await check(name);
  }
  deliveries.check({ mode, step: "end" }, recorder.checks);
  recorder.add(...deliveries.metrics(mode));
  recorder.add(counter(METRIC_NAMES.actionsFailed, problems.actions, { mode }));
  recorder.add(counter(METRIC_NAMES.usersLost, problems.users, { mode }));
  const connections = chromes.reduce((sum, { connections }) => sum + connections, 0);
  recorder.add(counter(METRIC_NAMES.chromeConnections, connections, { mode }));
  for (const chrome of chromes) await chrome.close("end", recorder);
}
