import { expect, test } from "vitest";
import { tellDestroyed } from "../../../harness/user/destroyed-components.ts";
import type { View } from "../../../harness/user/view.ts";

test("a component that came back while the server dropped it stays on the page, others that are gone do not", async () => {
  const onPage = new Set<number>();
  const pushed: unknown[] = [];
  const pruned: number[] = [];
  const view = {
    channel: {
      isJoined: true,
      push: async (event: string, { cids }: { cids: readonly number[] }) => {
        pushed.push([event, cids]);
        // The frame that brings 7 back comes before this answer.
        if (event === "cids_destroyed") onPage.add(7);
        return { response: event === "cids_destroyed" ? { cids } : {} };
      },
    },
    page: { prune: (cids: readonly number[]) => pruned.push(...cids) },
    hasComponent: (cid: number) => onPage.has(cid),
  };
  await tellDestroyed(view as unknown as View, [7, 8]);
  expect(pushed).toEqual([
    ["cids_will_destroy", [7, 8]],
    ["cids_destroyed", [7, 8]],
  ]);
  expect(pruned).toEqual([8]);
});
