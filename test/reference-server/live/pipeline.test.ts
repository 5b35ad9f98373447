import { expect, test } from "vitest";
import { pipe } from "../../../reference-server/live/pipeline.ts";

interface Log {
  navigation: string | undefined;
  readonly done: string[];
}

const socket = (): Log => ({ navigation: undefined, done: [] });
const now = (name: string) => (log: Log) => {
  log.done.push(name);
  return log;
};
const later = (name: string) => async (log: Log) => {
  await Promise.resolve();
  return now(name)(log);
};
const leave = (log: Log) => {
  log.navigation = "/elsewhere";
  return now("leave")(log);
};

test("steps run one after the other, also where they have to wait", async () => {
  const log = socket();
  expect(await pipe(log, later("first"), now("second"), later("third"))).toBe(log);
  expect(log.done).toEqual(["first", "second", "third"]);
});

test("where no step waits, the socket is there at once", () => {
  const log = socket();
  expect(pipe(log, now("first"), now("second"))).toBe(log);
});

test("a step that sends the page elsewhere is the last one", async () => {
  const log = socket();
  await pipe(log, later("first"), leave, now("never"));
  await pipe(log, now("nor this"));
  expect(log.done).toEqual(["first", "leave"]);
});

test("a step that fails fails the pipeline", async () => {
  const broken = async () => {
    throw new Error("broken");
  };
  const log = socket();
  await expect(pipe(log, broken, now("never"))).rejects.toThrow("broken");
  expect(log.done).toEqual([]);
});
