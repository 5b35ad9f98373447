import { expect, test } from "vitest";
import { membersOf, withMember } from "../../../reference-server/web/room/members.ts";

const page = (ref: string, name: string, typing = false) => ({ ref, meta: { name, typing } });
const member = (id: number, name: string, typing = false) => ({ id, name, typing });

test("who has several pages is one member, and writes if he writes on any of them", () => {
  const present = [
    { key: "2", metas: [page("a", "zoe"), page("b", "zoe", true), page("c", "zoe")] },
    { key: "1", metas: [page("d", "Émile"), page("e", "Émile")] },
    { key: "3", metas: [page("f", "frank")] },
  ];
  expect(membersOf(present)).toEqual([member(1, "Émile"), member(3, "frank"), member(2, "zoe", true)]);
});

test("who comes is put in his place, who changes stays in it, who has no page left is gone", () => {
  const before = [member(1, "alice"), member(3, "carol")];
  expect(withMember(before, "2", [page("a", "bob")])).toEqual([before[0], member(2, "bob"), before[1]]);
  expect(withMember(before, "1", [page("a", "alice", true)])).toEqual([member(1, "alice", true), before[1]]);
  expect(withMember(before, "1", [])).toEqual([before[1]]);
  expect(withMember(before, "4", [])).toEqual(before);
});
