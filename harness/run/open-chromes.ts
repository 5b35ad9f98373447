import type { Chrome } from "../browser/launch.ts";
import { usersOf } from "../core/scenario.ts";
import { chromeAccounts, chromeNames } from "../crowd/names.ts";
import { roomIdAt } from "../crowd/rooms.ts";
import { ChromeViewer } from "./chrome-viewer.ts";
import type { JoinOptions } from "./join-in-parts.ts";

/** Opens the Chromes in the first room. */
export async function openChromes(chrome: Chrome, options: JoinOptions): Promise<ChromeViewer[]> {
  const { scenario, mode, stage, signal, watch } = options;
  const { site, pageSize, browsers } = scenario;
  const { origin, database } = stage;
  const opened: ChromeViewer[] = [];
  const accounts = chromeAccounts(usersOf(scenario), browsers);
  watch.begin("opening Chromes", browsers);
  for (const [index, name] of chromeNames(browsers).entries()) {
    signal.throwIfAborted();
    const account = accounts[index] ?? name;
    const at = { origin, site, mode, roomId: roomIdAt(0), pageSize, database };
    opened.push(await ChromeViewer.open({ chrome, name, account, ...at }));
    watch.advance();
  }
  return opened;
}
