import type { Comprehension, Entry, Rendered, Slot } from "./rendered.ts";

/** What a merge finds on its way. */
export interface Findings {
  readonly event: string;
  /** Whether the tree has components, in any of which a stream may be. */
  readonly hasComponents: boolean;
  streams: Comprehension[] | null;
  replacedStreams: boolean;
}

/** Notes that a part of the tree goes, with the streams that may be inside. */
export function lose(slot: Slot | undefined, findings: Findings): void {
  if (slot === undefined || typeof slot === "string") return;
  findings.replacedStreams ||= findings.hasComponents || (typeof slot === "object" && slot.mayHoldStreams);
}

/** Notes the streams in a part that was sent as a whole. */
export function collectStreams(slot: Rendered | Comprehension, findings: Findings): void {
  if (!slot.mayHoldStreams) return;
  if (slot.kind === "rendered") {
    for (const inner of slot.slots) if (typeof inner === "object") collectStreams(inner, findings);
    return;
  }
  if (slot.stream !== null) addStream(slot, findings);
  for (const entry of slot.entries) collectStreamsOfEntry(entry, findings);
}

/** Notes the streams in an entry that was sent as a whole. */
export function collectStreamsOfEntry(entry: Entry, findings: Findings): void {
  for (const inner of entry.slots) if (typeof inner === "object") collectStreams(inner, findings);
}

/** Notes a stream that was rendered. */
export function addStream(stream: Comprehension, findings: Findings): void {
  findings.streams ??= [];
  findings.streams.push(stream);
}
