import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { RecoveryWatch } from "../../../harness/crowd/recovery-watch.ts";

/** A watch at a clock that the test sets, and whether all are back. */
function watching() {
  const state = { nowUs: 0, areBack: 0 };
  const watch = new RecoveryWatch(() => micros(state.nowUs));
  const expectAll = (names: string[]) => {
    watch.expect(names);
    void watch.all.then(() => {
      state.areBack += 1;
    });
  };
  const joins = async (name: string, atUs: number) => {
    state.nowUs = atUs;
    watch.joined(name);
    await Promise.resolve();
  };
  return { watch, state, expectAll, joins };
}

test("all are back when the last one is, and when each of them was is known", async () => {
  const { watch, state, expectAll, joins } = watching();
  expectAll(["ada", "grace"]);
  await joins("grace", 300);
  expect([state.areBack, [...watch.backUs]]).toEqual([0, [["grace", 300]]]);
  await joins("ada", 500);
  expect([state.areBack, Object.fromEntries(watch.backUs)]).toEqual([1, { grace: 300, ada: 500 }]);
});

test("who joins again after he was back was back when he was first", async () => {
  const { watch, state, expectAll, joins } = watching();
  expectAll(["ada", "grace"]);
  await joins("ada", 100);
  await joins("ada", 200);
  expect([state.areBack, [...watch.backUs]]).toEqual([0, [["ada", 100]]]);
});

test("who joins and is not expected is nobody's concern", async () => {
  const { watch, state, expectAll, joins } = watching();
  await joins("ada", 50);
  expectAll(["ada"]);
  await joins("alan", 100);
  expect([state.areBack, [...watch.backUs]]).toEqual([0, []]);
});

test("where nobody is expected all are back at once", async () => {
  const { state, expectAll } = watching();
  expectAll([]);
  await Promise.resolve();
  expect(state.areBack).toBe(1);
});

test("those of a former time are forgotten", async () => {
  const { watch, state, expectAll, joins } = watching();
  expectAll(["ada", "grace"]);
  await joins("ada", 100);
  expectAll(["ada"]);
  expect([...watch.backUs]).toEqual([]);
  await joins("grace", 200);
  expect(state.areBack).toBe(0);
  await joins("ada", 300);
  expect([state.areBack, [...watch.backUs]]).toEqual([1, [["ada", 300]]]);
});
