import { ensureChrome } from "../browser/install-chrome.ts";
import { type Chrome, launchChrome } from "../browser/launch.ts";
import { nodeChromeHost } from "../browser/node-chrome-host.ts";
import type { DashboardEnd, DashboardRenderer } from "../core/dashboard.ts";
import { messageOf } from "../core/errors.ts";
import type { ExitCode } from "../core/exit-codes.ts";
import type { Io } from "../core/io.ts";
import type { LiveFigures } from "../core/live-figures.ts";
import { realClock } from "../core/real-time.ts";
import { RECORDINGS_FILE, serializeRecordings } from "../core/recording.ts";
import type { RunOptions } from "../core/run-options.ts";
import { type RunResult, serializeRunResult } from "../core/run-result.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import { micros, msFromMicros } from "../core/units.ts";
import { judgeThresholds } from "../gate/thresholds.ts";
import { type OpenTarget, openTarget } from "../target/open-target.ts";
import { readTargetConfig } from "../target/read-config.ts";
import { remoteLimit, withinLimit } from "../target/remote-guard.ts";
import { Artifacts } from "./artifacts.ts";
import { atMostEvery } from "./at-most-every.ts";
import { commitIn } from "./commit.ts";
import { Dashboard } from "./dashboard.ts";
import { type EndedEarly, UNFINISHED, whyEnded } from "./ended-early.ts";
import { thisEnvironment } from "./environment.ts";
import { Generators } from "./generators.ts";
import { onTerminal } from "./live-viewer.ts";
import { ownThresholds, planRun, type RunPlan } from "./plan.ts";
import { progressOn, SILENT } from "./progress.ts";
import { makeResult } from "./result.ts";
import { ResultFile } from "./result-file.ts";
import { runOnStage } from "./run-on-stage.ts";
import { RunRecord } from "./run-record.ts";
import { SessionFile } from "./session-file.ts";
import { Stages } from "./stages.ts";
import { ThresholdWatch } from "./threshold-watch.ts";

/** What a run needs of the rest of the program. */
export interface RunnerServices {
  readonly benchVersion: string;
  /** Writes a report for a browser beside the result, and gives its path. */
  readonly writeReport: (result: RunResult, resultPath: string) => string;
  /** Renders figures for one who watches the run. */
  readonly renderLive: (figures: LiveFigures) => readonly string[];
  /** How the page of a run that goes on is rendered; loaded where there is one. */
  readonly renderDashboard: () => Promise<DashboardRenderer>;
  /** Renders a result for the person at the terminal. @param why whether where its bytes went is told as well */
  readonly render: (result: RunResult, io: Io, why: boolean) => string;
}

/** Small steps follow each other faster than a result is worth being written. */
const WRITE_INTERVAL_US = micros(1_000_000);

/**
 * Runs a scenario: each mode on a server of its own, one after the other. The result is written after checkpoints, once a
 * second at most, and at the end, however the run ends, and then shown.
 *
 * @returns what to exit with
 * @throws BenchError where nothing could be run at all
 */
export async function runScenario(
  definition: ScenarioDefinition,
  options: RunOptions,
  io: Io,
  services: RunnerServices,
): Promise<ExitCode> {
  const config = options.config === undefined ? null : readTargetConfig(options.config);
  const notices: string[] = [];
  let plan = planRun(definition, options, config);
  if (plan.target !== null) {
    const limitPerSec = await remoteLimit(plan.target.origin, options);
    const steps = withinLimit(plan.scenario.steps, limitPerSec);
    plan = { ...plan, limitPerSec, scenario: { ...plan.scenario, steps } };
    if (limitPerSec !== null)
      notices.push(`the target is not this machine: at most ${limitPerSec} actions a second`);
  }
  const sessions = plan.target?.sessions ? SessionFile.open(plan.target.sessions, plan.target.origin) : null;
  const commit = await commitIn(io.cwd);
  const startedAt = new Date().toISOString();
  let beganUs = realClock();
  const file = new ResultFile(options.outDir, definition.name, startedAt);
  const artifacts = new Artifacts(file.path);
  const inTerminal = options.quiet ? SILENT : progressOn(io.stderr);
  const record = new RunRecord(plan.workers);
  let chromeVersion: string | undefined;
  const result = (endedEarly?: EndedEarly): RunResult => {
    const recorder = record.merged();
    return makeResult({
      plan,
      recorder,
      replay: { file: artifacts.relative(RECORDINGS_FILE), recordings: record.recordings },
      health: record.health,
      losses: record.losses,
      clockBoundsUs: record.clockBoundsUs,
      environment: thisEnvironment({
        commit,
        bench: services.benchVersion,
        chrome: chromeVersion,
        liveView: recorder.liveViewVersion,
      }),
      startedAt,
      durationMs: Math.round(msFromMicros(micros(realClock() - beganUs))),
      ...(endedEarly === undefined ? {} : { endedEarly }),
    });
  };

  const write = (written: RunResult): void => {
    const { recordings } = record;
    if (recordings.length > 0)
      artifacts.write(
        RECORDINGS_FILE,
        serializeRecordings(recordings, { scenario: definition.name, startedAt }),
      );
    file.write(written);
  };

  await using open = new AsyncDisposableStack();
  const dashboard = await openDashboard(() => plan, options.dashboardPort, services);
  if (dashboard !== null) {
    open.defer(() => dashboard.close());
    io.stderr.write(`Dashboard: ${dashboard.url}\n`);
  }
  const progress = dashboard?.beside(inTerminal) ?? inTerminal;
  open.defer(() => progress.end());
  let endedEarly: EndedEarly | undefined;
  try {
    for (const notice of notices) progress.say(notice);
    const target = await openPlanned(plan, io, progress.say);
    if (target !== null) {
      open.defer(() => target.running.close());
      for (const what of target.leftOut) progress.say(`left out: ${what}`);
      plan = onTarget(plan, target);
    }
    const chrome = await startChrome(plan, io, progress.say, target?.running.trustedKey ?? null);
    if (chrome !== null) {
      chromeVersion = chrome.version;
      open.defer(() => chrome.close());
    }
    // A Chrome that had to be installed first is no part of the run.
    beganUs = realClock();
    const generators = new Generators(plan.workers);
    open.defer(() => generators.stop());
    const stages = new Stages(plan, {
      opened: target,
      signal: io.signal,
      onLog: (line) => progress.say(`server: ${line}`),
    });
    open.defer(() => stages.close());
    record.clockBoundsUs = await generators.setClocks(realClock);
    const writeSoFar = atMostEvery(WRITE_INTERVAL_US, realClock, () => write(result(UNFINISHED)));
    const thresholdWatch = new ThresholdWatch(plan, () => record.merged().metrics());
    for (const mode of plan.modes) {
      await runOnStage(mode, plan, stages, {
        viewers: [onTerminal(inTerminal, services.renderLive), ...(dashboard === null ? [] : [dashboard])],
        thresholdWatch,
        chrome,
        sessions,
        generators,
        record,
        artifacts,
        progress,
        signal: io.signal,
        onCheckpoint: writeSoFar,
      });
    }
  } catch (error) {
    // Where nobody was checked yet there is nothing to keep.
    if (record.merged().checks.checks().made === 0 && !io.signal.aborted) throw error;
    endedEarly = whyEnded(error, io.signal);
  }
  const final = result(endedEarly);
  write(final);
  progress.end();
  io.stdout.write(options.json ? serializeRunResult(final) : services.render(final, io, options.why));
  if (endedEarly !== undefined) io.stderr.write(`bench: ${endedEarly.by}\n`);
  if (!options.quiet) io.stderr.write(`Result: ${file.path}\n`);
  const report = writeReport(
    final,
    file.path,
    services,
    options.quiet ? () => {} : (line) => io.stderr.write(`${line}\n`),
  );
  dashboard?.end(final, filesOf(file.path, report));
  if (!options.quiet && record.recordings.length > 0)
    io.stderr.write(`Frames: ${artifacts.path(RECORDINGS_FILE)}, for bench replay\n`);
  return final.exitCode;
}

/** Writes the report and says where, and gives its path; null where it cannot be written: the run is still what it was. */
export function writeReport(
  result: RunResult,
  resultPath: string,
  services: Pick<RunnerServices, "writeReport">,
  say: (line: string) => void,
): string | null {
  try {
    const path = services.writeReport(result, resultPath);
    say(`Report: ${path}`);
    return path;
  } catch (error) {
    say(`The report cannot be written: ${messageOf(error)}; bench report renders it from the result.`);
    return null;
  }
}

function filesOf(result: string, report: string | null): DashboardEnd["files"] {
  return [...(report === null ? [] : [{ what: "Report", path: report }]), { what: "Result", path: result }];
}

/** The page of the run, where one was asked for. */
async function openDashboard(
  plan: () => RunPlan,
  port: number | undefined,
  services: RunnerServices,
): Promise<Dashboard | null> {
  if (port === undefined) return null;
  return Dashboard.open({
    scenario: plan().scenario.name,
    port,
    render: await services.renderDashboard(),
    judge: (metrics, mode) => judgeThresholds(plan().thresholds, metrics, [mode]),
    nowMs: Date.now,
  });
}

/** The application of others that a run is planned on, started and looked at; null for our own chat. */
async function openPlanned(
  { scenario, target }: RunPlan,
  io: Io,
  say: (line: string) => void,
): Promise<OpenTarget | null> {
  if (target === null || target.config === null) return null;
  const { origin, config, choosesModes, database } = target;
  return openTarget(
    { origin, config, scenario, choosesModes, hasDatabase: database !== null },
    { signal: io.signal, onLog: (line) => say(`target: ${line}`) },
  );
}

/** The plan as it can be carried out there. The scenario's own thresholds come anew, those of the user stay. */
function onTarget(plan: RunPlan, { scenario, modes }: OpenTarget): RunPlan {
  const others = plan.thresholds.slice(ownThresholds(plan.scenario).length);
  return { ...plan, scenario, modes, thresholds: [...ownThresholds(scenario), ...others] };
}

async function startChrome(
  plan: RunPlan,
  io: Io,
  say: (line: string) => void,
  trustedKey: string | null,
): Promise<Chrome | null> {
  if (plan.scenario.browsers === 0) return null;
  const { path } = await ensureChrome(nodeChromeHost(io.env, io.signal), say);
  io.signal.throwIfAborted();
  return launchChrome({ executablePath: path, ...(trustedKey !== null && { trustedKeys: [trustedKey] }) });
}
