import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** A step of a composite action: what a shell runs, or another action. */
export interface ActionStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** A composite action, as far as it is looked at. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

/** What became of an action. */
export interface Done {
  /** Of the step that failed; 0 where none did. */
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** What all steps printed. */
  readonly log: string;
  /** What was written to the page of the run. */
  readonly summary: string;
  /** Other actions that it used, and with what. */
  readonly used: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Does the `run:` steps of a composite action as GitHub's runner does them: each by a bash of its own that ends at the first
 * error, with files for what it tells. Other actions are only noted.
 *
 * Source: "Workflow syntax for GitHub Actions", `jobs.<job_id>.steps[*].shell`; "Workflow commands", environment files.
 *
 * @param given inputs
 * @param folders the workspace, which is also where files of the runner go, and where the action is
 */
export function doAction(
  action: Action,
  given: Readonly<Record<string, string>>,
  { workspace, actionPath }: { readonly workspace: string; readonly actionPath: string },
): Done {
  const inputs = { ...mapped(action.inputs, (input) => input.default ?? ""), ...given };
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  const resolve = (text: string) =>
    text.replaceAll(/\$\{\{(.+?)\}\}/g, (_, expression) => evaluated(expression, inputs, outputs));
  const runner = join(workspace, ".runner");
  mkdirSync(runner, { recursive: true });
  const summary = file(join(runner, "summary"));
  let log = "";
  const used: Record<string, unknown>[] = [];
  let exitCode: number | null = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined && evaluated(step.if, inputs, outputs) !== "true") continue;
    if (step.run === undefined) {
      used.push({ uses: step.uses, ...mapped(step.with ?? {}, (value) => resolve(value)) });
      continue;
    }
    const output = file(join(runner, "output"));
    const script = file(join(runner, "script.sh"), step.run);
    const ended = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: join(workspace, resolve(step["working-directory"] ?? ".")),
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        GITHUB_ACTION_PATH: actionPath,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: runner,
        ...mapped(step.env ?? {}, (value) => resolve(value)),
      },
    });
    log += ended.stdout + ended.stderr;
    if (step.id !== undefined) outputs[step.id] = written(readFileSync(output, "utf8"));
    exitCode = ended.status;
    if (exitCode !== 0) break;
  }
  const told = mapped(action.outputs, ({ value }) => resolve(value));
  return { exitCode, outputs: told, log, summary: readFileSync(summary, "utf8"), used };
}

/** Reads an action's file. */
export const readAction = (path: string): Action => parse(readFileSync(path, "utf8"));

function file(path: string, text = ""): string {
  writeFileSync(path, text);
  return path;
}

const mapped = <Value, Result>(record: Readonly<Record<string, Value>>, make: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));

/** What a step wrote to the file of its outputs: a line each, `name=value`. */
function written(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.split("=", 1).join(), line.slice(line.indexOf("=") + 1)]),
  );
}

/** The value of an expression of names, texts, `==`, `!=`, `&&`, `||` and brackets. */
function evaluated(
  expression: string,
  inputs: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const terms = expression
    .replaceAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g, (_, id, name) =>
      JSON.stringify(outputs[id]?.[name] ?? ""),
    )
    .replaceAll(/\binputs\.([\w-]+)/g, (_, name) => JSON.stringify(inputs[name] ?? ""));
  return String(new Function(`return ${terms}`)());
}
