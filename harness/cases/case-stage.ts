import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseOffer } from "../core/case-offers.ts";
import type { CaseRunOptions } from "../core/case-run-options.ts";
import { BenchError } from "../core/errors.ts";
import { realClock } from "../core/real-time.ts";
import { CASE_MODES, type CaseMode, type CaseView } from "../core/stream-case.ts";
import { startServer } from "../load/server-process.ts";
import { Population } from "../user/population.ts";
import { everyInterval } from "../user/wheel.ts";
import { type CaseAddress, caseAddress, hasModes, OWN_PATH, onlyMode } from "./case-address.ts";
import { lookAtPage } from "./case-page.ts";
import { CASE_ACCOUNTS, CASE_ROOMS, type CaseServer, EMPTY_CASE_ROOMS } from "./room-settings.ts";

/** In a room: more than three pages of history, less than takes long to make. */
const MESSAGES_EACH = 45;

/** Several heartbeats, of which all but one may be late; a case waits for it. */
const SOON_MS = 6000;

/** The pages on which cases are done, and those who go there over sockets. */
export interface CaseStage {
  readonly address: CaseAddress;
  /** What the page offers, by the modes that are run, in their order. */
  readonly offers: ReadonlyMap<CaseMode, ReadonlySet<CaseOffer>>;
  /** A simulated user looks at one list: the page's own, or the one of the view within it. */
  readonly populations: Readonly<Record<CaseView, Population>>;
  /** The server of the run's own; null for a target. */
  readonly server: CaseServer | null;
  /** Aborts when a server of the run's own ends by itself; the reason is a BenchError. */
  readonly death: AbortSignal;
  /** Starts one more server, which ends with the stage: there a page is gone after little silence. */
  serverThatMissesSoon(): Promise<CaseServer>;
  /** As the first join was told; undefined before. */
  liveViewVersion: string | undefined;
  close(): Promise<void>;
}

/**
 * Opens the pages of a target, or of a reference server that is started for the run, and looks at each.
 *
 * @throws UsageError `no-case-page`, `unknown-mode`, `unreachable`
 */
export async function openCaseStage(
  { target, modes: asked }: Pick<CaseRunOptions, "target" | "modes">,
  server: { readonly signal: AbortSignal; readonly onLog: (line: string) => void },
): Promise<CaseStage> {
  await using made = new AsyncDisposableStack();
  const death = new AbortController();
  const own = target === undefined ? await ownServer(server, death, made) : null;
  const address = own === null ? caseAddress(target ?? "") : { origin: own.origin, path: OWN_PATH };
  const populations = {
    items: populationOf(address, "items"),
    "nested-items": populationOf(address, "nested-items"),
  };
  made.defer(() => {
    for (const population of Object.values(populations)) population.close();
  });
  const look = (mode: CaseMode | undefined) => lookAtPage(populations.items, address, mode);
  const offers = new Map<CaseMode, ReadonlySet<CaseOffer>>();
  if (hasModes(address)) {
    for (const mode of asked ?? CASE_MODES) offers.set(mode, (await look(mode)).offers);
  } else {
    const page = await look(undefined);
    offers.set(onlyMode(asked, page.update), page.offers);
  }
  const owned = made.move();
  return {
    address,
    server: own,
    serverThatMissesSoon: () => ownServer({ ...server, idleTimeoutMs: SOON_MS }, death, owned),
    offers,
    populations,
    death: death.signal,
    liveViewVersion: undefined,
    close: () => owned.disposeAsync(),
  };
}

function populationOf({ origin }: CaseAddress, list: CaseView): Population {
  const fields = { text: ".text" };
  return new Population({
    baseUrl: origin,
    list: `#${list}`,
    fields,
    clock: realClock,
    every: everyInterval,
  });
}

/** Starts a reference server, which ends with the stack. */
async function ownServer(
  options: {
    readonly signal: AbortSignal;
    readonly onLog: (line: string) => void;
    readonly idleTimeoutMs?: number;
  },
  death: AbortController,
  made: AsyncDisposableStack,
): Promise<CaseServer> {
  const folder = mkdtempSync(join(tmpdir(), "chat-diff-bench-"));
  made.defer(() => rmSync(folder, { recursive: true, force: true }));
  const location = join(folder, "chat.db");
  const started = await startServer({
    port: 0,
    mode: "stream",
    database: location,
    seed: 1,
    rooms: CASE_ROOMS,
    emptyRooms: EMPTY_CASE_ROOMS,
    messages: MESSAGES_EACH,
    users: CASE_ACCOUNTS,
    instrument: true,
    ...options,
  });
  let ending = false;
  void started.exited.then(({ code, signal, lastLog }) => {
    if (ending) return;
    const last = lastLog.at(-1);
    const how = `${signal ?? `exit code ${code}`}${last === undefined ? "" : `: ${last}`}`;
    death.abort(new BenchError(`the server died in the middle of the run (${how})`, { code: "server-died" }));
  });
  made.defer(async () => {
    ending = true;
    await started.stop();
  });
  const { idleTimeoutMs } = options;
  return { origin: started.url, location, ...(idleTimeoutMs !== undefined && { idleTimeoutMs }) };
}
