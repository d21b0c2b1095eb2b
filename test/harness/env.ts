/** What the test run tells the tests. `npm test` sets it all up; `node scripts/dev-env.mjs` does for running by hand. */
export interface TestEnvironment {
  /** The engine's address, as in `DOCKER_HOST`. */
  engine: string;
  /** Host and port of a registry that asks for no password; it has `sandbox-base:1`, `sandbox-big:1` and `sandbox-screen:1`. */
  registryOpen: string;
  /** One that wants `registryUser` and `registryPassword`; it has `sandbox-base:1`. */
  registryAuth: string;
  registryUser: string;
  registryPassword: string;
  /** The open one behind a gate: see downloads.ts. */
  registrySlow: string;
  registrySlowControl: string;
  /** Nothing listens there. */
  registryUnreachable: string;
}

export function testEnvironment(): TestEnvironment {
  return {
    engine: required('LANGSMITH_SANDBOXES_TEST_ENGINE'),
    registryOpen: required('TEST_REGISTRY_OPEN'),
    registryAuth: required('TEST_REGISTRY_AUTH'),
    registryUser: required('TEST_REGISTRY_USER'),
    registryPassword: required('TEST_REGISTRY_PASSWORD'),
    registrySlow: required('TEST_REGISTRY_SLOW'),
    registrySlowControl: required('TEST_REGISTRY_SLOW_CONTROL'),
    registryUnreachable: required('TEST_REGISTRY_UNREACHABLE'),
  };
}

/** Path of the oldest Node that the local server has to run on. */
export function testFloorNode(): string {
  return required('TEST_FLOOR_NODE');
}

/** Path of the packaged extension. */
export function testVsix(): string {
  return required('TEST_VSIX');
}

/** Path of the browser that shows the editor. */
export function testBrowser(): string {
  return required('TEST_BROWSER');
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set. Run this test with its surroundings: npm test -- contract (or: e2e).`);
}
