import { CASE_OFFERS, type CaseOffer } from "../core/case-offers.ts";
import { type BenchError, UsageError } from "../core/errors.ts";
import type { CaseMode } from "../core/stream-case.ts";
import { elementById, findAll, parseHtml } from "../page/html.ts";
import type { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { type CaseAddress, casePath, OWN_PATH } from "./case-address.ts";

/** What a page of cases says of itself. */
export interface CasePage {
  readonly offers: ReadonlySet<CaseOffer>;
  /** `phx-update` of its list. */
  readonly update: string | undefined;
}

/**
 * Fetches an empty page of cases, and reads what it offers.
 *
 * @throws UsageError `no-case-page` where there is none, or it offers what there is not; `unreachable`
 */
export async function lookAtPage(
  population: Population,
  address: CaseAddress,
  mode: CaseMode | undefined,
): Promise<CasePage> {
  const user = new SimulatedUser(population, { name: "the one who looks at the page of cases" });
  const path = casePath(address, mode, {});
  const { status, html } = await user.get(path);
  if (status === 200) return readCasePage(html, `${address.origin}${path}`);
  const hint = address.path === OWN_PATH ? "; the reference server has it with --instrument" : "";
  throw noPage(`${address.origin}${path}`, `it answers ${status}${hint}`);
}

/** Reads what a page of cases says of itself. @throws UsageError `no-case-page` */
export function readCasePage(html: string, url: string): CasePage {
  const page = parseHtml(html);
  const form = elementById(page, "items-form");
  const list = elementById(page, "items");
  const lacks = [
    ...(form === null ? ["#items-form"] : []),
    ...(form !== null && findAll((node) => "attribs" in node && node.attribs.name === "operations", form)[0]
      ? []
      : ["a field operations in it"]),
    ...(elementById(page, "items-performed") === null ? ["#items-performed"] : []),
    ...(list === null ? ["#items"] : []),
  ];
  if (lacks.length > 0) throw noPage(url, `it lacks ${lacks.join(", ")}`);
  const words = (form?.attribs["data-offers"] ?? "").split(/\s+/u).filter((word) => word !== "");
  const unknown = words.filter((word) => !CASE_OFFERS.some((offer) => offer === word));
  if (unknown.length > 0) {
    throw noPage(url, `it offers ${unknown.join(", ")}, but there is ${CASE_OFFERS.join(", ")}`);
  }
  if (words.length === 0) throw noPage(url, "its form says by data-offers nothing of what it offers");
  return {
    offers: new Set(CASE_OFFERS.filter((offer) => words.includes(offer))),
    update: list?.attribs["phx-update"],
  };
}

const noPage = (url: string, why: string): BenchError =>
  new UsageError(`${url} is no page of cases: ${why}. See scenarios/stream-cases/README.md`, {
    code: "no-case-page",
  });
