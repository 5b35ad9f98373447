import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { Command } from "./command.ts";
import { START_FILES } from "./init/files.ts";
import { flag, path } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  dir: { kind: "value", description: "Folder of the application", otherwise: "this one" },
  force: { kind: "flag", description: "Write over files that are there" },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({ dir: path(cwd).default(() => path(cwd).parse(".")), force: flag() });

/** `bench init`: a config, a scenario and a CI workflow for an application of one's own. Nothing is written over unasked. */
export const init: Command = {
  description: "Write a config, a scenario and a CI workflow for an application of one's own",
  options,
  examples: [
    ["bench init", "then say in bench/target.json where the application answers"],
    ["bench init --dir ../chat", "in another folder"],
  ],
  run: async (args, { cwd, stdout }) => {
    const { dir, force } = readOptions(options, schema(cwd), args);
    const there = START_FILES.filter((file) => existsSync(join(dir, file.path)));
    if (there.length > 0 && !force) {
      const names = there.map((file) => file.path).join(", ");
      throw new UsageError(`${names}: there already; --force writes over them, and nothing was written`, {
        code: "file-exists",
      });
    }
    for (const file of START_FILES) {
      mkdirSync(dirname(join(dir, file.path)), { recursive: true });
      writeFileSync(join(dir, file.path), file.text);
      stdout.write(`${file.path}: ${file.what}\n`);
    }
    stdout.write(
      [
        "",
        "Say in bench/target.json where the application answers, and look what is found there:",
        "  npx bench doctor --config bench/target.json",
        "Then run:",
        "  npx bench run bench/chat.mts --config bench/target.json",
        "",
      ].join("\n"),
    );
    return EXIT_CODES.passed;
  },
};
