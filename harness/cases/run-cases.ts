import { availableParallelism } from "node:os";
import type { ChromePage } from "../browser/chrome-page.ts";
import { ensureChrome } from "../browser/install-chrome.ts";
import { launchChrome } from "../browser/launch.ts";
import { nodeChromeHost } from "../browser/node-chrome-host.ts";
import type { CaseDifference } from "../core/case-result.ts";
import type { CaseRunOptions } from "../core/case-run-options.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import { BenchError } from "../core/errors.ts";
import type { ExitCode } from "../core/exit-codes.ts";
import type { Io } from "../core/io.ts";
import { realClock, realSleep } from "../core/real-time.ts";
import { type RunResult, serializeRunResult } from "../core/run-result.ts";
import type { CaseMode, RoomPageCase } from "../core/stream-case.ts";
import { micros, msFromMicros } from "../core/units.ts";
import { Throttle } from "../crowd/throttle.ts";
import { HealthMonitor } from "../measure/health-monitor.ts";
import { commitIn } from "../run/commit.ts";
import { type EndedEarly, UNFINISHED, whyEnded } from "../run/ended-early.ts";
import { thisEnvironment } from "../run/environment.ts";
import { type Progress, progressOn, SILENT } from "../run/progress.ts";
import { ResultFile } from "../run/result-file.ts";
import { type RunnerServices, writeReport } from "../run/run-scenario.ts";
import { remoteLimit } from "../target/remote-guard.ts";
import { CaseBook } from "./case-book.ts";
import { CaseChrome } from "./case-chrome.ts";
import { type CaseStage, openCaseStage } from "./case-stage.ts";
import { CaseUser } from "./case-user.ts";
import { makeCasesResult } from "./cases-result.ts";
import { type CaseTask, doByUser, doInChrome } from "./do-case.ts";
import { doRoomCase } from "./do-room-case.ts";
import { assertSomethingToDo, type PlannedCase, planCases } from "./plan-cases.ts";
import { type ModeRooms, RoomServers } from "./room-servers.ts";

/** Chromes that do cases at once, a mode each: with more than cores each is slower. */
const MOST_CHROMES = 2;
/** A Chrome with one page, and that page as one of cases. */
interface Lane {
  readonly page: ChromePage;
  readonly chrome: CaseChrome;
  /** Opens another page in it. */
  readonly openPage: () => Promise<ChromePage>;
}
type DoableCase = Extract<PlannedCase, { leftOut: null }>["of"];

/** No action of a case is ever skipped. */
const NO_STARTS = { made: 0, dropped: 0, late: 0, maxLateUs: 0 };

/**
 * Runs a scenario of cases: each case in Chrome and by a simulated user at once, two modes at a time, on one server. The
 * result is written after each mode and at the end, however the run ends, and then shown.
 *
 * @returns what to exit with
 * @throws BenchError where nothing could be run at all
 */
export async function runCases(
  definition: CasesDefinition,
  options: CaseRunOptions,
  io: Io,
  services: Omit<RunnerServices, "renderLive" | "renderDashboard">,
): Promise<ExitCode> {
  const { target } = options;
  const limitPerSec = target === undefined ? null : await remoteLimit(target, options);
  const commit = await commitIn(io.cwd);
  const startedAt = new Date().toISOString();
  const file = new ResultFile(options.outDir, definition.name, startedAt);
  const progress = options.quiet ? SILENT : progressOn(io.stderr);
  const book = new CaseBook(definition, options.only);
  const health = new HealthMonitor({ clock: realClock, starts: () => NO_STARTS });
  const throttle = new Throttle(limitPerSec, { clock: realClock, sleep: realSleep });
  const beganUs = realClock();
  const versions: { chrome?: string; liveView?: string; client?: string } = {};
  let modes: readonly CaseMode[] = [];
  const result = (endedEarly?: EndedEarly): RunResult =>
    makeCasesResult({
      definition,
      book,
      modes,
      target: target ?? null,
      health: health.read(),
      environment: thisEnvironment({ commit, bench: services.benchVersion, ...versions }),
      startedAt,
      durationMs: Math.round(msFromMicros(micros(realClock() - beganUs))),
      endedEarly,
    });

  await using open = new AsyncDisposableStack();
  open.defer(() => progress.end());
  let endedEarly: EndedEarly | undefined;
  try {
    const onLog = (line: string) => progress.say(`server: ${line}`);
    const stage = await openCaseStage(options, { signal: io.signal, onLog });
    open.defer(() => stage.close());
    modes = [...stage.offers.keys()];
    const planned = planCases(definition, {
      ...options,
      ownServer: stage.server !== null,
      offers: stage.offers,
    });
    assertSomethingToDo(planned);
    const { path } = await ensureChrome(nodeChromeHost(io.env, io.signal), progress.say);
    io.signal.throwIfAborted();
    const signals = [io.signal, stage.death];
    const lanes: Lane[] = [];
    for (let lane = 1; lane <= Math.min(MOST_CHROMES, availableParallelism(), modes.length); lane += 1) {
      const browser = await launchChrome({ executablePath: path });
      open.defer(() => browser.close());
      versions.chrome = browser.version;
      signals.push(abortedBy(browser.exited));
      const page = await browser.openPage({ name: "Chrome" });
      const openPage = () => browser.openPage({ name: "Chrome, on a second page" });
      lanes.push({ page, openPage, chrome: new CaseChrome(page, stage.address) });
    }
    health.resume();
    open.defer(() => health.pause());

    const servers = stage.server && open.use(new RoomServers(stage.server, stage, definition));
    const turn = () => throttle.turn(io.signal);
    await inLanes(lanes, modes, signals, async ({ page, openPage, chrome }, mode, signal) => {
      const ofMode = planned.filter((one) => one.mode === mode);
      tellLeftOut(mode, ofMode, progress);
      const doing = async (of: DoableCase) => {
        if (!("acts" in of)) return doOnPage({ streamCase: of, mode, turn }, chrome, stage);
        if (servers === null) throw new RangeError("there are no rooms for a case that was planned");
        return doInRooms(of, await servers.roomsFor(of.acts, mode, { page, openPage }));
      };
      for (const [at, one] of ofMode.entries()) {
        progress.update("doing cases", `${one.id} in ${mode}, ${at + 1} of ${ofMode.length}`);
        if (one.leftOut !== null) book.leftOut(one.id, mode, one.leftOut);
        else book.done(one.id, mode, await orAborted(doing(one.of), signal));
      }
      const client = await chrome.clientVersion();
      if (client !== undefined) versions.client = client;
      if (stage.liveViewVersion !== undefined) versions.liveView = stage.liveViewVersion;
      file.write(result(UNFINISHED));
    });
  } catch (error) {
    // Where nothing was done yet there is nothing to keep.
    if (book.checks().made === 0 && !io.signal.aborted) throw error;
    endedEarly = whyEnded(error, io.signal);
  }
  const final = result(endedEarly);
  file.write(final);
  progress.end();
  io.stdout.write(options.json ? serializeRunResult(final) : services.render(final, io, false));
  if (endedEarly !== undefined) io.stderr.write(`bench: ${endedEarly.by}\n`);
  if (!options.quiet) io.stderr.write(`Result: ${file.path}\n`);
  writeReport(final, file.path, services, options.quiet ? () => {} : (line) => io.stderr.write(`${line}\n`));
  return final.exitCode;
}

/**
 * Has each Chrome take one mode after the other, until none is left. What goes wrong in one ends all.
 *
 * @param signals any of which ends it
 */
async function inLanes(
  lanes: readonly Lane[],
  modes: readonly CaseMode[],
  signals: readonly AbortSignal[],
  doMode: (lane: Lane, mode: CaseMode, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const left = [...modes];
  const stop = new AbortController();
  const signal = AbortSignal.any([...signals, stop.signal]);
  const doAll = async (lane: Lane) => {
    for (let mode = left.shift(); mode !== undefined; mode = left.shift()) await doMode(lane, mode, signal);
  };
  await Promise.all(
    lanes.map((lane) =>
      doAll(lane).catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
}

/** Says what a page cannot do. What the terms of a mode do not allow is in the report. */
function tellLeftOut(mode: CaseMode, planned: readonly PlannedCase[], progress: Progress): void {
  const byReason = Map.groupBy(planned, ({ leftOut }) => leftOut);
  for (const [reason, cases] of byReason) {
    if (reason?.startsWith("the page does not offer"))
      progress.say(`${mode}: left out: ${cases.map(({ id }) => id).join(", ")}: ${reason}`);
  }
}

/** Does a case on its page, in Chrome, and by a simulated user for each of its views. */
async function doOnPage(task: CaseTask, chrome: CaseChrome, stage: CaseStage): Promise<CaseDifference[]> {
  const nested = task.streamCase.nested !== undefined;
  const views = nested ? (["items", "nested-items"] as const) : (["items"] as const);
  const users = views.map((view) => new CaseUser(stage.populations[view], stage.address, view));
  try {
    const [inChrome, ...byUsers] = await Promise.all([
      doInChrome(chrome, task),
      ...users.map((user) => doByUser(user, task)),
    ]);
    const byUser = byUsers.find((difference) => difference !== null) ?? null;
    return [inChrome, byUser].filter((difference) => difference !== null);
  } finally {
    stage.liveViewVersion ??= users[0]?.liveViewVersion;
    for (const user of users) await user.close();
  }
}

/** Does a case on the room page. */
async function doInRooms({ acts }: Pick<RoomPageCase, "acts">, rooms: ModeRooms): Promise<CaseDifference[]> {
  const { readers, close } = rooms.readersOf();
  try {
    return await doRoomCase(acts, { ...rooms, readers });
  } finally {
    await close();
  }
}

/** Aborts when a Chrome is gone. */
function abortedBy(exited: Promise<void>): AbortSignal {
  const death = new AbortController();
  void exited.then(() =>
    death.abort(new BenchError("Chrome died in the middle of the run", { code: "chrome-died" })),
  );
  return death.signal;
}

/** Waits, but not beyond an abort. */
async function orAborted<Result>(doing: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([doing, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    // What is given up may still end in an error.
    doing.catch(() => {});
  }
}
