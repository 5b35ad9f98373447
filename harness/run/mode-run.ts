import type { Chrome } from "../browser/launch.ts";
import type { CounterMetric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { type Scenario, usersOf } from "../core/scenario.ts";
import { roomPath } from "../core/site.ts";
import { type Clock, type Micros, micros, microsFromMs, msFromMicros } from "../core/units.ts";
import type { Attendance } from "../crowd/check-pages.ts";
import { type Aftermath, STEP_NOTICE_US } from "../crowd/crowd-orders.ts";
import { RunRecorder, WHOLE_REPORT } from "../crowd/recorder.ts";
import { counter, gauge } from "../measure/figures.ts";
import { type Growth, growthOf, type MemoryReading, serverGrowthMetric } from "../measure/growth.ts";
import { addWireBytes, NO_WIRE_BYTES, wireMetrics } from "../measure/wire-bytes.ts";
import type { Send } from "../oracle/room-membership.ts";
import type { Artifacts } from "./artifacts.ts";
import { ChromeChecks } from "./check-chromes.ts";
import { ChromeDrafts } from "./chrome-drafts.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";
import { ChromeWatch } from "./chrome-watch.ts";
import { CrowdWatch } from "./crowd-watch.ts";
import type { Generators } from "./generators.ts";
import { joinInParts } from "./join-in-parts.ts";
import type { LiveViewer } from "./live-viewer.ts";
import { openChromes } from "./open-chromes.ts";
import { performTogether, startsOf } from "./perform-together.ts";
import type { Progress } from "./progress.ts";
import type { RunRecord } from "./run-record.ts";
import { ServerMemory } from "./server-memory.ts";
import type { SessionFile } from "./session-file.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";
import { StepCosts } from "./step-costs.ts";
import { fetchSources } from "./template-sources.ts";
import type { ThresholdWatch } from "./threshold-watch.ts";
import { watchStep } from "./watch-step.ts";

/** What one mode of a scenario is run with. */
export interface ModeRunOptions {
  readonly scenario: Scenario;
  readonly mode: string;
  readonly stage: Stage;
  readonly generators: Generators;
  /** How often a second anything may be begun, joins included; null: as often as is asked for. */
  readonly limitPerSec: number | null;
  /** Null where no Chrome takes part. */
  readonly chrome: Chrome | null;
  readonly record: RunRecord;
  /** Where files go that belong to the result. */
  readonly artifacts: Artifacts;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Where the users' sessions are kept from one run to the next; null for nowhere. */
  readonly sessions: SessionFile | null;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Who may look at the figures of a step while it is performed. */
  readonly viewers: readonly LiveViewer[];
  /** Looks at the figures so far while steps are performed, where that may end the run. */
  readonly thresholdWatch: ThresholdWatch;
  /** Everybody was checked: a moment at which the result so far is worth keeping. */
  readonly onCheckpoint: () => void;
}

/** Runs all steps of a scenario in one mode, and checks everybody at rest after each of them. */
export async function runMode(options: ModeRunOptions): Promise<void> {
  const { scenario, mode, stage, generators, record, progress, clock, sleep, sessions, signal } = options;
  const { thresholdWatch } = options;
  const watch = new CrowdWatch({ mode, progress, record, users: usersOf(scenario), generators });
  /** What this process sees by itself: its Chromes, and the server's memory. */
  const own = new RunRecorder();

  await using open = new AsyncDisposableStack();
  generators.listen(watch);
  open.defer(() => generators.listen(null));
  open.defer(async () => void (await generators.all("close", () => null).catch(() => {})));
  const abort = (): void => void generators.all("abort", () => null).catch(() => {});
  signal.addEventListener("abort", abort, { once: true });
  open.defer(() => signal.removeEventListener("abort", abort));

  if (stage.tellsTemplates) {
    const page = roomPath(scenario.site, mode, 1);
    record.wrote(mode, await fetchSources(stage.origin, page, signal));
  }
  const kept = sessions?.all() ?? null;
  const { origin, accounts, socketPath, connectParams, ca, location: database } = stage;
  const shared = {
    scenario,
    mode,
    origin,
    accounts,
    socketPath,
    connectParams,
    ca,
    database,
    sessions: kept,
  };
  const parts = generators.count;
  const limitPerSec = options.limitPerSec && options.limitPerSec / parts;
  await generators.all("open", (part) => ({ ...shared, part, parts, limitPerSec }));
  await joinInParts({ ...options, watch, recorder: own });
  const chromes =
    options.chrome === null ? [] : await openChromes(options.chrome, { ...options, watch, recorder: own });
  const chromeChecks = new ChromeChecks(chromes, { ...options, recorder: own, list: scenario.site.list });

  const chromeWatch = new ChromeWatch(chromes, own);
  const drafts = new ChromeDrafts(scenario.chromeDrafts === true ? chromes : [], scenario.site.send);

  /** Sent since the last check. */
  const sends: Send[] = [];
  const settled = () =>
    settle({
      clock,
      sleep,
      lastActivityUs: async () => micros(Math.max(...(await generators.all("lastFrame", () => null)))),
      outstanding: async () => {
        sends.push(...(await generators.all("takeSends", () => null)).flat());
        return (await generators.all("outstanding", () => sends)).reduce((sum, missing) => sum + missing, 0);
      },
      signal,
      ...(scenario.quietMs !== undefined && { quietUs: microsFromMs(scenario.quietMs) }),
    });
  const keep = async () => {
    const recordings = await generators.all("takeRecordings", () => null);
    record.recorded([...recordings.flat(), ...chromeChecks.takeRecordings()]);
    record.replace(mode, [own.toTransfer(), ...(await generators.all("report", () => WHOLE_REPORT))]);
    for (const { part, health } of await generators.all("health", (part) => part)) record.fared(part, health);
  };
  const memory = new ServerMemory(stage);
  const costs = new StepCosts({ stage, usage: () => generators.all("usage", () => null) });
  const readings: MemoryReading[] = [];
  const readMemory = async () => {
    if (!scenario.watchesGrowth) return;
    const bytes = await memory.read(usersOf(scenario), signal);
    if (bytes !== null) readings.push({ atMs: msFromMicros(clock()), bytes });
  };
  const check = async (step: string) => {
    watch.begin(`checking everybody after ${step}`);
    sends.push(...(await generators.all("takeSends", () => null)).flat());
    const { dead: untold } = generators;
    const attendance = scenario.site.members === undefined ? null : await attendanceOf(generators, chromes);
    await generators.all("check", () => ({ step, sends, untold, attendance }));
    await chromeWatch.endStep({ mode, step });
    await drafts.check({ mode, step }, own.checks);
    await chromeChecks.check({ mode, step }, { sends, untold });
    await chromeWatch.measure();
    sends.length = 0;
    await readMemory();
    await keep();
    thresholdWatch.look();
    options.onCheckpoint();
  };

  await settled();
  await check("mount");
  for (const [index, step] of scenario.steps.entries()) {
    const name = `${index + 1} ${step.kind}`;
    watch.begin(name, startsOf(step, scenario));
    const beginUs = scenario.fixed ? clock() : micros(clock() + STEP_NOTICE_US);
    await costs.begin();
    const performing = performTogether(
      { name, step, beginUs },
      { ...options, chromes, watch, recorder: own },
    );
    await watchStep(step, performing, {
      ...options,
      name,
      users: usersOf(scenario),
      browsers: chromes.length,
      own,
      watch,
      keep,
    });
    signal.throwIfAborted();
    await settled();
    await costs.end(step, watch.done + (step.kind === "scrollback" ? chromes.length : 0));
    if (step.kind === "reconnect") {
      const aftermath = await generators.all("aftermath", () => null);
      const sum = (of: keyof Aftermath) => aftermath.reduce((all, part) => all + part[of], 0);
      own.add(
        counter(METRIC_NAMES.reconnectMissed, sum("missed"), { mode }),
        ...(step.drafts
          ? [
              counter(METRIC_NAMES.draftsKept, sum("draftsKept"), { mode }),
              counter(METRIC_NAMES.draftsRecovered, sum("draftsRecovered"), { mode }),
            ]
          : []),
      );
    }
    await check(name);
  }

  if (scenario.watchesGrowth) {
    const growth = growthOf(readings);
    progress.say(`${mode}: the server's memory: ${growth.verdict}. ${growth.reason}`);
    own.add(serverGrowthMetric(growth, { mode }), ...leakMetrics(growth, mode));
  }
  const wire = (await generators.all("wire", () => null)).reduce(addWireBytes, NO_WIRE_BYTES);
  const items = await generators.all("mostItems", () => null);
  const hidden = await generators.all("mostHidden", () => null);
  const inChrome = await Promise.all(chromes.map((chrome) => chrome.countHidden()));
  own.add(
    ...wireMetrics(wire, { mode }),
    // Where everything happens at once and no times are measured, servers of two modes are busy at a time.
    ...(scenario.fixed === true ? [] : costs.metrics(mode)),
    ...chromeWatch.metrics(mode),
    ...chromeChecks.deliveries(await generators.all("deliveries", () => null), mode),
    counter(METRIC_NAMES.actionsFailed, watch.failedActions, { mode }),
    counter(METRIC_NAMES.usersLost, watch.lostUsers, { mode }),
    counter(
      METRIC_NAMES.chromeConnections,
      chromes.reduce((sum, chrome) => sum + chrome.connections, 0),
      { mode },
    ),
    gauge(METRIC_NAMES.itemsOfUser, "count", Math.max(...items), { mode }),
    gauge(METRIC_NAMES.hiddenToUser, "count", Math.max(...hidden), { mode }),
    ...(inChrome.length === 0
      ? []
      : [gauge(METRIC_NAMES.hiddenToChrome, "count", Math.max(...inChrome), { mode })]),
  );
  for (const chrome of chromes) await chrome.close("end", own);
  await keep();
}

/** Who is in which room: simulated users of all processes, and Chromes. */
async function attendanceOf(
  generators: Generators,
  chromes: readonly ChromeViewer[],
): Promise<readonly Attendance[]> {
  const users = await generators.all("attendance", () => null);
  return [...users.flat(), ...chromes.map(({ attendance }) => attendance)];
}

/** Whether the server leaks, as a count that a threshold can hold; none where it cannot be told. */
function leakMetrics({ verdict }: Growth, mode: string): CounterMetric[] {
  return verdict === "cannot be told"
    ? []
    : [counter(METRIC_NAMES.serverLeaks, verdict === "leaks" ? 1 : 0, { mode })];
}
