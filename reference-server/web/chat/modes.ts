import { appendMode } from "./append-mode.ts";
import { keyedMode, resendMode, statefulMode } from "./assign-mode.ts";
import { componentsMode } from "./components-mode.ts";
import type { ListMode } from "./list-mode.ts";
import { streamMode } from "./stream-mode.ts";

/** The rendering modes, by the name that `--mode` and the page's address give. */
export const MODES = {
  resend: resendMode,
  stateful: statefulMode,
  keyed: keyedMode,
  append: appendMode,
  stream: streamMode,
  components: componentsMode,
} satisfies Record<string, ListMode>;

/** The name of a rendering mode. */
export type ModeName = keyof typeof MODES;

/** Whether a word names a rendering mode. */
export function isModeName(name: string): name is ModeName {
  return Object.hasOwn(MODES, name);
}
