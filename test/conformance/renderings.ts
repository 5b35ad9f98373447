import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { firstTree, type Merged, merge } from "../../harness/protocol/merge.ts";
import { withoutComponents } from "../../harness/protocol/reachable-components.ts";
import type { Comprehension, StreamOperations, Tree } from "../../harness/protocol/rendered.ts";
import { treeToHtml } from "../../harness/protocol/to-html.ts";
import { EVENT } from "../../harness/protocol/wire-keys.ts";
import { type OfficialVersion, officialRendered, type Rendered } from "../official/rendered.ts";

/** What a reader makes of one frame. */
export interface Rendering {
  /** Of the whole tree, a stream with what this frame rendered of it. */
  readonly html: string;
  /** What is to be done to streams on the page, by ref. */
  readonly streams: readonly StreamOperations[];
}

/** What a reader is given: a payload, or the ids of components that the server has agreed to drop. */
export type Given = string | readonly number[];

/** Reads payloads: first what a join renders, then diffs. @returns a rendering for each of them, in order */
export type Reader = (given: readonly Given[]) => readonly Rendering[];

/** The attributes that `Rendered` adds to the roots of templates and components. Source: constants.ts. */
const ADDED_ATTRIBUTES = / (?:data-phx-id|data-phx-component|data-phx-view)="[^"]*"/gu;

/** Reads as the simulated user does: decoder, merge, HTML. */
export const userRenderings: Reader = (given) => {
  const decoder = new FrameDecoder();
  let tree: Tree | null = null;
  return given.flatMap((payload) => {
    if (typeof payload !== "string") {
      tree = tree && withoutComponents(tree, payload);
      return [];
    }
    const merged: Merged = tree === null ? joined(decoder, payload) : pushed(decoder, tree, payload);
    tree = merged.tree;
    return {
      html: treeToHtml(tree, { held: (list) => renderedNow(list, merged) }),
      streams: sorted(merged.streams.flatMap(({ stream, entries }) => told(stream, entries.length))),
    };
  });
};

function joined(decoder: FrameDecoder, rendered: string): Merged {
  const frame = decoder.decode(
    `["1","1","lv:a","${EVENT.reply}",{"status":"ok","response":{"rendered":${rendered}}}]`,
  );
  if (frame.kind !== "reply" || frame.reply.rendered === null) throw new Error("is no join");
  return firstTree(frame.reply.rendered);
}

function pushed(decoder: FrameDecoder, tree: Tree, diff: string): Merged {
  const frame = decoder.decode(`["1",null,"lv:a","${EVENT.diff}",${diff}]`);
  if (frame.kind !== "diff") throw new Error("is no diff");
  return merge(tree, frame.diff);
}

/** The official class forgets a stream once it was rendered; our tree has it until the next render. */
function renderedNow(list: Comprehension, { streams }: Merged) {
  if (list.stream === null) return null;
  return streams.includes(list) ? list.entries.map((entry) => ({ statics: list.statics, entry })) : [];
}

/** The class says nothing of a stream that does nothing. */
function told(stream: StreamOperations | null, entries: number): readonly StreamOperations[] {
  return stream === null || entries + stream.deletes.length + Number(stream.reset) === 0 ? [] : [stream];
}

/** Reads as the official client's class does. */
export async function officialReader(version: OfficialVersion): Promise<Reader> {
  const Official = await officialRendered(version);
  return ([join, ...diffs]) => {
    const first = JSON.parse(String(join));
    Official.extract(first);
    const official = new Official("phx-view", first);
    return [
      rendering(official),
      ...diffs.flatMap((given) => {
        if (typeof given !== "string") {
          official.pruneCIDs(given);
          return [];
        }
        const diff = JSON.parse(given);
        Official.extract(diff);
        official.mergeDiff(diff);
        return rendering(official);
      }),
    ];
  };
}

/** Renders all, the parts included that the client would skip as unchanged. */
function rendering(official: Rendered): Rendering {
  const rendered = official.get();
  for (const cid of Object.keys(rendered.c)) official.resetRender(cid);
  const output = official.recursiveToString(rendered, rendered.c, null, false, {}, null);
  const [html, streams] = "buffer" in output ? [output.buffer, output.streams] : output;
  return { html: html.replace(ADDED_ATTRIBUTES, ""), streams: sorted([...streams].map(operations)) };
}

/** Source: `DOMPatch.perform` in dom_patch.ts, which reads the same of what the class hands on. */
function operations(sent: unknown): StreamOperations {
  const [ref, inserts, deletes, reset] = sent as [
    string,
    [string, number, number | null, unknown][],
    string[],
    unknown,
  ];
  return {
    ref,
    inserts: inserts.map(([id, at, limit, updateOnly]) => ({
      id,
      at,
      limit,
      updateOnly: updateOnly === true,
    })),
    deletes,
    reset: reset !== undefined,
  };
}

function sorted(streams: readonly StreamOperations[]): readonly StreamOperations[] {
  return streams.toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
}
