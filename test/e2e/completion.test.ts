import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startBench, temporaryFolder } from "./bench.ts";

/** What bash has in `COMPREPLY` for each of these lines, with the script sourced; a line is the words with `_` in between. */
const ASK = `
source "$1"; shift
for line in "$@"; do
  IFS=_ read -r -a COMP_WORDS <<< "$line"
  [[ $line == *_ ]] && COMP_WORDS+=("")
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
  COMPREPLY=()
  _bench_completions
  echo "\${COMPREPLY[*]}"
done
complete -p bench
`;

test("bash completes commands, scenarios, options and values, and leaves files to itself", async () => {
  const folder = temporaryFolder();
  const script = join(folder, "a folder", "bench.bash");
  mkdirSync(join(folder, "a folder"));
  writeFileSync(script, (await startBench("completion", "bash").ended).stdout);
  const lines = {
    bench_hist: "history",
    bench_run_five: "five-ways",
    "bench_run_payload_--mode_=_st": "stateful stream",
    "bench_gate_--baseline_": "",
  };
  const words = ["--norc", "-c", ASK, "bash", script, ...Object.keys(lines)];
  const { stdout, stderr } = spawnSync("bash", words, { cwd: folder, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({
    stderr: "",
    stdout: `${Object.values(lines).join("\n")}\ncomplete -o bashdefault -o default -F _bench_completions bench\n`,
  });
});
