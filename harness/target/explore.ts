import type { Account } from "../core/account.ts";
import { BenchError, messageOf } from "../core/errors.ts";
import { realClock } from "../core/real-time.ts";
import type { LogInStep } from "../core/site.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { readDeadRender } from "../page/dead-render.ts";
import { parseHtml } from "../page/html.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import { type Discovery, discover, foundValue } from "./discover.ts";
import { enter } from "./enter.ts";
import { type Finding, found, missing } from "./finding.ts";
import { partsSaid } from "./site-parts.ts";
import { tryWriting } from "./try-writing.ts";

/** What is looked at, and how. */
export interface ExploreOptions {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  readonly config: TargetConfig;
  /** The path of a room's page. */
  readonly roomPath: string;
  readonly account: Account;
  /** A text to be written as a message, and deleted again: buttons may be on one's own messages alone. Null: none. */
  readonly writes: string | null;
}

/** What one user saw who went to a room. */
export interface Exploration extends Discovery {
  /** How he logged in; null where he had not to. */
  readonly logIn: { readonly steps: readonly LogInStep[] } | null;
  /** What the server calls its version of LiveView; null where it was not joined, or did not say. */
  readonly version: string | null;
  /** The parts of an item, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Messages on the page as it was sent. */
  readonly items: number;
  /** Why no run is possible: the page could not be reached, or its view not joined. Null where all is well. */
  readonly problem: string | null;
}

/** The path that LiveSocket is given on nearly every page. */
export const USUAL_SOCKET_PATH = "/live";
const LIVEVIEW_VERSION = /"liveview_version":"([^"]+)"/u;
/** What a list is looked for by while nobody knows where it is. */
const NOWHERE = "[data-nowhere]";

/** Goes to a room as one user, joins it, and tells what is there. Does not throw for what the target does wrong. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { origin, config, roomPath, account } = options;
  await using open = new AsyncDisposableStack();
  const said = partsSaid(config);
  const visitors = populationOf(options, NOWHERE);
  open.defer(() => visitors.close());
  const visitor = new SimulatedUser(visitors, { name: account.name });

  const findings: Finding[] = [];
  let logIn: Exploration["logIn"] = null;
  let sent: Discovery = discover(parseHtml(""), said, null);
  const ended = (problem: string | null, more: Partial<Exploration> = {}): Exploration => ({
    ...sent,
    logIn,
    version: null,
    fields: config.list?.fields ?? {},
    items: 0,
    problem,
    ...more,
    findings: [...findings, ...(more.findings ?? sent.findings)],
  });

  let html: string;
  try {
    const entered = await enter(visitor, config.logIn, account, roomPath);
    logIn = entered.logIn;
    findings.push(entered.finding);
    html = entered.page.html;
    const dead = readDeadRender(html, entered.page.url);
    if (entered.page.status >= 400) return ended(`${entered.page.url} answered ${entered.page.status}`);
    if (dead.kind === "not-live") {
      return ended(`${entered.page.url} is not a LiveView page: it lacks ${dead.missing}`);
    }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return ended(error.message);
  }
  sent = discover(parseHtml(html), said, null);

  const population = populationOf(options, foundValue(sent.findings, "list.container") ?? NOWHERE);
  open.defer(() => population.close());
  let version: string | null = null;
  const seen = new Set<() => void>();
  const user = new SimulatedUser(population, {
    name: account.name,
    redirects: "follow",
    onFrame: ({ text }) => {
      version ??= LIVEVIEW_VERSION.exec(text)?.[1] ?? null;
      for (const look of seen) look();
    },
  });
  open.defer(() => user.close());
  user.cookies = visitor.cookies;
  const socketPath = config.socketPath ?? USUAL_SOCKET_PATH;
  try {
    await user.mount(roomPath);
    await user.connect();
    findings.push(
      found("socketPath", socketPath, config.socketPath === undefined ? "certain" : "said", "it answers"),
    );
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const notFound = error.code === "socket-refused" || error.code === "connect-timeout";
    if (notFound) findings.push(missing("socketPath", `${socketPath} does not answer: ${error.message}`));
    // The view is joined all the same: it is only that nobody knows its list yet.
    if (error.code !== "list-not-found") return ended(error.message, { version });
  }
  const joined = discover(user.document ?? parseHtml(html), said, user.page);
  const items = user.items.length;
  const container = foundValue(joined.findings, "list.container");
  if (options.writes === null || container === null || user.page?.hasList !== true) {
    return ended(null, { ...joined, version, items });
  }
  try {
    const written = await tryWriting(user, joined.findings, options.writes, seen);
    const isSaid = config.list?.fields !== undefined;
    return ended(null, {
      ...joined,
      version,
      items,
      findings: written.findings,
      ...(!isSaid && written.content !== null && { fields: { content: written.content } }),
    });
  } catch (error) {
    return ended(`a message could not be written: ${messageOf(error)}`, { ...joined, version, items });
  }

  function populationOf(from: ExploreOptions, list: string): Population {
    return new Population({
      baseUrl: origin,
      list,
      fields: {},
      clock: realClock,
      every: everyInterval,
      socketPath: socketEndpoint(from.config),
      connectParams: from.config.connectParams ?? {},
    });
  }
}

/** The path at which a socket is opened: that of the application's script, and the transport. */
export function socketEndpoint({ socketPath = USUAL_SOCKET_PATH }: Pick<TargetConfig, "socketPath">): string {
  return `${socketPath.replace(/\/$/u, "")}/websocket`;
}
