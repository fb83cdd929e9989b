import { z } from 'zod';
import { Document, stringify } from 'yaml';
import type { LoadedConfig } from './load-config.ts';
import { configSchema } from './schema.ts';

/** JSON Schema of sekisho.yaml, for editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

/** A commented sekisho.yaml: every key with its meaning and default, commented out so that the file changes nothing as it stands. */
export function configExample(): string {
  const lines = [
    '# sekisho.yaml: every key is optional; the values shown are the defaults.',
    '# Relative paths count from this file. SEKISHO_SMTP__LISTEN=… in the environment overrides smtp.listen.',
    '',
  ];
  for (const [name, schema] of Object.entries(configSchema.shape)) {
    const description = schema.description;
    if (description !== undefined) lines.push(`# ${description}`);
    const properties = propertiesOf(schema);
    const value: unknown = defaultOf(schema);
    lines.push(
      `#${stringify({ [name]: value }, { lineWidth: 0 })
        .trimEnd()
        .replaceAll('\n', '\n#')}`,
    );
    for (const [key, described] of properties) lines.push(`#     # ${key}: ${described}`);
    lines.push('');
  }
  return lines.join('\n');
}

const defaultOf = (schema: z.ZodType): unknown => schema.parse(undefined);

function propertiesOf(schema: z.ZodType): [string, string][] {
  const json = z.toJSONSchema(schema, { io: 'input' }) as { readonly properties?: Record<string, { readonly description?: string }> };
  return Object.entries(json.properties ?? {}).flatMap(([key, property]) =>
    property.description === undefined ? [] : [[key, property.description]],
  );
}

/** The settings in force as YAML; with `changed` only what the file or the environment says. Secrets lie in files of their own and so never show. */
export function showConfig(loaded: LoadedConfig, changed: boolean): string {
  return new Document(changed ? loaded.given : loaded.config).toString({ lineWidth: 0 });
}
