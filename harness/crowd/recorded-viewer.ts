import type { RecordedViewer } from "../core/recording.ts";
import type { ListSelectors } from "../core/site.ts";
import type { Divergence } from "../oracle/check-viewers.ts";
import { elementsIn } from "../page/shown-page.ts";
import { treeToWire } from "../protocol/to-wire.ts";
import type { KeptFrames } from "./frame-history.ts";

/**
 * What was kept of a viewer, and what he should have seen, as it is written to a file.
 *
 * @throws BenchError `not-replayable` where his page cannot be made again
 */
export function recordedViewer(
  { kind, viewer, expected, at }: Omit<Divergence, "difference">,
  { base: { shown, ...base }, frames, cutOff }: KeptFrames,
  list: ListSelectors,
): RecordedViewer {
  const { rendered, diffs } = treeToWire(shown.tree, (container) => elementsIn(shown, container));
  return {
    who: viewer.who,
    kind: viewer.kind,
    ...at,
    list,
    base: { ...base, rendered, diffs: [...diffs] },
    frames,
    cutOff,
    // What a simulated page shows is not what is right: there the two are compared after each frame.
    expected: kind === "chrome-vs-frames" ? null : expected.map(({ id, fields }) => ({ id, fields })),
    actual: viewer.list.map(({ id, fields }) => ({ id, fields })),
  };
}
