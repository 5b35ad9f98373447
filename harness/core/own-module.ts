import { fileURLToPath } from "node:url";

/**
 * A module of this program as a file that node can be started with: TypeScript in the repository, JavaScript in the package.
 *
 * @param name relative, without an extension: `./generator`
 * @param importer the `import.meta.url` of who asks
 */
export function ownModule(name: string, importer: string): string {
  const extension = importer.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`${name}.${extension}`, importer));
}
