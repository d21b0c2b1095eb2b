import { collectionOf, requestOf, type Making } from './making';
import { passwordVariable, registryOf } from './registry';

/** A Python 3 program that needs nothing but Python: it speaks the API itself, and so carries every field. */
export function pythonProgram(making: Making): string {
  const { path, body } = requestOf(making);
  const registry = registryOf(making);
  const request = pythonText(body);
  return [
    'import json',
    'import os',
    'import time',
    'import urllib.request',
    '',
    'API = os.environ["LANGSMITH_ENDPOINT"].rstrip("/") + "/v2/sandboxes"',
    'HEADERS = {"X-Api-Key": os.environ["LANGSMITH_API_KEY"], "Content-Type": "application/json"}',
    'if os.environ.get("LANGSMITH_WORKSPACE_ID"):',
    '    HEADERS["X-Tenant-Id"] = os.environ["LANGSMITH_WORKSPACE_ID"]',
    '',
    '',
    'def call(method, path, body=None):',
    '    data = None if body is None else json.dumps(body).encode()',
    '    request = urllib.request.Request(API + path, data, HEADERS, method=method)',
    '    with urllib.request.urlopen(request, timeout=120) as reply:',
    '        return json.load(reply)',
    '',
    '',
    ...(registry
      ? [
          `registry = ${pythonText(registry)}`,
          `registry["password"] = os.environ["${passwordVariable}"]`,
          `request = ${request}`,
          'request["registry_id"] = call("POST", "/registries", registry)["id"]',
          `made = call("POST", ${pythonText(path)}, request)`,
        ]
      : [`made = call("POST", ${pythonText(path)}, ${request})`]),
    'while made["status"] in ("building", "provisioning"):',
    '    time.sleep(1)',
    `    made = call("GET", "${collectionOf(making)}/" + made["id"])`,
    'print(made["name"], made["id"], made["status"], made.get("status_message") or "")',
    '',
  ].join('\n');
}

/** JSON's texts and numbers are Python's, its words are not. */
function pythonText(value: unknown, indent = ''): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    return `[${value.map((item) => pythonText(item, inner)).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    const lines = fields.map(
      ([name, field]) => `${inner}${JSON.stringify(name)}: ${pythonText(field, inner)},\n`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
  }
  return JSON.stringify(value);
}
