import { expect, test } from "vitest";
import { Presence } from "../../../reference-server/presence/presence.ts";
import { type PresenceDiff, presenceTopic } from "../../../reference-server/presence/presence-diff.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

interface Meta {
  readonly typing: boolean;
}

const still: Meta = { typing: false };
const typing: Meta = { typing: true };

/** A presence that has no other replica, and the diffs that it tells of `room:1`. */
function presenceAlone() {
  const pubsub = new PubSub();
  const presence = new Presence<Meta>({ pubsub, replica: "a" });
  const diffs: unknown[] = [];
  pubsub.subscribe(presenceTopic("room:1"), (diff) => diffs.push(diff));
  return { pubsub, presence, diffs };
}

function diff(of: Partial<PresenceDiff<Meta>>): PresenceDiff<Meta> {
  return { kind: "presence_diff", joins: [], leaves: [], ...of };
}

test("who comes and goes is listed meanwhile, and told on the topic", () => {
  const { presence, diffs } = presenceAlone();
  const ref = presence.track("room:1", "ann", still);
  expect(presence.list("room:1")).toEqual([{ key: "ann", metas: [{ ref, meta: still }] }]);
  presence.untrack(ref);
  expect(presence.list("room:1")).toEqual([]);
  const ann = { key: "ann", metas: [{ ref, meta: still }] };
  expect(diffs).toEqual([diff({ joins: [ann] }), diff({ leaves: [ann] })]);
});

test("a key with two connections is one, and one that is left is told as a leave of that one", () => {
  const { presence, diffs } = presenceAlone();
  const first = presence.track("room:1", "ann", still);
  const second = presence.track("room:1", "ann", typing);
  expect(presence.list("room:1")).toEqual([
    {
      key: "ann",
      metas: [
        { ref: first, meta: still },
        { ref: second, meta: typing },
      ],
    },
  ]);
  presence.untrack(second);
  expect(presence.list("room:1")).toEqual([{ key: "ann", metas: [{ ref: first, meta: still }] }]);
  expect(diffs.at(-1)).toEqual(diff({ leaves: [{ key: "ann", metas: [{ ref: second, meta: typing }] }] }));
});

test("another meta is told as a leave and a join of the same connection, an equal one not at all", () => {
  const { presence, diffs } = presenceAlone();
  const ref = presence.track("room:1", "ann", still);
  presence.update(ref, typing);
  presence.update(ref, { typing: true });
  expect(presence.metasOf("room:1", "ann")).toEqual([{ ref, meta: typing }]);
  expect(diffs.slice(1)).toEqual([
    diff({
      joins: [{ key: "ann", metas: [{ ref, meta: typing }] }],
      leaves: [{ key: "ann", metas: [{ ref, meta: still }] }],
    }),
  ]);
});

test("whoever hears of a change finds it in the list", () => {
  const { pubsub, presence } = presenceAlone();
  const counts: number[] = [];
  pubsub.subscribe(presenceTopic("room:1"), () => counts.push(presence.list("room:1").length));
  const ref = presence.track("room:1", "ann", still);
  presence.untrack(ref);
  expect(counts).toEqual([1, 0]);
});

test("topics have nothing to do with each other", () => {
  const { presence, diffs } = presenceAlone();
  presence.track("room:2", "ann", still);
  expect(diffs).toEqual([]);
  expect(presence.list("room:1")).toEqual([]);
  expect(presence.metasOf("room:1", "ann")).toEqual([]);
});

test("a connection that is not tracked any more is neither changed nor left", () => {
  const { presence, diffs } = presenceAlone();
  const ref = presence.track("room:1", "ann", still);
  presence.untrack(ref);
  presence.untrack(ref);
  presence.update(ref, typing);
  expect(presence.list("room:1")).toEqual([]);
  expect(diffs).toHaveLength(2);
});

test("a presence that stops leaves all its topics, each with one diff", () => {
  const { presence, diffs } = presenceAlone();
  const ann = presence.track("room:1", "ann", still);
  const bea = presence.track("room:1", "bea", still);
  presence.stop();
  expect(presence.list("room:1")).toEqual([]);
  expect(diffs.slice(2)).toEqual([
    diff({
      leaves: [
        { key: "ann", metas: [{ ref: ann, meta: still }] },
        { key: "bea", metas: [{ ref: bea, meta: still }] },
      ],
    }),
  ]);
});
