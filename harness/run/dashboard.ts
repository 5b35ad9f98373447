import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  DashboardEnd,
  DashboardFigures,
  DashboardPage,
  DashboardPoint,
  DashboardRenderer,
  DashboardState,
} from "../core/dashboard.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import type { LiveFigures } from "../core/live-figures.ts";
import type { Metric } from "../core/metric.ts";
import type { RunResult, ThresholdVerdict } from "../core/run-result.ts";
import type { LiveViewer } from "./live-viewer.ts";
import type { Progress } from "./progress.ts";

/** What a dashboard is made with. */
export interface DashboardOptions {
  readonly scenario: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly render: DashboardRenderer;
  /** Judges figures of a mode so far. */
  readonly judge: (metrics: readonly Metric[], mode: string) => readonly ThresholdVerdict[];
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
}

/** Its own machine alone can reach it. */
const HOST = "127.0.0.1";
/** So many pages may be open. */
const MOST_LISTENERS = 32;
/** Points that a page is given that is opened late, of the seconds in which another one was open. */
const KEPT_POINTS = 1800;
/** What a page may have left unread before it is given up, in bytes. */
const MOST_UNREAD = 4_000_000;
/** How often what is done now is told, while somebody listens. */
const ACTIVITY_EVERY_MS = 250;

/**
 * A page on this machine that shows how a run goes: its figures once a second over server-sent events. Nothing is done for it where
 * nobody has it open.
 */
export class Dashboard implements LiveViewer {
  readonly #options: DashboardOptions;
  readonly #server: Server;
  readonly #page: DashboardPage;
  readonly #listeners = new Set<ServerResponse>();
  readonly #points: DashboardPoint[] = [];
  #last: DashboardFigures | null = null;
  #state: DashboardState | null = null;
  #activity = "";
  #toldActivity = "";
  #timer: NodeJS.Timeout | null = null;

  private constructor(options: DashboardOptions) {
    this.#options = options;
    this.#page = options.render.page(options.scenario);
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /**
   * Serves it from now on.
   *
   * @throws UsageError `dashboard-port` where the port cannot be had
   */
  static async open(options: DashboardOptions): Promise<Dashboard> {
    const dashboard = new Dashboard(options);
    const server = dashboard.#server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause) =>
        reject(
          new UsageError(`--dashboard cannot listen on port ${options.port}: ${messageOf(cause)}`, {
            code: "dashboard-port",
            cause,
          }),
        ),
      );
      server.listen(options.port, HOST, resolve);
    });
    return dashboard;
  }

  /** Where it is: `http://127.0.0.1:4999/`. */
  get url(): string {
    return `http://${HOST}:${this.#port}/`;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly show = (figures: LiveFigures): void => {
    const { render, judge, nowMs } = this.#options;
    const now = { figures, atMs: nowMs(), thresholds: judge(figures.metrics, figures.mode) };
    const state = render.state(now, this.#last);
    this.#last = now;
    this.#state = state;
    this.#points.push(state.point);
    if (this.#points.length > KEPT_POINTS) this.#points.shift();
    this.#tellAll("state", state);
  };

  /** What was shown last stays: the next step shows its own. */
  readonly stepOver = (): void => {};

  /** The progress of the run, told here as well. */
  beside(progress: Progress): Progress {
    return {
      isLive: progress.isLive,
      show: (lines) => progress.show(lines),
      update: (activity, detail) => {
        this.#activity = detail === undefined ? activity : `${activity}: ${detail}`;
        progress.update(activity, detail);
      },
      say: (line) => progress.say(line),
      end: () => progress.end(),
    };
  }

  /** The run is over: pages are told how it ended, and keep what they have. */
  end(result: RunResult, files: DashboardEnd["files"]): void {
    this.#tellAll("end", this.#options.render.end(result, files));
  }

  /** Serves no more. Resolves when all that was told has been sent, or nobody takes it. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const listener of this.#listeners) listener.end();
    this.#server.closeIdleConnections();
    const late = setTimeout(() => this.#server.closeAllConnections(), 1000);
    await closed;
    clearTimeout(late);
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    const refuse = (status: number, why: string) =>
      void response.writeHead(status, { "Content-Type": "text/plain" }).end(`${why}\n`);
    // A page of another site that has its name lead here says that name.
    const own = [HOST, "localhost"].map((host) => `${host}:${this.#port}`);
    if (!own.includes(request.headers.host ?? ""))
      return refuse(403, "This is not the host that you asked for.");
    if (request.method !== "GET") {
      response.setHeader("Allow", "GET");
      return refuse(405, "There is nothing here but to look at.");
    }
    switch (request.url) {
      case "/":
        response.setHeader("Content-Security-Policy", this.#page.policy);
        response.setHeader("Referrer-Policy", "no-referrer");
        return void response
          .writeHead(200, { "Content-Type": "text/html; charset=utf-8" })
          .end(this.#page.html);
      case "/events":
        if (this.#listeners.size >= MOST_LISTENERS) return refuse(503, "Too many pages are open.");
        return this.#listen(response);
      default:
        return refuse(404, "There is no such page.");
    }
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    this.#listeners.add(response);
    response.once("close", () => {
      this.#listeners.delete(response);
      if (this.#listeners.size === 0 && this.#timer !== null) {
        clearInterval(this.#timer);
        this.#timer = null;
      }
    });
    tell(response, "activity", this.#activity);
    tell(response, "past", this.#points);
    if (this.#state !== null) tell(response, "state", this.#state);
    // The run is not kept by it.
    this.#timer ??= setInterval(() => this.#tellActivity(), ACTIVITY_EVERY_MS).unref();
  }

  #tellActivity(): void {
    if (this.#activity === this.#toldActivity) return;
    this.#toldActivity = this.#activity;
    this.#tellAll("activity", this.#activity);
  }

  #tellAll(event: string, data: unknown): void {
    for (const listener of this.#listeners) {
      if (listener.writableLength > MOST_UNREAD) listener.destroy();
      else tell(listener, event, data);
    }
  }
}

/** An event as `text/event-stream` has it. JSON has no line feeds. */
function tell(response: ServerResponse, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
