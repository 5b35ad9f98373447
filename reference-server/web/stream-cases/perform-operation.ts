import type { InsertOptions } from "../../live/stream.ts";
import type { CaseList, CaseSocket } from "./case-list.ts";
import type { CaseOperation } from "./case-operation.ts";

/** Does one operation on a page. @throws Error for one that the terms of the list's mode do not allow */
export function performOperation(list: CaseList, socket: CaseSocket, operation: CaseOperation): void {
  switch (operation.kind) {
    case "insert": {
      const { item, at, limit, updateOnly } = operation;
      list.insert(socket, item, { at, updateOnly, ...limitedTo(limit) });
      return;
    }
    case "insertAll": {
      const { items, at, limit } = operation;
      list.insertAll(socket, items, { at, ...limitedTo(limit) });
      return;
    }
    case "delete":
      list.delete(socket, operation.id);
      return;
    case "reset":
      list.reset(socket, operation.items);
      return;
    case "note":
      socket.assign({ note: operation.text });
      return;
    default:
      operation satisfies never;
  }
}

const limitedTo = (limit: number | undefined): Pick<InsertOptions, "limit"> =>
  limit === undefined ? {} : { limit };
