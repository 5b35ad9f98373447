import type { ChromePage } from "../browser/chrome-page.ts";
import type { Account } from "../core/account.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import { realClock } from "../core/real-time.ts";
import type { CaseRoom } from "../core/room-act.ts";
import { roomPath, type Site } from "../core/site.ts";
import { CASE_MODES, type CaseMode } from "../core/stream-case.ts";
import { accountOf } from "../crowd/accounts.ts";
import { mountLoggedIn } from "../crowd/log-in.ts";
import { startDelayingLink } from "../load/delaying-link.ts";
import { ReferenceDatabase } from "../oracle/reference-database.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import type { RoomSetting } from "./do-room-case.ts";
import { RoomChrome } from "./room-chrome.ts";
import { RoomUser } from "./room-user.ts";

/** How long a page may take until it shows what is stored, in milliseconds. */
const PATIENCE_MS = 10_000;

/** As in Phoenix: twice the client's heartbeat interval. */
const DEFAULT_IDLE_TIMEOUT_MS = 60_000;
/** How often pages send a heartbeat where the server expects it sooner. */
const OFTEN_SECONDS = 2;

type Cookies = Readonly<Record<string, string>>;

/** In each mode, so that modes can be done at once: where readers begin, the other one, and an empty one. */
const ROOMS_EACH = 3;
/** The empty ones are the last. */
export const CASE_ROOMS = CASE_MODES.length * ROOMS_EACH;
/** One for each mode. */
export const EMPTY_CASE_ROOMS = CASE_MODES.length;
/** The writer, the simulated reader, and the one in Chrome. */
export const CASE_ACCOUNTS = 3;

/** A reference server whose rooms are at hand. */
export interface CaseServer {
  readonly origin: string;
  /** Its database. */
  readonly location: string;
  /** After how much silence it takes a page for gone. Default: 60,000. Where it is less, pages send a heartbeat every two seconds. */
  readonly idleTimeoutMs?: number;
}

/** A Chrome for a reader. */
export interface RoomBrowser {
  /** The page that he has throughout. */
  readonly page: ChromePage;
  /** Opens another one. */
  readonly openPage: () => Promise<ChromePage>;
}

/** What all that go to the rooms of a server share. */
interface Shared {
  readonly server: CaseServer;
  readonly definition: Pick<CasesDefinition, "site" | "pageSize">;
  /** By the direct way to the server. */
  readonly population: Population;
  readonly database: ReferenceDatabase;
  /** Of the accounts, in order. */
  readonly cookies: readonly Cookies[];
  readonly patienceMs: number;
}

/** The rooms of a reference server in which cases of the room page are done, with those who go there logged in. */
export class RoomSettings implements AsyncDisposable {
  readonly #shared: Shared;
  readonly #made = new AsyncDisposableStack();

  private constructor(shared: Shared) {
    this.#shared = shared;
    this.#made.defer(() => shared.database.close());
    this.#made.defer(() => shared.population.close());
  }

  /**
   * Logs everybody in.
   *
   * @param patienceMs how long a page may take until it shows what is stored. Default: 10,000
   */
  static async open(
    server: CaseServer,
    definition: Pick<CasesDefinition, "site" | "pageSize">,
    patienceMs: number = PATIENCE_MS,
  ): Promise<RoomSettings> {
    const { site } = definition;
    const population = populationAt(server.origin, site, server);
    const path = roomPath(site, "stream", 1);
    const cookies: Cookies[] = [];
    for (let number = 0; number < CASE_ACCOUNTS; number += 1) {
      const user = new SimulatedUser(population, { name: `reader or writer ${number + 1}` });
      const account = accountNumbered(site, number);
      await mountLoggedIn(user, { site, path, account, accounts: CASE_ACCOUNTS, sessions: null });
      cookies.push(user.cookies);
    }
    const database = await ReferenceDatabase.open(server.location);
    return new RoomSettings({ server, definition, population, database, cookies, patienceMs });
  }

  /** The rooms of a mode, with writers in them. @param browser of the reader in Chrome; null: there is none */
  async of(
    mode: CaseMode,
    browser: RoomBrowser | null,
  ): Promise<Omit<RoomSetting, "readers"> & { readersOf(): RoomReaders }> {
    const { server, definition, population, database, patienceMs } = this.#shared;
    const { site, pageSize } = definition;
    const [own = {}, ofUser = {}, ofChrome = {}] = this.#shared.cookies;
    const [writerName = "", userName = "", chromeName = ""] = Array.from(
      { length: CASE_ACCOUNTS },
      (_, number) => accountNumbered(site, number).name,
    );
    const rooms = roomsOf(mode);
    const writerIn = async (room: CaseRoom) => {
      const writer = new RoomUser({ population, site, name: `the writer ${room}`, patienceMs });
      this.#made.defer(() => writer.close());
      await writer.open(roomPath(site, mode, rooms[room]), own);
      return writer;
    };
    // The way around it is longer: only for those who are to fall silent.
    const linkToServer = async () => {
      if (server.idleTimeoutMs === undefined) return null;
      const link = await startDelayingLink(server.origin);
      this.#made.defer(() => link.close());
      return link;
    };
    const writers = {
      here: await writerIn("here"),
      elsewhere: await writerIn("elsewhere"),
      empty: await writerIn("empty"),
    };
    const userLink = await linkToServer();
    const linked = userLink === null ? population : populationAt(userLink.origin, site, server);
    if (linked !== population) this.#made.defer(() => linked.close());
    const chromeLink = await linkToServer();
    const { idleTimeoutMs = DEFAULT_IDLE_TIMEOUT_MS } = server;
    return {
      ...{ site, mode, rooms, pageSize, database, idleTimeoutMs, patienceMs, writers, writerName },
      readersOf: () => {
        const user = new RoomUser({
          ...{ population: linked, site, name: "the reader", patienceMs },
          ...{ link: userLink, secondPopulation: population },
        });
        const chrome =
          browser &&
          new RoomChrome({
            ...{ ...browser, site, patienceMs, origin: server.origin, link: chromeLink },
            heartbeatMs: server.idleTimeoutMs === undefined ? null : OFTEN_SECONDS * 1000,
          });
        return {
          readers: [
            ...(chrome === null ? [] : [{ reader: chrome, cookies: ofChrome, name: chromeName }]),
            { reader: user, cookies: ofUser, name: userName },
          ],
          close: async () => {
            await user.close();
            await chrome?.close();
          },
        };
      },
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#made.disposeAsync();
  }
}

/** The readers of one case. */
export interface RoomReaders extends Pick<RoomSetting, "readers"> {
  close(): Promise<void>;
}

function roomsOf(mode: CaseMode): Readonly<Record<CaseRoom, number>> {
  const index = CASE_MODES.indexOf(mode);
  return { here: index * 2 + 1, elsewhere: index * 2 + 2, empty: CASE_MODES.length * 2 + index + 1 };
}

const accountNumbered = (site: Site, number: number): Account =>
  accountOf({ kind: "scheme", scheme: site.accounts }, number);

function populationAt(
  origin: string,
  { list: { container: list, fields } }: Site,
  { idleTimeoutMs }: CaseServer,
): Population {
  return new Population({
    ...{ baseUrl: origin, list, fields, clock: realClock, every: everyInterval },
    ...(idleTimeoutMs !== undefined && { heartbeatSeconds: OFTEN_SECONDS }),
  });
}
