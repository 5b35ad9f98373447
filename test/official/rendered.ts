import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import { rolldown } from "rolldown";

/** The packages of the official client that tests read with: the current one, and the last that knows `d`. */
export const OFFICIAL_PACKAGES = { "1.2": "phoenix_live_view", "1.0": "phoenix_live_view-1.0" } as const;

/** The two formats of a rendered tree, by the LiveView that came with them. */
export type OfficialVersion = keyof typeof OFFICIAL_PACKAGES;

/** A JSON object as the class takes it, and keeps it: parse one for each call. */
export type WireObject = Record<string, unknown>;

/** What is used of the official client's `Rendered`. Source: rendered.js. */
export interface Rendered {
  mergeDiff(diff: WireObject): void;
  /** What the client morphs its DOM to. Forgets the entries of streams. Two merges without it corrupt the tree. */
  toString(onlyCids?: readonly number[] | null): OfficialOutput;
  recursiveToString(
    rendered: WireObject,
    components: WireObject,
    onlyCids: null,
    changeTracking: boolean,
    rootAttributes: object,
    cid: null,
  ): OfficialOutput;
  /** Has a component rendered in full, once. */
  resetRender(cid: string): void;
  /** Forgets components that the server has dropped. */
  pruneCIDs(cids: readonly number[]): void;
  get(): WireObject & { readonly c: WireObject };
}

/** HTML, and the operations of the streams in it as they were sent: named since 1.1, a pair before. */
export type OfficialOutput =
  | { readonly buffer: string; readonly streams: ReadonlySet<unknown> }
  | readonly [buffer: string, streams: ReadonlySet<unknown>];

/** The class itself. */
export interface RenderedClass {
  new (viewId: string, rendered: WireObject): Rendered;
  /** Takes reply, events and title out of a diff, which `mergeDiff` must not see. */
  extract(diff: WireObject): unknown;
}

/**
 * The class `Rendered` of the official client, from the package's own sources: it is not exported, so its module
 * and what that imports are bundled in memory. Works in vitest and in plain node.
 */
export async function officialRendered(version: OfficialVersion): Promise<RenderedClass> {
  const name = OFFICIAL_PACKAGES[version];
  const sources = new URL(`../../node_modules/${name}/assets/js/phoenix_live_view/`, import.meta.url);
  await using bundle = await rolldown({ input: fileURLToPath(new URL("rendered.js", sources)) });
  const { output } = await bundle.generate({ format: "iife", name: "official", exports: "named" });
  // It looks there for structuredClone.
  const script = `((window) => { ${output[0].code}; return official.default; })(globalThis)`;
  return runInThisContext(script, { filename: `${name}/rendered.js` });
}
