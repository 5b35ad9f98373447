import type { ChromePage } from "../browser/chrome-page.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import { realClock } from "../core/real-time.ts";
import type { CaseRoom } from "../core/room-act.ts";
import { roomPath } from "../core/site.ts";
import { CASE_MODES, type CaseMode } from "../core/stream-case.ts";
import { accountOf } from "../crowd/accounts.ts";
import { mountLoggedIn } from "../crowd/log-in.ts";
import { ReferenceDatabase } from "../oracle/reference-database.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import type { RoomSetting } from "./do-room-case.ts";
import { RoomChrome } from "./room-chrome.ts";
import { RoomUser } from "./room-user.ts";

/** How long a page may take until it shows what is stored, in milliseconds. */
const PATIENCE_MS = 10_000;

type Cookies = Readonly<Record<string, string>>;

/** Two rooms for each mode, so that modes can be done at once. */
export const CASE_ROOMS = CASE_MODES.length * 2;
/** The writer, the simulated reader, and the one in Chrome. */
export const CASE_ACCOUNTS = 3;

/** The rooms of a reference server in which cases of the room page are done, with those who go there logged in. */
export class RoomSettings implements AsyncDisposable {
  readonly #origin: string;
  readonly #definition: Pick<CasesDefinition, "site" | "pageSize">;
  readonly #population: Population;
  readonly #database: ReferenceDatabase;
  readonly #cookies: readonly Cookies[];
  readonly #patienceMs: number;
  readonly #writers: RoomUser[] = [];

  private constructor(
    origin: string,
    definition: Pick<CasesDefinition, "site" | "pageSize">,
    population: Population,
    database: ReferenceDatabase,
    cookies: readonly Cookies[],
    patienceMs: number,
  ) {
    this.#patienceMs = patienceMs;
    this.#origin = origin;
    this.#definition = definition;
    this.#population = population;
    this.#database = database;
    this.#cookies = cookies;
  }

  /**
   * Logs everybody in.
   *
   * @param location the server's database
   * @param patienceMs how long a page may take until it shows what is stored. Default: 10,000
   */
  static async open(
    origin: string,
    location: string,
    definition: Pick<CasesDefinition, "site" | "pageSize">,
    patienceMs: number = PATIENCE_MS,
  ): Promise<RoomSettings> {
    const { site } = definition;
    const { container: list, fields } = site.list;
    const population = new Population({
      baseUrl: origin,
      list,
      fields,
      clock: realClock,
      every: everyInterval,
    });
    const path = roomPath(site, "stream", 1);
    const cookies: Cookies[] = [];
    for (let number = 0; number < CASE_ACCOUNTS; number += 1) {
      const user = new SimulatedUser(population, { name: `reader or writer ${number + 1}` });
      const account = accountOf({ kind: "scheme", scheme: site.accounts }, number);
      await mountLoggedIn(user, { site, path, account, accounts: CASE_ACCOUNTS, sessions: null });
      cookies.push(user.cookies);
    }
    return new RoomSettings(
      origin,
      definition,
      population,
      await ReferenceDatabase.open(location),
      cookies,
      patienceMs,
    );
  }

  /** The rooms of a mode, with writers in them. @param page of the reader in Chrome; null: there is none */
  async of(
    mode: CaseMode,
    page: ChromePage | null,
  ): Promise<Omit<RoomSetting, "readers"> & { readersOf(): RoomReaders }> {
    const { site, pageSize } = this.#definition;
    const at = CASE_MODES.indexOf(mode) * 2;
    const rooms = { here: at + 1, elsewhere: at + 2 };
    const [own = {}, ofUser = {}, ofChrome = {}] = this.#cookies;
    const writerIn = async (room: CaseRoom) => {
      const writer = new RoomUser(this.#population, site, `the writer ${room}`, this.#patienceMs);
      this.#writers.push(writer);
      await writer.open(`${this.#origin}${roomPath(site, mode, rooms[room])}`, own);
      return writer;
    };
    const writers = { here: await writerIn("here"), elsewhere: await writerIn("elsewhere") };
    return {
      ...{ origin: this.#origin, site, mode, rooms, pageSize, database: this.#database, writers },
      readersOf: () => {
        const user = new RoomUser(this.#population, site, "the reader", this.#patienceMs);
        return {
          readers: [
            ...(page === null
              ? []
              : [{ reader: new RoomChrome(page, site, this.#patienceMs), cookies: ofChrome }]),
            { reader: user, cookies: ofUser },
          ],
          close: () => user.close(),
        };
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const writer of this.#writers) await writer.close();
    this.#population.close();
    await this.#database.close();
  }
}

/** The readers of one case. */
export interface RoomReaders extends Pick<RoomSetting, "readers"> {
  close(): Promise<void>;
}
