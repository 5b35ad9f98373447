import { expect, test } from "vitest";
import { commands } from "../../../harness/commands/index.ts";
import { caseOptions } from "../../../harness/commands/run-cases.ts";
import { fuzzOptions } from "../../../harness/commands/run-fuzz.ts";
import { selfTestOptions } from "../../../harness/commands/run-self-test.ts";
import { SCENARIOS } from "../../../scenarios/index.ts";
import { bench, services } from "./recorded-process.ts";

test("the help names every command", async () => {
  expect(await bench(["--help"])).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "Usage: bench <command> [options]

    Commands:
      bench run <scenario>              Run a scenario: load, checks, figures, a verdict
      bench report <run>                Render the saved result of a run: as HTML, text, JSON, Markdown,
                                        JUnit, and more
      bench list                        Show the scenarios that can be run, or the rendering modes
      bench replay <file>               Replay the frames of viewers who saw something wrong, frame by
                                        frame
      bench trace <url>                 Open a LiveView page in Chrome, and print what using it costs
      bench baseline <action> <runs..>  Save what runs are held to by bench gate
      bench gate [runs..]               Hold runs to a baseline: bytes exactly, times by a test
      bench compare <what..>            Compare modes, targets or parameters: run them in turn, or read
                                        results
      bench history <results..>         Show how figures went over many runs, and between which commits
                                        they changed
      bench serve                       Start the reference server, to look at it in a browser
      bench doctor                      Check this machine, or with --target an application
      bench init                        Write a config, a scenario and a CI workflow for an application
                                        of one's own
      bench completion [shell..]        Print what bash or zsh read to complete commands, scenarios and
                                        options

    Everywhere:
          --version  Show version number
      -h, --help     Show help
          --debug    Show where an error came from

    See bench <command> --help for its options and examples.
    ",
    }
  `);
});

test("the help of run has every option and an example", async () => {
  expect((await bench(["run", "--help"])).stdout).toMatchInlineSnapshot(`
    "Run a scenario: load, checks, figures, a verdict.

    Usage: bench run <scenario> [options]

    Argument:
      scenario  One of bench list, or a file of one's own; see bench run <scenario> --help

    Options:
          --mode               Rendering mode, may be given again: resend, stateful, keyed, append,
                               stream, components, or all; see bench list --modes
                                                                               [default: the scenario's]
          --seed               What all random data is drawn from              [default: the scenario's]
          --target             Address of a server that already runs                [default: start one]
          --database           The target's database, read to know what users should see [default: none]
          --config             File that says how the target is used                     [default: none]
          --allow-remote       The target may be another machine
          --allow-remote-rate  Starts, and users joining, a second on such a target        [default: 10]
          --server-pid         The target's process here, to read its memory and CPU     [default: none]
          --sessions           File that keeps the target's log-ins for the next run     [default: none]
          --workers            Processes that act as users
                                                    [default: one less than there are cores, at least 1]
          --threshold          metric:condition that must hold too, may be given again   [default: none]
          --threshold-warn     The same, only said where it is crossed                   [default: none]
          --threshold-abort    The same, ends the run as soon as it is crossed           [default: none]
          --out                Folder that the result is written to             [default: bench-results]
          --why                Print where the bytes of each operation went, too
          --dashboard          Show the run on a web page, too; or --dashboard=PORT      [default: none]
          --json               Print the result alone, as JSON
          --quiet              Show no progress

    Everywhere:
          --version  Show version number
      -h, --help     Show help
          --debug    Show where an error came from

    Examples:
      bench run quickstart
          200 users and 2 Chromes in two modes
      bench run quickstart --users 50 --mode stream
          a smaller run
      bench run payload --mode all
          the bytes of each operation in every mode
      bench run ./my-scenario.ts
          the scenario that this file exports
      bench run five-ways
          what each operation costs in each mode
      bench run quickstart --threshold 'latency.insert.frame:p(99)<50'
          fail (99) when slower
    "
  `);
});

test.each(Object.entries(commands))(
  "the help of %s fits and has all of its examples",
  async (name, command) => {
    const { exitCode, stdout, stderr } = await bench([name, "-h"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    for (const [commandLine] of command.examples) expect(stdout).toContain(`\n  ${commandLine}\n`);
    for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option} `);
  },
);

test("the version is the package's", async () => {
  expect(await bench(["--version"])).toEqual({ exitCode: 0, stdout: "0.1.0\n", stderr: "" });
});

test("the help of a scenario begins with its question and how it answers it, and has its parameters first", async () => {
  const { stdout } = await bench(["run", "quickstart", "--help"]);
  expect(stdout).toMatchInlineSnapshot(`
    "Which is cheaper, a stream or assigns?

    Messages are written, and everybody scrolls back.

    Usage: bench run <scenario> [options]

    Argument:
      scenario  quickstart

    Parameters of the scenario:
          --users     Simulated users; a whole number from 1 to 1,000 users                [default: 10]
          --browsers  Chrome pages; a whole number from 0 to 64 Chromes                     [default: 1]
          --rate      How many messages are due each second; a number from 0.1 to 1,000 a second
                                                                                           [default: 10]
          --duration  How long they are written; a duration from 1ms to 1h              [default: 300ms]

    Options:
          --mode               Rendering mode, may be given again: resend, stateful, keyed, append,
                               stream, components, or all; see bench list --modes
                                                                               [default: the scenario's]
          --seed               What all random data is drawn from              [default: the scenario's]
          --target             Address of a server that already runs                [default: start one]
          --database           The target's database, read to know what users should see [default: none]
          --config             File that says how the target is used                     [default: none]
          --allow-remote       The target may be another machine
          --allow-remote-rate  Starts, and users joining, a second on such a target        [default: 10]
          --server-pid         The target's process here, to read its memory and CPU     [default: none]
          --sessions           File that keeps the target's log-ins for the next run     [default: none]
          --workers            Processes that act as users
                                                    [default: one less than there are cores, at least 1]
          --threshold          metric:condition that must hold too, may be given again   [default: none]
          --threshold-warn     The same, only said where it is crossed                   [default: none]
          --threshold-abort    The same, ends the run as soon as it is crossed           [default: none]
          --out                Folder that the result is written to             [default: bench-results]
          --why                Print where the bytes of each operation went, too
          --dashboard          Show the run on a web page, too; or --dashboard=PORT      [default: none]
          --json               Print the result alone, as JSON
          --quiet              Show no progress

    Everywhere:
          --version  Show version number
      -h, --help     Show help
          --debug    Show where an error came from

    Examples:
      bench run quickstart
          with its defaults
      bench run quickstart --users 10
          the same, said in full
    "
  `);
});

test("the parameters of one scenario are none of another one", async () => {
  const { stdout } = await bench(["run", "soak", "--help"]);
  expect(stdout).toContain("--parts  Parts of the hour; a whole number from 1 to 100 parts");
  expect(stdout).not.toContain("--users");
  expect(await bench(["run", "soak", "--users", "5"])).toMatchObject({
    exitCode: 104,
    stderr: expect.stringMatching(/^bench: unknown option --users; /),
  });
});

const ownOptions = (scenario: (typeof SCENARIOS)[keyof typeof SCENARIOS]): readonly string[] => {
  switch (scenario.kind) {
    case "load":
      return Object.keys(scenario.parameters);
    case "cases":
      return Object.keys(caseOptions);
    case "fuzz":
      return Object.keys(fuzzOptions(scenario));
    case "self-test":
      return Object.keys(selfTestOptions);
    default:
      return scenario satisfies never;
  }
};

test.each(Object.entries(SCENARIOS))(
  "the help of %s fits, and has all of its parameters",
  async (name, scenario) => {
    const { exitCode, stdout, stderr } = await bench(["run", name, "--help"], {
      ...services(),
      scenarios: SCENARIOS,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    const inOneLine = stdout.replaceAll(/\s+/g, " ");
    expect(inOneLine.startsWith(`${scenario.question} ${scenario.description} Usage: `)).toBe(true);
    expect(ownOptions(scenario)).not.toEqual([]);
    for (const option of ownOptions(scenario)) expect(stdout).toContain(`--${option} `);
  },
);
