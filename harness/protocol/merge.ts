import {
  type ComponentDiff,
  type Diff,
  type EntryChange,
  isWhole,
  type ListDiff,
  type SlotDiff,
  type SlotsDiff,
  slotCount,
} from "./diff.ts";
import { below, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Comprehension, Entry, Rendered, Slot, Statics, Tree } from "./rendered.ts";
import { addStream, collectStreams, collectStreamsOfEntry, type Findings, lose } from "./stream-findings.ts";

/** A tree after a diff, and what the page has to know beyond the tree. */
export interface Merged {
  readonly tree: Tree;
  /** The comprehensions of streams that this diff rendered: their operations are to be applied once. */
  readonly streams: readonly Comprehension[];
  /** Whether a part of the tree in which a stream may have been has gone, or entries of a list around one may have. */
  readonly replacedStreams: boolean;
}

const NO_STREAMS: readonly Comprehension[] = [];
const NO_COMPONENTS: Tree["components"] = new Map();
const NO_ENTRIES: readonly Entry[] = [];

/** Far from the end of the stack. A server has a component share with one that it has rendered already. */
const LONGEST_SHARING = 1_000;

/**
 * The tree that a join's payload holds.
 *
 * @throws ProtocolError if it is no whole tree
 */
export function firstTree(diff: Diff): Merged {
  if (diff.root?.kind !== "rendered") {
    throw new ProtocolError(diff.event, "response.rendered", "has no statics");
  }
  return merge({ root: diff.root, components: NO_COMPONENTS }, diff);
}

/**
 * Applies a diff. Neither argument is changed; what the diff does not touch keeps its identity, and the same
 * entry with the same change is one object for all users.
 *
 * Source: `mergeDiff` and what it calls in rendered.js.
 *
 * @throws ProtocolError where the diff does not fit the tree
 */
export function merge(tree: Tree, diff: Diff): Merged {
  const hasComponents = tree.components.size > 0;
  const findings: Findings = { event: diff.event, hasComponents, streams: null, replacedStreams: false };
  const root = diff.root === null ? tree.root : mergeRoot(tree.root, diff.root, findings);
  const components =
    diff.components.length === 0
      ? tree.components
      : mergeComponents(tree.components, diff.components, findings);
  for (const { cid, path } of diff.references) {
    if (components.has(cid)) continue;
    throw new ProtocolError(diff.event, pathText(path), `component ${cid} is referred to but was never sent`);
  }
  return {
    tree: root === tree.root && components === tree.components ? tree : { root, components },
    streams: findings.streams ?? NO_STREAMS,
    replacedStreams: findings.replacedStreams,
  };
}

function mergeRoot(root: Rendered, diff: Rendered | SlotsDiff, findings: Findings): Rendered {
  if (diff.kind === "slots") return mergeRendered(root, diff, findings);
  if (root !== diff) lose(root, findings);
  collectStreams(diff, findings);
  return diff;
}

function mergeRendered(target: Rendered, diff: SlotsDiff, findings: Findings): Rendered {
  const slots = mergeSlots(target.statics, target.slots, diff, findings);
  const mayHoldStreams = target.mayHoldStreams || diff.mayHoldStreams;
  return { kind: "rendered", statics: target.statics, slots, mayHoldStreams };
}

function mergeSlots(
  statics: Statics,
  target: readonly Slot[],
  diff: SlotsDiff,
  findings: Findings,
): readonly Slot[] {
  const slots = target.slice();
  for (let i = 0; i < diff.indices.length; i++) {
    const index = diff.indices[i] as number;
    const former = target[index];
    if (former === undefined) {
      throw new ProtocolError(
        findings.event,
        pathText(below(diff.path, index)),
        `there is no such slot in a template of ${slotCount(statics)}`,
      );
    }
    slots[index] = mergeSlot(former, diff.values[i] as SlotDiff, findings);
  }
  return slots;
}

function mergeSlot(target: Slot, diff: SlotDiff, findings: Findings): Slot {
  if (isWhole(diff)) {
    lose(target, findings);
    if (typeof diff === "object") collectStreams(diff, findings);
    return diff;
  }
  if (diff.kind === "list") {
    if (typeof target === "object" && target.kind === "comprehension")
      return mergeList(target, diff, findings);
    throw new ProtocolError(
      findings.event,
      pathText(diff.path),
      "changes a comprehension where there is none",
    );
  }
  if (typeof target === "object" && target.kind === "rendered") return mergeRendered(target, diff, findings);
  throw new ProtocolError(findings.event, pathText(diff.path), "changes a template where there is none");
}

/** What came of a list (of a stream its statics) and a diff. */
interface ListMerge {
  readonly former: Comprehension | Statics;
  readonly diff: ListDiff;
  readonly merged: Comprehension;
}

const PLACES = 256;

/**
 * What came of the last changes of lists: a broadcast brings the same one to every user. Each has a place of its own, until
 * another one takes it.
 */
const recentMerges: (ListMerge | null)[] = new Array(PLACES).fill(null);

function mergeList(target: Comprehension, diff: ListDiff, findings: Findings): Comprehension {
  // The former entries of a stream do not matter.
  const former = target.stream === null ? target : target.statics;
  const place = diff.serial % PLACES;
  const recent = recentMerges[place];
  const known = recent?.diff === diff && recent.former === former ? recent.merged : undefined;
  const merged = known ?? changeList(target, diff, findings);
  // Entries may go, and what is in them.
  if (target.stream === null) lose(target, findings);
  if (merged.stream !== null) addStream(merged, findings);
  // Streams within entries would have to be found again for every user.
  if (known === undefined && !merged.entries.some((entry) => entry.mayHoldStreams)) {
    recentMerges[place] = { former, diff, merged };
  }
  return merged;
}

function changeList(target: Comprehension, diff: ListDiff, findings: Findings): Comprehension {
  const { statics } = target;
  if (target.stream !== null && diff.stream === null) {
    throw new ProtocolError(findings.event, pathText(diff.path), "changes a stream without its operations");
  }
  // A stream is rendered and forgotten: what the diff brings is all that there is.
  const former = target.stream === null ? target.entries : NO_ENTRIES;
  const entries = former.slice(0, diff.count);
  for (const change of diff.changes) {
    if (change.index > entries.length) break;
    entries[change.index] = mergeEntry(statics, former, diff, change, findings);
  }
  if (entries.length !== diff.count) {
    throw new ProtocolError(
      findings.event,
      pathText(diff.path),
      `brings ${entries.length} entries where ${diff.count} are announced`,
    );
  }
  const mayHoldStreams = target.mayHoldStreams || diff.mayHoldStreams;
  return { kind: "comprehension", statics, entries, stream: diff.stream, mayHoldStreams };
}

function mergeEntry(
  statics: Statics,
  former: readonly Entry[],
  list: ListDiff,
  { index, from, diff }: EntryChange,
  findings: Findings,
): Entry {
  if (diff?.entry?.slots.length === slotCount(statics)) {
    if (diff.entry.mayHoldStreams) collectStreamsOfEntry(diff.entry, findings);
    return diff.entry;
  }
  const target = former[from ?? index];
  if (target === undefined) {
    const what = from === null ? "is new but not whole" : `moves entry ${from}, which there is not`;
    throw new ProtocolError(findings.event, pathText(below(list.path, `k.${index}`)), what);
  }
  return diff === null ? target : changeEntry(statics, target, diff, findings);
}

/** For each entry its last change and what came of it: a broadcast brings the same one to every user. */
const lastChanges = new WeakMap<Entry, { readonly diff: SlotsDiff; readonly result: Entry }>();

function changeEntry(statics: Statics, target: Entry, diff: SlotsDiff, findings: Findings): Entry {
  const known = lastChanges.get(target);
  if (known?.diff === diff) return known.result;
  const slots = mergeSlots(statics, target.slots, diff, findings);
  const mayHoldComponents = target.mayHoldComponents || diff.mayHoldComponents;
  const mayHoldStreams = target.mayHoldStreams || diff.mayHoldStreams;
  const result: Entry = { kind: "entry", slots, mayHoldComponents, mayHoldStreams };
  // A stream within would have to be found again for every user.
  if (!mayHoldStreams) lastChanges.set(target, { diff, result });
  return result;
}

function mergeComponents(
  former: ReadonlyMap<number, Rendered>,
  diffs: readonly ComponentDiff[],
  findings: Findings,
): ReadonlyMap<number, Rendered> {
  const byId = new Map(diffs.map((diff) => [diff.cid, diff]));
  const merged = new Map<number, Rendered>();
  const resolving = new Set<number>();
  const resolve = (cid: number): Rendered => {
    const known = merged.get(cid);
    if (known !== undefined) return known;
    const diff = byId.get(cid);
    if (diff === undefined) throw componentProblem(findings, cid, "is not in this diff");
    if (resolving.has(cid)) throw componentProblem(findings, cid, "shares its statics with itself");
    if (resolving.size >= LONGEST_SHARING)
      throw componentProblem(findings, cid, "shares its statics too far");
    resolving.add(cid);
    const component = mergeComponent(diff, former, resolve, findings);
    resolving.delete(cid);
    merged.set(cid, component);
    return component;
  };
  for (const diff of diffs) resolve(diff.cid);
  return new Map([...former, ...merged]);
}

/** Source: `cachedFindComponent` in rendered.js. */
function mergeComponent(
  diff: ComponentDiff,
  former: ReadonlyMap<number, Rendered>,
  resolve: (cid: number) => Rendered,
  findings: Findings,
): Rendered {
  switch (diff.kind) {
    case "replace":
      lose(former.get(diff.cid), findings);
      collectStreams(diff.rendered, findings);
      return diff.rendered;
    case "change": {
      const target = former.get(diff.cid);
      if (target === undefined) throw componentProblem(findings, diff.cid, "is changed but was never sent");
      return mergeRendered(target, diff.diff, findings);
    }
    case "share": {
      const base = diff.base > 0 ? resolve(diff.base) : former.get(-diff.base);
      if (base === undefined) throw componentProblem(findings, -diff.base, "is shared but was never sent");
      return mergeRendered(base, diff.diff, findings);
    }
  }
}

function componentProblem(findings: Findings, cid: number, what: string): ProtocolError {
  return new ProtocolError(findings.event, `c.${cid}`, `component ${cid} ${what}`);
}
