import { basename } from "node:path";
import { UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { ownModule } from "../core/own-module.ts";
import type { Command } from "./command.ts";
import { completionScript, SHELLS } from "./completion/scripts.ts";

const ENTRY = ownModule("../bin", import.meta.url);

/** `bench completion [shell]`: what a shell reads to complete commands, scenarios, options and their values. */
export const completion: Command = {
  description: "Print what bash or zsh read to complete commands, scenarios and options",
  others: {
    name: "shell",
    description: `${SHELLS.join(" or ")}; by $SHELL`,
    isOptional: true,
    values: SHELLS,
  },
  options: {},
  examples: [
    ["source <(bench completion bash)", "in ~/.bashrc"],
    ["source <(bench completion zsh)", "in ~/.zshrc, behind compinit"],
  ],
  run: async ({ shell: given }, { env, stdout }) => {
    const [named, ...more] = (given as readonly unknown[]).map(String);
    if (more.length > 0) throw new UsageError("completion is for one shell", { code: "surplus-argument" });
    const name = named ?? basename(env.SHELL ?? "");
    const shell = SHELLS.find((one) => one === name);
    if (shell === undefined) {
      const message =
        named === undefined
          ? `completion needs a shell: bench completion ${SHELLS.join(" or ")}`
          : `there is no completion for ${named}, but for ${SHELLS.join(" and ")}`;
      throw new UsageError(message, { code: "unknown-shell" });
    }
    stdout.write(completionScript(shell, [process.execPath, ENTRY]));
    return EXIT_CODES.passed;
  },
};
