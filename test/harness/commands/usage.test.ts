import { expect, test } from "vitest";
import { bench } from "./recorded-process.ts";

test.each([
  [["rum", "quickstart"], "unknown command rum; did you mean run?"],
  [
    ["zzzzzz"],
    "unknown command zzzzzz; there is run, report, list, replay, trace, baseline, gate, compare, history, serve, doctor, init, completion",
  ],
  [
    ["constructor"],
    "unknown command constructor; there is run, report, list, replay, trace, baseline, gate, compare, history, serve, doctor, init, completion",
  ],
  [["run"], "run needs a scenario: bench run quickstart"],
  [["run", "quikstart"], "unknown scenario quikstart; did you mean quickstart?"],
  [["run", "nothing-near"], "unknown scenario nothing-near; there is quickstart, soak"],
  [["run", "toString"], "unknown scenario toString; there is quickstart, soak"],
  [["run", "quickstart", "--user", "5"], "unknown option --user; did you mean --users?"],
  [
    ["run", "quickstart", "--no-json"],
    "unknown option --no-json; there is --users, --browsers, --rate, --duration, --mode, --seed, --target, --database, --config, --allow-remote, --allow-remote-rate, --server-pid, --sessions, --workers, --threshold, --threshold-warn, --threshold-abort, --out, --why, --dashboard, --json, --quiet, --help, --version, --debug",
  ],
  [["run", "quickstart", "--users"], "--users needs a value"],
  [["run", "quickstart", "--users="], "--users needs a value"],
  [["run", "quickstart", "more"], "run takes no argument more; see bench run --help"],
  [
    ["doctor", "--write", "--allow-remote"],
    "--write and --allow-remote without an application: say which one by --target",
  ],
  [["list", "--josn"], "unknown option --josn; did you mean --json?"],
  [["list", "-x"], "unknown option -x"],
  [["lsit", "--help"], "unknown command lsit; did you mean list?"],
])("bench %j says in a line what is wrong and exits with 104", async (argv, message) => {
  expect(await bench(argv)).toEqual({ exitCode: 104, stdout: "", stderr: `bench: ${message}\n` });
});

test("all problems of the options are said at once", async () => {
  const argv = ["run", "quickstart", "--users", "many", "--duration", "10", "--mode", "steam", "--rate", "0"];
  expect(await bench(argv)).toEqual({
    exitCode: 104,
    stdout: "",
    stderr: [
      "bench: 4 problems:",
      '  --users must be a whole number from 1 to 1,000 users, not "many"',
      '  --rate must be a number from 0.1 to 1,000 a second, not "0"',
      '  --duration must be a duration from 1ms to 1h, not "10"',
      '  --mode cannot be "steam"; did you mean stream?',
      "",
    ].join("\n"),
  });
});

test.each([
  [["--users", "1", "--users", "2"], "--users may be given only once"],
  [["--users", "-5"], '--users must be a whole number from 1 to 1,000 users, not "-5"'],
  [["--browsers", "1.5"], '--browsers must be a whole number from 0 to 64 Chromes, not "1.5"'],
  [
    ["--target", "localhost:4000"],
    '--target must be a URL, as http://127.0.0.1:4000/rooms/1, not "localhost:4000"',
  ],
  [
    ["--threshold", "max<=420"],
    '--threshold must be metric:condition, as payload.insert.bytes:max<=420, not "max<=420"',
  ],
])("the option %j is refused", async (options, message) => {
  expect(await bench(["run", "quickstart", ...options])).toEqual({
    exitCode: 104,
    stdout: "",
    stderr: `bench: ${message}\n`,
  });
});

test("without a command the help goes to standard error and the exit code is 104", async () => {
  const help = await bench(["--help"]);
  expect(await bench([])).toEqual({
    exitCode: 104,
    stdout: "",
    stderr: `${help.stdout}\nbench: no command was given\n`,
  });
});
