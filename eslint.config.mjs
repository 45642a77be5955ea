import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** The folders whose imports point one way; the arrows are drawn in docs/architecture.md. */
const layers = ["sdk", "provider", "cli", "emulator", "engine", "demo", "bench", "test"];

/** Files of `folder` may import none of `forbidden`: folders of this repository, or packages. */
function imports(folder, forbidden, message) {
  const names = forbidden.map((name) => (layers.includes(name) ? `(\\.\\./)+${name}` : name));
  const patterns = [{ regex: `^(${names.join("|")})(/|$)`, message }];
  return {
    files: [`${folder}/**/*.ts`],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ["dist/", "**/node_modules/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      curly: "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  imports(
    "sdk",
    ["axios", "zod", "provider", "cli", "emulator", "engine", "demo", "bench", "test"],
    "sdk/ knows Pulumi only; it reaches the provider by name, through the text in shim.ts.",
  ),
  imports(
    "provider",
    ["@pulumi/pulumi", "sdk", "cli", "emulator", "engine", "demo", "bench", "test"],
    "provider/ knows OpenStack only, never Pulumi.",
  ),
  imports(
    "cli",
    ["@pulumi/pulumi", "sdk", "emulator", "engine", "demo", "bench", "test"],
    "cli/ is what the package's command does; it needs no Pulumi of its own.",
  ),
  imports(
    "emulator",
    ["@pulumi/pulumi", "sdk", "provider", "cli", "engine", "demo", "bench", "test"],
    "emulator/ is a cloud of its own.",
  ),
  imports(
    "engine",
    ["sdk", "provider", "cli", "emulator", "demo", "bench", "test"],
    "engine/ only finds a Pulumi engine.",
  ),
  {
    files: [
      "emulator/cli.ts",
      "engine/**/*.ts",
      "demo/**/*.ts",
      "bench/**/*.ts",
      "examples/**/*.ts",
      "test/**/*.ts",
    ],
    rules: { "no-console": "off" },
  },
);
