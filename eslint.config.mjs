// The linter, with types: promises that nobody waits for, conditions that are always true, values of no known type.
import { fileURLToPath } from "node:url";
import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
    globalIgnores(["**/node_modules/", ".playground/", ".bundle/", ".site/", "dist/"]),
    {
        files: ["**/*.ts", "**/*.mts"],
        extends: [eslint.configs.recommended, typescript.configs.recommendedTypeChecked],
        languageOptions: {
            parserOptions: {
                project: "./tsconfig.json",
                tsconfigRootDir: fileURLToPath(new URL(".", import.meta.url)),
            },
        },
        rules: {
            // Index access is not checked by the compiler here, so a "!" behind it says on purpose what the type cannot.
            "@typescript-eslint/no-unnecessary-type-assertion": "off",
            "@typescript-eslint/no-unused-vars": [
                "error",
                { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
            ],
            // A zod schema's methods and node's functions are handed on as values throughout.
            "@typescript-eslint/unbound-method": "off",
            // An async function without await keeps a signature that others need.
            "@typescript-eslint/require-await": "off",
            // Parameters of the plugin are texts, lists or maps by one type; which it is, is known where it is shown.
            "@typescript-eslint/no-base-to-string": "off",
        },
    },
    {
        // Answers of AWS, Pulumi and the stand-in are looked into freely: an unexpected form fails the test.
        files: ["test/**/*.ts"],
        rules: {
            "@typescript-eslint/no-explicit-any": "off",
            "@typescript-eslint/no-unsafe-argument": "off",
            "@typescript-eslint/no-unsafe-assignment": "off",
            "@typescript-eslint/no-unsafe-call": "off",
            "@typescript-eslint/no-unsafe-member-access": "off",
            "@typescript-eslint/no-unsafe-return": "off",
            "@typescript-eslint/restrict-template-expressions": "off",
        },
    },
);
