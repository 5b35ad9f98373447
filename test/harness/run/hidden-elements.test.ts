import { expect, test } from "vitest";
import type { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { hiddenElements } from "../../../harness/run/hidden-elements.ts";
import { fakeUser, memberIn } from "./fake-cast.ts";

const member = (hidden?: number) => memberIn(1, fakeUser("ada", [], hidden === undefined ? {} : { hidden }));
const chrome = (hidden: number) =>
  ({ countHidden: async () => hidden }) as Partial<ChromeViewer> as ChromeViewer;
const hiddenGauge = (name: string, value: number) => ({
  name,
  mode: "append",
  unit: "count",
  kind: "gauge",
  values: { value },
});

test("the most that one user and one Chrome hold are told apart", async () => {
  const cast = { members: [member(1), member(3), member()], chromes: [chrome(4), chrome(2)] };
  expect(await hiddenElements(cast, "append")).toEqual([
    hiddenGauge("dom.hidden.user", 3),
    hiddenGauge("dom.hidden.chrome", 4),
  ]);
});

test("where no Chrome takes part there is no figure of one", async () => {
  expect(await hiddenElements({ members: [member(0)], chromes: [] }, "append")).toEqual([
    hiddenGauge("dom.hidden.user", 0),
  ]);
});
