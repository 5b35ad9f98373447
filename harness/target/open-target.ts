import { type Accounts, accountAt } from "../core/account.ts";
import { BenchError, UsageError } from "../core/errors.ts";
import { type Scenario, usersOf } from "../core/scenario.ts";
import { roomPath } from "../core/site.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { trustCertificates } from "../user/trusted-certificates.ts";
import { readAccounts } from "./accounts-file.ts";
import type { TargetAddress } from "./address.ts";
import { type Exploration, explore, socketEndpoint } from "./explore.ts";
import { resetData } from "./reset-data.ts";
import { roomsOf, type ScenarioOnTarget, scenarioOnTarget } from "./scenario-on-target.ts";
import { keyOfServer } from "./server-key.ts";
import { assembleSite, PART_KEYS, partsSaid } from "./site-parts.ts";
import { exitInWords, startCommand } from "./start-command.ts";
import { whenReady } from "./when-ready.ts";

/** An application of others. */
export interface ForeignTarget extends TargetAddress {
  readonly config: TargetConfig;
}

/** What goes on around an application. */
export interface TargetContext {
  readonly signal: AbortSignal;
  /** Takes what the application's commands say, line by line. */
  readonly onLog: (line: string) => void;
}

/** An application that answers. */
export interface RunningTarget {
  /** Aborts when an application that was started here ends by itself; the reason is a BenchError. */
  readonly death: AbortSignal;
  /** What a Chrome is to trust; null without TLS. See `keyOfServer`. */
  readonly trustedKey: string | null;
  /** Puts its data back, where the configuration says how. */
  reset(): Promise<void>;
  /** Ends what was started here. */
  close(): Promise<void>;
}

/**
 * Trusts the target's certificates, and starts the application, where the configuration says so.
 *
 * @throws UsageError `bad-ca`, `untrusted`, `command-failed`; BenchError `not-ready`
 */
export async function startTarget(
  { origin, config }: ForeignTarget,
  context: TargetContext,
): Promise<RunningTarget> {
  const { signal, onLog } = context;
  await using made = new AsyncDisposableStack();
  if (config.tls !== undefined) made.defer(trustCertificates(config.tls.ca));
  const death = new AbortController();
  if (config.start !== undefined) {
    let isClosing = false;
    const running = await startCommand(config.start, onLog);
    made.defer(async () => {
      isClosing = true;
      await running.stop();
    });
    await whenReady(origin, config.start.ready, running, signal);
    running.exited.then((exit) => {
      if (isClosing) return;
      const message = `the application ended in the middle of the run ${exitInWords(exit)}`;
      death.abort(new BenchError(message, { code: "server-died" }));
    });
  }
  const trustedKey = await keyOfServer(origin);
  const owned = made.move();
  const { reset } = config;
  return {
    death: death.signal,
    trustedKey,
    reset: async () => {
      if (reset !== undefined) await resetData(origin, reset, context);
    },
    close: () => owned.disposeAsync(),
  };
}

/** What a run on a target is made of: plain data, but for who runs it. */
export interface OpenTarget extends ScenarioOnTarget {
  readonly accounts: Accounts;
  /** The path of the socket, with its transport. */
  readonly socketPath: string;
  readonly connectParams: Readonly<Record<string, string>>;
  /** A file of certificates that each process has to trust that connects; null: none. */
  readonly ca: string | null;
  readonly running: RunningTarget;
}

/**
 * Starts a target, looks at it as one of its users, and makes a scenario one that can be run on it. What is looked for is
 * written and deleted again as a message, unless the configuration says everything.
 *
 * @throws UsageError as {@link startTarget}, `bad-credentials`, `too-few-accounts`; `unusable-target` where the page has
 *   not what a run needs: the message names the keys of the configuration that would say it
 */
export async function openTarget(
  target: ForeignTarget & {
    readonly scenario: Scenario;
    /** Whether `--mode` was given. */
    readonly choosesModes: boolean;
    /** Whether what is stored can be read. */
    readonly hasDatabase: boolean;
  },
  context: TargetContext,
): Promise<OpenTarget> {
  const { origin, config, scenario } = target;
  const { browsers, site } = scenario;
  const accounts = readAccounts(config.credentials, site.accounts, usersOf(scenario) + browsers);
  await using made = new AsyncDisposableStack();
  const running = await startTarget(target, context);
  made.defer(() => running.close());
  const path = watchedPath(config, scenario.modes[0] ?? "");
  const account = accountAt(accounts, 0) ?? { name: "", password: null };
  await running.reset();
  const writes = saysEverything(config) ? null : TRIAL;
  const seen = await explore({ origin, config, roomPath: path, account, writes });
  context.signal.throwIfAborted();
  const on = scenarioOnTarget({ ...target, site: siteOf(target, seen), seen });
  made.move();
  return {
    ...on,
    accounts,
    socketPath: socketEndpoint(config),
    connectParams: config.connectParams ?? {},
    ca: config.tls?.ca ?? null,
    running,
  };
}

/** Whether nothing is left that a message of one's own could show. */
function saysEverything(config: TargetConfig): boolean {
  const said = partsSaid(config);
  return config.list?.fields?.content !== undefined && PART_KEYS.every((key) => key in said);
}

/** What is written to see what can be done with a message of one's own. */
export const TRIAL = "bench looks what can be done with a message";

function siteOf(
  {
    origin,
    config,
    scenario,
    hasDatabase,
  }: ForeignTarget & { readonly scenario: Scenario; readonly hasDatabase: boolean },
  seen: Exploration,
) {
  const { roomPath, roomIds } = roomsOf(config);
  // Who stores as our own chat does shows it as that does: each part of it is in the database too.
  const isOurs = hasDatabase && config.list?.fields === undefined;
  const unusable = (why: string) =>
    new UsageError(`${origin} cannot be run on: ${why}. bench doctor --target shows what was found`, {
      code: "unusable-target",
    });
  if (seen.problem !== null) throw unusable(seen.problem);
  const assembled = assembleSite(
    {
      name: config.name ?? `${roomPath} of ${origin}`,
      roomPath,
      ...(roomIds !== null && { roomIds }),
      ...(config.rooms?.link !== undefined && { roomLink: config.rooms.link }),
      logIn: seen.logIn,
      accounts: scenario.site.accounts,
      fields: isOurs ? scenario.site.list.fields : seen.fields,
    },
    seen.findings,
  );
  if (assembled.kind === "site") return assembled.site;
  throw unusable(
    assembled.missing
      .map(({ key, why }) => `${key} in the file of --config has to say it (${why})`)
      .join("; "),
  );
}

/** The path of the room that is watched. */
export function watchedPath(config: TargetConfig, mode: string): string {
  const { roomPath: path, roomIds, ids } = roomsOf(config);
  return roomPath({ roomPath: path, ...(roomIds !== null && { roomIds }) }, mode, ids[0] ?? 1);
}
