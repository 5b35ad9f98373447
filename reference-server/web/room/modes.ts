import type { ListMode } from "./list-mode.ts";
import { statefulMode } from "./stateful-mode.ts";
import { streamMode } from "./stream-mode.ts";

/** The rendering modes, by the name that `--mode` and the page's address give. */
export const MODES = { stream: streamMode, stateful: statefulMode } satisfies Record<string, ListMode>;

/** The name of a rendering mode. */
export type ModeName = keyof typeof MODES;

/** Whether a word names a rendering mode. */
export function isModeName(name: string): name is ModeName {
  return Object.hasOwn(MODES, name);
}
