import { workspaceHeaders } from './typescript';

/** Programs that work with a sandbox: with the official SDKs, and in Python with nothing but Python. */
export const scriptKinds = ['python', 'typescript', 'python-alone'] as const;
export type ScriptKind = (typeof scriptKinds)[number];

const needs = 'Needs LANGSMITH_ENDPOINT and LANGSMITH_API_KEY in the environment.';
const command = 'uname -a; ls -la';

/** A small, complete program that runs a command in the sandbox and shows what it said. It holds no key. */
export function scriptFor(sandbox: string, kind: ScriptKind): string {
  switch (kind) {
    case 'python':
      return pythonScript(sandbox);
    case 'typescript':
      return typescriptScript(sandbox);
    case 'python-alone':
      return pythonAloneScript(sandbox);
  }
}

/** For the official SDK (`pip install langsmith`). */
function pythonScript(name: string): string {
  return [
    `# Sandbox ${name}`,
    `# ${needs}`,
    '# pip install langsmith',
    'import os',
    'import sys',
    '',
    'from langsmith.sandbox import SandboxClient',
    '',
    'workspace = os.environ.get("LANGSMITH_WORKSPACE_ID")',
    'client = SandboxClient(headers={"X-Tenant-Id": workspace} if workspace else None)',
    `sandbox = client.get_sandbox(${JSON.stringify(name)})`,
    `result = sandbox.run(${JSON.stringify(command)}, shell="/bin/sh")`,
    'print(result.stdout, end="")',
    'print(result.stderr, end="", file=sys.stderr)',
    'sys.exit(result.exit_code)',
    '',
  ].join('\n');
}

/** Python 3 alone: it speaks the API itself. */
function pythonAloneScript(name: string): string {
  return [
    `# Sandbox ${name}`,
    `# ${needs}`,
    'import json',
    'import os',
    'import sys',
    'import urllib.parse',
    'import urllib.request',
    '',
    'API = os.environ["LANGSMITH_ENDPOINT"].rstrip("/") + "/v2/sandboxes"',
    'HEADERS = {"X-Api-Key": os.environ["LANGSMITH_API_KEY"], "Content-Type": "application/json"}',
    'if os.environ.get("LANGSMITH_WORKSPACE_ID"):',
    '    HEADERS["X-Tenant-Id"] = os.environ["LANGSMITH_WORKSPACE_ID"]',
    '',
    '',
    'def call(method, url, body=None):',
    '    data = None if body is None else json.dumps(body).encode()',
    '    request = urllib.request.Request(url, data, HEADERS, method=method)',
    '    with urllib.request.urlopen(request, timeout=120) as reply:',
    '        return json.load(reply)',
    '',
    '',
    `sandbox = call("GET", API + "/boxes/" + urllib.parse.quote(${JSON.stringify(name)}, safe=""))`,
    'address = sandbox.get("dataplane_url") or API + "/" + sandbox["id"]',
    '',
    '',
    'def run(command, timeout=60):',
    '    request = {"command": command, "shell": "/bin/sh", "timeout": timeout}',
    '    return call("POST", address + "/execute", request)',
    '',
    '',
    `result = run(${JSON.stringify(command)})`,
    'print(result["stdout"], end="")',
    'print(result["stderr"], end="", file=sys.stderr)',
    'sys.exit(result["exit_code"])',
    '',
  ].join('\n');
}

/** For the official SDK (`npm install langsmith`). */
function typescriptScript(name: string): string {
  return [
    `// Sandbox ${name}`,
    `// ${needs}`,
    '// npm install langsmith',
    "import { SandboxClient } from 'langsmith/sandbox';",
    '',
    ...workspaceHeaders,
    `const sandbox = await new SandboxClient({ headers }).getSandbox(${JSON.stringify(name)});`,
    `const result = await sandbox.run(${JSON.stringify(command)}, { shell: '/bin/sh' });`,
    'process.stdout.write(result.stdout);',
    'process.stderr.write(result.stderr);',
    'process.exitCode = result.exit_code;',
    '',
  ].join('\n');
}
