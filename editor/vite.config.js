// Builds the editor into dist/: files with a hash in their names, each compressed by brotli, and nothing else.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig } from "vite";

/** Replaces each file by its compressed form, `.br`, which is what the server embeds; nothing is left of an earlier build. */
function compressed(folder) {
  const files = () => readdirSync(folder).filter((name) => !name.startsWith("."));
  return {
    name: "compressed",
    buildStart() {
      for (const name of files()) rmSync(join(folder, name));
    },
    closeBundle() {
      let [plain, sent] = [0, 0];
      for (const name of files()) {
        const bytes = readFileSync(join(folder, name));
        const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
        const path = join(folder, name.replace(/^licences/, `licences-${hash}`));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        const packed = brotliCompressSync(bytes, { params });
        writeFileSync(`${path}.br`, packed);
        rmSync(join(folder, name));
        [plain, sent] = [plain + bytes.length, sent + packed.length];
      }
      console.log(`${folder}: ${plain} bytes, ${sent} compressed`);
    },
  };
}

const named = (suffix) => `[name]-[hash]${suffix}`;

export default defineConfig({
  base: "/editor/",
  publicDir: false,
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: named(".js"), chunkFileNames: named(".js") } } },
  build: {
    outDir: "dist",
    emptyOutDir: false, // its .gitignore stays
    reportCompressedSize: false,
    license: { fileName: "licences.md" },
    assetsDir: "",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      // Directives of React's server components, which mean nothing here.
      onLog: (level, log, report) => log.code === "MODULE_LEVEL_DIRECTIVE" || report(level, log),
      input: { main: "src/main.js" },
      output: { entryFileNames: named(".js"), chunkFileNames: named(".js"), assetFileNames: named("[extname]") },
    },
    chunkSizeWarningLimit: 5000,
  },
  plugins: [compressed("dist")],
});
