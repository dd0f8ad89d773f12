// SPDX-License-Identifier: Apache-2.0
// Writes src/api/generated/: the types of graphql/schema.graphql, and one module per named operation with its text and the
// types of its variables and answer. Nothing in there is edited or committed: every build, check and test makes it anew.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildSchema, getNamedType, isAbstractType, isEnumType, isInputObjectType, isListType, isNonNullType, parse,
  typeFromAST, validate,
} from "graphql";

const here = dirname(fileURLToPath(import.meta.url));
const contract = join(here, "../../graphql");
const out = join(here, "src/api/generated");
const SCALARS = { ID: "string", String: "string", Int: "number", Float: "number", Boolean: "boolean", DateTime: "string" };
const HEAD = "// Made by generate.mjs from graphql/; do not edit.\n";

const schema = buildSchema(readFileSync(join(contract, "schema.graphql"), "utf8"));

/** A type in TypeScript, given what its innermost type is called there. */
function typed(type, inner) {
  if (isNonNullType(type)) return bare(type.ofType, inner);
  return `${bare(type, inner)} | null`;
}

function bare(type, inner) {
  if (!isListType(type)) return inner;
  const item = typed(type.ofType, inner);
  return `readonly ${item.includes("|") ? `(${item})` : item}[]`;
}

function nameOf(type) {
  const name = getNamedType(type).name;
  return SCALARS[name] ?? name;
}

/** The fields of a selection, by response key; those that only some types of it have are optional. */
function fieldsOf(parent, selections, optional = false, found = new Map()) {
  for (const node of selections) {
    if (node.kind === "Field") {
      const key = node.alias?.value ?? node.name.value;
      const type = node.name.value === "__typename" ? null : parent.getFields()[node.name.value].type;
      const known = found.get(key);
      const deeper = node.selectionSet?.selections ?? [];
      if (known) {
        known.selections.push(...deeper);
        known.optional &&= optional;
      } else found.set(key, { type, selections: [...deeper], optional });
      continue;
    }
    if (node.kind !== "InlineFragment") throw new Error("an operation stands for itself: inline fragments only");
    const on = node.typeCondition ? schema.getType(node.typeCondition.name.value) : parent;
    const always = on === parent || (isAbstractType(on) && schema.isSubType(on, parent));
    fieldsOf(on, node.selectionSet.selections, optional || !always, found);
  }
  return found;
}

function objectOf(parent, selections, indent) {
  const lines = [...fieldsOf(parent, selections)].map(([key, { type, selections: deeper, optional }]) => {
    const nested = () => objectOf(getNamedType(type), deeper, `${indent}  `);
    const inner = type === null ? "string" : deeper.length > 0 ? nested() : nameOf(type);
    return `${indent}  readonly ${key}${optional ? "?" : ""}: ${type === null ? inner : typed(type, inner)};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

function schemaModule() {
  const parts = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isEnumType(type)) {
      const values = type.getValues().map(({ name }) => `"${name}"`);
      const list = `${type.name.replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase()}_VALUES`;
      parts.push(`export const ${list} = [\n  ${values.join(",\n  ")},\n] as const;`);
      parts.push(`export type ${type.name} = (typeof ${list})[number];`);
    } else if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).map(
        (field) => `  readonly ${field.name}${isNonNullType(field.type) ? "" : "?"}: ${typed(field.type, nameOf(field.type))};`,
      );
      parts.push(`export interface ${type.name} {\n${fields.join("\n")}\n}`);
    }
  }
  return `${HEAD}\n${parts.join("\n\n")}\n`;
}

function operationModule(name, text) {
  const document = parse(text);
  const errors = validate(schema, document);
  if (errors.length > 0) throw new Error(`${name}.graphql: ${errors.map(String).join("\n")}`);
  const [operation, ...others] = document.definitions;
  if (others.length > 0 || operation.name?.value !== name) {
    throw new Error(`${name}.graphql must hold one operation of that name`);
  }
  const variables = operation.variableDefinitions.map((node) => {
    const type = typeFromAST(schema, node.type);
    const optional = !isNonNullType(type) || node.defaultValue !== undefined;
    return `  readonly ${node.variable.name.value}${optional ? "?" : ""}: ${typed(type, nameOf(type))};`;
  });
  const data = objectOf(schema.getQueryType(), operation.selectionSet.selections, "");
  const asked = operation.selectionSet.selections.map((node) => schema.getQueryType().getFields()[node.name?.value]);
  const personal = asked.some((field) => /\bby POST\b/i.test(field?.description ?? ""));
  const body =
    `export interface ${name}Variables {\n${variables.join("\n")}\n}\n\nexport interface ${name}Data ${data}\n\n` +
    `export const ${name}: Operation<${name}Data, ${name}Variables> = {\n  name: "${name}",\n` +
    `  text: ${JSON.stringify(text)},\n  personal: ${personal},\n};\n`;
  const used = Object.values(schema.getTypeMap()).filter(
    (type) => (isEnumType(type) || isInputObjectType(type)) && new RegExp(`: [^"]*\\b${type.name}\\b`).test(body),
  );
  const names = used.map((type) => type.name).sort();
  const types = names.length > 0 ? `import type { ${names.join(", ")} } from "./schema";\n` : "";
  return `${HEAD}\nimport type { Operation } from "../operation";\n${types}\n${body}`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "schema.ts"), schemaModule());
for (const file of readdirSync(join(contract, "operations")).filter((name) => name.endsWith(".graphql"))) {
  const name = file.slice(0, -".graphql".length);
  writeFileSync(join(out, `${name}.ts`), operationModule(name, readFileSync(join(contract, "operations", file), "utf8")));
}
