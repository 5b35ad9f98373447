import type { Chrome } from "../browser/launch.ts";
import { usersOf } from "../core/scenario.ts";
import { accountOf } from "../crowd/accounts.ts";
import { chromeNames } from "../crowd/names.ts";
import { roomIdAt } from "../crowd/rooms.ts";
import { ChromeViewer } from "./chrome-viewer.ts";
import type { JoinOptions } from "./join-in-parts.ts";

/** Opens the Chromes in the first room. */
export async function openChromes(chrome: Chrome, options: JoinOptions): Promise<ChromeViewer[]> {
  const { scenario, mode, stage, signal, watch } = options;
  const { site, pageSize, browsers } = scenario;
  const { origin, database } = stage;
  const opened: ChromeViewer[] = [];
  watch.begin("opening Chromes", browsers);
  for (const [index, name] of chromeNames(browsers).entries()) {
    signal.throwIfAborted();
    const account = accountOf(stage.accounts, usersOf(scenario) + index);
    const roomId = roomIdAt(scenario.rooms, 0);
    const at = { origin, site, mode, roomId, pageSize, limit: scenario.limit ?? null, database };
    opened.push(await ChromeViewer.open({ chrome, clock: options.clock, name, account, ...at }));
    watch.advance();
  }
  return opened;
}
