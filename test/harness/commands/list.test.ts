import { expect, test } from "vitest";
import { MODES } from "../../../harness/core/modes.ts";
import { main } from "../../../harness/main.ts";
import { SCENARIOS } from "../../../scenarios/index.ts";
import { bench, quickstart, recordedProcess, services, soak } from "./recorded-process.ts";

test("the scenarios are listed with their questions in a column", async () => {
  expect(await bench(["list"])).toEqual({
    exitCode: 0,
    stdout:
      "quickstart  Which is cheaper, a stream or assigns?\nsoak        What still grows after an hour?\n",
    stderr: "",
  });
});

test("a question that is too long for the terminal goes on below itself", async () => {
  const long = { ...soak, question: "What still grows after an hour of the same, and after a night of it?" };
  const { proc, written } = recordedProcess(["list"]);
  await main(
    { ...proc, stdout: { ...proc.stdout, columns: 50 } },
    { ...services(), scenarios: { quickstart, long } },
  );
  expect(written.stdout).toBe(
    "quickstart  Which is cheaper, a stream or assigns?\n" +
      "soak        What still grows after an hour of the\n" +
      "            same, and after a night of it?\n",
  );
});

test("what there is to run is listed in lines of at most 100 characters", async () => {
  const { stdout } = await bench(["list"], { ...services(), scenarios: SCENARIOS });
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(stdout.replaceAll(/\n +/g, " ").split("\n")).toHaveLength(Object.keys(SCENARIOS).length + 1);
});

test("as JSON they are objects with name and question", async () => {
  const { stdout } = await bench(["list", "--json"]);
  expect(JSON.parse(stdout)).toEqual([
    { name: "quickstart", question: "Which is cheaper, a stream or assigns?" },
    { name: "soak", question: "What still grows after an hour?" },
  ]);
});

test("the modes are listed with what is to be known of them, in lines of at most 100 characters", async () => {
  const { exitCode, stdout } = await bench(["list", "--modes"]);
  expect(exitCode).toBe(0);
  const paragraphs = stdout.trimEnd().split("\n\n");
  expect(paragraphs.map((paragraph) => paragraph.split(" ")[0])).toEqual([...MODES]);
  expect(paragraphs.at(-1)).toMatchInlineSnapshot(`
    "components  \`stream\`, its items and the form live components, edits by \`send_update\`
                the server keeps the messages, each in a component
                an insert sends the new item, mostly without statics, and a stream operation
                it cannot forget a message that is on the page: the server holds it, for each reader
                it cannot drop a component by itself: the client says that it has gone, in two messages"
  `);
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("as JSON the modes are objects with the same facts", async () => {
  const { stdout } = await bench(["list", "--modes", "--json"]);
  const modes: unknown[] = JSON.parse(stdout);
  expect(modes).toHaveLength(6);
  expect(modes[0]).toEqual({
    name: "resend",
    inLiveView: "a list in assigns, as before LiveView 1.1",
    keeps: "the messages",
    insertSends: "the whole list",
    cannot: ["send less than the whole list, whatever changed in it"],
  });
});

test("without a scenario there is nothing to list", async () => {
  expect((await bench(["list"], { ...services(), scenarios: {} })).stdout).toBe("");
});
