// Builds src/main.ts and its styles into the package, as two files, with the digest of what they were built from.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const target = resolve(here, "../src/interlope/explorer/static");
const beside = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "../src/interlope/explorer/strings.json"];

/** sha256 over names and bytes of every source, in order of name; tests compute the same. */
function digest(): string {
  const names = [...beside, ...readdirSync(resolve(here, "src")).map(name => `src/${name}`)].sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(resolve(here, name))).update("\n");
  return hash.digest("hex");
}

export default defineConfig({
  build: {
    outDir: target, emptyOutDir: true, target: "es2022", modulePreload: false, cssCodeSplit: false, assetsInlineLimit: 0, reportCompressedSize: true,
    rollupOptions: {
      input: resolve(here, "src/main.ts"),
      output: { format: "es", entryFileNames: "explorer.js", assetFileNames: "explorer.[ext]", inlineDynamicImports: true },
    },
  },
  plugins: [{ name: "digest", closeBundle() { writeFileSync(resolve(target, "built.json"), `${JSON.stringify({ sources: digest() })}\n`); } }],
});
