import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { layout } from "../layout.ts";
import { sendHtml } from "../live-pages.ts";

const OUTDATED = `<main class="account">
  <section>
    <h1>This form is out of date</h1>
    <p>You have logged in or out since it was shown, or your browser keeps no cookies. Nothing was changed.</p>
    <p><a href="/">Go on</a></p>
  </section>
</main>`;

/** What is common to routes that take a form: it must come from a page of this server, and from this browser. */
export function formOptions(server: FastifyInstance) {
  return { preHandler: server.csrfProtection, errorHandler: sayOutdated };
}

/** @throws the error again, unless it is that the form's token is not the browser's. */
function sayOutdated(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (!String(error.code).startsWith("FST_CSRF_")) throw error;
  const csrfToken = reply.generateCsrf();
  sendHtml(reply.code(403), layout({ title: "Out of date", body: OUTDATED, csrfToken, live: false }));
}
