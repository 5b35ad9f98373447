import { expect, test } from "vitest";
import { completionScript } from "../../../../harness/commands/completion/scripts.ts";
import { main } from "../../../../harness/main.ts";
import { bench, recordedProcess, services } from "../recorded-process.ts";

test("the script is that of the shell that is named, or else that one runs", async () => {
  const { stdout } = await bench(["completion", "bash"]);
  expect(stdout).toContain("complete -o bashdefault -o default -F _bench_completions bench\n");
  expect((await bench(["completion", "zsh"])).stdout.split("\n")[0]).toBe("#compdef bench");
  const { proc, written } = recordedProcess(["completion"]);
  expect(await main({ ...proc, env: { SHELL: "/usr/bin/bash" } }, services())).toBe(0);
  expect(written.stdout).toBe(stdout);
});

test.each([
  [["completion"], "bench: completion needs a shell: bench completion bash or zsh\n"],
  [["completion", "fish"], "bench: there is no completion for fish, but for bash and zsh\n"],
  [["completion", "bash", "zsh"], "bench: completion is for one shell\n"],
])("bench %j says what is wrong", async (argv, stderr) => {
  expect(await bench(argv)).toEqual({ exitCode: 104, stdout: "", stderr });
});

test("the program's path may have anything in it", () => {
  const script = completionScript("bash", ["/opt/node", "/home/it's me/$(x)/bin.js"]);
  expect(script).toContain(
    `/opt/node '/home/it'\\''s me/$(x)/bin.js' --complete "\${COMP_WORDS[@]:1:COMP_CWORD}"`,
  );
});
