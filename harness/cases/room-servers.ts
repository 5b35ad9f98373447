import type { CasesDefinition } from "../core/case-scenario.ts";
import type { RoomAct } from "../core/room-act.ts";
import type { CaseMode } from "../core/stream-case.ts";
import type { CaseStage } from "./case-stage.ts";
import { type CaseServer, type RoomBrowser, RoomSettings } from "./room-settings.ts";

/** The rooms of one mode on one server. */
export type ModeRooms = Awaited<ReturnType<RoomSettings["of"]>>;

/** The servers on which cases of the room page are done, and the rooms there: each made when a case needs it first. */
export class RoomServers implements AsyncDisposable {
  readonly #definition: CasesDefinition;
  readonly #serverOf: Readonly<Record<"usual" | "missing-soon", () => Promise<CaseServer>>>;
  readonly #settings = new Map<string, Promise<RoomSettings>>();
  readonly #rooms = new Map<string, Promise<ModeRooms>>();

  /** @param usual the run's own server */
  constructor(
    usual: CaseServer,
    stage: Pick<CaseStage, "serverThatMissesSoon">,
    definition: CasesDefinition,
  ) {
    this.#definition = definition;
    this.#serverOf = { usual: async () => usual, "missing-soon": () => stage.serverThatMissesSoon() };
  }

  /** Where a case is done. @param browser the same for all cases of a mode */
  roomsFor(acts: readonly RoomAct[], mode: CaseMode, browser: RoomBrowser): Promise<ModeRooms> {
    const kind = acts.some(({ act }) => act === "fall-silent") ? "missing-soon" : "usual";
    return kept(this.#rooms, `${kind} ${mode}`, async () => {
      const settings = await kept(this.#settings, kind, async () =>
        RoomSettings.open(await this.#serverOf[kind](), this.#definition),
      );
      return settings.of(mode, browser);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#settings.values());
    for (const one of opened) if (one.status === "fulfilled") await one.value[Symbol.asyncDispose]();
  }
}

function kept<Made>(all: Map<string, Promise<Made>>, key: string, make: () => Promise<Made>): Promise<Made> {
  const made = all.get(key) ?? make();
  all.set(key, made);
  return made;
}
