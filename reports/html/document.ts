import type { RunResult } from "../../harness/core/run-result.ts";
import { anatomy } from "./anatomy.ts";
import { cases, failedCases } from "./cases.ts";
import { configuration } from "./configuration.ts";
import { deliveries } from "./deliveries.ts";
import { failures, type Pictures } from "./failures.ts";
import { generator } from "./generator.ts";
import { history } from "./history.ts";
import { overTime, spectrum } from "./latency.ts";
import { memoryOfServer } from "./memory.ts";
import type { Section } from "./parts.ts";
import { type Materials, renderShell } from "./shell.ts";
import { sideBySide } from "./side-by-side.ts";
import { summary } from "./summary.ts";
import { thresholds } from "./thresholds.ts";

/**
 * A run as one HTML document that needs nothing else (see {@link renderShell}).
 *
 * @param pictures of failures
 */
export function renderDocument(result: RunResult, materials: Materials, pictures: Pictures): string {
  return renderShell(
    {
      title: `${result.scenario}: ${result.verdict} · bench report`,
      summary: summary(result),
      sections: sectionsOf(result, pictures),
      footer: `Rendered by bench ${result.environment.benchVersion} from the result alone.`,
    },
    materials,
  );
}

function sectionsOf(result: RunResult, pictures: Pictures): Section[] {
  const measured = result.cases === undefined;
  const all = [
    ...(measured ? [failures(result, pictures), sideBySide(result)] : [failedCases(result), cases(result)]),
    spectrum(result),
    overTime(result),
    history(result),
    anatomy(result),
    memoryOfServer(result),
    deliveries(result),
    thresholds(result),
    generator(result),
    configuration(result),
  ];
  return all.filter((section) => section !== null);
}
