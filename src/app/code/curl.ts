import { requestOf, type Making } from './making';
import { quoted } from '../quoted';
import { passwordVariable, registryOf } from './registry';

/** Stands in the request where the program puts the id of the registry that it has just registered. */
const registryId = '@REGISTRY_ID@';

/**
 * A POSIX shell script for curl. The key goes by standard input and bodies by a file descriptor: nothing secret is in
 * an argument, where every process of the machine could read it.
 */
export function curlProgram(making: Making): string {
  const { path, body } = requestOf(making);
  const registry = registryOf(making);
  const needs = ['LANGSMITH_ENDPOINT', 'LANGSMITH_API_KEY', ...(registry ? [passwordVariable] : [])];
  return [
    '#!/bin/sh',
    `# Needs ${needs.join(', ')} in the environment.`,
    'set -eu',
    '',
    '# Sends the JSON on its standard input.',
    'post() {',
    '  exec 3<&0',
    '  {',
    `    printf 'header = "X-Api-Key: %s"\\n' "$LANGSMITH_API_KEY"`,
    '    [ -z "${LANGSMITH_WORKSPACE_ID-}" ] ||',
    `      printf 'header = "X-Tenant-Id: %s"\\n' "$LANGSMITH_WORKSPACE_ID"`,
    '  } |',
    '    curl --config - --fail-with-body --silent --show-error \\',
    `      --header 'Content-Type: application/json' --data-binary @/dev/fd/3 \\`,
    '      "${LANGSMITH_ENDPOINT%/}/v2/sandboxes$1"',
    '}',
    '',
    ...(registry
      ? [
          `password=$(printf %s "$${passwordVariable}" | sed 's/[\\\\"]/\\\\&/g')`,
          `registry_id=$(printf '%s"password":"%s"}' ${quoted(openObject(registry))} "$password" |`,
          `  post /registries | sed 's/.*"id": *"\\([^"]*\\)".*/\\1/')`,
          'case $registry_id in',
          `  '' | *[!A-Za-z0-9_-]*) echo "The registry was not taken: $registry_id" >&2 && exit 1 ;;`,
          'esac',
          `sed "s/${registryId}/$registry_id/" <<'JSON' | post ${quoted(path)}`,
          json({ ...body, registry_id: registryId }),
          'JSON',
        ]
      : [`post ${quoted(path)} <<'JSON'`, json(body), 'JSON']),
    '',
  ].join('\n');
}

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** Left open for one field more. */
function openObject(fields: object): string {
  return `${JSON.stringify(fields).slice(0, -1)},`;
}
