import { type Model, modelOf } from "../../../harness/sequences/model.ts";
import type { ListOperation, Sequence } from "../../../harness/sequences/sequence.ts";
import type { SequenceStage } from "../../../harness/sequences/sequence-stage.ts";
import type { SequenceViewer } from "../../../harness/sequences/viewer.ts";

/** A render as somebody takes it who has it wrong. */
export type Misreading = (operations: readonly ListOperation[]) => readonly ListOperation[];

/** A stage without a server: two viewers who do what the model does, the second one as he misreads it. */
export function fakeStage(misread: Misreading = (operations) => operations): SequenceStage {
  const pages = new Map<string, (operations: readonly ListOperation[]) => void>();
  let ids = 0;
  return {
    performance: {
      viewers: [viewer("one", pages, (operations) => operations), viewer("another", pages, misread)],
      server: {
        push: async (id, operations) => pages.get(id)?.(operations as readonly ListOperation[]),
        reached: async () => {},
      },
      newId: () => {
        ids += 1;
        return String(ids);
      },
    },
    chromeVersion: "no Chrome",
    [Symbol.asyncDispose]: async () => {},
  };
}

function viewer(
  name: string,
  pages: Map<string, (operations: readonly ListOperation[]) => void>,
  misread: Misreading,
): SequenceViewer {
  let model: Model;
  const render = (operations: readonly ListOperation[]) => model.render(misread(operations));
  return {
    name,
    open: async (id, { mode, start }: Sequence) => {
      model = modelOf(mode, start);
      pages.set(id, render);
    },
    submit: async (operations) => render(operations),
    follow: async (list) => model.patch(list),
    cut: async () => model.cut(),
    rejoin: async () => model.rejoin(),
    delay: () => {},
    settled: async () => model.items,
    problems: () => [],
    leave: async () => {},
  };
}
